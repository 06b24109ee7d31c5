#include "auditor/sys/digest.hpp"

#include <sodium.h>

#include <array>
#include <cstring>

namespace audit {

namespace {

const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

}  // namespace

Digest128 digest128(std::string_view bytes) {
  std::array<unsigned char, sizeof(Digest128)> digest{};
  crypto_generichash(digest.data(), digest.size(), raw(bytes), bytes.size(), nullptr, 0);
  Digest128 result{};
  std::memcpy(result.data(), digest.data(), digest.size());
  return result;
}

std::string sha256_start(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), raw(bytes), bytes.size());
  return {reinterpret_cast<const char*>(digest.data()), sizeof(Digest128)};
}

Digest128 packed_bytes(std::string_view bytes) {
  Digest128 packed{};
  for (std::size_t i = 0; i < bytes.size() && i < sizeof(packed); ++i) packed[i / 8] = (packed[i / 8] << 8U) | static_cast<unsigned char>(bytes[i]);
  return packed;
}

Digest128 packed_fingerprint(std::string_view fingerprint) {
  Digest128 packed{};
  for (std::size_t i = 0; i < fingerprint.size() && i < 32; ++i) {
    const auto c = static_cast<unsigned char>(fingerprint[i]);
    const std::uint64_t digit = c <= '9' ? c - '0' : c - 'a' + 10U;
    packed[i / 16] = (packed[i / 16] << 4U) | (digit & 15U);
  }
  return packed;
}

std::string hex_digits(std::string_view bytes) {
  std::string hex(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), raw(bytes), bytes.size());
  hex.pop_back();
  return hex;
}

struct Sha256::State {
  crypto_hash_sha256_state sodium;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->sodium); }
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { crypto_hash_sha256_update(&state_->sodium, raw(bytes), bytes.size()); }

std::string Sha256::hex() {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state_->sodium, digest.data());
  return hex_digits({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return hex.data();
}

std::string checksum_hex(std::string_view bytes) {
  static constexpr std::array<unsigned char, crypto_shorthash_KEYBYTES> kKey{};
  std::array<unsigned char, crypto_shorthash_BYTES> digest{};
  crypto_shorthash(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), kKey.data());
  std::array<char, crypto_shorthash_BYTES * 2 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return hex.data();
}

std::string to_base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the terminating zero
  return text;
}

bool from_base64(std::string_view text, std::string& bytes) {
  bytes.resize(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  const char* end = nullptr;
  const int code = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr, &size,
                                     &end, sodium_base64_VARIANT_ORIGINAL);
  bytes.resize(size);
  return code == 0 && end == text.data() + text.size();
}

}  // namespace audit
