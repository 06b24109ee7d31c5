#pragma once
// Telling somebody: which news a run brings, and the command that is told.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "auditor/cli/command.hpp"
#include "auditor/engine/config.hpp"
#include "auditor/model/report.hpp"

namespace audit {

// What was told before and still holds.
struct Told {
  std::string profile;
  std::string check;    // "" for a failure
  std::int64_t at = 0;  // ms; when it was told last
};

struct NotifyMemory {
  std::map<std::string, Told> findings;  // by fingerprint
  std::map<std::string, Told> failures;  // by what failed: "agenterm/db", "agenterm/half-created-session"
};

// What a run is told for, and what is remembered once it was.
struct News {
  std::vector<Occasion> occasions;  // empty: nothing to tell
  std::int64_t appeared = 0;        // findings that were not told yet
  std::int64_t gone = 0;            // told ones that are no more
  bool reminder = false;            // told because it still holds
  NotifyMemory memory;
};

// A finding, or a failure, is news when it appears and when it is gone; in between it is told again every `remind`.
// What was not looked at (another profile, a check that did not run, an incomplete audit) is not gone. Repairs are news
// each time. `now` in ms.
[[nodiscard]] News news_of(const Report& report, const NotifySettings& settings, const NotifyMemory& memory,
                           std::int64_t now);

// Throws Error(config) for a file that is no memory; one that does not exist is empty.
[[nodiscard]] NotifyMemory read_notify_memory(const std::string& file);
void write_notify_memory(const NotifyMemory& memory, const std::string& file);

// Runs the command of the configuration when there is news: the report as JSON on its standard input, and in the
// environment AUDIT_OCCASIONS ("findings,recovery"), AUDIT_APPEARED, AUDIT_GONE (counts) and AUDIT_REMINDER (0 or 1).
// It never throws and changes no exit code: what goes wrong is a line in the log, and is told by the next run.
void notify(Invocation& invocation, const Config& config, const Report& report);
// Likewise for a run that ended without a report: one is made that is incomplete, and AUDIT_ERROR holds why.
void notify_failure(Invocation& invocation, const Config& config, Report report, const std::string& why);

}  // namespace audit
