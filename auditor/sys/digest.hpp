#pragma once
// Checksums for fingerprints and plans.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace audit {

// The first 128 bits of a digest. They stand for the bytes where many are compared or looked up.
using Digest128 = std::array<std::uint64_t, 2>;
struct Digest128Hash {
  std::size_t operator()(const Digest128& digest) const { return static_cast<std::size_t>(digest[0]); }
};
// Of BLAKE2b.
[[nodiscard]] Digest128 digest128(std::string_view bytes);
// The 16 bytes at the start of the SHA-256.
[[nodiscard]] std::string sha256_start(std::string_view bytes);
// A fingerprint of 32 lower-case hex digits as the bytes that it stands for.
[[nodiscard]] Digest128 packed_fingerprint(std::string_view fingerprint);
// The same of the bytes that these digits spell.
[[nodiscard]] Digest128 packed_bytes(std::string_view bytes);
// Any bytes as lower-case hex digits.
[[nodiscard]] std::string hex_digits(std::string_view bytes);

// SHA-256 of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  // Of all that was added; nothing may follow.
  [[nodiscard]] std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// SHA-256 of the bytes as 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
// SipHash-2-4 under the zero key as 16 lower-case hex digits: quick, against accidents only.
[[nodiscard]] std::string checksum_hex(std::string_view bytes);
// Base64 with padding, and back. from_base64 returns false for what is none.
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] bool from_base64(std::string_view text, std::string& bytes);

}  // namespace audit
