#pragma once
// What a database says about itself: the ground on which `audit init` guesses.

#include <string>
#include <vector>

#include "auditor/model/store.hpp"

namespace audit {

struct SchemaColumn {
  std::string name;
  std::string type;       // as declared, lower case
  bool key = false;       // part of the primary key
  std::string refers_to;  // table that a foreign key names; "" = none
};

struct SchemaTable {
  std::string name;
  std::vector<SchemaColumn> columns;

  [[nodiscard]] const SchemaColumn* column(const std::string& name) const;
};

// The tables of an open store, in the order of their names. `adapter` is "sqlite" or "postgres". Throws Error.
[[nodiscard]] std::vector<SchemaTable> read_schema(Store& store, const std::string& adapter);
// The values that a column holds, at most 20 of them.
[[nodiscard]] std::vector<std::string> column_values(Store& store, const std::string& adapter, const std::string& table,
                                                     const std::string& column);
// One value of a column that is not NULL; NULL when there is none.
[[nodiscard]] Value column_sample(Store& store, const std::string& table, const std::string& column);

}  // namespace audit
