#pragma once
// One line on the terminal that says what a long run is doing.

#include <chrono>
#include <iosfwd>
#include <memory>
#include <mutex>

#include "auditor/model/progress.hpp"

namespace audit {

// Shows nothing during the first second, and takes its line away at the end.
class ProgressLine {
 public:
  // `width` in columns.
  ProgressLine(std::ostream& error, int width) : error_(error), width_(width) {}
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Lives no longer than this object. Safe to call from several threads.
  [[nodiscard]] Progress progress();
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  void show(const std::string& what, std::int64_t done, std::int64_t total);

  std::ostream& error_;
  int width_;
  std::mutex mutex_;
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(1);
  bool shown_ = false;
};

}  // namespace audit
