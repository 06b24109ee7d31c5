#pragma once
// Pages of a database that is read from front to back, fetched many at a time.
//
// SQLite asks for each page by itself. A scan of a table, or of an index beside its table, goes forward in the file, with lookups elsewhere in between; a few
// reads that go forward are taken for the start of more, and what follows is read with them. Whoever owns this must call drop() wherever the bytes of the
// file may change from then on: before any lock is taken or given back.

#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace audit {

class ReadAhead {
 public:
  static constexpr int kWindow = 64 << 10;  // bytes fetched at once, at most

  // Does what file.xRead(to, amount, offset) does, and returns what that returns. Not for several threads at once.
  [[nodiscard]] int read(sqlite3_file& file, void* to, int amount, sqlite3_int64 offset) noexcept;
  // Forgets what was fetched; how far readers came is kept.
  void drop() noexcept;

 private:
  // One reader that goes forward.
  struct Stream {
    sqlite3_int64 next = -1;  // behind the last bytes that it asked for
    int run = 0;              // reads in a row that went forward
    std::uint64_t used = 0;   // when it was last asked, in reads
    sqlite3_int64 start = 0;  // of `bytes` in the file
    int held = 0;             // bytes of `bytes` that are valid
    std::unique_ptr<char[]> bytes;
  };

  [[nodiscard]] Stream* stream_at(sqlite3_int64 offset) noexcept;
  [[nodiscard]] bool fetch(sqlite3_file& file, Stream& stream, int amount, sqlite3_int64 offset) noexcept;

  std::array<Stream, 3> streams_;
  std::array<sqlite3_int64, 16> ends_{};  // of the last reads that belonged to no stream
  std::size_t oldest_ = 0;                // of ends_
  std::uint64_t reads_ = 0;
  sqlite3_int64 size_ = -1;  // of the file; -1: not asked yet
};

}  // namespace audit
