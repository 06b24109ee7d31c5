#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include "adapters/files/json5.hpp"
#include "adapters/files/json_text.hpp"
#include "adapters/files/name_pattern.hpp"
#include "auditor/model/error.hpp"

namespace {

std::string captured(const char* pattern, const char* name, const char* hole) {
  audit::Captures captures;
  return audit::NamePattern(pattern).match(name, &captures) ? captures[hole] : "no match";
}

}  // namespace

TEST_CASE("holes of a name take what they say") {
  CHECK(captured("{id}.jsonl", "abc.jsonl", "id") == "abc");
  CHECK(captured("{id}.jsonl", ".jsonl", "id") == "no match");
  CHECK(captured("{id}-topic-{n:digits}.jsonl", "abc-topic-42.jsonl", "n") == "42");
  CHECK(captured("{id}-topic-{n:digits}.jsonl", "abc-topic-4x.jsonl", "n") == "no match");
  CHECK(captured("{t:time}_{id}.jsonl", "2026-01-24T10-11-12-345Z_a_b.jsonl", "id") == "a_b");
  CHECK(captured("{t:time}_{id}.jsonl", "notes_abc.jsonl", "id") == "no match");
  CHECK(captured("agent:{agent}:*:run:{run}", "agent:main:cron:j:run:r1", "run") == "r1");
  CHECK(captured("agent:{agent}:*", "agent:a:b:c", "agent") == "a");
  CHECK(captured("*", "", "x").empty());
  CHECK(captured("{id:uuid}.jsonl", "00000001-1111-4222-8333-000000000001.jsonl", "id") ==
        "00000001-1111-4222-8333-000000000001");
  CHECK(captured("{id:uuid}.jsonl", "00000001-1111-4222-8333-00000000000g.jsonl", "id") == "no match");
  CHECK_THROWS_AS(audit::NamePattern("{id"), audit::Error);
  CHECK_THROWS_AS(audit::NamePattern("{id:word}"), audit::Error);
}

TEST_CASE("a name is filled only where everything is known") {
  CHECK(audit::fill_name("{dir}/{session}.jsonl", {{"dir", "a"}, {"session", "s"}}) == "a/s.jsonl");
  CHECK_FALSE(audit::fill_name("{dir}/{run}.jsonl", {{"dir", "a"}}));
}

TEST_CASE("JSON5 becomes JSON, line by line") {
  CHECK(audit::json_mistake(audit::plain_json("// note\n{a: 'x\"y', b: [1, 2,], /* c */ c: +1, d: .5, e: 1., f: NaN,}"))
            .empty());
  CHECK(audit::plain_json("{a:1,}") == "{\"a\":1 }");
  CHECK(audit::plain_json("{\"a\": \"b // c, }\"}") == "{\"a\": \"b // c, }\"}");
  CHECK_FALSE(audit::json_mistake(audit::plain_json("{a: ")).empty());
  CHECK(audit::plain_json("[0x1F, -0XaB, +0x0, 10]") == "[31, -171, 0, 10]");
  CHECK(audit::plain_json("[-Infinity, +NaN, -.5, 7.]") == "[null, null, -0.5, 7.0]");
  CHECK(audit::plain_json("['\\q\\'\\x41', 'a\\\r\nb', 'c\\\nd']") == "[\"q'\\u0041\", \"ab\", \"cd\"]");
  CHECK(audit::json_mistake(audit::plain_json("{\u00A0a:\u20281\f}\v")).empty());
}

TEST_CASE("a mistake in JSON is told with line and column") {
  CHECK(audit::json_mistake("{\"a\": 1}").empty());
  CHECK(audit::json_mistake("{\n  \"a\": x}").starts_with("line 2, column 8"));
}

TEST_CASE("pointers are split at their slashes") {
  CHECK(audit::pointer_steps("/a~1b/~0c/*") == std::vector<std::string>{"a/b", "~c", "*"});
  CHECK(audit::pointer_steps("").empty());
  CHECK_THROWS_AS(audit::pointer_steps("a"), audit::Error);
}
