#include "auditor/engine/place.hpp"

#include <algorithm>

namespace audit {

namespace {

class Placer {
 public:
  Placer(const BoundCheck& bound, SourceSet& sources, std::int64_t ship_rows)
      : bound_(bound), sources_(sources), ship_rows_(ship_rows) {}

  Placement place() {
    if (!bound_.not_applicable.empty()) return refuse(Placement::Kind::not_applicable, bound_.not_applicable);
    for (const auto& [relation, columns] : bound_.reads) {
      if (relation == "store" && sources_.profile().sources_of(relation).empty()) {
        placement_.shipped.push_back(relation);
        continue;
      }
      if (!read_relation(relation, columns)) return placement_;
    }
    if (placement_.sources.size() == 1 && try_one_source()) return placement_;
    if (placement_.sources.size() > 1 && try_visit()) return placement_;
    if (try_push()) return placement_;
    placement_.kind = Placement::Kind::gathered;
    placement_.reason = "no store may hold all its relations";
    placement_.shipped.clear();
    return placement_;
  }

 private:
  Placement refuse(Placement::Kind kind, const std::string& reason) {
    placement_.kind = kind;
    placement_.reason = reason;
    return placement_;
  }

  // False when the check cannot run because of this relation; the placement then says why.
  bool read_relation(const std::string& relation, const std::set<std::string>& columns) {
    const auto& optional = bound_.check->optional_relations;
    const bool may_be_empty = std::find(optional.begin(), optional.end(), relation) != optional.end();
    bool mapped = false;
    const auto names = sources_.profile().sources_of(relation);
    for (const auto& name : names) {
      SourceState& state = *sources_.find(name);
      // What is not there and not needed has no rows; where other sources have some, that is all.
      if (names.size() > 1 && !state.needed && state.status() == StoreStatus::absent) continue;
      if (!readable(state)) return false;
      if (state.many()) {
        mapped = true;
      } else {
        const auto found = state.resolved.relations.find(relation);
        if (const auto lacks = state.resolved.missing.find(relation); lacks != state.resolved.missing.end()) {
          refuse(Placement::Kind::failed, "source '" + name + "' has no " + lacks->second);
          return false;
        }
        if (found == state.resolved.relations.end()) continue;
        if (const std::string column = unmapped_column(found->second, columns); !column.empty() && !may_be_empty) {
          refuse(Placement::Kind::not_applicable, "the profile does not map " + relation + "." + column);
          return false;
        }
        mapped = true;
      }
      placement_.sources.insert(name);
      from_[relation].insert(name);
    }
    if (!mapped && !may_be_empty) {
      refuse(Placement::Kind::not_applicable, "the profile does not map " + relation + in_generation());
      return false;
    }
    if (!mapped) placement_.empty.push_back(relation);
    return true;
  }

  [[nodiscard]] std::string in_generation() const {
    return sources_.generation().empty() ? "" : " in generation " + sources_.generation();
  }

  // Absent is not empty: a check does not run over a store that could not be read.
  bool readable(const SourceState& state) {
    const StoreInfo* bad = state.first_bad();
    if (bad == nullptr) return true;
    const std::string why = "source '" + state.name() + "': " + bad->detail;
    if (!state.needed) {
      refuse(Placement::Kind::not_applicable, why + ", and nothing needs it");
      return false;
    }
    if (state.many() && !state.all_bad()) {
      placement_.partial = true;
      return true;
    }
    refuse(Placement::Kind::failed, why);
    return false;
  }

  bool try_one_source() {
    SourceState& state = *sources_.find(*placement_.sources.begin());
    if (!state.many()) {
      if (state.open.front()->host() == nullptr) return false;
      return push_to(state, "all its relations are there");
    }
    if (!bound_.per_scope) return false;
    placement_.kind = Placement::Kind::visited;
    placement_.source = state.name();
    placement_.reason = "every join equates scope";
    return true;
  }

  // One source of many stores beside sources of one: every join equates scope, so each store needs no more of the others than the rows of its own scope.
  bool try_visit() {
    if (!bound_.per_scope) return false;
    std::string visited;
    for (const auto& name : placement_.sources) {
      if (!sources_.find(name)->many()) continue;
      if (!visited.empty()) return false;
      visited = name;
    }
    if (visited.empty()) return false;
    std::vector<std::string> sliced;
    for (const auto& [relation, names] : from_) {
      if (names.size() != 1) return false;
      if (!names.contains(visited)) sliced.push_back(relation);
    }
    placement_.kind = Placement::Kind::visited;
    placement_.source = visited;
    placement_.sliced = std::move(sliced);
    placement_.reason = "every join equates scope; what other stores have of a scope travels";
    return true;
  }

  bool push_to(const SourceState& state, const std::string& reason) {
    placement_.kind = Placement::Kind::pushed;
    placement_.source = state.name();
    placement_.reason = reason;
    return true;
  }

  // The SQL store with the most rows keeps its relations; those of others must be small enough to travel.
  bool try_push() {
    SourceState* best = nullptr;
    std::int64_t best_rows = -1;
    for (const auto& name : placement_.sources) {
      SourceState& state = *sources_.find(name);
      if (state.many() || state.open.front()->host() == nullptr) continue;
      const std::int64_t rows = rows_only_in(state);
      if (rows > best_rows) {
        best_rows = rows;
        best = &state;
      }
    }
    if (best == nullptr) return false;
    std::vector<std::string> travelling;
    for (const auto& [relation, names] : from_) {
      if (names == std::set<std::string>{best->name()}) continue;
      // Its own rows would stand for those of all: such a relation is put together in the workbench.
      if (names.contains(best->name())) return false;
      if (!may_travel(relation, names)) return false;
      travelling.push_back(relation);
    }
    placement_.shipped.insert(placement_.shipped.end(), travelling.begin(), travelling.end());
    return push_to(*best, "its relations are the largest, the others travel");
  }

  std::int64_t rows_only_in(SourceState& state) {
    std::int64_t rows = 0;
    for (const auto& [relation, names] : from_) {
      if (names == std::set<std::string>{state.name()}) rows += rows_of(state, relation);
    }
    return rows;
  }

  static std::int64_t rows_of(SourceState& state, const std::string& relation) {
    Host* host = state.open.front()->host();
    host->define(state.resolved.relations.at(relation));
    return host->estimate(relation);
  }

  // Stores without SQL are read whole anyway; how many rows that is turns out when they are.
  bool may_travel(const std::string& relation, const std::set<std::string>& names) {
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      SourceState& state = *sources_.find(name);
      if (state.many()) return false;
      return state.open.front()->host() == nullptr || rows_of(state, relation) <= ship_rows_;
    });
  }

  const BoundCheck& bound_;
  SourceSet& sources_;
  std::int64_t ship_rows_;
  Placement placement_;
  std::map<std::string, std::set<std::string>> from_;
};

}  // namespace

Placement place(const BoundCheck& bound, SourceSet& sources, std::int64_t ship_rows) {
  return Placer(bound, sources, ship_rows).place();
}

}  // namespace audit
