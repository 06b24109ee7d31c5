#pragma once
// `audit test --update`: the expectation of a case written anew, for review.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "auditor/model/report.hpp"

namespace audit {

// The text of expect.json with what the audit found in place of what was expected; entries that were there keep the keys
// that they compare and their order, everything that is not an expectation stays. Comments are lost. `text` is what the
// file holds now. A plan is written only where one is expected.
[[nodiscard]] std::string updated_case(const std::string& text, const std::string& file, const Report& report, int exit);

// An expect.json as it is written: a key a line, and an entry of a list a line.
[[nodiscard]] std::string case_text(const nlohmann::ordered_json& document);

}  // namespace audit
