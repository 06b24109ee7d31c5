#pragma once
// The configuration file (--config): what a whole deployment would otherwise type again and again. docs/config.md says
// what every key means, docs/audit-config.schema.json says it to editors.
//
// JSON with comments. Relative paths are relative to the directory of the file. What the command line says goes first.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auditor/engine/catalog.hpp"
#include "auditor/engine/scan.hpp"
#include "auditor/engine/schedule.hpp"

namespace audit {

[[nodiscard]] std::optional<FailOn> fail_on_from(const std::string& text);

// What a repair may do beyond the safe. Closing windows is not among it: that takes --irreversible each time.
struct RepairSettings {
  bool unsafe = false;
  std::map<std::string, std::string> allow;  // check → repair, "" = its first
  std::vector<std::string> only;             // checks; empty: all
  std::optional<std::int64_t> max_changes;
  std::optional<double> max_fraction;
};

// How much of the past is kept in the state directory. nullopt: no limit of that kind.
struct Retention {
  std::optional<std::int64_t> runs;
  std::optional<std::int64_t> age;  // ms
};

struct LogSettings {
  std::string file;    // path; "" = standard error
  std::string level;   // "" = as usual
  std::string format;  // "" = text
};

// What a notification can be about.
enum class Occasion { findings, repairs, failures, recovery };
[[nodiscard]] const char* to_string(Occasion occasion);

// A command that is told what happened. Never run by a shell.
struct NotifySettings {
  std::vector<std::string> command;  // empty: none
  std::vector<Occasion> on{Occasion::findings, Occasion::repairs, Occasion::failures, Occasion::recovery};
  Severity from = Severity::warning;     // milder findings are no occasion
  std::int64_t remind = 24 * 3'600'000;  // ms; what is still wrong is told again after this, 0 = never
  std::int64_t timeout = 30'000;         // ms
};

struct ReportSettings {
  std::string format;
  std::string file;
  std::string where;  // FILE:LINE of the format
};

struct Config {
  std::vector<ProfileRequest> profiles;
  std::map<std::string, CheckSettings> checks;
  std::vector<std::string> checks_directories;  // loaded already when the catalog is
  std::vector<std::string> exclude;
  std::optional<std::int64_t> grace, timeout;  // ms
  std::optional<int> jobs;
  std::optional<FailOn> fail_on;
  std::string baseline;         // path; "" = none
  std::string state_directory;  // path; "" = the usual one
  std::vector<ReportSettings> reports;
  RepairSettings repair;
  Retention retention;
  LogSettings log;
  NotifySettings notify;
  Schedule schedule;
};

// Throws Error(config) that names the file and the line: also for checks and profiles that the catalog does not have.
// Loads the checks of `checks_directories` into the catalog first.
[[nodiscard]] Config parse_config(const std::string& text, const std::string& file, Catalog& catalog);
[[nodiscard]] Config read_config(const std::string& file, Catalog& catalog);

// Every key that the file may hold, by the place of the object it stands in: "" the file, "profiles[]", "checks.*",
// "repair", …
[[nodiscard]] const std::map<std::string, std::vector<std::string>>& config_keys();

// True when `name` means a file rather than a built-in profile.
[[nodiscard]] bool is_profile_file(const std::string& name);

}  // namespace audit
