#pragma once
// Columns of text for people.

#include <iosfwd>
#include <string>
#include <vector>

namespace audit {

// Pads all but the last column to equal width (display columns of UTF-8 text without wide characters). The last one is
// wrapped at words when the line would be longer than `width`.
void print_table(std::ostream& out, const std::vector<std::vector<std::string>>& rows, int width,
                 const std::string& indent = "");

// Text broken at words into lines of at most `width` columns, each starting with `indent`.
void print_paragraph(std::ostream& out, const std::string& text, int width, const std::string& indent);

}  // namespace audit
