#include "auditor/engine/source_set.hpp"

#include <algorithm>
#include <utility>

#include "auditor/engine/borrowed_store.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/model/awaited.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/warm_memory.hpp"

namespace audit {

namespace {

void mark(StoreInfo& info, const StoreUnavailable& why) {
  info.status = why.status;
  info.detail = why.detail;
  info.hint = why.hint;
}

void check_options(const Adapter& adapter, const SourceSpec& spec) {
  std::vector<std::string> known;
  for (const auto& option : adapter.options()) known.emplace_back(option.name);
  const auto check = [&](const std::string& option) {
    if (std::find(known.begin(), known.end(), option) != known.end()) return;
    const std::string near = nearest(option, known);
    throw Error(ErrorKind::usage, "source '" + spec.name + "' of profile " + spec.profile + " has no option '" + option + "'",
                near.empty() ? "audit profiles show " + spec.profile + " lists them" : "did you mean " + spec.name + "." + near + "?");
  };
  for (const auto& [option, value] : spec.text) check(option);
  for (const auto& [option, value] : spec.lists) check(option);
  for (const auto& [option, value] : spec.objects) check(option);
}

}  // namespace

StoreStatus SourceState::status() const {
  const StoreInfo* bad = first_bad();
  return bad == nullptr ? StoreStatus::ok : bad->status;
}

const StoreInfo* SourceState::first_bad() const {
  for (const auto& store : stores) {
    if (store.status != StoreStatus::ok) return &store;
  }
  return nullptr;
}

bool SourceState::all_bad() const {
  return std::all_of(stores.begin(), stores.end(), [](const StoreInfo& store) { return store.status != StoreStatus::ok; });
}

SourceSet::SourceSet(const Catalog& catalog, const Profile& profile, const Cancellation& cancel)
    : profile_(profile), cancel_(cancel) {
  for (const auto& config : profile.sources()) {
    const Adapter* adapter = catalog.adapter(config.spec.adapter);
    if (adapter == nullptr) {
      std::string known;
      for (const auto& name : catalog.adapter_names()) known += (known.empty() ? "" : ", ") + name;
      throw Error(ErrorKind::config, "profile " + profile.name() + ": source '" + config.spec.name +
                                         "' needs the adapter '" + config.spec.adapter + "', which this program does not have",
                  "it has " + known);
    }
    check_options(*adapter, config.spec);
    SourceState state;
    state.config = &config;
    state.source = adapter->source(config.spec, cancel);
    states_.push_back(std::move(state));
  }
}

SourceState* SourceSet::find(const std::string& name) {
  for (auto& state : states_) {
    if (state.name() == name) return &state;
  }
  return nullptr;
}

void SourceSet::open(int jobs) {
  open_ready(jobs);
  open_awaited(jobs);
}

void SourceSet::open_ready(int jobs) {
  for (auto& state : states_) {
    const bool lent = std::any_of(loans_.begin(), loans_.end(), [&](const auto& loan) { return loan.source == state.name(); });
    if (!lent && state.source->asks_for().empty()) state.source->prepare();
  }
  warm_memory_for_reading();
  for (auto& state : states_) {
    // What decides the generation is needed first of all.
    auto* const awaited = dynamic_cast<Awaited*>(state.source.get());
    state.awaited = awaited != nullptr && awaited->is_awaited() && profile_.deciding_source(state.name()) != state.name();
    if (state.source->asks_for().empty() && !state.awaited) open_state(state, jobs);
  }
}

void SourceSet::open_awaited(int jobs) {
  for (auto& state : states_) {
    if (std::exchange(state.awaited, false)) open_state(state, jobs);
  }
}

void SourceSet::open_asking(const std::set<std::string>& relations, int jobs) {
  for (auto& state : states_) {
    const bool read = std::any_of(relations.begin(), relations.end(), [&](const std::string& relation) {
      return profile_.sources_of(relation).contains(state.name());
    });
    if (!read || state.source->asks_for().empty() || !state.stores.empty()) continue;
    tell(state);
    open_state(state, jobs);
  }
}

void SourceSet::open_state(SourceState& state, int jobs) {
  cancel_.check();
  state.stores = list(state);
  state.several = state.stores.size() > 1;
  if (const auto only = only_.find(state.name()); only != only_.end() && state.several) {
    std::erase_if(state.stores, [&](const StoreInfo& info) { return !only->second.contains(info.location); });
  }
  if (state.stores.empty() && !state.several) {
    const auto path = state.config->spec.text.find("path");
    StoreInfo none;
    none.source = state.name();
    none.location = path == state.config->spec.text.end() ? state.name() : path->second;
    mark(none, {StoreStatus::absent, "no file matches", "check the pattern"});
    state.stores.push_back(std::move(none));
  } else if (!state.several) {
    open_one(state, jobs);
  } else if (generation_.empty() && profile_.deciding_source(state.name()) == state.name()) {
    decide_generation(state);
  }
}

std::vector<StoreInfo> SourceSet::list(SourceState& state) const {
  if (listed_ != nullptr) {
    for (const auto& other : listed_->states_) {
      if (other.name() == state.name() && !other.stores.empty()) return other.stores;
    }
  }
  return state.source->list();
}

std::vector<std::unique_ptr<Store>> SourceSet::open_store(SourceState& state, const StoreInfo& info, int count) {
  for (const auto& loan : loans_) {
    if (loan.source != state.name() || loan.location != info.location) continue;
    std::vector<std::unique_ptr<Store>> stores;
    stores.push_back(std::make_unique<BorrowedStore>(*loan.store));
    if (Host* host = loan.store->host(); host != nullptr) host->forget();
    return stores;
  }
  return state.source->open(info, count);
}

// The profile's generation is that of the first of many stores that can be read.
void SourceSet::decide_generation(SourceState& state) {
  for (const auto& info : state.stores) {
    try {
      generation_ = profile_.generation_of(*open_store(state, info, 1).front());
      return;
    } catch (const StoreUnavailable&) {
      continue;  // the visit will say so
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::config || error.kind() == ErrorKind::interrupted) throw;
    }
  }
}

void SourceSet::open_one(SourceState& state, int jobs) {
  StoreInfo& info = state.stores.front();
  try {
    state.open = open_store(state, info, jobs);
    info = state.open.front()->info();
    if (generation_.empty() && profile_.deciding_source(state.name()) == state.name()) {
      generation_ = profile_.generation_of(*state.open.front());
    }
    state.resolved = resolve(state, *state.open.front());
  } catch (const StoreUnavailable& why) {
    state.open.clear();
    mark(info, why);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::config || error.kind() == ErrorKind::interrupted) throw;
    state.open.clear();
    mark(info, {StoreStatus::unknown, error.what(), error.hint()});
  }
}

ResolvedStore SourceSet::resolve(const SourceState& state, Store& store) {
  const std::string deciding = profile_.deciding_source(state.name());
  const std::string generation = deciding == state.name() ? profile_.generation_of(store) : generation_;
  auto resolved =
      profile_.resolve(store, generation, [&](const std::string& relation) { return state.source->provides(relation); });
  fill(resolved);
  return resolved;
}

void SourceSet::fill(std::map<std::string, std::set<std::string>> columns) {
  filled_ = std::move(columns);
  for (auto& state : states_) fill(state.resolved);
}

void SourceSet::fill(ResolvedStore& resolved) const {
  for (const auto& [relation, columns] : filled_) {
    const auto mapping = resolved.relations.find(relation);
    if (mapping == resolved.relations.end()) continue;
    for (const auto& column : columns) {
      if (unmapped_column(mapping->second, {column}).empty()) continue;
      ColumnMap nothing;
      nothing.value = Value{};
      nothing.absent = true;
      for (auto& part : mapping->second.parts) {
        if (part.column(column) == nullptr) part.columns.emplace_back(column, nothing);
      }
    }
  }
}

SourceSet::Visit SourceSet::visit(SourceState& state, const StoreInfo& info) {
  Visit visit;
  auto opened = open_store(state, info, 1);
  visit.store = std::move(opened.front());
  visit.resolved = resolve(state, *visit.store);
  if (visit.resolved.relations.empty() && !visit.resolved.missing.empty()) {
    throw StoreUnavailable{StoreStatus::unknown, "is not such a store: it has no " + visit.resolved.missing.begin()->second,
                           "leave it out of the pattern, or with " + state.name() + ".exclude"};
  }
  return visit;
}

// Values that a source must be given: of sources that are one store and open. Without them it knows of nothing, and says nothing.
void SourceSet::tell(SourceState& state) {
  for (const auto& asked : state.source->asks_for()) {
    const auto dot = asked.find('.');
    const std::string relation = asked.substr(0, dot);
    std::vector<std::string> values;
    for (auto& other : states_) {
      const auto mapping = other.resolved.relations.find(relation);
      if (other.open.empty() || mapping == other.resolved.relations.end()) continue;
      try {
        other.open.front()->scan(mapping->second, {asked.substr(dot + 1)}, [&](std::span<const Value> row) {
          if (!is_null(row[0])) values.push_back(to_text(row[0]));
          return true;
        });
      } catch (const Error&) {
        cancel_.check();  // a store that cannot be scanned fails the checks that read it; here it only has nothing to say
      }
    }
    state.source->tell(asked, std::move(values));
  }
}

Table SourceSet::store_form() {
  return {"store", {"source", "scope", "defect", "location", "status", "detail", "started_at"}, {}, {}};
}

Row SourceSet::store_row(const StoreInfo& info) {
  const auto text_or_null = [](const std::string& text) { return text.empty() ? Value{} : Value(text); };
  return {info.source, info.scope, Value{}, info.location, std::string(to_string(info.status)), text_or_null(info.detail),
          info.started_at == 0 ? Value{} : Value(info.started_at)};
}

Table SourceSet::store_table() const {
  Table table = store_form();
  for (const auto& state : states_) {
    for (const auto& info : state.stores) table.rows.push_back(store_row(info));
  }
  return table;
}

bool SourceSet::still_valid() {
  for (auto& state : states_) {
    for (auto& store : state.open) {
      if (!store->still_valid()) return false;
    }
  }
  return true;
}

}  // namespace audit
