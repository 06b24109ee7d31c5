#pragma once
// Reports that were written earlier, read again: "audit-report/1" as one document or as lines.

#include <functional>
#include <set>
#include <string>

#include "auditor/model/report.hpp"

namespace audit {

// One finding of a written report.
struct WrittenFinding {
  std::string check;
  std::string profile;
  Severity severity = Severity::error;
  std::string subject;
  std::string message;
  std::string fingerprint;
  std::string status;
};

// What a written report says beside its findings.
struct WrittenReport {
  PastRun run;
  std::set<std::pair<std::string, std::string>> ran;  // profile and check
};

// Reads a report and gives every finding to `each` (which may be empty), holding none of them itself. Throws Error(config)
// that names the file for what is no such report.
WrittenReport read_report(const std::string& file, const std::function<void(const WrittenFinding&)>& each);

// The newest runs below STATE/runs that left a report, oldest first, at most `most`. What cannot be read is named to
// `skipped`.
[[nodiscard]] std::vector<PastRun> read_past_runs(const std::string& state_directory, std::size_t most,
                                                  const std::function<void(const std::string&)>& skipped);

}  // namespace audit
