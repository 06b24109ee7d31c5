#pragma once
// Puts many records in order with little memory: sorted runs go to a temporary file and are merged.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/spill_file.hpp"

namespace audit {

class Sorter {
 public:
  static constexpr std::size_t kMemory = 8U << 20U;
  static constexpr std::size_t kBlock = 256U << 10U;

  explicit Sorter(std::size_t memory = kMemory) : memory_(memory), runs_file_(kBlock) {}
  void add(std::string_view key, std::string_view record);
  // Calls `sink` with all of them in the order of their keys' bytes, those with equal keys as they were added; once. Throws what SpillFile throws.
  using Sink = std::function<void(std::string_view key, std::string_view record)>;
  void drain(const Sink& sink);

 private:
  struct Item {
    std::uint32_t key_at, key_size, record_size;
  };
  [[nodiscard]] std::string_view key_of(const Item& item) const { return std::string_view(bytes_).substr(item.key_at, item.key_size); }
  [[nodiscard]] std::string_view record_of(const Item& item) const { return std::string_view(bytes_).substr(item.key_at + item.key_size, item.record_size); }
  void sort();
  void write_run();
  void merge(const Sink& sink);

  std::size_t memory_;
  std::string bytes_;
  std::vector<Item> items_;
  SpillFile runs_file_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> runs_;  // begin and end in the file
};

// Appends the text so that keys made of several texts compare as the texts would, one after the other.
void append_sort_key(std::string& key, std::string_view text);

}  // namespace audit
