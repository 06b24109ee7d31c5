#include "auditor/repair/undo.hpp"

#include <algorithm>
#include <map>

#include "auditor/repair/settle.hpp"

namespace audit {

namespace {

constexpr std::size_t kChunk = 512;

// Effects of one store, last first, in units of what was made together.
class Backwards {
 public:
  Backwards(const Journal& journal, int store, const std::map<std::pair<int, std::int64_t>, std::size_t>& groups)
      : journal_(journal), store_(store), groups_(groups) {}

  void supply(const std::vector<bool>& wanted, const StoreWork::Take& take) const {
    std::vector<std::vector<Change>> changes;
    std::vector<std::size_t> numbers;
    for (auto place = journal_.effects().rbegin(); place != journal_.effects().rend(); ++place) {
      if (place->store != store_ || !journal_.in_effect(*place)) continue;
      const std::size_t group = groups_.at({place->round, place->unit});
      if (!wanted[group]) continue;
      if (numbers.empty() || numbers.back() != group) {
        if (numbers.size() == kChunk) flush(changes, numbers, take);
        numbers.push_back(group);
        changes.emplace_back();
      }
      changes.back().push_back(inverse(journal_.effect(*place)));
    }
    flush(changes, numbers, take);
  }

 private:
  static void flush(std::vector<std::vector<Change>>& changes, std::vector<std::size_t>& numbers, const StoreWork::Take& take) {
    std::vector<Unit> units;
    for (const auto& list : changes) {
      Unit unit;
      unit.finding = list.front().finding;
      for (const auto& change : list) unit.changes.push_back(&change);
      units.push_back(std::move(unit));
    }
    if (!units.empty()) take(units, numbers);
    changes.clear();
    numbers.clear();
  }

  const Journal& journal_;
  int store_;
  const std::map<std::pair<int, std::int64_t>, std::size_t>& groups_;
};

}  // namespace

UndoResult undo(Run& run, const std::string& undone, const std::vector<OpenProfile*>& profiles, bool skip_changed, const RunOptions& options,
                const Cancellation& cancel) {
  const Journal journal(run.state().journal(undone));
  std::map<std::pair<int, std::int64_t>, std::size_t> groups;  // round and unit → group
  for (auto place = journal.effects().rbegin(); place != journal.effects().rend(); ++place) {
    if (journal.in_effect(*place)) groups.try_emplace({place->round, place->unit}, groups.size());
  }
  RoundWork work;
  work.mode = WriteMode::restore;
  work.groups = groups.size();
  std::vector<Backwards> readers;
  readers.reserve(journal.stores().size());
  for (int number = 0; number < static_cast<int>(journal.stores().size()); ++number) {
    const auto& effects = journal.effects();
    const bool has_any = std::any_of(effects.begin(), effects.end(), [&](const auto& place) { return place.store == number && journal.in_effect(place); });
    if (!has_any) continue;
    const JournalStore& store = journal.stores()[static_cast<std::size_t>(number)];
    readers.emplace_back(journal, number, groups);
    StoreWork one;
    one.profile = &profile_of(store, profiles);
    one.source = store.source;
    one.location = store.location;
    one.kept = run.state().run(undone) / "stores" / std::to_string(number);
    one.supply = [&reader = readers.back()](const std::vector<bool>& wanted, const StoreWork::Take& take) { reader.supply(wanted, take); };
    work.stores.push_back(std::move(one));
  }
  if (!skip_changed) {
    work.accept = [](const std::vector<UnitOutcome>& outcomes) {
      return std::all_of(outcomes.begin(), outcomes.end(), [](const UnitOutcome& outcome) { return outcome.kind == UnitOutcome::Kind::applied; });
    };
  }
  UndoResult result;
  ChangeList made;
  work.made = &made;
  std::vector<UnitOutcome> outcomes;
  try {
    outcomes = make_round(run, std::move(work), options, cancel);
  } catch (const Error&) {
    run.finish(RunEnd::taken_back);  // nothing of it is there: nothing is to be recovered
    throw;
  }
  for (const auto& outcome : outcomes) {
    if (outcome.kind != UnitOutcome::Kind::applied) result.refused.push_back(outcome.reason);
  }
  if (result.refused.empty() || skip_changed) result.groups = static_cast<std::int64_t>(outcomes.size() - result.refused.size());
  if (run.has_effects()) {
    run.finish(RunEnd::applied);
    result.applied = std::move(made);
  } else {
    run.finish(RunEnd::taken_back);
  }
  return result;
}

}  // namespace audit
