#pragma once
// Spans of time as people write them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace audit {

// "500ms", "30s", "10m", "1h30m", "7d" in milliseconds: whole numbers with the units ms s m h d, each at most once, the
// larger first. "0" needs no unit. nullopt for all else and for what does not fit into 64 bits.
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view text);

// The shortest of those spellings: 5'400'000 is "1h30m", 0 is "0s". Negative values get a leading '-'.
[[nodiscard]] std::string format_duration(std::int64_t ms);

}  // namespace audit
