// What is news, and what was told already.

#include <filesystem>
#include <fstream>

#include "auditor/cli/notify.hpp"
#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

constexpr std::int64_t kHour = 3'600'000;

Report report_of(const std::vector<std::string>& fingerprints) {
  Report report;
  report.mode = "dry-run";
  report.sources = {{"p", "db", "sqlite", "x.db", "ok", "", "", true, {}}};
  CheckReport check;
  check.check = "c";
  check.profile = "p";
  report.checks = {check};
  for (const std::string& fingerprint : fingerprints) {
    Finding finding;
    finding.check = "c";
    finding.profile = "p";
    finding.severity = Severity::warning;
    finding.fingerprint = fingerprint;
    report.findings.push_back(finding);
  }
  return report;
}

Report unreadable() {
  Report report = report_of({});
  report.complete = false;
  report.sources[0].status = "unknown";
  report.checks[0].status = CheckStatus::failed;
  return report;
}

std::string told(const News& news) {
  std::string text;
  for (const Occasion occasion : news.occasions) text += std::string(to_string(occasion)) + " ";
  return text;
}

}  // namespace

TEST_CASE("a finding is told once, again after a while, and when it is gone", "[notify]") {
  const NotifySettings settings{.command = {"x"}, .remind = 24 * kHour};
  News news = news_of(report_of({"a"}), settings, {}, 0);
  CHECK(told(news) == "findings ");
  CHECK(news.appeared == 1);
  CHECK_FALSE(news.reminder);
  for (const std::int64_t half_hours : {1, 2, 47}) {
    news = news_of(report_of({"a"}), settings, news.memory, half_hours * kHour / 2);
    CHECK(told(news).empty());
  }
  news = news_of(report_of({"a"}), settings, news.memory, 24 * kHour);
  CHECK(told(news) == "findings ");
  CHECK(news.reminder);
  CHECK(news.appeared == 0);
  CHECK(told(news_of(report_of({"a"}), settings, news.memory, 47 * kHour)).empty());
  news = news_of(report_of({"a", "b"}), settings, news.memory, 25 * kHour);
  CHECK(told(news) == "findings ");
  CHECK(news.appeared == 1);
  news = news_of(report_of({"b"}), settings, news.memory, 26 * kHour);
  CHECK(told(news) == "recovery ");
  CHECK(news.gone == 1);
  CHECK(told(news_of(report_of({"b"}), settings, news.memory, 27 * kHour)).empty());
}

TEST_CASE("what is healthy, accepted or mild is no news", "[notify]") {
  const NotifySettings settings{.command = {"x"}, .from = Severity::error};
  CHECK(told(news_of(report_of({}), settings, {}, 0)).empty());
  CHECK(told(news_of(report_of({"a"}), settings, {}, 0)).empty());
  Report accepted = report_of({"a"});
  accepted.findings.edit(0, [&](Finding& one) { one.severity = Severity::error; });
  CHECK(told(news_of(accepted, settings, {}, 0)) == "findings ");
  accepted.findings.edit(0, [&](Finding& one) { one.status = FindingStatus::baseline; });
  CHECK(told(news_of(accepted, settings, {}, 0)).empty());
}

TEST_CASE("what was not looked at is not gone", "[notify]") {
  const NotifySettings settings{.command = {"x"}};
  const NotifyMemory memory = news_of(report_of({"a"}), settings, {}, 0).memory;
  News news = news_of(unreadable(), settings, memory, kHour);
  CHECK(told(news) == "failures ");
  CHECK(news.memory.findings.contains("a"));
  news = news_of(unreadable(), settings, news.memory, 2 * kHour);
  CHECK(told(news).empty());
  Report other = report_of({});
  other.checks[0].check = "another";
  CHECK(told(news_of(other, settings, memory, kHour)).empty());
  other = report_of({});
  other.checks[0].profile = "another";
  CHECK(told(news_of(other, settings, memory, kHour)).empty());
  // Readable again, and the finding is still there.
  news = news_of(report_of({"a"}), settings, news.memory, 3 * kHour);
  CHECK(told(news) == "recovery ");
  CHECK(news.gone == 0);
  CHECK(news.memory.failures.empty());
}

TEST_CASE("a source that is not needed is no failure", "[notify]") {
  Report report = report_of({});
  report.sources[0].status = "absent";
  report.sources[0].needed = false;
  CHECK(told(news_of(report, {.command = {"x"}}, {}, 0)).empty());
}

TEST_CASE("every repair is told", "[notify]") {
  Report report = report_of({"a"});
  report.mode = "repair";
  report.findings.edit(0, [&](Finding& one) { one.status = FindingStatus::repaired; });
  const NotifySettings settings{.command = {"x"}};
  CHECK(told(news_of(report, settings, {}, 0)) == "repairs ");
  CHECK(told(news_of(report, settings, {}, kHour)) == "repairs ");
  CHECK(told(news_of(report, {.command = {"x"}, .on = {Occasion::findings}}, {}, 0)).empty());
}

TEST_CASE("what was told is kept in a file", "[notify]") {
  const auto directory = std::filesystem::temp_directory_path() / "audit-notify-test";
  std::filesystem::remove_all(directory);
  const std::string file = (directory / "state" / "notified.json").string();
  CHECK(read_notify_memory(file).findings.empty());
  NotifyMemory memory;
  memory.findings["f"] = {"p", "c", 1'500};
  memory.failures["p/db"] = {"p", "", 2'000};
  write_notify_memory(memory, file);
  const NotifyMemory read = read_notify_memory(file);
  CHECK(read.findings.at("f").check == "c");
  CHECK(read.findings.at("f").at == 1'500);
  CHECK(read.failures.at("p/db").profile == "p");
  std::ofstream(file) << "{";
  CHECK_THROWS_AS(read_notify_memory(file), Error);
  std::filesystem::remove_all(directory);
}
