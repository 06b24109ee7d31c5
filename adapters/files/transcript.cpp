#include "adapters/files/transcript.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>

#include "auditor/sys/clock.hpp"

namespace audit {
namespace {

constexpr std::size_t kBuffer = 256U << 10U;
// A longer line is passed over without a look inside, so that memory stays bounded whatever a file holds.
constexpr std::size_t kLongestLine = 16U << 20U;
constexpr std::size_t kKeptBadLines = 100;
// Messages that are looked at for signs of where the session came from.
constexpr std::int64_t kLookedAt = 64;

// Ids that were seen, as hashes: exactly up to a number of them, and in a filter of fixed size from there on, so that memory does not grow
// with a transcript. The filter never forgets one; it may take a few that it never saw for known.
class SeenIds {
 public:
  void insert(std::uint64_t hash) {
    if (!filter_.empty()) {
      mark(hash);
      return;
    }
    if (used_ == kExact) {
      filter_.assign(kFilterBits / 64, 0);
      for (const std::uint64_t known : slots_) {
        if (known != 0) mark(known);
      }
      slots_ = {};
      mark(hash == 0 ? 1 : hash);
      return;
    }
    if ((used_ + 1) * 2 > slots_.size()) grow();
    place(hash == 0 ? 1 : hash);
  }
  [[nodiscard]] bool contains(std::uint64_t hash) const {
    if (hash == 0) hash = 1;
    if (!filter_.empty()) return bit(first(hash)) && bit(second(hash));
    if (slots_.empty()) return false;
    for (std::size_t i = hash & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1)) {
      if (slots_[i] == hash) return true;
      if (slots_[i] == 0) return false;
    }
  }
  // Keeps small storage, gives large storage back.
  void reset() {
    filter_ = {};
    if (slots_.size() > 4096) {
      slots_ = {};
    } else if (used_ > 0) {
      std::fill(slots_.begin(), slots_.end(), 0);
    }
    used_ = 0;
  }

 private:
  static constexpr std::size_t kExact = 1U << 18U;
  static constexpr std::size_t kFilterBits = 1U << 26U;

  static std::size_t first(std::uint64_t hash) { return hash & (kFilterBits - 1); }
  static std::size_t second(std::uint64_t hash) { return (hash >> 32U) * 2 & (kFilterBits - 1); }
  [[nodiscard]] bool bit(std::size_t at) const { return (filter_[at / 64] >> (at % 64) & 1U) != 0; }
  void mark(std::uint64_t hash) {
    if (hash == 0) hash = 1;
    for (const std::size_t at : {first(hash), second(hash)}) filter_[at / 64] |= std::uint64_t{1} << (at % 64);
  }
  void place(std::uint64_t hash) {
    for (std::size_t i = hash & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1)) {
      if (slots_[i] == hash) return;
      if (slots_[i] != 0) continue;
      slots_[i] = hash;
      ++used_;
      return;
    }
  }
  void grow() {
    std::vector<std::uint64_t> old(std::max<std::size_t>(256, slots_.size() * 2), 0);
    old.swap(slots_);
    used_ = 0;
    for (const std::uint64_t hash : old) {
      if (hash != 0) place(hash);
    }
  }

  std::vector<std::uint64_t> slots_;   // open addressing; 0 is free
  std::vector<std::uint64_t> filter_;  // bits; empty while slots_ are in use
  std::size_t used_ = 0;
};

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }
bool is_nul(std::string_view line) { return !line.empty() && line.find_first_not_of('\0') == std::string_view::npos; }

std::string_view text_of(const JsonElement& element) {
  std::string_view text;
  return element.get(text) == simdjson::SUCCESS ? text : std::string_view();
}

// What a line says at its top level, in one walk over its members.
struct LineParts {
  std::string_view type, id, header_id, parent, at, directory;
  bool has_parent = false;
};

}  // namespace

struct TranscriptReader::Pass {
  Pass(const LineForm& line_form, const Cancellation& stop) : form(line_form), cancel(stop) {
    buffer.resize(kBuffer + simdjson::SIMDJSON_PADDING);
  }

  const LineForm& form;
  const Cancellation& cancel;
  simdjson::dom::parser parser;
  std::vector<char> buffer;
  SeenIds ids;
  TranscriptFacts facts;
  const Captures* known = nullptr;
  std::string last_at;
  std::string first_at;
  std::uint64_t last_id = 0;
  std::int64_t offset = 0;  // of the next line
  std::int64_t content_lines = 0;
  std::size_t start = 0;  // of the unread part of the buffer
  std::size_t end = 0;
  bool skipping = false;  // inside a line that is too long
  bool nul_line = false;  // the last line holds nothing but NUL bytes
  bool asked = false;     // the first text that asks was seen
  bool skipped_any = false;

  void begin(const Captures& captures) {
    facts = {};
    known = &captures;
    ids.reset();
    last_at.clear();
    first_at.clear();
    last_id = 0;
    offset = content_lines = 0;
    start = end = 0;
    skipping = nul_line = asked = skipped_any = false;
    if (buffer.size() > 4 * kBuffer) {
      buffer.resize(kBuffer + simdjson::SIMDJSON_PADDING);
      buffer.shrink_to_fit();
    }
  }

  void bad(std::string_view line, const std::string& what) {
    if (facts.bad.size() < kKeptBadLines)
      facts.bad.push_back({facts.lines, offset, static_cast<std::int64_t>(line.size()), what});
  }

  // `line` must be followed by SIMDJSON_PADDING readable bytes.
  bool parse(std::string_view line, JsonElement& element) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(line.data());
    if (parser.parse(bytes, line.size(), false).get(element) == simdjson::SUCCESS) return true;
    return parser.parse(harmless_json(line)).get(element) == simdjson::SUCCESS;
  }

  [[nodiscard]] LineParts parts_of(const simdjson::dom::object& object) const {
    LineParts parts;
    for (const auto field : object) {
      if (field.key == form.type) parts.type = text_of(field.value);
      if (field.key == form.id) parts.id = text_of(field.value);
      if (field.key == form.header_id) parts.header_id = text_of(field.value);
      if (field.key == form.at) parts.at = text_of(field.value);
      if (!form.directory.empty() && field.key == form.directory) parts.directory = text_of(field.value);
      if (field.key == form.parent) {
        parts.parent = text_of(field.value);
        parts.has_parent = field.value.is_string();
      }
    }
    return parts;
  }

  // One line without its end. `whole`: an end followed.
  void line(std::string_view text, bool whole) {
    ++facts.lines;
    nul_line = is_nul(text);
    if (is_blank(text)) return;
    ++content_lines;
    JsonElement element;
    const bool good = !nul_line && parse(text, element) && element.is_object();
    if (!good) {
      wrong(text, whole);
      return;
    }
    const LineParts parts = parts_of(simdjson::dom::object(element));
    if (content_lines == 1) {
      facts.header = parts.type == form.header ? "ok" : "missing";
      if (facts.header == "ok") {
        facts.header_id = parts.header_id;
        facts.directory = parts.directory;
      } else {
        bad({}, "a line of type " + form.header + " is missing before it");
      }
    }
    if (!parts.at.empty()) {
      if (first_at.empty()) first_at = parts.at;
      last_at = parts.at;
    }
    follow(parts);
    if (parts.type == form.header && content_lines == 1) return;
    if (parts.type == form.message) {
      if (parts.id.empty()) ++facts.unlinked;
      message(element);
    }
    note(element, form.model, facts.model);
    note(element, form.provider, facts.provider);
    if (!whole) facts.tail = "unterminated";
  }

  void wrong(std::string_view text, bool whole) {
    if (!whole) {
      if (content_lines == 1) {
        facts.header = "cut";
        bad(text, "the first line is cut off");
      } else {
        facts.tail = "cut";
        bad(text, "cut off");
      }
      return;
    }
    if (content_lines == 1) {
      facts.header = "cut";
      bad(text, nul_line ? "NUL bytes" : "the first line is not JSON");
      return;
    }
    if (!nul_line) {  // NUL bytes count when it is known that more follows
      ++facts.bad_lines;
      if (facts.bad_line == 0) facts.bad_line = facts.lines;
    }
    bad(text, nul_line ? "NUL bytes" : "not a JSON object");
  }

  void follow(const LineParts& parts) {
    const std::hash<std::string_view> hash;
    if (parts.has_parent) {
      const std::uint64_t parent = hash(parts.parent);
      if (parent != last_id && !ids.contains(parent)) ++facts.broken_parents;
    }
    if (parts.id.empty()) return;
    last_id = hash(parts.id);
    ids.insert(last_id);
  }

  static void note(const JsonElement& element, const std::vector<std::vector<std::string>>& places, std::string& into) {
    JsonElement found;
    for (const auto& steps : places) {
      if (find_json(element, steps, found) && !text_of(found).empty()) into = text_of(found);
    }
  }

  void message(const JsonElement& element) {
    ++facts.messages;
    if (facts.messages > kLookedAt || (asked && facts.keyed)) return;
    JsonElement role;
    if (!form.role.empty() && find_json(element, form.role, role) && text_of(role) != form.asks) return;
    for (const auto& steps : form.texts) {
      each_json(element, steps, 0, [&](const JsonElement& found) {
        const std::string_view text = text_of(found);
        if (!text.empty()) said(text);
        return true;
      });
    }
  }

  void said(std::string_view text) {
    facts.keyed = facts.keyed || ends_keyed(text);
    if (asked) return;
    asked = true;
    for (const auto& [pattern, key] : form.claims) {
      Captures captures = *known;
      if (!pattern.match(text, &captures)) continue;
      facts.claimed_key = fill_name(key, captures).value_or("");
      facts.keyed = true;
      return;
    }
  }

  // Whether a line of what was said ends with the sign of a key; in the middle of one somebody only speaks of it.
  [[nodiscard]] bool ends_keyed(std::string_view text) const {
    if (form.keyed.empty()) return false;
    for (auto at = text.find(form.keyed); at != std::string_view::npos; at = text.find(form.keyed, at + 1)) {
      const auto close = text.find_first_of("]\n", at + form.keyed.size());
      if (close == std::string_view::npos || text[close] != ']') continue;
      const auto next = text.find_first_not_of(" \t\r", close + 1);
      if (next == std::string_view::npos || text[next] == '\n') return true;
    }
    return false;
  }

  // Takes the complete lines out of the buffer.
  void drain() {
    for (;;) {
      const char* from = buffer.data() + start;
      const auto* stop = static_cast<const char*>(std::memchr(from, '\n', end - start));
      if (stop == nullptr) return;
      const auto length = static_cast<std::size_t>(stop - from);
      if (skipping) {
        skipping = false;
        ++facts.lines;
      } else {
        settle_nul_line();
        line({from, length}, true);
      }
      offset += static_cast<std::int64_t>(length) + 1;
      start += length + 1;
    }
  }

  // Makes room for more behind what is left of a line.
  void make_room() {
    if (start > 0) {
      std::memmove(buffer.data(), buffer.data() + start, end - start);
      end -= start;
      start = 0;
    }
    const std::size_t capacity = buffer.size() - simdjson::SIMDJSON_PADDING;
    if (skipping || (end == capacity && end >= kLongestLine)) {
      if (!skipping) skipped_any = true;
      skipping = true;
      offset += static_cast<std::int64_t>(end);
      end = 0;
    } else if (end == capacity) {
      buffer.resize(std::min(capacity * 2, kLongestLine) + simdjson::SIMDJSON_PADDING);
    }
  }

  void finish() {
    drain();
    std::string_view rest(buffer.data() + start, end - start);
    if (skipping) {
      facts.tail = "unterminated";
    } else if (!rest.empty()) {
      const std::size_t nul = rest.find_last_not_of('\0');
      const std::string_view text = rest.substr(0, nul == std::string_view::npos ? 0 : nul + 1);
      if (!text.empty()) {
        settle_nul_line();
        line(text, false);
      }
      if (text.size() < rest.size()) nul_tail(rest, text);
    } else if (nul_line) {
      facts.tail = "nul";
    }
    settle();
  }

  // What ends in NUL bytes after `text`, which is what its last line holds. A line that was cut off goes with the NUL bytes behind it.
  void nul_tail(std::string_view rest, std::string_view text) {
    if (facts.tail == "cut" && !facts.bad.empty() && facts.bad.back().line == facts.lines) {
      facts.bad.back().length = static_cast<std::int64_t>(rest.size());
    } else {
      if (text.empty()) ++facts.lines;
      offset += static_cast<std::int64_t>(text.size());
      bad(rest.substr(text.size()), "NUL bytes");
    }
    facts.tail = "nul";
  }

  // A line of NUL bytes that is not the last one is a bad line, unless it stands in the place of the header.
  void settle_nul_line() {
    if (!nul_line || content_lines == 1) return;
    ++facts.bad_lines;
    if (facts.bad_line == 0) facts.bad_line = facts.lines;
  }

  void settle() {
    facts.first_at = parse_time(first_at).value_or(0);
    facts.last_at = parse_time(last_at).value_or(0);
    if (content_lines == 0 && facts.tail.empty()) {
      facts.state = "empty";
      return;
    }
    if (facts.tail.empty()) facts.tail = "ok";
    if (facts.header.empty() && content_lines > 0) facts.header = "missing";
    if (skipped_any) facts.unreadable = "a line is longer than 16 MiB and was passed over";
    facts.state = content_lines == 0             ? "nul-tail"
                  : facts.header != "ok"         ? "no-header"
                  : facts.tail == "nul"          ? "nul-tail"
                  : facts.tail == "cut"          ? "truncated"
                  : facts.bad_lines > 0          ? "corrupt"
                  : content_lines == 1           ? "header-only"
                  : facts.tail == "unterminated" ? "unterminated"
                                                 : "ok";
  }
};

TranscriptReader::TranscriptReader(const LineForm& form, const Cancellation& cancel)
    : pass_(std::make_unique<Pass>(form, cancel)) {}
TranscriptReader::~TranscriptReader() = default;

TranscriptFacts TranscriptReader::read(const std::string& path, const Captures& known) {
  Pass& pass = *pass_;
  pass.begin(known);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status {};
  if (fd < 0 || ::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    pass.facts.unreadable = fd < 0 ? std::strerror(errno) : "is not a file";
    if (fd >= 0) ::close(fd);
    return std::move(pass.facts);
  }
  pass.facts.size = static_cast<std::int64_t>(status.st_size);
  pass.facts.modified_at = static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1000 + static_cast<std::int64_t>(status.st_mtim.tv_nsec) / 1'000'000;
  // What is appended from now on is not looked at: it may be half written.
  std::int64_t left = pass.facts.size;
  while (left > 0) {
    if (pass.cancel.expired()) break;
    pass.drain();
    pass.make_room();
    const std::size_t room = pass.buffer.size() - simdjson::SIMDJSON_PADDING - pass.end;
    const ssize_t got = ::read(fd, pass.buffer.data() + pass.end,
                               static_cast<std::size_t>(std::min<std::int64_t>(left, static_cast<std::int64_t>(room))));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) pass.facts.unreadable = std::strerror(errno);
    if (got <= 0) break;
    pass.end += static_cast<std::size_t>(got);
    left -= got;
  }
  ::close(fd);
  if (pass.facts.unreadable.empty()) pass.finish();
  return std::move(pass.facts);
}

TranscriptFacts TranscriptReader::read_text(std::string_view text, const Captures& known) {
  Pass& pass = *pass_;
  pass.begin(known);
  while (!text.empty()) {
    pass.drain();
    pass.make_room();
    const std::size_t room = std::min(pass.buffer.size() - simdjson::SIMDJSON_PADDING - pass.end, text.size());
    std::memcpy(pass.buffer.data() + pass.end, text.data(), room);
    pass.end += room;
    text.remove_prefix(room);
  }
  pass.finish();
  return std::move(pass.facts);
}

std::string first_line_value(const std::string& path, const std::vector<std::string>& steps) {
  constexpr std::size_t kMost = 64U << 10U;
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return "";
  std::string text(kMost, '\0');
  const ssize_t got = ::read(fd, text.data(), text.size());
  ::close(fd);
  if (got <= 0) return "";
  text.resize(static_cast<std::size_t>(got));
  const auto stop = text.find('\n');
  if (stop == std::string::npos && text.size() == kMost) return "";
  text.resize(std::min(stop, text.size()));
  simdjson::dom::parser parser;
  JsonElement line;
  JsonElement found;
  if (parser.parse(text).get(line) != simdjson::SUCCESS || !find_json(line, steps, found)) return "";
  return std::string(text_of(found));
}

}  // namespace audit
