#pragma once
// Rows of one mapping, read in pipelines: while the server works on the next keys, the rows of these are made.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/redis/module/connection.hpp"
#include "adapters/redis/module/key_feed.hpp"
#include "adapters/redis/module/row_plan.hpp"
#include "auditor/model/store.hpp"

namespace audit::redis {

// The connections of one open store, made when they are first needed. Used by one thread.
class Lines {
 public:
  Lines(const RedisSettings& settings, const Cancellation& cancel) : settings_(settings), cancel_(cancel) {}
  // 0 for keys and values; 1 for the values of keys that passed a test; 2 for what one answer leaves over.
  [[nodiscard]] Connection& line(std::size_t number);
  // Closes them: answers that nobody takes may still be on their way.
  void close() { lines_.clear(); }

 private:
  const RedisSettings& settings_;
  const Cancellation& cancel_;
  std::vector<std::unique_ptr<Connection>> lines_;
};

class RowReader {
 public:
  // All of these must outlive it. `absent` gets the keys whose absence lets rows be some.
  RowReader(Lines& lines, const RowPlan& plan, const StoreInfo& info, const Cancellation& cancel, std::vector<std::string>* absent = nullptr);
  // False when no more rows are wanted. The lines are closed when it does not come to the end.
  bool read(KeyFeed& feed, const RowSink& sink);

 private:
  struct Pending {
    std::string key;
    std::vector<std::string> captures;
  };
  struct Held {
    std::string unless;
    Row row;
  };

  bool read_all(KeyFeed& feed, const RowSink& sink);
  void ask_for(Connection& line, const std::vector<Pending>& keys);
  [[nodiscard]] std::vector<Pending> matching(std::vector<std::string>& keys) const;
  void append(Connection& line, const Pending& key);
  void append_value(Connection& line, const Pending& key);
  bool survivors(std::vector<Pending>& keys, const RowSink& sink);
  bool rows_of(Connection& line, std::vector<Pending>& keys, const RowSink& sink);
  bool row_of(Connection& line, const Pending& key, const RowSink& sink);
  void read_ttl(Connection& line);
  void read_value(const redisReply& value);
  void read_side(Connection& line, const Pending& key, const SideKey& side);
  void elements(const std::string& key, Reply first, const std::function<bool(const redisReply&)>& each);
  void derive(const SideKey& side, const Pending& key, const redisReply& element);
  void parse(std::string_view text);
  [[nodiscard]] bool items(const Pending& key, Reply first, const RowSink& sink);
  [[nodiscard]] bool members(const Pending& key, Reply first, const RowSink& sink);
  [[nodiscard]] bool give(const Pending& key, const RowSink& sink);
  [[nodiscard]] bool give_held(const RowSink& sink);
  [[nodiscard]] Value cell(const PlannedColumn& column, const Pending& key) const;
  void begin_row();
  void note(const std::string& defect);

  Lines& lines_;
  const RowPlan& plan_;
  const StoreInfo& info_;
  const Cancellation& cancel_;
  std::vector<std::string>* absent_;
  bool test_first_ = false;  // `unless` is known from the key alone
  std::vector<std::vector<std::string>> fields_;  // of a hash, in the order of the columns
  JsonReader values_;
  JsonReader items_;

  // The row that is being made.
  Row row_;
  std::int64_t now_ = 0;
  bool gone_ = false;
  bool has_json_ = false;
  JsonElement json_;
  std::string_view text_;
  bool has_text_ = false;
  Value ttl_;
  Value index_;
  Value score_;
  std::string_view member_;
  std::string defect_;
  std::vector<Value> hash_;     // parallel to the columns
  std::vector<Value> derived_;  // parallel to those of the layout
  std::vector<Held> held_;
};

}  // namespace audit::redis
