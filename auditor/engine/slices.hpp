#pragma once
// Rows of one-store sources, partition by partition: what a check that runs in each of many stores needs of the stores
// beside them.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "auditor/engine/source_set.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit {

// add() everything first, then ship() from any thread. The sources must outlive it.
class Slices {
 public:
  Slices(SourceSet& sources, const Cancellation& cancel) : sources_(sources), cancel_(cancel) {}

  // These columns of the relation will be asked for. Where its store cannot find a partition without reading
  // everything, the relation is read once here, into a private temporary database. Throws Error.
  void add(const std::string& relation, const std::vector<std::string>& columns,
           const std::vector<std::string>& indexed);
  [[nodiscard]] bool has(const std::string& relation) const { return slices_.contains(relation); }
  // Makes the relation's rows of this scope readable in the host. `thread` spreads the work over the connections of a
  // store.
  void ship(const std::string& relation, const std::string& scope, std::size_t thread, Host& host);

 private:
  struct Slice {
    SourceState* state = nullptr;
    RelationMapping mapping;             // as the store has it; where possible without the work that `over` does
    std::unique_ptr<RelationPart> over;  // nullptr: rows are canonical
    Table form;                          // columns that travel; no rows
    sqlite::Statement shelved;           // reads one scope of the private copy; empty: the store does it
  };

  void shelve(Slice& slice);
  void supply(Slice& slice, const std::string& scope, std::size_t thread, const RowSink& sink);

  SourceSet& sources_;
  const Cancellation& cancel_;
  std::unique_ptr<sqlite::Connection> shelf_;
  std::map<std::string, Slice> slices_;
  std::mutex shelf_mutex_;
  std::map<const Store*, std::mutex> store_mutexes_;
};

}  // namespace audit
