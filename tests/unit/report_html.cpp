// The HTML page: what is on it of many findings.

#include "tests/unit/report_fixture.hpp"

using namespace audit;
using namespace audit::report_test;

namespace {

std::size_t times(const std::string& text, const std::string& what) {
  std::size_t number = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++number;
  return number;
}

std::string page(const std::vector<std::pair<std::string, int>>& numbers) {
  Report report = small_report();
  for (const auto& [check, number] : numbers) {
    for (int i = 0; i < number; ++i) report.findings.push_back(finding(check, std::to_string(i), "b"));
  }
  for (const auto& entry : report_formats()) {
    if (std::string(entry.name) == "html") return written(entry.make(), report);
  }
  return {};
}

}  // namespace

TEST_CASE("the page has as many findings as it may, and counts the rest", "[report]") {
  const std::string few = page({{"a", 30}, {"b", 4}});
  CHECK(times(few, "<tr class=\"finding\"") == 34);
  CHECK(times(few, "data-more") == 0);
  const std::string uneven = page({{"a", 6000}, {"b", 4}});
  CHECK(times(uneven, "<tr class=\"finding\"") == 5000);
  CHECK(times(uneven, "data-more=\"1,004\"") == 1);
  CHECK(times(uneven, "1,004 more are not on this page") == 1);
  const std::string even = page({{"a", 4000}, {"b", 3000}, {"c", 1000}});
  CHECK(times(even, "<tr class=\"finding\"") == 5000);
  CHECK(times(even, "data-more=\"3,000\"") == 1);
}
