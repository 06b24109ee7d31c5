// JUnit XML: a suite per profile, a test case per check and per store.

#include <array>
#include <cstdio>
#include <map>
#include <ostream>

#include "auditor/model/gate.hpp"
#include "reports/digest.hpp"
#include "reports/display.hpp"
#include "reports/formats.hpp"
#include "reports/markup.hpp"

namespace audit {
namespace {

constexpr std::size_t kShown = 100;  // findings of a check

std::string seconds(double milliseconds) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", milliseconds >= 0 && milliseconds < 1e15 ? milliseconds / 1000 : 0.0);
  return text.data();
}

struct Counts {
  std::int64_t tests = 0, failures = 0, errors = 0, skipped = 0;
  void add(const Counts& other) {
    tests += other.tests, failures += other.failures, errors += other.errors, skipped += other.skipped;
  }
};

struct Suite {
  std::vector<const CheckDigest*> checks;
  std::vector<const SourceReport*> stores;
  Counts counts;
  double milliseconds = 0;
};

void write_counts(std::ostream& out, const Counts& counts, double milliseconds) {
  out << " tests=\"" << counts.tests << "\" failures=\"" << counts.failures << "\" errors=\"" << counts.errors
      << "\" skipped=\"" << counts.skipped << "\" time=\"" << seconds(milliseconds) << '"';
}

class JunitReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle&, std::ostream& out) const override {
    const auto digests = digest(report, kShown);
    const Gate gate = judge(report, report.fail_on);
    std::map<std::string, Suite> suites;
    for (const SourceReport& source : report.sources) add(suites[source.profile], source);
    for (const CheckDigest& check : digests) add(suites[check.profile], check, gate);
    Counts total;
    for (const auto& [profile, suite] : suites) total.add(suite.counts);
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"audit\"";
    write_counts(out, total, report.duration_ms);
    out << ">\n";
    for (const auto& [profile, suite] : suites) write_suite(out, report, profile, suite, gate);
    out << "</testsuites>\n";
  }

 private:
  static bool is_broken(const SourceReport& source) { return source.needed && source.status != "ok"; }

  static bool is_failed(const CheckDigest& check, const Gate& gate) {
    const auto judged = gate.checks.find(check.check);
    return judged != gate.checks.end() && !judged->second.passed() && check.new_findings() > 0;
  }

  static CheckStatus status(const CheckDigest& check) {
    return check.report == nullptr ? CheckStatus::ran : check.report->status;
  }

  static void add(Suite& suite, const SourceReport& source) {
    suite.stores.push_back(&source);
    ++suite.counts.tests;
    suite.counts.errors += is_broken(source) ? 1 : 0;
  }

  static void add(Suite& suite, const CheckDigest& check, const Gate& gate) {
    suite.checks.push_back(&check);
    ++suite.counts.tests;
    if (status(check) == CheckStatus::failed) {
      ++suite.counts.errors;
    } else if (is_failed(check, gate)) {
      ++suite.counts.failures;
    } else if (status(check) == CheckStatus::not_applicable) {
      ++suite.counts.skipped;
    }
    if (check.report != nullptr) suite.milliseconds += check.report->duration_ms;
  }

  static void write_suite(std::ostream& out, const Report& report, const std::string& profile, const Suite& suite, const Gate& gate) {
    out << "  <testsuite name=\"" << markup(profile) << '"';
    write_counts(out, suite.counts, suite.milliseconds);
    out << ">\n";
    for (const SourceReport* source : suite.stores) write_store(out, *source);
    for (const CheckDigest* check : suite.checks) write_check(out, report, *check, gate);
    out << "  </testsuite>\n";
  }

  static void write_store(std::ostream& out, const SourceReport& source) {
    out << "    <testcase classname=\"" << markup(source.profile) << ".stores\" name=\"" << markup(source.name)
        << " can be read\" time=\"0.000\"";
    if (!is_broken(source)) {
      out << "/>\n";
      return;
    }
    out << ">\n      <error type=\"" << markup(source.status) << "\" message=\""
        << markup(source.location + ": " + source.detail) << "\">" << markup(source.hint)
        << "</error>\n    </testcase>\n";
  }

  static void write_check(std::ostream& out, const Report& report, const CheckDigest& check, const Gate& gate) {
    out << "    <testcase classname=\"" << markup(check.profile) << "\" name=\"" << markup(check.check) << "\" time=\""
        << seconds(check.report == nullptr ? 0 : check.report->duration_ms) << '"';
    const std::string reason = check.report == nullptr ? "" : check.report->reason;
    if (status(check) == CheckStatus::failed) {
      out << ">\n      <error type=\"check-failed\" message=\"" << markup(reason) << "\"/>\n";
    } else if (is_failed(check, gate)) {
      out << ">\n      <failure type=\"" << to_string(check.severity) << "\" message=\""
          << markup(counted(check.open(), "finding") + ": " + check.title()) << "\">";
      write_findings(out, report, check);
      out << "</failure>\n";
    } else if (status(check) == CheckStatus::not_applicable) {
      out << ">\n      <skipped message=\"" << markup(reason) << "\"/>\n";
    } else if (check.open() > 0) {
      out << ">\n      <system-out>";
      write_findings(out, report, check);
      out << "</system-out>\n";
    } else {
      out << "/>\n";
      return;
    }
    out << "    </testcase>\n";
  }

  static void write_findings(std::ostream& out, const Report& report, const CheckDigest& check) {
    for (const std::size_t position : check.shown) {
      const Finding finding = report.findings[position];
      out << to_string(finding.severity) << ": " << markup(finding.message) << " [" << markup(finding.subject.id)
          << "]\n";
    }
    const auto more = check.open() - static_cast<std::int64_t>(check.shown.size());
    if (more > 0) out << grouped(more) << " more\n";
    if (check.report != nullptr) out << markup(check.report->why) << '\n';
  }
};

}  // namespace

std::unique_ptr<ReportFormat> make_junit_report() { return std::make_unique<JunitReport>(); }

}  // namespace audit
