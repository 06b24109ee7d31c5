#pragma once
// Values as bytes and back. The build reads the checks and profiles strictly and puts what it read into the program in this form: a start then copies
// instead of parsing. Both directions walk over the same members (packed_forms.hpp), so that they cannot differ.
//
// The bytes are read by the very build that wrote them; they are not a file format.

#include <bit>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "auditor/model/value.hpp"

namespace audit {

// T or const T: one function visits the members in both directions.
template <typename T, typename Of>
concept Form = std::same_as<std::remove_const_t<T>, Of>;

class Packer {
 public:
  template <typename... T>
  void operator()(const T&... values) {
    (put(values), ...);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void size(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7U) bytes_ += static_cast<char>(number | 0x80U);
    bytes_ += static_cast<char>(number);
  }

  template <typename T>
    requires std::integral<T> || std::is_enum_v<T>
  void put(T number) {
    size(static_cast<std::uint64_t>(number));
  }
  void put(double number) { size(std::bit_cast<std::uint64_t>(number)); }
  void put(std::monostate) {}
  void put(const std::string& text) {
    size(text.size());
    bytes_ += text;
  }
  void put(const Blob& blob) { put(blob.bytes); }
  void put(const Value& value) {
    size(value.index());
    std::visit([&](const auto& held) { put(held); }, value);
  }
  template <typename T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value.has_value()) put(*value);
  }
  template <typename A, typename B>
  void put(const std::pair<A, B>& both) {
    put(both.first);
    put(both.second);
  }
  template <typename List>
    requires requires(const List& list) { list.begin(), list.size(); }
  void put(const List& list) {
    size(list.size());
    for (const auto& item : list) put(item);
  }
  template <typename T>
    requires requires(Packer& packer, const T& form) { members(packer, form); }
  void put(const T& form) {
    members(*this, form);
  }

  std::string bytes_;
};

// Throws std::logic_error for bytes that no Packer wrote.
class Unpacker {
 public:
  // `bytes` must outlive the unpacker. Sets and maps that it fills must be empty.
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

  template <typename... T>
  void operator()(T&... values) {
    (get(values), ...);
  }
  [[nodiscard]] std::string_view rest() const { return bytes_; }

 private:
  std::uint64_t size() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(raw(1).front());
      number |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80) return number;
    }
    broken();
  }

  std::string_view raw(std::uint64_t count) {
    if (count > bytes_.size()) broken();
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }

  template <typename T>
    requires std::integral<T> || std::is_enum_v<T>
  void get(T& number) {
    number = static_cast<T>(size());
  }
  void get(double& number) { number = std::bit_cast<double>(size()); }
  void get(std::string& text) { text = raw(size()); }

  void get(Value& value) {
    switch (size()) {
      case 0: value = std::monostate{}; break;
      case 1: value = static_cast<std::int64_t>(size()); break;
      case 2: value = std::bit_cast<double>(size()); break;
      case 3: value = std::string(raw(size())); break;
      case 4: value = Blob{std::string(raw(size()))}; break;
      default: broken();
    }
  }
  template <typename T>
  void get(std::optional<T>& value) {
    value.reset();
    if (size() != 0) get(value.emplace());
  }
  template <typename A, typename B>
  void get(std::pair<A, B>& both) {
    get(both.first);
    get(both.second);
  }
  template <typename T>
  void get(std::vector<T>& list) {
    const std::uint64_t count = size();
    if (count > bytes_.size()) broken();
    list.resize(count);
    for (auto& item : list) get(item);
  }
  template <typename T>
  void get(std::set<T>& list) {
    for (std::uint64_t left = size(); left > 0; --left) {
      T item{};
      get(item);
      list.insert(list.end(), std::move(item));
    }
  }
  template <typename K, typename V>
  void get(std::map<K, V>& map) {
    for (std::uint64_t left = size(); left > 0; --left) {
      K key{};
      get(key);
      get(map.emplace_hint(map.end(), std::move(key), V{})->second);
    }
  }
  template <typename T>
    requires requires(Unpacker& unpacker, T& form) { members(unpacker, form); }
  void get(T& form) {
    members(*this, form);
  }

  [[noreturn]] static void broken() { throw std::logic_error("the packed checks and profiles are damaged: build again"); }

  std::string_view bytes_;
};

}  // namespace audit
