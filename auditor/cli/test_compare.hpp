#pragma once
// What a case expects against what an audit of it found.

#include <string>
#include <vector>

#include "auditor/cli/test_case.hpp"
#include "auditor/model/report.hpp"

namespace audit {

// Every difference as text for people, of one or several lines without a newline at the end. Empty: the case has
// passed.
[[nodiscard]] std::vector<std::string> compare_case(const TestCase& test, const Report& report, int exit);

}  // namespace audit
