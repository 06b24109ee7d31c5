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

namespace audit {

// The catalog with the checks of --checks.
[[nodiscard]] std::unique_ptr<Catalog> make_catalog(const Invocation& invocation);
[[nodiscard]] Config load_config(const Invocation& invocation, const Catalog& catalog);

// The profiles that were asked for, with --set applied; empty: look for known systems. Throws Error(usage) for a --set
// that fits none.
[[nodiscard]] std::vector<ProfileRequest> profile_requests(const Options& options, const Config& config,
                                                           const Catalog& catalog);

// Throws Error(usage) for patterns that match no check, with a suggestion.
[[nodiscard]] ScanRequest scan_request(const Options& options, const Config& config, const Catalog& catalog);
[[nodiscard]] RepairPolicy repair_policy(const Options& options, const Catalog& catalog);

// Cores, at most 4.
[[nodiscard]] int usual_jobs();

// 3 when the audit is not complete, 1 when a new finding is at least as severe as `fail_on`, 0 otherwise.
[[nodiscard]] int exit_code(const Report& report, FailOn fail_on);

}  // namespace audit
