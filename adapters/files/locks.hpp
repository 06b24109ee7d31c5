#pragma once
// Lock files: who holds them, and whether that process still lives.

#include <cstdint>
#include <string>
#include <vector>

#include "auditor/model/store.hpp"

namespace audit {

struct LockForm {
  std::vector<std::string> pid;                 // pointers into the lock's JSON
  std::vector<std::vector<std::string>> taken;  // the first that is there: milliseconds, or an ISO time
  std::vector<std::string> start_ticks;         // start of the owner as the kernel counts it
};

struct LockFacts {
  std::string owner = "unknown";  // alive, dead, recycled, unknown
  std::string defect;
  std::int64_t pid = 0;             // 0: none
  std::int64_t pid_started_at = 0;  // ms; of the process that has this pid now; 0: none
  std::int64_t taken_at = 0;        // ms; 0: not said
};

// `path` is absolute. Never throws for what the file holds or that it is gone.
[[nodiscard]] LockFacts read_lock(const std::string& path, const LockForm& form, std::int64_t modified_at);
// True when whoever took it does not run any more, or is no process.
[[nodiscard]] bool is_gone(const LockFacts& lock);

}  // namespace audit
