#pragma once
// Text of unknown origin inside XML and HTML.

#include <string>
#include <string_view>

namespace audit {

// Harmless (display.hpp), with everything that XML or HTML would read as markup as an entity; fit for content and for
// quoted attributes, and free of characters that XML does not allow.
[[nodiscard]] std::string markup(std::string_view text);

// Text inside <code> in Markdown: no character that Markdown gives a meaning is left as it is.
[[nodiscard]] std::string markdown_code(std::string_view text);

}  // namespace audit
