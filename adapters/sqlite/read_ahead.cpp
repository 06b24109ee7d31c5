#include "adapters/sqlite/read_ahead.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace audit {

namespace {

constexpr sqlite3_int64 kNear = 16 << 10;  // a reader that skips no more than this still goes forward
constexpr int kSure = 3;                   // reads forward after which more of them are expected
constexpr int kSurer = 12;                 // after so many they are fetched in whole windows
constexpr int kFirst = 16 << 10;           // bytes fetched at once before that

bool goes_on(sqlite3_int64 end, sqlite3_int64 offset) { return offset >= end && offset - end <= kNear; }

}  // namespace

// The stream that this read continues or begins; nullptr: a lookup somewhere.
ReadAhead::Stream* ReadAhead::stream_at(sqlite3_int64 offset) noexcept {
  for (Stream& stream : streams_) {
    if (stream.run > 0 && goes_on(stream.next, offset)) return &stream;
  }
  const auto before = std::find_if(ends_.begin(), ends_.end(), [&](sqlite3_int64 end) { return end > 0 && goes_on(end, offset); });
  if (before == ends_.end()) return nullptr;
  *before = 0;
  Stream& stream = *std::min_element(streams_.begin(), streams_.end(), [](const Stream& a, const Stream& b) { return a.used < b.used; });
  stream.run = 1;
  stream.held = 0;
  return &stream;
}

bool ReadAhead::fetch(sqlite3_file& file, Stream& stream, int amount, sqlite3_int64 offset) noexcept {
  stream.held = 0;
  if (size_ < 0 && file.pMethods->xFileSize(&file, &size_) != SQLITE_OK) size_ = 0;
  const sqlite3_int64 wanted = std::min<sqlite3_int64>(stream.run < kSurer ? kFirst : kWindow, size_ - offset);
  if (wanted <= amount) return false;
  if (stream.bytes == nullptr) stream.bytes.reset(new (std::nothrow) char[kWindow]);
  if (stream.bytes == nullptr || file.pMethods->xRead(&file, stream.bytes.get(), static_cast<int>(wanted), offset) != SQLITE_OK) return false;
  stream.start = offset;
  stream.held = static_cast<int>(wanted);
  return true;
}

int ReadAhead::read(sqlite3_file& file, void* to, int amount, sqlite3_int64 offset) noexcept {
  ++reads_;
  Stream* const stream = stream_at(offset);
  if (stream == nullptr) {
    ends_[oldest_] = offset + amount;
    oldest_ = (oldest_ + 1) % ends_.size();
    return file.pMethods->xRead(&file, to, amount, offset);
  }
  stream->used = reads_;
  stream->next = offset + amount;
  ++stream->run;
  const bool here = offset >= stream->start && offset + amount <= stream->start + stream->held;
  if (!here && (stream->run < kSure || !fetch(file, *stream, amount, offset))) return file.pMethods->xRead(&file, to, amount, offset);
  std::memcpy(to, stream->bytes.get() + (offset - stream->start), static_cast<std::size_t>(amount));
  return SQLITE_OK;
}

void ReadAhead::drop() noexcept {
  for (Stream& stream : streams_) stream.held = 0;
  size_ = -1;
}

}  // namespace audit
