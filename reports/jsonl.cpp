#include <ostream>

#include <nlohmann/json.hpp>

#include "reports/formats.hpp"
#include "reports/json_values.hpp"

namespace audit {
namespace {

using namespace json_report;
using Json = nlohmann::ordered_json;

Json line(const char* type) {
  Json json = Json::object();
  json["type"] = type;
  return json;
}

void write_line(std::ostream& out, Json start, const Json& object) {
  start.update(object);
  out << to_line(start) << '\n';
}

class JsonlReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle&, std::ostream& out) const override {
    Json run = line("run");
    run["schema"] = kSchema;
    write_line(out, std::move(run), of_run(report));
    for (const SourceReport& source : report.sources) write_line(out, line("source"), of_source(source));
    for (const CheckReport& check : report.checks) write_line(out, line("check"), of_check(check));
    for (const Finding& finding : report.findings) write_line(out, line("finding"), of_finding(finding));
    for (const Change& change : report.plan.changes) {
      Json json = line("change");
      json["plan"] = report.plan.id;
      if (!report.plan.refused.empty()) json["refused"] = report.plan.refused;
      write_line(out, std::move(json), of_change(change));
    }
    write_line(out, line("summary"), of_summary(report.summary));
  }
};

}  // namespace

std::unique_ptr<ReportFormat> make_jsonl_report() { return std::make_unique<JsonlReport>(); }

}  // namespace audit
