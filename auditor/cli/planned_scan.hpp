#pragma once
// One audit as the command line asks for it, with its plan; as often as wanted.

#include <chrono>
#include <functional>
#include <memory>

#include "auditor/cli/setup.hpp"

namespace audit {

class PlannedScan {
 public:
  // Reads the configuration. Throws Error(usage), Error(config). `mode` is what the report calls it.
  PlannedScan(Invocation& invocation, const std::string& mode);

  // Scans and plans. Throws what scan() throws, Error(usage), Error(config) and Error(interrupted).
  [[nodiscard]] ScanResult run();
  // The same without the plan's id.
  [[nodiscard]] ScanResult run_without_id();
  // Writes the report, logs it and tells whoever wants to know; returns the exit code under --fail-on.
  int conclude(Report& report);
  // From now on it is a dry run.
  void look_only() { mode_ = "dry-run"; }
  // What `work` returns; a failure that it throws is told, too.
  int tell_failure(const std::function<int()>& work);

  [[nodiscard]] const Config& config() const { return config_; }
  [[nodiscard]] const Catalog& catalog() const { return *catalog_; }
  [[nodiscard]] const ScanRequest& request() const { return request_; }
  [[nodiscard]] const RepairPolicy& policy() const { return policy_; }
  [[nodiscard]] std::int64_t started_at() const { return started_at_; }
  // Fills in what every report says about its run.
  void describe(Report& report) const;

 private:
  void prepare();
  void accept_findings(const Report& report);

  Invocation& invocation_;
  std::string mode_;
  std::int64_t started_at_;
  std::chrono::steady_clock::time_point started_;
  std::unique_ptr<Catalog> catalog_;
  Config config_;
  std::string baseline_file_;
  Baseline baseline_;
  RepairPolicy policy_;
  ScanRequest request_;
  bool prepared_ = false;
};

}  // namespace audit
