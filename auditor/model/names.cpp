// The words for the enumerations of the model, as reports and files spell them.

#include "auditor/model/check.hpp"
#include "auditor/model/finding.hpp"
#include "auditor/model/report.hpp"
#include "auditor/model/store.hpp"

namespace audit {

const char* to_string(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "error";
}

std::optional<Severity> severity_from(const std::string& text) {
  for (const Severity severity : {Severity::note, Severity::warning, Severity::error}) {
    if (text == to_string(severity)) return severity;
  }
  return std::nullopt;
}

const char* to_string(FailOn fail_on) {
  switch (fail_on) {
    case FailOn::note: return "note";
    case FailOn::warning: return "warning";
    case FailOn::error: return "error";
    case FailOn::never: return "never";
  }
  return "warning";
}

const char* to_string(Applicability applicability) {
  switch (applicability) {
    case Applicability::safe: return "safe";
    case Applicability::unsafe: return "unsafe";
    case Applicability::irreversible: return "irreversible";
    case Applicability::manual: return "manual";
  }
  return "manual";
}

const char* to_string(ChangeOp op) {
  switch (op) {
    case ChangeOp::insert: return "insert";
    case ChangeOp::update: return "update";
    case ChangeOp::remove: return "delete";
  }
  return "update";
}

const char* to_string(FindingStatus status) {
  switch (status) {
    case FindingStatus::fresh: return "new";
    case FindingStatus::baseline: return "baseline";
    case FindingStatus::suppressed: return "suppressed";
    case FindingStatus::repaired: return "repaired";
    case FindingStatus::dropped: return "dropped";
    case FindingStatus::refused: return "refused";
  }
  return "new";
}

const char* to_string(CheckStatus status) {
  switch (status) {
    case CheckStatus::ran: return "ran";
    case CheckStatus::not_applicable: return "not-applicable";
    case CheckStatus::failed: return "failed";
  }
  return "failed";
}

const char* to_string(StoreStatus status) {
  switch (status) {
    case StoreStatus::ok: return "ok";
    case StoreStatus::absent: return "absent";
    case StoreStatus::dead: return "dead";
    case StoreStatus::unknown: return "unknown";
  }
  return "unknown";
}

bool is_time_column(const std::string& name) {
  return name == "at" || name == "until" || (name.size() > 3 && name.ends_with("_at"));
}

}  // namespace audit
