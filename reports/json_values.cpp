#include "reports/json_values.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ostream>

#include "auditor/model/gate.hpp"

namespace audit::json_report {

namespace {

void add_cells(JsonText& json, const Cells& cells) {
  json.open('{');
  for (const auto& [column, value] : cells) add_value(json.key(column), value);
  json.close('}');
}

void add_cells_or_null(JsonText& json, const Cells& cells, bool there) {
  if (there) {
    add_cells(json, cells);
  } else {
    json.null();
  }
}

// Milliseconds to the microsecond; a whole number where it is one.
void add_duration(JsonText& json, double milliseconds) {
  constexpr double kLongest = 1e15;
  if (!std::isfinite(milliseconds)) {
    json.integer(0);
    return;
  }
  const double rounded = std::round(std::clamp(milliseconds, 0.0, kLongest) * 1000) / 1000;
  if (rounded == std::floor(rounded)) {
    json.integer(static_cast<std::int64_t>(rounded));
  } else {
    json.real(rounded);
  }
}

void add_acceptance(JsonText& json, const Acceptance& acceptance) {
  json.key("accepted").open('{');
  if (!acceptance.reason.empty()) json.member("reason", acceptance.reason);
  if (acceptance.expires) json.member("expires", rfc3339(*acceptance.expires));
  json.close('}');
}

}  // namespace

std::string rfc3339(std::int64_t milliseconds) {
  using namespace std::chrono;
  constexpr std::int64_t kFirst = -62'167'219'200'000;  // 0000-01-01T00:00:00.000Z
  constexpr std::int64_t kLast = 253'402'300'799'999;   // 9999-12-31T23:59:59.999Z
  const sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds{std::clamp(milliseconds, kFirst, kLast)}};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text.data();
}

void Buffer::flush() {
  out_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
  text_.clear();
}

void add_value(JsonText& json, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    json.integer(*integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    json.real(*real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    json.text(*text);
  } else if (std::holds_alternative<Blob>(value)) {
    json.text(to_text(value));
  } else {
    json.null();
  }
}

void add_evidence(JsonText& json, const Finding& finding) {
  json.open('{');
  for (const Evidence& fact : finding.evidence) {
    json.key(fact.name);
    if (!fact.is_list) {
      add_value(json, fact.value);
      continue;
    }
    json.open('[');
    for (const Value& member : fact.many) add_value(json, member);
    json.close(']');
  }
  json.close('}');
}

void add_run(JsonText& json, const Report& report) {
  json.member("id", report.run_id).member("mode", report.mode);
  json.key("complete").flag(report.complete).member("started_at", rfc3339(report.started_at));
  add_duration(json.key("duration_ms"), report.duration_ms);
  json.member("version", report.version);
  if (report.earlier_runs.empty()) return;
  json.key("earlier_runs").open('[');
  for (const auto& run : report.earlier_runs) json.text(run);
  json.close(']');
}

void add_source(JsonText& json, const SourceReport& source) {
  json.member("profile", source.profile).member("name", source.name).member("adapter", source.adapter);
  json.member("location", source.location).member("status", source.status);
  if (source.status == "ok") return;
  json.member("detail", source.detail);
  if (!source.hint.empty()) json.member("hint", source.hint);
}

void add_check(JsonText& json, const CheckReport& check) {
  json.member("check", check.check).member("profile", check.profile).member("status", to_string(check.status));
  json.member("placed", check.placed).member("findings", check.findings);
  add_duration(json.key("duration_ms"), check.duration_ms);
  if (!check.reason.empty()) json.member("reason", check.reason);
}

void add_finding(JsonText& json, const Finding& finding, const Report& report) {
  json.member("check", finding.check).member("severity", to_string(finding.severity));
  json.member("profile", finding.profile).key("subject").open('{');
  json.member("relation", finding.subject.relation).member("source", finding.subject.source);
  if (!finding.subject.scope.empty()) json.member("scope", finding.subject.scope);
  json.member("id", finding.subject.id).close('}').member("message", finding.message);
  add_evidence(json.key("evidence"), finding);
  json.member("fingerprint", finding.fingerprint).member("status", to_string(finding.status));
  if (!report.accepted.empty()) {
    const auto accepted = report.accepted.find(finding.fingerprint);
    if (accepted != report.accepted.end()) add_acceptance(json, accepted->second);
  }
  if (!finding.refusal.empty()) json.member("refusal", finding.refusal);
  json.key("repairs").open('[');
  for (const OfferedRepair& repair : finding.repairs) {
    json.open('{').member("name", repair.name).member("applicability", to_string(repair.applicability));
    json.key("selected").flag(repair.selected).close('}');
  }
  json.close(']');
}

void add_change(JsonText& json, const Change& change) {
  json.member("op", to_string(change.op)).member("relation", change.relation).member("source", change.source);
  add_cells(json.key("key"), change.key);
  add_cells_or_null(json.key("before"), change.before, change.op != ChangeOp::insert);
  add_cells_or_null(json.key("after"), change.after, change.op != ChangeOp::remove);
  json.member("check", change.check).member("repair", change.repair).member("table", change.table);
  json.member("applicability", to_string(change.applicability));
  json.member("profile", change.profile).member("finding", change.finding);
  if (change.consequence) json.key("consequence").flag(true);
}

void add_absent(JsonText& json, const AbsentFinding& finding) {
  json.member("check", finding.check).member("subject", finding.subject).member("fingerprint", finding.fingerprint);
  if (!finding.reason.empty()) json.member("reason", finding.reason);
}

void add_gate(JsonText& json, const Report& report) {
  const Gate gate = judge(report, report.fail_on);
  json.member("fail_on", to_string(report.fail_on)).key("passed").flag(report.complete && gate.passed());
  json.key("checks").open('[');
  for (const auto& [id, check] : gate.checks) {
    json.open('{').member("check", id).member("findings", check.counted).member("allowed", check.allowed);
    json.key("passed").flag(check.passed()).close('}');
  }
  json.close(']');
}

void add_summary(JsonText& json, const Report& report) {
  const Summary& summary = report.summary;
  json.member("errors", summary.errors).member("warnings", summary.warnings).member("notes", summary.notes);
  json.member("repairable", summary.repairable).member("planned", summary.planned);
  json.member("baseline", summary.baseline).member("suppressed", summary.suppressed);
  if (report.has_baseline) json.member("absent", static_cast<std::int64_t>(report.absent.size()));
}

}  // namespace audit::json_report
