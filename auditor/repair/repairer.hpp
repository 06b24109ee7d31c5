#pragma once
// From a plan to mended stores: apply it, look again, and go on until nothing is left that may be mended.

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "auditor/model/scan_result.hpp"
#include "auditor/repair/run.hpp"

namespace audit {

struct RepairOrder {
  const StateDirectory* state = nullptr;
  JournalHead head;               // without run, mode and profiles
  RunOptions options;
  std::int64_t batch = 0;         // findings' changes per transaction; 0: all in one
  std::int64_t max_changes = 1000;
  std::set<std::string> left_out{};  // fingerprints of findings that are not touched, whatever is planned for them
  // Another scan with a plan, under the same policy. Called after the changes are committed, and once at the end.
  std::function<ScanResult()> scan_again;
  // Called with the ids of the runs as they are made.
  std::function<void(const std::string&)> began{};
};

struct RepairResult {
  ScanResult last;                  // the scan after the last change: what is left
  FindingList settled;              // findings of earlier scans that are no more, or were not touched: repaired, dropped, refused
  ChangeList applied;
  std::vector<std::string> runs;    // ids, oldest first
  std::string failure;              // why it ended early, with what was committed before still in place; "" when it did not
  std::string hint;
};

// Applies the plan of `first`. Throws Error(repair) when nothing was changed, Error(interrupted).
[[nodiscard]] RepairResult repair(ScanResult first, const RepairOrder& order, const Cancellation& cancel);

}  // namespace audit
