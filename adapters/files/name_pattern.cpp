#include "adapters/files/name_pattern.hpp"

#include <algorithm>
#include <cctype>

#include "auditor/model/error.hpp"

namespace audit {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) return false;
  }
  return true;
}

// "2026-01-24T10-11-12-345Z" and its spellings with ':' and '.'.
bool is_time(std::string_view text) {
  if (text.size() < 16 || text[4] != '-' || text[7] != '-' || text[10] != 'T') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_digit(c) || c == '-' || c == ':' || c == '.' || c == 'T' || c == 'Z'; });
}

}  // namespace

NamePattern::NamePattern(std::string_view text) : text_(text) {
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '*') {
      pieces_.push_back({Kind::any, ""});
      ++i;
    } else if (text[i] == '{') {
      const std::size_t close = text.find('}', i);
      if (close == std::string_view::npos)
        throw Error(ErrorKind::config, "the pattern '" + text_ + "' has a '{' without '}'");
      const std::string inside(text.substr(i + 1, close - i - 1));
      const std::size_t colon = inside.find(':');
      const std::string kind = colon == std::string::npos ? "" : inside.substr(colon + 1);
      static const std::map<std::string, Kind> kKinds = {
          {"", Kind::hole}, {"digits", Kind::digits}, {"uuid", Kind::uuid}, {"time", Kind::time}};
      const auto known = kKinds.find(kind);
      if (known == kKinds.end()) {
        throw Error(ErrorKind::config, "the pattern '" + text_ + "' asks for '" + kind + "'",
                    "use digits, uuid or time");
      }
      pieces_.push_back({known->second, inside.substr(0, colon)});
      i = close + 1;
    } else {
      if (pieces_.empty() || pieces_.back().kind != Kind::text) pieces_.push_back({Kind::text, ""});
      pieces_.back().text += text[i++];
    }
  }
}

bool NamePattern::takes(Kind kind, std::string_view text) {
  switch (kind) {
    case Kind::digits:
      return std::all_of(text.begin(), text.end(), is_digit);
    case Kind::uuid:
      return is_uuid(text);
    case Kind::time:
      return is_time(text);
    default:
      return true;
  }
}

bool NamePattern::match_from(std::size_t piece, std::string_view rest, Captures* captures) const {
  if (piece == pieces_.size()) return rest.empty();
  const Piece& here = pieces_[piece];
  if (here.kind == Kind::text) {
    return rest.starts_with(here.text) && match_from(piece + 1, rest.substr(here.text.size()), captures);
  }
  const std::size_t least = here.kind == Kind::any ? 0 : 1;
  const bool last = piece + 1 == pieces_.size();
  const bool before_text = !last && pieces_[piece + 1].kind == Kind::text;
  std::size_t length = last ? std::max(least, rest.size()) : least;
  for (; length <= rest.size(); ++length) {
    if (before_text) length = rest.find(pieces_[piece + 1].text, length);
    if (length > rest.size()) return false;
    const std::string_view taken = rest.substr(0, length);
    if (!takes(here.kind, taken) || !match_from(piece + 1, rest.substr(length), captures)) continue;
    if (captures != nullptr && here.kind != Kind::any) (*captures)[here.text] = taken;
    return true;
  }
  return false;
}

bool NamePattern::keeps() const {
  return std::any_of(pieces_.begin(), pieces_.end(), [](const Piece& piece) { return piece.kind != Kind::text && piece.kind != Kind::any; });
}

bool NamePattern::match(std::string_view name, Captures* captures) const {
  if (pieces_.empty()) return name.empty();
  if (pieces_.back().kind == Kind::text && !name.ends_with(pieces_.back().text)) return false;
  if (pieces_.size() == 2 && pieces_[0].kind == Kind::any && pieces_[1].kind == Kind::text) return true;
  return match_from(0, name, captures);
}

std::optional<std::string> fill_name(std::string_view pattern, const Captures& known) {
  std::string result;
  for (std::size_t i = 0; i < pattern.size();) {
    const std::size_t close = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      result += pattern[i++];
      continue;
    }
    const auto value = known.find(pattern.substr(i + 1, close - i - 1));
    if (value == known.end() || value->second.empty()) return std::nullopt;
    result += value->second;
    i = close + 1;
  }
  return result;
}

}  // namespace audit
