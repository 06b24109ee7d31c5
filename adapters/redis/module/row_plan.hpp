#pragma once
// Which commands a row needs, and how its columns are made of their answers.
//
// Native columns: source, scope, key, ttl (ms; NULL: never expires), expires_at (ms since the epoch), index, member, score,
// value (the text itself), defect, "{capture}" of the key, "/pointer" into the document or field of the hash, "@derived".

#include <string>
#include <vector>

#include "adapters/redis/module/layout.hpp"
#include "auditor/model/value.hpp"

namespace audit::redis {

struct PlannedColumn {
  enum class Kind { nothing, source, key, ttl, expires_at, index, member, score, value, defect, capture, pointer, derived };
  Kind kind = Kind::nothing;
  std::size_t at = 0;  // of captures and derived values
  JsonSteps steps;
};

// Another key that derived columns look at.
struct SideKey {
  KeyPattern key;
  bool elements = false;
  bool ttl = false;
  std::int64_t near = -1;  // of ttl
  bool exists = false;
  std::vector<std::size_t> derived;  // of the layout
};

struct RowPlan {
  KeyLayout layout;
  std::vector<PlannedColumn> columns;
  std::vector<SideKey> sides;
  bool value = false;  // the value is read
  bool ttl = false;
  bool items = false;  // one row per element or member
};

// Throws Error(config) for a column that the layout does not give.
[[nodiscard]] RowPlan plan_rows(KeyLayout layout, const std::vector<std::string>& columns, const std::string& table);

// Whether a native column has such a form at all; captures, pointers and derived values only by how they are written.
[[nodiscard]] bool is_column_name(const std::string& name);

}  // namespace audit::redis
