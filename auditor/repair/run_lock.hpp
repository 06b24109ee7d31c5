#pragma once
// One repair at a time per state directory.

#include <chrono>
#include <filesystem>

#include "auditor/model/store.hpp"

namespace audit {

// Held from construction to destruction; the system gives it back when the process dies.
class RunLock {
 public:
  // Waits up to `wait` for another run to finish. Throws Error(locked) that names the run which holds it, Error(repair) when the directory cannot be used,
  // Error(interrupted).
  RunLock(const std::filesystem::path& state_directory, std::chrono::milliseconds wait, const Cancellation& cancel);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  int fd_ = -1;
};

}  // namespace audit
