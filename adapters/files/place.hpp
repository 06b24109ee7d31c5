#pragma once
// One file below a directory, reached without following a symbolic link, and what is done to it when a store is written.
// Everything throws Error(repair) that names the file.

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/value.hpp"

namespace audit {

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool open() const { return fd_ >= 0; }

 private:
  int fd_;
};

// Enough to tell that nobody touched a file.
struct FileIdentity {
  std::int64_t device = 0;
  std::int64_t inode = 0;
  std::int64_t size = 0;         // bytes
  std::int64_t modified_ns = 0;  // since the epoch
  std::int64_t mode = 0;         // permissions
  std::int64_t uid = 0;
  std::int64_t gid = 0;
  bool regular = false;

  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
  // As cells of an effect; and whether a file is what such cells say, by size and time.
  [[nodiscard]] Cells cells() const;
  [[nodiscard]] bool fits(const Cells& cells) const;
};
[[nodiscard]] FileIdentity identity_of(const struct stat& status);

class Place {
 public:
  // `path` below `root`, or absolute. Its directory must be there; the file need not.
  Place(const std::string& root, const std::string& path);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] int directory() const { return directory_->get(); }
  // Nothing when there is no such name. A link is itself, not what it leads to.
  [[nodiscard]] std::optional<FileIdentity> identity() const;
  [[nodiscard]] Place beside(const std::string& name) const;
  [[nodiscard]] Descriptor open(int flags) const;
  [[nodiscard]] std::string read() const;
  void sync_directory() const;
  void remove() const;
  // Over what has the other name.
  void rename_to(const Place& other) const;
  // False when the other name is taken.
  [[nodiscard]] bool link_to(const Place& other) const;
  [[noreturn]] void fail(const std::string& doing, int error) const;

 private:
  Place() = default;
  std::string path_;
  std::string name_;
  std::shared_ptr<const Descriptor> directory_;
};

// A file that is made beside another one, ".NAME.audit-RUN.tmp", and goes away with this object unless it was put in place.
class NewFile {
 public:
  NewFile(const Place& target, const std::string& run_id);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::string_view bytes);
  // A second name of an existing file instead of bytes. False when it cannot be had here: then write.
  [[nodiscard]] bool link_from(const std::filesystem::path& existing);
  // Owner, permissions and extended attributes of `from`; its times as well when asked.
  void take_attributes(const Descriptor& from, bool times);
  void sync();
  void replace();  // over the target
  // False when the target's name is taken.
  [[nodiscard]] bool put();

 private:
  Place target_;
  Place place_;
  Descriptor fd_;
  bool there_ = false;
};
[[nodiscard]] std::string temporary_name(const std::string& name, const std::string& run_id, const char* ending = "tmp");

// Whether a file of this owner can be made by us.
[[nodiscard]] bool can_own(const FileIdentity& file);

// Private directory for what a run takes out of a store.
class Keeper {
 public:
  explicit Keeper(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // A name in it that is still free, for a file of this name. Makes nothing.
  [[nodiscard]] std::filesystem::path name_for(const std::string& name);
  // A second name of the file, or where that cannot be a copy with its attributes; durable after sync(). The file must be what `identity` says.
  void keep(const Place& file, const FileIdentity& identity, const std::filesystem::path& as);
  void keep_bytes(std::string_view bytes, const std::filesystem::path& as);
  void sync() const;
  // Removes what was kept: nothing was taken out after all.
  void forget() noexcept;

 private:
  void make();
  std::filesystem::path directory_;
  std::vector<std::filesystem::path> kept_;
  int next_ = 0;
};

}  // namespace audit
