// Checks that run in each of many stores.

#include <algorithm>

#include "auditor/engine/parallel.hpp"
#include "auditor/engine/run.hpp"
#include "auditor/model/error.hpp"

namespace audit {

namespace {

// Stores of one source that are open at a time, at most. Each is up to three files, and so are the connections to the
// stores beside them.
constexpr int kVisits = 8;
// A store that changes under a reader without a lock is read again this often.
constexpr int kVisitTries = 3;

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// True when rows of the relation come from elsewhere.
bool travels(const CheckRun& check, const std::string& relation) {
  return relation == "store" || contains(check.placement.sliced, relation);
}

}  // namespace

// Two stores of one partition would each be short of what the other has.
void Pass::claim(const StoreInfo& info) {
  if (info.scope.empty()) return;
  const std::lock_guard lock(mutex_);
  const auto [known, is_new] = claimed_.try_emplace(info.source + '\0' + info.scope, info.location);
  if (is_new || known->second == info.location) return;
  throw StoreUnavailable{StoreStatus::unknown, "holds '" + info.scope + "', which " + known->second + " holds as well",
                         "leave the copy out with " + info.source + ".exclude"};
}

// True when the check has something to look at in this store: its generation has what the check reads. A store that
// lacks what its generation should have fails the check.
bool Pass::applies_in(CheckRun& check, const SourceSet::Visit& visit) {
  const ResolvedStore& resolved = visit.resolved;
  for (const auto& trait : check.bound.check->requires_traits) {
    if (!sources_.profile().traits(resolved.generation).contains(trait)) return false;
  }
  for (const auto& [relation, columns] : check.bound.reads) {
    if (travels(check, relation)) continue;
    if (const auto missing = resolved.missing.find(relation); missing != resolved.missing.end()) {
      fail(check, visit.store->info().location + " has no " + missing->second);
      return false;
    }
    const auto mapping = resolved.relations.find(relation);
    if (contains(check.bound.check->optional_relations, relation)) continue;
    if (mapping == resolved.relations.end() || !unmapped_column(mapping->second, columns).empty()) return false;
  }
  if (visit.store->host() != nullptr) return true;
  fail(check, visit.store->info().location + ": its kind of store cannot run checks by itself");
  return false;
}

// One check in one of many stores. False when it needs what others know of the store's partition, and the store does
// not name it.
bool Pass::visit_with(CheckRun& check, const SourceSet::Visit& visit, std::size_t thread, RowList& rows) {
  if (!applies_in(check, visit)) return true;
  const StoreInfo& info = visit.store->info();
  const auto& relations = visit.resolved.relations;
  Host& host = *visit.store->host();
  if (!check.placement.sliced.empty() && info.scope.empty()) {
    return std::none_of(relations.begin(), relations.end(), [&](const auto& entry) {
      if (!check.bound.reads.contains(entry.first)) return false;
      host.define(entry.second);
      return host.estimate(entry.first) > 0;
    });
  }
  for (const auto& relation : check.placement.sliced) slices_->ship(relation, info.scope, thread, host);
  if (check.bound.reads.contains("store") && !relations.contains("store")) {
    Table own = SourceSet::store_form();
    own.rows.push_back(SourceSet::store_row(info));
    host.ship(own);
  }
  try {
    if (!run_on(check, host, &visit.resolved, &rows, &info.scope))
      fail(check, info.location + ": its plan would scan a large table once per row");
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::check) throw;
    context_.cancel.check();
    fail(check, info.location + ": " + error.what());
  }
  return true;
}

// False when the store changed while it was read; nothing of it is kept then.
bool Pass::try_visit(SourceState& state, StoreInfo& info, const std::vector<CheckRun*>& local,
                     const std::vector<std::string>& gathered, std::size_t thread) {
  const auto visit = sources_.visit(state, info);
  claim(visit.store->info());
  {
    const std::lock_guard lock(mutex_);
    info = visit.store->info();
  }
  for (const auto& relation : gathered) gather_rows(relation, *visit.store, visit.resolved, &mutex_);
  std::vector<RowList> rows(local.size());
  bool nameless = false;
  for (std::size_t i = 0; i < local.size(); ++i) {
    CheckRun& check = *local[i];
    const bool concerned = !check.confined || check.only_in.empty() || check.only_in.contains(info.scope);
    if (concerned && !visit_with(check, visit, thread, rows[i])) nameless = true;
  }
  if (!visit.store->still_valid()) return false;
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < local.size(); ++i)
    local[i]->rows.append(rows[i]);
  if (nameless) {
    throw StoreUnavailable{StoreStatus::unknown,
                           "does not say which partition it holds; it was only compared with itself",
                           "its application writes that when it first uses the store"};
  }
  return true;
}

void Pass::visit(SourceState& state, StoreInfo& info, const std::vector<CheckRun*>& local,
                 const std::vector<std::string>& gathered, std::size_t thread) {
  try {
    for (int tries = gathered.empty() ? kVisitTries : 1; tries > 0; --tries) {
      if (try_visit(state, info, local, gathered, thread)) return;
    }
    throw StoreUnavailable{StoreStatus::unknown, "kept changing while it was read",
                           "run again when its application is quieter"};
  } catch (const StoreUnavailable& why) {
    const std::lock_guard lock(mutex_);
    info.status = why.status;
    info.detail = why.detail;
    info.hint = why.hint;
  } catch (const Error& error) {
    context_.cancel.check();
    const std::lock_guard lock(mutex_);
    info.status = StoreStatus::unknown;
    info.detail = error.what();
    info.hint = error.hint();
  }
}

// Gets the relations ready that travel into each of many stores.
void Pass::slice(const std::vector<CheckRun*>& checks) {
  std::map<std::string, std::set<std::string>> columns;
  for (const CheckRun* check : checks) {
    for (const auto& relation : check->placement.sliced) {
      const auto& reads = check->bound.reads.at(relation);
      columns[relation].insert(reads.begin(), reads.end());
    }
  }
  if (columns.empty()) return;
  slices_ = std::make_unique<Slices>(sources_, context_.cancel);
  for (const auto& [relation, names] : columns) {
    std::vector<std::string> list(names.begin(), names.end());
    if (list.empty()) list.emplace_back("source");
    slices_->add(relation, list, worth_an_index(relation, list));
  }
}

void Pass::run_visited(SourceState& state, std::vector<CheckRun>& checks) {
  std::vector<CheckRun*> local;
  std::set<std::string> relations;
  for (auto& check : checks) {
    if (check.placement.kind == Placement::Kind::visited && check.placement.source == state.name())
      local.push_back(&check);
    if (check.placement.kind != Placement::Kind::gathered) continue;
    for (const auto& [relation, columns] : check.bound.reads) {
      if (sources_.profile().sources_of(relation).contains(state.name())) relations.insert(relation);
    }
  }
  if (local.empty() && relations.empty()) return;
  for (const auto& relation : relations) gather(relation);
  slice(local);
  in_parallel(static_cast<std::size_t>(std::min(context_.request.jobs, kVisits)), state.stores.size(),
              [&](std::size_t thread, std::size_t item) {
                context_.cancel.check();
                visit(state, state.stores[item], local, {relations.begin(), relations.end()}, thread);
              });
  for (CheckRun* check : local) {
    if (const StoreInfo* bad = state.first_bad())
      fail(*check, bad->location + " " + bad->detail + "; the other stores were read");
    done(*check);
  }
}

}  // namespace audit
