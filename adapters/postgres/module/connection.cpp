#include "adapters/postgres/module/connection.hpp"

#include <algorithm>
#include <chrono>

#include "adapters/postgres/module/conninfo.hpp"

namespace audit::postgres {

namespace {

constexpr int kFetch = 2000;
constexpr auto kWatch = std::chrono::milliseconds(20);

#if PQXX_VERSION_MAJOR >= 7
using SnapshotTransaction = pqxx::transaction<pqxx::isolation_level::repeatable_read, pqxx::write_policy::read_only>;
#else
using SnapshotTransaction = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;
#endif

// What is a mistake of the check or the profile, and what of the server, by class of SQLSTATE (or the whole of it).
std::string hint_for(const std::string& state) {
  if (state == "42501") return "grant SELECT on what the profile reads, or connect as a role that has it";
  if (state == "57014") return "the statement timeout stopped it; set statement_timeout of the source higher";
  if (state == "55P03") return "something holds a lock on the table; run again, or set lock_timeout higher";
  if (state.starts_with("53")) return "the server is out of a resource; its log says which";
  return {};
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

Connection::Connection(const Settings& settings, const Cancellation& cancel, const std::string& snapshot)
    : settings_(settings), cancel_(cancel) {
  try {
    connection_ = std::make_unique<pqxx::connection>(settings.conninfo);
    begin(snapshot);
  } catch (const pqxx::sql_error& error) {
    throw StoreUnavailable{StoreStatus::unknown, without_secrets(first_line(error.what()), settings.secrets),
                           hint_for(error.sqlstate())};
  } catch (const pqxx::failure& error) {
    cancel_.check();
    throw unavailable(error.what(), settings.secrets);
  }
  watcher_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

Connection::~Connection() {
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
  transaction_ = std::make_unique<SnapshotTransaction>(*connection_);
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
                       "1",
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

pqxx::result Connection::send(const std::string& sql, const Parameters& parameters) {
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

void Connection::guarded(const std::function<void()>& work) {
  cancel_.check();
  try {
    static_cast<void>(send("SAVEPOINT audit", {}));
    busy_ = true;
    work();
    busy_ = false;
    static_cast<void>(send("RELEASE SAVEPOINT audit", {}));
  } catch (...) {
    busy_ = false;
    rethrow();
  }
}

// Called while an exception is being handled.
void Connection::rethrow() {
  const auto back = [this] {
    try {
      static_cast<void>(send("ROLLBACK TO SAVEPOINT audit", {}));
      static_cast<void>(send("RELEASE SAVEPOINT audit", {}));
    } catch (const std::exception&) {
      // The connection is broken; whatever comes next will say so.
    }
  };
  try {
    throw;
  } catch (const pqxx::sql_error& error) {
    const std::string state = error.sqlstate();
    const std::string what = without_secrets(first_line(error.what()), settings_.secrets);
    back();
    cancel_.check();
    if (is_lost_snapshot(state)) snapshot_lost_ = true;
    const bool lost =
        is_lost_snapshot(state) || state.starts_with("57P") || state.starts_with("08") || state.starts_with("XX");
    throw Failure(lost ? ErrorKind::source : ErrorKind::check, state, what, hint_for(state));
  } catch (const pqxx::failure& error) {
    cancel_.check();
    // What libpqxx says of a connection that was gone before the query tells nothing.
    const std::string what = without_secrets(first_line(error.what()), settings_.secrets);
    const bool gone = what.find("not connected") != std::string::npos;
    throw Failure(ErrorKind::source, "08006", "lost the connection to the server" + (gone ? std::string() : ": " + what),
                  "run again when the server is back; nothing was changed");
  } catch (...) {
    back();
    throw;
  }
}

pqxx::result Connection::exec(const std::string& sql, const Parameters& parameters) {
  pqxx::result result;
  guarded([&] { result = send(sql, parameters); });
  return result;
}

void Connection::stream(const std::string& sql, const Parameters& parameters, const RowSink& sink) {
  guarded([&] {
    static_cast<void>(send("DECLARE audit NO SCROLL CURSOR FOR " + sql, parameters));
    const std::string fetch = "FETCH " + std::to_string(kFetch) + " FROM audit";
    Row row;
    for (bool more = true; more;) {
      const pqxx::result rows = send(fetch, {});
      more = static_cast<int>(rows.size()) == kFetch;
      for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
        row.clear();
        for (int column = 0; column < static_cast<int>(rows.columns()); ++column)
          row.push_back(value_of(rows, i, column));
        if (!sink(row)) {
          more = false;
          break;
        }
      }
    }
    static_cast<void>(send("CLOSE audit", {}));
  });
}

std::string Connection::export_snapshot() {
  try {
    return exec("SELECT pg_export_snapshot()")[0][0].c_str();
  } catch (const Failure&) {
    return {};
  }
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
