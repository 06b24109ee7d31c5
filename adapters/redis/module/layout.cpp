#include "adapters/redis/module/layout.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "auditor/model/error.hpp"

namespace audit::redis {
namespace {

using Json = nlohmann::ordered_json;

class Reader {
 public:
  Reader(const Json& json, std::string where, std::string prefix) : json_(json), where_(std::move(where)), prefix_(std::move(prefix)) {
    if (!json_.is_object()) fail("must be an object");
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorKind::config, where_ + " " + what, "docs/profiles.md lists the options of the redis adapter");
  }

  void allow(const std::vector<std::string>& keys) const {
    for (const auto& [key, value] : json_.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) fail("has no key \"" + key + "\"");
    }
  }

  [[nodiscard]] std::string text(const char* key) const {
    if (!json_.contains(key)) return "";
    if (!json_.at(key).is_string()) fail("\"" + std::string(key) + "\" must be a string");
    return json_.at(key).get<std::string>();
  }

  template <typename T>
  [[nodiscard]] T one_of(const char* key, const std::vector<std::pair<const char*, T>>& words, T otherwise) const {
    const std::string word = text(key);
    if (word.empty()) return otherwise;
    std::string known;
    for (const auto& [name, value] : words) {
      if (word == name) return value;
      known += (known.empty() ? "" : ", ") + std::string(name);
    }
    fail("\"" + std::string(key) + "\" is none of " + known);
  }

  // Place in an element → text, in which holes are filled from the key.
  [[nodiscard]] std::vector<std::pair<JsonSteps, KeyPattern>> tests(const char* key) const {
    std::vector<std::pair<JsonSteps, KeyPattern>> tests;
    if (!json_.contains(key)) return tests;
    if (!json_.at(key).is_object()) fail("\"" + std::string(key) + "\" must be an object");
    for (const auto& [place, value] : json_.at(key).items()) {
      if (!value.is_string()) fail("\"" + std::string(key) + "\" must hold strings");
      tests.emplace_back(json_steps(place), KeyPattern("", value.get<std::string>()));
    }
    return tests;
  }

  [[nodiscard]] std::vector<Derived> derived(const std::string& own_key) const {
    std::vector<Derived> list;
    if (!json_.contains("derived")) return list;
    const Json& all = json_.at("derived");
    if (!all.is_object()) fail("\"derived\" must be an object");
    for (const auto& [name, item] : all.items()) list.push_back(Reader(item, where_ + " derived." + name, prefix_).one_derived(name, own_key));
    return list;
  }

 private:
  [[nodiscard]] Derived one_derived(const std::string& name, const std::string& own_key) const {
    using Take = Derived::Take;
    allow({"of", "take", "at", "where", "not", "near"});
    const std::string of = text("of");
    const std::string at = text("at");
    Derived derived{name, KeyPattern(prefix_, of.empty() ? own_key : of), Take::count, {}, tests("where"), tests("not"), -1};
    derived.take = one_of<Take>("take",
                                {{"count", Take::count},
                                 {"first", Take::first},
                                 {"last", Take::last},
                                 {"min", Take::min},
                                 {"max", Take::max},
                                 {"ttl", Take::ttl},
                                 {"expires_at", Take::expires_at},
                                 {"exists", Take::exists}},
                                Take::count);
    if (!at.empty()) derived.at = json_steps(at);
    if (json_.contains("near")) {
      if (!json_.at("near").is_number_unsigned()) fail("\"near\" must be a number of seconds");
      derived.near = json_.at("near").get<std::int64_t>() * 1000;
    }
    const bool needs_place = derived.take == Take::first || derived.take == Take::last || derived.take == Take::min || derived.take == Take::max;
    if (needs_place == at.empty()) fail(needs_place ? "needs \"at\"" : "takes no \"at\"");
    return derived;
  }

  const Json& json_;
  std::string where_;
  std::string prefix_;
};

}  // namespace

KeyLayout key_layout(const std::string& options, const std::string& table, const std::string& prefix) {
  if (options.empty()) {
    throw Error(ErrorKind::config, "the mapping of " + table + " has no \"options\"", "say which keys hold its rows: {\"key\": \"sessions:{id}\"}");
  }
  const Json json = Json::parse(options);
  const Reader reader(json, "options of " + table + ":", prefix);
  reader.allow({"key", "value", "rows", "unless", "derived"});
  const std::string stated = reader.text("key");
  const std::string& key = stated.empty() ? table : stated;
  KeyLayout layout{KeyPattern(prefix, key), ValueForm::json, false, std::nullopt, reader.derived(key)};
  layout.value = reader.one_of<ValueForm>("value",
                                          {{"json", ValueForm::json},
                                           {"text", ValueForm::text},
                                           {"hash", ValueForm::hash},
                                           {"list", ValueForm::list},
                                           {"set", ValueForm::set},
                                           {"zset", ValueForm::zset},
                                           {"none", ValueForm::none}},
                                          ValueForm::json);
  layout.per_key = reader.one_of<bool>("rows", {{"keys", true}, {"items", false}}, false);
  if (!reader.text("unless").empty()) layout.unless = KeyPattern(prefix, reader.text("unless"));
  return layout;
}

}  // namespace audit::redis
