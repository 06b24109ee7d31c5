#pragma once
// What a profile says about keys: the "options" of its mappings (docs/profiles.md).

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/redis/module/json_place.hpp"
#include "adapters/redis/module/key_pattern.hpp"

namespace audit::redis {

enum class ValueForm {
  json,  // a string that holds one document
  text,  // a string
  hash,  // fields
  list,  // elements, each a document or a text
  set,   // members
  zset,  // members with scores
  none,  // is not read
};

// Something worked out from another key, or from all elements of the own list.
struct Derived {
  enum class Take { count, first, last, min, max, ttl, expires_at, exists };
  std::string name;
  KeyPattern of;
  Take take = Take::count;
  JsonSteps at;  // in an element
  std::vector<std::pair<JsonSteps, KeyPattern>> where;      // what counts: this place is this text
  std::vector<std::pair<JsonSteps, KeyPattern>> where_not;  // this place is there and is another text
  std::int64_t near = -1;  // ms; of ttl and expires_at: looked at only while the own key has no more than this to live; -1: always
};

struct KeyLayout {
  KeyPattern key;
  ValueForm value = ValueForm::json;
  bool per_key = false;  // one row per key, also of lists and sets
  std::optional<KeyPattern> unless;  // rows for which this key exists are left out
  std::vector<Derived> derived;
};

// Reads the JSON text of a mapping's options. Throws Error(config) that names the key.
[[nodiscard]] KeyLayout key_layout(const std::string& options, const std::string& table, const std::string& prefix);

}  // namespace audit::redis
