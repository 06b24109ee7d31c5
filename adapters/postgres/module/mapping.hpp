#pragma once
// A relation's map as PostgreSQL text, with the types that the columns really have.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/postgres/module/connection.hpp"
#include "auditor/model/mapping.hpp"

namespace audit::postgres {

// What a native type can do. `other` (enums, json, arrays, …) is shown as text.
enum class Kind { unknown, text, integer, real, numeric, boolean, time, date, uuid, bytes, other };

struct NativeColumn {
  Kind kind = Kind::other;
  std::string type;  // as a cast spells it
};

struct NativeTable {
  std::string name;  // qualified and quoted; "" when there is none
  std::map<std::string, NativeColumn> columns;
};

// The tables of one database, read from its catalog when they are first asked for.
class Tables {
 public:
  explicit Tables(Connection& connection) : connection_(connection) {}
  // By the search path; "schema.table" also finds the one of that schema. Valid as long as this object.
  [[nodiscard]] const NativeTable& find(const std::string& table);

 private:
  [[nodiscard]] NativeTable read(const std::string& quoted);

  Connection& connection_;
  std::map<std::string, NativeTable> known_;
};

// SQL expression for one canonical column of relation `relation` over the native columns.
[[nodiscard]] std::string column_sql(const std::string& relation, const RelationPart& part, const NativeTable& table,
                                     const std::string& column);

// SELECT of these canonical columns, in this order, over all parts.
[[nodiscard]] std::string relation_sql(const RelationMapping& relation, const std::vector<std::string>& columns,
                                       Tables& tables);

// A native time column whose plain value the canonical one is: what it can be compared with, "" for all others.
[[nodiscard]] std::string plain_time_type(const RelationPart& part, const NativeTable& table,
                                          const std::string& column);

}  // namespace audit::postgres
