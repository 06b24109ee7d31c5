// The configuration file.

#include "auditor/engine/config.hpp"
#include "auditor/engine/json_document.hpp"
#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

constexpr const char* kCheck = R"(/*
{ "id": "empty-session", "severity": "error", "subject": "session", "title": "t", "message": "{id}", "why": "w" }
*/
SELECT s.source, s.id FROM session s
)";

void fill(Catalog& catalog) {
  catalog.add_embedded({{"checks/session/empty-session.sql", kCheck},
                        {"adapters/profiles/chat.json", R"({"profile": "chat", "sources": {}, "relations": {}})"}});
}

Config parse(const std::string& text, const std::string& file = "conf/audit.json") {
  Catalog catalog;
  fill(catalog);
  return parse_config(text, file, catalog);
}

std::string refusal(const std::string& text) {
  try {
    (void)parse(text);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::config);
    return std::string(error.what()) + "|" + error.hint();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("a key that is there twice is refused with both lines", "[config]") {
  CHECK(refusal("{ \"grace\": \"1h\",\n  \"exclude\": [\"grace\", \"grace\"],\n  // \"grace\": no key\n  \"grace\": \"2h\" }") ==
        "conf/audit.json:4: \"grace\" is there twice, first in line 1|");
  CHECK(refusal(R"({ "checks": {"empty-session": {"max": 1, "max": 2}} })") == "conf/audit.json:1: \"max\" is there twice, first in line 1|");
  CHECK(refusal(R"({ "profiles": [{"profile": "chat"}, {"profile": "chat", "name": "other"}], "grace": "1h" })") == "accepted");
}

TEST_CASE("every key of a configuration is read", "[config]") {
  const Config config = parse(R"(// ours
{ "profiles": ["chat", {"profile": "own/p.json", "set": {"db.path": "x.db", "db.quick_check": true, "db.n": 5}}],
  "checks": {"empty-session": {"severity": "note", "enabled": false}},
  "grace": "1h", "jobs": 2, "fail_on": "error", "baseline": "../b.json", "exclude": ["a-*"] })");
  REQUIRE(config.profiles.size() == 2);
  CHECK(config.profiles[0].name == "chat");
  CHECK(config.profiles[0].directory == "conf");
  CHECK(config.profiles[1].name == "conf/own/p.json");
  CHECK(config.profiles[1].set ==
        std::map<std::string, std::string>{{"db.path", "x.db"}, {"db.quick_check", "true"}, {"db.n", "5"}});
  CHECK(config.checks.at("empty-session").severity == Severity::note);
  CHECK_FALSE(config.checks.at("empty-session").enabled);
  CHECK(config.grace == 3'600'000);
  CHECK(config.jobs == 2);
  CHECK(config.fail_on == FailOn::error);
  CHECK(config.baseline == "b.json");
  CHECK(config.exclude == std::vector<std::string>{"a-*"});
  CHECK(parse("{}").profiles.empty());
}

TEST_CASE("mistakes in a configuration are named with file and line", "[config]") {
  CHECK(refusal("{\n\"profile\": []}") == "conf/audit.json:2: unknown key \"profile\"|did you mean \"profiles\"?");
  CHECK(refusal("{\"checks\": {\n  \"empty-session\": {},\n  \"empty-sesion\": {}}}") ==
        "conf/audit.json:3: there is no check 'empty-sesion'|did you mean empty-session?");
  CHECK(refusal("{\"checks\": {\"empty-session\":\n {\"enabled\": true,\n /* } */ \"sevrity\": \"note\"}}}") ==
        "conf/audit.json:3: unknown key \"sevrity\"|did you mean \"severity\"?");
  CHECK(refusal("{\"profiles\": [\"chat\",\n\n\"chta\"]}") ==
        "conf/audit.json:3: there is no profile 'chta'|did you mean chat?");
  CHECK(refusal("{\"profiles\": \"chat\"}").starts_with("conf/audit.json:1: \"profiles\" must be a list"));
  CHECK(refusal("{\"grace\": \"10\"}").starts_with("conf/audit.json:1: \"grace\": '10' is not a duration"));
  CHECK(refusal("{\"jobs\": 0}").starts_with("conf/audit.json:1: \"jobs\" must be a whole number from 1 to 256"));
  CHECK(refusal("{\"jobs\": true}").starts_with("conf/audit.json:1: \"jobs\""));
  CHECK(refusal("{\"fail_on\": \"all\"}").starts_with("conf/audit.json:1: \"fail_on\" must be"));
  CHECK(refusal("{\"checks\": {\"empty-session\": {\"enabled\": 1}}}")
            .starts_with("conf/audit.json:1: \"enabled\" must be true or false"));
  CHECK(refusal("[1]").starts_with("conf/audit.json:1: the file must be an object"));
  CHECK(refusal("{\n\"jobs\": }").starts_with("conf/audit.json:2: not valid JSON"));
}

TEST_CASE("a place in a document has a line", "[config]") {
  const JsonDocument document(
      "{ // \"b\": not here\n \"a\": {\"b\": [1,\n  \"x, ]}\", {\"c\\\"\": null,\n\"b\": 2}]},\n\"b\": 3 }", "f");
  CHECK(document.where({"a"}) == "f:2");
  CHECK(document.where({"a", "b", "1"}) == "f:3");
  CHECK(document.where({"a", "b", "2", "b"}) == "f:4");
  CHECK(document.where({"b"}) == "f:5");
  CHECK(document.where({"a", "nothing"}) == "f:2");
}
