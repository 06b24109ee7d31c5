#pragma once
// One open SQLite database: a read transaction from construction to destruction.

#include <memory>
#include <string>

#include "adapters/sqlite/row_access.hpp"
#include "adapters/sqlite/sqlite_file.hpp"
#include "auditor/model/record.hpp"
#include "auditor/model/store.hpp"
#include "auditor/sys/sqlite_host.hpp"

namespace audit {

class SqliteStore : public Store, public Recordable {
 public:
  // Takes a connection whose read transaction has begun. `before` is the files' state before it did; `locked` says that nobody can change what
  // it reads (a lock, or a private copy). `basis`, what the connection reads when it is ours alone, is kept as long as the connection.
  SqliteStore(StoreInfo info, std::unique_ptr<sqlite::Connection> connection, FileState before, bool locked, std::shared_ptr<const void> basis);

  [[nodiscard]] const StoreInfo& info() const override { return info_; }
  [[nodiscard]] bool has(const std::string& table, const std::string& column) override;
  [[nodiscard]] Value probe(const std::string& sql) override;
  void scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) override;
  [[nodiscard]] bool scan_scope(const RelationMapping& relation, const std::vector<std::string>& columns,
                                const std::string& scope, const RowSink& sink) override;
  [[nodiscard]] Host* host() override { return &host_; }
  [[nodiscard]] Cells native_row(const RelationPart& part, const Cells& key) override;
  [[nodiscard]] Consequences consequences(const RelationPart& part, const Change& removal, std::span<const Change> first = {}) override {
    return rows_.consequences(part, removal, first);
  }
  void record(const RecordOrder& order, Recording& recording) override;
  [[nodiscard]] std::vector<std::string> record_words() override;
  [[nodiscard]] bool still_valid() override;

 private:
  StoreInfo info_;
  std::shared_ptr<const void> basis_;
  std::unique_ptr<sqlite::Connection> connection_;
  sqlite::SqliteHost host_;
  RowAccess rows_;
  FileState before_;
  bool locked_;
  int native_rows_ = 0;  // that were asked for
  std::map<std::string, std::set<std::string>> columns_;   // table → its columns; none: there is no such table
  std::map<std::string, sqlite::Statement> scope_scans_;  // by their SQL; empty: would read the whole relation
};

}  // namespace audit
