#pragma once
// What repair asks of an adapter: a store opened for writing, as one transaction, and changes made in it so that each can be taken back.
//
// The order is always: Source::write (locks the store) · hold() where rows are locked one by one · view() to verify under the lock · back_up() when asked · apply() · prepare() ·
// the caller makes its journal durable · commit(). Destroying a writer that has not committed takes everything back.

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "auditor/model/error.hpp"
#include "auditor/model/mapping.hpp"
#include "auditor/model/change.hpp"

namespace audit {

class Store;

// The store gave way to somebody else's transaction (a serialization failure, a deadlock). Nothing was committed and the writer is of no more use; the same
// sequence from Source::write on may well go through. Thrown by view(), apply(), prepare(), presence(), and by commit() when it is certain that nothing was committed.
class TryAgain : public Error {
 public:
  explicit TryAgain(const std::string& what) : Error(ErrorKind::repair, what, "something else wrote at the same time; try again") {}
};

// The adapter of the store writes nothing at all.
class NotWritable : public Error {
 public:
  NotWritable(const std::string& what, const std::string& hint) : Error(ErrorKind::repair, what, hint) {}
};

// Changes of one finding in one store: made together or not at all, and taken back together.
struct Unit {
  std::string finding;  // fingerprint
  std::vector<const Change*> changes;  // to be made in this order; owned by the plan or the journal
};

// What became of a unit.
struct UnitOutcome {
  enum class Kind {
    applied,  // every change is made (in the open transaction)
    changed,  // nothing is made: a row is not what the change was planned from any more
    refused,  // nothing is made: the store cannot make it, or could not take it back
  };
  Kind kind = Kind::applied;
  std::string reason;  // of changed and refused: names the row and says why
  // What was physically done, in this order, enough to take each back exactly: `row` names the row natively (with the rowid where that is its only name), a removed row has
  // all its cells in `before`, an inserted one all in `after`, an updated one the changed cells in both. Holds what the store did by itself, too (`consequence`).
  std::vector<Change> effects;
};
// Receives the outcome of unit number `unit`; called once per unit, in any order, while apply() runs.
using UnitSink = std::function<void(std::size_t unit, UnitOutcome outcome)>;

// How the writers of a source commit.
struct CommitKind {
  int visibility = 10;  // from the least to the most visible: 10 databases, 20 key-value stores, 30 files, 90 what cannot be taken back
  bool atomic = true;   // false: one change after the other, so that a crash may leave some made, and locks or temporary files beside the store
};

enum class WriteMode {
  repair,   // changes of a plan: constraints are kept, the application's triggers run
  restore,  // inverse effects of an earlier run: the rows as they were, nothing of the store's own doing on top
};

struct WriteRequest {
  WriteMode mode = WriteMode::repair;
  std::string run_id;
  // How long to wait for other writers.
  std::chrono::milliseconds lock_timeout{10'000};
  // Private directory of this store in the run's state directory, made by the first use. What does not fit into a cell (the bytes of a file) is kept there, durable
  // before prepare() returns, and named in the effect by its file name.
  std::filesystem::path keep;
  // In mode restore: that directory of the run whose effects are taken back, to read.
  std::filesystem::path kept{};
  bool irreversible = false;  // changes without an inverse are allowed
  // The relations that the profile maps in this store, in the generation that it has now: how a store of files is locked and written stands in the options of a mapping, which
  // tmux windows are the application's in an expression. Needed in both modes by those; a relation that is not here is not written.
  std::vector<RelationMapping> relations;
};

// Whether an effect is in the store.
enum class Presence {
  after,   // as the effect left it
  before,  // as if it never happened
  other,   // neither: someone changed it since
};

// One store, locked for writing, as one transaction from construction to commit() or destruction. Used by one thread.
// Everything throws Error(repair) (or Error(interrupted)) with nothing committed, unless said otherwise.
class Writer {
 public:
  virtual ~Writer() = default;
  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // The store as this transaction sees it. Lives as long as the writer.
  [[nodiscard]] virtual Store& view() = 0;
  // True when the store cannot be locked as a whole: hold() is then told what apply() will be asked for, before anything is verified. What changes there from then
  // on makes commit() throw TryAgain.
  [[nodiscard]] virtual bool holds_rows() const { return false; }
  virtual void hold(std::span<const Unit> /*units*/) {}
  // Copies the whole store (of SQL: its tables) as it is before any change into the directory, durable on return.
  virtual void back_up(const std::filesystem::path& directory) = 0;
  // Makes the units, each wholly or not at all. A row that is not as `before` says (an insert: that is there already) makes its unit `changed`. In mode restore a row
  // that is already as `after` says counts as made, without an effect.
  virtual void apply(std::span<const Unit> units, const UnitSink& sink) = 0;
  // Does everything that can fail short of the commit itself: deferred constraints, new files written and synced beside the old.
  virtual void prepare() = 0;
  // Durable on return. When it throws, the store may or may not have committed: presence() on a new writer tells.
  virtual void commit() = 0;
  // Whether an effect of an earlier run is in the store. Before apply().
  [[nodiscard]] virtual Presence presence(const Change& effect) = 0;
  // Removes what a run that died left beside the store (temporary files, its locks). Before apply().
  virtual void sweep(const std::string& /*run_id*/) {}
};

}  // namespace audit
