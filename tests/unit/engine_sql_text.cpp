// What the text of a check says: tokens, tables, scope equations; and what may be returned of it.

#include "auditor/engine/disclosure.hpp"
#include "auditor/engine/sql_text.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

std::string listed(const std::string& sql) {
  std::string text;
  for (const auto& use : table_uses(tokenize_sql(sql))) text += (text.empty() ? "" : " ") + use.name + "=" + use.alias;
  return text;
}

bool per_scope(const std::string& sql, const std::vector<std::string>& relations) {
  return joins_equate_scope(tokenize_sql(sql), relations);
}

int leak(const std::string& sql) {
  const auto token = disclosed(tokenize_sql(sql), {"body"});
  return token ? token->line : 0;
}

}  // namespace

TEST_CASE("tokens keep their kind, text and line", "[sql]") {
  const auto tokens = tokenize_sql("SELECT 'it''s -- no', \"a\"\"b\" -- c\n/* x\ny */ :now + 1e5 [q r] ?");
  std::vector<std::string> texts;
  for (const auto& token : tokens) texts.push_back(token.text);
  CHECK(texts == std::vector<std::string>{"SELECT", "it's -- no", ",", "a\"b", ":now", "+", "1e5", "q r", "?"});
  CHECK(tokens[1].kind == SqlToken::Kind::text);
  CHECK(tokens[3].kind == SqlToken::Kind::quoted);
  CHECK(tokens[4].kind == SqlToken::Kind::parameter);
  CHECK(tokens[3].line == 1);
  CHECK(tokens[4].line == 3);
  CHECK(tokenize_sql("a /* open").size() == 1);
  CHECK(tokenize_sql("'open").front().text == "open");
  CHECK(tokenize_sql("").empty());
}

TEST_CASE("every table of a query is found", "[sql]") {
  CHECK(listed("SELECT 1 FROM session s, task AS t WHERE s.id IN (1, 2)") == "session=s task=t");
  CHECK(listed("SELECT 1 FROM session LEFT JOIN task t ON t.id = session.task_id") == "session=session task=t");
  CHECK(listed("SELECT 1 FROM (SELECT id FROM task) q JOIN session s ON s.id = q.id") == "task=task session=s");
  // A join in parentheses names tables too.
  CHECK(listed("SELECT 1 FROM (session s JOIN task t ON t.id = s.task_id)") == "session=s task=t");
  CHECK(listed("SELECT 1 FROM ((session s) JOIN task t ON 1 = 1), workspace w") == "session=s task=t workspace=w");
  // The FROM of a comparison is none.
  CHECK(listed("SELECT 1 FROM session s WHERE s.id IS DISTINCT FROM s.task_id") == "session=s");
  CHECK(listed("SELECT 1 FROM session s WHERE s.id IS NOT DISTINCT FROM s.task_id") == "session=s");
  CHECK(listed("SELECT coalesce(a, b) FROM session s ORDER BY a, b") == "session=s");
  CHECK(listed("SELECT 'from x' FROM \"session\" \"s t\"") == "session=s t");
}

TEST_CASE("the findings stand where a query names them", "[sql]") {
  CHECK(with_findings("SELECT f.id FROM finding f JOIN x ON x.finding = f.id", "SELECT 1") == "SELECT f.id FROM (SELECT 1) f JOIN x ON x.finding = f.id");
  CHECK(with_findings("SELECT finding.id FROM finding", "SELECT 1") == "SELECT finding.id FROM (SELECT 1) finding");
  CHECK(with_findings("SELECT 'finding' FROM session s WHERE EXISTS (SELECT 1 FROM finding AS g)", "Q") ==
        "SELECT 'finding' FROM session s WHERE EXISTS (SELECT 1 FROM (Q) AS g)");
}

TEST_CASE("a check runs partition by partition only where every row's scope is tied", "[sql]") {
  const std::vector<std::string> both = {"message", "session"};
  const std::string head = "SELECT s.source, s.id FROM session s WHERE ";
  CHECK(per_scope("SELECT s.id FROM session s", {"session"}));
  CHECK(per_scope("SELECT s.id FROM session s JOIN message m ON m.scope = s.scope AND m.session_id = s.id", both));
  CHECK(per_scope("SELECT s.id FROM session s JOIN message m ON m.session_id = s.id WHERE (s.scope = m.scope)", both));
  CHECK(per_scope(
      head + "s.status = 'x' OR NOT EXISTS (SELECT 1 FROM message m WHERE m.scope = s.scope AND m.session_id = s.id)",
      both));
  CHECK(
      per_scope("SELECT s.id FROM session s LEFT JOIN (SELECT m.scope, COUNT(*) AS n FROM message m GROUP BY m.scope) "
                "c ON c.scope = s.scope",
                both));
  CHECK(per_scope(
      "WITH c AS (SELECT m.scope, m.id FROM message m) SELECT s.id FROM session s JOIN c ON c.scope = s.scope", both));

  // An equation that need not hold ties nothing.
  CHECK_FALSE(per_scope("SELECT s.id FROM session s JOIN message m ON m.session_id = s.id", both));
  CHECK_FALSE(per_scope("SELECT s.id FROM session s JOIN message m ON m.scope = s.scope OR m.session_id = s.id", both));
  CHECK_FALSE(per_scope(
      "SELECT s.id FROM session s JOIN message m ON m.session_id = s.id OR (m.scope = s.scope AND m.seq = 1)", both));
  CHECK_FALSE(per_scope("SELECT s.id FROM session s, message m WHERE NOT m.scope = s.scope", both));
  CHECK_FALSE(per_scope("SELECT s.id FROM session s, message m WHERE NOT (m.scope = s.scope)", both));
  CHECK_FALSE(per_scope("SELECT s.id FROM session s, message m WHERE m.scope = s.scope || 'x'", both));
  CHECK_FALSE(per_scope("SELECT s.id FROM session s, message m WHERE coalesce(m.scope = s.scope, 1)", both));
  CHECK_FALSE(per_scope("SELECT CASE WHEN m.scope = s.scope THEN 1 END AS x FROM session s, message m", both));
  CHECK_FALSE(per_scope("SELECT s.id FROM (session s JOIN message m ON m.session_id = s.id)", both));
  CHECK_FALSE(
      per_scope(head + "EXISTS (SELECT 1 FROM session s WHERE s.scope = s.scope)", {"session"}));  // one alias twice

  // Neither may rows of several partitions be put together.
  CHECK_FALSE(per_scope("SELECT s.id, COUNT(*) AS n FROM session s GROUP BY s.id HAVING COUNT(*) > 1", {"session"}));
  CHECK(per_scope("SELECT s.id, COUNT(*) AS n FROM session s GROUP BY s.scope, s.id HAVING COUNT(*) > 1", {"session"}));
  CHECK_FALSE(per_scope("SELECT s.id, row_number() OVER (PARTITION BY s.id ORDER BY s.scope) AS n FROM session s",
                        {"session"}));
  CHECK(per_scope("SELECT s.id, row_number() OVER (PARTITION BY s.scope, s.id) AS n FROM session s", {"session"}));
  CHECK_FALSE(per_scope("SELECT s.id, row_number() OVER (ORDER BY s.id) AS n FROM session s", {"session"}));
  CHECK_FALSE(per_scope("SELECT max(s.id) AS id FROM session s", {"session"}));
  CHECK_FALSE(per_scope("SELECT s.id FROM session s ORDER BY s.id LIMIT 3", {"session"}));
  CHECK(per_scope(head + "EXISTS (SELECT 1 FROM message m WHERE m.scope = s.scope LIMIT 1)", both));
}

TEST_CASE("what may only be compared reaches no result", "[sql][sensitive]") {
  CHECK(leak("SELECT m.id FROM message m WHERE m.body = 'x' AND length(m.body) > 3") == 0);
  CHECK(leak("SELECT a.id FROM message a JOIN message b ON a.body = b.body GROUP BY a.id, a.body HAVING max(a.body) > "
             "'' ORDER BY a.body") == 0);
  CHECK(leak("SELECT lag(m.id) OVER (PARTITION BY m.session_id, m.body ORDER BY m.seq) AS x FROM message m") == 0);
  CHECK(leak("SELECT m.id FROM message m WHERE m.body IN (SELECT n.body FROM message n)") ==
        0);  // decides, returns nothing
  CHECK(leak("SELECT count(*) AS n, 2 * m.seq AS k FROM message m WHERE m.body <> ''") == 0);

  CHECK(leak("SELECT m.id,\n m.body FROM message m") == 2);
  CHECK(leak("SELECT m.id, substr(m.body, 1, 5) AS x FROM message m") == 1);
  CHECK(leak("SELECT m.id, m.\"BODY\" AS x FROM message m") == 1);
  CHECK(leak("SELECT m.id, m.'body' AS x FROM message m") == 1);
  CHECK(leak("SELECT m.* FROM message m") == 1);
  CHECK(leak("SELECT * FROM message") == 1);
  CHECK(leak("SELECT q.x FROM (SELECT m.id,\n\n m.body AS x FROM message m) q") == 3);
  CHECK(leak("WITH t(x) AS (SELECT m.body FROM message m) SELECT t.x FROM t") == 1);
  CHECK(leak("SELECT 1 AS a UNION ALL SELECT m.body FROM message m WHERE m.body > ''") == 1);
  CHECK(leak("SELECT 1 AS a WHERE 1 = 1 UNION ALL SELECT m.body FROM message m") == 1);
  CHECK(leak("SELECT (SELECT m.body FROM message m LIMIT 1) AS x") == 1);
  CHECK(leak("SELECT a.id FROM session a JOIN task b ON a.id = b.id, (SELECT m.body FROM message m) q") == 1);
  CHECK(leak("SELECT max(m.body) OVER (PARTITION BY m.body) AS x FROM message m") == 1);
  // Words that look like clauses and are names.
  CHECK(leak("SELECT 1 AS by, m.body AS x FROM message m") == 1);
  CHECK(leak("SELECT p.partition by, m.body FROM message m JOIN (SELECT 1 AS partition) p ON 1 = 1") == 1);
}

TEST_CASE("the relation that drives a query is the one without whose rows there are none", "[sql]") {
  const auto driving = [](const std::string& sql) { return driving_relation(tokenize_sql(sql), {"session", "message", "task"}); };
  CHECK(driving("SELECT s.id FROM session s WHERE NOT EXISTS (SELECT 1 FROM message m)") == "session");
  CHECK(driving("SELECT s.id, (SELECT 1 FROM task t LIMIT 1) FROM session s LEFT JOIN message m ON m.session_id = s.id") == "session");
  CHECK(driving("SELECT s.id, COUNT(*) AS n FROM session AS s GROUP BY s.id HAVING COUNT(*) > 1") == "session");
  CHECK(driving("SELECT COUNT(*) AS n FROM session s").empty());
  CHECK(driving("SELECT 1 FROM session s HAVING 1").empty());
  CHECK(driving("SELECT m.id FROM (SELECT DISTINCT d.session_id FROM message d) g JOIN message m ON m.session_id = g.session_id").empty());
  CHECK(driving("SELECT s.id FROM (session s JOIN message m ON 1)").empty());
  CHECK(driving("SELECT s.id FROM session s UNION ALL SELECT t.id FROM task t").empty());
  CHECK(driving("SELECT s.id FROM session s RIGHT JOIN task t ON t.id = s.id").empty());
  CHECK(driving("WITH session AS (SELECT 1 AS id) SELECT s.id FROM session s").empty());
  CHECK(driving("SELECT x.id FROM other x").empty());
  CHECK(driving("SELECT 1 AS id WHERE EXISTS (SELECT 1 FROM session s)").empty());
}
