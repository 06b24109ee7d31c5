#pragma once
// From options and configuration to what the engine is asked.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auditor/cli/command.hpp"
#include "auditor/engine/baseline.hpp"
#include "auditor/engine/config.hpp"
#include "auditor/engine/profile.hpp"
#include "auditor/engine/scan.hpp"
#include "auditor/repair/planner.hpp"
#include "auditor/repair/state_directory.hpp"

namespace audit {

// The catalog with the checks of --checks.
[[nodiscard]] std::unique_ptr<Catalog> make_catalog(const Invocation& invocation);
// Reads the file of --config and adds to the invocation's options what holds for every command: the log, the time limit, the reports. Throws Error(config).
[[nodiscard]] Config load_config(Invocation& invocation, Catalog& catalog);
// A configuration with a program that is run (notify.command) has to be a file that nobody but its owner can write, who is root or whoever runs the audit.
// Throws Error(config).
void expect_trusted(const std::string& file, const Config& config);
// Where the log goes: what the command line does not say, the configuration may.
[[nodiscard]] LogRequest log_request(const Options& options, const LogSettings& settings);
// Where runs and notifications are remembered: --state-dir, the configuration, $STATE_DIRECTORY, $XDG_STATE_HOME/audit, ~/.local/state/audit; "" where
// none of these is known. It need not exist yet.
[[nodiscard]] std::string state_directory(const Options& options, const Config& config);

// The profiles that were asked for, with --set applied; empty: look for known systems. Throws Error(usage) for a --set
// that fits none.
[[nodiscard]] std::vector<ProfileRequest> profile_requests(const Options& options, const Config& config,
                                                           const Catalog& catalog);

// Throws Error(usage) for patterns that match no check, with a suggestion.
[[nodiscard]] ScanRequest scan_request(const Options& options, const Config& config, const Catalog& catalog);
[[nodiscard]] RepairPolicy repair_policy(const Options& options, const Config& config, const Catalog& catalog);

// That directory for what writes into it. Throws Error(usage) where none is known.
[[nodiscard]] StateDirectory open_state(const Options& options, const Config& config);

// One line about a run that is over, for the log.
void log_run(Log& log, const Report& report, int exit_code);

// Cores, at most 4.
[[nodiscard]] int usual_jobs();

// 3 when the audit is not complete, 1 when a check has more new findings at least as severe as `fail_on` than it is
// allowed, 0 otherwise.
[[nodiscard]] int exit_code(const Report& report, FailOn fail_on);

}  // namespace audit
