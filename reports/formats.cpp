#include "reports/formats.hpp"

namespace audit {

const std::vector<ReportFormatEntry>& report_formats() {
  static const std::vector<ReportFormatEntry> formats = {
      {"text", make_text_report},
      {"json", make_json_report},
      {"jsonl", make_jsonl_report},
      {"junit", make_junit_report},
      {"sarif", make_sarif_report},
      {"markdown", make_markdown_report},
      {"html", make_html_report},
      {"github", make_github_report},
      {"gitlab", make_gitlab_report},
      {"prometheus", make_prometheus_report},
  };
  return formats;
}

}  // namespace audit
