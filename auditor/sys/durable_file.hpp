#pragma once
// Files that must survive a power cut. Everything throws Error(repair) that names the file, what failed, and what to do.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace audit {

// A new file that only grows. After a failed write or sync it refuses everything else: what is on the disk is no longer known.
// Used by one thread at a time.
class AppendFile {
 public:
  enum class Open { create, append };  // create: fails when the name is taken
  AppendFile(const std::filesystem::path& path, Open how);
  ~AppendFile();
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;

  // Buffers the bytes; they reach the file with sync() at the latest.
  void append(std::string_view bytes);
  // What was appended is durable on return.
  void sync();
  // Takes space on the disk for this many bytes more, so that small appends after it do not fail for want of space. Best effort where the file system cannot.
  void reserve(std::int64_t bytes);
  // Drops what follows the first `bytes` bytes. Before the first append.
  void cut(std::int64_t bytes);
  // Bytes appended so far, buffered ones included, and those that the file had.
  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  void flush();
  [[noreturn]] void fail(const char* doing, int error);

  std::filesystem::path path_;
  int fd_ = -1;
  std::int64_t size_ = 0;
  std::string buffer_;
  bool broken_ = false;
};

// Names that were made, renamed or removed in the directory are durable on return.
void sync_directory(const std::filesystem::path& directory);
// Makes the directory and its missing parents, mode 0700, durable on return.
void make_private_directory(const std::filesystem::path& directory);
// A new file with this content, mode 0600; content and name durable on return. Replaces an existing one atomically.
void write_durable_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace audit
