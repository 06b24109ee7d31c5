#include "adapters/redis/module/keys.hpp"

namespace audit::redis {
namespace {

constexpr const char* kCensusCount = "2000";
constexpr std::int64_t kListed = 20'000;   // keys of one family that are kept
constexpr std::size_t kFamilies = 1'000;

std::string_view family_of(std::string_view rest) { return rest.substr(0, rest.find(':')); }

}  // namespace

std::string glob_of_prefix(const std::string& prefix) { return KeyPattern(prefix, "").glob() + "*"; }

Census::Census(Connection& connection, const std::string& prefix, const Cancellation& cancel) : prefix_(prefix) {
  const std::string match = glob_of_prefix(prefix);
  std::string cursor = "0";
  do {
    cancel.check();
    const Reply reply = connection.ask_good({"SCAN", cursor, "MATCH", match, "COUNT", kCensusCount});
    cursor = text_of(*reply->element[0]);
    for (std::size_t i = 0; i < reply->element[1]->elements; ++i) add(text_of(*reply->element[1]->element[i]));
  } while (cursor != "0");
}

void Census::add(std::string_view key) {
  if (!key.starts_with(prefix_)) return;
  const std::string_view name = family_of(key.substr(prefix_.size()));
  auto found = families_.find(name);
  if (found == families_.end()) {
    if (families_.size() >= kFamilies) {
      complete_ = false;
      return;
    }
    found = families_.emplace(std::string(name), Family()).first;
  }
  Family& family = found->second;
  ++family.count;
  if (family.spool) {
    family.spool->add(key);
    return;
  }
  family.keys.emplace_back(key);
  if (family.count < kListed) return;
  family.spool = std::make_shared<KeySpool>();
  for (const auto& known : family.keys) family.spool->add(known);
  family.keys = {};
}

std::unique_ptr<KeyFeed> Census::Family::feed() const {
  if (spool) return std::make_unique<SpooledKeys>(spool);
  return std::make_unique<ListedKeys>(keys);
}

const Census::Family* Census::family(const KeyPattern& pattern) const {
  const std::string head = pattern.head();
  if (!head.starts_with(prefix_)) return nullptr;
  const std::string rest = head.substr(prefix_.size());
  if (rest.find(':') == std::string::npos) return nullptr;
  const auto found = families_.find(family_of(rest));
  if (found != families_.end()) return &found->second;
  return complete_ ? &none_ : nullptr;
}

}  // namespace audit::redis
