#pragma once
// Keys as the commands that make them (`audit record`).

#include <functional>
#include <memory>
#include <string>

#include "adapters/redis/module/connection.hpp"
#include "adapters/redis/module/key_feed.hpp"
#include "adapters/redis/module/key_pattern.hpp"
#include "auditor/model/record.hpp"

namespace audit::redis {

// Every key that a relation of the order reads or looks for, one command a line, as `audit test` takes them; what expires does so after as long as it had left, a minute at least.
// A server has no snapshots: a key that goes while it is read is left out. `feed` gives the keys of a pattern.
[[nodiscard]] std::string record_keys(Connection& connection, const std::string& prefix, const RecordOrder& order,
                                      const std::function<std::unique_ptr<KeyFeed>(const KeyPattern&)>& feed, std::vector<std::string>& notes);

// A word of a command, quoted where it must be; reads back as the same bytes.
[[nodiscard]] std::string command_word(std::string_view text);

}  // namespace audit::redis
