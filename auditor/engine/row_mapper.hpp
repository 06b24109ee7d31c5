#pragma once
// A relation's map worked out row by row, for stores without SQL: what the SQL of sys/sqlite_mapping says, without a detour through SQLite.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "auditor/model/mapping.hpp"

namespace audit {

class RowMapper {
 public:
  // Nothing where the map needs SQL: an expression, a condition. `part` must outlive it.
  [[nodiscard]] static std::optional<RowMapper> make(const RelationPart& part, const std::vector<std::string>& columns);

  // The store's own columns that it needs, each once.
  [[nodiscard]] const std::vector<std::string>& native() const { return native_; }
  // Fills `row` (as many values as there are columns) from one row of native().
  void map(std::span<const Value> native, std::vector<Value>& row) const;

 private:
  struct Made {
    const ColumnMap* map = nullptr;  // nullptr: the native value as it is
    std::size_t at = 0;              // in native()
    Value constant;
    bool is_constant = false;
    bool is_defect = false;
  };

  std::size_t take(const std::string& name);
  [[nodiscard]] Value defect(std::span<const Value> native, const Made& made) const;

  std::vector<std::string> native_;
  std::vector<Made> columns_;
  std::vector<std::pair<std::string, Made>> times_;  // columns whose times may be bad
};

}  // namespace audit
