// One suite for all formats: text of unknown origin is data in each of them, and nothing else.

#include <algorithm>

#include "reports/display.hpp"
#include "tests/unit/report_fixture.hpp"

using namespace audit;
using namespace audit::report_test;

namespace {

struct Hostile {
  const char* name;
  std::string text;
};

const std::vector<Hostile>& hostile_texts() {
  static const std::vector<Hostile> texts = {
      {"script", "<script>alert(1)</script>"},
      {"closing", "</code></details></script></style>]]>--><img src=x onerror=alert(1)>"},
      {"attribute", "\" onmouseover=\"alert(1)\" x='y'"},
      {"escape", "\x1b[2J\x1b]0;owned\x07\x1b[31m"},
      {"newlines", "a\n\n::error::owned\r\n# HELP x\r::set-output name=a::b\n| a | b |\n"},
      {"command", "%0A::error title=owned::x%0D"},
      {"invalid", "a\xff\xc3\xed\xa0\x80\xf8\x80"},
      {"controls", std::string("nul\0soh\x01vt\x0b\x7f\xc2\x85\xc2\x9b", 16)},
      {"direction", "\xe2\x80\xae gpj.exe \xe2\x81\xa6\xe2\x80\xa8\xef\xbb\xbf"},
      {"noncharacter", "\xef\xbf\xbe\xef\xbf\xbf\xf0\x9f\xbf\xbf"},
      {"markdown", "`code` **bold** [link](javascript:alert(1)) ![i](http://x) @someone #1 ~~~ ```"},
      {"entity", "&lt;script&gt;&#60;script&#62;&amp;"},
      {"label", "\"} 1\naudit_findings{check=\"x\\"},
      {"long", std::string(100'000, 'x')},
  };
  return texts;
}

// A report with the text wherever a store's text can get.
Report report_with(const std::string& text) {
  Report report = report_with_plan();
  report.has_baseline = true;
  report.run_id = "r1";
  report.sources[0].location = text;
  report.sources[1] = {"agenterm", "tmux", "tmux", text, "dead", text, text, true, {}};
  report.checks[1].status = CheckStatus::failed;
  report.checks[1].reason = text;
  report.checks[2].reason = text;
  report.complete = false;
  Finding found = report.findings[0];
  found.subject = {"session", "db", text, text};
  found.message = found.brief = "session " + text + " has no window";
  found.evidence = {{"status", text, {}, false}, {"members", {}, {text, text}, true}};
  report.findings.put(0, found);
  Finding accepted = found;
  accepted.fingerprint = "f2";
  accepted.status = FindingStatus::suppressed;
  report.findings.push_back(accepted);
  report.accepted["f2"] = {text, 1'772'197'770'042};
  report.absent = {{"half-created-session", text, "f3", text}};
  Change change = report.plan.changes[0];
  change.key = {{"id", text}};
  change.before = {{"status", text}, {"title", std::string("t")}};
  change.after = {{"status", text + "2"}, {"title", std::string("t")}};
  report.plan.changes.put(0, change);
  report.plan.refused = text;
  report.past_runs = {{text, text, text, true, 1, 2, 3}};
  return report;
}

std::string everything_wrong(const std::string& out) {
  for (std::size_t at = 0; at < out.size();) {
    const CodePoint point = code_point(out, at);
    if (!point.valid) return "invalid UTF-8 at byte " + std::to_string(at);
    if (point.value != '\n' && is_hidden(point.value)) return "U+" + std::to_string(point.value) + " at byte " + std::to_string(at);
    at += point.bytes;
  }
  return "";
}

std::int64_t lines_that_start_with(const std::string& out, const std::string& start) {
  std::int64_t number = 0;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) number += line.starts_with(start) ? 1 : 0;
  return number;
}

bool is_markup(const std::string& format) { return format == "html" || format == "markdown" || format == "junit"; }

}  // namespace

TEST_CASE("hostile text is harmless in every format", "[report][hostile]") {
  for (const ReportFormatEntry& format : report_formats()) {
    const std::string plain = written(format.make(), report_with("plain"));
    for (const Hostile& hostile : hostile_texts()) {
      CAPTURE(format.name, hostile.name);
      const std::string out = written(format.make(), report_with(hostile.text));
      CHECK(everything_wrong(out) == "");
      // It opens no element and ends none, starts no command and adds no line.
      if (is_markup(format.name)) {
        CHECK(std::count(out.begin(), out.end(), '<') == std::count(plain.begin(), plain.end(), '<'));
        CHECK(std::count(out.begin(), out.end(), '"') == std::count(plain.begin(), plain.end(), '"'));
      }
      if (std::string(format.name) != "text") {
        CHECK(std::count(out.begin(), out.end(), '\n') == std::count(plain.begin(), plain.end(), '\n'));
      }
      CHECK(lines_that_start_with(out, "::") == lines_that_start_with(plain, "::"));
      CHECK(lines_that_start_with(out, "#") == lines_that_start_with(plain, "#"));
    }
  }
}

TEST_CASE("hostile text mentions nobody and links nowhere in Markdown", "[report][hostile]") {
  const std::string out = written(make_markdown_report(), report_with("@someone [a](http://x) https://y `z` <b>"));
  CHECK(out.find('@') == std::string::npos);
  CHECK(out.find("http") != std::string::npos);  // as text
  CHECK(out.find("://") == std::string::npos);
  CHECK(out.find("](") == std::string::npos);
  CHECK(out.find("<b>") == std::string::npos);
}

TEST_CASE("a check's own words are data as well", "[report][hostile]") {
  for (const ReportFormatEntry& format : report_formats()) {
    CAPTURE(format.name);
    Report report = report_with("x");
    for (CheckReport& check : report.checks) {
      check.title = "<script>t</script>\n::error::a";
      check.why = "<script>w</script>\n::error::b";
      check.safety = "<script>s</script>\n::error::c";
      check.check += "<i>\n::error::";
    }
    for (std::size_t i = 0; i < report.findings.size(); ++i) report.findings.edit(i, [&](Finding& finding) { finding.check += "<i>\n::error::"; });
    const std::string out = written(format.make(), report);
    CHECK(everything_wrong(out) == "");
    if (is_markup(format.name)) {
      for (const char* text : {"<script>t", "<script>w", "<script>s", "<i>\\"}) CHECK(out.find(text) == std::string::npos);
    }
    CHECK(lines_that_start_with(out, "::error::") == 0);
  }
}
