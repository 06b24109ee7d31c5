#include <ostream>

#include <nlohmann/json.hpp>

#include "reports/formats.hpp"
#include "reports/json_values.hpp"

namespace audit {
namespace {

using namespace json_report;

// One element per line, so that a large report is written, and can be searched, line by line.
template <typename Items, typename Convert>
void write_array(std::ostream& out, const Items& items, const char* indent, Convert convert) {
  out << '[';
  const char* separator = "\n";
  for (const auto& item : items) {
    out << separator << indent << "  " << to_line(convert(item));
    separator = ",\n";
  }
  if (!items.empty()) out << '\n' << indent;
  out << ']';
}

class JsonReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle&, std::ostream& out) const override {
    out << "{\n  \"schema\": \"" << kSchema << "\",\n  \"run\": " << to_line(of_run(report));
    out << ",\n  \"sources\": ";
    write_array(out, report.sources, "  ", of_source);
    out << ",\n  \"checks\": ";
    write_array(out, report.checks, "  ", of_check);
    out << ",\n  \"findings\": ";
    write_array(out, report.findings, "  ", of_finding);
    out << ",\n  \"plan\": {\n    \"id\": " << to_line(report.plan.id) << ",\n    \"changes\": ";
    write_array(out, report.plan.changes, "    ", of_change);
    if (!report.plan.refused.empty()) out << ",\n    \"refused\": " << to_line(report.plan.refused);
    out << "\n  },\n  \"summary\": " << to_line(of_summary(report.summary)) << "\n}\n";
  }
};

}  // namespace

std::unique_ptr<ReportFormat> make_json_report() { return std::make_unique<JsonReport>(); }

}  // namespace audit
