#include "adapters/files/place.hpp"

#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "auditor/model/error.hpp"

namespace audit {
namespace {

[[noreturn]] void failed(const std::string& doing, const std::string& what, int error) {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw Error(ErrorKind::repair, "cannot " + doing + " " + what + ": " + std::strerror(error),
              full                                        ? "make room, then run again; nothing was lost"
              : error == EACCES || error == EPERM || error == EROFS ? "run as the user who owns the files"
                                                          : "");
}

Cells::const_iterator cell_named(const Cells& cells, const char* name) {
  return std::find_if(cells.begin(), cells.end(), [&](const auto& cell) { return cell.first == name; });
}

void write_all(int fd, std::string_view bytes, const std::string& what) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(fd, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) failed("write", what, errno);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

std::string read_all(int fd, const std::string& what) {
  std::string bytes;
  std::array<char, 1U << 16U> buffer;  // NOLINT: filled by read
  for (;;) {
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) failed("read", what, errno);
    if (got == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

void sync_file(int fd, const std::string& what) {
  if (::fsync(fd) != 0) failed("sync", what, errno);
}

void copy_extended(int from, int to, const std::string& what) {
  const ssize_t length = ::flistxattr(from, nullptr, 0);
  if (length <= 0) return;  // none, or none here
  std::string names(static_cast<std::size_t>(length), '\0');
  const ssize_t listed = ::flistxattr(from, names.data(), names.size());
  for (std::size_t at = 0; listed > 0 && at < static_cast<std::size_t>(listed);) {
    const std::string name(names.c_str() + at);
    at += name.size() + 1;
    const ssize_t size = ::fgetxattr(from, name.c_str(), nullptr, 0);
    if (size < 0) failed("read the attribute " + name + " of", what, errno);
    std::string value(static_cast<std::size_t>(size), '\0');
    if (::fgetxattr(from, name.c_str(), value.data(), value.size()) != size) failed("read the attribute " + name + " of", what, errno);
    std::string there(value.size() + 1, '\0');
    const ssize_t now = ::fgetxattr(to, name.c_str(), there.data(), there.size());
    if (now == size && there.compare(0, value.size(), value) == 0) continue;
    if (::fsetxattr(to, name.c_str(), value.data(), value.size(), 0) != 0) failed("keep the attribute " + name + " of", what, errno);
  }
}

void copy_attributes(int from, int to, bool times, const std::string& what) {
  struct stat old {};
  struct stat made {};
  if (::fstat(from, &old) != 0 || ::fstat(to, &made) != 0) failed("look at", what, errno);
  const bool other_owner = old.st_uid != made.st_uid || old.st_gid != made.st_gid;
  if (other_owner && ::fchown(to, old.st_uid, old.st_gid) != 0) failed("keep the owner of", what, errno);
  if (::fchmod(to, old.st_mode & 07777U) != 0) failed("keep the permissions of", what, errno);
  copy_extended(from, to, what);
  const std::array<timespec, 2> both{old.st_atim, old.st_mtim};
  if (times && ::futimens(to, both.data()) != 0) failed("keep the times of", what, errno);
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FileIdentity identity_of(const struct stat& status) {
  FileIdentity file;
  file.device = static_cast<std::int64_t>(status.st_dev);
  file.inode = static_cast<std::int64_t>(status.st_ino);
  file.size = static_cast<std::int64_t>(status.st_size);
  file.modified_ns = static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + static_cast<std::int64_t>(status.st_mtim.tv_nsec);
  file.mode = static_cast<std::int64_t>(status.st_mode & 07777U);
  file.uid = static_cast<std::int64_t>(status.st_uid);
  file.gid = static_cast<std::int64_t>(status.st_gid);
  file.regular = S_ISREG(status.st_mode);
  return file;
}

Cells FileIdentity::cells() const {
  return {{"size", size}, {"modified_ns", modified_ns}, {"mode", mode}, {"uid", uid}, {"gid", gid}, {"inode", inode}};
}

bool FileIdentity::fits(const Cells& cells) const {
  const auto bytes = cell_named(cells, "size");
  const auto time = cell_named(cells, "modified_ns");
  return regular && bytes != cells.end() && time != cells.end() && to_integer(bytes->second, -1) == size &&
         to_integer(time->second, -1) == modified_ns;
}

Place::Place(const std::string& root, const std::string& path) : path_(path) {
  const bool elsewhere = path.starts_with('/');
  std::string folder = path.substr(0, path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
  name_ = path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
  if (name_.empty() || name_ == "." || name_ == "..") throw Error(ErrorKind::repair, "'" + path + "' names no file");
  if (elsewhere) {
    std::error_code ignored;
    folder = std::filesystem::canonical(folder.empty() ? "/" : folder, ignored).string();
  }
  Descriptor at(::open(elsewhere ? "/" : root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!at.open()) fail("open the directory of", errno);
  for (const auto& part : std::filesystem::path(folder).relative_path()) {
    if (part.empty() || part == ".") continue;
    if (part == "..") throw Error(ErrorKind::repair, "'" + path + "' leads upwards");
    Descriptor next(::openat(at.get(), part.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!next.open()) fail("open the directory of", errno);
    at = std::move(next);
  }
  directory_ = std::make_shared<const Descriptor>(std::move(at));
}

void Place::fail(const std::string& doing, int error) const { failed(doing, path_, error); }

std::optional<FileIdentity> Place::identity() const {
  struct stat status {};
  if (::fstatat(directory(), name_.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) return identity_of(status);
  if (errno != ENOENT) fail("look at", errno);
  return std::nullopt;
}

Place Place::beside(const std::string& name) const {
  Place other = *this;
  other.path_ = path_.substr(0, path_.size() - name_.size()) + name;
  other.name_ = name;
  return other;
}

Descriptor Place::open(int flags) const {
  Descriptor file(::openat(directory(), name_.c_str(), flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!file.open()) fail("open", errno);
  return file;
}

std::string Place::read() const { return read_all(open(O_RDONLY).get(), path_); }

void Place::sync_directory() const {
  if (::fsync(directory()) != 0) fail("sync the directory of", errno);
}

void Place::remove() const {
  if (::unlinkat(directory(), name_.c_str(), 0) != 0) fail("take away", errno);
}

void Place::rename_to(const Place& other) const {
  if (::renameat(directory(), name_.c_str(), other.directory(), other.name_.c_str()) != 0) other.fail("replace", errno);
}

bool Place::link_to(const Place& other) const {
  if (::linkat(directory(), name_.c_str(), other.directory(), other.name_.c_str(), 0) == 0) return true;
  if (errno != EEXIST) other.fail("make", errno);
  return false;
}

std::string temporary_name(const std::string& name, const std::string& run_id, const char* ending) {
  return "." + name.substr(0, 180) + ".audit-" + run_id + "." + ending;
}

NewFile::NewFile(const Place& target, const std::string& run_id)
    : target_(target), place_(target.beside(temporary_name(target.name(), run_id))) {}

NewFile::~NewFile() {
  if (there_) ::unlinkat(place_.directory(), place_.name().c_str(), 0);
}

void NewFile::write(std::string_view bytes) {
  fd_ = Descriptor(::openat(place_.directory(), place_.name().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd_.open()) place_.fail("make", errno);
  there_ = true;
  write_all(fd_.get(), bytes, place_.path());
}

bool NewFile::link_from(const std::filesystem::path& existing) {
  if (::linkat(AT_FDCWD, existing.c_str(), place_.directory(), place_.name().c_str(), 0) == 0) return there_ = true;
  if (errno != EXDEV && errno != EPERM && errno != EMLINK && errno != EACCES) place_.fail("make", errno);
  return false;
}

void NewFile::take_attributes(const Descriptor& from, bool times) { copy_attributes(from.get(), fd_.get(), times, place_.path()); }

void NewFile::sync() { sync_file(fd_.get(), place_.path()); }

void NewFile::replace() {
  place_.rename_to(target_);
  // Two names of one file stay two when one is renamed to the other.
  ::unlinkat(place_.directory(), place_.name().c_str(), 0);
  there_ = false;
}

bool NewFile::put() {
  if (!place_.link_to(target_)) return false;
  place_.remove();
  there_ = false;
  return true;
}

bool can_own(const FileIdentity& file) {
  const auto us = static_cast<std::int64_t>(::geteuid());
  if (us == 0) return true;
  if (file.uid != us) return false;
  if (file.gid == static_cast<std::int64_t>(::getegid())) return true;
  std::vector<gid_t> groups(static_cast<std::size_t>(std::max(0, ::getgroups(0, nullptr))));
  const int count = ::getgroups(static_cast<int>(groups.size()), groups.data());
  return count >= 0 && std::find(groups.begin(), groups.end(), static_cast<gid_t>(file.gid)) != groups.end();
}

void Keeper::make() {
  std::error_code error;
  std::filesystem::create_directories(directory_, error);
  if (!error) std::filesystem::permissions(directory_, std::filesystem::perms::owner_all, error);
  if (error) failed("make", directory_.string(), error.value());
}

std::filesystem::path Keeper::name_for(const std::string& name) {
  std::error_code ignored;
  for (;;) {
    auto path = std::filesystem::absolute(directory_) / (std::to_string(++next_) + "-" + name.substr(0, 200));
    if (!std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) return path;
  }
}

void Keeper::keep(const Place& file, const FileIdentity& identity, const std::filesystem::path& as) {
  make();
  const Descriptor from = file.open(O_RDONLY);
  const auto same = [&] {
    struct stat status {};
    const auto named = file.identity();
    return ::fstat(from.get(), &status) == 0 && identity_of(status) == identity && named && *named == identity;
  };
  if (::linkat(file.directory(), file.name().c_str(), AT_FDCWD, as.c_str(), 0) == 0) {
    kept_.push_back(as);
    sync_file(from.get(), file.path());
  } else if (errno == EXDEV || errno == EPERM || errno == EMLINK || errno == EACCES) {
    const std::string bytes = read_all(from.get(), file.path());
    keep_bytes(bytes, as);
    const Descriptor copy(::open(as.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (!copy.open()) failed("read again", as.string(), errno);
    if (read_all(copy.get(), as.string()) != bytes) throw Error(ErrorKind::repair, "the copy " + as.string() + " differs from " + file.path());
    copy_attributes(from.get(), copy.get(), true, as.string());
    sync_file(copy.get(), as.string());
  } else {
    failed("keep", file.path(), errno);
  }
  if (!same()) throw Error(ErrorKind::repair, file.path() + " was changed by another program meanwhile", "run again");
}

void Keeper::keep_bytes(std::string_view bytes, const std::filesystem::path& as) {
  make();
  const Descriptor file(::open(as.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.open()) failed("make", as.string(), errno);
  kept_.push_back(as);
  write_all(file.get(), bytes, as.string());
  sync_file(file.get(), as.string());
}

void Keeper::sync() const {
  if (kept_.empty()) return;
  for (const auto& folder : {directory_, std::filesystem::absolute(directory_).parent_path()}) {
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.open() || ::fsync(directory.get()) != 0) failed("sync", folder.string(), errno);
  }
}

void Keeper::forget() noexcept {
  for (const auto& path : kept_) ::unlink(path.c_str());
  kept_.clear();
}

}  // namespace audit
