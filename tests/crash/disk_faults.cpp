// Loaded before a program (LD_PRELOAD): counts what it does to the files below one directory, and at a chosen one of these effects lets the disk fail or cuts the power.
//
//   FAULTS_BELOW  directory; everything in it counts as synced when the program starts
//   FAULTS_LOG    file that gets one line per effect: its number, its name, its path
//   FAULTS_AT     number of the effect that it happens at; one that is never reached: the power is cut when the program has ended. Without it nothing happens
//   FAULTS_MODE   kill    the process is killed before the effect; the disk keeps everything
//                 lose    the power is cut before it: what was not synced is lost, contents as well as names
//                 some    likewise, but a random part of what was not synced survives: whole files, pages of files, names
//                 torn    the power is cut in the middle of it: half of what is written is there
//                 full    from here on the disk takes no byte more (ENOSPC), the first half of this write excepted
//                 error   this effect fails (EIO)
//   FAULTS_SEED   for mode some
//
// A file is synced by fsync or fdatasync of it, a name by fsync of its directory. Nothing is really synced: the disk of a test need not be slow. Memory maps (-shm) are no disk.

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr std::size_t kPage = 4096;
constexpr int kCut = 137;  // exit code after a power cut

using Id = std::pair<dev_t, ino_t>;

struct Name {
  Id id;
  bool directory = false;
  mode_t mode = 0;
};
using Names = std::map<std::string, Name>;

// The library's own calls go past its wrappers.
int raw_open(const std::string& path, int flags, mode_t mode = 0) {
  return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path.c_str(), flags | O_CLOEXEC, mode));
}

// What a file holds, and when that was written last.
struct Content {
  std::string bytes;
  timespec modified{};
  bool operator==(const Content& other) const {
    return bytes == other.bytes && modified.tv_sec == other.modified.tv_sec && modified.tv_nsec == other.modified.tv_nsec;
  }
};

Content content_of(int fd) {
  Content content;
  struct stat info {};
  if (fstat(fd, &info) == 0) content.modified = info.st_mtim;
  std::array<char, kPage> page{};
  for (off_t at = 0;;) {
    const ssize_t size = pread(fd, page.data(), page.size(), at);
    if (size <= 0) return content;
    content.bytes.append(page.data(), static_cast<std::size_t>(size));
    at += size;
  }
}

Content content_at(const std::string& path) {
  const int fd = raw_open(path, O_RDONLY);
  if (fd < 0) return {};
  Content content = content_of(fd);
  syscall(SYS_close, fd);
  return content;
}

bool is_memory(const std::string& path) { return path.ends_with("-shm"); }

Names names_in(const std::string& directory) {
  Names names;
  DIR* open = opendir(directory.c_str());
  if (open == nullptr) return names;
  while (const dirent* item = readdir(open)) {
    const std::string name = item->d_name;
    struct stat info {};
    if (name == "." || name == ".." || is_memory(name) || lstat((directory + "/" + name).c_str(), &info) != 0) continue;
    names[name] = {{info.st_dev, info.st_ino}, S_ISDIR(info.st_mode), static_cast<mode_t>(info.st_mode & 07777)};
  }
  closedir(open);
  return names;
}

// What of a directory would be there after a power cut, and putting it there.
class Disk {
 public:
  explicit Disk(std::string root) : root_(std::move(root)) { sync_tree(root_); }

  void sync(int fd, const std::string& path) {
    struct stat info {};
    if (fstat(fd, &info) != 0) return;
    if (S_ISDIR(info.st_mode)) {
      sync_names(path);
    } else {
      // The program may have opened it for writing alone.
      const int again = raw_open("/proc/self/fd/" + std::to_string(fd), O_RDONLY);
      contents_[{info.st_dev, info.st_ino}] = content_of(again);
      syscall(SYS_close, again);
    }
  }

  // Its inode number must not go to another file while its name may come back.
  void keep(const std::string& path) {
    struct stat info {};
    if (lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return;
    const int fd = raw_open(path, O_RDONLY);
    if (fd >= 0) kept_[{info.st_dev, info.st_ino}] = fd;
  }

  // Names come back together (a file system logs them in order), contents file by file and page by page.
  void cut(bool some, unsigned seed) {
    std::minstd_rand random(seed);
    if (random() % 2 == 0 || !some) {
      read_current(root_);
    } else {
      sync_all_names(root_);
      read_current(root_);
    }
    std::map<std::string, Name> files;
    std::map<Id, Content> contents;
    std::vector<std::string> directories;
    collect(root_, files, directories);
    for (const auto& [path, file] : files) {
      if (!contents.contains(file.id)) contents[file.id] = survivor(file.id, some, random);
    }
    clear(root_);
    for (const auto& directory : directories) syscall(SYS_mkdirat, AT_FDCWD, directory.c_str(), 0700);
    std::map<Id, std::string> first_names;  // a file of several names is one file
    for (const auto& [path, file] : files) {
      if (const auto [first, is_new] = first_names.try_emplace(file.id, path); !is_new) {
        if (syscall(SYS_linkat, AT_FDCWD, first->second.c_str(), AT_FDCWD, path.c_str(), 0) != 0) abort();
        continue;
      }
      const int fd = raw_open(path, O_WRONLY | O_CREAT | O_TRUNC, file.mode);
      const auto& [bytes, modified] = contents[file.id];
      if (syscall(SYS_write, fd, bytes.data(), bytes.size()) != static_cast<long>(bytes.size())) abort();
      const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, modified};
      if (syscall(SYS_utimensat, fd, nullptr, times.data(), 0) != 0) abort();
      syscall(SYS_close, fd);
    }
  }

 private:
  void sync_names(const std::string& directory) {
    names_[directory] = names_in(directory);
    for (const auto& [name, what] : names_[directory]) {
      if (what.directory) names_.try_emplace(directory + "/" + name);
    }
  }

  void sync_all_names(const std::string& directory) {
    sync_names(directory);
    const Names names = names_[directory];
    for (const auto& [name, what] : names) {
      if (what.directory) sync_all_names(directory + "/" + name);
    }
  }

  void sync_tree(const std::string& directory) {
    sync_names(directory);
    const Names names = names_[directory];
    for (const auto& [name, what] : names) {
      if (what.directory) {
        sync_tree(directory + "/" + name);
      } else {
        contents_[what.id] = content_at(directory + "/" + name);
      }
    }
  }

  void read_current(const std::string& directory) {
    for (const auto& [id, fd] : kept_) current_[id] = content_of(fd);
    for (const auto& [name, what] : names_in(directory)) {
      if (what.directory) {
        read_current(directory + "/" + name);
      } else {
        current_[what.id] = content_at(directory + "/" + name);
      }
    }
  }

  Content survivor(const Id& id, bool some, std::minstd_rand& random) {
    const Content& synced = contents_[id];
    if (!some) return synced;
    const Content& now = current_[id];
    if (synced == now) return synced;
    const auto choice = random() % 3;
    if (choice < 2) return choice == 0 ? synced : now;
    Content mixed = now;
    for (std::size_t at = 0; at < mixed.bytes.size(); at += kPage) {
      if (random() % 2 == 0) continue;
      const std::size_t size = std::min(kPage, mixed.bytes.size() - at);
      std::string old = at < synced.bytes.size() ? synced.bytes.substr(at, size) : std::string();
      old.resize(size);
      mixed.bytes.replace(at, size, old);
    }
    return mixed;
  }

  void collect(const std::string& directory, std::map<std::string, Name>& files, std::vector<std::string>& directories) {
    const Names names = names_[directory];
    for (const auto& [name, what] : names) {
      const std::string path = directory + "/" + name;
      if (what.directory) {
        directories.push_back(path);
        collect(path, files, directories);
      } else {
        files[path] = what;
      }
    }
  }

  static void clear(const std::string& directory) {
    DIR* open = opendir(directory.c_str());
    if (open == nullptr) return;
    while (const dirent* item = readdir(open)) {
      const std::string name = item->d_name;
      if (name == "." || name == "..") continue;
      const std::string path = directory + "/" + name;
      struct stat info {};
      if (lstat(path.c_str(), &info) != 0) continue;
      if (S_ISDIR(info.st_mode)) clear(path);
      syscall(SYS_unlinkat, AT_FDCWD, path.c_str(), S_ISDIR(info.st_mode) ? AT_REMOVEDIR : 0);
    }
    closedir(open);
  }

  std::string root_;
  std::map<Id, Content> contents_;  // as synced
  std::map<Id, Content> current_;
  std::map<Id, int> kept_;              // files whose name is gone
  std::map<std::string, Names> names_;  // directory → as synced
};

enum class Kind { space, change, sync };  // takes room, changes without, makes durable

struct Verdict {
  int error = 0;
  bool half = false;  // of what is written
};

class Faults {
 public:
  static Faults* active() {
    static Faults* const faults = std::getenv("FAULTS_BELOW") != nullptr ? new Faults : nullptr;  // outlives every destructor of the program
    return faults;
  }

  [[nodiscard]] bool concerns(const std::string& path) const {
    return path.size() > root_.size() && path.starts_with(root_) && path[root_.size()] == '/' && !is_memory(path);
  }

  Verdict effect(Kind kind, const char* name, const std::string& path) {
    const std::lock_guard lock(mutex_);
    ++count_;
    log(name, path);
    if (full_ && kind == Kind::space) return {ENOSPC, false};
    if (count_ != at_) return {};
    if (mode_ == "full") {
      full_ = true;
      return {0, kind == Kind::space};
    }
    if (mode_ == "error") return {EIO, false};
    if (mode_ == "torn" && kind == Kind::space) return {0, true};
    stop();
    return {};
  }

  // After half of it was written.
  void half_done() {
    const std::lock_guard lock(mutex_);
    if (!full_) stop();
  }
  [[nodiscard]] bool is_full() const { return full_; }

  // The program comes to its end.
  void end() {
    const std::lock_guard lock(mutex_);
    if (at_ > count_ && (mode_ == "lose" || mode_ == "some")) disk_.cut(mode_ == "some", seed_);
  }

  void sync(int fd, const std::string& path) {
    const std::lock_guard lock(mutex_);
    disk_.sync(fd, path);
  }
  void keep(const std::string& path) {
    const std::lock_guard lock(mutex_);
    disk_.keep(path);
  }

 private:
  Faults() : root_(std::getenv("FAULTS_BELOW")), disk_(root_) {
    const char* at = std::getenv("FAULTS_AT");
    const char* mode = std::getenv("FAULTS_MODE");
    const char* seed = std::getenv("FAULTS_SEED");
    const char* log = std::getenv("FAULTS_LOG");
    at_ = at != nullptr ? std::atol(at) : -1;
    mode_ = mode != nullptr ? mode : "";
    seed_ = seed != nullptr ? static_cast<unsigned>(std::atol(seed)) : 1;
    if (log != nullptr) log_ = raw_open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  }

  void log(const char* name, const std::string& path) const {
    if (log_ < 0) return;
    const std::string line = std::to_string(count_) + " " + name + " " + path.substr(std::min(path.size(), root_.size() + 1)) + "\n";
    if (syscall(SYS_write, log_, line.data(), line.size()) < 0) abort();
  }

  [[noreturn]] void stop() {
    if (mode_ == "lose" || mode_ == "some") disk_.cut(mode_ == "some", seed_);
    if (mode_ == "kill") kill(getpid(), SIGKILL);
    syscall(SYS_exit_group, kCut);
    abort();
  }

  std::string root_;
  Disk disk_;
  std::mutex mutex_;
  long count_ = 0;
  long at_ = -1;
  std::string mode_;
  unsigned seed_ = 1;
  int log_ = -1;
  bool full_ = false;
};

__attribute__((constructor)) void begin() { (void)Faults::active(); }
__attribute__((destructor)) void end() {
  if (Faults* faults = Faults::active()) faults->end();
}

std::string path_of(int fd) {
  std::array<char, PATH_MAX> path{};
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t size = readlink(link.c_str(), path.data(), path.size());
  return size > 0 ? std::string(path.data(), static_cast<std::size_t>(size)) : std::string();
}

std::string full_path(int directory, const char* path) {
  if (path[0] == '/') return path;
  if (directory != AT_FDCWD) return path_of(directory) + "/" + path;
  std::array<char, PATH_MAX> here{};
  return std::string(getcwd(here.data(), here.size()) != nullptr ? here.data() : "") + "/" + path;
}

// Runs the effect `name` on a path: `whole` does it.
template <typename Whole>
auto change(Kind kind, const char* name, const std::string& path, const Whole& whole) -> decltype(whole()) {
  Faults* faults = Faults::active();
  if (faults == nullptr || !faults->concerns(path)) return whole();
  const Verdict verdict = faults->effect(kind, name, path);
  if (verdict.error != 0 || (verdict.half && faults->is_full())) {
    errno = verdict.error != 0 ? verdict.error : ENOSPC;
    return -1;
  }
  const auto result = whole();
  if (verdict.half) faults->half_done();
  return result;
}

// Likewise for bytes: `some(n)` writes the first n.
template <typename Some>
ssize_t put(const char* name, int fd, std::size_t size, const Some& some) {
  Faults* faults = Faults::active();
  if (faults == nullptr) return some(size);
  const std::string path = path_of(fd);
  if (!faults->concerns(path)) return some(size);
  const Verdict verdict = faults->effect(Kind::space, name, path);
  if (verdict.error != 0 || (verdict.half && size < 2 && faults->is_full())) {
    errno = verdict.error != 0 ? verdict.error : ENOSPC;
    return -1;
  }
  const ssize_t written = some(verdict.half ? size / 2 : size);
  if (verdict.half) faults->half_done();
  return written;
}

int make_durable(const char* name, int fd) {
  Faults* faults = Faults::active();
  const std::string path = faults != nullptr ? path_of(fd) : std::string();
  if (faults == nullptr || !(faults->concerns(path) || faults->concerns(path + "/."))) return static_cast<int>(syscall(SYS_fdatasync, fd));
  const Verdict verdict = faults->effect(Kind::sync, name, path);
  if (verdict.error != 0) {
    errno = verdict.error;
    return -1;
  }
  faults->sync(fd, path);
  return 0;
}

int open_file(int directory, const char* path, int flags, mode_t mode) {
  const auto whole = [&] { return static_cast<int>(syscall(SYS_openat, directory, path, flags, mode)); };
  if ((flags & (O_CREAT | O_TRUNC)) == 0 || Faults::active() == nullptr) return whole();
  const std::string full = full_path(directory, path);
  const bool is_new = access(full.c_str(), F_OK) != 0;
  if (is_new && (flags & O_CREAT) != 0) return change(Kind::space, "create", full, whole);
  return (flags & O_TRUNC) != 0 ? change(Kind::change, "truncate", full, whole) : whole();
}

int move_file(int from_directory, const char* from, int to_directory, const char* to, unsigned flags) {
  const std::string target = full_path(to_directory, to);
  return change(Kind::change, "rename", target, [&] {
    Faults* faults = Faults::active();
    if (faults != nullptr && faults->concerns(target)) faults->keep(target);
    return static_cast<int>(syscall(SYS_renameat2, from_directory, from, to_directory, to, flags));
  });
}

int remove_name(int directory, const char* path, int flags) {
  const std::string full = full_path(directory, path);
  return change(Kind::change, "unlink", full, [&] {
    Faults* faults = Faults::active();
    if (faults != nullptr && faults->concerns(full)) faults->keep(full);
    return static_cast<int>(syscall(SYS_unlinkat, directory, path, flags));
  });
}

int make_directory(int directory, const char* path, mode_t mode) {
  const std::string full = full_path(directory, path);
  const auto whole = [&] { return static_cast<int>(syscall(SYS_mkdirat, directory, path, mode)); };
  return access(full.c_str(), F_OK) == 0 ? whole() : change(Kind::space, "mkdir", full, whole);
}

int resize(int fd, off_t size) {
  return change(Kind::change, "ftruncate", path_of(fd), [&] { return static_cast<int>(syscall(SYS_ftruncate, fd, size)); });
}

int take_room(int fd, int mode, off_t offset, off_t size) {
  return change(Kind::space, "fallocate", path_of(fd), [&] { return static_cast<int>(syscall(SYS_fallocate, fd, mode, offset, size)); });
}

mode_t mode_from(va_list& arguments, int flags) { return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0; }

FILE* open_stream(const char* symbol, const char* path, const char* mode) {
  using Open = FILE* (*)(const char*, const char*);
  const auto real = reinterpret_cast<Open>(dlsym(RTLD_NEXT, symbol));
  const std::string full = full_path(AT_FDCWD, path);
  Faults* faults = Faults::active();
  if (faults == nullptr || mode[0] == 'r' || !faults->concerns(full)) return real(path, mode);
  const Verdict verdict = faults->effect(Kind::space, "create", full);
  if (verdict.error != 0 || verdict.half) {
    errno = verdict.error != 0 ? verdict.error : ENOSPC;
    if (verdict.half) faults->half_done();
    return nullptr;
  }
  return real(path, mode);
}

}  // namespace

// The wrappers.
extern "C" {

#define OPENS(NAME)                                       \
  int NAME(const char* path, int flags, ...) {            \
    va_list arguments;                                    \
    va_start(arguments, flags);                           \
    const mode_t mode = mode_from(arguments, flags);      \
    va_end(arguments);                                    \
    return open_file(AT_FDCWD, path, flags, mode);        \
  }
#define OPENS_AT(NAME)                                    \
  int NAME(int directory, const char* path, int flags, ...) { \
    va_list arguments;                                    \
    va_start(arguments, flags);                           \
    const mode_t mode = mode_from(arguments, flags);      \
    va_end(arguments);                                    \
    return open_file(directory, path, flags, mode);       \
  }
OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)

int creat(const char* path, mode_t mode) { return open_file(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char* path, mode_t mode) { return open_file(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
FILE* fopen(const char* path, const char* mode) { return open_stream("fopen", path, mode); }
FILE* fopen64(const char* path, const char* mode) { return open_stream("fopen64", path, mode); }

ssize_t write(int fd, const void* bytes, size_t size) {
  return put("write", fd, size, [&](std::size_t n) { return syscall(SYS_write, fd, bytes, n); });
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  return put("pwrite", fd, size, [&](std::size_t n) { return syscall(SYS_pwrite64, fd, bytes, n, at); });
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) { return pwrite(fd, bytes, size, at); }
ssize_t writev(int fd, const iovec* parts, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  return put("writev", fd, bytes.size(), [&](std::size_t n) { return syscall(SYS_write, fd, bytes.data(), n); });
}
ssize_t copy_file_range(int from, off64_t* from_at, int to, off64_t* to_at, size_t size, unsigned flags) {
  return put("copy_file_range", to, size, [&](std::size_t n) { return syscall(SYS_copy_file_range, from, from_at, to, to_at, n, flags); });
}
ssize_t sendfile(int to, int from, off_t* at, size_t size) {
  return put("sendfile", to, size, [&](std::size_t n) { return syscall(SYS_sendfile, to, from, at, n); });
}
ssize_t sendfile64(int to, int from, off64_t* at, size_t size) { return sendfile(to, from, at, size); }

int fsync(int fd) { return make_durable("fsync", fd); }
int fdatasync(int fd) { return make_durable("fdatasync", fd); }
int ftruncate(int fd, off_t size) noexcept { return resize(fd, size); }
int ftruncate64(int fd, off64_t size) noexcept { return resize(fd, size); }
int fallocate(int fd, int mode, off_t offset, off_t size) { return take_room(fd, mode, offset, size); }
int fallocate64(int fd, int mode, off64_t offset, off64_t size) { return take_room(fd, mode, offset, size); }

int rename(const char* from, const char* to) noexcept { return move_file(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_directory, const char* from, int to_directory, const char* to) noexcept { return move_file(from_directory, from, to_directory, to, 0); }
int renameat2(int from_directory, const char* from, int to_directory, const char* to, unsigned flags) noexcept {
  return move_file(from_directory, from, to_directory, to, flags);
}
int link(const char* from, const char* to) noexcept {
  return change(Kind::space, "link", full_path(AT_FDCWD, to), [&] { return static_cast<int>(syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0)); });
}
int linkat(int from_directory, const char* from, int to_directory, const char* to, int flags) noexcept {
  return change(Kind::space, "link", full_path(to_directory, to),
                [&] { return static_cast<int>(syscall(SYS_linkat, from_directory, from, to_directory, to, flags)); });
}
int unlink(const char* path) noexcept { return remove_name(AT_FDCWD, path, 0); }
int unlinkat(int directory, const char* path, int flags) noexcept { return remove_name(directory, path, flags); }
int rmdir(const char* path) noexcept { return remove_name(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char* path) noexcept {
  struct stat info {};
  return remove_name(AT_FDCWD, path, lstat(path, &info) == 0 && S_ISDIR(info.st_mode) ? AT_REMOVEDIR : 0);
}
int mkdir(const char* path, mode_t mode) noexcept { return make_directory(AT_FDCWD, path, mode); }
int mkdirat(int directory, const char* path, mode_t mode) noexcept { return make_directory(directory, path, mode); }

}  // extern "C"
