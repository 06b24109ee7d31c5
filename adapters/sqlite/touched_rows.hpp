#pragma once
// Which rows a connection touches, whoever asked for it: statements, triggers, foreign keys.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sqlite/table_shape.hpp"

namespace audit {

struct TouchedRow {
  int op = 0;  // SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE
  std::string table;
  std::int64_t rowid_before = 0;  // of a table with rowids
  std::int64_t rowid_after = 0;
  friend bool operator==(const TouchedRow&, const TouchedRow&) = default;
};

// Listens on the connection from construction to destruction.
class TouchedRows {
 public:
  explicit TouchedRows(sqlite::Connection& connection);
  ~TouchedRows();
  TouchedRows(const TouchedRows&) = delete;
  TouchedRows& operator=(const TouchedRows&) = delete;

  // Since the last call, in order.
  [[nodiscard]] std::vector<TouchedRow> take();
  void clear() { rows_.clear(); }

  // Whether rows of the table can be shown while they go: it has rowids, and nothing but SQLite sees them go.
  [[nodiscard]] static bool shows(const TableShape& shape);
  // From now on, until shown(): keeps the images of the table's rows that go. The shape must live until then.
  void show(const TableShape& shape);
  // The image (as TableShape::image()) of the only one that went. Nothing when there were several, or when a column with a default shows NULL: in a row that was
  // written before the column was added, a query would find the default.
  [[nodiscard]] std::optional<Cells> shown();

 private:
  static void on_touch(void* context, sqlite3* connection, int op, const char* database, const char* table, sqlite3_int64 before, sqlite3_int64 after);
  void keep_image(sqlite3* connection, std::int64_t rowid);

  sqlite::Connection& connection_;
  std::vector<TouchedRow> rows_;
  const TableShape* shown_ = nullptr;        // while its rows are shown
  const TableShape* shown_table_ = nullptr;  // that the next two are of
  std::vector<std::string> names_;  // of its image
  std::vector<bool> defaulted_;     // of these, whether the column has a default
  int gone_ = 0;
  bool whole_ = false;
  Row image_;
};

}  // namespace audit
