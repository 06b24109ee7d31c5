#pragma once
// Patterns for names, as in --check 'session-*'.

#include <string_view>

namespace audit {

// `*` matches any run of characters, also none; `?` exactly one; everything else itself. The whole text must match.
// Linear in pattern times text.
[[nodiscard]] bool glob_match(std::string_view pattern, std::string_view text);

}  // namespace audit
