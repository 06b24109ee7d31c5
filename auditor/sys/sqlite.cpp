#include "auditor/sys/sqlite.hpp"

#include <limits>

#include "auditor/sys/sqlite_functions.hpp"

namespace audit::sqlite {

namespace {

// Steps of SQLite's virtual machine between two looks at the cancellation: some milliseconds at most.
constexpr int kProgressSteps = 10'000;

int on_progress(void* context) { return static_cast<const Cancellation*>(context)->expired() ? 1 : 0; }

std::string quoted(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    if (c == quote) result += quote;
    result += c;
  }
  return result + quote;
}

ErrorKind kind_of(int code) {
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return ErrorKind::source;
    default: return ErrorKind::check;
  }
}

}  // namespace

// SQLite counts the memory in use under one lock for all threads; nobody asks for that count. And it sets 20 pages aside for every temporary table, of
// which most checks fill one.
void prepare_library() {
  [[maybe_unused]] static const bool configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK &&
                                                  sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0) == SQLITE_OK;
}

Failure::Failure(int code, const std::string& what) : Error(kind_of(code), what), code_(code) {}

std::string identifier(std::string_view name) { return quoted(name, '"'); }
// A statement ends at a zero byte.
std::string literal(std::string_view text) {
  const auto zero = text.find('\0');
  if (zero == std::string_view::npos) return quoted(text, '\'');
  return "(" + quoted(text.substr(0, zero), '\'') + " || char(0) || " + literal(text.substr(zero + 1)) + ")";
}

std::string literal(const Value& value) {
  switch (value.index()) {
    case 1:
    case 2: return to_text(value);
    case 3: return literal(std::string_view(std::get<std::string>(value)));
    case 4: return "x'" + to_text(value) + "'";
    default: return "NULL";
  }
}

void Statement::bind(int position, const Value& value) {
  auto* statement = statement_.get();
  int code = SQLITE_OK;
  switch (value.index()) {
    case 1: code = sqlite3_bind_int64(statement, position, std::get<std::int64_t>(value)); break;
    case 2: code = sqlite3_bind_double(statement, position, std::get<double>(value)); break;
    case 3: {
      const auto& text = std::get<std::string>(value);
      code = sqlite3_bind_text64(statement, position, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
      break;
    }
    case 4: {
      const auto& bytes = std::get<Blob>(value).bytes;
      code = sqlite3_bind_blob64(statement, position, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
      break;
    }
    default: code = sqlite3_bind_null(statement, position);
  }
  if (code != SQLITE_OK) throw Failure(code, std::string("cannot bind a value: ") + sqlite3_errstr(code));
}

void Statement::bind(const std::string& name, const Value& value) {
  const int position = sqlite3_bind_parameter_index(statement_.get(), (":" + name).c_str());
  if (position > 0) bind(position, value);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* connection = sqlite3_db_handle(statement_.get());
  if (code == SQLITE_INTERRUPT) throw Failure(SQLITE_INTERRUPT, "interrupted");
  throw Failure(sqlite3_extended_errcode(connection), sqlite3_errmsg(connection));
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::string Statement::column_name(int column) const {
  const char* name = sqlite3_column_name(statement_.get(), column);
  return name == nullptr ? std::string() : std::string(name);
}

Value value_of(sqlite3_value* value) {
  const auto size = [&] { return static_cast<std::size_t>(sqlite3_value_bytes(value)); };
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: return static_cast<std::int64_t>(sqlite3_value_int64(value));
    case SQLITE_FLOAT: return sqlite3_value_double(value);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
      return std::string(text, size());
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
      return bytes == nullptr ? Blob{} : Blob{std::string(bytes, size())};
    }
    default: return {};
  }
}

Value Statement::value(int column) const {
  auto* statement = statement_.get();
  const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, column)); };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(text, size());
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
      return bytes == nullptr ? Blob{} : Blob{std::string(bytes, size())};
    }
    default: return {};
  }
}

void Statement::row(Row& row) const {
  row.resize(static_cast<std::size_t>(columns()));
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = value(static_cast<int>(i));
}

Connection::Connection(const std::string& path, int flags, const char* vfs) {
  prepare_library();
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, vfs);
  connection_.reset(connection);
  if (code != SQLITE_OK) {
    throw Failure(connection != nullptr ? sqlite3_extended_errcode(connection) : code,
                  connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code));
  }
  if (const int added = add_functions(connection); added != SQLITE_OK) fail(added, "");
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
}

void Connection::fail(int code, const std::string& doing) const {
  throw Failure(sqlite3_extended_errcode(get()) != 0 ? sqlite3_extended_errcode(get()) : code,
                doing + sqlite3_errmsg(get()));
}

void Connection::exec(const std::string& sql) {
  const int code = sqlite3_exec(get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, "");
}

Statement Connection::prepare(std::string_view sql) {
  if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw Failure(SQLITE_TOOBIG, "the statement is too long");
  }
  // SQLite would take it for the end, and what follows for nothing.
  if (sql.find('\0') != std::string_view::npos) throw Failure(SQLITE_MISUSE, "there is a zero byte in the statement");
  sqlite3_stmt* statement = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v3(get(), sql.data(), static_cast<int>(sql.size()), 0, &statement, &tail);
  Statement prepared(statement);
  if (code != SQLITE_OK) fail(code, "");
  if (statement == nullptr) throw Failure(SQLITE_MISUSE, "there is no statement");
  // What follows must be blank, comments or semicolons: SQLite says so by preparing to nothing.
  while (tail != nullptr && tail < sql.data() + sql.size()) {
    sqlite3_stmt* second = nullptr;
    const auto left = static_cast<int>(sql.data() + sql.size() - tail);
    const int again = sqlite3_prepare_v3(get(), tail, left, 0, &second, &tail);
    const Statement discard(second);
    if (again != SQLITE_OK || second != nullptr) throw Failure(SQLITE_MISUSE, "there is a second statement");
  }
  return prepared;
}

Value Connection::single(const std::string& sql) {
  Statement statement = prepare(sql);
  return statement.step() ? statement.value(0) : Value{};
}

void Connection::watch(const Cancellation& cancel) {
  sqlite3_progress_handler(get(), kProgressSteps, on_progress, const_cast<Cancellation*>(&cancel));
}

}  // namespace audit::sqlite
