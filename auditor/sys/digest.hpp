#pragma once
// Checksums for fingerprints and plans.

#include <string>
#include <string_view>

namespace audit {

// SHA-256 of the bytes as 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace audit
