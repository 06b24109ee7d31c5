#pragma once
// Bytes that are written once and read again: in memory while they are few, beyond that in a temporary file that has no name.

#include <cstdint>
#include <string>
#include <string_view>

namespace audit {

// Records are appended and stay where they are. Used by one thread at a time. The file is made in $TMPDIR (/tmp where that is not set) with mode 0600,
// and is gone with the program, however it ends.
class SpillFile {
 public:
  static constexpr std::size_t kMemory = 2U << 20U;

  // Keeps about `memory` bytes in memory, the last ones.
  explicit SpillFile(std::size_t memory = kMemory) : memory_(memory) {}
  ~SpillFile();
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  // Where the record is from now on. Throws Error(check) when the temporary file cannot be made or written (a full disk).
  std::uint64_t append(std::string_view record);
  [[nodiscard]] std::uint64_t size() const { return written_ + tail_.size(); }
  [[nodiscard]] bool is_on_disk() const { return written_ > 0; }

 private:
  friend class SpillReader;
  void spill();
  void read(std::uint64_t offset, std::size_t size, char* into) const;

  std::size_t memory_;
  int descriptor_ = -1;
  std::uint64_t written_ = 0;  // bytes in the file
  std::string tail_;           // what follows them
};

// Reads records, a block at a time where they are asked for in their order. Used by one thread at a time; the file may grow meanwhile.
class SpillReader {
 public:
  // Valid until the next call, and until the file grows. Throws Error(check) when the temporary file cannot be read.
  [[nodiscard]] std::string_view record(const SpillFile& file, std::uint64_t offset);

 private:
  std::string_view bytes(const SpillFile& file, std::uint64_t offset, std::size_t size);

  const SpillFile* file_ = nullptr;
  std::uint64_t begin_ = 0;
  std::string block_;
};

}  // namespace audit
