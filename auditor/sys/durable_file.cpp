#include "auditor/sys/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "auditor/model/error.hpp"

namespace audit {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBufferBytes = 1 << 18;

std::string hint_for(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT: return "free space there, or name another place with --state-dir";
    case EACCES:
    case EPERM:
    case EROFS: return "run as a user who may write there, or name another place with --state-dir";
    default: return "check the disk; nothing more is written there in this run";
  }
}

[[noreturn]] void fail_at(const fs::path& path, const char* doing, int error) {
  throw Error(ErrorKind::repair, std::string("cannot ") + doing + " " + path.string() + ": " + std::strerror(error), hint_for(error));
}

void write_all(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_at(path, "write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags, mode_t mode = 0) : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (fd_ < 0) fail_at(path, "open", errno);
  }
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

AppendFile::AppendFile(const fs::path& path, Open how) : path_(path) {
  const int flags = O_WRONLY | O_APPEND | O_CLOEXEC | (how == Open::create ? O_CREAT | O_EXCL : 0);
  fd_ = ::open(path.c_str(), flags, 0600);
  if (fd_ < 0) fail_at(path, how == Open::create ? "create" : "open", errno);
  struct stat info {};
  if (::fstat(fd_, &info) == 0) size_ = info.st_size;
}

AppendFile::~AppendFile() { ::close(fd_); }

void AppendFile::fail(const char* doing, int error) {
  broken_ = true;
  fail_at(path_, doing, error);
}

void AppendFile::append(std::string_view bytes) {
  if (broken_) fail("append to", EIO);
  buffer_ += bytes;
  size_ += static_cast<std::int64_t>(bytes.size());
  if (buffer_.size() >= kBufferBytes) flush();
}

void AppendFile::flush() {
  if (broken_) fail("append to", EIO);
  broken_ = true;  // until it is known to have worked
  write_all(fd_, buffer_, path_);
  broken_ = false;
  // A sync that comes later has less to wait for.
  if (buffer_.size() >= kBufferBytes) ::sync_file_range(fd_, 0, 0, SYNC_FILE_RANGE_WRITE);
  buffer_.clear();
}

void AppendFile::sync() {
  flush();
  if (::fdatasync(fd_) != 0) fail("sync", errno);
}

void AppendFile::reserve(std::int64_t bytes) {
  flush();
  if (::fallocate(fd_, FALLOC_FL_KEEP_SIZE, size_, bytes) == 0 || errno == EOPNOTSUPP || errno == ENOSYS) return;
  fail("take space for", errno);
}

void AppendFile::cut(std::int64_t bytes) {
  if (size_ == bytes) return;
  if (::ftruncate(fd_, bytes) != 0) fail("cut", errno);
  size_ = bytes;
}

void sync_directory(const fs::path& directory) {
  const Descriptor opened(directory, O_RDONLY | O_DIRECTORY);
  if (::fsync(opened.get()) != 0 && errno != EINVAL) fail_at(directory, "sync", errno);
}

void make_private_directory(const fs::path& directory) {
  if (::mkdir(directory.c_str(), 0700) != 0) {
    if (errno == ENOENT && directory.has_parent_path() && directory.parent_path() != directory) {
      make_private_directory(directory.parent_path());
      if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) fail_at(directory, "make the directory", errno);
    } else if (errno != EEXIST) {
      fail_at(directory, "make the directory", errno);
    } else {
      struct stat info {};
      if (::stat(directory.c_str(), &info) == 0 && !S_ISDIR(info.st_mode)) fail_at(directory, "use as a directory", ENOTDIR);
      return;
    }
  }
  sync_directory(directory.has_parent_path() ? directory.parent_path() : fs::path("."));
}

void write_durable_file(const fs::path& path, std::string_view bytes) {
  const fs::path temporary = path.string() + ".new";
  {
    const Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    write_all(file.get(), bytes, temporary);
    if (::fsync(file.get()) != 0) fail_at(temporary, "sync", errno);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) fail_at(path, "write", errno);
  sync_directory(path.has_parent_path() ? path.parent_path() : fs::path("."));
}

}  // namespace audit
