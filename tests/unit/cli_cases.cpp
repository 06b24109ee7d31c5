// Fixture cases: reading them, and what counts as a difference.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "auditor/cli/setup.hpp"
#include "auditor/cli/test_case.hpp"
#include "auditor/cli/test_compare.hpp"
#include "auditor/cli/test_stores.hpp"
#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

namespace fs = std::filesystem;

constexpr const char* kHead = R"({"title": "t", "profile": "p", "now": "1970-01-01T00:00:01Z", "exit": 1,)";

TestCase read(const std::string& rest) {
  const TemporaryDirectory directory;
  std::ofstream(directory.path() + "/expect.json") << kHead << rest;
  return read_case(directory.path());
}

std::string refusal(const std::string& rest) {
  try {
    (void)read(rest);
  } catch (const Error& error) {
    const std::string what = error.what();
    return what.substr(what.find("expect.json:"));
  }
  return "accepted";
}

Report report() {
  Report result;
  Finding finding;
  finding.check = "half-created-session";
  finding.subject = {"session", "db", "", "s1"};
  finding.severity = Severity::error;
  finding.evidence = {{"status", std::string("idle"), {}, false},
                      {"members", {}, {std::int64_t{1}, std::string("b")}, true}};
  result.findings = {finding};
  Change change;
  change.relation = "session";
  change.key = {{"id", std::string("s1")}};
  change.before = {{"status", std::string("idle")}};
  change.after = {{"status", std::string("failed")}};
  result.plan.changes = {change};
  return result;
}

std::vector<std::string> differences(const std::string& rest, int exit = 1) {
  return compare_case(read(rest), report(), exit);
}

}  // namespace

TEST_CASE("a case is read strictly", "[cases]") {
  const TestCase test = read(R"( "findings": [], "grace": "1m", "given": {"db": ["a.sql", "b.sql"], "tmux": null,
      "files": {"option": "root", "copy": "given/dir"}, "profile": "given/p.json"}, "set": {"x.y": "${CASE}/z"}})");
  CHECK(test.now == 1000);
  CHECK(test.grace == 60'000);
  CHECK(test.profile == "given/p.json");
  CHECK(test.given.at("db").files.size() == 2);
  CHECK(test.given.at("tmux").files.empty());
  CHECK(test.given.at("files").option == "root");
  CHECK(test.plan == nullptr);
  CHECK(refusal("\n\"findngs\": []}") == "expect.json:2: unknown key \"findngs\"");
  CHECK(refusal("\"findings\": [\n{\"check\": \"a\"}]}") == "expect.json:2: \"id\" is missing");
  CHECK(refusal("\"findings\": [{\"check\": \"a\", \"id\": 1}]}") == "expect.json:1: \"id\" must be a string");
  CHECK(refusal("\"findings\": [{\"check\": \"a\", \"id\": \"1\", \"evidnce\": {}}]}") ==
        "expect.json:1: unknown key \"evidnce\"");
  CHECK(refusal("\"given\": {}}") == "expect.json:1: \"findings\" must be a list");
  CHECK(refusal(R"("findings": [], "given": {"db": ["a.json", "b.json"]}})") ==
        "expect.json:1: only SQL scripts can be several: a.json");
}

TEST_CASE("what is expected and found is no difference", "[cases]") {
  CHECK(differences(R"("findings": [{"check": "half-created-session", "id": "s1"}]})").empty());
  CHECK(differences(R"("findings": [{"check": "half-created-session", "id": "s1", "severity": "error",
      "evidence": {"members": [1, "b"], "status": "idle"}}],
      "plan": [{"op": "update", "relation": "session", "key": {"id": "s1"}, "after": {"status": "failed"}}]})")
            .empty());
}

TEST_CASE("every difference is told", "[cases]") {
  const auto missing =
      differences(R"("findings": [{"check": "half-created-session", "id": "s1"}, {"check": "x", "id": "y"}]})");
  REQUIRE(missing.size() == 1);
  CHECK(missing[0] == R"(missing finding: {"check":"x","id":"y"})");
  const auto unexpected = differences(R"("findings": [], "plan": []})", 0);
  REQUIRE(unexpected.size() == 3);
  CHECK(unexpected[0] == "exit: expected 1, got 0");
  CHECK(
      unexpected[1].starts_with(R"(unexpected finding: {"check":"half-created-session","id":"s1","severity":"error")"));
  CHECK(unexpected[2].starts_with(R"(unexpected change: {"op":"update")"));
  // Evidence is exact: a part of it is not enough.
  const auto evidence =
      differences(R"("findings": [{"check": "half-created-session", "id": "s1", "evidence": {"status": "idle"}}]})");
  REQUIRE(evidence.size() == 1);
  CHECK(evidence[0].find("\n  evidence expected {\"status\":\"idle\"}\n           got      "
                         "{\"status\":\"idle\",\"members\":[1,\"b\"]}") != std::string::npos);
  // Twice expected is not once found.
  CHECK(
      differences(
          R"("findings": [{"check": "half-created-session", "id": "s1"}, {"check": "half-created-session", "id": "s1"}]})")
          .size() == 1);
  CHECK(differences(
            R"("findings": [{"check": "half-created-session", "id": "s1"}], "sources": {"tmux": "absent"}})")[0] ==
        "source tmux: expected absent, got no such source");
}

TEST_CASE("an incomplete audit is never exit 0", "[cases]") {
  Report incomplete = report();
  incomplete.complete = false;
  CHECK(exit_code(incomplete, FailOn::never) == 3);
  Report clean;
  CHECK(exit_code(clean, FailOn::note) == 0);
  Finding found;
  found.check = "half-created-session";
  found.severity = Severity::warning;
  clean.findings = {found};
  CHECK(exit_code(clean, FailOn::warning) == 1);
  CHECK(exit_code(clean, FailOn::error) == 0);
  clean.findings.edit(0, [&](Finding& one) { one.severity = Severity::note; });
  CHECK(exit_code(clean, FailOn::warning) == 0);
  CHECK(exit_code(clean, FailOn::note) == 1);
  CHECK(exit_code(clean, FailOn::never) == 0);
  clean.findings.edit(0, [&](Finding& one) { one.status = FindingStatus::baseline; });
  CHECK(exit_code(clean, FailOn::note) == 0);
}

TEST_CASE("a check passes the gate with as many findings as it is allowed", "[cases]") {
  Report one;
  Finding found;
  found.check = "empty-session";
  found.severity = Severity::warning;
  one.findings = {found, found};
  one.checks.resize(2);
  one.checks[0].check = one.checks[1].check = "empty-session";
  one.checks[0].allowed = one.checks[1].allowed = 2;
  CHECK(exit_code(one, FailOn::warning) == 0);
  one.findings.push_back(found);
  CHECK(exit_code(one, FailOn::warning) == 1);
  found.check = "other";
  one.findings = {found};
  CHECK(exit_code(one, FailOn::warning) == 1);
}

TEST_CASE("the state of files shows every kind of change", "[cases]") {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/a";
  std::ofstream(file) << "one";
  const auto written = fs::last_write_time(file);
  const FileStates before = file_states(directory.path());
  CHECK(before == file_states(directory.path()));
  std::ofstream(file) << "two";
  fs::last_write_time(file, written);  // same size, same time
  CHECK(before != file_states(directory.path()));
  std::ofstream(file) << "one";
  fs::last_write_time(file, written);
  CHECK(before == file_states(directory.path()));
  std::ofstream(file + "-wal").close();
  CHECK(before != file_states(directory.path()));
}
