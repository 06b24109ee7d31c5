#include "reports/json_values.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "reports/display.hpp"

namespace audit::json_report {

using Json = nlohmann::ordered_json;

namespace {

Json of_value(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* real = std::get_if<double>(&value)) return std::isfinite(*real) ? Json(*real) : Json(nullptr);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (std::holds_alternative<Blob>(value)) return to_text(value);
  return nullptr;
}

Json of_cells(const Cells& cells) {
  Json object = Json::object();
  for (const auto& [column, value] : cells) object[column] = of_value(value);
  return object;
}

// Milliseconds to the microsecond; a whole number where it is one.
Json of_duration(double milliseconds) {
  constexpr double kLongest = 1e15;
  if (!std::isfinite(milliseconds)) return 0;
  const double rounded = std::round(std::clamp(milliseconds, 0.0, kLongest) * 1000) / 1000;
  if (rounded == std::floor(rounded)) return static_cast<std::int64_t>(rounded);
  return rounded;
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

Json of_run(const Report& report) {
  return {{"id", report.run_id},
          {"mode", report.mode},
          {"complete", report.complete},
          {"started_at", rfc3339(report.started_at)},
          {"duration_ms", of_duration(report.duration_ms)},
          {"version", report.version}};
}

Json of_source(const SourceReport& source) {
  Json json = {{"profile", source.profile},
               {"name", source.name},
               {"adapter", source.adapter},
               {"location", source.location},
               {"status", source.status}};
  if (source.status == "ok") return json;
  json["detail"] = source.detail;
  if (!source.hint.empty()) json["hint"] = source.hint;
  return json;
}

Json of_check(const CheckReport& check) {
  Json json = {{"check", check.check},   {"profile", check.profile},   {"status", to_string(check.status)},
               {"placed", check.placed}, {"findings", check.findings}, {"duration_ms", of_duration(check.duration_ms)}};
  if (!check.reason.empty()) json["reason"] = check.reason;
  return json;
}

Json of_finding(const Finding& finding) {
  Json subject = {{"relation", finding.subject.relation}, {"source", finding.subject.source}};
  if (!finding.subject.scope.empty()) subject["scope"] = finding.subject.scope;
  subject["id"] = finding.subject.id;

  Json evidence = Json::object();
  for (const Evidence& fact : finding.evidence) {
    Json& value = evidence[fact.name];
    if (!fact.is_list) {
      value = of_value(fact.value);
      continue;
    }
    value = Json::array();
    for (const Value& member : fact.many) value.push_back(of_value(member));
  }

  Json repairs = Json::array();
  for (const OfferedRepair& repair : finding.repairs) {
    repairs.push_back(
        Json{{"name", repair.name}, {"applicability", to_string(repair.applicability)}, {"selected", repair.selected}});
  }
  return {{"check", finding.check},
          {"severity", to_string(finding.severity)},
          {"profile", finding.profile},
          {"subject", std::move(subject)},
          {"message", finding.message},
          {"evidence", std::move(evidence)},
          {"fingerprint", finding.fingerprint},
          {"status", to_string(finding.status)},
          {"repairs", std::move(repairs)}};
}

Json of_change(const Change& change) {
  const bool has_before = change.op != ChangeOp::insert;
  const bool has_after = change.op != ChangeOp::remove;
  Json json = {{"op", to_string(change.op)},
               {"relation", change.relation},
               {"source", change.source},
               {"key", of_cells(change.key)},
               {"before", has_before ? of_cells(change.before) : Json(nullptr)},
               {"after", has_after ? of_cells(change.after) : Json(nullptr)},
               {"check", change.check},
               {"repair", change.repair},
               {"table", change.table},
               {"applicability", to_string(change.applicability)}};
  json["profile"] = change.profile;
  json["finding"] = change.finding;
  if (change.consequence) json["consequence"] = true;
  return json;
}

Json of_summary(const Summary& summary) {
  return {{"errors", summary.errors},         {"warnings", summary.warnings}, {"notes", summary.notes},
          {"repairable", summary.repairable}, {"planned", summary.planned},   {"baseline", summary.baseline},
          {"suppressed", summary.suppressed}};
}

std::string to_line(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point(text, at);
    // Such characters can only be inside strings here, where an escape means the same.
    if (point.valid && is_hidden(point.value)) {
      append_json_escape(safe, point.value);
    } else {
      safe.append(text, at, point.bytes);
    }
    at += point.bytes;
  }
  return safe;
}

}  // namespace audit::json_report
