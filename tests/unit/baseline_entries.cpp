// Accepted findings.

#include <sstream>

#include "auditor/engine/baseline.hpp"
#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

Finding finding(const std::string& fingerprint, Severity severity) {
  Finding one;
  one.check = "half-created-session";
  one.fingerprint = fingerprint;
  one.severity = severity;
  one.subject = {"session", "db", "", "s-" + fingerprint};
  return one;
}

Report report() {
  Report result;
  result.findings = {finding("a1", Severity::error), finding("b2", Severity::warning), finding("c3", Severity::note)};
  return result;
}

Baseline parse(const std::string& findings) {
  return parse_baseline("{\"schema\": \"audit-baseline/1\",\n \"findings\": [" + findings + "]}", "b.json");
}

std::string refusal(const std::string& text) {
  try {
    (void)parse_baseline(text, "b.json");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::config);
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("accepted findings do not count", "[baseline]") {
  Report one = report();
  apply_baseline(parse(R"({"fingerprint": "a1"}, {"fingerprint": "gone"})"), 0, one);
  CHECK(one.findings[0].status == FindingStatus::baseline);
  CHECK(one.findings[1].status == FindingStatus::fresh);
  CHECK(one.summary.errors == 0);
  CHECK(one.summary.warnings == 1);
  CHECK(one.summary.notes == 1);
  CHECK(one.summary.baseline == 1);
}

TEST_CASE("what is accepted is nothing to repair", "[baseline]") {
  Report one = report();
  for (std::size_t i = 0; i < one.findings.size(); ++i) {
    Finding finding = one.findings[i];
    finding.repairs = {{"r", i == 1 ? Applicability::manual : Applicability::unsafe, false}};
    one.findings.put(i, finding);
  }
  count_findings(one);
  CHECK(one.summary.repairable == static_cast<std::int64_t>(one.findings.size()) - 1);
  apply_baseline(parse(R"({"fingerprint": "a1"})"), 0, one);
  CHECK(one.summary.repairable == static_cast<std::int64_t>(one.findings.size()) - 2);
}

TEST_CASE("an entry holds until the moment that it names", "[baseline]") {
  const Baseline baseline = parse(R"({"fingerprint": "a1", "expires": "1970-01-01T00:00:05Z"})");
  Report before = report();
  apply_baseline(baseline, 4999, before);
  CHECK(before.summary.errors == 0);
  Report after = report();
  apply_baseline(baseline, 5000, after);
  CHECK(after.summary.errors == 1);
}

TEST_CASE("a written baseline keeps reasons and dates that have not passed", "[baseline]") {
  const Baseline previous =
      parse(R"({"fingerprint": "a1", "reason": "known \"one\"", "expires": "1970-01-01T00:00:05Z"},
                                     {"fingerprint": "b2", "reason": "old", "expires": "1970-01-01T00:00:01Z"}, {"fingerprint": "x9"})");
  Report one = report();
  one.findings.edit(2, [](Finding& finding) { finding.status = FindingStatus::suppressed; });
  std::ostringstream out;
  write_baseline(make_baseline(one, previous, 2000), out);
  CHECK(out.str() == R"({
  "schema": "audit-baseline/1",
  "findings": [
    {"fingerprint":"a1","check":"half-created-session","subject":"s-a1","reason":"known \"one\"","expires":"1970-01-01T00:00:05Z"},
    {"fingerprint":"b2","check":"half-created-session","subject":"s-b2","reason":"old"},
    {"fingerprint":"c3","check":"half-created-session","subject":"s-c3"}
  ]
}
)");
  CHECK(parse_baseline(out.str(), "b.json").entries.size() == 3);
}

TEST_CASE("an entry with a reason is a decision, one without only what was there", "[baseline]") {
  Report one = report();
  apply_baseline(parse(R"({"fingerprint": "a1", "reason": "kept for the auditors", "expires": "1970-01-01T00:00:05Z"},
                          {"fingerprint": "b2"}, {"fingerprint": "c3", "reason": "was", "expires": "1970-01-01T00:00:01Z"})"),
                 2000, one);
  CHECK(one.findings[0].status == FindingStatus::suppressed);
  CHECK(one.findings[1].status == FindingStatus::baseline);
  CHECK(one.findings[2].status == FindingStatus::fresh);  // it has expired
  CHECK(one.accepted.at("a1").reason == "kept for the auditors");
  CHECK(one.accepted.at("c3").expires == 1000);
  CHECK_FALSE(one.accepted.contains("b2"));
  CHECK(one.summary.suppressed == 1);
}

TEST_CASE("what is no longer found is absent only where its check ran", "[baseline]") {
  const Baseline baseline = parse(R"({"fingerprint": "g1", "check": "half-created-session", "subject": "s1"},
    {"fingerprint": "g2", "check": "recycled-window", "subject": "s2"},
    {"fingerprint": "g3", "check": "shared-window", "subject": "s3"}, {"fingerprint": "a1", "check": "half-created-session"})");
  Report one = report();
  const auto checked = [](const char* id, CheckStatus status) {
    CheckReport check;
    check.check = id;
    check.status = status;
    return check;
  };
  one.checks = {checked("half-created-session", CheckStatus::ran), checked("recycled-window", CheckStatus::ran),
                checked("recycled-window", CheckStatus::failed)};
  apply_baseline(baseline, 0, one);
  REQUIRE(one.absent.size() == 1);
  CHECK(one.absent[0].fingerprint == "g1");
  // Nor does a baseline that is written anew forget what nobody looked at.
  std::vector<std::string> kept;
  for (const BaselineEntry& entry : make_baseline(one, baseline, 0).entries) kept.push_back(entry.fingerprint);
  CHECK(kept == std::vector<std::string>{"a1", "b2", "c3", "g2", "g3"});
}

TEST_CASE("a broken baseline is refused with its line", "[baseline]") {
  CHECK(refusal("[]").starts_with("b.json:1: "));
  CHECK(
      refusal("{\"schema\": \"audit-report/1\",\n \"findings\": []}").starts_with("b.json:1: this is not a baseline"));
  const std::string head = "{\"schema\": \"audit-baseline/1\", \"findings\": [\n";
  CHECK(refusal(head + "{\"fingerprint\": \"a\"},\n{\"fingerprnt\": \"b\"}]}") ==
        "b.json:3: unknown key \"fingerprnt\"");
  CHECK(refusal(head + "{\"check\": \"a\"}]}") == "b.json:2: \"fingerprint\" is missing");
  CHECK(
      refusal(head + "{\"fingerprint\": \"a\", \"expires\": \"soon\"}]}").starts_with("b.json:2: \"expires\": 'soon'"));
}
