#pragma once
// SQL functions that every connection of ours has. They read their argument and nothing else.
//
//   audit_rfc3339(text)  milliseconds since the epoch; NULL for what is not strict RFC 3339 with a capital T and Z
//   audit_iso8601(text)  the same, also for a blank in place of the T, without seconds, without a time, without a zone (UTC)
//   audit_earlier(a, b)  1 where audit_rfc3339(a) < audit_rfc3339(b); elsewhere 0 or NULL

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace audit::sqlite {

[[nodiscard]] std::optional<std::int64_t> parse_iso8601(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> parse_rfc3339(std::string_view text);

// Returns SQLite's result code.
[[nodiscard]] int add_functions(sqlite3* connection);

}  // namespace audit::sqlite
