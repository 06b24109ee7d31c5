#pragma once
// What SQLite says of a table: its columns, how its rows are named, what refers to it, and what is kept up to date with it.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/value.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit {

struct ForeignKey {
  std::string child;
  std::vector<std::string> from;  // columns of the child
  std::vector<std::string> to;    // columns of the parent
  std::string on_delete;          // CASCADE, SET NULL, SET DEFAULT, RESTRICT, NO ACTION
};

// A full-text index over the rows of another table (FTS5 with external content).
struct TextIndex {
  std::string name;
  std::string rowid;                 // column of the content table
  std::vector<std::string> columns;
  bool by_trigger = false;           // triggers of the table keep it
};

struct TableShape {
  std::string name;  // as the schema spells it
  bool exists = false;
  bool is_table = false;             // not a view, not virtual
  std::vector<std::string> columns;  // stored and writable, in order
  bool generated = false;            // it has generated columns, which are in none of the images
  std::vector<std::string> key;      // what names a row: the primary key, or the name of the rowid (also for a row whose key holds NULL)
  bool without_rowid = false;
  std::string rowid;                 // name of the rowid where no column stands for it; "" when there is none such
  std::map<std::string, std::string> defaults;  // column → SQL of its default
  std::vector<ForeignKey> children;  // foreign keys that refer to it
  std::vector<TextIndex> indexes;
  bool triggers = false;

  // The columns of a whole image: the rowid where it is not a column, then `columns`.
  [[nodiscard]] std::vector<std::string> image() const;
};

// Reads shapes once per connection. Used by one thread.
class TableShapes {
 public:
  explicit TableShapes(sqlite::Connection& connection) : connection_(connection) {}
  // Table names are compared as SQLite does. Throws sqlite::Failure.
  const TableShape& of(const std::string& table);
  // The virtual table that this shadow table belongs to; "" when it is none.
  const std::string& shadow_of(const std::string& table);

 private:
  void read_schema();
  void read_columns(TableShape& shape);
  void read_text_indexes(TableShape& shape);

  sqlite::Connection& connection_;
  bool read_ = false;
  std::map<std::string, TableShape> shapes_;                     // by lower-case name
  std::map<std::string, std::vector<ForeignKey>> foreign_keys_;  // by lower-case parent
  struct Virtual {
    std::string name;
    std::string sql;
  };
  std::vector<Virtual> virtuals_;
  std::map<std::string, std::string> shadows_;              // lower-case shadow → virtual table
  std::multimap<std::string, std::string> trigger_sql_;     // by lower-case table
};

// a-z for A-Z; other bytes stay.
[[nodiscard]] std::string lower_case(std::string text);

}  // namespace audit
