#include "auditor/repair/run.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <thread>
#include <utility>

#include "auditor/model/error.hpp"
#include "auditor/repair/settle.hpp"

namespace audit {

namespace fs = std::filesystem;

namespace {

constexpr int kTries = 8;

// A location that means the same from any directory. That of a server is no path, though one may stand in it.
std::string full_location(const std::string& location) {
  std::error_code ignored;
  return location.starts_with('/') || fs::exists(location, ignored) ? fs::absolute(location).lexically_normal().string() : location;
}

std::string name_of(const JournalStore& store) { return store.profile + '\0' + store.source + '\0' + store.location; }

class Round {
 public:
  Round(Run& run, RoundWork& work, const RunOptions& options, const Cancellation& cancel, const std::vector<bool>& excluded)
      : run_(run), work_(work), options_(options), cancel_(cancel), wanted_(work.groups), outcomes_(work.groups), made_(work.groups), failed_(work.groups) {
    for (std::size_t i = 0; i < wanted_.size(); ++i) wanted_[i] = !excluded[i];
  }

  // Everything that can fail before the first commit. False when nothing is to be committed.
  bool prepare() {
    number_ = run_.next_round();
    run_.journal().begin_round(number_);
    for (const auto& store : work_.stores) open(store);
    for (auto& store : open_) {
      if (!store.writer->holds_rows()) continue;
      store.work->supply(wanted_, [&](std::span<const Unit> units, std::span<const std::size_t> /*groups*/) { store.writer->hold(units); });
    }
    if (work_.verify) verify();
    for (auto& store : open_) {
      if (options_.full_backup && work_.mode == WriteMode::repair) store.writer->back_up(run_.keep(store.number) / "full");
    }
    for (auto& store : open_) apply(store);
    declined_ = work_.accept && !work_.accept(outcomes_);
    if (declined_ || effects_ == 0 || !split_groups().empty()) return false;
    for (auto& store : open_) {
      if (has_effects_.contains(store.number)) store.writer->prepare();
    }
    cancel_.check();
    run_.journal().prepared(number_);
    return true;
  }

  void commit() {
    std::stable_sort(open_.begin(), open_.end(), [](const OpenStore& a, const OpenStore& b) { return a.visibility < b.visibility; });
    for (auto& store : open_) {
      if (!has_effects_.contains(store.number)) continue;
      run_.journal().committing(store.number);
      begun_ = true;
      store.writer->commit();
      run_.journal().committed(store.number);
      store.writer.reset();  // no lock is held longer than it must be
    }
    run_.journal().round_done(number_);
    run_.note_effects();
  }

  // Groups that one store made and another did not: to be left out of the next try.
  [[nodiscard]] std::vector<std::size_t> split_groups() const {
    std::vector<std::size_t> split;
    for (std::size_t i = 0; i < made_.size(); ++i) {
      if (made_[i] && failed_[i]) split.push_back(i);
    }
    return split;
  }
  [[nodiscard]] bool begun() const { return begun_; }
  // Not accepted with what could not be made: nothing is to be tried without it.
  [[nodiscard]] bool declined() const { return declined_; }
  void close() { open_.clear(); }
  [[nodiscard]] std::vector<UnitOutcome>& outcomes() { return outcomes_; }

 private:
  void open(const StoreWork& store) {
    JournalStore known{store.profile->name(), store.source, store.profile->adapter(store.source), full_location(store.location), 0, true};
    WriteRequest request;
    request.mode = work_.mode;
    request.run_id = run_.id();
    request.lock_timeout = options_.lock_timeout;
    request.irreversible = options_.irreversible;
    request.kept = store.kept;
    const int number = run_.number_of(known);
    request.keep = run_.keep(number);
    const CommitKind kind = store.profile->commits(store.source);
    known.visibility = kind.visibility;
    known.atomic = kind.atomic;
    run_.declare(known);
    // A lock that a crash leaves behind has to be found again.
    if (!known.atomic) run_.journal().sync();
    open_.push_back({&store, store.profile->write(store.source, store.location, request), number, known.visibility});
  }

  void verify() {
    const std::vector<bool> before = wanted_;
    work_.verify(open_, wanted_);
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (before[i] && !wanted_[i]) outcomes_[i] = {UnitOutcome::Kind::changed, "it was no longer so when the store was locked", {}};
    }
  }

  // What was refused because something in a later part stood in its way gets its second chance here, as the writer gives it to what stands in one part.
  void apply(OpenStore& store) {
    std::vector<std::size_t> refused;
    if (apply(store, wanted_, refused) < 2 || refused.empty() || work_.mode != WriteMode::repair) return;
    std::vector<bool> again(wanted_.size());
    for (const std::size_t group : refused) {
      if (std::exchange(outcomes_[group], {}).kind != UnitOutcome::Kind::refused) continue;
      again[group] = true;
      failed_[group] = false;
    }
    refused.clear();
    apply(store, again, refused);
  }

  // In how many parts they came; those that the store refused.
  int apply(OpenStore& store, const std::vector<bool>& wanted, std::vector<std::size_t>& refused) {
    int parts = 0;
    store.work->supply(wanted, [&](std::span<const Unit> units, std::span<const std::size_t> groups) {
      ++parts;
      store.writer->apply(units, [&](std::size_t unit, UnitOutcome outcome) {
        const std::size_t group = groups[unit];
        if (outcome.kind != UnitOutcome::Kind::applied) {
          if (outcome.kind == UnitOutcome::Kind::refused && !failed_[group]) refused.push_back(group);
          outcomes_[group] = {outcome.kind, std::move(outcome.reason), {}};
          failed_[group] = true;
          return;
        }
        made_[group] = made_[group] || !outcome.effects.empty();
        for (auto& effect : outcome.effects) {
          run_.journal().effect(store.number, static_cast<std::int64_t>(group), effect);
          if (work_.made == nullptr) continue;
          effect.confidential = effect.op != ChangeOp::update;
          work_.made->push_back(effect);
        }
        if (!outcome.effects.empty()) has_effects_.insert(store.number);
        effects_ += outcome.effects.size();
      });
    });
    return parts;
  }

  Run& run_;
  RoundWork& work_;
  const RunOptions& options_;
  const Cancellation& cancel_;
  std::vector<bool> wanted_;
  std::vector<UnitOutcome> outcomes_;
  std::vector<bool> made_;
  std::vector<bool> failed_;
  std::vector<OpenStore> open_;
  std::set<int> has_effects_;
  std::size_t effects_ = 0;
  int number_ = 0;
  bool begun_ = false;
  bool declined_ = false;
};

// After a failure in the middle of the commits: what was committed is taken back at once.
[[noreturn]] void take_back(Run& run, const RoundWork& work, const RunOptions& options, const Error& error, const Cancellation& cancel) {
  run.abandon();
  const std::string what = "run " + run.id() + " failed while it was being committed: " + error.what();
  std::vector<OpenProfile*> profiles;
  for (const auto& store : work.stores) profiles.push_back(store.profile);
  Settlement settlement;
  try {
    settlement = settle(run.state(), run.id(), profiles, options, cancel);
  } catch (const Error& again) {
    throw Error(ErrorKind::repair, what + "; and it could not be taken back: " + again.what(), "when the cause is gone: audit recover");
  }
  std::string left;
  for (const auto& row : settlement.left) left += "\n  left as it is: " + row;
  throw Error(ErrorKind::repair, what + "; everything was taken back" + left, "when the cause is gone, run it again");
}

}  // namespace

JournalWriter& Run::journal() {
  if (journal_ == nullptr) {
    state_.make_run(id());
    try {
      journal_ = std::make_unique<JournalWriter>(state_.journal(id()), head_);
    } catch (const Error&) {
      state_.remove_run(id());  // a full disk: half a head would look like a run that died
      throw;
    }
  }
  return *journal_;
}

int Run::number_of(const JournalStore& store) const {
  const auto known = std::find(stores_.begin(), stores_.end(), name_of(store));
  return static_cast<int>(known - stores_.begin());
}

void Run::declare(const JournalStore& store) {
  if (number_of(store) < static_cast<int>(stores_.size())) return;
  (void)journal().store(store);
  stores_.push_back(name_of(store));
}

void Run::finish(RunEnd end) {
  if (journal_ == nullptr) return;
  if (!has_effects_) {
    journal_.reset();
    state_.remove_run(id());
    return;
  }
  journal_->done(end);
  journal_.reset();
}

std::vector<UnitOutcome> make_round(Run& run, RoundWork work, const RunOptions& options, const Cancellation& cancel) {
  std::minstd_rand random(std::random_device{}());
  std::vector<bool> excluded(work.groups);
  std::map<std::size_t, UnitOutcome> left_out;
  for (int attempt = 1;; ++attempt) {
    if (work.made != nullptr) work.made->clear();
    Round round(run, work, options, cancel, excluded);
    try {
      const bool commits = round.prepare();
      if (round.declined()) return std::move(round.outcomes());
      const auto split = round.split_groups();
      if (split.empty() && commits) round.commit();
      if (split.empty()) {
        for (auto& [group, outcome] : left_out) round.outcomes()[group] = outcome;
        return std::move(round.outcomes());
      }
      for (const std::size_t group : split) {
        excluded[group] = true;
        left_out[group] = round.outcomes()[group];
      }
    } catch (const TryAgain& again) {
      round.close();
      if (round.begun()) take_back(run, work, options, again, cancel);
      if (attempt >= kTries) throw;
      if (options.debug) options.debug(std::string("trying again: ") + again.what());
      std::this_thread::sleep_for(std::chrono::milliseconds(5 + random() % (20U << std::min(attempt, 4))));
    } catch (const Error& error) {
      round.close();
      if (round.begun()) take_back(run, work, options, error, cancel);
      throw;
    }
    cancel.check();
  }
}

}  // namespace audit
