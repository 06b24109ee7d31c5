#include "auditor/repair/run_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <thread>

#include "auditor/model/error.hpp"

namespace audit {

namespace {

constexpr std::chrono::milliseconds kPoll{50};

std::string holder(int fd) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(fd, text.data(), text.size() - 1, 0);
  if (size <= 0) return "another run";
  return "process " + std::string(text.data(), static_cast<std::size_t>(size));
}

}  // namespace

RunLock::RunLock(const std::filesystem::path& state_directory, std::chrono::milliseconds wait, const Cancellation& cancel) {
  const auto path = state_directory / "lock";
  fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd_ < 0) {
    throw Error(ErrorKind::repair, "cannot open " + path.string() + ": " + std::strerror(errno), "name another place with --state-dir");
  }
  const auto give_up = std::chrono::steady_clock::now() + wait;
  try {
    while (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR) {
        throw Error(ErrorKind::repair, "cannot lock " + path.string() + ": " + std::strerror(errno), "name another place with --state-dir");
      }
      if (std::chrono::steady_clock::now() >= give_up) {
        throw Error(ErrorKind::locked, "another repair is running: " + holder(fd_) + " holds " + path.string(),
                    "run again when it has finished, or wait for it with --wait 5m");
      }
      cancel.check();
      std::this_thread::sleep_for(kPoll);
    }
  } catch (...) {
    ::close(fd_);
    throw;
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(fd_, 0) != 0 || ::pwrite(fd_, pid.data(), pid.size(), 0) < 0) return;  // only who to name is lost
}

RunLock::~RunLock() { ::close(fd_); }

}  // namespace audit
