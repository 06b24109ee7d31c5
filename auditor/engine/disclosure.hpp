#pragma once
// Whether a query could return what may only be compared.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "auditor/engine/sql_text.hpp"

namespace audit {

// The first place where one of these columns (names in lower case) stands in a list of results, at any depth, and so could reach the result: by itself,
// inside an expression or through `*`. Inside ON, WHERE, HAVING, GROUP BY, PARTITION BY and ORDER BY a column only decides which rows there are.
// Judged by name alone: another column of the same name counts as well.
[[nodiscard]] std::optional<SqlToken> disclosed(const std::vector<SqlToken>& tokens, const std::set<std::string>& columns);

}  // namespace audit
