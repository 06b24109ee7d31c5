#include <random>
#include <sstream>

#include "reports/display.hpp"
#include "reports/text_page.hpp"
#include "tests/unit/report_fixture.hpp"

using namespace audit;
using namespace audit::report_test;

namespace {

std::string text(const Report& report, const ReportStyle& style = {}) {
  return written(make_text_report(), report, style);
}

bool has(const std::string& whole, const std::string& part) { return whole.find(part) != std::string::npos; }

std::string without_sgr(const std::string& painted) {
  std::string plain;
  for (std::size_t at = 0; at < painted.size();) {
    if (painted[at] == '\x1b') {
      at = painted.find('m', at) + 1;
    } else {
      plain += painted[at++];
    }
  }
  return plain;
}

// Only a path that is longer than a line makes one that is too long.
void check_width(const std::string& report, int width) {
  std::istringstream in(report);
  for (std::string line; std::getline(in, line);) {
    INFO(line);
    const std::string last = line.substr(line.find_last_not_of(' ') == std::string::npos ? 0 : line.rfind(' ') + 1);
    const bool path = std::count(last.begin(), last.end(), '/') > 1 && columns_of(last) > width / 3 && columns_of(line) - columns_of(last) < width;
    CHECK((columns_of(line) <= width || path));
  }
}

// Four findings of one check, a wordy one of another, an accepted one and notes.
Report busy_report() {
  Report report = report_with_plan();
  for (const char* id : {"70d2", "81e3", "92f4"}) {
    report.findings.push_back(finding("half-created-session", id, std::string(id) + " works since 5 d"));
    report.findings.edit(report.findings.size() - 1, [&](Finding& one) { one.repairs = report.findings[0].repairs; });
    report.plan.changes.push_back(change(id));
  }
  report.findings.push_back(finding("recycled-window", "12ab", "12ab says @7, which is now 'vim'"));
  report.findings.edit(report.findings.size() - 1, [&](Finding& one) { one.repairs = {{"delete", Applicability::unsafe, false}}; });
  report.findings.push_back(finding("recycled-window", "accepted", "accepted long ago"));
  report.findings.edit(report.findings.size() - 1, [&](Finding& one) { one.status = FindingStatus::baseline; });
  for (int n = 0; n < 1200; ++n) {
    report.findings.push_back(finding("old-history", "n" + std::to_string(n), "nothing to see"));
    report.findings.edit(report.findings.size() - 1, [&](Finding& one) { one.severity = Severity::note; });
  }
  report.checks.push_back(
      {"old-history", "agenterm", "kept, nothing to do", Severity::note, CheckStatus::ran, "", "db", 1200, 1});
  report.summary = {5, 0, 1200, 1, 0, 5, 4};
  return report;
}

Report incomplete_report() {
  Report report = small_report();
  report.complete = false;
  report.sources[0].status = "unknown";
  report.sources[0].detail = "cannot read sqlite 'db': it is locked";
  report.sources[0].hint = "try again";
  for (int n : {0, 1}) {
    report.checks[static_cast<std::size_t>(n)].status = CheckStatus::failed;
    report.checks[static_cast<std::size_t>(n)].reason = "source db could not be read";
  }
  return report;
}

}  // namespace

TEST_CASE("the report for people, whole", "[report]") {
  CHECK(text(busy_report()) == R"(audit 0.1.0 · agenterm
  agenterm  /home/a/agenterm.db   41 sessions
            default               1 window

agenterm
  error    half-created-session      4   never got a window
           9f3c works since 2 h  → mark failed
           70d2 works since 5 d  → mark failed
           81e3 works since 5 d  → mark failed
           …1 more (audit --check half-created-session)
  error    recycled-window           1   not its window
           12ab says @7, which is now 'vim'  → delete (with --unsafe)
  note     old-history           1,200   kept, nothing to do

5 errors, 0 warnings, 1,200 notes in 1.2 s · 3 checks ran, 1 not applicable · 1
  in the baseline
plan 7c1e2a90: 4 changes, all safe
  4  mark-failed  half-created-session
  audit repair                         apply them
  audit --unsafe                       1 more that removes; undo restores it
  audit explain half-created-session   what it is and why it matters
)");
}

TEST_CASE("nothing wrong is one line", "[report]") {
  Report report = small_report();
  CHECK(text(report) ==
        "✓ nothing wrong in agenterm (41 sessions, 1 window) · 2 checks ran, 1 not\n  applicable · 1.2 s\n");
  ReportStyle ascii;
  ascii.unicode = false;
  ascii.width = 120;
  CHECK(text(report, ascii) ==
        "ok: nothing wrong in agenterm (41 sessions, 1 window) - 2 checks ran, 1 not applicable - 1.2 s\n");
  ReportStyle quiet;
  quiet.quiet = true;
  CHECK(text(report, quiet).empty());
}

TEST_CASE("what is accepted is not nothing", "[report]") {
  Report report = small_report();
  report.summary.baseline = 5;
  ReportStyle wide;
  wide.width = 120;
  CHECK(text(report, wide) == "✓ nothing new in agenterm (41 sessions, 1 window) · 2 checks ran, 1 not applicable · 5 in the baseline · 1.2 s\n");
}

TEST_CASE("a finding says until when it was accepted, and why", "[report]") {
  Report report = busy_report();
  report.findings.edit(0, [](Finding& one) { one.fingerprint = "f0"; });
  report.accepted["f0"] = {"ticket 12", 1'767'225'600'000};
  CHECK(has(text(report), "(was accepted until 2026-01-01: ticket"));
  report.findings.set_status(0, FindingStatus::suppressed);
  CHECK_FALSE(has(text(report), "was accepted"));
}

TEST_CASE("each profile is healthy with its own counts", "[report]") {
  Report report = small_report();
  report.sources.push_back(
      {"openclaw", "state", "files", "/home/a/.openclaw", "ok", "", "", true, {{"entries", 1}, {"agents", 1043}}});
  ReportStyle wide;
  wide.width = 200;
  CHECK(
      text(report, wide)
          .starts_with(
              "✓ nothing wrong in agenterm (41 sessions, 1 window), openclaw (1 entry, 1,043 agents) · 2 checks ran"));
}

TEST_CASE("an audit without a check that ran is not called healthy", "[report]") {
  Report report = small_report();
  report.checks = {report.checks[2]};
  CHECK_FALSE(has(text(report), "nothing wrong"));
  CHECK(has(text(report), "no check ran, 1 not applicable"));
}

TEST_CASE("an incomplete audit says so at both ends", "[report]") {
  CHECK(text(incomplete_report()) == R"(audit 0.1.0 · agenterm
INCOMPLETE: 1 store could not be read, 2 checks failed. What follows is only
  part of the truth.
  unknown  agenterm db (sqlite) /home/a/agenterm.db
           cannot read sqlite 'db': it is locked
           hint: try again
  failed   half-created-session, recycled-window in agenterm
           source db could not be read
  agenterm  default   1 window

0 errors, 0 warnings in 1.2 s · no check ran, 1 not applicable, 2 failed
INCOMPLETE: 1 store could not be read, 2 checks failed. This is not a clean bill
  of health.
)");
  ReportStyle quiet;
  quiet.quiet = true;
  CHECK(has(text(incomplete_report(), quiet), "INCOMPLETE: 1 store could not be read"));
  Report report = small_report();
  report.complete = false;
  CHECK(has(text(report), "INCOMPLETE: "));
  CHECK_FALSE(has(text(report), "nothing wrong"));
}

TEST_CASE("a store that is not needed does not spoil a clean bill", "[report]") {
  Report report = small_report();
  report.sources[1].status = "absent";
  report.sources[1].needed = false;
  ReportStyle wide;
  wide.width = 200;
  CHECK(text(report, wide) ==
        "✓ nothing wrong in agenterm (41 sessions) · 2 checks ran, 1 not applicable · tmux of "
        "agenterm is absent, not needed · 1.2 s\n");
  report.sources[1].needed = true;
  CHECK(has(text(report, wide), "\n  absent   agenterm tmux (tmux) default\n"));
}

TEST_CASE("quiet shows only what is wrong", "[report]") {
  ReportStyle quiet;
  quiet.quiet = true;
  const std::string report = text(busy_report(), quiet);
  CHECK(report.starts_with("agenterm\n  error    half-created-session"));
  CHECK_FALSE(has(report, "old-history"));
  CHECK_FALSE(has(report, "audit repair"));
  CHECK_FALSE(has(report, "41 sessions"));
  CHECK(has(report, "5 errors, 0 warnings"));
  Report notes = busy_report();
  notes.findings.keep_if([&](std::size_t position) { return notes.findings[position].severity == Severity::note; });
  CHECK(text(notes, quiet).empty());
}

TEST_CASE("hostile text reaches no terminal", "[report]") {
  Report report = busy_report();
  const std::string hostile =
      "x\x1b]0;owned\x07\n\xff\xe2\x80\xae\xc2\x9b"
      "1m\r";
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    report.findings.edit(i, [&](Finding& found) {
      found.brief = hostile;
      found.profile += hostile;
      found.check += hostile;
      found.repairs.push_back({hostile, Applicability::safe, true});
    });
  }
  report.version = report.command = report.plan.id = report.mode = report.run_id = hostile;
  for (std::size_t i = 0; i < report.plan.changes.size(); ++i) report.plan.changes.edit(i, [&](Change& made) { made.repair = made.check = hostile; });
  for (CheckReport& check : report.checks) {
    check.status = CheckStatus::failed;
    check.check = check.reason = check.title = check.profile = hostile;
  }
  for (SourceReport& source : report.sources) {
    source.profile = source.name = source.adapter = source.location = source.status = source.detail = source.hint =
        hostile;
  }
  report.sources.push_back(small_report().sources[0]);
  report.sources.back().location = hostile;
  report.sources.back().counts = {{hostile, 2}};
  for (const std::string mode : {"dry-run", "repair", "undo", "x\x1b"}) {
    report.mode = mode;
    const std::string shown = text(report);
    CHECK(std::count(shown.begin(), shown.end(), '\x1b') == 0);
    CHECK(std::count(shown.begin(), shown.end(), '\r') == 0);
    CHECK(std::count(shown.begin(), shown.end(), '\x07') == 0);
    CHECK(std::count(shown.begin(), shown.end(), '\xff') == 0);
    CHECK_FALSE(has(shown, "\xe2\x80\xae"));
    CHECK_FALSE(has(shown, "\xc2\x9b"));
    CHECK(has(shown, "x\\x1b]0;owned\\x07\\n\\xff\\u{202e}\\u{9b}1m\\r"));
    check_width(shown, 80);
    ReportStyle ascii;
    ascii.unicode = false;
    for (const char c : text(report, ascii)) REQUIRE((c == '\n' || (c >= ' ' && c <= '~')));
  }
}

TEST_CASE("every line fits, at every width", "[report]") {
  Report report = busy_report();
  report.findings.edit(0, [&](Finding& one) { one.brief =
      "日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語 e\xcc\x81nd of it"; });
  report.findings.edit(1, [&](Finding& one) { one.brief = std::string(300, 'x') + " and so on"; });
  report.findings.edit(4, [&](Finding& one) { one.brief = "/a/long/path/that/can/be/copied/when/it/fits/and/is/broken/when/it/does/not.jsonl"; });
  report.checks[0].title = "a title that is so long that it needs more than one line on every terminal that people use";
  for (int width = 40; width <= 130; ++width) {
    ReportStyle style;
    style.width = width;
    const std::string plain = text(report, style);
    check_width(plain, width);
    check_width(text(incomplete_report(), style), width);
    check_width(text(small_report(), style), width);
    style.color = true;
    // Colour changes nothing but the colour, and no sequence is cut.
    CHECK(without_sgr(text(report, style)) == plain);
  }
  ReportStyle narrow;
  narrow.width = 5;
  CHECK(text(report, narrow) == text(report, [] {
          ReportStyle forty;
          forty.width = 40;
          return forty;
        }()));
}

TEST_CASE("a path is not broken, and a message is not cut before its end on a narrow terminal", "[report]") {
  Report report = busy_report();
  const std::string path = "/home/somebody/projects/agenterm/worktrees/a-project-with-a-long-name/task-0123456789";
  report.findings.edit(4, [&](Finding& one) { one.brief = "worktree 5b78…fc7a is active but its directory " + path + " does not exist"; });
  for (const int width : {40, 60, 80}) {
    ReportStyle style;
    style.width = width;
    const std::string shown = text(report, style);
    CHECK(has(shown, path + "\n"));
    CHECK(has(shown, "not exist"));
  }
  report.findings.edit(4, [&](Finding& one) { one.brief = "no path: /" + std::string(5'000, 'x'); });
  CHECK_FALSE(has(text(report), std::string(300, 'x')));
}

TEST_CASE("a narrow report keeps check, title and repair", "[report]") {
  Report report = report_with_plan();
  report.summary.baseline = 2;
  report.summary.suppressed = 1;
  ReportStyle style;
  style.width = 44;
  CHECK(text(report, style) == R"(audit 0.1.0 · agenterm
  agenterm  /home/a/agenterm.db
            41 sessions
            default   1 window

agenterm
  error    half-created-session  1
           never got a window
    9f3c works since 2 h  → mark failed

1 error, 0 warnings in 1.2 s · 2 checks ran,
  1 not applicable · 2 in the baseline, 1
  suppressed
plan 7c1e2a90: 1 change, all safe
  1  mark-failed  half-created-session
  audit repair
      apply them
  audit explain half-created-session
      what it is and why it matters
)");
}

TEST_CASE("colour only when asked for", "[report]") {
  CHECK_FALSE(has(text(busy_report()), "\x1b"));
  ReportStyle style;
  style.color = true;
  const std::string painted = text(busy_report(), style);
  CHECK(has(painted, "\x1b[1;31m  error    \x1b[0m\x1b[1mhalf-created-session\x1b[0m"));
  CHECK(has(painted, "\x1b[32m→ mark failed\x1b[0m\n"));
}

TEST_CASE("a thousand findings are a few lines", "[report]") {
  Report report = small_report();
  for (int n = 0; n < 1000; ++n) {
    report.findings.push_back(finding("recycled-window", "id", "id" + std::to_string(n) + " is wrong"));
  }
  const std::string many = text(report);
  CHECK(has(many, "           id2 is wrong\n           …997 more (audit --check recycled-window)\n"));
  CHECK_FALSE(has(many, "id3 is wrong"));
  // Asked for one check, all of them are shown.
  report.checks = {report.checks[1]};
  CHECK(has(text(report), "id999 is wrong"));
  CHECK_FALSE(has(text(report), " more"));
}

TEST_CASE("what would be typed next keeps how the program was called", "[report]") {
  Report report = busy_report();
  report.command = "'/opt/my tools/audit' --profile agenterm";
  CHECK(has(text(report), "  '/opt/my tools/audit' repair --profile agenterm"));
  CHECK(has(text(report), "  '/opt/my tools/audit' explain half-created-session"));
  CHECK(has(text(report), "…1 more ('/opt/my tools/audit' --profile agenterm --check"));
  // With checks chosen already, one more --check would only add to them.
  report.command = "audit --check '*-session' --check '*-window'";
  CHECK(has(text(report), "…1 more\n"));
}

TEST_CASE("a plan tells how safe it is and what only follows", "[report]") {
  Report report = report_with_plan();
  Change removed = change("x");
  removed.op = ChangeOp::remove;
  removed.check = "recycled-window";
  removed.repair = "delete";
  removed.applicability = Applicability::unsafe;
  report.plan.changes.push_back(removed);
  removed.consequence = true;
  report.plan.changes.push_back(removed);
  report.plan.changes.push_back(removed);
  const std::string shown = text(report);
  CHECK(has(shown, "plan 7c1e2a90: 4 changes, 1 safe, 3 unsafe\n"));
  CHECK(has(shown, "\n  2  follow       rows that depend on these\n"));
  CHECK(has(shown, "\n  1  delete       recycled-window\n"));
  CHECK(has(shown, "\n  audit repair --check half-created-session   only these\n"));
}

TEST_CASE("a plan that would be refused is not offered", "[report]") {
  Report report = report_with_plan();
  report.plan.refused = "1 of 2 rows of session, more than 20 % (--max-fraction)";
  const std::string shown = text(report);
  CHECK(has(shown, "\n  refused: 1 of 2 rows of session, more than 20 % (--max-fraction)\n"));
  CHECK_FALSE(has(shown, "apply them"));
  CHECK(has(shown, "audit explain half-created-session"));
}

TEST_CASE("after a repair: what became of each, and how to undo it", "[report]") {
  Report report = busy_report();
  report.mode = "repair";
  report.findings.edit(0, [&](Finding& one) { one.status = FindingStatus::repaired; });
  report.findings.edit(1, [&](Finding& one) { one.status = FindingStatus::dropped; });
  report.findings.edit(3, [&](Finding& one) { one.status = FindingStatus::refused; });
  const std::string shown = text(report);
  CHECK(shown.starts_with("audit 0.1.0 · repair r1 · agenterm\n"));
  // Refused ones come first: they are what a person has to look at.
  CHECK(has(shown,
            "           92f4 works since 5 d  refused\n           9f3c works since 2 h  ✓ mark failed\n"
            "           70d2 works since 5 d  no longer true\n"));
  CHECK(has(shown, "\n1 repaired, 1 refused, 1 no longer true\n"));
  CHECK(has(shown, "\napplied plan 7c1e2a90: 4 changes, all safe\n"));
  CHECK(has(shown, "\n  audit undo r1   take it all back\n"));
  report.kept_in = "/state/runs/r1";
  CHECK(has(text(report), "\n  audit undo r1        take it all back\n  audit runs show r1   what was changed; backups are in /state/runs/r1\n"));
  Report for_good = report;
  for_good.plan.changes.edit(0, [](Change& one) { one.applicability = Applicability::irreversible; });
  CHECK(has(text(for_good), "audit undo r1 --skip-changed   take all back but 1 that cannot be undone\n"));
  for (std::size_t i = 1; i < for_good.plan.changes.size(); ++i) for_good.plan.changes.edit(i, [](Change& one) { one.applicability = Applicability::irreversible; });
  CHECK_FALSE(has(text(for_good), "audit undo"));
  Report batches = report;
  batches.earlier_runs = {"r-1", "r0"};
  CHECK(has(text(batches), "\n  audit undo r1   take the last of 3 runs back\n  audit undo r0   then the one before it, and so on\n"));
  CHECK_FALSE(has(shown, "apply them"));
}

TEST_CASE("a repair that is held back is not offered", "[report]") {
  Report report = busy_report();
  REQUIRE(has(text(report), "more that remove"));
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    report.findings.edit(i, [](Finding& one) { one.refusal = "another check could not run"; });
  }
  CHECK_FALSE(has(text(report), "more that remove"));
}

TEST_CASE("a megabyte of text costs three lines", "[report]") {
  Report report = report_with_plan();
  report.findings.edit(0, [&](Finding& one) { one.brief = std::string(5'000'000, 'y'); });
  report.sources[0].location = std::string(1'000'000, 'z');
  const std::string shown = text(report);
  CHECK(shown.size() < 4000);
  CHECK(has(shown, "→ mark failed"));
}

TEST_CASE("lines break in the same places with colours and without", "[text]") {
  std::minstd_rand random(7);
  const auto one_of = [&](const std::vector<std::string>& words) { return words[random() % words.size()]; };
  const auto without_colours = [](std::string text) {
    for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b', at)) text.erase(at, text.find('m', at) - at + 1);
    return text;
  };
  for (int i = 0; i < 20'000; ++i) {
    text_report::Pieces body;
    for (std::size_t piece = 0, pieces = random() % 4; piece < pieces; ++piece) {
      std::string text;
      for (std::size_t word = 0, words = random() % 9; word < words; ++word) {
        text += one_of({"a", "session", "0000\u2026000a", "\u2192", "->", "\u4f60\u597d", "e\u0301t\u00e9", "a-word-of-quite-some-length", "(with", "8", "/a/path", "/home/a/path-of-quite/some/length/that/no/line/has/room/for.jsonl"}) + one_of({" ", " ", " ", "  ", "   ", ""});
      }
      body.push_back({text, piece % 2 == 0 ? text_report::Paint::plain : text_report::Paint::good});
    }
    text_report::Pieces lead = {{one_of({"", "  ", "           ", "  error    half-created-session  100,000   "}), text_report::Paint::plain}};
    if (lead.front().text.empty()) lead.clear();
    const int hang = static_cast<int>(random() % 30);
    const int most = static_cast<int>(random() % 4);
    const int width = 40 + static_cast<int>(random() % 60);
    const auto written = [&](bool color) {
      std::ostringstream out;
      ReportStyle style;
      style.width = width;
      style.color = color;
      style.unicode = true;
      text_report::Page page(style, out);
      page.flow(lead, body, hang, most);
      return without_colours(out.str());
    };
    INFO(written(true));
    REQUIRE(written(false) == written(true));
  }
}
