#pragma once
// Native rows by the values of some of their columns: many at once, every value in the server's own text form.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "adapters/postgres/module/catalog.hpp"
#include "auditor/model/value.hpp"

namespace audit::postgres {

// The value as the server reads it; nullopt is NULL.
[[nodiscard]] std::optional<std::string> native_text(const Value& value);
// Whether two values of one column are the same to the server, however they are kept here.
[[nodiscard]] bool same(const Value& a, const Value& b);
[[nodiscard]] const Value* cell(const Cells& cells, const std::string& column);
// These columns' values, NULL for what is missing.
[[nodiscard]] std::vector<Value> values_of(const Cells& cells, const std::vector<std::string>& columns);
[[nodiscard]] Cells some_of(const Cells& cells, const std::vector<std::string>& columns);
// The cells of a result's row, from this column on; exact.
[[nodiscard]] Cells cells_of(const pqxx::result& rows, int row, int first);
// A row's name for people: "id=7 of messages".
[[nodiscard]] std::string row_name(const Cells& key, const TableFacts& table);
// The same for comparing.
[[nodiscard]] std::string spelled(const std::vector<Value>& values);

// Values that travel as one array per column: `v` with a column for each and their position `i` (from 1).
class Listed {
 public:
  // A column of this type; returns its name in `v`.
  std::string add(const std::string& type);
  void append(const std::vector<Value>& row);
  // "unnest($1::text[], …) WITH ORDINALITY AS v(c1, …, i)", with the parameters after those that are there already.
  [[nodiscard]] std::string from(Parameters& parameters) const;
  // "v.c1::type"
  [[nodiscard]] std::string value(std::size_t column) const;
  [[nodiscard]] bool empty() const { return rows_ == 0; }

 private:
  std::vector<std::string> types_;
  std::vector<std::string> arrays_;
  std::size_t rows_ = 0;
};

// "t.a = v.c1::type AND …" for the first columns of a list.
[[nodiscard]] std::string matching(const std::string& alias, const std::vector<std::string>& columns,
                                   const Listed& listed);

struct RowRequest {
  std::vector<std::string> columns;            // whose values name the rows
  std::span<const std::vector<Value>> values;  // NULLs match nothing
  std::vector<std::string> wanted{};           // cells to read; empty: all
  bool lock = false;                           // in the order of the key: nobody else changes them in this transaction
  std::size_t limit = 0;                       // 0: none
};
// Gives the position in `values` and the cells of every row.
using Found = std::function<void(std::size_t position, Cells cells)>;
void select_rows(Connection& connection, const TableFacts& table, const RowRequest& request, const Found& found);

}  // namespace audit::postgres
