#pragma once
// Text as roff reads it.

#include <string>
#include <string_view>

namespace audit {

// Plain text: nothing in it is a request or an escape. `code` in backquotes becomes bold.
[[nodiscard]] std::string roff(std::string_view text);
// The same for one argument of a macro.
[[nodiscard]] std::string roff_argument(std::string_view text);

}  // namespace audit
