#include "adapters/redis/module/record.hpp"

#include <algorithm>
#include <set>

#include "adapters/redis/module/layout.hpp"
#include "auditor/sys/disguise.hpp"

namespace audit::redis {
namespace {

constexpr std::int64_t kShortest = 60'000;  // ms
constexpr std::int64_t kAtOnce = 1000;      // elements

class KeyRecorder {
 public:
  KeyRecorder(Connection& connection, const std::string& prefix, const RecordOrder& order, std::vector<std::string>& notes)
      : connection_(connection), prefix_(prefix), order_(order), notes_(notes) {}

  void add_keys(const KeyPattern& pattern, KeyFeed& feed) {
    std::vector<std::string> found;
    std::vector<std::string> captures;
    for (feed.request(connection_); !feed.done();) {
      feed.take(connection_, found);
      if (!feed.done()) feed.request(connection_);
      for (const auto& key : found) {
        if (pattern.match(key, captures) && keys_.insert(key).second) order_.limit->take(key.size());
      }
    }
  }

  std::string run() {
    for (const auto& key : keys_) record(key);
    return std::move(out_);
  }

 private:
  void record(const std::string& key) {
    const Reply type = connection_.ask_good({"TYPE", key});
    const std::string_view form = text_of(*type);
    name_ = command_word(disguised_key(key));
    const std::size_t before = out_.size();
    if (form == "string") {
      string(key);
    } else if (form == "list") {
      list(key);
    } else if (form == "set" || form == "zset" || form == "hash") {
      members(key, form);
    } else if (form != "none") {
      notes_.push_back("a key of the type " + std::string(form) + " is not in it: a case cannot make such a key");
    }
    if (out_.size() == before) return;  // gone by now
    const Reply ttl = connection_.ask_good({"PTTL", key});
    if (ttl->integer >= 0) out_ += "PEXPIRE " + name_ + " " + std::to_string(std::max<std::int64_t>(ttl->integer, kShortest)) + "\n";
    order_.limit->take(out_.size() - before, 0);
  }

  void string(const std::string& key) {
    const Reply value = connection_.ask_good({"GET", key});
    if (is_text(*value)) out_ += "SET " + name_ + " " + word(text_of(*value)) + "\n";
  }

  void list(const std::string& key) {
    for (std::int64_t at = 0;; at += kAtOnce) {
      const Reply values = connection_.ask_good({"LRANGE", key, std::to_string(at), std::to_string(at + kAtOnce - 1)});
      for (std::size_t i = 0; i < values->elements; ++i) {
        out_ += "RPUSH " + name_ + " " + word(text_of(*values->element[i])) + "\n";
        order_.limit->take(0);
      }
      if (static_cast<std::int64_t>(values->elements) < kAtOnce) return;
    }
  }

  // In the order of their names: the server's own order says nothing.
  void members(const std::string& key, std::string_view form) {
    std::map<std::string, std::string> found;
    std::string cursor = "0";
    do {
      const Reply some = connection_.ask_good({form == "set" ? "SSCAN" : form == "zset" ? "ZSCAN" : "HSCAN", key, cursor});
      cursor = text_of(*some->element[0]);
      const redisReply& list = *some->element[1];
      const std::size_t step = form == "set" ? 1 : 2;
      for (std::size_t i = 0; i + step <= list.elements; i += step) {
        found[std::string(text_of(*list.element[i]))] = step == 2 ? std::string(text_of(*list.element[i + 1])) : "";
        order_.limit->take(0);
      }
    } while (cursor != "0");
    for (const auto& [member, value] : found) {
      if (form == "set") out_ += "SADD " + name_ + " " + word(member) + "\n";
      if (form == "zset") out_ += "ZADD " + name_ + " " + (order_.disguise == nullptr ? value : order_.disguise->number(std::string_view(value))) + " " + word(member) + "\n";
      if (form == "hash") out_ += "HSET " + name_ + " " + command_word(order_.disguise == nullptr ? member : order_.disguise->name(member)) + " " + word(value) + "\n";
    }
  }

  [[nodiscard]] std::string disguised_key(const std::string& key) const {
    if (order_.disguise == nullptr) return key;
    const std::size_t length = key.starts_with(prefix_) ? prefix_.size() : 0;
    return order_.disguise->name(std::string_view(key).substr(0, length)) + order_.disguise->name(std::string_view(key).substr(length));
  }

  [[nodiscard]] std::string word(std::string_view text) const {
    return command_word(order_.disguise == nullptr ? std::string(text) : order_.disguise->text(text));
  }

  Connection& connection_;
  const std::string& prefix_;
  const RecordOrder& order_;
  std::vector<std::string>& notes_;
  std::set<std::string> keys_;
  std::string name_;  // of the key that is recorded, as a word
  std::string out_;
};

}  // namespace

std::string record_keys(Connection& connection, const std::string& prefix, const RecordOrder& order,
                        const std::function<std::unique_ptr<KeyFeed>(const KeyPattern&)>& feed, std::vector<std::string>& notes) {
  KeyRecorder recorder(connection, prefix, order, notes);
  const auto add = [&](const KeyPattern& pattern) { recorder.add_keys(pattern, *feed(pattern)); };
  for (const auto& [name, relation] : *order.relations) {
    for (const auto& part : relation.parts) {
      const KeyLayout layout = key_layout(part.options, part.table, prefix);
      add(layout.key);
      if (layout.unless) add(*layout.unless);
      for (const auto& derived : layout.derived) add(derived.of);
    }
  }
  for (const auto& probe : order.probes) add(KeyPattern(prefix, probe));
  return recorder.run();
}

std::string command_word(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::string_view(":-_./@%+=,").find(c) != std::string_view::npos;
  });
  if (plain) return std::string(text);
  // "${" begins a place of the case.
  const bool single = text.find("${") == std::string_view::npos && std::none_of(text.begin(), text.end(), [](char c) {
    return c == '\'' || c == '\x7f' || (static_cast<unsigned char>(c) < 0x20);
  });
  if (single) return "'" + std::string(text) + "'";
  std::string word = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      word += '\\';
      word += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f' || c == '$') {
      word += "\\x";
      word += kDigits[static_cast<unsigned char>(c) >> 4U];
      word += kDigits[static_cast<unsigned char>(c) & 15U];
    } else {
      word += c;
    }
  }
  return word + "\"";
}

}  // namespace audit::redis
