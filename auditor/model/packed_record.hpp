#pragma once
// How findings, changes and rows are kept: as bytes, without what many of them have in common.

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "auditor/model/value.hpp"

namespace audit {

// WordTable that many records share (ids of checks, names of columns), each held once.
class WordTable {
 public:
  std::uint32_t number(std::string_view word);
  [[nodiscard]] const std::string& word(std::uint32_t number) const { return words_[number]; }

 private:
  std::deque<std::string> words_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::uint32_t last_ = 0;
};

// Puts values one after the other into a text. What RecordReader gets has to be put in the same order.
class RecordWriter {
 public:
  RecordWriter(std::string& out, WordTable& words) : out_(out), words_(words) {}
  RecordWriter& number(std::uint64_t number);
  RecordWriter& text(std::string_view text);
  RecordWriter& word(std::string_view word) { return number(words_.number(word)); }
  RecordWriter& value(const Value& value);
  RecordWriter& cells(const Cells& cells);  // names are words

 private:
  std::string& out_;
  WordTable& words_;
};

// Reads into what is there already, so that reading many records takes no memory anew.
class RecordReader {
 public:
  RecordReader(std::string_view record, const WordTable& words) : rest_(record), words_(words) {}
  std::uint64_t number();
  void text(std::string& into);
  void word(std::string& into) { into = words_.word(static_cast<std::uint32_t>(number())); }
  void value(Value& into);
  void cells(Cells& into);

 private:
  std::string_view take(std::size_t size);

  std::string_view rest_;
  const WordTable& words_;
};

}  // namespace audit
