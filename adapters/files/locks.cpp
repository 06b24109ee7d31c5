#include "adapters/files/locks.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <fstream>
#include <limits>
#include <sstream>

#include "adapters/files/json_text.hpp"
#include "auditor/sys/clock.hpp"

namespace audit {
namespace {

// A process may write its lock a moment after it started, and clocks are corrected: only a clear difference counts.
constexpr std::int64_t kSlackMs = 5000;
constexpr std::int64_t kLeastTime = 1'000'000'000'000;

std::string whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return file ? text.str() : std::string();
}

// Milliseconds since the epoch at which this machine started; 0 when it cannot be told.
std::int64_t boot_time() {
  const std::string stat = whole("/proc/stat");
  const auto at = stat.find("\nbtime ");
  std::int64_t seconds = 0;
  if (at == std::string::npos) return 0;
  std::from_chars(stat.data() + at + 7, stat.data() + stat.size(), seconds);
  return seconds * 1000;
}

// Start of a process in kernel ticks since the start of the machine; -1 when there is no such process.
std::int64_t start_ticks(std::int64_t pid) {
  const std::string stat = whole("/proc/" + std::to_string(pid) + "/stat");
  const auto name_end = stat.rfind(") ");
  if (name_end == std::string::npos) return -1;
  std::istringstream fields(stat.substr(name_end + 2));
  std::string field;
  for (int i = 3; i <= 22; ++i) fields >> field;
  std::int64_t ticks = -1;
  std::from_chars(field.data(), field.data() + field.size(), ticks);
  return ticks;
}

std::int64_t integer_at(const JsonElement& root, const std::vector<std::string>& steps) {
  JsonElement found;
  return !steps.empty() && find_json(root, steps, found) ? to_integer(json_to_value(found), 0) : 0;
}

std::int64_t time_at(const JsonElement& root, const std::vector<std::string>& steps) {
  JsonElement found;
  if (!find_json(root, steps, found)) return 0;
  std::string_view text;
  if (found.get(text) == simdjson::SUCCESS) return parse_time(text).value_or(0);
  return to_integer(json_to_value(found), 0);
}

}  // namespace

LockFacts read_lock(const std::string& path, const LockForm& form, std::int64_t modified_at) {
  LockFacts lock;
  const std::string text = whole(path);
  simdjson::dom::parser parser;
  JsonElement root;
  if (parser.parse(text).get(root) != simdjson::SUCCESS) {
    lock.defect = text.empty() ? "is empty or cannot be read" : "is not JSON";
    return lock;
  }
  lock.pid = integer_at(root, form.pid);
  for (const auto& steps : form.taken) {
    if (lock.taken_at == 0) lock.taken_at = time_at(root, steps);
  }
  if (lock.pid <= 0) {
    lock.defect = "names no process";
    return lock;
  }
  const std::int64_t ticks = start_ticks(lock.pid);
  if (ticks < 0) {
    // No process has a number that large.
    const bool none = lock.pid > std::numeric_limits<pid_t>::max();
    const bool gone = none || (::kill(static_cast<pid_t>(lock.pid), 0) != 0 && errno == ESRCH);
    lock.owner = gone ? "dead" : "unknown";
    return lock;
  }
  const std::int64_t boot = boot_time();
  const std::int64_t per_second = ::sysconf(_SC_CLK_TCK);
  if (boot > 0 && per_second > 0) lock.pid_started_at = boot + ticks * 1000 / per_second;
  const std::int64_t written_ticks = integer_at(root, form.start_ticks);
  const std::int64_t taken = lock.taken_at > 0 ? lock.taken_at : modified_at;
  const bool younger = lock.pid_started_at > 0 && lock.pid_started_at > taken + kSlackMs;
  // Ticks are small; what is as large as a time in milliseconds is one.
  const bool is_time = written_ticks > kLeastTime;
  const bool other =
      is_time ? lock.pid_started_at > written_ticks + kSlackMs || lock.pid_started_at < written_ticks - kSlackMs
              : written_ticks != ticks;
  lock.owner = (written_ticks > 0 ? other : younger) ? "recycled" : "alive";
  return lock;
}

bool is_gone(const LockFacts& lock) { return lock.owner == "dead" || lock.owner == "recycled" || (lock.owner == "unknown" && lock.pid <= 0); }

}  // namespace audit
