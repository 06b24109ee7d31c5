#pragma once
// A run that changes stores: its journal, its directory, and one transaction over several stores after the other.

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "auditor/model/scan_result.hpp"
#include "auditor/model/writer.hpp"
#include "auditor/repair/journal.hpp"
#include "auditor/repair/state_directory.hpp"

namespace audit {

struct RunOptions {
  bool full_backup = false;
  bool irreversible = false;
  std::chrono::milliseconds lock_timeout{10'000};
  bool leave_refused = false;  // of settle(): what a store refuses to take back is left as it is, instead of an error
  std::function<void(const std::string&)> debug{};
};

// The directory and journal of a run. Made on disk with the first round, removed again when it changed nothing.
class Run {
 public:
  Run(const StateDirectory& state, JournalHead head) : state_(state), head_(std::move(head)) {}

  [[nodiscard]] const std::string& id() const { return head_.run; }
  [[nodiscard]] const StateDirectory& state() const { return state_; }
  // Makes directory and journal if they are not there. Throws Error(repair).
  JournalWriter& journal();
  [[nodiscard]] int next_round() { return ++round_; }
  // The number that the store has or will get in the journal, and writing it there.
  [[nodiscard]] int number_of(const JournalStore& store) const;
  void declare(const JournalStore& store);
  // The store's directory for what does not fit a cell.
  [[nodiscard]] std::filesystem::path keep(int store) const { return state_.run(id()) / "stores" / std::to_string(store); }
  void note_effects() { has_effects_ = true; }
  [[nodiscard]] bool has_effects() const { return has_effects_; }
  // Lets go of the journal, which is ended by somebody else.
  void abandon() { journal_.reset(); }
  // Ends it: durable on return. A run without effects leaves nothing.
  void finish(RunEnd end);

 private:
  const StateDirectory& state_;
  JournalHead head_;
  std::unique_ptr<JournalWriter> journal_;
  std::vector<std::string> stores_;  // profile, source and location, by number
  int round_ = 0;
  bool has_effects_ = false;
};

// What one store has to do in a round. Groups are what is made together in all stores or not at all (the changes of one finding).
struct StoreWork {
  OpenProfile* profile = nullptr;
  std::string source;
  std::string location;
  std::filesystem::path kept{};  // WriteRequest::kept
  using Take = std::function<void(std::span<const Unit> units, std::span<const std::size_t> groups)>;
  // Gives all its units to `take`, in order, in one or several calls; skips groups that are not wanted.
  std::function<void(const std::vector<bool>& wanted, const Take& take)> supply;
};

struct OpenStore {
  const StoreWork* work = nullptr;
  std::unique_ptr<Writer> writer;
  int number = 0;  // in the journal
  int visibility = 0;
};

struct RoundWork {
  WriteMode mode = WriteMode::repair;
  std::vector<StoreWork> stores;
  std::size_t groups = 0;
  // Called under the locks, before anything is made: clears what does not hold any more.
  std::function<void(const std::vector<OpenStore>& stores, std::vector<bool>& wanted)> verify{};
  // Gets what was done to the stores, in order; worth nothing when nothing was committed. What comes back is as confidential as it was when it went.
  ChangeList* made = nullptr;
  // Called with everything made and nothing committed: false takes all of it back.
  std::function<bool(const std::vector<UnitOutcome>& groups)> accept{};
};

// One transaction over the stores. Returns what became of each group (without effects); those are in the journal. When nothing is made, nothing is committed.
// Throws Error(repair) with everything as it was, or, where that could not be done, saying that `audit recover` must be run; Error(interrupted) before the first commit.
[[nodiscard]] std::vector<UnitOutcome> make_round(Run& run, RoundWork work, const RunOptions& options, const Cancellation& cancel);

}  // namespace audit
