#pragma once
// One row at a time, of just the columns that were asked for.

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "adapters/files/json_text.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/store.hpp"

namespace audit {

class RowBuilder {
 public:
  // Throws Error(config) for a column that is neither known nor, where that is allowed, a JSON pointer.
  template <std::size_t N>
  RowBuilder(const char* relation, const std::vector<std::string>& columns, const std::array<const char*, N>& known,
             bool pointers)
      : positions_(N, -1), row_(columns.size()) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      bool found = false;
      for (std::size_t field = 0; field < N && !found; ++field) {
        if (columns[i] != known[field]) continue;
        positions_[field] = static_cast<int>(i);
        found = true;
      }
      if (found) continue;
      if (!pointers || !columns[i].starts_with('/')) {
        throw Error(ErrorKind::config, std::string(relation) + " has no column '" + columns[i] + "'",
                    "docs/profiles.md lists what the files adapter gives");
      }
      pointers_.emplace_back(pointer_steps(columns[i]), i);
    }
  }

  [[nodiscard]] bool wants(std::size_t field) const { return positions_[field] >= 0; }
  void set(std::size_t field, Value value) {
    if (wants(field)) row_[static_cast<std::size_t>(positions_[field])] = std::move(value);
  }
  // An empty text is NULL.
  void set_text(std::size_t field, const std::string& text) {
    if (wants(field) && !text.empty()) row_[static_cast<std::size_t>(positions_[field])] = text;
  }
  // A time of 0 is NULL.
  void set_time(std::size_t field, std::int64_t ms) {
    if (ms != 0) set(field, ms);
  }
  void set_members(const JsonElement& element) {
    JsonElement found;
    for (const auto& [steps, position] : pointers_) {
      if (find_json(element, steps, found)) row_[position] = json_to_value(found);
    }
  }
  // Hands the row over and starts the next one; false when no more are wanted.
  [[nodiscard]] bool give(const RowSink& sink) {
    const bool more = sink(row_);
    for (auto& value : row_) value = Value{};
    return more;
  }

 private:
  std::vector<int> positions_;
  std::vector<std::pair<std::vector<std::string>, std::size_t>> pointers_;
  Row row_;
};

}  // namespace audit
