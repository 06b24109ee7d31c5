// What is not changed in PostgreSQL, and why; and that nothing else suffers from it.

#include <thread>

#include "tests/integration/postgres_place.hpp"

using namespace audit;

namespace {

using Kind = UnitOutcome::Kind;

std::vector<Wanted> removals(Source& source, const RelationPart& part, const std::vector<Cells>& keys) {
  const auto store = std::move(source.open(source.list().front(), 1).front());
  std::vector<Wanted> wanted;
  for (const auto& key : keys) wanted.push_back(removal(*store, part, key));
  return wanted;
}

std::string error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::repair);
    return std::string(error.what()) + " / " + error.hint();
  }
  return "no error";
}

bool says(const std::string& text, const std::string& words) {
  INFO(text);
  return text.find(words) != std::string::npos;
}

constexpr const char* kChats = R"(
CREATE TABLE chat (id text PRIMARY KEY, title text);
CREATE TABLE message (id serial PRIMARY KEY, chat_id text REFERENCES chat ON DELETE CASCADE);
CREATE INDEX ON message (chat_id);
INSERT INTO chat SELECT 'c' || n, 'title' FROM generate_series(1, 40) n;
)";

}  // namespace

TEST_CASE("rows that changed since the plan was made are left, the others are made", "[postgres]") {
  const PostgresPlace place(kChats);
  const auto source = place.source();
  const auto wanted =
      removals(*source, part_of("chat"), {{{"id", "c1"}}, {{"id", "c2"}}, {{"id", "c3"}}, {{"id", "c4"}}});
  place.sql(
      "UPDATE chat SET title = 'changed' WHERE id = 'c1'; DELETE FROM chat WHERE id = 'c2'; INSERT INTO "
      "message(chat_id) VALUES ('c3')");
  const auto done = apply_and_commit(*source, wanted);
  CHECK(done.at(0).kind == Kind::changed);
  CHECK(done.at(0).reason == "row id=c1 of chat has another title by now");
  CHECK(done.at(1).kind == Kind::changed);
  CHECK(done.at(1).reason == "row id=c2 of chat is gone");
  CHECK(done.at(2).kind == Kind::changed);
  CHECK(says(done.at(2).reason, "row id=1 of message refers to a row of chat by now"));
  CHECK(done.at(3).kind == Kind::applied);
  CHECK(place.sql("SELECT count(*), (SELECT count(*) FROM message) FROM chat WHERE id IN ('c1', 'c3', 'c4')") ==
        "2|1\n");
}

TEST_CASE("what the database refuses does not take the rest with it", "[postgres]") {
  const PostgresPlace place(std::string(kChats) +
                            "CREATE TABLE need (id int PRIMARY KEY, chat_id text REFERENCES chat)");
  const auto source = place.source();
  std::vector<Cells> keys;
  for (int i = 1; i <= 40; ++i) keys.push_back({{"id", "c" + std::to_string(i)}});
  auto wanted = removals(*source, part_of("chat"), keys);
  place.sql("INSERT INTO need VALUES (1, 'c7'), (2, 'c23')");
  wanted.emplace_back();
  wanted.back().changes = {update("chat", {{"id", "c40"}}, {{"title", "title"}}, {{"title", Value{}}})};
  const auto done = apply_and_commit(*source, wanted);
  for (std::size_t i = 0; i < 40; ++i) {
    INFO(i << done.at(i).reason);
    CHECK(done.at(i).kind == (i == 6 || i == 22 ? Kind::refused : Kind::applied));
  }
  CHECK(says(done.at(6).reason, "violates foreign key constraint \"need_chat_id_fkey\""));
  CHECK(done.at(40).kind == Kind::changed);  // its row is one of those that went
  CHECK(place.sql("SELECT id FROM chat ORDER BY 1") == "c23\nc7\n");
}

TEST_CASE("tables with triggers and rules are refused, when and where these would run", "[postgres]") {
  const PostgresPlace place(std::string(kChats) + R"(
INSERT INTO message(chat_id) VALUES ('c1');
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN COALESCE(NEW, OLD); END';
)");
  const auto source = place.source();
  const auto blocked = [&] { return removals(*source, part_of("chat"), {{{"id", "c1"}}}).front().blocked; };
  const auto outcome = [&](const Wanted& wanted) {
    const auto writer = source->write(source->list().front(), {});
    return apply_units(*writer, {wanted}).at(0);
  };
  const auto title = Wanted{{update("chat", {{"id", "c2"}}, {{"title", "title"}}, {{"title", "t"}})}, ""};
  const auto planned = removals(*source, part_of("chat"), {{{"id", "c1"}}}).front();
  CHECK(planned.blocked.empty());
  const std::vector<std::tuple<std::string, std::string, bool, bool>> triggers = {
      {"AFTER DELETE ON chat", "rows of chat are deleted", true, false},
      {"BEFORE INSERT ON chat", "rows of chat are inserted", true, false},  // undo inserts
      {"AFTER DELETE ON message", "rows of message are deleted", true, false},
      {"AFTER TRUNCATE ON chat", "", false, false},
      {"BEFORE UPDATE ON chat", "rows of chat are updated", false, true},
      {"BEFORE UPDATE OF id ON chat", "", false, false}};
  for (const auto& [event, words, removing, updating] : triggers) {
    INFO(event);
    place.sql("CREATE TRIGGER watch " + event + (event.find("TRUNCATE") == std::string::npos ? " FOR EACH ROW" : "") +
              " EXECUTE FUNCTION f()");
    CHECK(says(blocked(), removing ? "trigger watch runs when " + words : std::string()));
    CHECK(blocked().empty() != removing);
    CHECK((outcome(planned).kind == Kind::refused) == removing);
    CHECK((outcome(title).kind == Kind::refused) == updating);
    const std::string table = event.substr(event.rfind(' ') + 1);
    place.sql("ALTER TABLE " + table + " DISABLE TRIGGER watch");
    CHECK(blocked().empty());
    place.sql("DROP TRIGGER watch ON " + table);
  }
  place.sql("CREATE RULE keep AS ON DELETE TO chat DO INSTEAD NOTHING");
  CHECK(says(blocked(), "rule keep runs when rows of chat are deleted"));
  CHECK(outcome(planned).kind == Kind::refused);
}

TEST_CASE("views, inheritance, foreign rows and tables without a key", "[postgres]") {
  const PostgresPlace place(std::string(kChats) + R"(
CREATE VIEW chats AS SELECT * FROM chat;
CREATE TABLE base (id int PRIMARY KEY); CREATE TABLE derived () INHERITS (base); INSERT INTO base VALUES (1);
CREATE TABLE keyless (chat_id text REFERENCES chat ON DELETE CASCADE); INSERT INTO keyless VALUES ('c1');
CREATE TABLE double (id int, v text); INSERT INTO double VALUES (1, 'a'), (1, 'a');
)");
  const auto source = place.source();
  CHECK(says(removals(*source, part_of("chats"), {{{"id", "c1"}}}).front().blocked, "chats is a view"));
  CHECK(says(removals(*source, part_of("base"), {{{"id", std::int64_t{1}}}}).front().blocked, "inherit"));
  CHECK(says(removals(*source, part_of("chat"), {{{"id", "c1"}}}).front().blocked, "rows of keyless go with it"));
  const auto wanted = removals(*source, part_of("double"), {{{"id", std::int64_t{1}}}});
  const auto writer = source->write(source->list().front(), {});
  CHECK(says(apply_units(*writer, wanted).at(0).reason, "row id=1 of double is several rows"));
  std::vector<Wanted> odd(3);
  odd[0].changes = {update("chat", {{"id", "c1"}}, {{"id", "c1"}}, {{"id", "c99"}})};
  odd[1].changes = {update("chat", {{"id", "c1"}}, {{"nosuch", "x"}}, {{"nosuch", "y"}})};
  odd[2].changes = {update("nosuch", {{"id", "c1"}}, {{"a", "x"}}, {{"a", "y"}})};
  const auto done = apply_units(*writer, odd);
  for (const auto& [unit, outcome] : done) CHECK(outcome.kind == Kind::refused);
  CHECK(says(done.at(1).reason, "chat has no column nosuch"));
  CHECK(says(done.at(2).reason, "there is no table nosuch"));
}

TEST_CASE("somebody else writes at the same time", "[postgres]") {
  const PostgresPlace place(kChats);
  const auto source = place.source();
  const auto wanted = removals(*source, part_of("chat"), {{{"id", "c1"}}, {{"id", "c2"}}});
  SECTION("a child comes after our snapshot, before our locks") {
    const auto writer = source->write(source->list().front(), {});
    place.sql("INSERT INTO message(chat_id) VALUES ('c1')");
    CHECK_THROWS_AS(apply_units(*writer, wanted), TryAgain);
    CHECK(place.sql("SELECT count(*) FROM message JOIN chat c ON c.id = chat_id") == "1\n");
  }
  SECTION("a row changes after our snapshot") {
    const auto writer = source->write(source->list().front(), {});
    place.sql("UPDATE chat SET title = 'new' WHERE id = 'c2'");
    CHECK_THROWS_AS(apply_units(*writer, wanted), TryAgain);
  }
  SECTION("a child waits for our lock, and finds its parent gone") {
    const auto writer = source->write(source->list().front(), {});
    apply_units(*writer, wanted);
    ProcessResult other;
    {
      const std::jthread thread([&] { other = place.psql("INSERT INTO message(chat_id) VALUES ('c1')"); });
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      writer->prepare();
      writer->commit();
    }
    CHECK(other.status != 0);
    CHECK(says(other.err, "violates foreign key constraint"));
    CHECK(place.sql("SELECT count(*) FROM chat WHERE id IN ('c1', 'c2')") == "0\n");
  }
  SECTION("a lock that is held too long") {
    const std::string mark = "/* " + place.schema() + " */";
    const std::jthread thread([&] {
      static_cast<void>(place.psql("BEGIN; UPDATE chat SET title = 'x' WHERE id = 'c1'; SELECT pg_sleep(3) " + mark));
    });
    const std::string asleep =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND strpos(query, '" + mark + "') > 0";
    for (int tries = 0; place.sql(asleep) == "0\n" && tries < 300; ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    WriteRequest request;
    request.lock_timeout = std::chrono::milliseconds(200);
    const auto writer = source->write(source->list().front(), request);
    CHECK(says(error_of([&] { apply_units(*writer, wanted); }), "something holds a lock"));
  }
  SECTION("two of ours") {
    const auto one = source->write(source->list().front(), {});
    const auto two = source->write(source->list().front(), {});
    apply_units(*one, wanted);
    one->prepare();
    one->commit();
    CHECK_THROWS_AS(apply_units(*two, wanted), TryAgain);
  }
}

TEST_CASE("nothing is done until commit, and what became of it can be told", "[postgres]") {
  const PostgresPlace place(kChats);
  const auto source = place.source();
  auto wanted = removals(*source, part_of("chat"), {{{"id", "c1"}}});
  wanted.emplace_back();
  wanted.back().changes = {update("chat", {{"id", "c2"}}, {{"title", "title"}}, {{"title", "new"}}),
                           insertion("chat", {{"id", "n"}, {"title", "n"}})};
  const std::string before = place.everything();
  const auto presences = [&](const Outcomes& outcomes) {
    const auto writer = source->write(source->list().front(), {});
    std::string text;
    for (const auto& [unit, outcome] : outcomes) {
      for (const auto& effect : outcome.effects)
        text += "bao"[static_cast<int>(writer->presence(effect) == Presence::after) +
                      2 * static_cast<int>(writer->presence(effect) == Presence::other)];
    }
    return text;
  };
  Outcomes outcomes;
  {
    const auto writer = source->write(source->list().front(), {});
    outcomes = apply_units(*writer, wanted);
    writer->prepare();
  }
  CHECK(place.everything() == before);
  CHECK(presences(outcomes) == "bbb");
  apply_and_commit(*source, wanted);
  CHECK(presences(outcomes) == "aaa");
  place.sql("UPDATE chat SET title = 'other' WHERE id IN ('c2', 'n'); INSERT INTO chat VALUES ('c1', 'other')");
  CHECK(presences(outcomes) == "ooo");
}

TEST_CASE("restoring leaves what changed since", "[postgres]") {
  const PostgresPlace place(std::string(kChats) + "INSERT INTO message(chat_id) VALUES ('c1'), ('c2')");
  const auto source = place.source();
  const auto messages = apply_and_commit(
      *source, removals(*source, part_of("message"), {{{"id", std::int64_t{1}}}, {{"id", std::int64_t{2}}}}));
  place.sql("DELETE FROM chat WHERE id = 'c1'");
  const auto back = apply_and_commit(*source, inverse(messages), WriteMode::restore);
  CHECK(back.at(0).kind == Kind::applied);
  CHECK(back.at(1).kind == Kind::refused);
  CHECK(says(back.at(1).reason, "a row that message refers to is not there any more"));
  CHECK(place.sql("SELECT id FROM message") == "2\n");
}

TEST_CASE("who may not write is told what is missing", "[postgres]") {
  const PostgresPlace place(kChats);
  place.sql("GRANT USAGE ON SCHEMA " + place.schema() + " TO reader; GRANT SELECT ON chat, message TO reader");
  const auto reader = place.source(" user=reader");
  CHECK(says(removals(*reader, part_of("chat"), {{{"id", "c1"}}}).front().blocked,
             "GRANT INSERT, UPDATE, DELETE ON \"" + place.schema() + "\".\"chat\" TO \"reader\""));
  const auto planned = removals(*place.source(), part_of("chat"), {{{"id", "c1"}}});
  const auto writer = reader->write(reader->list().front(), {});
  CHECK(says(apply_units(*writer, planned).at(0).reason, "GRANT INSERT, UPDATE, DELETE"));
  place.sql("GRANT ALL ON chat TO reader; REVOKE SELECT ON message FROM reader");
  CHECK(says(removals(*reader, part_of("chat"), {{{"id", "c1"}}}).front().blocked,
             "permission denied for table message"));
  place.sql("GRANT ALL ON message TO reader; ALTER TABLE message ENABLE ROW LEVEL SECURITY");
  place.sql("INSERT INTO message(chat_id) VALUES ('c1')");
  CHECK(says(removals(*reader, part_of("chat"), {{{"id", "c1"}}}).front().blocked,
             "row-level security hides rows of message"));
  const auto hidden = reader->write(reader->list().front(), {});
  const auto done = apply_units(*hidden, planned);
  CHECK(done.at(0).kind == Kind::refused);
  CHECK(says(done.at(0).reason, "row-level security hides rows of message"));
  CHECK(place.sql("SELECT count(*) FROM message") == "1\n");
  place.sql(
      "ALTER TABLE message DISABLE ROW LEVEL SECURITY; SET session_replication_role = replica; INSERT INTO "
      "message(chat_id) VALUES ('gone')");
  const auto orphan = removals(*reader, part_of("message"), {{{"id", std::int64_t{2}}}});
  const auto unable = reader->write(reader->list().front(), {});
  const auto reason = apply_units(*unable, orphan).at(0).reason;
  INFO(reason);
  CHECK(says(reason, "only a superuser could bring it back"));
  const auto locked = place.source(" options='-cdefault_transaction_read_only=on'");
  CHECK(says(error_of([&] { static_cast<void>(locked->write(locked->list().front(), {})); }), "read-only by default"));
}

TEST_CASE("the server goes away in the middle", "[postgres]") {
  const PostgresPlace place(kChats);
  const auto source = place.source(" application_name=audit_writer_test");
  const auto wanted = removals(*source, part_of("chat"), {{{"id", "c1"}}});
  const std::string before = place.everything();
  const auto kill = [&] {
    place.sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'audit_writer_test'");
  };
  SECTION("before apply") {
    const auto writer = source->write(source->list().front(), {});
    kill();
    CHECK(says(error_of([&] { apply_units(*writer, wanted); }), "postgres 'db'"));
  }
  SECTION("before commit") {
    const auto writer = source->write(source->list().front(), {});
    apply_units(*writer, wanted);
    writer->prepare();
    kill();
    CHECK(says(error_of([&] { writer->commit(); }), "postgres 'db'"));
  }
  CHECK(place.everything() == before);
}
