#pragma once
// One audit: open the sources of the asked profiles, run the checks, confirm, and say what was found.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auditor/engine/catalog.hpp"
#include "auditor/engine/profile.hpp"
#include "auditor/model/progress.hpp"
#include "auditor/model/scan_result.hpp"

namespace audit {

struct ProfileRequest {
  std::string name;                         // built-in name, or path of a profile file
  std::map<std::string, std::string> set;   // "source.option" → value
  std::string directory;                    // relative paths are relative to this; "" = current directory
  std::string label = {};                   // name of the profile in the report; "" = its own
};

struct CheckSettings {
  std::optional<Severity> severity;
  bool enabled = true;
  std::optional<std::int64_t> grace{};      // ms; in place of the run's
  std::map<std::string, Value> params{};    // in place of the check's and the profile's
  std::int64_t allowed = 0;  // so many new findings do not fail the gate
};

struct ScanRequest {
  std::vector<ProfileRequest> profiles;  // empty: look for every known system at its default place
  std::vector<std::string> include;      // globs of check ids; empty: all
  std::vector<std::string> exclude;
  std::map<std::string, CheckSettings> settings;  // by check id
  std::int64_t now = 0;                  // ms
  std::int64_t grace = 600'000;          // ms
  int jobs = 1;
  std::int64_t two_stage_rows = 20'000;  // from here on keys are found first and evidence is fetched by key
  bool partial = false;  // what was found until the deadline is told, and the rest as failed; else the deadline is an Error(check)
  std::int64_t ship_rows = 100'000;      // the most rows that travel to another store
};

// Throws Error(config) for a profile or setting that makes no sense, Error(usage) when no profile was asked for and no system was found,
// Error(interrupted). A store or check that fails is not an exception: the report says so and is not complete.
[[nodiscard]] ScanResult scan(const Catalog& catalog, const ScanRequest& request, const Cancellation& cancel,
                              const Progress& progress, const DebugLog& debug);

// The profiles of the request with their stores closed, to write into them. Throws as scan() does.
[[nodiscard]] std::vector<std::unique_ptr<OpenProfile>> open_profiles(const Catalog& catalog, const ScanRequest& request, const Cancellation& cancel,
                                                                      const DebugLog& debug);

// Reads a profile with the request's options. Throws Error(usage) for one that does not exist, Error(config) for one that makes no sense.
[[nodiscard]] Profile open_profile(const ProfileRequest& request, const Catalog& catalog);

// What discovery found: profile and the location of the first source that is there.
struct Discovered {
  std::string profile;
  std::string source;
  std::string location;
};
[[nodiscard]] std::vector<Discovered> discover(const Catalog& catalog, const Cancellation& cancel);

}  // namespace audit
