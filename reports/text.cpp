#include <ostream>

#include "reports/formats.hpp"
#include "reports/text_sections.hpp"

namespace audit {
namespace {

using namespace text_report;

bool has_problem(const View& view) {
  for (const ProfileGroups& profile : view.profiles) {
    if (profile.groups.front().severity != Severity::note) return true;  // the worst comes first
  }
  for (const SourceReport& source : view.report.sources) {
    if (source.status != "ok" && source.needed) return true;
  }
  return is_incomplete(view.report);
}

class TextReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle& style, std::ostream& out) const override {
    Page page(style, out);
    const View view{report, group_findings(report), group_failures(report), count_checks(report), page};
    if (page.quiet() && !has_problem(view)) return;
    if (is_clean(view)) {
      write_clean(view);
      return;
    }
    const bool incomplete = is_incomplete(report);
    if (!page.quiet()) write_header(view);
    if (incomplete) write_incomplete(view, "What follows is only part of the truth.");
    write_unreadable(view);
    if (!page.quiet()) write_sources(view);
    write_findings(view);
    write_summary(view);
    if (!page.quiet()) {
      write_plan(view);
      write_next(view);
    }
    if (incomplete) write_incomplete(view, "This is not a clean bill of health.");
  }
};

}  // namespace

std::unique_ptr<ReportFormat> make_text_report() { return std::make_unique<TextReport>(); }

}  // namespace audit
