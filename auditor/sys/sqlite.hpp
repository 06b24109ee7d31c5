#pragma once
// A thin RAII handle on SQLite, for the workbench and the SQLite adapter. Connections and statements belong to one thread at a time.

#include <sqlite3.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/error.hpp"
#include "auditor/model/store.hpp"
#include "auditor/model/value.hpp"

namespace audit::sqlite {

// Settings of the whole library, which count from its first use on: to be called before anything of SQLite is used in another way than through
// Connection, which calls it. Safe from several threads.
void prepare_library();

// What SQLite refused, with its extended result code. It is the store's fault (ErrorKind::source) when the file is damaged, locked or cannot be read,
// the query's (ErrorKind::check) otherwise.
class Failure : public Error {
 public:
  Failure(int code, const std::string& what);
  [[nodiscard]] int code() const { return code_; }
  [[nodiscard]] int primary() const { return code_ & 0xff; }

 private:
  int code_;
};

// "name" as an SQL identifier, 'text' as an SQL literal, a value as an SQL literal.
[[nodiscard]] std::string identifier(std::string_view name);
[[nodiscard]] std::string literal(std::string_view text);
[[nodiscard]] std::string literal(const Value& value);

class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  // Position from 1. Text and blobs are copied.
  void bind(int position, const Value& value);
  // A parameter that the statement does not have is left out.
  void bind(const std::string& name, const Value& value);
  // True: a row is there. Throws Failure; Error(interrupted) or Error(check) when the connection's cancellation fired.
  bool step();
  void reset();

  [[nodiscard]] int columns() const { return sqlite3_column_count(statement_.get()); }
  [[nodiscard]] std::string column_name(int column) const;
  [[nodiscard]] Value value(int column) const;
  // Fills `row` with the current row, reusing its storage.
  void row(Row& row) const;
  [[nodiscard]] sqlite3_stmt* get() const { return statement_.get(); }
  explicit operator bool() const { return statement_ != nullptr; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// The value that SQLite hands to a callback.
[[nodiscard]] Value value_of(sqlite3_value* value);

class Connection {
 public:
  // Throws Failure. Double-quoted strings, extensions and functions of the schema that have side effects are off.
  Connection(const std::string& path, int flags, const char* vfs = nullptr);

  // Runs all statements of `sql`, ignoring rows.
  void exec(const std::string& sql);
  // One statement; throws Failure, also when there is a second one.
  [[nodiscard]] Statement prepare(std::string_view sql);
  // First value of the first row, NULL when there is none.
  [[nodiscard]] Value single(const std::string& sql);
  // From now on statements stop when this fires. It must outlive the connection.
  void watch(const Cancellation& cancel);
  [[nodiscard]] sqlite3* get() const { return connection_.get(); }
  [[noreturn]] void fail(int code, const std::string& doing) const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace audit::sqlite
