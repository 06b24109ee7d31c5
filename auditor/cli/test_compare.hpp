#pragma once
// What a case expects against what an audit of it found.

#include <string>
#include <vector>

#include "auditor/cli/test_case.hpp"
#include "auditor/model/report.hpp"

namespace audit {

// As the entries of expect.json are spelled, with all that can be compared.
[[nodiscard]] nlohmann::ordered_json finding_json(const Finding& finding);
[[nodiscard]] nlohmann::ordered_json change_json(const Change& change);

// Every difference as text for people, of one or several lines without a newline at the end. Empty: the case has
// passed.
[[nodiscard]] std::vector<std::string> compare_case(const TestCase& test, const Report& report, int exit);

}  // namespace audit
