#include "auditor/repair/settle.hpp"

#include <algorithm>
#include <utility>

#include "auditor/model/error.hpp"

namespace audit {

namespace {

constexpr int kIrreversible = 90;  // visibility from which a change cannot be taken back
constexpr std::size_t kChunk = 512;

// One store of the round, and what is known of its commit.
struct Part {
  int number = 0;
  enum class State { untouched, committed, unknown } state = State::untouched;
  std::unique_ptr<Writer> writer;
};

class Settler {
 public:
  Settler(const StateDirectory& state, const std::string& run, const std::vector<OpenProfile*>& profiles, const RunOptions& options, const Cancellation& cancel)
      : state_(state), run_(run), profiles_(profiles), options_(options), cancel_(cancel), journal_(state.journal(run)), out_(state.journal(run), journal_.whole_bytes()) {}

  Settlement settle() {
    if (!journal_.rounds().empty() && !journal_.rounds().back().done) settle_round(journal_.rounds().back());
    const bool earlier = journal_.effects_in_effect() > in_effect_of_round_;
    settlement_.end = complete_ || earlier ? RunEnd::applied : RunEnd::taken_back;
    out_.done(settlement_.end);
    return std::move(settlement_);
  }

 private:
  void settle_round(const Journal::Round& round) {
    round_ = round.number;
    for (const auto& place : journal_.effects()) {
      if (place.round != round_) continue;
      in_effect_of_round_ += journal_.in_effect(place) ? 1 : 0;
      if (std::none_of(parts_.begin(), parts_.end(), [&](const Part& part) { return part.number == place.store; })) parts_.push_back({place.store, Part::State::untouched, nullptr});
    }
    for (auto& part : parts_) judge(round, part);
    sweep();
    // Once a store is being taken back, the others follow, whatever they look like.
    const bool all = !parts_.empty() && round.taking_back.empty() && std::all_of(parts_.begin(), parts_.end(), [&](const Part& part) {
      return part.state == Part::State::committed || (part.state == Part::State::unknown && store(part).visibility >= kIrreversible);
    });
    if (all) {
      for (const auto& part : parts_) {
        if (!round.committed.contains(part.number)) out_.committed(part.number);
      }
      complete_ = true;
    } else {
      take_back(round);
    }
    out_.round_done(round_);
  }

  [[nodiscard]] const JournalStore& store(const Part& part) const { return journal_.stores()[static_cast<std::size_t>(part.number)]; }

  Writer& writer(Part& part) {
    if (part.writer == nullptr) {
      WriteRequest request;
      request.mode = WriteMode::restore;
      request.run_id = run_;
      request.lock_timeout = options_.lock_timeout;
      request.kept = state_.run(run_) / "stores" / std::to_string(part.number);
      request.keep = request.kept / "taken-back";
      part.writer = profile_of(store(part), profiles_).write(store(part).source, store(part).location, request);
      part.writer->sweep(run_);
    }
    return *part.writer;
  }

  void judge(const Journal::Round& round, Part& part) {
    if (round.committed.contains(part.number)) {
      part.state = Part::State::committed;
    } else if (!round.committing.contains(part.number)) {
      part.state = Part::State::untouched;
    } else {
      part.state = look(part);
    }
  }

  // A store that was being committed when the run died: its rows tell.
  Part::State look(Part& part) {
    std::size_t before = 0;
    std::size_t after = 0;
    std::size_t other = 0;
    for (const auto& place : journal_.effects()) {
      if (place.round != round_ || place.store != part.number) continue;
      switch (writer(part).presence(journal_.effect(place))) {
        case Presence::before: ++before; break;
        case Presence::after: ++after; break;
        case Presence::other: ++other; break;
      }
      if (store(part).atomic && after > 0) break;
    }
    if (store(part).atomic) return after > 0 || before == 0 ? Part::State::committed : Part::State::untouched;
    if (before == 0) return Part::State::committed;
    return after + other == 0 ? Part::State::untouched : Part::State::unknown;
  }

  // Temporary files and locks beside stores that have any.
  void sweep() {
    for (int number = 0; number < static_cast<int>(journal_.stores().size()); ++number) {
      if (journal_.stores()[static_cast<std::size_t>(number)].atomic) continue;
      const auto known = std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) { return part.number == number; });
      if (known != parts_.end()) {
        (void)writer(*known);
        continue;
      }
      Part part{number, Part::State::untouched, nullptr};
      (void)writer(part);
    }
  }

  void take_back(const Journal::Round& round) {
    // The most visible first: the order of the commits backwards.
    std::stable_sort(parts_.begin(), parts_.end(), [&](const Part& a, const Part& b) { return store(a).visibility > store(b).visibility; });
    for (auto& part : parts_) {
      if (part.state == Part::State::untouched || round.taken_back.contains(part.number)) {
        part.writer.reset();
        continue;
      }
      restore(part);
      writer(part).prepare();
      out_.taking_back(part.number);
      writer(part).commit();
      if (!round.committed.contains(part.number)) out_.committed(part.number);
      out_.taken_back(part.number);
      part.writer.reset();
    }
  }

  void restore(Part& part) {
    std::vector<Change> changes;
    std::int64_t refused = 0;
    std::string reason;
    const auto flush = [&] {
      std::vector<Unit> units;
      for (const auto& change : changes) units.push_back({change.finding, {&change}});
      writer(part).apply(units, [&](std::size_t /*unit*/, UnitOutcome outcome) {
        settlement_.taken_back += static_cast<std::int64_t>(outcome.effects.size());
        if (outcome.kind == UnitOutcome::Kind::applied) return;
        if (outcome.kind == UnitOutcome::Kind::changed || options_.leave_refused) {
          settlement_.left.push_back(outcome.reason);
        } else if (++refused == 1) {
          reason = outcome.reason;
        }
      });
      changes.clear();
    };
    for (auto place = journal_.effects().rbegin(); place != journal_.effects().rend(); ++place) {
      if (place->round != round_ || place->store != part.number) continue;
      changes.push_back(inverse(journal_.effect(*place)));
      if (changes.size() == kChunk) flush();
    }
    flush();
    cancel_.check();
    if (refused > 0) {
      throw Error(ErrorKind::repair, "run " + run_ + ": " + std::to_string(refused) + (refused == 1 ? " change" : " changes") + " of " + store(part).location + " could not be taken back: " + reason,
                  "when the cause is gone: audit recover; to leave what cannot be taken back: audit recover --skip-changed");
    }
  }

  const StateDirectory& state_;
  const std::string run_;
  const std::vector<OpenProfile*>& profiles_;
  const RunOptions& options_;
  const Cancellation& cancel_;
  Journal journal_;
  JournalWriter out_;
  int round_ = 0;
  std::vector<Part> parts_;
  Settlement settlement_;
  bool complete_ = false;
  std::int64_t in_effect_of_round_ = 0;
};

}  // namespace

Change inverse(Change effect) {
  std::swap(effect.before, effect.after);
  if (effect.op == ChangeOp::insert) {
    effect.op = ChangeOp::remove;
  } else if (effect.op == ChangeOp::remove) {
    effect.op = ChangeOp::insert;
  }
  return effect;
}

OpenProfile& profile_of(const JournalStore& store, const std::vector<OpenProfile*>& profiles) {
  for (OpenProfile* profile : profiles) {
    if (profile->name() == store.profile) return *profile;
  }
  throw Error(ErrorKind::repair, "the run wrote " + store.location + " of profile " + store.profile + ", which is not at hand",
              "name it: --profile " + store.profile);
}

Settlement settle(const StateDirectory& state, const std::string& run, const std::vector<OpenProfile*>& profiles, const RunOptions& options,
                  const Cancellation& cancel) {
  // A journal that was cut before its head belongs to a run that had not begun.
  if (Journal(state.journal(run)).head().run.empty()) {
    state.remove_run(run);
    return {};
  }
  return Settler(state, run, profiles, options, cancel).settle();
}

}  // namespace audit
