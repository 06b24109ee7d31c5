// Workflow commands: one annotation per check, because a step shows only ten of each kind.

#include <ostream>

#include "reports/digest.hpp"
#include "reports/display.hpp"
#include "reports/formats.hpp"

namespace audit {
namespace {

constexpr std::size_t kShown = 10;  // findings of a check

// What would end the text of a command, or start another.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : harmless(text, true)) {
    if (c == '%') {
      out += "%25";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

const char* command(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "notice";
}

class GithubReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle&, std::ostream& out) const override {
    for (const std::string& trouble : troubles(report)) {
      annotate(out, "error", "audit: incomplete", trouble);
      out << '\n';
    }
    for (const CheckDigest& check : worst_first(digest(report, kShown))) write_check(out, report, check);
    out << "audit: " << totals_text(report.summary) << (report.complete ? "" : ", INCOMPLETE") << '\n';
  }

 private:
  static void annotate(std::ostream& out, const char* kind, const std::string& title, const std::string& text) {
    out << "::" << kind << " title=" << escaped(title, true) << "::" << escaped(text, false);
  }

  static void write_check(std::ostream& out, const Report& report, const CheckDigest& check) {
    annotate(out, command(check.severity), check.check + " (" + check.profile + ")",
             counted(check.open(), "finding") + ": " + check.title());
    for (const std::size_t position : check.shown) out << "%0A- " << escaped(report.findings[position].message, false);
    const auto more = check.open() - static_cast<std::int64_t>(check.shown.size());
    if (more > 0) out << "%0A- " << grouped(more) << " more";
    out << '\n';
  }
};

}  // namespace

std::unique_ptr<ReportFormat> make_github_report() { return std::make_unique<GithubReport>(); }

}  // namespace audit
