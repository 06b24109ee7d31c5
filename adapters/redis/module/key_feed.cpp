#include "adapters/redis/module/key_feed.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace audit::redis {
namespace {

constexpr std::size_t kAtOnce = 256;
constexpr const char* kScanCount = "512";

}  // namespace

void ListedKeys::take(Connection& /*connection*/, std::vector<std::string>& keys) {
  const std::size_t end = std::min(at_ + kAtOnce, keys_.size());
  keys.assign(keys_.begin() + static_cast<std::ptrdiff_t>(at_), keys_.begin() + static_cast<std::ptrdiff_t>(end));
  at_ = end;
}

KeySpool::KeySpool() {
  const char* const stated = std::getenv("TMPDIR");
  std::string path = std::string(stated == nullptr || *stated == '\0' ? "/tmp" : stated) + "/audit-keys-XXXXXX";
  const int descriptor = ::mkstemp(path.data());
  if (descriptor < 0) fail();
  ::unlink(path.c_str());
  file_.reset(::fdopen(descriptor, "w+b"));
  if (!file_) fail();
}

void KeySpool::fail() const {
  throw Error(ErrorKind::source, std::string("the list of keys cannot be kept in a temporary file: ") + std::strerror(errno), "make room, or set TMPDIR");
}

void KeySpool::add(std::string_view key) {
  const auto length = static_cast<std::uint32_t>(key.size());
  if (std::fwrite(&length, sizeof length, 1, file_.get()) != 1 || std::fwrite(key.data(), 1, key.size(), file_.get()) != key.size()) fail();
}

void KeySpool::rewind() {
  if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0) fail();
}

bool KeySpool::next(std::string& key) {
  std::uint32_t length = 0;
  if (std::fread(&length, sizeof length, 1, file_.get()) != 1) return false;
  key.resize(length);
  if (std::fread(key.data(), 1, length, file_.get()) != length) fail();
  return true;
}

void SpooledKeys::take(Connection& /*connection*/, std::vector<std::string>& keys) {
  keys.resize(kAtOnce);
  std::size_t count = 0;
  while (count < kAtOnce && spool_->next(keys[count])) ++count;
  done_ = count < kAtOnce;
  keys.resize(count);
}

void ScannedKeys::request(Connection& connection) {
  connection.append({"SCAN", cursor_, "MATCH", match_, "COUNT", kScanCount});
}

void ScannedKeys::take(Connection& connection, std::vector<std::string>& keys) {
  const Reply reply = connection.read_good("SCAN");
  cursor_ = text_of(*reply->element[0]);
  done_ = cursor_ == "0";
  const redisReply& found = *reply->element[1];
  keys.resize(found.elements);
  for (std::size_t i = 0; i < found.elements; ++i) keys[i] = text_of(*found.element[i]);
}

}  // namespace audit::redis
