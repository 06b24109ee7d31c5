#pragma once
// What a script must make before it can hold the rows of some tables.

#include <set>
#include <string>
#include <vector>

#include "adapters/postgres/module/connection.hpp"

namespace audit::postgres {

struct RecordedColumn {
  std::string name;
  std::string type;  // as the script declares it
  std::string kind;  // name of the base type in the catalog; of an array "[]"
  std::string definition;
  bool nullable = true;
  bool linked = false;  // part of a key, or of a reference
};

struct RecordedTable {
  std::string oid;
  std::string name;
  bool only = false;            // has tables that inherit from it
  bool identity = false;        // a column that is always generated as an identity
  std::vector<RecordedColumn> columns;  // those that are stored
  std::vector<std::string> definitions;  // of all columns, in order
};

struct RecordedSchema {
  std::vector<std::string> types;      // statements that come before the tables
  std::vector<RecordedTable> tables;
  std::vector<std::string> constraints;  // statements that come after the rows
  std::vector<std::string> numbers;    // where sequences go on
};

// Of these tables and those that foreign keys tie to them. Tables of other schemas than those of the search path, and what depends on an extension or a function of the
// database, are left out with a note; Error(source) where a table of `names` would be. `loose`: rows may break what a constraint says.
[[nodiscard]] RecordedSchema read_recorded_schema(Connection& connection, const std::set<std::string>& names, bool loose, std::vector<std::string>& notes);

}  // namespace audit::postgres
