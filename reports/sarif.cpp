// SARIF 2.1.0: one run, a rule per check, a result per finding.

#include <cmath>
#include <map>
#include <ostream>

#include "reports/digest.hpp"
#include "reports/formats.hpp"
#include "reports/json_values.hpp"

namespace audit {
namespace {

using namespace json_report;

const char* level(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "note";
}

// A path as a URI reference. Absolute ones become file:///.
std::string uri_of(const std::string& path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      uri += c;
    } else {
      uri.append({'%', kDigits[byte >> 4U], kDigits[byte & 15U]});
    }
  }
  return uri;
}

class Writer {
 public:
  Writer(const Report& report, std::ostream& out) : report_(report), buffer_(out), json_(buffer_.text()) {}

  void write() {
    json_.open('{').member("$schema", "https://json.schemastore.org/sarif-2.1.0.json").member("version", "2.1.0");
    json_.key("runs").open('[').open('{');
    write_tool();
    write_invocation();
    json_.key("automationDetails").open('{').member("id", "audit/" + report_.run_id).close('}');
    json_.member("columnKind", "unicodeCodePoints");
    json_.key("results").open('[');
    for (const Finding& finding : report_.findings) write_result(finding);
    for (const AbsentFinding& finding : report_.absent) write_absent(finding);
    json_.close(']').close('}').close(']').close('}');
    buffer_.text() += '\n';
  }

 private:
  // A member whose value is {"text": …}.
  JsonText& message(const char* name, const std::string& text) {
    return json_.key(name).open('{').member("text", text).close('}');
  }

  void write_tool() {
    json_.key("tool").open('{').key("driver").open('{').member("name", "audit").member("version", report_.version);
    json_.key("rules").open('[');
    for (const CheckReport& check : report_.checks) {
      if (check.status == CheckStatus::not_applicable) continue;
      if (rules_.emplace(check.check, static_cast<std::int64_t>(rules_.size())).second) write_rule(check);
    }
    json_.close(']').close('}').close('}');
  }

  void write_rule(const CheckReport& check) {
    begin_line();
    json_.open('{').member("id", check.check).member("name", check.check);
    if (!check.title.empty()) message("shortDescription", check.title);
    if (!check.why.empty()) message("fullDescription", check.why);
    std::string help = check.why;
    if (!check.safety.empty()) help += "\n\nRepair: " + check.safety;
    help += (help.empty() ? "" : "\n\n") + std::string("`audit explain ") + check.check + "` says more.";
    message("help", help);
    json_.key("defaultConfiguration").open('{').member("level", level(check.severity)).close('}');
    if (!check.family.empty()) {
      json_.key("properties").open('{').key("tags").open('[').text(check.family).close(']').close('}');
    }
    json_.close('}');
  }

  void write_invocation() {
    const double length = std::isfinite(report_.duration_ms) ? report_.duration_ms : 0;
    json_.key("invocations").open('[').open('{').key("executionSuccessful").flag(report_.complete);
    json_.member("startTimeUtc", rfc3339(report_.started_at));
    json_.member("endTimeUtc", rfc3339(report_.started_at + static_cast<std::int64_t>(length)));
    json_.key("toolExecutionNotifications").open('[');
    for (const SourceReport& source : report_.sources) {
      if (source.status == "ok" || !source.needed) continue;
      notification(source.profile + " " + source.name + " (" + source.location + ") is " + source.status + ": " +
                       source.detail, nullptr);
    }
    for (const CheckReport& check : report_.checks) {
      if (check.status != CheckStatus::failed) continue;
      notification(check.profile + ": check " + check.check + " failed: " + check.reason, &check.check);
    }
    json_.close(']').close('}').close(']');
  }

  void notification(const std::string& text, const std::string* check) {
    json_.open('{').member("level", "error");
    message("message", text);
    if (check != nullptr) json_.key("associatedRule").open('{').member("id", *check).close('}');
    json_.close('}');
  }

  void begin_result(const std::string& check, const char* level_name, const std::string& text) {
    begin_line();
    json_.open('{').member("ruleId", check);
    if (const auto rule = rules_.find(check); rule != rules_.end()) json_.member("ruleIndex", rule->second);
    json_.member("level", level_name);
    message("message", text);
  }

  void write_result(const Finding& finding) {
    begin_result(finding.check, level(finding.severity), finding.message);
    write_location(finding);
    fingerprints(finding.fingerprint);
    if (report_.has_baseline) {
      const bool known = finding.status == FindingStatus::baseline || finding.status == FindingStatus::suppressed;
      json_.member("baselineState", known ? "unchanged" : "new");
    }
    if (finding.status == FindingStatus::suppressed) write_suppression(finding);
    json_.key("properties").open('{').member("profile", finding.profile).member("status", to_string(finding.status));
    add_evidence(json_.key("evidence"), finding);
    json_.close('}').close('}');
    buffer_.settle();
  }

  void write_absent(const AbsentFinding& finding) {
    begin_result(finding.check, "none", "no longer found: " + finding.subject);
    json_.key("locations").open('[').open('{').key("logicalLocations").open('[');
    json_.open('{').member("name", finding.subject).close('}').close(']').close('}').close(']');
    fingerprints(finding.fingerprint);
    json_.member("baselineState", "absent").close('}');
    buffer_.settle();
  }

  void write_location(const Finding& finding) {
    const Subject& subject = finding.subject;
    std::string name = finding.profile + "/" + subject.source + "/";
    if (!subject.scope.empty()) name += subject.scope + "/";
    name += subject.relation + "/" + subject.id;
    json_.key("locations").open('[').open('{').key("physicalLocation").open('{');
    json_.key("artifactLocation").open('{').member("uri", uri(finding)).close('}').close('}');
    json_.key("logicalLocations").open('[').open('{').member("name", subject.id);
    json_.member("fullyQualifiedName", name).member("kind", subject.relation).close('}').close(']');
    json_.close('}').close(']');
  }

  const std::string& uri(const Finding& finding) {
    std::string& known = uris_[{finding.profile, finding.subject.source}];
    if (known.empty()) known = uri_of(store_path(report_, finding.profile, finding.subject.source));
    return known;
  }

  void fingerprints(const std::string& fingerprint) {
    json_.key("fingerprints").open('{').member("audit/v1", fingerprint).close('}');
    json_.key("partialFingerprints").open('{').member("audit/v1", fingerprint).close('}');
  }

  void write_suppression(const Finding& finding) {
    json_.key("suppressions").open('[').open('{').member("kind", "external").member("status", "accepted");
    const auto accepted = report_.accepted.find(finding.fingerprint);
    if (accepted != report_.accepted.end() && !accepted->second.reason.empty()) {
      json_.member("justification", accepted->second.reason);
    }
    json_.close('}').close(']');
  }

  // Rules and results stand on lines of their own. The comma must come before the line's end.
  void begin_line() {
    std::string& text = buffer_.text();
    if (text.empty() || text.back() == '}') text += ',';
    text += '\n';
  }

  const Report& report_;
  Buffer buffer_;
  JsonText json_;
  std::map<std::string, std::int64_t> rules_;
  std::map<std::pair<std::string, std::string>, std::string> uris_;
};

class SarifReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle&, std::ostream& out) const override {
    Writer(report, out).write();
  }
};

}  // namespace

std::unique_ptr<ReportFormat> make_sarif_report() { return std::make_unique<SarifReport>(); }

}  // namespace audit
