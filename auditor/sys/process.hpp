#pragma once
// Runs other programs: an argument vector, never a shell.

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "auditor/model/store.hpp"

namespace audit {

struct ProcessRequest {
  std::vector<std::string> argv;  // [0] is the program: a path, or a name that is looked up in $PATH
  std::chrono::milliseconds timeout{5000};
  std::size_t output_limit = 64U << 20U;  // bytes, for each of stdout and stderr
  std::string input{};                     // what it reads from standard input
  std::vector<std::pair<std::string, std::string>> environment{};  // added to this process's own
};

enum class ProcessEnd {
  exited,          // status is the exit status
  signalled,       // status is the signal
  not_installed,   // there is no such program
  not_executable,  // there is one, but it cannot be run; status is the errno
  timed_out,       // killed at the deadline
  too_much,        // killed because it wrote more than the limit
};

struct ProcessResult {
  ProcessEnd end = ProcessEnd::exited;
  int status = 0;
  std::string out;  // what was read until then, also when it was killed
  std::string err;
};

// A program that was started, with this process's environment and in a process group of its own. It is gone when this is.
// Used by one thread at a time.
class Process {
 public:
  // Does not wait. A program that cannot be started is told of by finish(). Throws Error(source) when the system is out of resources.
  explicit Process(ProcessRequest request);
  ~Process();
  Process(Process&&) noexcept;

  // Waits until it has ended; the timeout counts from here. Once. Whatever the outcome, the program is gone when this returns or throws; what it left
  // running in the background is waited for no longer. Throws what Cancellation::check throws.
  [[nodiscard]] ProcessResult finish(const Cancellation& cancel);

 private:
  struct Running;
  ProcessRequest request_;
  ProcessResult result_;
  std::unique_ptr<Running> running_;  // nullptr: it could not be started
};

// Starts it and waits for it. Safe to call from several threads.
[[nodiscard]] ProcessResult run_process(const ProcessRequest& request, const Cancellation& cancel);

// The path of a program as run_process would find it; nothing when there is no such file. Says nothing about
// permission.
[[nodiscard]] std::optional<std::string> find_program(const std::string& name);

}  // namespace audit
