// Single members of a JSON text change; every other byte stays.

#include <nlohmann/json.hpp>
#include <random>

#include "adapters/files/json5.hpp"
#include "adapters/files/json_splice.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;
using Json = nlohmann::ordered_json;

namespace {

JsonMembers members(const std::string& text, const std::vector<std::string>& steps = {}) {
  auto found = JsonMembers::open(text, steps);
  REQUIRE(found);
  return std::move(*found);
}

std::string without(const std::string& text, const std::string& key) {
  JsonMembers map = members(text);
  map.remove(key);
  return map.text();
}

std::string with(const std::string& text, const std::string& key, const Json& value) {
  JsonMembers map = members(text);
  map.append(key, map.styled(value));
  return map.text();
}

// A map in one of the styles that people and programs write.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

  std::string map(std::size_t count) {
    const std::string end = below(4) == 0 ? "\r\n" : "\n";
    const bool lines = below(3) != 0;
    const bool json5 = below(2) == 0;
    const std::string indent(below(3) * 2 + (lines ? 1 : 0), below(4) == 0 ? '\t' : ' ');
    const std::string colon = below(3) == 0 ? ":" : ": ";
    std::string text = below(5) == 0 ? "// a registry" + end + "{" : "{";
    for (std::size_t i = 0; i < count; ++i) {
      if (json5 && below(5) == 0) text += lines ? end + indent + "// about " + std::to_string(i) : "/* , } */";
      text += lines ? end + indent : i > 0 && colon == ": " ? " " : "";
      text += key(i, json5) + colon + value(lines ? end + indent : "");
      if (json5 && below(6) == 0) text += " /* \"x\": 1, */";
      if (i + 1 < count || (json5 && below(3) == 0)) text += ",";
      if (json5 && lines && below(5) == 0) text += " // it's so";
    }
    if (lines) text += end;
    text += "}";
    return below(2) == 0 ? text : text + end;
  }

 private:
  std::string key(std::size_t i, bool json5) {
    const std::string name = "k" + std::to_string(i);
    const std::size_t form = json5 ? below(4) : 0;
    return form == 1 ? name : form == 2 ? "'" + name + "'" : "\"" + name + "\"";
  }
  std::string value(const std::string& newline) {
    switch (below(6)) {
      case 0: return "null";
      case 1: return "-12.5e3";
      case 2: return R"("a \"quoted, } text\" // no comment")";
      case 3: return R"({"in":{"side":[1,{"x":"}"}]}})";
      case 4: return newline.empty() ? "[]" : "{" + newline + "  \"a\": 1," + newline + "  \"b\": [1, 2]" + newline + "}";
      default: return std::to_string(below(1000));
    }
  }
  std::mt19937 random_;
};

std::vector<std::string> keys_of(const std::string& text) {
  std::vector<std::string> keys;
  const Json json = Json::parse(plain_json(text), nullptr, false);
  REQUIRE(json.is_object());
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;
}

}  // namespace

TEST_CASE("splice: a new member takes the style of the others") {
  CHECK(with("{\n  \"a\": {\n    \"x\": 1\n  }\n}", "b", {{"y", 2}, {"z", {1}}}) ==
        "{\n  \"a\": {\n    \"x\": 1\n  },\n  \"b\": {\n    \"y\": 2,\n    \"z\": [\n      1\n    ]\n  }\n}");
  CHECK(with("{\"a\":{\"x\":1}}\n", "b", {{"y", 2}}) == "{\"a\":{\"x\":1},\"b\":{\"y\":2}}\n");
  CHECK(with("{ \"a\": 1 }", "b", 2) == "{ \"a\": 1, \"b\": 2 }");
  CHECK(with("{\r\n\t\"a\": 1\r\n}\r\n", "b", 2) == "{\r\n\t\"a\": 1,\r\n\t\"b\": 2\r\n}\r\n");
  CHECK(with("{}", "a", 1) == "{\n  \"a\": 1\n}");
}

TEST_CASE("splice: comments stay where they are, trailing commas stay the custom") {
  const std::string text = "{\n  // first\n  a: 1, // of a\n  'b': 2, /* last */\n}\n";
  CHECK(without(text, "a") == "{\n  // first\n // of a\n  'b': 2, /* last */\n}\n");
  CHECK(without(text, "b") == "{\n  // first\n  a: 1, // of a\n /* last */\n}\n");
  CHECK(with(text, "c", 3) == "{\n  // first\n  a: 1, // of a\n  'b': 2, /* last */\n  \"c\": 3,\n}\n");
  CHECK(with("{\"a\": 1 // no end\n}", "b", 2) == "{\"a\": 1, // no end\n \"b\": 2\n}");
}

TEST_CASE("splice: the last, the only and the first member go without a trace") {
  CHECK(without("{\n  \"a\": 1,\n  \"b\": 2\n}", "b") == "{\n  \"a\": 1\n}");
  CHECK(without("{\n  \"a\": 1,\n  \"b\": 2\n}", "a") == "{\n  \"b\": 2\n}");
  CHECK(without("{\"a\":1}", "a") == "{}");
  CHECK(without("[1]", "0") == "[]");
  CHECK(without("[1, 2, 3]", "1") == "[1, 3]");
}

TEST_CASE("splice: members are found by their meaning, the last of several") {
  const JsonMembers map = members(R"({"a\u0062": 1, 'it\'s': 2, "d": 3, "d": 4})");
  CHECK(map.value("ab") == "1");
  CHECK(map.value("it's") == "2");
  CHECK(map.count("d") == 2);
  CHECK(map.value("d") == "4");
  CHECK_FALSE(map.value("x"));
  CHECK(members(R"({"v": 1, "e": {"x": [ {"k": 7} ]}})", {"e", "x", "0"}).value("k") == "7");
  CHECK_FALSE(JsonMembers::open(R"({"v": 1})", {"e"}));
  CHECK_FALSE(JsonMembers::open(R"({"v": 1)", {}));
  CHECK_FALSE(JsonMembers::open(R"({"v": 1}})", {}));
  CHECK_FALSE(JsonMembers::open("", {}));
}

TEST_CASE("splice: a value deep inside is set, made or taken away") {
  const std::string text = "{\n    \"id\": \"x\",\n    \"in\": {\"n\": 1}\n  }";
  CHECK(with_member(text, {"id"}, Json("y")) == "{\n    \"id\": \"y\",\n    \"in\": {\"n\": 1}\n  }");
  CHECK(with_member(text, {"in", "n"}, Json(2)) == "{\n    \"id\": \"x\",\n    \"in\": {\"n\": 2}\n  }");
  CHECK(with_member(text, {"in", "n"}, std::nullopt) == "{\n    \"id\": \"x\",\n    \"in\": {}\n  }");
  CHECK(with_member(text, {"new"}, Json(true)) == "{\n    \"id\": \"x\",\n    \"in\": {\"n\": 1},\n    \"new\": true\n  }");
  CHECK(Json::parse(*with_member(text, {"a", "b"}, Json(1)))["a"]["b"] == 1);
  CHECK_FALSE(with_member(text, {"id", "n"}, Json(1)));  // a text is no map
  CHECK(with_member(text, {"none"}, std::nullopt) == text);
}

TEST_CASE("splice: adding and taking away gives the same bytes, whatever the style") {
  Maker maker(20260301);
  for (int round = 0; round < 3000; ++round) {
    const std::size_t count = 1 + maker.below(6);
    const std::string text = maker.map(count);
    INFO(text);
    const std::vector<std::string> keys = keys_of(text);
    REQUIRE(keys.size() == count);
    const std::string more = with(text, "new", {{"sessionId", "s"}, {"n", 1}});
    INFO(more);
    auto grown = keys;
    grown.push_back("new");
    CHECK(keys_of(more) == grown);
    CHECK(without(more, "new") == text);
  }
}

TEST_CASE("splice: whatever goes, the others keep their text and their order") {
  Maker maker(7);
  for (int round = 0; round < 3000; ++round) {
    const std::size_t count = 1 + maker.below(7);
    const std::string text = maker.map(count);
    INFO(text);
    JsonMembers map = members(text);
    std::vector<std::string> left;
    std::vector<std::string> values;
    for (const auto& key : keys_of(text)) {
      if (maker.below(2) == 0) {
        map.remove(key);
      } else {
        left.push_back(key);
        values.emplace_back(*map.value(key));
      }
    }
    const std::string less = map.text();
    INFO(less);
    CHECK(keys_of(less) == left);
    const JsonMembers again = members(less);
    for (std::size_t i = 0; i < left.size(); ++i) CHECK(again.value(left[i]) == values[i]);
    // Comments never go.
    for (const std::string mark : {"// about", "/* , } */", "it's so", "\"x\": 1, */", "// a registry"}) {
      const auto times = [&](const std::string& in) {
        int n = 0;
        for (auto at = in.find(mark); at != std::string::npos; at = in.find(mark, at + 1)) ++n;
        return n;
      };
      CHECK(times(less) == times(text));
    }
  }
}

TEST_CASE("splice: a member comes back behind the one it followed") {
  JsonMembers map = members("{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}");
  CHECK(map.before("b") == "a");
  CHECK_FALSE(map.before("a"));
  map.remove("b");
  map.insert("b", "2", "a");
  CHECK(map.text() == "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}");
  map.remove("a");
  map.insert("a", "1", std::nullopt);
  CHECK(map.text() == "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}");
  map.insert("d", "4", "gone");
  CHECK(map.text() == "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3,\n  \"d\": 4\n}");
}
