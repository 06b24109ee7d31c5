#pragma once
// Checksums for fingerprints and plans.

#include <string>
#include <string_view>

namespace audit {

// SHA-256 of the bytes as 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
// SipHash-2-4 under the zero key as 16 lower-case hex digits: quick, against accidents only.
[[nodiscard]] std::string checksum_hex(std::string_view bytes);
// Base64 with padding, and back. from_base64 returns false for what is none.
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] bool from_base64(std::string_view text, std::string& bytes);

}  // namespace audit
