#pragma once
// JSON5 as the applications that keep registries in it write it.

#include <string>
#include <string_view>

namespace audit {

// The same document as plain JSON: comments and trailing commas become blanks, single quotes double ones, bare keys get
// quotes; a leading '+' and a missing digit beside a decimal point are mended, NaN and Infinity become null. What is
// not JSON5 stays as it is: the JSON parser then says what is wrong with it. Line numbers do not change.
[[nodiscard]] std::string plain_json(std::string_view json5);

}  // namespace audit
