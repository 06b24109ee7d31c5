// Sorting with little memory gives the order that sorting with much gives.

#include "auditor/engine/sorter.hpp"

#include <algorithm>
#include <tuple>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

using Records = std::vector<std::pair<std::string, std::string>>;

Records sorted(const Records& records, std::size_t memory) {
  Sorter sorter(memory);
  for (const auto& [key, record] : records) sorter.add(key, record);
  Records out;
  sorter.drain([&](std::string_view key, std::string_view record) { out.emplace_back(key, record); });
  return out;
}

}  // namespace

TEST_CASE("the order does not depend on the memory", "[sorter]") {
  Records records;
  std::uint32_t number = 7;
  for (int i = 0; i < 3'000; ++i) {
    number = number * 1'664'525 + 1'013'904'223;
    records.emplace_back("k" + std::to_string(number % 500), std::to_string(i) + std::string(number % 50, '-'));
  }
  Records expected = records;
  std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const std::size_t memory : {std::size_t{1}, std::size_t{2'000}, std::size_t{100'000}, Sorter::kMemory}) CHECK(sorted(records, memory) == expected);
  CHECK(sorted({}, 1).empty());
}

TEST_CASE("keys of several texts compare as the texts do", "[sorter]") {
  const std::vector<std::string> texts = {"", std::string(1, '\0'), std::string(2, '\0'), "\x01", "a", std::string("a\0", 2), std::string("a\0b", 3), "a\x01", "ab", "b", "\xff", "\xff\xff"};
  const auto key = [](const std::string& a, const std::string& b) {
    std::string text;
    append_sort_key(text, a);
    append_sort_key(text, b);
    return text;
  };
  for (const auto& a : texts) {
    for (const auto& b : texts) {
      for (const auto& c : texts) {
        for (const auto& d : texts) CHECK((key(a, b) < key(c, d)) == (std::tie(a, b) < std::tie(c, d)));
      }
    }
  }
}
