#include "auditor/sys/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "auditor/model/error.hpp"

extern char** environ;  // NOLINT: POSIX leaves its declaration to the program

namespace audit {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kTick{10};  // how often a stop is looked for

[[noreturn]] void fail(const std::string& doing, int error) {
  throw Error(ErrorKind::source, doing + ": " + std::strerror(error));
}

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }
  void reset(int fd = -1) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_ = -1;
};

struct Pipe {
  Fd read;
  Fd write;

  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("cannot make a pipe", errno);
    const Fd low_read(ends[0]);
    const Fd low_write(ends[1]);
    // Off 0 to 2, which may be free when we were started without them and are the child's targets.
    read.reset(::fcntl(low_read.get(), F_DUPFD_CLOEXEC, 3));
    write.reset(::fcntl(low_write.get(), F_DUPFD_CLOEXEC, 3));
    if (read.get() < 0 || write.get() < 0) fail("cannot make a pipe", errno);
    ::fcntl(read.get(), F_SETFL, O_NONBLOCK);
  }
};

// A file without a name that holds the child's whole input, so that nobody waits for a reader.
class Input {
 public:
  explicit Input(const std::string& text) {
    if (text.empty()) return;
    fd_.reset(::memfd_create("input", MFD_CLOEXEC));
    for (std::size_t at = 0; fd_.get() >= 0 && at < text.size();) {
      const ssize_t count = ::write(fd_.get(), text.data() + at, text.size() - at);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) fail("cannot keep the input of a program", errno);
      at += static_cast<std::size_t>(count);
    }
    // Off 0 to 2, which are the child's targets.
    const Fd low(fd_.get() < 0 ? -1 : ::dup(fd_.get()));
    if (low.get() >= 0) fd_.reset(::fcntl(low.get(), F_DUPFD_CLOEXEC, 3));
    if (fd_.get() < 0 || ::lseek(fd_.get(), 0, SEEK_SET) != 0) fail("cannot keep the input of a program", errno);
  }
  [[nodiscard]] int get() const { return fd_.get(); }  // -1: none

 private:
  Fd fd_;
};

// This process's environment and what is added to it.
class ChildEnvironment {
 public:
  explicit ChildEnvironment(const std::vector<std::pair<std::string, std::string>>& added) {
    for (const auto& [name, value] : added) texts_.push_back(name + "=" + value);
    for (char** entry = environ; *entry != nullptr; ++entry) {
      if (!replaced(*entry)) pointers_.push_back(*entry);
    }
    for (std::string& text : texts_) pointers_.push_back(text.data());
    pointers_.push_back(nullptr);
  }
  [[nodiscard]] char** get() { return pointers_.data(); }

 private:
  [[nodiscard]] bool replaced(const char* entry) const {
    return std::any_of(texts_.begin(), texts_.end(), [&](const std::string& text) {
      return std::strncmp(entry, text.c_str(), text.find('=') + 1) == 0;
    });
  }

  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};

class SpawnSettings {
 public:
  SpawnSettings(int in, int out, int err) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    if (in >= 0) {
      ::posix_spawn_file_actions_adddup2(&actions_, in, 0);
    } else {
      ::posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    }
    ::posix_spawn_file_actions_adddup2(&actions_, out, 1);
    ::posix_spawn_file_actions_adddup2(&actions_, err, 2);
    sigset_t none;
    sigset_t standard;
    sigemptyset(&none);
    sigemptyset(&standard);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD}) sigaddset(&standard, signal);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &standard);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(
        &attributes_, static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP));
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  [[nodiscard]] const posix_spawn_file_actions_t* actions() const { return &actions_; }
  [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// A running child; killed with its group and reaped when it goes out of scope.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid), end_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { kill(); }

  // True once it has ended.
  bool ended() {
    if (pid_ < 0) return true;
    const pid_t done = ::waitpid(pid_, &wait_status_, WNOHANG);
    if (done == 0 || (done < 0 && errno == EINTR)) return false;
    pid_ = -1;
    return true;
  }
  void kill() {
    if (pid_ < 0) return;
    ::kill(-pid_, SIGKILL);
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, &wait_status_, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
  }
  [[nodiscard]] int wait_status() const { return wait_status_; }
  // Becomes readable when it ends; -1 on systems that have no such thing.
  [[nodiscard]] int end() const { return end_.get(); }

 private:
  pid_t pid_;
  Fd end_;
  int wait_status_ = 0;
};

// One of the child's streams.
struct Stream {
  Fd& fd;
  std::string& text;
  bool open = true;

  // Reads what there is. False when the limit is passed.
  bool drain(std::size_t limit) {
    std::array<char, 65536> buffer;  // NOLINT: filled by read
    while (open) {
      const ssize_t count = ::read(fd.get(), buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0 && errno == EAGAIN) return true;
      if (count <= 0) {
        open = false;
        return true;
      }
      const std::size_t room = limit - std::min(limit, text.size());
      text.append(buffer.data(), std::min(room, static_cast<std::size_t>(count)));
      if (static_cast<std::size_t>(count) > room) return false;
    }
    return true;
  }
};

// Waits for output, at most a tick; without open streams for the end.
void wait_for_output(const Child& child, const Stream& out, const Stream& err, int idle_rounds) {
  std::array<pollfd, 2> polled{};
  nfds_t count = 0;
  for (const Stream* stream : {&out, &err}) {
    if (stream->open) polled[count++] = {stream->fd.get(), POLLIN, 0};
  }
  if (count == 0 && child.end() >= 0) polled[count++] = {child.end(), POLLIN, 0};
  if (count == 0) {
    std::this_thread::sleep_for(std::chrono::microseconds(std::min(5000, 50 << std::min(idle_rounds, 7))));
    return;
  }
  ::poll(polled.data(), count, static_cast<int>(kTick.count()));
}

void fill_status(ProcessResult& result, int wait_status) {
  if (WIFSIGNALED(wait_status)) {
    result.end = ProcessEnd::signalled;
    result.status = WTERMSIG(wait_status);
  } else {
    result.end = ProcessEnd::exited;
    result.status = WEXITSTATUS(wait_status);
  }
}

void collect(Child& child, Pipe& out_pipe, Pipe& err_pipe, const ProcessRequest& request, const Cancellation& cancel,
             ProcessResult& result) {
  const Clock::time_point deadline = Clock::now() + request.timeout;
  Stream out{out_pipe.read, result.out};
  Stream err{err_pipe.read, result.err};
  int idle_rounds = 0;
  while (true) {
    // Ended first, then drained: whatever it wrote itself is in the pipe by now.
    const bool ended = (idle_rounds > 0 || !(out.open || err.open)) && child.ended();
    const std::size_t before = result.out.size() + result.err.size();
    if (!out.drain(request.output_limit) || !err.drain(request.output_limit)) {
      child.kill();
      result.end = ProcessEnd::too_much;
      return;
    }
    if (ended) return fill_status(result, child.wait_status());
    cancel.check();
    if (Clock::now() >= deadline) {
      child.kill();
      result.end = ProcessEnd::timed_out;
      return;
    }
    idle_rounds = result.out.size() + result.err.size() == before ? idle_rounds + 1 : 0;
    wait_for_output(child, out, err, idle_rounds);
  }
}

}  // namespace

struct Process::Running {
  Pipe out;
  Pipe err;
  std::optional<Child> child;
};

Process::~Process() = default;
Process::Process(Process&&) noexcept = default;

Process::Process(ProcessRequest request) : request_(std::move(request)) {
  const std::optional<std::string> program = find_program(request_.argv.at(0));
  if (!program) {
    result_.end = ProcessEnd::not_installed;
    return;
  }
  std::vector<char*> argv;
  for (std::string& argument : request_.argv) argv.push_back(argument.data());
  argv.push_back(nullptr);

  auto running = std::make_unique<Running>();
  const Input input(request_.input);
  ChildEnvironment environment(request_.environment);
  pid_t pid = -1;
  const SpawnSettings settings(input.get(), running->out.write.get(), running->err.write.get());
  const int error = ::posix_spawn(&pid, program->c_str(), settings.actions(), settings.attributes(), argv.data(), environment.get());
  if (error == EAGAIN || error == ENOMEM || error == EMFILE || error == ENFILE) fail("cannot start " + request_.argv[0], error);
  if (error != 0) {
    result_.end = ProcessEnd::not_executable;
    result_.status = error;
    return;
  }
  running->child.emplace(pid);
  running->out.write.reset();
  running->err.write.reset();
  running_ = std::move(running);
}

ProcessResult Process::finish(const Cancellation& cancel) {
  if (!running_) return std::move(result_);
  const auto running = std::move(running_);
  cancel.check();
  collect(*running->child, running->out, running->err, request_, cancel, result_);
  return std::move(result_);
}

ProcessResult run_process(const ProcessRequest& request, const Cancellation& cancel) {
  cancel.check();
  return Process(request).finish(cancel);
}

std::optional<std::string> find_program(const std::string& name) {
  const auto is_file = [](const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
  };
  if (name.empty()) return std::nullopt;
  if (name.find('/') != std::string::npos) return is_file(name) ? std::optional(name) : std::nullopt;
  const char* variable = std::getenv("PATH");
  const std::string path = variable != nullptr ? variable : "/usr/local/bin:/usr/bin:/bin";
  std::optional<std::string> fallback;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find(':', start), path.size());
    const std::string candidate = (end == start ? "." : path.substr(start, end - start)) + "/" + name;
    if (is_file(candidate)) {
      if (::access(candidate.c_str(), X_OK) == 0) return candidate;
      if (!fallback) fallback = candidate;
    }
    start = end + 1;
  }
  return fallback;
}

}  // namespace audit
