#pragma once
// Points in time as integer milliseconds since 1970-01-01T00:00:00Z.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace audit {

// Strict RFC 3339: "2026-03-01T12:00:00Z", "2026-03-01T13:00:00.250+01:00". What lies below a millisecond is cut off.
// nullopt for all else, also for days that do not exist and leap seconds.
[[nodiscard]] std::optional<std::int64_t> parse_time(std::string_view text);

// "2026-03-01T12:00:00.250Z"; without the fraction when it is zero. Years outside 0000 to 9999 are clamped to them.
[[nodiscard]] std::string format_time(std::int64_t ms);

// The time of this machine's clock.
[[nodiscard]] std::int64_t current_time();

}  // namespace audit
