#pragma once
// Names with holes: "agents/{scope}/sessions/sessions.json", "{time:time}_{id}.jsonl".

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace audit {

using Captures = std::map<std::string, std::string, std::less<>>;

// `{name}` takes at least one character and keeps it, `*` any run of characters, everything else is itself. A hole may
// say what it takes:
// `{n:digits}`, `{id:uuid}` (hex digits in groups of 8-4-4-4-12), `{t:time}` (an ISO time whose `:` and `.` may be
// `-`). The leftmost hole takes as little as it can. Immutable; safe to share between threads.
class NamePattern {
 public:
  // Throws Error(config) for a hole that does not end or a kind that does not exist.
  explicit NamePattern(std::string_view text);

  // True when the whole name fits; `captures` (may be nullptr) gets what the holes took.
  [[nodiscard]] bool match(std::string_view name, Captures* captures) const;
  [[nodiscard]] bool literal() const { return pieces_.size() == 1 && pieces_.front().kind == Kind::text; }
  // Whether a match has something to keep.
  [[nodiscard]] bool keeps() const;
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  enum class Kind { text, any, hole, digits, uuid, time };
  struct Piece {
    Kind kind = Kind::text;
    std::string text;  // of `text`; the name of a hole
  };
  [[nodiscard]] bool match_from(std::size_t piece, std::string_view rest, Captures* captures) const;
  static bool takes(Kind kind, std::string_view text);

  std::string text_;
  std::vector<Piece> pieces_;
};

// "{dir}/{session}.jsonl" with what is known filled in; nothing when something is not known.
[[nodiscard]] std::optional<std::string> fill_name(std::string_view pattern, const Captures& known);

}  // namespace audit
