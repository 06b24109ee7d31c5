// The declarations of the hook depend on it; Debian's library is built with it, and linking fails where it is not.
#define SQLITE_ENABLE_PREUPDATE_HOOK 1  // NOLINT: read by sqlite3.h
#include "adapters/sqlite/touched_rows.hpp"

#include <string_view>
#include <utility>

namespace audit {

namespace {

void on_touch(void* context, sqlite3* /*connection*/, int op, const char* database, const char* table, sqlite3_int64 before, sqlite3_int64 after) {
  if (std::string_view(database) != "main") return;
  static_cast<std::vector<TouchedRow>*>(context)->push_back({op, table, before, after});
}

}  // namespace

TouchedRows::TouchedRows(sqlite::Connection& connection) : connection_(connection) {
  sqlite3_preupdate_hook(connection_.get(), on_touch, &rows_);
}

TouchedRows::~TouchedRows() { sqlite3_preupdate_hook(connection_.get(), nullptr, nullptr); }

std::vector<TouchedRow> TouchedRows::take() { return std::exchange(rows_, {}); }

}  // namespace audit
