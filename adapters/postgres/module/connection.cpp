#include "adapters/postgres/module/connection.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "adapters/postgres/module/conninfo.hpp"

namespace audit::postgres {

namespace {

constexpr int kFetch = 2000;
constexpr const char* kSavepoint = "audit";
constexpr auto kWatch = std::chrono::milliseconds(20);

#if PQXX_VERSION_MAJOR >= 7
using ReadTransaction = pqxx::transaction<pqxx::isolation_level::repeatable_read, pqxx::write_policy::read_only>;
using WriteTransaction = pqxx::transaction<pqxx::isolation_level::serializable, pqxx::write_policy::read_write>;
#else
using ReadTransaction = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;
using WriteTransaction = pqxx::transaction<pqxx::serializable, pqxx::read_write>;
#endif

// What is a mistake of the check or the profile, and what of the server, by class of SQLSTATE (or the whole of it).
std::string hint_for(const std::string& state) {
  if (state == "42501") return "grant SELECT on what the profile reads, or connect as a role that has it";
  if (state == "57014") return "the statement timeout stopped it; set statement_timeout of the source higher";
  if (state == "55P03") return "something holds a lock on the table; run again, or set lock_timeout higher";
  if (state.starts_with("53")) return "the server is out of a resource; its log says which";
  return {};
}

// libpqxx 6 does not tell it of everything.
std::string state_of(const pqxx::sql_error& error) {
  const std::string state = error.sqlstate();
  return state.empty() && dynamic_cast<const pqxx::insufficient_privilege*>(&error) != nullptr ? "42501" : state;
}

bool is_lost_snapshot(const std::string& state) { return state == "40001" || state == "40P01" || state == "72000"; }

// Only the first line: what follows (LINE 1: …) quotes our own text.
std::string first_line(std::string text) {
  if (text.starts_with("ERROR:")) text.erase(0, text.find_first_not_of(' ', 6));
  text.erase(std::min(text.find('\n'), text.size()));
  return text;
}

}  // namespace

std::string identifier(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string literal(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c != '\0') quoted += c == '\'' ? std::string("''") : std::string(1, c);
  }
  return quoted + "'";
}

Connection::Connection(const Settings& settings, const Cancellation& cancel, const std::string& snapshot, Access access)
    : settings_(settings), cancel_(cancel), access_(access) {
  try {
    connection_ = std::make_unique<pqxx::connection>(settings.conninfo);
    begin(snapshot);
  } catch (const pqxx::sql_error& error) {
    throw StoreUnavailable{StoreStatus::unknown, without_secrets(first_line(error.what()), settings.secrets),
                           hint_for(state_of(error))};
  } catch (const pqxx::failure& error) {
    cancel_.check();
    throw unavailable(error.what(), settings.secrets);
  }
  watcher_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

Connection::~Connection() {
  if (asked_.valid()) asked_.wait();
  worker_.reset();  // whatever was asked ahead is answered by then
  watcher_ = {};
  try {
    transaction_.reset();
    quiet_.reset();
    connection_.reset();
  } catch (const std::exception&) {
    // The server is gone, and the snapshot with it: there is nothing left to end.
  }
}

void Connection::begin(const std::string& snapshot) {
  quiet_ = std::make_unique<Quiet>(*connection_);
  if (access_ == Access::write) {
    transaction_ = std::make_unique<WriteTransaction>(*connection_);
  } else {
    transaction_ = std::make_unique<ReadTransaction>(*connection_);
  }
  if (!snapshot.empty()) static_cast<void>(send("SET TRANSACTION SNAPSHOT " + literal(snapshot), {}));
  configure();
}

// Only what the server knows is set, and only for this transaction: a pooler may hand the session to somebody else
// afterwards.
void Connection::configure() {
  Parameters wanted = {"max_parallel_workers_per_gather",
                       std::to_string(settings_.parallel_workers),
                       "lock_timeout",
                       std::to_string(settings_.lock_timeout),
                       "timezone",
                       "UTC",
                       "datestyle",
                       "ISO, YMD",
                       "extra_float_digits",
                       "3",
                       "bytea_output",
                       "hex",
                       "cursor_tuple_fraction",
                       "1",
                       "standard_conforming_strings",
                       "on",
                       "intervalstyle",
                       "postgres"};
  if (settings_.statement_timeout > 0) {
    wanted.insert(wanted.end(), {"statement_timeout", std::to_string(settings_.statement_timeout)});
  }
  if (!settings_.schema.empty())
    wanted.insert(wanted.end(), {"search_path", identifier(settings_.schema) + ", public"});
  std::string rows;
  for (std::size_t i = 0; i < wanted.size(); i += 2) {
    rows += (i == 0 ? "($" : ", ($") + std::to_string(i + 1) + "::text, $" + std::to_string(i + 2) + "::text)";
  }
  static_cast<void>(send("SELECT set_config(p.name, w.value, true) FROM (VALUES " + rows +
                             ") AS w(name, value) JOIN pg_settings p ON lower(p.name) = w.name",
                         wanted));
}

// One thing at a time: what was asked ahead is answered first, and its answer kept.
pqxx::result Connection::send(const std::string& sql, const Parameters& parameters) {
  if (asked_.valid()) static_cast<void>(asked_.get());
  return send_now(sql, parameters);
}

pqxx::result Connection::send_now(const std::string& sql, const Parameters& parameters) {
#if PQXX_VERSION_MAJOR >= 7
  pqxx::params list;
  for (const auto& parameter : parameters) {
    if (parameter.has_value()) {
      list.append(*parameter);
    } else {
      list.append();
    }
  }
#if PQXX_VERSION_MAJOR > 7 || PQXX_VERSION_MINOR >= 9
  return transaction_->exec(sql, list);
#else
  return transaction_->exec_params(sql, list);
#endif
#else
  std::vector<const char*> list;
  for (const auto& parameter : parameters) list.push_back(parameter.has_value() ? parameter->c_str() : nullptr);
  return transaction_->exec_params(sql, pqxx::prepare::make_dynamic_params(list));
#endif
}

// A reader's savepoint stays where it is: there is nothing to lose between it and the failure, and two round trips are
// saved with every statement.
void Connection::set_savepoint() {
  if (savepoint_) return;
  translated([this] { static_cast<void>(send(std::string("SAVEPOINT ") + kSavepoint, {})); });
  savepoint_ = true;
}

void Connection::back_to_savepoint() {
  try {
    static_cast<void>(send(std::string("ROLLBACK TO SAVEPOINT ") + kSavepoint, {}));
    if (access_ == Access::write) static_cast<void>(send(std::string("RELEASE SAVEPOINT ") + kSavepoint, {}));
  } catch (const std::exception&) {
    // The connection is broken; whatever comes next will say so.
  }
  savepoint_ = savepoint_ && access_ == Access::read;
}

void Connection::attempt(const std::function<void()>& work) {
  cancel_.check();
  if (attempting_) return work();
  settle_prefetched();
  set_savepoint();
  attempting_ = true;
  try {
    work();
  } catch (...) {
    attempting_ = false;
    back_to_savepoint();
    cancel_.check();
    throw;
  }
  attempting_ = false;
  if (access_ == Access::read) return;
  release(kSavepoint);
  savepoint_ = false;
}

void Connection::translated(const std::function<void()>& work) {
  busy_ = true;
  try {
    work();
    busy_ = false;
  } catch (const pqxx::failure&) {
    busy_ = false;
    rethrow();
  } catch (...) {
    busy_ = false;
    throw;
  }
}

// Called while an exception is being handled.
void Connection::rethrow() {
  const auto told = [this](const pqxx::failure& error) {
    return without_secrets(first_line(error.what()), settings_.secrets);
  };
  try {
    throw;
  } catch (const pqxx::statement_completion_unknown& error) {
    throw Failure(ErrorKind::source, "40003", told(error));
  } catch (const pqxx::transaction_rollback& error) {  // no sql_error in libpqxx 6
    give_way("40001", told(error));
  } catch (const pqxx::sql_error& error) {
    const std::string state = state_of(error);
    if (is_lost_snapshot(state)) give_way(state, told(error));
    const bool lost = state.starts_with("57P") || state.starts_with("08") || state.starts_with("XX");
    throw Failure(lost ? ErrorKind::source : ErrorKind::check, state, told(error), hint_for(state));
  } catch (const pqxx::failure& error) {
    // What libpqxx says of a connection that was gone before the query tells nothing.
    const std::string what = told(error);
    const bool gone = what.find("not connected") != std::string::npos;
    throw Failure(ErrorKind::source, "08006",
                  "lost the connection to the server" + (gone ? std::string() : ": " + what),
                  "run again when the server is back; nothing was changed");
  }
}

void Connection::give_way(const std::string& state, const std::string& what) {
  snapshot_lost_ = true;
  if (access_ == Access::write) throw TryAgain(what);
  throw Failure(ErrorKind::source, state, what, hint_for(state));
}

pqxx::result Connection::exec(const std::string& sql, const Parameters& parameters) {
  pqxx::result result;
  attempt([&] { translated([&] { result = send(sql, parameters); }); });
  return result;
}

void Connection::ask(std::string sql, Parameters parameters, std::string savepoint) {
  cancel_.check();
  if (!worker_.has_value()) worker_.emplace();
  busy_ = true;
  asked_ = worker_->start([this, sql = std::move(sql), parameters = std::move(parameters),
                           savepoint = std::move(savepoint)] {
    if (!savepoint.empty()) static_cast<void>(send_now("SAVEPOINT " + savepoint, {}));
    return send_now(sql, parameters);
  });
}

pqxx::result Connection::answer() { return rows_of(std::exchange(asked_, {})); }

pqxx::result Connection::rows_of(const std::shared_future<pqxx::result>& asked) {
  pqxx::result rows;
  try {
    translated([&] { rows = asked.get(); });
  } catch (const Failure&) {
    cancel_.check();
    throw;
  }
  return rows;
}

bool Connection::forget_answer() {
  if (!asked_.valid()) return true;
  bool answered = true;
  try {
    static_cast<void>(std::exchange(asked_, {}).get());
  } catch (const std::exception&) {
    answered = false;
  }
  busy_ = false;
  return answered;
}

bool Connection::prefetch(std::string sql, Parameters parameters) {
  if (attempting_ || access_ == Access::write) return false;
  attempt([] {});  // there is a savepoint then, and nothing else under way
  ask(std::move(sql), std::move(parameters));
  prefetched_ = std::exchange(asked_, {});
  prefetching_ = true;
  return true;
}

pqxx::result Connection::prefetched() {
  settle_prefetched();
  return rows_of(std::exchange(prefetched_, {}));
}

void Connection::settle_prefetched() {
  if (!prefetched_.valid() || !std::exchange(prefetching_, false)) return;
  try {
    translated([&] { static_cast<void>(prefetched_.get()); });
  } catch (const std::exception&) {
    back_to_savepoint();
  }
}

void Connection::back_to(const std::string& savepoint) {
  translated([&] { static_cast<void>(send("ROLLBACK TO SAVEPOINT " + savepoint, {})); });
}

void Connection::release(const std::string& savepoint) {
  translated([&] { static_cast<void>(send("RELEASE SAVEPOINT " + savepoint, {})); });
}

// While rows are looked at, the next ones are fetched.
void Connection::stream(const std::string& sql, const Parameters& parameters, const RowSink& sink, bool exact) {
  const bool may_go_back = !attempting_;  // to before the cursor, and to nothing that somebody did before it
  attempt([&] {
    translated([&] { static_cast<void>(send("DECLARE audit NO SCROLL CURSOR FOR " + sql, parameters)); });
    const std::string fetch = "FETCH " + std::to_string(kFetch) + " FROM audit";
    const std::shared_ptr<void> end(nullptr, [this](void*) { static_cast<void>(forget_answer()); });
    Row row;
    bool wanted = true;
    for (bool more = true, ahead = false; more && wanted;) {
      pqxx::result rows;
      if (ahead) {
        rows = answer();
      } else {
        translated([&] { rows = send(fetch, {}); });
      }
      more = static_cast<int>(rows.size()) == kFetch;
      ahead = more && may_go_back;
      if (ahead) ask(fetch, {});
      for (int i = 0; wanted && i < static_cast<int>(rows.size()); ++i) {
        row.clear();
        const auto native = rows[static_cast<pqxx::result::size_type>(i)];
        for (int column = 0; column < static_cast<int>(rows.columns()); ++column)
          row.push_back(value_of(rows, native, column, exact));
        wanted = sink(row);
      }
    }
    // Rows that nobody wants may be ones that cannot be had.
    if (!forget_answer()) return back_to(kSavepoint);
    translated([&] { static_cast<void>(send("CLOSE audit", {})); });
  });
}

// Not under attempt(): once it is sent, a cancellation would only hide what became of it.
void Connection::commit() {
  try {
    transaction_->commit();
  } catch (const pqxx::in_doubt_error& error) {
    throw Failure(ErrorKind::source, "08007",
                  "lost the connection to the server during COMMIT: " +
                      without_secrets(first_line(error.what()), settings_.secrets),
                  "run `audit recover` when the server is back: it finds out whether the changes are there");
  } catch (const pqxx::failure&) {
    rethrow();
  }
}

std::string Connection::export_snapshot() {
  // Not within a savepoint, where the server refuses it.
  std::string name;
  try {
    if (savepoint_) release(kSavepoint);
    savepoint_ = false;
    translated([&] { name = send("SELECT pg_export_snapshot()", {})[0][0].c_str(); });
  } catch (const Failure&) {
    transaction_.reset();
    quiet_.reset();
    translated([this] { begin(""); });
    return {};
  }
  return name;
}

void Connection::watch(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::this_thread::sleep_for(kWatch);
    if (!busy_ || !cancel_.expired()) continue;
    try {
      connection_->cancel_query();
    } catch (const std::exception&) {
      // It ended by itself, or the server is gone.
    }
  }
}

}  // namespace audit::postgres
