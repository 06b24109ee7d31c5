#include "auditor/sys/disguise.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>
#include <vector>

#include "auditor/model/utf8.hpp"
#include "auditor/sys/disguise_json.hpp"

namespace audit {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_word(char c) { return is_digit(c) || is_small(c) || is_capital(c) || !is_ascii(c); }
char small(char c) { return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_hex(char c) { return is_digit(c) || (small(c) >= 'a' && small(c) <= 'f'); }

std::string in_small(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), small);
  return result;
}

std::size_t word_length(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_word(text[end])) ++end;
  return end - at;
}

// How compressed data begin: zstd, gzip, LZ4, xz, zip.
constexpr std::array<std::string_view, 5> kMagic{"\x28\xb5\x2f\xfd", "\x1f\x8b", "\x04\x22\x4d\x18", std::string_view("\xfd""7zXZ\0", 6), "PK\x03\x04"};

// Bytes of the character that begins here; 0 when it is not UTF-8.
std::size_t character_length(std::string_view text, std::size_t at) { return utf8_length(text.substr(at)); }

// One of `count` characters from `first` on, moved on within them.
char moved(char c, char first, int count, std::uint64_t by) {
  return static_cast<char>(first + (c - first + static_cast<int>(by % static_cast<unsigned>(count))) % count);
}

// What takes the place of a letter or digit of ASCII. The first digit of a word is never made or lost as a leading zero.
char moved_sign(char c, bool hex, bool first, std::uint64_t by) {
  if (is_digit(c)) return !first ? moved(c, '0', 10, by) : c == '0' ? c : moved(c, '1', 9, by);
  if (is_capital(c)) return hex ? moved(c, 'A', 6, by) : moved(c, 'A', 26, by);
  return hex ? moved(c, 'a', 6, by) : moved(c, 'a', 26, by);
}

// A character of several bytes, with its place taken by one of as many bytes. The last byte alone moves.
void move_long(std::string& text, std::size_t at, std::size_t length, std::uint64_t by) {
  char& last = text[at + length - 1];
  last = static_cast<char>(0x80U | ((static_cast<unsigned char>(last) + by) & 0x3fU));
  if (length == 2) return;  // 0xc2…0xdf with any second byte is a character
  char& before = text[at + length - 2];
  const auto lead = static_cast<unsigned char>(text[at]);
  // Of three bytes 0xe0 and 0xed, of four 0xf0 and 0xf4 restrict their second byte: it stays.
  if (length == 4 || (lead != 0xe0 && lead != 0xed)) before = static_cast<char>(0x80U | ((static_cast<unsigned char>(before) + (by >> 8U)) & 0x3fU));
}

bool is_number_text(std::string_view text) {
  const std::size_t sign = !text.empty() && text.front() == '-' ? 1 : 0;
  return text.size() > sign && text.size() <= sign + 3 && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(sign), text.end(), is_digit);
}

}  // namespace

std::size_t time_length(std::string_view text, std::size_t at) {
  if (at > 0 && is_word(text[at - 1]) && text[at - 1] != '_') return 0;
  std::size_t end = at;
  const auto digits = [&](std::size_t count) {
    if (end + count > text.size() || !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(end), text.begin() + static_cast<std::ptrdiff_t>(end + count), is_digit)) return false;
    end += count;
    return true;
  };
  const auto sign = [&](std::string_view signs) {
    if (end >= text.size() || signs.find(text[end]) == std::string_view::npos) return false;
    ++end;
    return true;
  };
  if (!digits(4) || !sign("-") || !digits(2) || !sign("-") || !digits(2)) return 0;
  const auto ended = [&](std::size_t where) { return where == text.size() || !is_word(text[where]); };
  const std::size_t date = end;
  if (!sign("T t_") || !digits(2) || !sign(":-") || !digits(2)) return ended(date) ? date - at : 0;
  std::size_t known = end;
  if (sign(":-") && digits(2)) {
    known = end;
    if (sign(".,-")) {
      while (digits(1)) known = end;
    }
    end = known;
  }
  end = known;
  if (sign("Zz")) {
    known = end;
  } else if (sign("+-") && digits(2)) {
    known = end;
    if ((sign(":"), digits(2))) known = end;
  }
  return ended(known) ? known - at : 0;
}

Disguise::Key Disguise::random_key() {
  if (::sodium_init() < 0) std::abort();
  Key key{};
  ::randombytes_buf(key.data(), key.size());
  return key;
}

void Disguise::know(std::string_view text) {
  texts_.emplace(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = word_length(text, at);
    if (length > 0) words_.insert(in_small(text.substr(at, length)));
    at += std::max<std::size_t>(length, 1);
  }
}

bool Disguise::knows(std::string_view word) const { return words_.contains(in_small(word)); }

void Disguise::place(std::string from, std::string to) { places_.emplace_back(std::move(from), std::move(to)); }

std::uint64_t Disguise::mix(std::uint64_t state, char c) const {
  std::array<unsigned char, 9> input{};
  for (std::size_t i = 0; i < 8; ++i) input[i] = static_cast<unsigned char>(state >> (8 * i));
  input[8] = static_cast<unsigned char>(c);
  std::array<unsigned char, crypto_shorthash_BYTES> output{};
  ::crypto_shorthash(output.data(), input.data(), input.size(), key_.data());
  std::uint64_t result = 0;
  for (std::size_t i = 0; i < 8; ++i) result |= static_cast<std::uint64_t>(output[i]) << (8 * i);
  return result;
}

// Every sign is moved by what stands before it in the word: so the beginning of a word decides about its own beginning alone, and no two words become one.
std::string Disguise::shifted(std::string_view word, bool hex) const {
  std::string result(word);
  std::uint64_t state = hex ? 1 : 2;
  for (std::size_t i = 0; i < word.size();) {
    const std::uint64_t by = mix(state, '\0');
    const std::size_t length = is_ascii(word[i]) ? 1 : character_length(word, i);
    if (length == 0) {
      result[i] = '\xff';
    } else if (length == 1) {
      result[i] = moved_sign(word[i], hex, i == 0, by);
    } else {
      move_long(result, i, length, by);
    }
    for (std::size_t end = i + std::max<std::size_t>(length, 1); i < end; ++i) state = mix(state, small(word[i]));
  }
  return result;
}

// Again and again until it is neither a known word nor of another kind: what is neither becomes each such word once.
std::string Disguise::word(std::string_view word) const {
  if (knows(word)) return std::string(word);
  const bool hex = std::all_of(word.begin(), word.end(), is_hex);
  std::string result = shifted(word, hex);
  for (int round = 0; round < 10'000 && (knows(result) || (!hex && std::all_of(result.begin(), result.end(), is_hex))); ++round) result = shifted(result, hex);
  return result;
}

std::size_t Disguise::keep(std::string_view text, std::size_t at, std::string& out) const {
  for (const auto& [from, to] : places_) {
    if (text.substr(at, from.size()) != from || (at + from.size() < text.size() && is_word(text[at + from.size()]))) continue;
    out += to;
    return from.size();
  }
  const std::size_t time = is_digit(text[at]) ? time_length(text, at) : 0;
  out += text.substr(at, time);
  return time;
}

std::string Disguise::name(std::string_view text) const {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t kept = keep(text, at, result); kept > 0) {
      at += kept;
    } else if (const std::size_t length = word_length(text, at); length > 0) {
      result += word(text.substr(at, length));
      at += length;
    } else {
      result += text[at++];
    }
  }
  return result;
}

// Twice, from the end and from the beginning: then every sign is moved by all others, and still no two texts become one.
std::string Disguise::opaque(std::string_view text) const {
  std::string result(text);
  std::vector<std::pair<std::size_t, std::size_t>> signs;  // where each begins, and its bytes
  for (std::size_t at = 0; at < text.size(); at += signs.back().second)
    signs.emplace_back(at, is_ascii(text[at]) ? 1 : std::max<std::size_t>(character_length(text, at), 1));
  for (const bool backwards : {true, false}) {
    std::uint64_t state = backwards ? 3 : 4;
    for (std::size_t i = 0; i < signs.size(); ++i) {
      const auto [at, length] = signs[backwards ? signs.size() - 1 - i : i];
      const std::uint64_t by = mix(state, '\0');
      const std::string before = result.substr(at, length);
      if (length > 1) {
        move_long(result, at, length, by);
      } else if (!is_ascii(result[at])) {
        result[at] = '\xff';
      } else if (is_word(result[at])) {
        result[at] = moved_sign(result[at], false, false, by);
      }
      for (const char c : backwards ? before : result.substr(at, length)) state = mix(state, c);
    }
  }
  return result;
}

std::string Disguise::prose(std::string_view text) const {
  std::string result;
  std::size_t plain = 0;  // where what is not yet replaced begins
  for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
    const std::size_t colon = text.find(':', at);
    const std::size_t end = text.find(']', at);
    if (colon == std::string_view::npos || end == std::string_view::npos || colon > end) continue;
    const std::string_view head = text.substr(at + 1, colon - at - 1);
    if (head.empty() || head.find_first_of(" \t\n") != std::string_view::npos || name(head) != head) continue;
    result += opaque(text.substr(plain, at - plain)) + name(text.substr(at, end - at));
    plain = at = end;
  }
  return result + opaque(text.substr(plain));
}

bool Disguise::is_kept(std::string_view text) const { return text.empty() || texts_.contains(text) || is_number_text(text); }

std::string Disguise::text(std::string_view text) const {
  if (is_kept(text)) return std::string(text);
  if (looks_like_json(text)) return disguise_json(*this, text);
  const std::size_t blank = text.find_first_of(" \t\r\n");
  if (blank == std::string_view::npos) return name(text);
  // "/home/me/two words", "agent:main:two words"; "2026-02-27 12:56:10 +0000 UTC"
  const std::size_t joint = text.find_first_of(":/");
  if (joint < blank && joint + 1 != blank) return name(text);
  if (const std::size_t time = time_length(text, 0); time > 0 && text.size() < time + 16) return name(text);
  return prose(text);
}

std::string Disguise::id(std::string_view text) const {
  if (is_kept(text)) return std::string(text);
  return looks_like_json(text) ? disguise_json(*this, text) : name(text);
}

std::string Disguise::bytes(std::string_view bytes) const {
  std::uint64_t state = 6;
  for (const char c : bytes) state = mix(state, c);
  const auto magic = std::find_if(kMagic.begin(), kMagic.end(), [&](std::string_view begin) { return bytes.starts_with(begin); });
  std::string result(magic == kMagic.end() ? std::string_view() : *magic);
  result.reserve(bytes.size());
  while (result.size() < bytes.size()) {
    state = mix(state, '\1');
    for (int i = 0; i < 8 && result.size() < bytes.size(); ++i) result += static_cast<char>(state >> (8 * i));
  }
  return result;
}

std::string Disguise::number(std::string_view spelled) const {
  const std::size_t exponent = std::min(spelled.find_first_of("eE"), spelled.size());
  const auto digits = std::count_if(spelled.begin(), spelled.begin() + static_cast<std::ptrdiff_t>(exponent), is_digit);
  if (digits <= 3 && exponent == spelled.size()) return std::string(spelled);
  std::string all;
  for (std::size_t i = 0; i < exponent; ++i) {
    if (is_digit(spelled[i])) all += spelled[i];
  }
  all = shifted(all, true);  // as a word of text with these digits
  std::string result(spelled);
  for (std::size_t i = 0, next = 0; i < exponent; ++i) {
    if (is_digit(spelled[i])) result[i] = all[next++];
  }
  return result;
}

std::int64_t Disguise::number(std::int64_t number) const {
  const std::string spelled = std::to_string(number);
  std::string other = this->number(std::string_view(spelled));
  // The largest numbers have no others of their length.
  if (other.size() >= 19) other[other.front() == '-' ? 1 : 0] = '1';
  return std::stoll(other);
}

}  // namespace audit
