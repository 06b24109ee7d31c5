#pragma once
// The last resort: relations of any stores, gathered into a private temporary SQLite database, and checks run there.
// Also turns rows of adapters without SQL into canonical ones. One thread at a time.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "auditor/model/store.hpp"
#include "auditor/sys/sqlite_host.hpp"

namespace audit {

class Workbench {
 public:
  explicit Workbench(const Cancellation& cancel);

  [[nodiscard]] sqlite::SqliteHost& host() { return host_; }
  [[nodiscard]] bool has(const std::string& relation, const std::vector<std::string>& columns) const;
  // Starts a relation, in place of one of that name; rows follow with add(), indexes with finish(), which does nothing the second time.
  void begin(const std::string& relation, const std::vector<std::string>& columns);
  void add(const std::string& relation, std::span<const Value> row);
  void finish(const std::string& relation, const std::vector<std::string>& indexed);

 private:
  sqlite::Connection connection_;
  sqlite::SqliteHost host_;
  std::map<std::string, std::vector<std::string>> relations_;  // with their columns
  std::map<std::string, sqlite::Statement> inserts_;           // of those that are not finished
};

// Streams canonical columns of a relation out of any store. A store without SQL gives its own columns; what the profile says of them (expressions, maps,
// constants) is worked out here.
// With `only`, rows of these keys at least.
struct OnlyRows {
  std::string column;  // of the relation
  std::vector<Value> values;
};
void scan_mapped(Store& store, const RelationMapping& mapping, const std::vector<std::string>& columns, const RowSink& sink,
                 const OnlyRows* only = nullptr);

// Those of a relation's columns that checks join on.
[[nodiscard]] std::vector<std::string> worth_an_index(const std::string& relation, const std::vector<std::string>& columns);

}  // namespace audit
