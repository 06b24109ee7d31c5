#include <nlohmann/json.hpp>

#include "tests/unit/report_fixture.hpp"

using namespace audit;
using namespace audit::report_test;
using nlohmann::json;

namespace {

json parsed(const Report& report) { return json::parse(written(make_json_report(), report)); }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("the JSON report is written exactly as described", "[report]") {
  Report report = report_with_plan();
  report.sources[1] = {"agenterm", "tmux", "tmux", "default", "dead", "no server running", "start it", true, {}};
  CHECK(written(make_json_report(), report) == R"({
  "schema": "audit-report/1",
  "run": {"id":"r1","mode":"dry-run","complete":true,"started_at":"2026-02-27T13:09:30.042Z","duration_ms":1234.568,"version":"0.1.0"},
  "sources": [
    {"profile":"agenterm","name":"db","adapter":"sqlite","location":"/home/a/agenterm.db","status":"ok"},
    {"profile":"agenterm","name":"tmux","adapter":"tmux","location":"default","status":"dead","detail":"no server running","hint":"start it"}
  ],
  "checks": [
    {"check":"half-created-session","profile":"agenterm","status":"ran","placed":"db","findings":0,"duration_ms":4.5},
    {"check":"recycled-window","profile":"agenterm","status":"ran","placed":"db","findings":0,"duration_ms":2},
    {"check":"bad-message","profile":"agenterm","status":"not-applicable","placed":"","findings":0,"duration_ms":0,"reason":"no message"}
  ],
  "findings": [
    {"check":"half-created-session","severity":"error","profile":"agenterm","subject":{"relation":"session","source":"db","id":"9f3c"},"message":"session 9f3c has no window","evidence":{"created_at":17},"fingerprint":"0123456789abcdef0123456789abcdef","status":"new","repairs":[{"name":"mark-failed","applicability":"safe","selected":true},{"name":"delete","applicability":"unsafe","selected":false}]}
  ],
  "plan": {
    "id": "7c1e2a90deadbeef",
    "changes": [
      {"op":"update","relation":"session","source":"db","key":{"id":"9f3c"},"before":{"status":"working"},"after":{"status":"failed"},"check":"half-created-session","repair":"mark-failed","table":"sessions","applicability":"safe","profile":"agenterm","finding":"f00d"}
    ]
  },
  "gate": {"fail_on":"warning","passed":false,"checks":[{"check":"half-created-session","findings":1,"allowed":0,"passed":false}]},
  "summary": {"errors":1,"warnings":0,"notes":0,"repairable":1,"planned":1,"baseline":0,"suppressed":0}
}
)");
}

TEST_CASE("an empty report is still a whole document", "[report]") {
  const json document = parsed(Report{});
  CHECK(document["sources"] == json::array());
  CHECK(document["findings"] == json::array());
  CHECK(document["plan"] == json({{"id", ""}, {"changes", json::array()}}));
  CHECK(document["run"]["started_at"] == "1970-01-01T00:00:00.000Z");
}

TEST_CASE("times before the epoch and beyond the calendar are still RFC 3339", "[report]") {
  Report report;
  report.started_at = -1;
  CHECK(parsed(report)["run"]["started_at"] == "1969-12-31T23:59:59.999Z");
  report.started_at = 951'782'400'000;  // a leap day
  CHECK(parsed(report)["run"]["started_at"] == "2000-02-29T00:00:00.000Z");
  report.started_at = INT64_MAX;
  CHECK(parsed(report)["run"]["started_at"] == "9999-12-31T23:59:59.999Z");
  report.started_at = INT64_MIN;
  CHECK(parsed(report)["run"]["started_at"] == "0000-01-01T00:00:00.000Z");
}

TEST_CASE("evidence keeps its types and order", "[report]") {
  Report report = small_report();
  Finding found = finding("recycled-window", "x", "");
  found.subject.scope = "project-1";
  found.status = FindingStatus::baseline;
  found.evidence = {{"z", std::string("7"), {}, false},
                    {"a", 2.5, {}, false},
                    {"none", {}, {}, false},
                    {"bytes", Blob{std::string("\x00\xfe", 2)}, {}, false},
                    {"members", {}, {std::string("m1"), std::int64_t{2}}, true},
                    {"nobody", {}, {}, true}};
  report.findings = {found};
  const std::string text = written(make_json_report(), report);
  CHECK(text.find(R"("evidence":{"z":"7","a":2.5,"none":null,"bytes":"00fe","members":["m1",2],"nobody":[]})") !=
        std::string::npos);
  CHECK(text.find(R"("subject":{"relation":"session","source":"db","scope":"project-1","id":"x"})") !=
        std::string::npos);
  CHECK(text.find(R"("status":"baseline")") != std::string::npos);
}

TEST_CASE("inserted rows have no before, deleted ones no after", "[report]") {
  Report report = report_with_plan();
  report.plan.changes.push_back(report.plan.changes[0]);
  report.plan.changes.edit(0, [&](Change& one) { one.op = ChangeOp::insert; });
  report.plan.changes.edit(0, [&](Change& one) { one.before.clear(); });
  report.plan.changes.edit(1, [&](Change& one) { one.op = ChangeOp::remove; });
  report.plan.changes.edit(1, [&](Change& one) { one.after.clear(); });
  report.plan.changes.edit(1, [&](Change& one) { one.consequence = true; });
  const json changes = parsed(report)["plan"]["changes"];
  CHECK(changes[0]["before"].is_null());
  CHECK(changes[0]["after"] == json({{"status", "failed"}}));
  CHECK_FALSE(changes[0].contains("consequence"));
  CHECK(changes[1]["op"] == "delete");
  CHECK(changes[1]["before"] == json({{"status", "working"}}));
  CHECK(changes[1]["after"].is_null());
  CHECK(changes[1]["consequence"] == true);
}

TEST_CASE("a plan over the limits says why", "[report]") {
  Report report = report_with_plan();
  CHECK_FALSE(parsed(report)["plan"].contains("refused"));
  report.plan.refused = "more than \"1000\" changes";
  CHECK(parsed(report)["plan"]["refused"] == "more than \"1000\" changes");
  CHECK(json::parse(lines_of(written(make_jsonl_report(), report))[7])["refused"] == "more than \"1000\" changes");
}

TEST_CASE("hostile text stays data in JSON and harmless on a terminal", "[report]") {
  Report report = small_report();
  const std::string hostile =
      "a\xff\"\\\n\x1b[31m\x7f\xc2\x9b"
      "2J\xe2\x80\xae\xf3\xa0\x80\x81\xe6\x97\xa5";
  report.findings = {finding("recycled-window", hostile, "")};
  const std::string text = written(make_json_report(), report);
  CHECK(text.find("\"id\":\"a\xef\xbf\xbd\\\"\\\\\\n\\u001b[31m\\u007f\\u009b2J\\u202e\\udb40\\udc01\xe6\x97\xa5\"") !=
        std::string::npos);
  // The escapes mean the same characters again.
  CHECK(json::parse(text)["findings"][0]["subject"]["id"] ==
        "a\xef\xbf\xbd\"\\\n\x1b[31m\x7f\xc2\x9b"
        "2J\xe2\x80\xae\xf3\xa0\x80\x81\xe6\x97\xa5");
}

TEST_CASE("numbers that JSON does not have become null", "[report]") {
  Report report = small_report();
  report.findings = {finding("recycled-window", "x", "")};
  report.findings.edit(0, [&](Finding& one) { one.evidence = {{"nan", std::numeric_limits<double>::quiet_NaN(), {}, false},
                                 {"most", std::int64_t{INT64_MIN}, {}, false}}; });
  const json evidence = parsed(report)["findings"][0]["evidence"];
  CHECK(evidence["nan"].is_null());
  CHECK(evidence["most"] == INT64_MIN);
}

TEST_CASE("a thousand findings are a thousand lines", "[report]") {
  Report report = small_report();
  for (int n = 0; n < 1000; ++n) report.findings.push_back(finding("recycled-window", "id" + std::to_string(n), ""));
  const json document = parsed(report);
  REQUIRE(document["findings"].size() == 1000);
  CHECK(document["findings"][999]["subject"]["id"] == "id999");
  // Start and run, sources, checks, findings, plan, summary and end.
  CHECK(lines_of(written(make_json_report(), report)).size() == 3 + 4 + 5 + 1002 + 4 + 3);
}

TEST_CASE("jsonl has one object per line, the run first and the summary last", "[report]") {
  Report report = report_with_plan();
  report.findings.edit(0, [&](Finding& one) { one.message = "two\nlines"; });
  const auto lines = lines_of(written(make_jsonl_report(), report));
  const std::vector<std::string> types = {"run",   "source",  "source", "check",  "check",
                                          "check", "finding", "change", "gate", "summary"};
  REQUIRE(lines.size() == types.size());
  for (std::size_t n = 0; n < lines.size(); ++n) CHECK(json::parse(lines[n])["type"] == types[n]);
  CHECK(lines[0] == R"({"type":"run","schema":"audit-report/1","id":"r1","mode":"dry-run","complete":true,)"
                    R"("started_at":"2026-02-27T13:09:30.042Z","duration_ms":1234.568,"version":"0.1.0"})");
  CHECK(json::parse(lines[6])["message"] == "two\nlines");
  CHECK(json::parse(lines[7])["plan"] == "7c1e2a90deadbeef");
  CHECK(
      lines[9] ==
      R"({"type":"summary","errors":1,"warnings":0,"notes":0,"repairable":1,"planned":1,"baseline":0,"suppressed":0})");
}

TEST_CASE("an incomplete report says so for machines", "[report]") {
  Report report = small_report();
  report.complete = false;
  report.checks[0].status = CheckStatus::failed;
  report.checks[0].reason = "db is locked";
  CHECK(parsed(report)["run"]["complete"] == false);
  CHECK(parsed(report)["checks"][0]["status"] == "failed");
  CHECK(parsed(report)["checks"][0]["reason"] == "db is locked");
}

TEST_CASE("formats are found by name", "[report]") {
  std::vector<std::string> names;
  for (const ReportFormatEntry& entry : report_formats()) {
    names.emplace_back(entry.name);
    CHECK(entry.make() != nullptr);
  }
  CHECK(names == std::vector<std::string>{"text", "json", "jsonl", "junit", "sarif", "markdown", "html", "github", "gitlab", "prometheus"});
}
