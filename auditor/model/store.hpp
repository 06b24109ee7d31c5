#pragma once
// What the engine asks of an adapter: open stores, show relations as rows, and run a check where the rows are.
//
// A *source* is one entry of a profile's `sources`. It stands for one or many *stores* (a database file, a tmux server). An open
// Store is one consistent snapshot, and writes nothing; a Writer (auditor/model/writer.hpp) does.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "auditor/model/mapping.hpp"
#include "auditor/model/change.hpp"
#include "auditor/model/value.hpp"
#include "auditor/model/writer.hpp"

namespace audit {

// Stops long work: set by a signal or a deadline. Every adapter looks at it at least every few milliseconds.
struct Cancellation {
  std::atomic<bool> requested{false};
  std::optional<std::chrono::steady_clock::time_point> deadline;
  [[nodiscard]] bool expired() const;
  // Throws Error(interrupted) when a stop was requested, Error(check) when the deadline has passed.
  void check() const;
};

enum class StoreStatus { ok, absent, dead, unknown };
[[nodiscard]] const char* to_string(StoreStatus status);

struct StoreInfo {
  std::string source;
  std::string location;  // shown to people; no secrets
  std::string scope;
  StoreStatus status = StoreStatus::ok;
  std::string detail;    // why it is not ok
  std::string hint;      // what to do next
  std::int64_t started_at = 0;  // ms; 0: not a server, or not known
};

// Receives rows; returns false to stop.
using RowSink = std::function<bool(std::span<const Value>)>;
// Gives all its rows to a sink.
using RowSupply = std::function<void(const RowSink&)>;

// Rows of one relation that were taken out of a store, already in canonical columns.
struct Table {
  std::string relation;
  std::vector<std::string> columns;
  std::vector<std::string> indexed;  // columns worth an index
  std::vector<Row> rows;
};

// A check's query, ready to run.
struct Query {
  std::string sql;                                        // over relation names
  std::vector<std::pair<std::string, Value>> parameters;  // name without ':'
  std::vector<std::string> columns;                       // result columns
  std::set<std::string> wanted;                           // of these; others may be NULL. Empty: all
  std::map<std::string, std::set<std::string>> reads;     // relation → columns that the query reads
  std::vector<std::string> key;  // result columns that name the subject, for running by key
  // The same query with the source and scope of this store as literals, for an engine that does not see through such constants; it may fail to prepare.
  // "" when there is none.
  std::string cheaper_sql;
  // The same (as cheaper_sql where there is one) for the search for keys: it reads `lazy_relation` + kLazySuffix in place of its driving relation, a form of it whose columns beyond
  // the key cost nothing until they are asked for. "" when the query does not test keys first.
  std::string lazy_sql;
  std::string lazy_relation;
  std::vector<std::string> lazy_except;  // its columns that the first test needs of every row
};
inline constexpr const char* kLazySuffix = " (lazy)";

// Thrown by Host::run when the store's own plan would scan a large table once per row.
// The engine then gathers the relations instead.
struct PlanRefused {
  std::string reason;
};

// A place where SQL over relations runs: a store's own engine, or the workbench.
// Used by one thread at a time.
class Host {
 public:
  virtual ~Host() = default;
  // Makes a relation of this very store readable under its name, from these parts (rows of all of them).
  virtual void define(const RelationMapping& relation) = 0;
  // Makes rows of another store readable under the relation's name.
  virtual void ship(const Table& table) = 0;
  // The same for rows as the other store keeps them: `form` (without rows) names their columns, `over` maps these to the canonical ones, so that what
  // nobody asks for is never worked out. False when this host cannot: ship canonical rows instead.
  virtual bool ship_native(const Table& /*form*/, const RelationPart& /*over*/, const RowSupply& /*rows*/) { return false; }
  // Forgets what was defined and shipped: another pass reads other columns, and other rows of the stores beside it.
  virtual void forget() {}
  // Runs the query. With `only`, just for these keys (values of Query::key).
  // Throws PlanRefused, Error(check), Error(source), Error(interrupted).
  virtual void run(const Query& query, const std::vector<Row>* only, const RowSink& sink) = 0;
  // About how many rows the relation has; cheap, may be wrong by a factor of ten. A large number when not known.
  [[nodiscard]] virtual std::int64_t estimate(const std::string& relation) = 0;
  // True when the relation surely has no rows, and that can be told in no time.
  [[nodiscard]] virtual bool is_empty(const std::string& /*relation*/) { return false; }
};

// One open store: one snapshot (see is_snapshot) from construction to destruction. Used by one thread at a time.
class Store {
 public:
  virtual ~Store() = default;
  [[nodiscard]] virtual const StoreInfo& info() const = 0;
  // Whether the store has the table (and the column, when not empty).
  [[nodiscard]] virtual bool has(const std::string& table, const std::string& column) = 0;
  // First value of the first row of a native query; NULL when there is none. For probes and scopes.
  [[nodiscard]] virtual Value probe(const std::string& sql) = 0;
  // Streams these canonical columns of the relation. Duplicates stay, the order is the store's.
  virtual void scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) = 0;
  // The same for the rows of one scope alone. False, with nothing given, when the store would have to read the whole relation for that.
  [[nodiscard]] virtual bool scan_scope(const RelationMapping& /*relation*/, const std::vector<std::string>& /*columns*/,
                                        const std::string& /*scope*/, const RowSink& /*sink*/) {
    return false;
  }
  // The same for the rows whose native column `key` has one of these values, perhaps with others among them. False, with nothing given, when the store cannot
  // find rows by it.
  [[nodiscard]] virtual bool scan_keys(const RelationMapping& /*relation*/, const std::vector<std::string>& /*columns*/,
                                       const std::string& /*key*/, const std::vector<Value>& /*values*/, const RowSink& /*sink*/) {
    return false;
  }
  // False when every row is of the moment in which it was read. What is found in such a store alone is confirmed, too.
  [[nodiscard]] virtual bool is_snapshot() const { return true; }
  // The store's own engine; nullptr when it has none. Lives as long as the store.
  [[nodiscard]] virtual Host* host() = 0;
  // Native cells of the row whose canonical key columns have these values; empty when there is none.
  // For the before-images of a plan.
  [[nodiscard]] virtual Cells native_row(const RelationPart& part, const Cells& key) = 0;
  // Says which rows native_row(), and for rows that go consequences(), will be asked for next, so that a store behind a network can fetch them together, and
  // which ones after those, so that it can ask for them meanwhile. Returns how many of `keys` it has taken note of: the others are to be told again.
  virtual std::size_t expect(const RelationPart& /*part*/, std::span<const Cells> keys, ChangeOp /*op*/, std::span<const Cells> /*next*/ = {}) { return keys.size(); }
  // What goes or changes with a row that a change removes, because the store says so (foreign keys, at any depth) or the profile does (dependents): to be made before it, in this order.
  // `blocked`: why the row cannot be removed at all; "" when it can. A row that one of the changes `first` of this store makes refer to something else stays.
  struct Consequences {
    std::vector<Change> changes;
    std::string blocked;
  };
  [[nodiscard]] virtual Consequences consequences(const RelationPart& /*part*/, const Change& /*removal*/, std::span<const Change> /*first*/ = {}) { return {}; }
  // False when something changed the store under a reader that no lock protected: what was read is then worth nothing.
  [[nodiscard]] virtual bool still_valid() { return true; }
};

// A configured source. Safe to use from several threads.
class Source {
 public:
  virtual ~Source() = default;
  // The stores that it stands for, without opening them, in a stable order. Scope may still be unknown here.
  [[nodiscard]] virtual std::vector<StoreInfo> list() = 0;
  // Starts what the next open() will wait for (a program, a connection), so that several sources get ready at the same time. Says nothing of what
  // goes wrong: open() does.
  virtual void prepare() {}
  // Opens one of them `count` times on one and the same snapshot; fewer when the store cannot promise that, at least one.
  // Never returns a store that cannot be read: throws StoreUnavailable.
  [[nodiscard]] virtual std::vector<std::unique_ptr<Store>> open(const StoreInfo& store, int count) = 0;
  // Columns that it provides by itself for a relation (canonical names), for adapters whose relations need no map.
  // Empty when the profile must map them.
  [[nodiscard]] virtual std::vector<std::string> provides(const std::string& relation) const = 0;
  // Relation columns whose values it must be given before it is opened ("workspace.path"); empty for most.
  [[nodiscard]] virtual std::vector<std::string> asks_for() const { return {}; }
  virtual void tell(const std::string& /*column*/, std::vector<std::string> /*values*/) {}
  // Opens a store for writing: locks it as its application's own protocol says, for as long as the writer lives. Throws Error(repair) when it cannot be locked in
  // time or cannot be written. nullptr: this adapter writes nothing.
  [[nodiscard]] virtual std::unique_ptr<Writer> write(const StoreInfo& /*store*/, const WriteRequest& /*request*/) { return nullptr; }
  // Of every writer that write() returns; known before anything is locked.
  [[nodiscard]] virtual CommitKind commits() const { return {}; }
  // Whether write() must be told what the profile maps (WriteRequest::relations).
  [[nodiscard]] virtual bool writes_by_mapping() const { return false; }
};

// A store that cannot be read, and which of the kinds of "cannot" it is.
struct StoreUnavailable {
  StoreStatus status = StoreStatus::unknown;
  std::string detail;
  std::string hint;
};

// A source's entry of a profile after --set and ${ENV}: option → value.
struct SourceSpec {
  std::string profile;
  std::string name;
  std::string adapter;
  std::map<std::string, std::string> text;                 // string, number and boolean options, as text
  std::map<std::string, std::vector<std::string>> lists;   // list options
  std::map<std::string, std::map<std::string, std::string>> objects;
};

struct AdapterOption {
  const char* name;
  const char* help;
};

// A kind of store. Stateless; the list of adapters is generated by CMake from adapters/.
class Adapter {
 public:
  virtual ~Adapter() = default;
  [[nodiscard]] virtual const char* name() const = 0;
  [[nodiscard]] virtual std::vector<AdapterOption> options() const = 0;
  // Throws Error(config) for options that make no sense. Opens nothing.
  [[nodiscard]] virtual std::unique_ptr<Source> source(const SourceSpec& spec, const Cancellation& cancel) const = 0;
};

}  // namespace audit
