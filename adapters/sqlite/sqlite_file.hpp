#pragma once
// One database file from outside: what it is, whether it changed, and how to open it.

#include <sys/stat.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "auditor/model/store.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit {

// What can be told of a database from its first page, before SQLite opens it. Locks that this process holds on it stay. Throws StoreUnavailable with a detail of its own for each way of not being a database.
struct SqliteHeader {
  bool wal = false;
  std::int64_t size = 0;  // bytes
};
[[nodiscard]] SqliteHeader read_sqlite_header(const std::string& path);

// Identity, size and modification time of a database and its -wal. Two equal values around a read, the first of them settled, mean that
// nothing was written meanwhile; where it was not settled, that is very likely.
struct FileState {
  struct One {
    bool exists = false;
    std::uint64_t device = 0, inode = 0;
    std::int64_t size = 0;
    std::int64_t modified = 0;  // ns
    friend bool operator==(const One&, const One&) = default;
  };
  One database, wal;
  // Nothing was written for so long that the next write will have another time, however coarse the clock of the file system.
  bool settled = false;
  friend bool operator==(const FileState& a, const FileState& b) { return a.database == b.database && a.wal == b.wal; }
  [[nodiscard]] static FileState of(const std::string& path);
};

// A private directory that is removed with everything in it.
class PrivateDirectory {
 public:
  PrivateDirectory();
  ~PrivateDirectory();
  PrivateDirectory(const PrivateDirectory&) = delete;
  PrivateDirectory& operator=(const PrivateDirectory&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Opens the file itself, read-only, leaving nothing behind.
[[nodiscard]] std::unique_ptr<sqlite::Connection> open_in_place(const std::string& path,
                                                                std::chrono::milliseconds busy_timeout);
struct UnmapPages {
  std::size_t size = 0;
  void operator()(unsigned char* bytes) const;
};

// All bytes of a database that is not in WAL mode, read under one short read lock. Throws sqlite::Failure: SQLITE_PROTOCOL when its application was just
// then remaking it or putting it into WAL mode.
class DatabaseImage {
 public:
  DatabaseImage(const std::string& path, std::chrono::milliseconds busy_timeout);
  [[nodiscard]] const unsigned char* bytes() const { return bytes_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  std::size_t size_ = 0;
  std::unique_ptr<unsigned char, UnmapPages> bytes_;
};
// A connection that reads the image, which must outlive it; connections of several threads may share one.
[[nodiscard]] std::unique_ptr<sqlite::Connection> open_image(const DatabaseImage& image);
// Copies the database and its hot journal aside and rolls the journal back there.
[[nodiscard]] std::unique_ptr<sqlite::Connection> open_rolled_back(const std::string& path,
                                                                   const PrivateDirectory& directory);

// What a failure of SQLite means for the store.
[[nodiscard]] StoreUnavailable unavailable(const sqlite::Failure& failure);

}  // namespace audit
