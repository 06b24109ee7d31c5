#include "auditor/model/packed_record.hpp"

#include <cstring>

namespace audit {

namespace {

// What kind of value follows.
enum : std::uint64_t { kNull, kInteger, kReal, kText, kBlob };

// Small numbers of either sign become small numbers.
std::uint64_t folded(std::int64_t number) { return (static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> 63); }
std::int64_t unfolded(std::uint64_t number) { return static_cast<std::int64_t>(number >> 1U) ^ -static_cast<std::int64_t>(number & 1U); }

std::string& text_in(Value& value) {
  if (auto* text = std::get_if<std::string>(&value)) return *text;
  return value.emplace<std::string>();
}

}  // namespace

std::uint32_t WordTable::number(std::string_view word) {
  if (last_ < words_.size() && words_[last_] == word) return last_;
  const auto known = numbers_.find(word);
  if (known != numbers_.end()) return last_ = known->second;
  last_ = static_cast<std::uint32_t>(words_.size());
  numbers_.emplace(words_.emplace_back(word), last_);
  return last_;
}

RecordWriter& RecordWriter::number(std::uint64_t number) {
  while (number >= 0x80) {
    out_ += static_cast<char>(number | 0x80U);
    number >>= 7U;
  }
  out_ += static_cast<char>(number);
  return *this;
}

RecordWriter& RecordWriter::text(std::string_view text) {
  number(text.size());
  out_ += text;
  return *this;
}

RecordWriter& RecordWriter::value(const Value& value) {
  number(value.index());
  switch (value.index()) {
    case kInteger: return number(folded(std::get<std::int64_t>(value)));
    case kReal: out_.append(reinterpret_cast<const char*>(&std::get<double>(value)), sizeof(double)); return *this;
    case kText: return text(std::get<std::string>(value));
    case kBlob: return text(std::get<Blob>(value).bytes);
    default: return *this;
  }
}

RecordWriter& RecordWriter::cells(const Cells& cells) {
  number(cells.size());
  for (const auto& [name, value] : cells) word(name).value(value);
  return *this;
}

std::uint64_t RecordReader::number() {
  std::uint64_t number = 0;
  unsigned shift = 0;
  std::size_t used = 0;
  for (; used < rest_.size(); ++used, shift += 7) {
    const auto byte = static_cast<unsigned char>(rest_[used]);
    number |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
    if (byte < 0x80) break;
  }
  rest_.remove_prefix(std::min(used + 1, rest_.size()));
  return number;
}

std::string_view RecordReader::take(std::size_t size) {
  const std::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(taken.size());
  return taken;
}

void RecordReader::text(std::string& into) { into = take(number()); }

void RecordReader::value(Value& into) {
  switch (number()) {
    case kInteger: into = unfolded(number()); return;
    case kReal: {
      double real = 0;
      std::memcpy(&real, take(sizeof real).data(), sizeof real);
      into = real;
      return;
    }
    case kText: text(text_in(into)); return;
    case kBlob: {
      Blob blob;
      text(blob.bytes);
      into = std::move(blob);
      return;
    }
    default: into = std::monostate();
  }
}

void RecordReader::cells(Cells& into) {
  into.resize(number());
  for (auto& [name, cell] : into) {
    word(name);
    value(cell);
  }
}

}  // namespace audit
