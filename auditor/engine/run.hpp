#pragma once
// One pass over the sources of a profile: place the checks, run them, collect the rows that they return.

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "auditor/engine/place.hpp"
#include "auditor/engine/scan.hpp"
#include "auditor/engine/slices.hpp"
#include "auditor/engine/workbench.hpp"
#include "auditor/model/row_list.hpp"

namespace audit {

struct CheckRun {
  BoundCheck bound;
  Placement placement;
  CheckReport report;
  RowList rows;            // columns: bound.outputs
  std::function<void(const Row&)> each;  // takes them instead, one by one: there are many
  std::set<std::string> wanted;  // columns that it looks at; empty: all
  std::vector<Row> only;   // keys to confine the check to; empty: all
  bool confined = false;   // `only` applies
  bool finished = false;   // it ran early
  bool silent = false;     // nobody asked for it, but its findings take the place of others'
  std::map<std::string, std::vector<Row>> only_in;  // `only` by scope
};

[[nodiscard]] std::set<std::string> relations_read(const std::vector<CheckRun>& checks);
// Columns of relations that a check can do without: an application may keep part of them.
[[nodiscard]] std::map<std::string, std::set<std::string>> optional_columns(const std::vector<CheckRun>& checks);

struct PassContext {
  const ScanRequest& request;
  const Cancellation& cancel;
  const Progress& progress;
  const DebugLog& debug;
};

class Pass {
 public:
  Pass(SourceSet& sources, const PassContext& context);
  // Of this relation the checks need just these rows. Before run().
  void narrow(const std::string& relation, OnlyRows only) { narrowed_[relation] = std::move(only); }

  // Runs every check that did not run early, and fills its report and rows. A check that fails is reported, not thrown. Throws Error(interrupted).
  void run(std::vector<CheckRun>& checks);
  // Runs the checks for which one small store that is open has everything, while other sources are awaited. Nothing when none is.
  void run_early(std::vector<CheckRun>& checks);
  // True when the condition returns a row; nullopt when it cannot be told.
  [[nodiscard]] std::optional<bool> holds(const BoundCheck& condition);

 private:
  void place_all(const std::vector<CheckRun*>& checks);
  void run_all_pushed(const std::vector<CheckRun*>& checks);
  [[nodiscard]] bool may_run_early(const CheckRun& check);
  void want(const CheckRun& check);
  void run_pushed(SourceState& state, std::vector<CheckRun*> checks);
  void run_visited(SourceState& state, std::vector<CheckRun>& checks);
  void visit(SourceState& state, StoreInfo& info, const std::vector<CheckRun*>& local,
             const std::vector<std::string>& gathered, std::size_t thread);
  bool try_visit(SourceState& state, StoreInfo& info, const std::vector<CheckRun*>& local,
                 const std::vector<std::string>& gathered, std::size_t thread);
  bool applies_in(CheckRun& check, const SourceSet::Visit& visit);
  bool visit_with(CheckRun& check, const SourceSet::Visit& visit, std::size_t thread, RowList& rows);
  void slice(const std::vector<CheckRun*>& checks);
  void claim(const StoreInfo& info);
  void run_gathered(const std::vector<CheckRun*>& checks);
  void gather(const std::string& relation);
  // `together`: taken for each some thousand rows, where several threads gather.
  void gather_rows(const std::string& relation, Store& store, const ResolvedStore& resolved, std::recursive_mutex* together);
  // Runs one check on one host; false when the host's plan was refused. Its rows go to `into`, or to the check itself.
  bool run_on(CheckRun& check, Host& host, const ResolvedStore* resolved, RowList* into = nullptr,
              const std::string* scope = nullptr);
  [[nodiscard]] Query query(const CheckRun& check, const ResolvedStore* resolved, Host& host) const;
  // Rows of a relation that travel to hosts. Throws PlanRefused when they are too many.
  const Table& shipped(const std::string& relation);
  [[nodiscard]] std::vector<std::string> columns_of(const std::string& relation) const;
  void fail(CheckRun& check, const std::string& why);
  void done(const CheckRun& check);

  SourceSet& sources_;
  const PassContext& context_;
  std::map<std::string, std::set<std::string>> wanted_;  // relation → columns that its rows take along
  std::map<std::string, OnlyRows> narrowed_;
  std::map<std::string, std::string> broken_;  // relation that could not be gathered → why
  std::map<std::string, Table> shelf_;
  std::unique_ptr<Workbench> workbench_;
  std::unique_ptr<Slices> slices_;
  std::map<std::string, std::string> claimed_;  // source and scope → location of the store that has it
  std::recursive_mutex mutex_;  // shelf_, workbench_, rows of checks that run in several stores, progress
  std::int64_t done_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace audit
