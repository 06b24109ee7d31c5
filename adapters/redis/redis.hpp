#pragma once
// Redis servers. The code that talks to one is a module of its own (adapters/redis/module), loaded when the first source is
// opened; a program that was built without hiredis has none, and says so.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "auditor/model/store.hpp"

namespace audit {

[[nodiscard]] std::unique_ptr<Adapter> make_redis_adapter();

// Takes an empty database of a server and runs these commands in it, for the cases of `audit test`. The database is emptied
// again with `keep`.
struct RedisFixture {
  std::string url;
  std::shared_ptr<void> keep;
};
// Scripts are name and text: one command a line, words as redis-cli takes them, `#` begins a comment. Throws Error(config)
// that names the script and the line; Error(source) when the server cannot be used.
[[nodiscard]] RedisFixture make_redis_fixture(const std::string& url,
                                              const std::vector<std::pair<std::string, std::string>>& scripts);

}  // namespace audit
