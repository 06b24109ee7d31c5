// What a check may be, and where its mistakes are shown.

#include "auditor/engine/bind.hpp"

#include "auditor/engine/check_loader.hpp"
#include "auditor/engine/profile.hpp"
#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

const char* const kProfile = R"({"profile": "p", "prefix": "p", "sources": {"db": {"adapter": "sqlite", "path": "x"}},
  "relations": {"session": {"key": "id", "columns": {"id": "id", "extra": "extra"}}, "p_thing": {"key": "id", "columns": {"id": "id"}}}})";

Profile profile() {
  return {kProfile, "p.json", {}, "", [](const std::string&) { return std::nullopt; }};
}

Check check(const std::string& sql, const std::string& header = "") {
  // The header takes lines 1 to 3; the query starts on line 4.
  return parse_check(
      "/*{\"id\": \"c\", \"severity\": \"error\", \"subject\": \"session\",\n \"title\": \"t\", \"message\": \"{id}\", "
      "\"why\": \"w\"" +
          header + "\n}*/\n" + sql,
      "c.sql", "f");
}

BoundCheck bound(const std::string& sql, const std::string& header = "") {
  static std::vector<std::unique_ptr<Check>> kept;  // a bound check points to it
  kept.push_back(std::make_unique<Check>(check(sql, header)));
  const Profile of = profile();
  return Binder(of.shape()).bind(*kept.back(), {});
}

std::string refusal(const std::string& sql, const std::string& header = "") {
  try {
    const auto result = bound(sql, header);
    return result.not_applicable.empty() ? "accepted" : "n/a: " + result.not_applicable;
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::config);
    return error.what();
  }
}

const std::string kQuery = "SELECT s.source, s.id FROM session s";

}  // namespace

TEST_CASE("bind tells what a check reads and returns", "[bind]") {
  const auto result = bound(
      "SELECT s.source, s.scope, s.id, s.extra FROM session s\nWHERE s.created_at < :now AND "
      "EXISTS (SELECT 1 FROM message m WHERE m.scope = s.scope AND m.session_id = s.id AND m.body <> '')");
  CHECK(result.reads.at("session") == std::set<std::string>{"source", "scope", "id", "extra", "created_at"});
  CHECK(result.reads.at("message") == std::set<std::string>{"scope", "session_id", "body"});
  CHECK(result.outputs == std::vector<std::string>{"source", "scope", "id", "extra"});
  CHECK(result.parameters == std::vector<std::string>{"now"});
  CHECK(result.per_scope);
  CHECK(bound("WITH c AS (SELECT s.source, s.id FROM session s) SELECT c.source, c.id FROM c").reads.size() == 1);
  CHECK(refusal("WITH c(source, id) AS (SELECT s.source, s.id FROM session s) SELECT C.source, c.id FROM C") ==
        "accepted");
  CHECK(refusal("WITH c AS NOT MATERIALIZED (SELECT s.source, s.id FROM session s) SELECT c.source, c.id FROM c") ==
        "accepted");
  CHECK(refusal(kQuery + " WHERE s.id IS NOT DISTINCT FROM s.task_id") == "accepted");
  CHECK(refusal(kQuery + ";\n-- the end\n;") == "accepted");
}

TEST_CASE("a check reads relations and nothing else", "[bind]") {
  CHECK(refusal(kQuery + " WHERE s.id IN (SELECT name FROM sqlite_master)") ==
        "c.sql:4: check c: there is no relation sqlite_master");
  CHECK(refusal(kQuery + "\n, sqlite_schema x") == "c.sql:5: check c: there is no relation sqlite_schema");
  CHECK(refusal("SELECT 'x' AS source, name AS id\nFROM pragma_table_info('session')") ==
        "c.sql:5: check c: pragma_table_info() is not a relation");
  CHECK(refusal("SELECT 'x' AS source, value AS id FROM json_each('[1]')") ==
        "c.sql:4: check c: json_each() is not a relation");
  CHECK(refusal(kQuery + "\nWHERE load_extension('x') IS NULL") ==
        "c.sql:5: check c: function load_extension() is not allowed");
  CHECK(refusal(kQuery + "\nWHERE\nrandom() > 0") == "c.sql:6: check c: function random() is not allowed");
  CHECK(refusal(kQuery + " WHERE s.rowid = 1").find("has no rowid") != std::string::npos);
  CHECK(refusal("DELETE FROM session").find("only SELECT is allowed") != std::string::npos);
  CHECK(refusal("WITH x AS (SELECT 1) INSERT INTO session(id) SELECT * FROM x").find("only SELECT is allowed") !=
        std::string::npos);
  CHECK(refusal("ATTACH 'x' AS y").find("only SELECT is allowed") != std::string::npos);
  CHECK(refusal("PRAGMA table_info(session)") != "accepted");
  CHECK(refusal("EXPLAIN " + kQuery).find("no column id") != std::string::npos);
  CHECK(refusal(kQuery + ";\nSELECT 1") == "c.sql:4: check c: there is a second statement");
  CHECK(refusal(kQuery + "\n; DROP TABLE session") == "c.sql:5: check c: there is a second statement");
  CHECK(refusal("SELECT m.source, m.id FROM main.session m").find("there is no relation main") != std::string::npos);
}

TEST_CASE("forms that hide something are refused", "[bind]") {
  CHECK(refusal(kQuery + "\nJOIN task t USING (id)") ==
        "c.sql:5: check c: USING and NATURAL hide which columns are joined");
  CHECK(refusal(kQuery + " NATURAL JOIN task t").find("USING and NATURAL") != std::string::npos);
  CHECK(refusal(kQuery + " WHERE s.status = \"runing\"").find("no such column") != std::string::npos);
  CHECK(refusal("SELECT s.source, s.'id' FROM session s").find("'id' is text, not a name") != std::string::npos);
  CHECK(refusal("SELECT s.source, s.id FROM 'session' s").find("'session' is text, not a name") != std::string::npos);
  CHECK(refusal(kQuery + " WHERE s.id = ?").find("parameters are written :name") != std::string::npos);
  CHECK(refusal(kQuery + " WHERE s.id = @now").find("parameters are written :name") != std::string::npos);
}

TEST_CASE("mistakes are shown on their line of the file", "[bind]") {
  CHECK(refusal("SELECT s.source,\n s.id,\n s.statsu\nFROM session s") == "c.sql:6: check c: no such column: s.statsu");
  CHECK(refusal("SELECT s.source, s.id\nFROM session s\nWHERE s.id = = 1").starts_with("c.sql:6: check c: near \"=\""));
  CHECK(refusal("SELECT s.source, s.id\nFROM sesion s") == "c.sql:5: check c: there is no relation sesion");
  CHECK(refusal(kQuery + "\n\nWHERE s.created_at < :limit") ==
        "c.sql:6: check c: parameter :limit is not in \"params\"");
  CHECK(refusal(kQuery + " WHERE s.created_at < :limit", ", \"params\": {\"limit\": \"2h\"}") == "accepted");
  CHECK(refusal("-- a comment\n-- and another\nSELECT s.source, s.id,\nx FROM session s") ==
        "c.sql:7: check c: no such column: x");
}

TEST_CASE("names of the header are those of the query", "[bind]") {
  CHECK(refusal("SELECT s.id FROM session s").find("no column source") != std::string::npos);
  CHECK(refusal("SELECT s.source FROM session s").find("no column id") != std::string::npos);
  CHECK(refusal("SELECT s.source, s.id, s.status, s.kind AS status FROM session s")
            .find("two result columns are named status") != std::string::npos);
  CHECK(refusal(kQuery, ", \"group\": [\"root\"]").find("does not return root") != std::string::npos);
  CHECK(refusal(kQuery, ", \"identity\": [\"n\"]").find("does not return n") != std::string::npos);
  const auto repair = [](const std::string& change) {
    return ", \"safety\": \"s\", \"repairs\": [{\"name\": \"r\", \"applicability\": \"safe\", \"changes\": [" + change +
           "]}]";
  };
  CHECK(refusal(kQuery, repair(R"({"update": "session", "key": {"id": "{id}"}, "set": {"state": "failed"}})")) ==
        "accepted");
  CHECK(refusal(kQuery, repair(R"({"update": "session", "key": {"id": "{id}"}, "set": {"extra": 1}})")) == "accepted");
  CHECK(refusal(kQuery, repair(R"({"update": "session", "key": {"id": "{ids}"}, "set": {"state": "failed"}})"))
            .find("names {ids}") != std::string::npos);
  CHECK(refusal(kQuery, repair(R"({"update": "sesion", "key": {"id": "{id}"}, "set": {"state": "failed"}})"))
            .find("which is no relation") != std::string::npos);
  CHECK(refusal(kQuery, repair(R"({"update": "session", "key": {"id": "{id}"}, "set": {"sate": "failed"}})"))
            .find("session.sate, which is no column") != std::string::npos);
  CHECK(refusal(kQuery, repair(R"({"delete": "q_thing", "key": {"id": "{id}"}})")) == "accepted");  // another profile's
}

TEST_CASE("queries of a repair are held to the rules of a check", "[bind]") {
  const auto with = [](const std::string& when, const std::string& each) {
    return refusal(kQuery, R"(, "safety": "s", "repairs": [{"name": "r", "applicability": "safe", "when": ")" + when + R"(", "changes": [
      {"update": "message", "key": {"id": "{message_id}"}, "set": {"session_id": "{id}"}, "each": ")" + each + "\"}]}]");
  };
  const std::string when = "SELECT f.id FROM finding f WHERE f.id <> 'x'";
  const std::string each = "SELECT f.id, m.id AS message_id FROM finding f JOIN message m ON m.session_id = f.id";
  CHECK(with(when, each) == "accepted");
  CHECK(with(when, "SELECT m.id AS message_id FROM message m").find("does not return id") != std::string::npos);
  CHECK(with("SELECT 1 AS one FROM finding f", each).find("does not return id") != std::string::npos);
  CHECK(with(when, "SELECT f.id FROM finding f").find("names {message_id}") != std::string::npos);
  CHECK(with(when, "SELECT f.id, m.body AS message_id FROM finding f JOIN message m ON m.session_id = f.id").find("never shown") != std::string::npos);
  CHECK(with("DELETE FROM session", each).find("SELECT") != std::string::npos);
  CHECK(with("SELECT f.id FROM finding f WHERE f.id = :nobody", each).find(":nobody is not in") != std::string::npos);
  CHECK(with(when, "SELECT f.id, x.id AS message_id FROM finding f JOIN other_thing x ON x.id = f.id") == "accepted");  // of another profile
  CHECK(with(when, "SELECT f.id, x.id AS message_id FROM finding f JOIN nothing x ON x.id = f.id").find("no relation nothing") != std::string::npos);
}

TEST_CASE("a question reads what its check reads, partition by partition when both do", "[bind]") {
  const Profile of = profile();
  Binder binder(of.shape());
  const Check own = check("SELECT s.source, s.scope, s.id FROM session s WHERE s.created_at < :now");
  Check made;
  const auto asked = binder.bind_question(own, "SELECT f.scope, f.id, m.id AS message_id FROM finding f JOIN message m ON m.scope = f.scope AND m.session_id = f.id", made);
  CHECK(asked.check == &made);
  CHECK(asked.reads.at("session") == std::set<std::string>{"source", "scope", "id", "created_at"});
  CHECK(asked.reads.at("message") == std::set<std::string>{"scope", "session_id", "id"});
  CHECK(asked.outputs == std::vector<std::string>{"scope", "id", "message_id"});
  CHECK(asked.id_column == "id");
  CHECK(asked.per_scope);
  Check other;
  CHECK_FALSE(binder.bind_question(own, "SELECT f.id, m.id AS message_id FROM finding f JOIN message m ON m.session_id = f.id", other).per_scope);
}

TEST_CASE("a check for another profile does not apply, and says why", "[bind]") {
  CHECK(refusal("SELECT q.source, q.id FROM q_thing q") == "n/a: reads q_thing, which this profile does not have");
  CHECK(refusal("SELECT q.source, q.id FROM p_thing q") == "accepted");
  CHECK(refusal(kQuery, ", \"requires\": [\"windows\"]") == "n/a: the application does not have the trait windows");
}

TEST_CASE("sensitive columns may be compared, never returned", "[bind][sensitive]") {
  const std::string shown = "message.body may be compared, never shown";
  const std::string join = " FROM session s JOIN message m ON m.session_id = s.id";
  CHECK(refusal("SELECT s.source, s.id,\n m.body" + join).starts_with("c.sql:5: check c: column " + shown));
  CHECK(refusal("SELECT s.source, s.id, substr(m.body, 1, 5) AS x" + join).find(shown) != std::string::npos);
  CHECK(refusal("SELECT s.source, s.id, q.x FROM session s JOIN (SELECT m.session_id, m.body AS x FROM message m) q ON "
                "q.session_id = s.id")
            .find(shown) != std::string::npos);
  CHECK(refusal("SELECT s.source, s.id FROM session s UNION ALL SELECT m.source, m.body FROM message m").find(shown) !=
        std::string::npos);
  CHECK(refusal("SELECT m.source, m.id, (SELECT n.body FROM message n WHERE n.id = m.id) AS x FROM message m")
            .find(shown) != std::string::npos);
  CHECK(refusal("SELECT * FROM message").find(shown) != std::string::npos);
  CHECK(refusal("SELECT m.source, m.id" + join + " WHERE m.body = '' GROUP BY m.source, m.id, m.body") == "accepted");
  CHECK(refusal("SELECT m.source, m.id, length(m.role) AS body" + join) == "accepted");  // only its name
}

TEST_CASE("a zero byte ends no query before its end", "[bind]") {
  const std::string zero(1, '\0');
  CHECK(refusal(kQuery + " -- a comment with " + zero + " in it\n WHERE s.id > ''") == "c.sql:4: check c: there is a zero byte in the statement");
  CHECK(refusal(kQuery + " WHERE s.id <> 'x" + zero + "y'") == "c.sql:4: check c: there is a zero byte in the statement");
}
