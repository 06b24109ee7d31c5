#include "auditor/model/record.hpp"

#include <algorithm>

#include "auditor/model/error.hpp"

namespace audit {

void RecordLimit::take(std::size_t bytes, std::int64_t rows) {
  rows_ -= rows;
  bytes_ -= static_cast<std::int64_t>(bytes);
  if (rows_ < 0)
    throw Error(ErrorKind::usage, "audit record: the stores hold more than " + std::to_string(most_rows_) + " rows, keys and files",
                "a case is to be small: record a smaller store, or allow more with --max-rows N");
  if (bytes_ < 0)
    throw Error(ErrorKind::usage, "audit record: the stores hold more than " + std::to_string(most_bytes_ / 1'048'576) + " MiB", "a case is to be small: record a smaller store, or allow more with --max-size MIB");
}

bool has_column(const RecordOrder::Columns& columns, const std::string& table, const std::string& column) {
  const auto small = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
  };
  return columns.contains({small(table), small(column)}) || columns.contains({"", small(column)});
}

}  // namespace audit
