#include "reports/formats.hpp"

namespace audit {

const std::vector<ReportFormatEntry>& report_formats() {
  static const std::vector<ReportFormatEntry> formats = {
      {"text", make_text_report},
      {"json", make_json_report},
      {"jsonl", make_jsonl_report},
  };
  return formats;
}

}  // namespace audit
