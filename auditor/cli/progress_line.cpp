#include "auditor/cli/progress_line.hpp"

#include <ostream>

namespace audit {

namespace {

// Without control characters, and no longer than `width` bytes; a cut character at the end goes too.
std::string one_line(std::string text, int width) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  const auto limit = static_cast<std::size_t>(width > 1 ? width - 1 : 0);
  if (text.size() <= limit) return text;
  std::size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

}  // namespace

Progress ProgressLine::progress() {
  return [this](const std::string& what, std::int64_t done, std::int64_t total) {
    try {
      show(what, done, total);
    } catch (const std::exception&) {
      // Progress that cannot be shown is no reason to stop.
    }
  };
}

void ProgressLine::show(const std::string& what, std::int64_t done, std::int64_t total) {
  const std::scoped_lock lock(mutex_);
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  const std::string count = total > 0 ? std::to_string(done) + "/" + std::to_string(total) + " " : "";
  error_ << "\r\x1b[K" << one_line(count + what, width_) << std::flush;
}

void ProgressLine::clear() {
  const std::scoped_lock lock(mutex_);
  if (shown_) error_ << "\r\x1b[K" << std::flush;
  shown_ = false;
}

}  // namespace audit
