#pragma once
// How relations are made of native tables, after generation and variants are decided (docs/profiles.md).

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "auditor/model/value.hpp"

namespace audit {

enum class TimeForm { none, rfc3339, iso8601, epoch_s, epoch_ms, epoch_us, epoch_ns, timestamp };

// One canonical column made of native ones. Exactly one of from, expr, value is the value; `from` may accompany `expr`.
struct ColumnMap {
  std::string from;
  std::string expr;
  std::optional<Value> value;
  std::vector<std::pair<Value, Value>> map;
  bool mapped = false;             // `map` applies
  Value otherwise;                 // what is not in `map`
  std::vector<Value> null_values;  // mean "not set"
  TimeForm time = TimeForm::none;
  std::vector<std::pair<Value, Value>> write;  // canonical → native
  bool writable_as_is = false;
  bool absent = false;  // the profile does not map it: NULL for checks that do without
};

struct Dependent {
  std::string table;
  std::string column;
};

// Rows of a relation that come from one table.
struct RelationPart {
  std::string source;
  std::string table;
  std::vector<std::string> key;  // native
  std::string where;             // native SQL; may be empty
  std::string scope;             // native column; may be empty
  std::string scope_value;       // constant scope of the store, when `scope` is empty
  std::vector<std::pair<std::string, ColumnMap>> columns;  // canonical name first
  std::vector<Dependent> dependents;
  std::vector<std::pair<std::string, Value>> insert;
  std::string options;  // JSON for the adapter; "" = none

  [[nodiscard]] const ColumnMap* column(const std::string& name) const;
};

struct RelationMapping {
  std::string name;
  std::vector<RelationPart> parts;  // all from one source
};

// The canonical columns that a part gives: its own, and always source, scope and defect.
[[nodiscard]] std::vector<std::string> part_columns(const RelationPart& part);
// A column of these that the profile does not map; "" when it maps all.
[[nodiscard]] std::string unmapped_column(const RelationMapping& mapping, const std::set<std::string>& columns);

}  // namespace audit
