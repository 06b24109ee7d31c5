#pragma once
// What the server's catalog says of the tables that rows are removed from, changed in and put back into.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/postgres/module/connection.hpp"
#include "auditor/model/check.hpp"

namespace audit::postgres {

struct TableColumn {
  std::string name;
  std::string type;        // as a cast spells it
  bool generated = false;  // computed by the server: never written
  std::string otherwise;   // its default as SQL; "" for none
};

// What the server does to the rows that refer to one that goes.
enum class OnDelete { refuse, cascade, set_null, set_default };

struct ForeignKey {
  std::string name;
  std::string child;  // tables by the names that Catalog::find takes
  std::string parent;
  std::vector<std::string> child_columns;
  std::vector<std::string> parent_columns;  // one for each
  OnDelete on_delete = OnDelete::refuse;
  std::vector<std::string> set_columns;  // of SET NULL and SET DEFAULT
  bool of_one_partition = false;         // refers to a single partition of the table that was asked for
};

struct Trigger {
  std::string name;  // "trigger touch", "rule log"
  bool on_insert = false;
  bool on_update = false;
  bool on_delete = false;
  std::vector<std::string> columns;  // an update of others does not fire it; empty: all
};

struct TableFacts {
  std::string shown;  // as find() takes it: "messages", or "billing.messages" where the search path does not lead to it
  std::string sql;    // qualified and quoted
  std::string oid;
  std::vector<TableColumn> columns;  // in the table's order
  std::vector<std::string> key;      // primary key
  std::vector<ForeignKey> children;  // constraints that refer to this table
  std::vector<ForeignKey> parents;   // constraints of this table
  std::vector<Trigger> triggers;
  std::set<std::string> privileges;  // SELECT, INSERT, UPDATE, DELETE
  std::string role;
  std::string hidden;  // why not all of its rows are seen; "" when they are
  std::string unfit;   // why its rows cannot be written exactly, whatever the change; "" when they can

  [[nodiscard]] const TableColumn* column(const std::string& name) const;
};

// Read when a table is first asked for. Used by one thread; the connection must outlive it.
class Catalog {
 public:
  explicit Catalog(Connection& connection) : connection_(connection) {}
  // Valid as long as this object. Throws Error(repair) when there is no such table.
  [[nodiscard]] const TableFacts& find(const std::string& table);
  [[nodiscard]] const std::map<std::string, TableFacts>& known() const { return known_; }

 private:
  void read_table(const std::string& quoted, TableFacts& facts);
  void read_columns(TableFacts& facts);
  void read_keys(TableFacts& facts);
  void read_triggers(TableFacts& facts);

  Connection& connection_;
  std::map<std::string, TableFacts> known_;
};

// Why a change of this kind, or the one that takes it back, cannot be made in the table; "" when it can. `columns` are
// those that an update sets.
[[nodiscard]] std::string obstacle(const TableFacts& table, ChangeOp op, const std::vector<std::string>& columns);

}  // namespace audit::postgres
