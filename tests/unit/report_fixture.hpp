#pragma once
// Reports to format.

#include <sstream>
#include <string>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include "auditor/model/report.hpp"
#include "reports/formats.hpp"

namespace audit::report_test {

inline Report small_report() {
  Report report;
  report.run_id = "r1";
  report.mode = "dry-run";
  report.version = "0.1.0";
  report.started_at = 1'772'197'770'042;  // 2026-02-27T13:09:30.042Z
  report.duration_ms = 1234.5678;
  report.command = "audit";
  report.can_repair = true;
  report.sources = {{"agenterm", "db", "sqlite", "/home/a/agenterm.db", "ok", "", "", true, {{"sessions", 41}}},
                    {"agenterm", "tmux", "tmux", "default", "ok", "", "", true, {{"windows", 1}}}};
  report.checks = {
      {"half-created-session", "agenterm", "never got a window", Severity::error, CheckStatus::ran, "", "db", 0, 4.5},
      {"recycled-window", "agenterm", "not its window", Severity::error, CheckStatus::ran, "", "db", 0, 2},
      {"bad-message", "agenterm", "", Severity::error, CheckStatus::not_applicable, "no message", "", 0, 0}};
  return report;
}

inline Finding finding(const std::string& check, const std::string& id, const std::string& brief) {
  Finding found;
  found.check = check;
  found.profile = "agenterm";
  found.subject = {"session", "db", "", id};
  found.message = "session " + id + " has no window";
  found.brief = brief;
  found.fingerprint = "0123456789abcdef0123456789abcdef";
  return found;
}

inline Change change(const std::string& id) {
  Change made;
  made.profile = "agenterm";
  made.relation = "session";
  made.source = "db";
  made.table = "sessions";
  made.key = {{"id", id}};
  made.before = {{"status", std::string("working")}};
  made.after = {{"status", std::string("failed")}};
  made.check = "half-created-session";
  made.repair = "mark-failed";
  made.finding = "f00d";
  return made;
}

// One finding with a planned repair.
inline Report report_with_plan() {
  Report report = small_report();
  report.findings = {finding("half-created-session", "9f3c", "9f3c works since 2 h")};
  report.findings.edit(0, [&](Finding& one) { one.repairs = {{"mark-failed", Applicability::safe, true}, {"delete", Applicability::unsafe, false}}; });
  report.findings.edit(0, [&](Finding& one) { one.evidence = {{"created_at", std::int64_t{17}, {}, false}}; });
  report.plan.id = "7c1e2a90deadbeef";
  report.plan.changes = {change("9f3c")};
  report.summary = {1, 0, 0, 0, 0, 1, 1};
  return report;
}

inline std::string written(std::unique_ptr<ReportFormat> format, const Report& report, const ReportStyle& style = {}) {
  std::ostringstream out;
  format->write(report, style, out);
  return out.str();
}

}  // namespace audit::report_test
