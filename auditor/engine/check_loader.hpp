#pragma once
// Reads check files (docs/check-language.md).

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/check.hpp"

namespace audit {

// `file` is for messages, `family` is the folder. Throws Error(config) that names the file and the line. The SQL is looked at later, when it is
// bound to a profile.
[[nodiscard]] Check parse_check(std::string_view text, const std::string& file, const std::string& family);

}  // namespace audit
