#include <ostream>

#include "reports/formats.hpp"
#include "reports/json_values.hpp"

namespace audit {
namespace {

using namespace json_report;

// One element per line, so that a large report is written, and can be searched, line by line.
template <typename Items, typename Add>
void write_array(Buffer& buffer, const Items& items, const char* indent, Add add) {
  std::string& text = buffer.text();
  text += '[';
  const char* separator = "\n";
  for (const auto& item : items) {
    text.append(separator).append(indent).append("  ");
    JsonText json(text);
    json.open('{');
    add(json, item);
    json.close('}');
    separator = ",\n";
    buffer.settle();
  }
  if (!items.empty()) text.append("\n").append(indent);
  text += ']';
}

template <typename Add>
void write_object(Buffer& buffer, const char* name, Add add) {
  std::string& text = buffer.text();
  text.append(",\n  \"").append(name).append("\": ");
  JsonText json(text);
  json.open('{');
  add(json);
  json.close('}');
}

void write_plan(Buffer& buffer, const Plan& plan) {
  std::string& text = buffer.text();
  text += ",\n  \"plan\": {\n    \"id\": ";
  JsonText(text).text(plan.id);
  text += ",\n    \"changes\": ";
  write_array(buffer, plan.changes, "    ", add_change);
  if (!plan.refused.empty()) {
    text += ",\n    \"refused\": ";
    JsonText(text).text(plan.refused);
  }
  text += "\n  }";
}

class JsonReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle&, std::ostream& out) const override {
    Buffer buffer(out);
    std::string& text = buffer.text();
    text.append("{\n  \"schema\": \"").append(kSchema).append("\"");
    write_object(buffer, "run", [&](JsonText& json) { add_run(json, report); });
    text += ",\n  \"sources\": ";
    write_array(buffer, report.sources, "  ", add_source);
    text += ",\n  \"checks\": ";
    write_array(buffer, report.checks, "  ", add_check);
    text += ",\n  \"findings\": ";
    write_array(buffer, report.findings, "  ",
                [&](JsonText& json, const Finding& finding) { add_finding(json, finding, report); });
    if (report.has_baseline) {
      text += ",\n  \"absent\": ";
      write_array(buffer, report.absent, "  ", add_absent);
    }
    write_plan(buffer, report.plan);
    write_object(buffer, "gate", [&](JsonText& json) { add_gate(json, report); });
    write_object(buffer, "summary", [&](JsonText& json) { add_summary(json, report); });
    text += "\n}\n";
  }
};

}  // namespace

std::unique_ptr<ReportFormat> make_json_report() { return std::make_unique<JsonReport>(); }

}  // namespace audit
