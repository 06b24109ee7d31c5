#pragma once
// A database that exists for one test.

#include "adapters/redis/module.hpp"

namespace audit::redis {

// As make_redis_fixture().
[[nodiscard]] RedisFixture make_fixture(const Address& address, const std::vector<std::pair<std::string, std::string>>& scripts);

// The words of one line as redis-cli takes them: divided by blanks; 'single quotes' keep everything but \', "double quotes"
// also know \n \r \t \\ \" and \xHH. Throws Error(config) for quotes that do not end.
[[nodiscard]] std::vector<std::string> command_words(std::string_view line);

}  // namespace audit::redis
