#pragma once
// Tests on mapped columns (`s.state IN ('pending', 'active')`) turned into tests on the native column, which an index can serve.

#include <string>
#include <string_view>

#include "auditor/engine/profile.hpp"

namespace audit {

// Beside each column that is a plain map of a native one, that only the empty text makes NULL, or that is a time spelled as RFC 3339 has it: its native value,
// under the column's name with this suffix.
inline constexpr const char* kNativeSuffix = " (native)";
void add_native_columns(RelationMapping& mapping);

// The query with such tests (=, <>, IN, NOT IN with texts) replaced where that cannot change its meaning: where they are conjuncts of a WHERE or ON. `reads` gets the native columns that the result reads.
// In SQLite (`in_sqlite`) also IS NULL and IS NOT NULL, and `<` and `>` between two times.
[[nodiscard]] std::string with_native_tests(std::string_view sql, const ResolvedStore& resolved, std::map<std::string, std::set<std::string>>& reads, bool in_sqlite);

}  // namespace audit
