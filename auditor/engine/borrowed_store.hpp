#pragma once
// A store that somebody else has open.

#include "auditor/model/store.hpp"

namespace audit {

// Does whatever the store does, and closes nothing. The store must outlive it.
class BorrowedStore : public Store {
 public:
  explicit BorrowedStore(Store& store) : store_(store) {}

  [[nodiscard]] const StoreInfo& info() const override { return store_.info(); }
  [[nodiscard]] bool has(const std::string& table, const std::string& column) override { return store_.has(table, column); }
  [[nodiscard]] Value probe(const std::string& sql) override { return store_.probe(sql); }
  void scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) override {
    store_.scan(relation, columns, sink);
  }
  [[nodiscard]] bool scan_scope(const RelationMapping& relation, const std::vector<std::string>& columns, const std::string& scope,
                                const RowSink& sink) override {
    return store_.scan_scope(relation, columns, scope, sink);
  }
  [[nodiscard]] Host* host() override { return store_.host(); }
  [[nodiscard]] Cells native_row(const RelationPart& part, const Cells& key) override { return store_.native_row(part, key); }
  [[nodiscard]] Consequences consequences(const RelationPart& part, const Change& removal, std::span<const Change> first = {}) override { return store_.consequences(part, removal, first); }
  [[nodiscard]] bool still_valid() override { return store_.still_valid(); }

 private:
  Store& store_;
};

}  // namespace audit
