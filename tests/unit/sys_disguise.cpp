#include "auditor/sys/disguise.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
#include <map>
#include <nlohmann/json.hpp>

#include "auditor/model/record.hpp"
#include "auditor/model/utf8.hpp"
#include "auditor/sys/disguise_json.hpp"
#include "auditor/sys/recorded_value.hpp"

using namespace audit;

namespace {

// Fixed, so that what a test has seen once it sees always.
Disguise disguise() {
  Disguise::Key key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<unsigned char>(17 * i + 3);
  Disguise made(key);
  for (const char* word : {"session", "agent", "cron", "message_id", "failed", "New Chat", "status", "sess-fallback-", "id", "totalTokens"}) made.know(word);
  return made;
}

// a for letters, A for capitals, 0 for digits; all else as it is.
std::string shape(const std::string& text) {
  std::string result = text;
  for (char& c : result) c = c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : c >= '0' && c <= '9' ? '0' : c;
  return result;
}

bool is_hex(const std::string& text) { return text.find_first_not_of("0123456789abcdef") == std::string::npos; }

}  // namespace

TEST_CASE("a name keeps its length and form", "[disguise]") {
  const Disguise d = disguise();
  for (const char* name : {"9f3c1a60e1a0", "3d6f0a4e-1c2b-4d5e-8f90-a1b2c3d4e5f6", "01J9ZQ4K7M", "alice@example.com", "/home/alice/.config", "@7", "it's"}) {
    const std::string other = d.name(name);
    CHECK(shape(other) == shape(name));
    CHECK(other != name);
  }
  CHECK(is_hex(d.name("9f3c1a60e1a0")));
  CHECK(d.name("alice") == d.name("alice"));
  CHECK(d.name("alice") != d.name("alicf"));
  CHECK(d.name("Alice") != d.name("alice"));
  CHECK(d.name("ALICE").size() == 5);
}

TEST_CASE("the beginning of an id becomes the beginning of its other form", "[disguise]") {
  const Disguise d = disguise();
  for (const char* id : {"9f3c1a60e1a0b2c4", "12345678e1a0b2c4", "abcdefabcdefabcd", "3d6f0a4e-1c2b-4d5e-8f90-a1b2c3d4e5f6"}) {
    const std::string whole = id;
    CHECK(d.name("session-" + whole.substr(0, 8)) == "session-" + d.name(whole).substr(0, 8));
  }
  CHECK(d.name("agent:explicit:9f3c1a60e1a0") == "agent:" + d.name("explicit") + ":" + d.name("9f3c1a60e1a0"));
  CHECK(d.name("9F3C1A60E1A0").size() == 12);
}

TEST_CASE("capitals and small letters become the same word", "[disguise]") {
  const Disguise d = disguise();
  std::string small = d.name("EXPLICIT-Name");
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  CHECK(small == d.name("explicit-name"));
}

TEST_CASE("what is known stays, and nothing else becomes it", "[disguise]") {
  Disguise d = disguise();
  CHECK(d.text("failed") == "failed");
  CHECK(d.text("New Chat") == "New Chat");
  CHECK(d.name("sess-fallback-17").starts_with("sess-fallback-"));
  // All words of two letters but three: each becomes another one of them.
  for (const char* word : {"aa", "qq", "zz"}) d.know(word);
  std::map<std::string, int> seen;
  for (char a = 'a'; a <= 'z'; ++a) {
    for (char b = 'a'; b <= 'z'; ++b) ++seen[d.name(std::string{a, b})];
  }
  CHECK(seen.size() == 26 * 26);
  CHECK(seen["qq"] == 1);
}

TEST_CASE("no two texts become one", "[disguise]") {
  const Disguise d = disguise();
  std::map<std::string, std::string> names;
  std::map<std::string, std::string> proses;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (int n = i; n > 0; n /= 13) text += "abcxyz0123 9f"[n % 13];
    names.emplace(d.name(text), text);
    proses.emplace(d.prose(text), text);
  }
  CHECK(names.size() == proses.size());
  CHECK(names.size() == 20'000);
}

TEST_CASE("times and small numbers stay", "[disguise]") {
  const Disguise d = disguise();
  for (const char* text : {"2026-02-27T12:56:10Z", "2026-02-27T12:56:10.123Z", "2026-02-27 12:56:10", "2026-02-27", "2026-02-27T12:56:10+01:00", "999", "-7", "0", ""}) CHECK(d.text(text) == text);
  CHECK(d.name("2026-02-27T12-56-10-123Z_9f3c1a60").starts_with("2026-02-27T12-56-10-123Z_"));
  CHECK(d.name("x2026-02-27").substr(1, 4) != "2026");
  CHECK(d.text("192.168.1.23") != "192.168.1.23");
  CHECK(d.text("+49 170 1234567") != "+49 170 1234567");
  CHECK(d.text("5551234") != "5551234");
  CHECK(d.number(std::int64_t{999}) == 999);
  CHECK(d.number(std::int64_t{-1234567}) != -1234567);
  CHECK(std::to_string(d.number(std::int64_t{-1234567})).size() == 8);
  CHECK(std::to_string(d.number(std::int64_t{1234567})) == d.name("1234567"));
  CHECK(d.number(std::string_view("1234.5678e-9")).substr(9) == "e-9");
}

TEST_CASE("what somebody wrote is replaced as a whole", "[disguise]") {
  const Disguise d = disguise();
  const std::string one = d.text("the password is hunter2, tell Bob");
  CHECK(shape(one) == shape("the password is hunter2, tell Bob"));
  CHECK(one == d.text("the password is hunter2, tell Bob"));
  // Not even its beginning is the same in another text.
  const std::string other = d.text("the password is hunter3, tell Bob");
  CHECK(one.substr(0, 12) != other.substr(0, 12));
  CHECK(d.text("session failed").find("session") == std::string::npos);
  const std::string marked = d.text("[cron:9f3c1a60 nightly] clean up [message_id: 77]");
  CHECK(marked.starts_with("[cron:" + d.name("9f3c1a60") + " "));
  CHECK(marked.find("[message_id: ") != std::string::npos);
  CHECK(marked.find("clean") == std::string::npos);
}

TEST_CASE("bytes that are no text of ASCII keep their number and whether they are text", "[disguise]") {
  const Disguise d = disguise();
  for (const char* text : {"Gr\xc3\xbc\xc3\x9f Gott", "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", "\xf0\x9f\x98\x80 \xf0\x9f\x98\x81", "\xed\x9f\xbf\xe0\xa0\x80"}) {
    for (const std::string& other : {d.text(text), d.name(text), d.prose(text)}) {
      CHECK(other.size() == std::string_view(text).size());
      CHECK(is_utf8(other));
      CHECK(other != text);
    }
  }
  CHECK_FALSE(is_utf8(d.text("cut \xc3")));
  const std::string zero("a\0b", 3);
  CHECK(d.name(zero)[1] == '\0');
  CHECK(d.bytes("\x01\x02\x03").size() == 3);
  CHECK(d.bytes("\x01\x02\x03") == d.bytes("\x01\x02\x03"));
  CHECK(d.bytes("\x01\x02\x03") != d.bytes("\x01\x02\x04"));
  CHECK(d.bytes("\x28\xb5\x2f\xfd") == "\x28\xb5\x2f\xfd");
  const std::string packed = d.bytes("\x28\xb5\x2f\xfdsecret");
  CHECK(packed.starts_with("\x28\xb5\x2f\xfd"));
  CHECK(packed.size() == 10);
  CHECK(packed.substr(4) != "secret");
}

TEST_CASE("blanks of JSON5 stay", "[disguise]") {
  const Disguise d = disguise();
  const std::string text = "\xef\xbb\xbf{\xc2\xa0secret\xe2\x80\x83: 1,\xe3\x80\x80other: 2}";
  const std::string other = d.text(text);
  CHECK(other == "\xef\xbb\xbf{\xc2\xa0" + d.name("secret") + "\xe2\x80\x83: 1,\xe3\x80\x80" + d.name("other") + ": 2}");
}

TEST_CASE("escapes stay escapes, whatever letters become", "[disguise]") {
  const Disguise d = disguise();
  // A line that goes on is a string of JSON5, a line that ends is none.
  CHECK(d.text("{'k': 'it\\'s \\\na\\q'}") == "{'" + d.name("k") + "': '" + d.text("it's aq").insert(2, "\\") + "'}");
  CHECK(d.text(R"({"k": "alice\u0041\qbob)") == R"({")" + d.name("k") + R"(": ")" + d.name("alice") + R"(\u0078\q)" + d.name("bob"));
  CHECK(d.text(R"({"k": "alice\u00)") == R"({")" + d.name("k") + R"(": ")" + d.name("alice") + R"(\u)" + d.name("00"));
}

TEST_CASE("a hexadecimal number stays one", "[disguise]") {
  Disguise d = disguise();
  d.know("totalTokens");
  CHECK(d.text("{totalTokens: 0x19C99B12C00}") == "{totalTokens: 0x19C99B12C00}");
  const std::string other = d.text("{totalTokens: 1, secret: 0x19C99B12C00}");
  const std::size_t at = other.find(": 0x") + 4;
  CHECK(other.find_first_not_of("0123456789ABCDEF", at) == other.size() - 1);
  CHECK(other.size() - at == 12);
  CHECK(other.find("19C99B12C00") == std::string::npos);
}

TEST_CASE("JSON stays the JSON that it is", "[disguise]") {
  const Disguise d = disguise();
  const std::string text = R"({"id": "9f3c1a60", "status":"failed", "note": "say \"hi\"\nto Bob", "n": 1234567, "totalTokens": 1234567, "deep": [true, null, 1.5, {"path": "\/home\/alice"}]})";
  const auto json = nlohmann::json::parse(d.text(text));
  CHECK(json["id"] == d.name("9f3c1a60"));
  CHECK(json["status"] == "failed");
  CHECK(json["totalTokens"] == 1234567);
  CHECK(json[d.name("n")] != 1234567);
  CHECK(json[d.name("note")] == d.text("say \"hi\"\nto Bob"));
  CHECK(json[d.name("deep")][3][d.name("path")] == d.name("/home/alice"));
  CHECK(json[d.name("deep")][2] == 1.5);
  // Cut, or with mistakes, it is so still.
  const std::string cut = d.text(R"({"id":"9f3c1a60","text":"he said "x" and)");
  CHECK(cut.starts_with("{\"id\":\"" + d.name("9f3c1a60") + "\","));
  CHECK_FALSE(nlohmann::json::accept(cut));
  CHECK(d.text(R"({"id":"9f3c)").ends_with("\"" + d.name("9f3c")));
  CHECK(d.text("// note of Bob\n{id: 'bob',}").find("Bob") == std::string::npos);
  // A text in brackets is no list.
  CHECK_FALSE(looks_like_json("[note] hello"));
  CHECK(looks_like_json(" [ 1, 2 ]"));
}

TEST_CASE("the place of a store is named as a place", "[disguise]") {
  Disguise d = disguise();
  d.place("/home/alice/.openclaw", "${STORE}");
  CHECK(d.name("/home/alice/.openclaw/agent") == "${STORE}/agent");
  CHECK(d.name("/home/alice/.openclaw2").find("${STORE}") == std::string::npos);
}

TEST_CASE("another key, other words", "[disguise]") {
  CHECK(Disguise(Disguise::random_key()).name("9f3c1a60e1a0b2c49f3c1a60e1a0b2c4") != Disguise(Disguise::random_key()).name("9f3c1a60e1a0b2c49f3c1a60e1a0b2c4"));
}

TEST_CASE("numbers of a table are kept where they are needed", "[disguise]") {
  const Disguise d = disguise();
  RecordOrder order;
  order.disguise = &d;
  order.read = {{"t", "count"}, {"t", "name"}};
  order.times = {{"t", "name"}};
  order.prose = {{"t", "body"}};
  order.paths = {{"t", "path"}};
  const auto recorded = [&](const char* column, const Value& value, bool linked = false) { return recorded_value(order, "T", column, value, linked); };
  CHECK(recorded("count", std::int64_t{123456}) == Value(std::int64_t{123456}));
  CHECK(recorded("phone", std::int64_t{123456}) != Value(std::int64_t{123456}));
  CHECK(recorded("phone", std::int64_t{123456}, true) == Value(std::int64_t{123456}));
  CHECK(recorded("seen_at", std::int64_t{1'767'225'600'000}) == Value(std::int64_t{1'767'225'600'000}));
  CHECK(recorded("seen_at", std::int64_t{5'551'234}) != Value(std::int64_t{5'551'234}));
  CHECK(recorded("name", std::string("1767225600")) == Value(std::string("1767225600")));
  CHECK(recorded("body", std::string("failed")) != Value(std::string("failed")));
  CHECK(recorded("path", std::string("/home/alice/x")) == Value("${CASE}/given/paths" + d.name("/home/alice/x")));
  CHECK(recorded("other", Value{}) == Value{});
  order.disguise = nullptr;
  CHECK(recorded("body", std::string("x y")) == Value(std::string("x y")));
  CHECK(recorded("path", std::string("/x")) == Value(std::string("${CASE}/given/paths/x")));
}

TEST_CASE("texts of SQL are those between single quotes", "[disguise]") {
  CHECK(sql_strings("CHECK (a IN ('x', 'it''s')) -- 'no'\n/* 'no' */ DEFAULT \"it's\" 'y'") == std::vector<std::string>{"x", "it's", "y"});
}
