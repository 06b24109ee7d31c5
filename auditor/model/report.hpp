#pragma once
// Everything that a report format may say about a run, and the interface of a format.

#include <cstdint>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/finding_list.hpp"
#include "auditor/model/plan.hpp"

namespace audit {

struct SourceReport {
  std::string profile;
  std::string name;
  std::string adapter;
  std::string location;  // as it can be shown: no secrets
  std::string status;    // ok, absent, dead, unknown
  std::string detail;    // why not ok; "" otherwise
  std::string hint;      // what to do next
  bool needed = true;    // false: the audit is complete without it
  // What was counted, for the one line that a healthy store gets: "41 sessions", "17 windows".
  std::vector<std::pair<std::string, std::int64_t>> counts;
};

enum class CheckStatus { ran, not_applicable, failed };
[[nodiscard]] const char* to_string(CheckStatus status);  // ran, not-applicable, failed

struct CheckReport {
  std::string check;
  std::string profile;
  std::string title;
  Severity severity = Severity::error;
  CheckStatus status = CheckStatus::ran;
  std::string reason;  // why not applicable or failed
  std::string placed;  // where it ran: name of a source, or "workbench"
  std::int64_t findings = 0;
  double duration_ms = 0;
  std::string why = {};
  std::string safety = {};
  std::string family = {};
  std::int64_t allowed = 0;  // so many new findings of the check, over all profiles, do not fail the gate
};

// The mildest severity that fails the gate.
enum class FailOn { note, warning, error, never };
[[nodiscard]] const char* to_string(FailOn fail_on);

// Why a finding does not count, and until when (ms). Both may be missing.
struct Acceptance {
  std::string reason;
  std::optional<std::int64_t> expires;
};

// An accepted finding that is no longer there, though its check ran.
struct AbsentFinding {
  std::string check;
  std::string subject;
  std::string fingerprint;
  std::string reason;
};

// What is known of an earlier run, for a chart over time.
struct PastRun {
  std::string id;
  std::string mode;
  std::string started_at;  // RFC 3339
  bool complete = true;
  std::int64_t errors = 0, warnings = 0, notes = 0;
};

struct Summary {
  std::int64_t errors = 0, warnings = 0, notes = 0;  // findings that count (new ones)
  std::int64_t baseline = 0, suppressed = 0;
  std::int64_t repairable = 0;  // findings with a repair that is not manual
  std::int64_t planned = 0;     // changes in the plan
};

struct Report {
  std::string run_id;
  std::vector<std::string> earlier_runs;  // ids of those that a repair in batches made before it, oldest first
  std::string kept_in;  // where a run's journal and backups are; "" when nothing was kept
  std::string mode;  // dry-run, repair, undo, recover
  bool complete = true;
  bool can_repair = false;   // the program has a command that applies the plan
  bool discovered = false;  // the profiles were found, not named
  std::int64_t started_at = 0;  // ms
  std::int64_t now = 0;         // ms; the time that the checks took as now
  double duration_ms = 0;
  std::string version;
  std::string command;       // how the program was called, for hints ("audit --profile agenterm")
  std::vector<SourceReport> sources;
  std::vector<CheckReport> checks;
  FindingList findings;  // stable order
  Plan plan;
  Summary summary;
  FailOn fail_on = FailOn::warning;
  bool has_baseline = false;                    // a baseline was applied: what is new is new against it
  std::map<std::string, Acceptance> accepted;  // by fingerprint: findings that are or were accepted with a reason or a date
  std::vector<AbsentFinding> absent;
  std::vector<PastRun> past_runs;  // oldest first; only where a format asks for them
};

struct ReportStyle {
  bool color = false;
  int width = 80;      // columns of the terminal
  bool quiet = false;  // only what is wrong
  bool unicode = true;
};

// One output format. A new instance per report; not shared between threads.
class ReportFormat {
 public:
  virtual ~ReportFormat() = default;
  // Writes the whole report. The caller checks the stream afterwards.
  virtual void write(const Report& report, const ReportStyle& style, std::ostream& out) const = 0;
  // True when it shows Report::past_runs.
  [[nodiscard]] virtual bool wants_past_runs() const { return false; }
};

// A format's entry in the list that CMake generates from reports/.
struct ReportFormatEntry {
  const char* name;
  std::unique_ptr<ReportFormat> (*make)();
};

}  // namespace audit
