#include "adapters/redis/module/key_pattern.hpp"

#include <algorithm>

#include "auditor/model/error.hpp"

namespace audit::redis {

KeyPattern::KeyPattern(const std::string& prefix, const std::string& text) {
  std::string plain = prefix;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{') {
      plain += text[i];
      continue;
    }
    const auto end = text.find('}', i);
    if (end == std::string::npos || end == i + 1) {
      throw Error(ErrorKind::config, "key \"" + text + "\" has a hole without a name or an end", "write it as sessions:{id}");
    }
    if (!plain.empty()) pieces_.push_back({plain, false, {}});
    plain.clear();
    const std::string name = text.substr(i + 1, end - i - 1);
    pieces_.push_back({name, true, name.starts_with('/') ? json_steps(name) : JsonSteps()});
    names_.push_back(name);
    i = end;
  }
  if (!plain.empty()) pieces_.push_back({plain, false, {}});
}

bool KeyPattern::match_from(std::size_t piece, std::string_view rest, std::vector<std::string>& captures) const {
  if (piece == pieces_.size()) return rest.empty();
  const Piece& here = pieces_[piece];
  if (!here.hole) return rest.starts_with(here.text) && match_from(piece + 1, rest.substr(here.text.size()), captures);
  if (piece + 1 == pieces_.size()) {
    if (rest.empty()) return false;
    captures.emplace_back(rest);
    return true;
  }
  for (std::size_t length = 1; length <= rest.size(); ++length) {
    captures.emplace_back(rest.substr(0, length));
    if (match_from(piece + 1, rest.substr(length), captures)) return true;
    captures.pop_back();
  }
  return false;
}

bool KeyPattern::match(std::string_view key, std::vector<std::string>& captures) const {
  captures.clear();
  return match_from(0, key, captures);
}

std::string KeyPattern::glob() const {
  std::string glob;
  for (const auto& piece : pieces_) {
    if (piece.hole) {
      glob += '*';
      continue;
    }
    for (const char c : piece.text) {
      if (std::string_view("*?[]\\^").find(c) != std::string_view::npos) glob += '\\';
      glob += c;
    }
  }
  return glob;
}

std::string KeyPattern::head() const { return pieces_.empty() || pieces_.front().hole ? std::string() : pieces_.front().text; }

std::optional<std::string> KeyPattern::fill(const KnownOf& known) const {
  std::string key;
  for (const auto& piece : pieces_) {
    if (!piece.hole) {
      key += piece.text;
    } else if (!piece.steps.empty()) {
      JsonElement found;
      std::string_view text;
      if (known.json == nullptr || !find_json(*known.json, piece.steps, found) || found.get(text) != simdjson::SUCCESS) return std::nullopt;
      key += text;
    } else if (piece.text == "member") {
      key += known.member;
    } else {
      if (known.names == nullptr) return std::nullopt;
      const auto at = std::find(known.names->begin(), known.names->end(), piece.text);
      if (at == known.names->end()) return std::nullopt;
      key += (*known.captures)[static_cast<std::size_t>(at - known.names->begin())];
    }
  }
  return key;
}

}  // namespace audit::redis
