// Check files are read strictly.

#include "auditor/engine/check_loader.hpp"
#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

const std::string kBase =
    "\"id\": \"c\", \"severity\": \"note\", \"subject\": \"session\", \"title\": \"t\", \"message\": \"m\", \"why\": "
    "\"w\"";
const std::string kQuery = "SELECT s.source, s.id FROM session s";

std::string refusal(const std::string& text) {
  try {
    (void)parse_check(text, "checks/f/c.sql", "f");
    return "accepted";
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::config);
    CHECK(std::string(error.what()).starts_with("checks/f/c.sql:"));
    return error.hint().empty() ? error.what() : std::string(error.what()) + " (" + error.hint() + ")";
  }
}

std::string header(const std::string& json) { return refusal("/*{" + json + "}*/\n" + kQuery); }
std::string more(const std::string& json) { return header(kBase + ", " + json); }

std::string without(const std::string& key) {
  std::string json = kBase;
  const auto at = json.find("\"" + key + "\"");
  auto end = json.find(", \"", at);
  end = end == std::string::npos ? json.size() : end + 2;
  json.erase(at, end - at);
  if (json.ends_with(", ")) json.resize(json.size() - 2);
  return json;
}

std::string change(const std::string& json) {
  return more("\"safety\": \"s\", \"repairs\": [{\"name\": \"r\", \"applicability\": \"safe\", \"changes\": [" + json +
              "]}]");
}

}  // namespace

TEST_CASE("a whole header is understood", "[checks]") {
  const Check check =
      parse_check(
          "/*{" + kBase +
              R"(, "params": {"limit": "2h", "word": "two hours", "n": 3}, "group": "root", "requires": ["a", "b"],
    "safety": "s", "repairs": [{"name": "r", "applicability": "unsafe", "changes": [
      {"insert": "entry", "set": {"key": "{id}", "kind": "direct", "updated_at": ":now", "position": 0}}]}]}*/

-- what it looks for
)" + kQuery + " ;; -- done\n",
          "checks/f/c.sql", "f");
  CHECK(check.severity == Severity::note);
  CHECK(std::get<std::int64_t>(check.params.at("limit")) == 7'200'000);
  CHECK(std::get<std::string>(check.params.at("word")) == "two hours");
  CHECK(check.group == std::vector<std::string>{"root"});
  CHECK(check.requires_traits == std::vector<std::string>{"a", "b"});
  const auto& set = check.repairs.at(0).changes.at(0).set;
  CHECK(set.at(0).second.kind == Term::Kind::column);
  CHECK(set.at(0).second.column == "id");
  CHECK(set.at(1).second.kind == Term::Kind::literal);
  CHECK(set.at(2).second.kind == Term::Kind::now);
  CHECK(std::get<std::int64_t>(set.at(3).second.literal) == 0);
  CHECK(check.sql_line == 5);
  CHECK(check.sql == "-- what it looks for\n" + kQuery);  // it will be put in parentheses
}

TEST_CASE("queries of a repair are a text or a list of lines", "[checks]") {
  const Check check =
      parse_check("/*{" + kBase + R"(, "safety": "s", "repairs": [{"name": "r", "applicability": "safe", "when": "SELECT f.id FROM finding f", "changes": [
      {"update": "session", "key": {"id": "{other}"}, "set": {"status": "x"}, "also": {"ended_at": ":now"}, "each": ["SELECT f.id,", "f.id AS other FROM finding f"]}]}]}*/
)" + kQuery, "checks/f/c.sql", "f");
  const RepairTemplate& repair = check.repairs.at(0);
  CHECK(repair.when == "SELECT f.id FROM finding f");
  CHECK(repair.changes.at(0).each == "SELECT f.id,\nf.id AS other FROM finding f");
  CHECK(repair.changes.at(0).also.at(0).first == "ended_at");
  CHECK(repair.changes.at(0).also.at(0).second.kind == Term::Kind::now);
  CHECK(change(R"({"update": "session", "key": {"id": "x"}, "set": {"status": "x"}, "each": ""})").find("\"each\" is no query") != std::string::npos);
  CHECK(change(R"({"delete": "session", "key": {"id": "x"}, "also": {"status": "x"}})").find("a delete has no \"set\"") != std::string::npos);
}

TEST_CASE("every required key is required", "[checks]") {
  CHECK(header(kBase) == "accepted");
  for (const std::string key : {"id", "severity", "subject", "title", "message", "why"}) {
    INFO(key);
    CHECK(header(without(key)) == "checks/f/c.sql:1: \"" + key + "\" is missing");
  }
  CHECK(header(without("why") + ", \"why\": \"\"") == "checks/f/c.sql:1: title, message and why must say something");
  CHECK(more(R"("repairs": [{"name": "r", "applicability": "manual"}])") ==
        "checks/f/c.sql:1: \"safety\" is missing: say what each repair keeps and loses");
}

TEST_CASE("what a header may not say", "[checks]") {
  CHECK(more("\"requres\": []") == "checks/f/c.sql:1: unknown key \"requres\" (did you mean \"requires\"?)");
  CHECK(header(without("severity") + ", \"severity\": \"fatal\"") ==
        "checks/f/c.sql:1: severity is none of error, warning, note");
  CHECK(header(without("title") + ", \"title\": 5") == "checks/f/c.sql:1: \"title\" must be a string");
  CHECK(header(without("id") + ", \"id\": \"d\"") == "checks/f/c.sql:1: the id \"d\" is not the file's name \"c\"");
  CHECK(more("\"group\": [1]") == "checks/f/c.sql:1: \"group\" must be a list of strings");
  CHECK(more("\"params\": {\"now\": 1}").find("is given already") != std::string::npos);
  CHECK(more("\"params\": {\"x\": []}").find("must be a string, a number") != std::string::npos);
  CHECK(more("\"supersedes\": [\"c\"]").find("cannot supersede itself") != std::string::npos);
  CHECK(refusal("SELECT 1").find("starts with a JSON header") != std::string::npos);
  CHECK(refusal("/*{" + kBase + "}").find("not closed") != std::string::npos);
  CHECK(refusal("/*{" + kBase + "}*/\n -- nothing\n;").find("no query") != std::string::npos);
  CHECK(refusal("\n\n/*{\n\"id\": \"c\",\n\"title\" \"t\"}*/\n" + kQuery)
            .starts_with("checks/f/c.sql:5: not valid JSON"));
}

TEST_CASE("a mistake in a header is shown in its line", "[checks]") {
  const auto in = [](const std::string& lines) { return refusal("/*\n{ " + kBase + ",\n" + lines + "}\n*/\n" + kQuery); };
  CHECK(in("\"requres\": []") == "checks/f/c.sql:3: unknown key \"requres\" (did you mean \"requires\"?)");
  CHECK(in("\"safety\": \"s\",\n \"group\": 1") == "checks/f/c.sql:4: \"group\" must be a list of strings");
  CHECK(in("\"params\": {\n  \"x\": 1,\n  \"now\": 1}") == "checks/f/c.sql:5: params: \"now\" is given already");
  const std::string repair = "\"safety\": \"s\", \"repairs\": [\n  {\"name\": \"r\",\n   \"applicability\": \"safe\",\n   \"changes\": [";
  CHECK(in(repair + "\n     {\"update\": \"session\",\n      \"key\": {\"id\": \"{id}\"},\n      \"set\": {}}]}]") == "checks/f/c.sql:9: \"set\" names no column");
  CHECK(in(repair + "\n     {\"update\": \"session\",\n      \"key\": {\n        \"id\": []}, \"set\": {\"status\": \"x\"}}]}]")
            .starts_with("checks/f/c.sql:9: key.id: must be"));
  CHECK(in(repair + "\n     {\"update\": \"session\", \"set\": {\"status\": \"x\"}}]}]") == "checks/f/c.sql:7: \"key\" is missing");
  CHECK(refusal("\n/*{ \"severity\": \"note\",\n\"id\": \"d\",\n" + without("id").substr(20) + "}*/\n" + kQuery)
            .starts_with("checks/f/c.sql:3: the id"));
}

TEST_CASE("what a repair may not say", "[checks]") {
  CHECK(change(R"({"update": "session", "key": {"id": "{id}"}, "set": {"state": "failed"}})") == "accepted");
  CHECK(change(R"({"update": "session", "set": {"state": "failed"}})").find("\"key\" is missing") != std::string::npos);
  CHECK(change(R"({"update": "session", "key": {}, "set": {"state": "failed"}})").find("every row") !=
        std::string::npos);
  CHECK(change(R"({"delete": "session", "key": {}})").find("every row") != std::string::npos);
  CHECK(change(R"({"update": "session", "key": {"id": "{id}"}, "set": {}})").find("names no column") !=
        std::string::npos);
  CHECK(change(R"({"delete": "session", "key": {"id": "{id}"}, "set": {"state": "failed"}})").find("a delete has no") !=
        std::string::npos);
  CHECK(change(R"({"insert": "session", "key": {"id": "{id}"}, "set": {"id": "x"}})").find("an insert has no") !=
        std::string::npos);
  CHECK(change(R"({"update": "session", "delete": "session", "key": {"id": 1}})").find("exactly one of") !=
        std::string::npos);
  CHECK(change(R"({"update": "session", "key": {"id": ["x"]}, "set": {"state": "failed"}})").find("key.id: must be") !=
        std::string::npos);
  CHECK(change("").find("is \"manual\"") != std::string::npos);
  CHECK(more(R"("safety": "s", "repairs": [{"name": "r", "applicability": "sure"}])").find("\"sure\" is none of") !=
        std::string::npos);
  CHECK(
      more(
          R"("safety": "s", "repairs": [{"name": "r", "applicability": "manual"}, {"name": "r", "applicability": "manual"}])")
          .find("two repairs") != std::string::npos);
}
