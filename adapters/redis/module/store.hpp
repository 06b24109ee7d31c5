#pragma once
// An open Redis server: relations made of its keys.

#include <optional>

#include "adapters/redis/module/keys.hpp"
#include "adapters/redis/module/row_reader.hpp"
#include "auditor/model/record.hpp"

namespace audit::redis {

// A server has no snapshots: each row is read when it is its turn, and what a check finds is read again before it is told.
class RedisStore : public Store, public Recordable {
 public:
  // Throws StoreUnavailable.
  RedisStore(const RedisSettings& settings, StoreInfo info, const Cancellation& cancel);

  [[nodiscard]] const StoreInfo& info() const override { return info_; }
  // Any table, and any column of a form that rows may have.
  [[nodiscard]] bool has(const std::string& table, const std::string& column) override;
  // "chat:{id}": 1 when there is such a key.
  [[nodiscard]] Value probe(const std::string& pattern) override;
  void scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) override;
  bool scan_keys(const RelationMapping& relation, const std::vector<std::string>& columns, const std::string& key,
                 const std::vector<Value>& values, const RowSink& sink) override;
  [[nodiscard]] bool is_snapshot() const override { return false; }
  [[nodiscard]] Host* host() override { return nullptr; }
  [[nodiscard]] Cells native_row(const RelationPart& part, const Cells& key) override;
  // From now on the names of keys whose absence lets a row be one go there; they must outlive this store.
  void note_absent(std::vector<std::string>* names) { absent_ = names; }
  void record(const RecordOrder& order, Recording& recording) override;

 private:
  bool scan_part(const RelationPart& part, const std::vector<std::string>& columns, const RowSink& sink);
  [[nodiscard]] std::unique_ptr<KeyFeed> feed(const KeyPattern& pattern);
  const Census& census();

  RedisSettings settings_;
  StoreInfo info_;
  const Cancellation& cancel_;
  Lines lines_;
  std::optional<Census> census_;
  std::vector<std::string>* absent_ = nullptr;
};

}  // namespace audit::redis
