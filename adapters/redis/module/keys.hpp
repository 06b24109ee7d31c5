#pragma once
// The keys of a server that begin with a prefix, by family (what stands before the next ':'). Read with SCAN, never KEYS.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "adapters/redis/module/connection.hpp"
#include "adapters/redis/module/key_feed.hpp"
#include "adapters/redis/module/key_pattern.hpp"

namespace audit::redis {

// One walk over all keys, with what it found: how many there are of each family, and which. In bounded memory: many are kept in a private file.
class Census {
 public:
  Census(Connection& connection, const std::string& prefix, const Cancellation& cancel);

  struct Family {
    std::int64_t count = 0;
    std::vector<std::string> keys;     // all of them, or
    std::shared_ptr<KeySpool> spool;  // where they are
    [[nodiscard]] std::unique_ptr<KeyFeed> feed() const;
  };
  // The family that a pattern's keys are in; nullptr when they may be in several.
  [[nodiscard]] const Family* family(const KeyPattern& pattern) const;

 private:
  void add(std::string_view key);

  std::string prefix_;
  std::map<std::string, Family, std::less<>> families_;
  Family none_;
  bool complete_ = true;  // every family has an entry
};

// "MATCH" text for everything that begins with a prefix.
[[nodiscard]] std::string glob_of_prefix(const std::string& prefix);

}  // namespace audit::redis
