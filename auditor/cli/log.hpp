#pragma once
// The log: to standard error, to the journal, or to a file that rotates.

#include <iosfwd>
#include <memory>
#include <string>

#include "auditor/model/progress.hpp"

namespace audit {

struct LogRequest {
  std::string level = "warning";  // debug, info, warning, error or off
  std::string file;               // "": standard error
  bool json = false;              // one JSON object per line: time, level, message and, where there is one, hint
  bool journal = false;           // standard error is the journal's: lines begin with their priority ("<4>")
  bool operator==(const LogRequest&) const = default;
};

// A file rotates at 10 MiB; FILE.1 to FILE.5 are kept. Safe to use from several threads.
class Log {
 public:
  // Throws Error(usage) when the file cannot be appended to.
  Log(const LogRequest& request, std::ostream& error);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // Goes on as `request` says. Not while another thread logs.
  void reopen(const LogRequest& request);
  void info(const std::string& line);
  void warning(const std::string& line);
  // What ends the run.
  void error(const std::string& what, const std::string& hint);
  // Empty when nothing is logged at debug level, so that the lines are not even made.
  [[nodiscard]] DebugLog debug();
  [[nodiscard]] const LogRequest& request() const { return request_; }

 private:
  struct Sink;
  std::ostream& error_;
  LogRequest request_;
  std::unique_ptr<Sink> sink_;
};

// True when file descriptor 2 is what $JOURNAL_STREAM names.
[[nodiscard]] bool error_goes_to_journal();

}  // namespace audit
