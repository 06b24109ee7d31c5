#pragma once
// Which rows a connection touches, whoever asked for it: statements, triggers, foreign keys.

#include <cstdint>
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

 private:
  sqlite::Connection& connection_;
  std::vector<TouchedRow> rows_;
};

}  // namespace audit
