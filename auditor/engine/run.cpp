#include "auditor/engine/run.hpp"

#include <algorithm>
#include <chrono>

#include "auditor/engine/native_tests.hpp"
#include "auditor/engine/parallel.hpp"
#include "auditor/engine/specialize.hpp"
#include "auditor/engine/sql_text.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/sqlite_host.hpp"

namespace audit {

namespace {

using Clock = std::chrono::steady_clock;

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

std::set<std::string> relations_read(const std::vector<CheckRun>& checks) {
  std::set<std::string> relations;
  for (const auto& check : checks) {
    for (const auto& [relation, columns] : check.bound.reads) relations.insert(relation);
  }
  return relations;
}

std::map<std::string, std::set<std::string>> optional_columns(const std::vector<CheckRun>& checks) {
  std::map<std::string, std::set<std::string>> columns;
  for (const auto& check : checks) {
    if (!check.bound.not_applicable.empty()) continue;
    for (const auto& relation : check.bound.check->optional_relations) {
      const auto read = check.bound.reads.find(relation);
      if (read != check.bound.reads.end()) columns[relation].insert(read->second.begin(), read->second.end());
    }
  }
  return columns;
}

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
  query.wanted = check.wanted;
  query.reads = check.bound.reads;
  // To search for keys first pays when they are few.
  if (!check.bound.id_column.empty() && !check.each) query.key = {check.bound.id_column};
  std::map<std::string, Value> values = check.bound.check->params;
  const std::string& generation = resolved == nullptr ? sources_.generation() : resolved->generation;
  for (auto& [name, value] : sources_.profile().params(check.bound.check->id, generation)) values[name] = value;
  values["now"] = context_.request.now;
  values["grace"] = context_.request.grace;
  if (const auto own = context_.request.settings.find(check.bound.check->id); own != context_.request.settings.end()) {
    for (const auto& [name, value] : own->second.params) values[name] = value;
    if (own->second.grace) values["grace"] = *own->second.grace;
  }
  for (const auto& name : check.bound.parameters) query.parameters.emplace_back(name, values[name]);
  const auto& reads = check.bound.reads;
  const bool large = std::any_of(reads.begin(), reads.end(), [&](const auto& read) {
    return host.estimate(read.first) >= context_.request.two_stage_rows;
  });
  if (resolved == nullptr || !large) return query;
  if (const RelationPart* part = only_partition(check.bound, *resolved); part != nullptr) {
    query.cheaper_sql = with_constant_scope(query.sql, part->source, part->scope_value);
  }
  query.cheaper_sql =
      with_native_tests(query.cheaper_sql.empty() ? query.sql : query.cheaper_sql, *resolved, query.reads, dynamic_cast<sqlite::SqliteHost*>(&host) != nullptr);
  if (auto lazy = keys_first(query.cheaper_sql, kLazySuffix); lazy.has_value() && resolved->relations.contains(lazy->relation)) {
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

bool Pass::run_on(CheckRun& check, Host& host, const ResolvedStore* resolved, RowList* into, const std::string* scope) {
  const auto started = Clock::now();
  RowList rows;
  Row copy;
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
    if (check.bound.driving.empty() || !host.is_empty(check.bound.driving)) {
      const Query ready = query(check, resolved, host);
      const std::vector<Row>* only = check.confined ? &check.only : nullptr;
      if (check.confined && scope != nullptr && check.only_in.contains(*scope)) only = &check.only_in.at(*scope);
      host.run(ready, only, [&](std::span<const Value> row) {
        copy.assign(row.begin(), row.end());
        check.each ? check.each(copy) : rows.push_back(copy);
        return true;
      });
    }
  } catch (const PlanRefused& refused) {
    if (context_.debug) context_.debug(check.report.check + ": not run in the store: " + refused.reason);
    return false;
  }
  const std::lock_guard lock(mutex_);
  (into == nullptr ? check.rows : *into).append(rows);
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
      want(*check);
    }
    run_gathered(refused);
  }
}

void Pass::gather_rows(const std::string& relation, Store& store, const ResolvedStore& resolved, std::recursive_mutex* together) {
  const auto mapping = resolved.relations.find(relation);
  if (mapping == resolved.relations.end()) return;
  const auto narrowed = narrowed_.find(relation);
  const OnlyRows* only = narrowed == narrowed_.end() ? nullptr : &narrowed->second;
  if (together == nullptr) {
    scan_mapped(store, mapping->second, columns_of(relation), [&](std::span<const Value> row) {
      workbench_->add(relation, row);
      return true;
    }, only);
    return;
  }
  std::vector<Row> rows;
  const auto flush = [&] {
    const std::lock_guard lock(*together);
    for (const auto& row : rows) workbench_->add(relation, row);
    rows.clear();
  };
  scan_mapped(store, mapping->second, columns_of(relation), [&](std::span<const Value> row) {
    rows.emplace_back(row.begin(), row.end());
    if (rows.size() >= 1000) flush();
    return true;
  }, only);
  flush();
}

// Starts a relation in the workbench with the rows of the stores that are open. Those of many stores follow as they are visited.
void Pass::gather(const std::string& relation) {
  if (!workbench_) workbench_ = std::make_unique<Workbench>(context_.cancel);
  // A part of the rows is worth nothing: what is not there would look as if it were missing.
  if (const auto broken = broken_.find(relation); broken != broken_.end()) throw Error(ErrorKind::source, broken->second);
  const bool of_stores = relation == "store" && sources_.profile().sources_of(relation).empty();
  if (workbench_->has(relation, of_stores ? SourceSet::store_form().columns : columns_of(relation))) return;
  if (of_stores) {
    const Table table = sources_.store_table();
    workbench_->begin(relation, table.columns);
    for (const auto& row : table.rows) workbench_->add(relation, row);
    return;
  }
  workbench_->begin(relation, columns_of(relation));
  for (const auto& name : sources_.profile().sources_of(relation)) {
    SourceState& state = *sources_.find(name);
    if (state.many() || state.open.empty()) continue;
    try {
      gather_rows(relation, *state.open.front(), state.resolved, nullptr);
    } catch (const Error& error) {
      broken_[relation] = "source '" + name + "': " + error.what();
      if (error.kind() != ErrorKind::source) throw;
      state.stores.front().status = StoreStatus::unknown;
      state.stores.front().detail = error.what();
      state.stores.front().hint = error.hint();
      throw Error(ErrorKind::source, broken_[relation], error.hint());
    }
  }
}

void Pass::run_gathered(const std::vector<CheckRun*>& checks) {
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
      // A query over one table looks nothing up.
      const bool joins = table_uses(tokenize_sql(check->bound.check->sql)).size() > 1;
      for (const auto& [relation, columns] : check->bound.reads) {
        gather(relation);
        if (joins) workbench_->finish(relation, worth_an_index(relation, columns_of(relation)));
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

// Rows that leave their store have the columns that the checks read for which they do. (What stays has none: the others read whole tables.)
void Pass::want(const CheckRun& check) {
  const auto& placement = check.placement;
  const auto& optional = check.bound.check->optional_relations;
  const auto has = [](const std::vector<std::string>& list, const std::string& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
  };
  for (const auto& [relation, columns] : check.bound.reads) {
    const bool leaves = placement.kind == Placement::Kind::gathered || has(placement.shipped, relation);
    if (leaves || has(optional, relation)) wanted_[relation].insert(columns.begin(), columns.end());
  }
}

void Pass::place_all(const std::vector<CheckRun*>& checks) {
  for (CheckRun* placed : checks) {
    CheckRun& check = *placed;
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
    want(check);
    ++total_;
    if (context_.debug) {
      context_.debug(check.report.profile + ": " + check.report.check + " runs in " + check.report.placed + ": " +
                     check.placement.reason);
    }
  }
}

void Pass::run_all_pushed(const std::vector<CheckRun*>& checks) {
  for (auto& state : sources_.states()) {
    std::vector<CheckRun*> pushed;
    for (CheckRun* check : checks) {
      if (check->placement.kind == Placement::Kind::pushed && check->placement.source == state.name()) pushed.push_back(check);
    }
    run_pushed(state, std::move(pushed));
  }
}

bool Pass::may_run_early(const CheckRun& check) {
  if (!check.bound.not_applicable.empty() || check.bound.reads.empty()) return false;
  SourceState* only = nullptr;
  for (const auto& [relation, columns] : check.bound.reads) {
    const auto names = sources_.profile().sources_of(relation);
    if (names.size() != 1) return false;
    SourceState* state = sources_.find(*names.begin());
    if ((only != nullptr && state != only) || state->many() || state->open.empty() || state->open.front()->host() == nullptr) return false;
    only = state;
    const auto mapping = state->resolved.relations.find(relation);
    if (mapping == state->resolved.relations.end()) return false;
    Host& host = *state->open.front()->host();
    host.define(mapping->second);
    if (host.estimate(relation) >= context_.request.two_stage_rows) return false;
  }
  return true;
}

void Pass::run_early(std::vector<CheckRun>& checks) {
  const auto& states = sources_.states();
  if (std::none_of(states.begin(), states.end(), [](const SourceState& state) { return state.awaited; })) return;
  std::vector<CheckRun*> early;
  for (auto& check : checks) {
    check.finished = may_run_early(check);
    if (check.finished) early.push_back(&check);
  }
  place_all(early);
  run_all_pushed(early);
}

void Pass::run(std::vector<CheckRun>& checks) {
  std::vector<CheckRun*> all;
  for (auto& check : checks) {
    if (!check.finished) all.push_back(&check);
  }
  place_all(all);
  for (auto& state : sources_.states()) {
    if (state.many()) run_visited(state, checks);
  }
  run_all_pushed(all);
  std::vector<CheckRun*> gathered;
  for (CheckRun* check : all) {
    const bool run_already = check->report.status == CheckStatus::failed || check->report.duration_ms > 0;
    if (check->placement.kind == Placement::Kind::gathered && !run_already) gathered.push_back(check);
  }
  run_gathered(gathered);
}

std::optional<bool> Pass::holds(const BoundCheck& condition) {
  std::vector<CheckRun> checks(1);
  checks.front().bound = condition;
  checks.front().report.check = condition.check->id;
  checks.front().report.profile = sources_.profile().name();
  run(checks);
  if (checks.front().report.status != CheckStatus::ran) return std::nullopt;
  return !checks.front().rows.empty();
}

}  // namespace audit
