#pragma once
// Keys, some hundred at a time: from a list, or from SCAN with the next step always asked for before this one is used.

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "adapters/redis/module/connection.hpp"

namespace audit::redis {

class KeyFeed {
 public:
  virtual ~KeyFeed() = default;
  [[nodiscard]] virtual bool done() const = 0;
  // Queues what the next take() waits for.
  virtual void request(Connection& connection) = 0;
  // Replaces `keys`; they may be none although more follow.
  virtual void take(Connection& connection, std::vector<std::string>& keys) = 0;
};

class ListedKeys : public KeyFeed {
 public:
  explicit ListedKeys(std::vector<std::string> keys) : keys_(std::move(keys)) {}
  [[nodiscard]] bool done() const override { return at_ == keys_.size(); }
  void request(Connection& /*connection*/) override {}
  void take(Connection& connection, std::vector<std::string>& keys) override;

 private:
  std::vector<std::string> keys_;
  std::size_t at_ = 0;
};

// Keys in a private file without a name. One reader at a time.
class KeySpool {
 public:
  // Throws Error(source) when there is no room for it.
  KeySpool();
  void add(std::string_view key);
  void rewind();
  // False at the end.
  bool next(std::string& key);

 private:
  [[noreturn]] void fail() const;
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

class SpooledKeys : public KeyFeed {
 public:
  explicit SpooledKeys(std::shared_ptr<KeySpool> spool) : spool_(std::move(spool)) { spool_->rewind(); }
  [[nodiscard]] bool done() const override { return done_; }
  void request(Connection& /*connection*/) override {}
  void take(Connection& connection, std::vector<std::string>& keys) override;

 private:
  std::shared_ptr<KeySpool> spool_;
  bool done_ = false;
};

// A key may come more than once while the server grows its tables.
class ScannedKeys : public KeyFeed {
 public:
  explicit ScannedKeys(std::string match) : match_(std::move(match)) {}
  [[nodiscard]] bool done() const override { return done_; }
  void request(Connection& connection) override;
  void take(Connection& connection, std::vector<std::string>& keys) override;

 private:
  std::string match_;
  std::string cursor_ = "0";
  bool done_ = false;
};

}  // namespace audit::redis
