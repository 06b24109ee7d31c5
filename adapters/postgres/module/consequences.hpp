#pragma once
// What goes or changes with a row that is removed.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "adapters/postgres/module/catalog.hpp"
#include "auditor/model/store.hpp"

namespace audit::postgres {

// Rows that refer to others, asked for one by one or read ahead for many.
class Referrers {
 public:
  Referrers(Connection& connection, Catalog& catalog) : connection_(connection), catalog_(catalog) {}
  // All cells of the child's rows whose columns have these values, in the order of its key.
  [[nodiscard]] std::vector<Cells> find(const std::string& child, const std::vector<std::string>& columns,
                                        const std::vector<Value>& values);
  // Reads ahead what find() will be asked for next; forgets what was read ahead before. False, and nothing is read ahead,
  // when there are too many.
  [[nodiscard]] bool expect(const std::string& child, const std::vector<std::string>& columns,
                            const std::vector<std::vector<Value>>& values);
  void forget() { ahead_.clear(); }
  // What the server puts into this column when nothing else is said; nothing when that is not the same every time.
  [[nodiscard]] std::optional<Value> otherwise(const TableColumn& column);

 private:
  using Rows = std::map<std::string, std::vector<Cells>>;  // by the values, spelled; an empty list where there is none

  Connection& connection_;
  Catalog& catalog_;
  std::map<std::string, Rows> ahead_;  // child and columns
};

// As Store::consequences(). `row` are all cells of the row that goes.
[[nodiscard]] Store::Consequences consequences_of(Catalog& catalog, Referrers& referrers, const RelationPart& part,
                                                  const Change& removal, std::span<const Change> first);

}  // namespace audit::postgres
