#include <ostream>

#include "reports/formats.hpp"
#include "reports/json_values.hpp"

namespace audit {
namespace {

using namespace json_report;

// One object on a line of its own, with its type first.
template <typename Add>
void write_line(Buffer& buffer, const char* type, Add add) {
  JsonText json(buffer.text());
  json.open('{').member("type", type);
  add(json);
  json.close('}');
  buffer.text() += '\n';
  buffer.settle();
}

class JsonlReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle&, std::ostream& out) const override {
    Buffer buffer(out);
    write_line(buffer, "run", [&](JsonText& json) {
      json.member("schema", kSchema);
      add_run(json, report);
    });
    for (const SourceReport& source : report.sources) {
      write_line(buffer, "source", [&](JsonText& json) { add_source(json, source); });
    }
    for (const CheckReport& check : report.checks) {
      write_line(buffer, "check", [&](JsonText& json) { add_check(json, check); });
    }
    for (const Finding& finding : report.findings) {
      write_line(buffer, "finding", [&](JsonText& json) { add_finding(json, finding, report); });
    }
    for (const AbsentFinding& finding : report.absent) {
      write_line(buffer, "absent", [&](JsonText& json) { add_absent(json, finding); });
    }
    for (const Change& change : report.plan.changes) {
      write_line(buffer, "change", [&](JsonText& json) {
        json.member("plan", report.plan.id);
        if (!report.plan.refused.empty()) json.member("refused", report.plan.refused);
        add_change(json, change);
      });
    }
    write_line(buffer, "gate", [&](JsonText& json) { add_gate(json, report); });
    write_line(buffer, "summary", [&](JsonText& json) { add_summary(json, report); });
  }
};

}  // namespace

std::unique_ptr<ReportFormat> make_jsonl_report() { return std::make_unique<JsonlReport>(); }

}  // namespace audit
