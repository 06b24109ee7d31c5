#include "auditor/model/spill_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "auditor/model/error.hpp"

namespace audit {

namespace {

constexpr std::size_t kBlock = 128U << 10U;  // read ahead where records are read in their order
constexpr std::size_t kStray = 4U << 10U;    // where they are not
constexpr std::size_t kFew = 256U << 10U;  // with more it will likely be all that is allowed
constexpr std::size_t kLength = sizeof(std::uint32_t);

std::string directory() {
  const char* named = std::getenv("TMPDIR");
  return named == nullptr || *named == '\0' ? "/tmp" : named;
}

[[noreturn]] void fail(const char* doing, int error) {
  throw Error(ErrorKind::check, std::string("cannot ") + doing + " a temporary file in " + directory() + ": " + std::strerror(error),
              "free space there, or name another directory with TMPDIR");
}

// A file without a name, also where the file system cannot make one at once.
int make_file() {
  const std::string folder = directory();
  int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT && errno != EINVAL)) return descriptor;
  std::string name = folder + "/audit-XXXXXX";
  descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  return descriptor;
}

}  // namespace

SpillFile::~SpillFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t SpillFile::append(std::string_view record) {
  const std::uint64_t offset = size();
  const auto length = static_cast<std::uint32_t>(record.size());
  if (length != record.size()) fail("write a record of that size into", EFBIG);
  if (tail_.size() + record.size() + kLength > std::max<std::size_t>(memory_, 1) && !tail_.empty()) spill();
  if (tail_.size() > kFew && tail_.capacity() < memory_) tail_.reserve(memory_);
  char bytes[kLength];
  std::memcpy(bytes, &length, kLength);
  tail_.append(bytes, kLength).append(record);
  return offset;
}

void SpillFile::spill() {
  if (descriptor_ < 0) descriptor_ = make_file();
  if (descriptor_ < 0) fail("make", errno);
  std::size_t done = 0;
  while (done < tail_.size()) {
    const ssize_t written = ::pwrite(descriptor_, tail_.data() + done, tail_.size() - done, static_cast<off_t>(written_ + done));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("write", written < 0 ? errno : ENOSPC);
    done += static_cast<std::size_t>(written);
  }
  written_ += done;
  tail_.clear();
}

void SpillFile::read(std::uint64_t offset, std::size_t size, char* into) const {
  while (size > 0) {
    const ssize_t count = ::pread(descriptor_, into, size, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail("read", count < 0 ? errno : EIO);
    offset += static_cast<std::uint64_t>(count);
    into += count;
    size -= static_cast<std::size_t>(count);
  }
}

std::string_view SpillReader::record(const SpillFile& file, std::uint64_t offset) {
  std::uint32_t length = 0;
  std::memcpy(&length, bytes(file, offset, kLength).data(), kLength);
  return bytes(file, offset + kLength, length);
}

std::string_view SpillReader::bytes(const SpillFile& file, std::uint64_t offset, std::size_t size) {
  if (offset >= file.written_) return std::string_view(file.tail_).substr(offset - file.written_, size);
  const bool same = file_ == &file && !block_.empty();
  if (same && offset >= begin_ && offset + size <= begin_ + block_.size()) return std::string_view(block_).substr(offset - begin_, size);
  const bool next = same && offset >= begin_ && offset <= begin_ + block_.size() + kBlock;
  const std::uint64_t there = file.written_ - offset;
  const std::size_t wanted = std::max(size, next ? kBlock : kStray);
  block_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(there, wanted)));
  file.read(offset, block_.size(), block_.data());
  file_ = &file;
  begin_ = offset;
  return std::string_view(block_).substr(0, size);
}

}  // namespace audit
