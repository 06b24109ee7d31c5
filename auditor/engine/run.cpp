#include "auditor/engine/run.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "auditor/engine/specialize.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/sqlite_mapping.hpp"

namespace audit {

namespace {

using Clock = std::chrono::steady_clock;

// Stores of one source that are open at a time, at most. Each is up to three files, and so are the connections to the stores beside them.
constexpr int kVisits = 8;
// A store that changes under a reader without a lock is read again this often.
constexpr int kVisitTries = 3;

// Runs `work(thread, item)` for items 0..count-1 on up to `threads` threads. The first exception stops the rest and is thrown again.
void in_parallel(std::size_t threads, std::size_t count, const std::function<void(std::size_t, std::size_t)>& work) {
  threads = std::min(threads, count);
  if (threads <= 1) {
    for (std::size_t item = 0; item < count; ++item) work(0, item);
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  std::vector<std::jthread> workers;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    workers.emplace_back([&, thread] {
      try {
        for (std::size_t item = next++; item < count; item = next++) work(thread, item);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        next = count;
      }
    });
  }
  workers.clear();
  if (failure) std::rethrow_exception(failure);
}

std::vector<std::string> worth_an_index(const std::string& relation, const std::vector<std::string>& columns) {
  const auto* known = Vocabulary::canonical().find(relation);
  std::vector<std::string> indexed;
  for (const auto& column : columns) {
    const bool joins = known != nullptr ? column == known->key || std::find(known->join_columns.begin(), known->join_columns.end(),
                                                                            column) != known->join_columns.end()
                                        : column == "id" || column == "key" || column == "path" || column.ends_with("_id");
    if (joins) indexed.push_back(column);
  }
  return indexed;
}

// A part of one of the relations that the check reads when all of them have one and the same source and constant scope; else nullptr.
const RelationPart* only_partition(const BoundCheck& bound, const ResolvedStore& resolved) {
  const RelationPart* first = nullptr;
  for (const auto& [relation, columns] : bound.reads) {
    const auto mapping = resolved.relations.find(relation);
    if (mapping == resolved.relations.end()) return nullptr;
    for (const auto& part : mapping->second.parts) {
      const bool own = part.column("source") != nullptr || part.column("scope") != nullptr;
      if (first == nullptr) first = &part;
      if (own || !part.scope.empty() || part.source != first->source || part.scope_value != first->scope_value) return nullptr;
    }
  }
  return first;
}

}  // namespace

Pass::Pass(SourceSet& sources, const PassContext& context) : sources_(sources), context_(context) {}

std::vector<std::string> Pass::columns_of(const std::string& relation) const {
  const auto found = wanted_.find(relation);
  if (found == wanted_.end()) return {"source"};
  std::vector<std::string> columns(found->second.begin(), found->second.end());
  if (columns.empty()) columns.emplace_back("source");
  return columns;
}

void Pass::fail(CheckRun& check, const std::string& why) {
  const std::lock_guard lock(mutex_);
  check.report.status = CheckStatus::failed;
  check.report.reason = why;
}

void Pass::done(const CheckRun& check) {
  const std::lock_guard lock(mutex_);
  ++done_;
  if (context_.progress) context_.progress(check.report.profile + ": " + check.report.check, done_, total_);
}

Query Pass::query(const CheckRun& check, const ResolvedStore* resolved, Host& host) const {
  Query query;
  query.sql = check.bound.check->sql;
  query.columns = check.bound.outputs;
  query.reads = check.bound.reads;
  if (!check.bound.id_column.empty()) query.key = {check.bound.id_column};
  std::map<std::string, Value> values = check.bound.check->params;
  const std::string& generation = resolved == nullptr ? sources_.generation() : resolved->generation;
  for (auto& [name, value] : sources_.profile().params(check.bound.check->id, generation)) values[name] = value;
  values["now"] = context_.request.now;
  values["grace"] = context_.request.grace;
  for (const auto& name : check.bound.parameters) query.parameters.emplace_back(name, values[name]);
  const auto& reads = check.bound.reads;
  const bool large = std::any_of(reads.begin(), reads.end(), [&](const auto& read) {
    return host.estimate(read.first) >= context_.request.two_stage_rows;
  });
  if (resolved == nullptr || !large) return query;
  if (const RelationPart* part = only_partition(check.bound, *resolved); part != nullptr) {
    query.cheaper_sql = with_constant_scope(query.sql, part->source, part->scope_value);
  }
  const std::string& base = query.cheaper_sql.empty() ? query.sql : query.cheaper_sql;
  if (auto lazy = keys_first(base, kLazySuffix); lazy.has_value() && resolved->relations.contains(lazy->relation)) {
    query.lazy_sql = std::move(lazy->sql);
    query.lazy_relation = std::move(lazy->relation);
    query.lazy_except = std::move(lazy->columns);
  }
  return query;
}

const Table& Pass::shipped(const std::string& relation) {
  const std::lock_guard lock(mutex_);
  const auto known = shelf_.find(relation);
  if (known != shelf_.end()) return known->second;
  if (relation == "store" && sources_.profile().sources_of(relation).empty()) {
    return shelf_[relation] = sources_.store_table();
  }
  Table table;
  table.relation = relation;
  table.columns = columns_of(relation);
  table.indexed = worth_an_index(relation, table.columns);
  for (const auto& name : sources_.profile().sources_of(relation)) {
    SourceState& state = *sources_.find(name);
    const auto mapping = state.resolved.relations.find(relation);
    if (mapping == state.resolved.relations.end()) continue;
    scan_mapped(*state.open.front(), mapping->second, table.columns, [&](std::span<const Value> row) {
      table.rows.emplace_back(row.begin(), row.end());
      return static_cast<std::int64_t>(table.rows.size()) <= context_.request.ship_rows;
    });
    if (static_cast<std::int64_t>(table.rows.size()) > context_.request.ship_rows) {
      throw PlanRefused{relation + " has too many rows to travel"};
    }
  }
  return shelf_[relation] = std::move(table);
}

bool Pass::run_on(CheckRun& check, Host& host, const ResolvedStore* resolved, std::vector<Row>* into, const std::string* scope) {
  const auto started = Clock::now();
  std::vector<Row> rows;
  try {
    for (const auto& [relation, columns] : check.bound.reads) {
      const auto& travelling = check.placement.shipped;
      const auto& sliced = check.placement.sliced;
      if (check.placement.kind == Placement::Kind::visited &&
          (relation == "store" || std::find(sliced.begin(), sliced.end(), relation) != sliced.end())) {
        if (resolved->relations.contains(relation)) host.define(resolved->relations.at(relation));  // otherwise it is there already
      } else if (std::find(travelling.begin(), travelling.end(), relation) != travelling.end()) {
        host.ship(shipped(relation));
      } else if (resolved != nullptr && resolved->relations.contains(relation)) {
        host.define(resolved->relations.at(relation));
      } else if (resolved != nullptr) {
        Table empty;
        empty.relation = relation;
        empty.columns = columns_of(relation);
        host.ship(empty);
      }
    }
    const Query ready = query(check, resolved, host);
    const std::vector<Row>* only = check.confined ? &check.only : nullptr;
    if (check.confined && scope != nullptr && check.only_in.contains(*scope)) only = &check.only_in.at(*scope);
    host.run(ready, only, [&](std::span<const Value> row) {
      rows.emplace_back(row.begin(), row.end());
      return true;
    });
  } catch (const PlanRefused& refused) {
    if (context_.debug) context_.debug(check.report.check + ": not run in the store: " + refused.reason);
    return false;
  }
  const std::lock_guard lock(mutex_);
  std::move(rows.begin(), rows.end(), std::back_inserter(into == nullptr ? check.rows : *into));
  check.report.duration_ms += std::chrono::duration<double, std::milli>(Clock::now() - started).count();
  return true;
}

void Pass::run_pushed(SourceState& state, std::vector<CheckRun*> checks) {
  std::vector<CheckRun*> refused;
  in_parallel(state.open.size(), checks.size(), [&](std::size_t thread, std::size_t item) {
    CheckRun& check = *checks[item];
    try {
      if (!run_on(check, *state.open[thread]->host(), &state.resolved)) {
        const std::lock_guard lock(mutex_);
        refused.push_back(&check);
        return;
      }
    } catch (const Error& error) {
      context_.cancel.check();
      fail(check, error.what());
      const std::lock_guard lock(mutex_);
      if (error.kind() == ErrorKind::source) {
        state.stores.front().status = StoreStatus::unknown;
        state.stores.front().detail = error.what();
        state.stores.front().hint = "check the store with its own tools; nothing was changed";
      }
    }
    done(check);
  });
  if (!refused.empty()) {
    for (CheckRun* check : refused) {
      check->placement.kind = Placement::Kind::gathered;
      check->report.placed = "workbench";
    }
    run_gathered(refused);
  }
}

// Two stores of one partition would each be short of what the other has.
void Pass::claim(const StoreInfo& info) {
  if (info.scope.empty()) return;
  const std::lock_guard lock(mutex_);
  const auto [known, is_new] = claimed_.try_emplace(info.source + '\0' + info.scope, info.location);
  if (is_new || known->second == info.location) return;
  throw StoreUnavailable{StoreStatus::unknown, "holds '" + info.scope + "', which " + known->second + " holds as well",
                         "leave the copy out with " + info.source + ".exclude"};
}

// One check in one of many stores. False when it needs what others know of the store's partition, and the store does not name it.
bool Pass::visit_with(CheckRun& check, const SourceSet::Visit& visit, std::size_t thread, std::vector<Row>& rows) {
  const StoreInfo& info = visit.store->info();
  const auto& sliced = check.placement.sliced;
  const auto travels = [&](const std::string& relation) {
    return relation == "store" || std::find(sliced.begin(), sliced.end(), relation) != sliced.end();
  };
  for (const auto& trait : check.bound.check->requires_traits) {
    if (!sources_.profile().traits(visit.resolved.generation).contains(trait)) return true;
  }
  for (const auto& [relation, columns] : check.bound.reads) {
    if (const auto missing = visit.resolved.missing.find(relation); missing != visit.resolved.missing.end() && !travels(relation)) {
      fail(check, info.location + " has no " + missing->second);
      return true;
    }
    const auto mapping = visit.resolved.relations.find(relation);
    if (travels(relation)) continue;
    if (mapping == visit.resolved.relations.end()) {
      const auto& optional = check.bound.check->optional_relations;
      if (std::find(optional.begin(), optional.end(), relation) == optional.end()) return true;
      continue;
    }
    const auto known = sqlite::part_columns(mapping->second.parts.front());
    if (!std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
          return std::find(known.begin(), known.end(), column) != known.end();
        })) {
      return true;  // this generation has no such column
    }
  }
  if (visit.store->host() == nullptr) {
    fail(check, info.location + ": its kind of store cannot run checks by itself");
    return true;
  }
  Host& host = *visit.store->host();
  if (!sliced.empty() && info.scope.empty()) {
    for (const auto& [relation, columns] : check.bound.reads) {
      if (travels(relation) || !visit.resolved.relations.contains(relation)) continue;
      host.define(visit.resolved.relations.at(relation));
      if (host.estimate(relation) > 0) return false;
    }
    return true;
  }
  for (const auto& relation : sliced) slices_->ship(relation, info.scope, thread, host);
  if (check.bound.reads.contains("store") && !visit.resolved.relations.contains("store")) {
    Table own = SourceSet::store_form();
    own.rows.push_back(SourceSet::store_row(info));
    host.ship(own);
  }
  if (!run_on(check, host, &visit.resolved, &rows, &info.scope)) {
    fail(check, info.location + ": its plan would scan a large table once per row");
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
  for (const auto& relation : gathered) gather_rows(relation, *visit.store, visit.resolved);
  std::vector<std::vector<Row>> rows(local.size());
  bool nameless = false;
  for (std::size_t i = 0; i < local.size(); ++i) {
    CheckRun& check = *local[i];
    const bool concerned = !check.confined || check.only_in.empty() || check.only_in.contains(info.scope);
    if (concerned && !visit_with(check, visit, thread, rows[i])) nameless = true;
  }
  if (!visit.store->still_valid()) return false;
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < local.size(); ++i) std::move(rows[i].begin(), rows[i].end(), std::back_inserter(local[i]->rows));
  if (nameless) {
    throw StoreUnavailable{StoreStatus::unknown, "does not say which partition it holds; it was only compared with itself",
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
    throw StoreUnavailable{StoreStatus::unknown, "kept changing while it was read", "run again when its application is quieter"};
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
  if (!slices_) slices_ = std::make_unique<Slices>(sources_, context_.cancel);
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
    if (check.placement.kind == Placement::Kind::visited && check.placement.source == state.name()) local.push_back(&check);
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
    if (const StoreInfo* bad = state.first_bad()) fail(*check, bad->location + " " + bad->detail + "; the other stores were read");
    done(*check);
  }
}

void Pass::gather_rows(const std::string& relation, Store& store, const ResolvedStore& resolved) {
  const auto mapping = resolved.relations.find(relation);
  if (mapping == resolved.relations.end()) return;
  std::vector<Row> rows;
  const auto flush = [&] {
    const std::lock_guard lock(mutex_);
    for (const auto& row : rows) workbench_->add(relation, row);
    rows.clear();
  };
  scan_mapped(store, mapping->second, columns_of(relation), [&](std::span<const Value> row) {
    rows.emplace_back(row.begin(), row.end());
    if (rows.size() >= 1000) flush();
    return true;
  });
  flush();
}

// Starts a relation in the workbench with the rows of the stores that are open. Those of many stores follow as they are visited.
void Pass::gather(const std::string& relation) {
  if (!workbench_) workbench_ = std::make_unique<Workbench>(context_.cancel);
  if (workbench_->has(relation)) return;
  if (relation == "store" && sources_.profile().sources_of(relation).empty()) {
    const Table table = sources_.store_table();
    workbench_->begin(relation, table.columns);
    for (const auto& row : table.rows) workbench_->add(relation, row);
    return;
  }
  workbench_->begin(relation, columns_of(relation));
  for (const auto& name : sources_.profile().sources_of(relation)) {
    SourceState& state = *sources_.find(name);
    if (!state.many() && !state.open.empty()) gather_rows(relation, *state.open.front(), state.resolved);
  }
}

void Pass::run_gathered(const std::vector<CheckRun*>& checks) {
  std::set<std::string> indexed;
  for (CheckRun* check : checks) {
    try {
      context_.cancel.check();
      const bool asks_store = check->bound.reads.contains("store");
      std::string bad;
      for (const auto& name : check->placement.sources) {
        const StoreInfo* store = sources_.find(name)->first_bad();
        if (store != nullptr && !asks_store) bad = store->location + " " + store->detail;
      }
      if (!bad.empty()) {
        fail(*check, bad);  // absent is not empty
        done(*check);
        continue;
      }
      for (const auto& [relation, columns] : check->bound.reads) {
        gather(relation);
        if (indexed.insert(relation).second) workbench_->finish(relation, worth_an_index(relation, columns_of(relation)));
      }
      if (check->bound.reads.empty() && !workbench_) workbench_ = std::make_unique<Workbench>(context_.cancel);
      check->placement.shipped.clear();
      run_on(*check, workbench_->host(), nullptr);
    } catch (const Error& error) {
      context_.cancel.check();
      fail(*check, error.what());
    }
    done(*check);
  }
}

void Pass::place_all(std::vector<CheckRun>& checks) {
  for (auto& check : checks) {
    try {
      check.placement = place(check.bound, sources_, context_.request.ship_rows);
    } catch (const Error& error) {
      context_.cancel.check();
      check.placement = {};
      check.placement.kind = Placement::Kind::failed;
      check.placement.reason = error.what();
    }
    check.report.reason.clear();
    switch (check.placement.kind) {
      case Placement::Kind::not_applicable:
        check.report.status = CheckStatus::not_applicable;
        check.report.reason = check.placement.reason;
        continue;
      case Placement::Kind::failed: fail(check, check.placement.reason); continue;
      case Placement::Kind::gathered: check.report.placed = "workbench"; break;
      default: check.report.placed = check.placement.source;
    }
    for (const auto& [relation, columns] : check.bound.reads) wanted_[relation].insert(columns.begin(), columns.end());
    ++total_;
    if (context_.debug) {
      context_.debug(check.report.profile + ": " + check.report.check + " runs in " + check.report.placed + ": " +
                     check.placement.reason);
    }
  }
}

void Pass::run(std::vector<CheckRun>& checks) {
  place_all(checks);
  for (auto& state : sources_.states()) {
    if (state.many()) run_visited(state, checks);
  }
  for (auto& state : sources_.states()) {
    std::vector<CheckRun*> pushed;
    for (auto& check : checks) {
      if (check.placement.kind == Placement::Kind::pushed && check.placement.source == state.name()) pushed.push_back(&check);
    }
    run_pushed(state, std::move(pushed));
  }
  std::vector<CheckRun*> gathered;
  for (auto& check : checks) {
    const bool run_already = check.report.status == CheckStatus::failed || check.report.duration_ms > 0;
    if (check.placement.kind == Placement::Kind::gathered && !run_already) gathered.push_back(&check);
  }
  run_gathered(gathered);
}

std::optional<bool> Pass::holds(const BoundCheck& condition) {
  std::vector<CheckRun> checks(1);
  checks.front().bound = condition;
  run(checks);
  if (checks.front().report.status != CheckStatus::ran) return std::nullopt;
  return !checks.front().rows.empty();
}

}  // namespace audit
