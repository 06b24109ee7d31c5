// GitLab's code quality report: one issue per new finding.

#include <map>
#include <ostream>

#include "reports/digest.hpp"
#include "reports/formats.hpp"
#include "reports/json_values.hpp"

namespace audit {
namespace {

const char* gitlab_severity(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "major";
    case Severity::warning:
      return "minor";
    case Severity::note:
      break;
  }
  return "info";
}

class GitlabReport : public ReportFormat {
 public:
  void write(const Report& report, const ReportStyle&, std::ostream& out) const override {
    json_report::Buffer buffer(out);
    std::map<std::pair<std::string, std::string>, std::string> paths;
    buffer.text() += '[';
    const char* separator = "\n";
    for (const Finding& finding : report.findings) {
      if (!still_stands(finding.status)) continue;
      std::string& path = paths[{finding.profile, finding.subject.source}];
      if (path.empty()) path = store_path(report, finding.profile, finding.subject.source);
      buffer.text() += separator;
      JsonText json(buffer.text());
      json.open('{').member("description", finding.message).member("check_name", finding.check);
      json.member("fingerprint", finding.fingerprint).member("severity", gitlab_severity(finding.severity));
      json.key("location").open('{').member("path", path);
      json.key("lines").open('{').member("begin", std::int64_t{1}).close('}').close('}').close('}');
      separator = ",\n";
      buffer.settle();
    }
    buffer.text() += *separator == ',' ? "\n]\n" : "]\n";
  }
};

}  // namespace

std::unique_ptr<ReportFormat> make_gitlab_report() { return std::make_unique<GitlabReport>(); }

}  // namespace audit
