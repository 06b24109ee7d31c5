// The text format of Prometheus, for the textfile collector of its node exporter.

#include <array>
#include <charconv>
#include <cmath>
#include <ostream>

#include "auditor/model/gate.hpp"
#include "reports/digest.hpp"
#include "reports/display.hpp"
#include "reports/formats.hpp"

namespace audit {
namespace {

// A label's value.
std::string label(std::string_view text) {
  std::string out;
  for (const char c : harmless(text, true)) {
    if (c == '\\' || c == '"') out += '\\';
    out += c;
  }
  return out;
}

std::string number(double value) {
  if (!std::isfinite(value)) return "0";
  std::array<char, 40> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end};
}

class PrometheusReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle&, std::ostream& out) const override {
    write_findings(report, out);
    write_sources(report, out);
    const CheckTotals totals = check_totals(report);
    gauge(out, "audit_checks", "Checks by what became of them.");
    out << "audit_checks{status=\"ran\"} " << totals.ran << "\naudit_checks{status=\"not-applicable\"} "
        << totals.not_applicable << "\naudit_checks{status=\"failed\"} " << totals.failed << '\n';
    single(out, "audit_complete", "1 when every needed store was read and every check ran.", report.complete ? 1 : 0);
    single(out, "audit_gate_passed", "1 when the findings do not fail the gate.",
           report.complete && judge(report, report.fail_on).passed() ? 1 : 0);
    single(out, "audit_planned_changes", "Changes that a repair would make.", static_cast<double>(report.summary.planned));
    single(out, "audit_start_time_seconds", "When the run began, since the epoch.",
           static_cast<double>(report.started_at) / 1000);
    single(out, "audit_duration_seconds", "How long the run took.", report.duration_ms / 1000);
  }

 private:
  static void gauge(std::ostream& out, const char* name, const char* help) {
    out << "# HELP " << name << ' ' << help << "\n# TYPE " << name << " gauge\n";
  }
  static void single(std::ostream& out, const char* name, const char* help, double value) {
    gauge(out, name, help);
    out << name << ' ' << number(value) << '\n';
  }

  static void write_findings(const Report& report, std::ostream& out) {
    const auto digests = digest(report, 0);
    gauge(out, "audit_findings", "New findings of a check.");
    for (const CheckDigest& check : digests) {
      if (check.report != nullptr && check.report->status == CheckStatus::not_applicable) continue;
      for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        const std::int64_t fresh = check.fresh.at(static_cast<std::size_t>(severity));
        const bool usual = check.report != nullptr && check.report->severity == severity;
        if (fresh > 0 || usual) {
          out << "audit_findings{profile=\"" << label(check.profile) << "\",check=\"" << label(check.check)
              << "\",severity=\"" << to_string(severity) << "\"} " << fresh << '\n';
        }
      }
    }
    gauge(out, "audit_findings_accepted", "Findings of a check that a baseline accepts.");
    for (const CheckDigest& check : digests) {
      if (check.accepted == 0) continue;
      out << "audit_findings_accepted{profile=\"" << label(check.profile) << "\",check=\"" << label(check.check) << "\"} "
          << check.accepted << '\n';
    }
  }

  static void write_sources(const Report& report, std::ostream& out) {
    gauge(out, "audit_source_up", "1 when the store could be read.");
    for (const SourceReport& source : report.sources) {
      out << "audit_source_up{profile=\"" << label(source.profile) << "\",source=\"" << label(source.name)
          << "\",adapter=\"" << label(source.adapter) << "\",needed=\"" << (source.needed ? "true" : "false") << "\"} "
          << (source.status == "ok" ? 1 : 0) << '\n';
    }
  }
};

}  // namespace

std::unique_ptr<ReportFormat> make_prometheus_report() { return std::make_unique<PrometheusReport>(); }

}  // namespace audit
