#include "auditor/sys/text_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "auditor/model/error.hpp"

namespace audit {

namespace fs = std::filesystem;

namespace {

// What to do about a file that the system refuses; "" where there is nothing to say.
std::string advice(int error, const char* missing) {
  if (error == ENOENT || error == ENOTDIR) return missing;
  if (error == EACCES || error == EPERM) return "check its permissions, and those of its directory";
  return error == ENOSPC ? "make room, or write it elsewhere" : "";
}

[[noreturn]] void cannot_write(const std::string& path, int error) {
  throw Error(ErrorKind::usage, "cannot write " + path + ": " + (error != 0 ? std::strerror(error) : "write failed"),
              advice(error, "its directory must be there already"));
}

// A new empty file beside another one. It goes away with this object unless it was moved into place.
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& beside)
      : path_((beside.parent_path() / ("." + beside.filename().string() + ".XXXXXX")).string()) {
    const int fd = ::mkostemp(path_.data(), O_CLOEXEC);
    if (fd < 0) cannot_write(beside.string(), errno);
    ::close(fd);
  }
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

  void move_to(const fs::path& target, mode_t mode) {
    const int fd = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::fchmod(fd, mode) == 0 && ::fsync(fd) == 0;
    const int error = errno;
    if (fd >= 0) ::close(fd);
    if (!synced) cannot_write(target.string(), error);
    if (::rename(path_.c_str(), target.c_str()) != 0) cannot_write(target.string(), errno);
    path_.clear();
  }

 private:
  std::string path_;
};

void fill(const std::string& path, const std::string& name, const std::function<void(std::ostream&)>& write) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  if (out) write(out);
  out.close();
  if (!out) cannot_write(name, errno);
}

// The permissions that a plainly created file would have.
mode_t usual_mode(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return status.st_mode & 07777U;
  return 0644;
}

}  // namespace

std::string read_text_file(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) throw Error(ErrorKind::config, "cannot read " + path + ": it is a directory", "name a file in it");
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.is_open() || in.bad()) {
    const int why = errno;
    throw Error(ErrorKind::config, "cannot read " + path + ": " + (why != 0 ? std::strerror(why) : "read failed"),
                advice(why, "check how it is spelled, and from which directory it is named"));
  }
  return text;
}

void write_text_file(const std::string& path, const std::function<void(std::ostream&)>& write) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) throw Error(ErrorKind::usage, "cannot write " + path + ": it is a directory", "name a file in it");
  if (fs::exists(status) && !fs::is_regular_file(status)) return fill(path, path, write);
  fs::path target =
      fs::is_symlink(fs::symlink_status(path, error)) ? fs::weakly_canonical(path, error) : fs::path(path);
  if (error) target = path;
  if (!target.has_parent_path()) target = fs::path(".") / target;
  TemporaryFile temporary(target);
  fill(temporary.path(), path, write);
  temporary.move_to(target, usual_mode(target));
}

}  // namespace audit
