#pragma once
// The log: to standard error, or to a file.

#include <iosfwd>
#include <memory>
#include <string>

#include "auditor/model/progress.hpp"

namespace audit {

// Safe to use from several threads.
class Log {
 public:
  // `level` is debug, info, warning, error or off. Throws Error(usage) when `file` (unless "") cannot be appended to.
  Log(const std::string& level, const std::string& file, std::ostream& error);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void info(const std::string& line);
  void warning(const std::string& line);
  // Empty when nothing is logged at debug level, so that the lines are not even made.
  [[nodiscard]] DebugLog debug();

 private:
  struct Sink;
  std::unique_ptr<Sink> sink_;
};

}  // namespace audit
