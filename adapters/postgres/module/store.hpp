#pragma once
// One open PostgreSQL database: one snapshot, seen by one connection.

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/postgres/module/conninfo.hpp"
#include "adapters/postgres/module/consequences.hpp"
#include "adapters/postgres/module/host.hpp"
#include "auditor/model/record.hpp"
#include "auditor/model/store.hpp"

namespace audit::postgres {

class PostgresStore : public Store, public Recordable {
 public:
  PostgresStore(StoreInfo info, std::shared_ptr<Connection> connection);

  [[nodiscard]] const StoreInfo& info() const override { return info_; }
  [[nodiscard]] bool has(const std::string& table, const std::string& column) override;
  [[nodiscard]] Value probe(const std::string& sql) override;
  void scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) override;
  [[nodiscard]] Host* host() override { return &host_; }
  // Values as the server spells them (times with all their digits), so that what is written back is what was there.
  [[nodiscard]] Cells native_row(const RelationPart& part, const Cells& key) override;
  std::size_t expect(const RelationPart& part, std::span<const Cells> keys, ChangeOp op, std::span<const Cells> next = {}) override;
  [[nodiscard]] Consequences consequences(const RelationPart& part, const Change& removal, std::span<const Change> first = {}) override;
  void record(const RecordOrder& order, Recording& recording) override;
  [[nodiscard]] std::vector<std::string> record_words() override;
  [[nodiscard]] bool still_valid() override { return !connection_->snapshot_lost(); }

  [[nodiscard]] Catalog& catalog() { return catalog_; }

 private:
  // The type of the native column that a canonical key column is, as it is; "" for one that is made of it.
  [[nodiscard]] std::string plain_type(const RelationPart& part, const NativeTable& table,
                                       const std::string& column) const;
  // Rows that are read ahead: what is asked of the server, and what it gave.
  struct Ahead {
    std::string kind;                   // what the rows are of
    std::map<std::string, Cells> rows;  // by their keys, spelled; empty where there is none
    int columns = 0;                    // of the key
    std::string sql;
    Parameters parameters;
  };
  [[nodiscard]] Ahead to_read(const RelationPart& part, std::span<const Cells> keys);
  void read(Ahead wanted);
  [[nodiscard]] bool read_referrers(const RelationPart& part);
  [[nodiscard]] std::size_t most_rows(const std::string& kind) const;

  StoreInfo info_;
  std::shared_ptr<Connection> connection_;
  Tables tables_;
  PostgresHost host_;
  Catalog catalog_;
  Referrers referrers_;
  Ahead ahead_;
  std::optional<Ahead> asked_;  // whose rows the connection fetches meanwhile
  std::string measured_kind_;   // of the rows that were read last
  std::size_t row_bytes_ = 0;   // of each of them, on average
};

}  // namespace audit::postgres
