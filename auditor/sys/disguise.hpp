#pragma once
// Other words in place of those of a store, so that a copy of it can be given away (`audit record --anonymize`).
//
// Everything is replaced but what is known to be harmless and needed: the words of a vocabulary, times, numbers below a thousand, and every character that is no letter or digit. What
// takes the place of a text has its length and form (digits for digits, hexadecimal for hexadecimal, capitals for capitals), and is the same for the same text, wherever it stands:
// links still lead where they led, and different texts stay different. Under another key everything is replaced by something else; the key is kept nowhere.

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace audit {

// Immutable once words and replacements were given; then safe from several threads.
class Disguise {
 public:
  static constexpr std::size_t kKeyBytes = 16;
  using Key = std::array<unsigned char, kKeyBytes>;

  explicit Disguise(const Key& key) : key_(key) {}
  [[nodiscard]] static Key random_key();

  // The text as a whole, and every word in it (letters and digits; case does not count), are kept from now on.
  void know(std::string_view text);
  [[nodiscard]] bool knows(std::string_view word) const;
  // In names `from`, where it is not the beginning of a longer word, becomes `to` instead of being disguised: the place of a store. The first that fits counts.
  void place(std::string from, std::string to);

  // An id, a key, a name or a path, word by word: the beginning of a hexadecimal word becomes the beginning of what the word becomes, and a word the same in every text.
  [[nodiscard]] std::string name(std::string_view text) const;
  // What somebody wrote: replaced as a whole, so that not even its single words are the same in two texts. What stands in brackets after a known word and a colon
  // ("[cron:ID ") is as a name.
  [[nodiscard]] std::string prose(std::string_view text) const;
  // A value of unknown meaning: JSON (also cut or with mistakes) value by value, what has blanks and does not begin as a path or a key does as prose, else as a name.
  [[nodiscard]] std::string text(std::string_view text) const;
  // A value that other values are compared with: as text(), but a name where that would be prose.
  [[nodiscard]] std::string id(std::string_view text) const;
  // As many other bytes; the magic number of a compressed format stays.
  [[nodiscard]] std::string bytes(std::string_view bytes) const;
  // A number of as many digits; below a thousand the number itself.
  [[nodiscard]] std::int64_t number(std::int64_t number) const;
  // The same for a decimal number as it is spelled; the exponent stays.
  [[nodiscard]] std::string number(std::string_view spelled) const;

 private:
  [[nodiscard]] std::uint64_t mix(std::uint64_t state, char c) const;
  [[nodiscard]] bool is_kept(std::string_view text) const;
  [[nodiscard]] std::string word(std::string_view word) const;
  [[nodiscard]] std::string shifted(std::string_view word, bool hex) const;
  [[nodiscard]] std::string opaque(std::string_view text) const;
  // Copies what is placed or a time at `at` to `out`; the number of characters taken.
  [[nodiscard]] std::size_t keep(std::string_view text, std::size_t at, std::string& out) const;

  Key key_;
  std::set<std::string, std::less<>> words_;  // in small letters
  std::set<std::string, std::less<>> texts_;  // as they are
  std::vector<std::pair<std::string, std::string>> places_;
};

// Characters from `at` on that spell a date, or a date and a time (2026-03-01T12:00:00.000Z, 2026-03-01_12-00-00); 0 when they do not.
[[nodiscard]] std::size_t time_length(std::string_view text, std::size_t at);

}  // namespace audit
