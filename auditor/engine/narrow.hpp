#pragma once
// Which rows a check that runs again needs, where its stores give rows by key.

#include <map>
#include <string>
#include <vector>

#include "auditor/engine/run.hpp"

namespace audit {

// Of relations that checks read in one place only, as their subject, the rows that the findings are about.
[[nodiscard]] std::map<std::string, OnlyRows> concerned_rows(const std::vector<CheckRun>& checks);

}  // namespace audit
