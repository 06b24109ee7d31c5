#include "auditor/engine/baseline.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "auditor/engine/findings.hpp"
#include "auditor/engine/json_document.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/sqlite_functions.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace {

constexpr const char* kSchema = "audit-baseline/1";

std::string optional_text(const JsonDocument& document, const JsonPath& place) {
  return document.has(place) ? document.text(place) : std::string();
}

bool expired(const BaselineEntry& entry, std::int64_t now) { return entry.expires && *entry.expires <= now; }

BaselineEntry read_entry(const JsonDocument& document, const JsonPath& place) {
  document.allow(place, {"fingerprint", "check", "subject", "reason", "expires"});
  BaselineEntry entry;
  entry.fingerprint = document.text(place / "fingerprint");
  if (entry.fingerprint.empty()) document.fail(place / "fingerprint", "\"fingerprint\" is empty");
  entry.check = optional_text(document, place / "check");
  entry.subject = optional_text(document, place / "subject");
  entry.reason = optional_text(document, place / "reason");
  if (const std::string expires = optional_text(document, place / "expires"); !expires.empty()) {
    entry.expires = sqlite::parse_iso8601(expires);
    if (!entry.expires) {
      document.fail(place / "expires", "\"expires\": '" + expires + "' is not a time",
                    "write it as 2026-12-31 or 2026-12-31T00:00:00Z");
    }
  }
  return entry;
}

// Checks that ran and failed nowhere: only these can say that something is gone.
std::set<std::string> finished_checks(const Report& report) {
  std::set<std::string> ran;
  for (const CheckReport& check : report.checks) {
    if (check.status == CheckStatus::ran) ran.insert(check.check);
  }
  for (const CheckReport& check : report.checks) {
    if (check.status == CheckStatus::failed) ran.erase(check.check);
  }
  return ran;
}

}  // namespace

Baseline parse_baseline(const std::string& text, const std::string& file) {
  const JsonDocument document(text, file);
  document.allow({}, {"schema", "findings"});
  if (document.text({"schema"}) != kSchema) {
    document.fail({"schema"}, "this is not a baseline: \"schema\" must be \"" + std::string(kSchema) + "\"");
  }
  const auto* findings = document.find({"findings"});
  if (findings == nullptr || !findings->is_array()) document.fail({"findings"}, "\"findings\" must be a list");
  Baseline baseline;
  for (std::size_t i = 0; i < findings->size(); ++i) {
    baseline.entries.push_back(read_entry(document, {"findings", std::to_string(i)}));
  }
  return baseline;
}

Baseline read_baseline(const std::string& file) { return parse_baseline(read_text_file(file), file); }

void apply_baseline(const Baseline& baseline, std::int64_t now, Report& report) {
  std::map<std::string, const BaselineEntry*> entries;
  for (const BaselineEntry& entry : baseline.entries) entries.emplace(entry.fingerprint, &entry);
  std::set<std::string> found;
  std::size_t position = 0;
  for (auto at = report.findings.begin(); at != report.findings.end() && !entries.empty(); ++at, ++position) {
    const auto known = entries.find(at->fingerprint);
    if (known == entries.end()) continue;
    const BaselineEntry& entry = *known->second;
    found.insert(entry.fingerprint);
    if (!entry.reason.empty() || entry.expires) report.accepted[entry.fingerprint] = {entry.reason, entry.expires};
    if (at->status != FindingStatus::fresh || expired(entry, now)) continue;
    report.findings.set_status(position, entry.reason.empty() ? FindingStatus::baseline : FindingStatus::suppressed);
  }
  const std::set<std::string> finished = finished_checks(report);
  for (const BaselineEntry& entry : baseline.entries) {
    if (found.contains(entry.fingerprint) || !finished.contains(entry.check)) continue;
    report.absent.push_back({entry.check, entry.subject, entry.fingerprint, entry.reason});
  }
  count_findings(report);
}

Baseline make_baseline(const Report& report, const Baseline& previous, std::int64_t now) {
  std::map<std::string, const BaselineEntry*> known;
  for (const BaselineEntry& entry : previous.entries) known[entry.fingerprint] = &entry;
  Baseline baseline;
  std::set<std::string> accepted;
  for (const Finding& finding : report.findings) {
    if (finding.status != FindingStatus::fresh && finding.status != FindingStatus::baseline &&
        finding.status != FindingStatus::suppressed) {
      continue;
    }
    accepted.insert(finding.fingerprint);
    BaselineEntry entry{finding.fingerprint, finding.check, finding.subject.id, "", std::nullopt};
    if (const auto found = known.find(finding.fingerprint); found != known.end()) {
      entry.reason = found->second->reason;
      if (!expired(*found->second, now)) entry.expires = found->second->expires;
    }
    baseline.entries.push_back(std::move(entry));
  }
  const std::set<std::string> finished = finished_checks(report);
  for (const BaselineEntry& entry : previous.entries) {
    if (!entry.check.empty() && !finished.contains(entry.check)) {
      if (accepted.insert(entry.fingerprint).second) baseline.entries.push_back(entry);
    }
  }
  return baseline;
}

void write_baseline(const Baseline& baseline, std::ostream& out) {
  out << "{\n  \"schema\": \"" << kSchema << "\",\n  \"findings\": [";
  const char* separator = "\n";
  for (const BaselineEntry& entry : baseline.entries) {
    nlohmann::ordered_json json{{"fingerprint", entry.fingerprint}, {"check", entry.check}, {"subject", entry.subject}};
    if (!entry.reason.empty()) json["reason"] = entry.reason;
    if (entry.expires) json["expires"] = format_time(*entry.expires);
    out << separator << "    " << json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    separator = ",\n";
  }
  out << (baseline.entries.empty() ? "]\n}\n" : "\n  ]\n}\n");
}

void count_findings(Report& report) {
  Summary& summary = report.summary;
  summary.errors = summary.warnings = summary.notes = summary.baseline = summary.suppressed = summary.repairable = 0;
  for (const Finding& finding : report.findings.heads()) {
    if (finding.status == FindingStatus::baseline) ++summary.baseline;
    if (finding.status == FindingStatus::suppressed) ++summary.suppressed;
    if (!still_stands(finding.status)) continue;
    if (finding.status == FindingStatus::fresh && is_mendable(finding)) ++summary.repairable;
    switch (finding.severity) {
      case Severity::error:
        ++summary.errors;
        break;
      case Severity::warning:
        ++summary.warnings;
        break;
      case Severity::note:
        ++summary.notes;
        break;
    }
  }
}

}  // namespace audit
