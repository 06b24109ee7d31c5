#pragma once
// What the program finds in the module that holds the client library.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/redis/address.hpp"
#include "adapters/redis/redis.hpp"
#include "auditor/model/store.hpp"

namespace audit {

struct RedisSettings {
  redis::Address address;
  std::string prefix;                 // of every key that counts
  std::int64_t connect_timeout = 0;   // ms
  std::int64_t read_timeout = 0;      // ms without any answer; 0: none
  std::string ca_file;                // of TLS; "" = those of the system
};

// Both sides are built from one tree; `version` tells when they are not.
struct RedisModule {
  std::string version;
  // Throws StoreUnavailable.
  std::unique_ptr<Store> (*open)(const RedisSettings& settings, const StoreInfo& info, const Cancellation& cancel) = nullptr;
  // Throws Error(repair).
  std::unique_ptr<Writer> (*write)(const RedisSettings& settings, const StoreInfo& info, const WriteRequest& request,
                                   const Cancellation& cancel) = nullptr;
  RedisFixture (*fixture)(const redis::Address& address,
                          const std::vector<std::pair<std::string, std::string>>& scripts) = nullptr;
};

// The module's one symbol. What it returns lives as long as the program.
using RedisModuleEntry = const RedisModule* (*)();
inline constexpr const char* kRedisModuleEntry = "audit_redis_module";
inline constexpr const char* kRedisModuleFile = "audit-redis.so";

}  // namespace audit
