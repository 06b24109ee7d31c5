#pragma once
// A connection to a PostgreSQL server that holds one transaction, and so one snapshot, from construction to
// destruction: read-only, or one that writes.

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "auditor/model/error.hpp"
#include "auditor/model/store.hpp"
#include "auditor/model/value.hpp"
#include "auditor/sys/worker.hpp"

namespace audit::postgres {

// Values in the server's text form; nullopt is NULL. The statement says of which type each is ($1::bigint).
using Parameters = std::vector<std::optional<std::string>>;

// What the server refused, with its SQLSTATE. The store's fault (ErrorKind::source) when the connection or the snapshot
// is gone.
class Failure : public Error {
 public:
  Failure(ErrorKind kind, std::string state, const std::string& what, std::string hint = {})
      : Error(kind, what, std::move(hint)), state_(std::move(state)) {}
  [[nodiscard]] const std::string& state() const { return state_; }

 private:
  std::string state_;
};

// Drops a connection's notices, which are for the application's own log and not for our standard error. Ends before the connection does.
#if PQXX_VERSION_MAJOR > 7 || (PQXX_VERSION_MAJOR == 7 && PQXX_VERSION_MINOR >= 10)
class Quiet {
 public:
  explicit Quiet(pqxx::connection& connection) {
    connection.set_notice_handler([](pqxx::zview) noexcept {});
  }
};
#else
using Quiet = pqxx::quiet_errorhandler;
#endif

struct Settings {
  std::string conninfo;                // keywords, as conninfo() makes them
  std::vector<std::string> secrets;    // never shown
  std::string schema;                  // searched first; "" = the connection's own search path
  std::int64_t statement_timeout = 0;  // ms; 0 = the server's own
  std::int64_t lock_timeout = 5000;    // ms
  int parallel_workers = 0;
};

enum class Access {
  read,   // REPEATABLE READ READ ONLY
  write,  // SERIALIZABLE READ WRITE
};

// Used by one thread at a time; threads of its own wait for what is asked ahead, and cancel what runs when `cancel`
// fires.
class Connection {
 public:
  // Connects and takes a snapshot, or joins the exported one. Throws StoreUnavailable; Error(interrupted).
  Connection(const Settings& settings, const Cancellation& cancel, const std::string& snapshot,
             Access access = Access::read);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // One statement by the extended protocol: a second one in the text is an error. After a failure the snapshot still
  // stands. Throws Failure, Error(interrupted); where it writes, TryAgain when the server made it give way.
  [[nodiscard]] pqxx::result exec(const std::string& sql, const Parameters& parameters = {});
  // Rows of a SELECT, some thousand at a time; values as value_of() makes them.
  void stream(const std::string& sql, const Parameters& parameters, const RowSink& sink, bool exact = false);
  // Several statements of which all are in effect, or, when it throws, none.
  void attempt(const std::function<void()>& work);
  // The same without a guard around it, for statements that are sent while the answers to others are worked on. ask()
  // returns at once; answer() gives the rows, or throws as exec() does. Other statements wait for it, and fail as it
  // does. What was done since a savepoint is undone with back_to(), which leaves the savepoint; release() forgets it and
  // those after it.
  void ask(std::string sql, Parameters parameters, std::string savepoint = {});
  [[nodiscard]] pqxx::result answer();
  [[nodiscard]] bool forget_answer();  // false when it would have been a failure
  // For a reader: one statement whose rows will perhaps be wanted. Others are asked as if there were none, and what became of
  // it is told by prefetched() alone, once, as exec() tells it. A further one takes its place. False, and nothing is asked,
  // while rows are streamed and where it writes.
  [[nodiscard]] bool prefetch(std::string sql, Parameters parameters);
  [[nodiscard]] pqxx::result prefetched();
  void back_to(const std::string& savepoint);
  void release(const std::string& savepoint);
  // Durable on return. Throws TryAgain and Failure(check) when nothing was committed, Failure(source) when that is not
  // known. Nothing else may be asked afterwards.
  void commit();
  // So that other connections see the same; nothing may have been changed or attempted yet. "" where the server cannot.
  [[nodiscard]] std::string export_snapshot();
  [[nodiscard]] const Cancellation& cancellation() const { return cancel_; }
  // True when the server took the snapshot away (a standby that replays a conflicting change).
  [[nodiscard]] bool snapshot_lost() const { return snapshot_lost_; }

 private:
  void begin(const std::string& snapshot);
  void configure();
  [[nodiscard]] pqxx::result send(const std::string& sql, const Parameters& parameters);
  [[nodiscard]] pqxx::result send_now(const std::string& sql, const Parameters& parameters);
  // Runs `work`; what the client library throws becomes ours.
  void translated(const std::function<void()>& work);
  [[nodiscard]] pqxx::result rows_of(const std::shared_future<pqxx::result>& asked);
  void settle_prefetched();
  void set_savepoint();
  void back_to_savepoint();
  [[noreturn]] void rethrow();
  [[noreturn]] void give_way(const std::string& state, const std::string& what);
  void watch(const std::stop_token& stop);

  const Settings& settings_;
  const Cancellation& cancel_;
  std::unique_ptr<pqxx::connection> connection_;
  std::unique_ptr<Quiet> quiet_;  // must go before the connection
  std::unique_ptr<pqxx::transaction_base> transaction_;
  const Access access_;
  bool savepoint_ = false;  // there is one to go back to
  bool attempting_ = false;
  std::atomic<bool> busy_{false};
  bool snapshot_lost_ = false;
  std::shared_future<pqxx::result> asked_;  // its failure may be told more than once
  std::shared_future<pqxx::result> prefetched_;
  bool prefetching_ = false;  // nobody has waited for it yet
  std::optional<Worker> worker_;  // waits for what is asked ahead
  std::jthread watcher_;
};

// `exact`: what a number of ours would spell otherwise than the server stays text.
[[nodiscard]] Value value_of(const pqxx::result& result, int row, int column, bool exact = false);
[[nodiscard]] Value value_of(const pqxx::result& result, const pqxx::row& row, int column, bool exact = false);

// "name" as an SQL identifier, 'text' as an SQL literal.
[[nodiscard]] std::string identifier(std::string_view name);
[[nodiscard]] std::string literal(std::string_view text);

}  // namespace audit::postgres
