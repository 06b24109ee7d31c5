#pragma once
// What is UTF-8 and what is not.

#include <cstddef>
#include <string_view>

namespace audit {

// Bytes of the character at the start of `text`; 0 when it is none: overlong forms, surrogates and what is beyond U+10FFFF are none.
[[nodiscard]] std::size_t utf8_length(std::string_view text);
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace audit
