#include "auditor/engine/sorter.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <queue>

#include "auditor/sys/warm_memory.hpp"

namespace audit {

namespace {

constexpr std::size_t kFew = 1U << 20U;  // bytes; with more it will likely be all that is allowed
constexpr std::size_t kSize = sizeof(std::uint32_t);
constexpr std::size_t kLength = sizeof(std::uint32_t);  // what SpillFile puts before a record

// The records of one run, one after the other.
class RunReader {
 public:
  RunReader(const SpillFile& file, std::pair<std::uint64_t, std::uint64_t> run) : file_(file), at_(run.first), end_(run.second) {}
  bool next() {
    if (at_ == end_) return false;
    const std::string_view all = reader_.record(file_, at_);
    std::uint32_t key_size = 0;
    std::memcpy(&key_size, all.data(), kSize);
    key_ = all.substr(kSize, key_size);
    record_ = all.substr(kSize + key_size);
    at_ += all.size() + kLength;
    return true;
  }
  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] const std::string& record() const { return record_; }

 private:
  const SpillFile& file_;
  std::uint64_t at_;
  std::uint64_t end_;
  SpillReader reader_;
  std::string key_;
  std::string record_;
};

}  // namespace

void append_sort_key(std::string& key, std::string_view text) {
  for (const char c : text) {
    key += c;
    if (c == '\0') key += '\xff';
  }
  key.append(2, '\0');
}

void Sorter::add(std::string_view key, std::string_view record) {
  if (!items_.empty() && bytes_.size() + key.size() + record.size() + items_.size() * sizeof(Item) > memory_) write_run();
  if (bytes_.capacity() < memory_ && bytes_.size() > kFew) {
    bytes_.reserve(memory_);
    expect_writes(bytes_.data(), bytes_.capacity());
  }
  items_.push_back({static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(key.size()), static_cast<std::uint32_t>(record.size())});
  bytes_.append(key).append(record);
}

void Sorter::sort() {
  std::stable_sort(items_.begin(), items_.end(), [&](const Item& a, const Item& b) { return key_of(a) < key_of(b); });
}

void Sorter::write_run() {
  sort();
  const std::uint64_t begin = runs_file_.size();
  std::string all;
  for (const Item& item : items_) {
    all.assign(reinterpret_cast<const char*>(&item.key_size), kSize);
    all.append(key_of(item)).append(record_of(item));
    runs_file_.append(all);
  }
  runs_.emplace_back(begin, runs_file_.size());
  items_.clear();
  bytes_.clear();
}

void Sorter::drain(const Sink& sink) {
  if (!runs_.empty()) {
    write_run();
    bytes_ = {};
    items_ = {};
    merge(sink);
    return;
  }
  sort();
  for (const Item& item : items_) sink(key_of(item), record_of(item));
}

void Sorter::merge(const Sink& sink) {
  std::vector<std::unique_ptr<RunReader>> readers;
  for (const auto& run : runs_) readers.push_back(std::make_unique<RunReader>(runs_file_, run));
  const auto later = [&](std::size_t a, std::size_t b) {
    const int order = readers[a]->key().compare(readers[b]->key());
    return order > 0 || (order == 0 && a > b);
  };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> next(later);
  for (std::size_t i = 0; i < readers.size(); ++i) {
    if (readers[i]->next()) next.push(i);
  }
  while (!next.empty()) {
    const std::size_t first = next.top();
    next.pop();
    sink(readers[first]->key(), readers[first]->record());
    if (readers[first]->next()) next.push(first);
  }
}

}  // namespace audit
