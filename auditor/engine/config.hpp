#pragma once
// The configuration file (--config): what a person would otherwise type again and again.
//
//   { "profiles": ["agenterm", {"profile": "openclaw", "set": {"state.path": "state"}}],
//     "checks": {"stuck-pending-session": {"severity": "note"}, "unknown-status": {"enabled": false}},
//     "exclude": ["agenterm-*"], "grace": "10m", "jobs": 2, "fail_on": "error", "baseline": "baseline.json" }
//
// JSON with comments. Relative paths are relative to the directory of the file.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auditor/engine/catalog.hpp"
#include "auditor/engine/scan.hpp"

namespace audit {

// The mildest severity that makes the exit code 1.
enum class FailOn { note, warning, error, never };
[[nodiscard]] std::optional<FailOn> fail_on_from(const std::string& text);

struct Config {
  std::vector<ProfileRequest> profiles;
  std::map<std::string, CheckSettings> checks;
  std::vector<std::string> exclude;
  std::optional<std::int64_t> grace;  // ms
  std::optional<int> jobs;
  std::optional<FailOn> fail_on;
  std::string baseline;  // path; "" = none
};

// Throws Error(config) that names the file and the line: also for checks and profiles that the catalog does not have.
[[nodiscard]] Config parse_config(const std::string& text, const std::string& file, const Catalog& catalog);
[[nodiscard]] Config read_config(const std::string& file, const Catalog& catalog);

// True when `name` means a file rather than a built-in profile.
[[nodiscard]] bool is_profile_file(const std::string& name);

}  // namespace audit
