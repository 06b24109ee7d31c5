#pragma once
// One open PostgreSQL database: one snapshot, seen by one connection.

#include <memory>
#include <string>
#include <vector>

#include "adapters/postgres/module/conninfo.hpp"
#include "adapters/postgres/module/host.hpp"
#include "auditor/model/store.hpp"

namespace audit::postgres {

class PostgresStore : public Store {
 public:
  PostgresStore(StoreInfo info, std::unique_ptr<Connection> connection);

  [[nodiscard]] const StoreInfo& info() const override { return info_; }
  [[nodiscard]] bool has(const std::string& table, const std::string& column) override;
  [[nodiscard]] Value probe(const std::string& sql) override;
  void scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) override;
  [[nodiscard]] Host* host() override { return &host_; }
  // Values as the server spells them (times with all their digits), so that what is written back is what was there.
  [[nodiscard]] Cells native_row(const RelationPart& part, const Cells& key) override;
  [[nodiscard]] bool still_valid() override { return !connection_->snapshot_lost(); }

 private:
  StoreInfo info_;
  std::unique_ptr<Connection> connection_;
  Tables tables_;
  PostgresHost host_;
};

}  // namespace audit::postgres
