#include "auditor/engine/scan.hpp"

#include <chrono>

#include "auditor/engine/audited_profile.hpp"
#include "auditor/engine/baseline.hpp"
#include "auditor/engine/homes.hpp"
#include "auditor/model/error.hpp"

namespace audit {

namespace {

[[noreturn]] void nothing_found(const Catalog& catalog) {
  std::string looked;
  for (const auto& [name, text] : catalog.profiles()) looked += (looked.empty() ? "" : ", ") + name;
  throw Error(ErrorKind::usage, "no session store was found on this machine (looked for " + looked + ")",
              "point at one: audit --profile agenterm --set db.path=FILE; audit profiles shows where each is looked for");
}

}  // namespace

std::vector<std::unique_ptr<OpenProfile>> open_profiles(const Catalog& catalog, const ScanRequest& request, const Cancellation& cancel,
                                                        const DebugLog& debug) {
  std::vector<std::unique_ptr<OpenProfile>> profiles;
  for (const auto& wanted : request.profiles) {
    for (auto& home : open_homes(wanted, catalog)) {
      profiles.push_back(std::make_unique<AuditedProfile>(catalog, std::move(home), request, cancel, Progress(), debug));
    }
  }
  return profiles;
}

ScanResult scan(const Catalog& catalog, const ScanRequest& request, const Cancellation& cancel, const Progress& progress,
                const DebugLog& debug) {
  const auto started = std::chrono::steady_clock::now();
  ScanResult result;
  Report& report = result.report;
  std::vector<ProfileRequest> profiles = request.profiles;
  if (profiles.empty()) {
    report.discovered = true;
    for (const auto& found : discover(catalog, cancel)) profiles.push_back({found.profile, {}, ""});
    if (profiles.empty()) nothing_found(catalog);
  }
  report.now = request.now;
  std::vector<Home> homes;
  for (const auto& wanted : profiles) {
    for (auto& home : open_homes(wanted, catalog)) homes.push_back(std::move(home));
  }
  for (auto& home : homes) {
    auto audited = std::make_unique<AuditedProfile>(catalog, std::move(home), request, cancel, progress, debug);
    try {
      audited->audit();
    } catch (const Error&) {
      if (!request.partial || cancel.requested || !cancel.expired()) throw;
      audited->run_out_of_time();
      report.complete = false;
    }
    audited->report(result);
    result.profiles.push_back(std::move(audited));
  }
  count_findings(report);
  report.duration_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  return result;
}

}  // namespace audit
