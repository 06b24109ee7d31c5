// The declarations of the hook depend on it; Debian's library is built with it, and linking fails where it is not.
#define SQLITE_ENABLE_PREUPDATE_HOOK 1  // NOLINT: read by sqlite3.h
#include "adapters/sqlite/touched_rows.hpp"

#include <string_view>
#include <utility>

namespace audit {

TouchedRows::TouchedRows(sqlite::Connection& connection) : connection_(connection) { sqlite3_preupdate_hook(connection_.get(), on_touch, this); }

TouchedRows::~TouchedRows() { sqlite3_preupdate_hook(connection_.get(), nullptr, nullptr); }

void TouchedRows::on_touch(void* context, sqlite3* connection, int op, const char* database, const char* table, sqlite3_int64 before, sqlite3_int64 after) {
  if (std::string_view(database) != "main") return;
  auto& self = *static_cast<TouchedRows*>(context);
  self.rows_.push_back({op, table, before, after});
  if (self.shown_ != nullptr && op == SQLITE_DELETE && self.shown_->name == table) self.keep_image(connection, before);
}

std::vector<TouchedRow> TouchedRows::take() { return std::exchange(rows_, {}); }

bool TouchedRows::shows(const TableShape& shape) {
  const bool has_rowids = !shape.rowid.empty() || shape.key.size() == 1;
  return has_rowids && !shape.without_rowid && !shape.triggers && !shape.generated && shape.indexes.empty();
}

void TouchedRows::show(const TableShape& shape) {
  if (shown_table_ != &shape) {
    names_ = shape.image();
    defaulted_.clear();
    for (const auto& name : names_) defaulted_.push_back(shape.defaults.contains(name));
  }
  shown_ = shown_table_ = &shape;
  gone_ = 0;
}

void TouchedRows::keep_image(sqlite3* connection, std::int64_t rowid) {
  if (++gone_ > 1) return;
  const std::size_t first = shown_->rowid.empty() ? 0 : 1;
  image_.resize(names_.size());
  if (first == 1) image_[0] = rowid;
  whole_ = sqlite3_preupdate_count(connection) == static_cast<int>(shown_->columns.size());
  for (std::size_t i = first; i < names_.size() && whole_; ++i) {
    sqlite3_value* value = nullptr;
    whole_ = sqlite3_preupdate_old(connection, static_cast<int>(i - first), &value) == SQLITE_OK;
    if (whole_) image_[i] = sqlite::value_of(value);
    if (is_null(image_[i]) && defaulted_[i]) whole_ = false;
  }
}

std::optional<Cells> TouchedRows::shown() {
  shown_ = nullptr;
  if (gone_ != 1 || !whole_) return std::nullopt;
  Cells cells;
  cells.reserve(names_.size());
  for (std::size_t i = 0; i < names_.size(); ++i) cells.emplace_back(names_[i], std::move(image_[i]));
  return cells;
}

}  // namespace audit
