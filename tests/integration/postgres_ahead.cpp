// What the server is asked while nobody waits for it: removals in several statements, rows that are fetched ahead.

#include <random>

#include "tests/integration/postgres_place.hpp"

using namespace audit;

namespace {

using Kind = UnitOutcome::Kind;

constexpr int kChats = 3500;  // several statements

constexpr const char* kTables = R"(
CREATE TABLE owner (id int PRIMARY KEY);
CREATE TABLE chat (id int PRIMARY KEY, title text, owner_id int CONSTRAINT owned REFERENCES owner);
CREATE TABLE message (id serial PRIMARY KEY, chat_id int REFERENCES chat ON DELETE CASCADE);
CREATE INDEX ON message (chat_id);
CREATE TABLE need (id serial PRIMARY KEY, chat_id int REFERENCES chat);
CREATE INDEX ON need (chat_id);
INSERT INTO owner VALUES (1);
INSERT INTO chat SELECT n, 'title ' || n, CASE WHEN n % 2 = 0 THEN 1 END FROM generate_series(1, 3500) n;
)";

Value owner_of(int chat) { return chat % 2 == 0 ? Value(std::int64_t{1}) : Value{}; }

std::vector<Wanted> all_removals() {
  std::vector<Wanted> wanted;
  for (std::int64_t id = 1; id <= kChats; ++id) {
    Change change;
    change.op = ChangeOp::remove;
    change.table = "chat";
    change.row = {{"id", id}};
    change.before = {{"id", id}, {"title", "title " + std::to_string(id)}, {"owner_id", owner_of(static_cast<int>(id))}};
    wanted.push_back({{std::move(change)}, ""});
  }
  return wanted;
}

// What came between the plan and its being made, each of which keeps a chat from being removed.
struct Disturbance {
  const char* sql;
  Kind kind;
  const char* reason;
};

const std::vector<Disturbance> kDisturbances = {
    {"UPDATE chat SET title = 'changed' WHERE id = ?", Kind::changed, "has another title by now"},
    {"DELETE FROM chat WHERE id = ?", Kind::changed, "is gone"},
    {"INSERT INTO message(chat_id) VALUES (?)", Kind::changed, "refers to a row of chat by now"},
    {"INSERT INTO need(chat_id) VALUES (?)", Kind::refused, "violates foreign key constraint \"need_chat_id_fkey\""},
};

std::string with_id(const std::string& sql, int id) {
  const auto at = sql.find('?');
  return sql.substr(0, at) + std::to_string(id) + sql.substr(at + 1);
}

void check_disturbed(const std::map<int, const Disturbance*>& disturbed) {
  const PostgresPlace place(kTables);
  const auto source = place.source();
  std::string sql;
  for (const auto& [id, disturbance] : disturbed) sql += with_id(disturbance->sql, id) + ";";
  if (!sql.empty()) place.sql(sql);
  const std::string before = place.everything();
  const auto done = apply_and_commit(*source, all_removals());
  std::string left;
  for (int id = 1; id <= kChats; ++id) {
    const UnitOutcome& outcome = done.at(static_cast<std::size_t>(id) - 1);
    const auto found = disturbed.find(id);
    INFO(id << ": " << outcome.reason);
    if (found == disturbed.end()) {
      REQUIRE(outcome.kind == Kind::applied);
      REQUIRE(outcome.effects.size() == 1);
      continue;
    }
    REQUIRE(outcome.kind == found->second->kind);
    REQUIRE(outcome.reason.find(found->second->reason) != std::string::npos);
    REQUIRE(outcome.effects.empty());
    if (!std::string(found->second->sql).starts_with("DELETE")) left += std::to_string(id) + "\n";
  }
  CHECK(place.sql("SELECT id FROM chat ORDER BY 1") == left);
  for (const auto& [unit, outcome] : apply_and_commit(*source, inverse(done), WriteMode::restore)) {
    INFO(outcome.reason);
    REQUIRE(outcome.kind == Kind::applied);
  }
  CHECK(place.everything() == before);
}

}  // namespace

TEST_CASE("rows that cannot go stay, in whichever of several statements they are", "[postgres]") {
  SECTION("none") { check_disturbed({}); }
  SECTION("one, in each statement, for each reason") {
    const int id = GENERATE(1, 1500, 3500);
    for (const auto& disturbance : kDisturbances) check_disturbed({{id, &disturbance}});
  }
  SECTION("in neighbouring statements") {
    check_disturbed({{1000, &kDisturbances[0]}, {1001, &kDisturbances[3]}, {2000, &kDisturbances[3]}, {2001, &kDisturbances[1]}});
  }
  SECTION("at random") {
    std::minstd_rand random(static_cast<unsigned>(GENERATE(range(1, 6))));
    std::map<int, const Disturbance*> disturbed;
    for (unsigned long i = 0, count = 1 + random() % 12; i < count; ++i) disturbed[static_cast<int>(1 + random() % kChats)] = &kDisturbances[random() % kDisturbances.size()];
    check_disturbed(disturbed);
  }
}

TEST_CASE("what fails on its way fails by itself when another table is looked at meanwhile", "[postgres]") {
  const PostgresPlace place(std::string(kTables) +
                            "CREATE TABLE writer (id int PRIMARY KEY); CREATE TABLE note (id int PRIMARY KEY, writer_id int REFERENCES writer);"
                            "CREATE TABLE reply (id int PRIMARY KEY, note_id int REFERENCES note ON DELETE CASCADE);"
                            "INSERT INTO writer VALUES (1); INSERT INTO note SELECT n, 1 FROM generate_series(1, 10) n");
  const auto source = place.source();
  const int late = GENERATE(1, 1100);
  place.sql("INSERT INTO need(chat_id) VALUES (" + std::to_string(late) + "); INSERT INTO reply VALUES (1, 7)");
  auto wanted = all_removals();
  wanted.resize(1200);
  for (std::int64_t id = 1; id <= 10; ++id) {
    Change change;
    change.op = ChangeOp::remove;
    change.table = "note";
    change.row = {{"id", id}};
    change.before = {{"id", id}, {"writer_id", std::int64_t{1}}};
    wanted.push_back({{std::move(change)}, ""});
  }
  const auto done = apply_and_commit(*source, wanted);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    INFO(i << ": " << done.at(i).reason);
    const auto expected = i + 1 == static_cast<std::size_t>(late) ? Kind::refused : i == 1206 ? Kind::changed : Kind::applied;
    REQUIRE(done.at(i).kind == expected);
  }
  CHECK(place.sql("SELECT id FROM note") == "7\n");
  CHECK(place.sql("SELECT id FROM chat WHERE id <= 1200") == std::to_string(late) + "\n");
}

TEST_CASE("rows that refer to nothing come back when they went with many others", "[postgres]") {
  const PostgresPlace place(kTables);
  place.sql("SET session_replication_role = replica; UPDATE chat SET owner_id = 7 WHERE id IN (2, 1200, 3400)");
  const auto source = place.source();
  const std::string before = place.everything();
  auto wanted = all_removals();
  for (const int id : {2, 1200, 3400}) wanted[static_cast<std::size_t>(id) - 1].changes.front().before[2].second = std::int64_t{7};
  const auto done = apply_and_commit(*source, wanted);
  CHECK(place.sql("SELECT count(*) FROM chat") == "0\n");
  for (const auto& [unit, outcome] : apply_and_commit(*source, inverse(done), WriteMode::restore)) {
    INFO(outcome.reason);
    REQUIRE(outcome.kind == Kind::applied);
  }
  CHECK(place.everything() == before);
}

TEST_CASE("what stops the run while the server is at work leaves nothing done", "[postgres]") {
  PostgresPlace place(kTables);
  const auto source = place.source(" application_name=audit_ahead_test");
  const std::string before = place.everything();
  const auto wanted = all_removals();
  std::vector<Unit> units;
  for (const auto& each : wanted) units.push_back({"", {&each.changes.front()}});
  const auto stopped_by = [&](const std::function<void()>& stop) {
    auto writer = source->write(source->list().front(), {});
    std::size_t told = 0;
    try {
      writer->apply(units, [&](std::size_t, UnitOutcome) {
        if (++told == 1) stop();
      });
    } catch (const Error& error) {
      CHECK(told < units.size());
      return error.kind();
    }
    FAIL("nothing stopped it");
    return ErrorKind::usage;
  };
  SECTION("an interruption") { CHECK(stopped_by([&] { place.cancel().requested = true; }) == ErrorKind::interrupted); }
  SECTION("the journal is full") { CHECK(stopped_by([] { throw Error(ErrorKind::locked, "full"); }) == ErrorKind::locked); }
  SECTION("the server is gone") {
    CHECK(stopped_by([&] {
            place.sql("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'audit_ahead_test'");
          }) == ErrorKind::repair);
  }
  place.cancel().requested = false;
  CHECK(place.everything() == before);
}

TEST_CASE("rows that nobody asked for do no harm when they were fetched ahead", "[postgres]") {
  const PostgresPlace place("CREATE TABLE item (id int PRIMARY KEY); INSERT INTO item SELECT generate_series(1, 5000)");
  const auto source = place.source();
  const auto store = std::move(source->open(source->list().front(), 1).front());
  RelationPart part = part_of("item");
  ColumnMap divided;
  divided.expr = "100 / (3000 - id)";  // fails in the second fetch
  part.columns.emplace_back("divided", divided);
  RelationMapping mapping;
  mapping.name = "item";
  mapping.parts = {part};
  const auto read = [&](int most) {
    int rows = 0;
    store->scan(mapping, {"id", "divided"}, [&](std::span<const Value> row) {
      CHECK(row[0] == Value(std::int64_t{rows + 1}));
      return ++rows < most;
    });
    return rows;
  };
  CHECK(read(10) == 10);
  CHECK(read(2000) == 2000);
  CHECK_THROWS_WITH(read(5000), Catch::Contains("division by zero"));
  CHECK(read(1999) == 1999);
  CHECK(store->native_row(part, {{"id", std::int64_t{4000}}}).size() == 1);
  mapping.parts = {part_of("item")};
  int rows = 0;
  store->scan(mapping, {"id"}, [&](std::span<const Value> row) { return row[0] == Value(std::int64_t{++rows}); });
  CHECK(rows == 5000);
  // What looks at the rows may ask for others.
  rows = 0;
  store->scan(mapping, {"id"}, [&](std::span<const Value> row) {
    ++rows;
    return rows % 1000 != 0 || store->native_row(part_of("item"), {{"id", row[0]}}).size() == 1;
  });
  CHECK(rows == 5000);
}

namespace {

std::vector<Cells> chats(std::int64_t from, std::int64_t to) {
  std::vector<Cells> keys;
  for (std::int64_t id = from; id <= to; ++id) keys.push_back({{"id", id}});
  return keys;
}

// The rows, and what goes with them, are for one who was told of them what they are for one who was not.
void check_same(Store& told, Store& plain, const std::vector<Cells>& keys) {
  for (const auto& key : keys) {
    REQUIRE(told.native_row(part_of("chat"), key) == plain.native_row(part_of("chat"), key));
    if (plain.native_row(part_of("chat"), key).empty()) continue;
    const auto one = removal(told, part_of("chat"), key);
    const auto other = removal(plain, part_of("chat"), key);
    REQUIRE(one.blocked == other.blocked);
    REQUIRE(one.changes.size() == other.changes.size());
    for (std::size_t i = 0; i < one.changes.size(); ++i) {
      REQUIRE(one.changes[i].table == other.changes[i].table);
      REQUIRE(one.changes[i].before == other.changes[i].before);
    }
  }
}

}  // namespace

TEST_CASE("rows of a plan are fetched while those before them are planned", "[postgres]") {
  const PostgresPlace place(std::string(kTables) +
                            "INSERT INTO message(chat_id) SELECT n FROM generate_series(1, 3500, 3) n; INSERT INTO need(chat_id) VALUES (7), (2100)");
  const auto source = place.source();
  const auto plain = std::move(source->open(source->list().front(), 1).front());
  const auto told = std::move(source->open(source->list().front(), 1).front());
  const auto part = part_of("chat");
  const auto first = chats(1, 300);
  const auto second = chats(2000, 2299);
  const auto third = chats(3400, 3600);  // some are not there
  SECTION("in the order that was said") {
    CHECK(told->expect(part, first, ChangeOp::remove, second) == first.size());
    check_same(*told, *plain, first);
    CHECK(told->expect(part, second, ChangeOp::remove, third) == second.size());
    check_same(*told, *plain, second);
    CHECK(told->expect(part, third, ChangeOp::remove) == third.size());
    check_same(*told, *plain, third);
  }
  SECTION("in another order") {
    CHECK(told->expect(part, first, ChangeOp::remove, second) == first.size());
    CHECK(told->expect(part, third, ChangeOp::remove, first) == third.size());
    check_same(*told, *plain, third);
    check_same(*told, *plain, second);
    CHECK(told->expect(part, second, ChangeOp::update) == second.size());
    check_same(*told, *plain, second);
    check_same(*told, *plain, first);
  }
  SECTION("while other things are asked") {
    CHECK(told->expect(part, first, ChangeOp::remove, second) == first.size());
    CHECK(to_text(told->probe("SELECT count(*) FROM message")) == "1167");
    CHECK_THROWS_AS(told->probe("SELECT 1 / (count(*) - count(*)) FROM message"), Error);
    CHECK(told->expect(part, second, ChangeOp::remove) == second.size());
    check_same(*told, *plain, second);
    CHECK(told->still_valid());
  }
  SECTION("and never wanted") { CHECK(told->expect(part, first, ChangeOp::remove, second) == first.size()); }
  SECTION("where they cannot be had") {
    std::vector<Cells> wrong = second;
    wrong[7] = {{"id", std::string("no number")}};
    CHECK(told->expect(part, first, ChangeOp::remove, wrong) == first.size());
    check_same(*told, *plain, first);
    CHECK(to_text(told->probe("SELECT count(*) FROM message")) == "1167");
    CHECK(told->expect(part, wrong, ChangeOp::remove, third) == wrong.size());
    wrong.erase(wrong.begin() + 7);
    check_same(*told, *plain, wrong);
    CHECK(told->expect(part, first, ChangeOp::remove, wrong) == first.size());
    check_same(*told, *plain, first);
    CHECK(told->still_valid());
  }
}

TEST_CASE("too many rows that refer to those of a plan are read for fewer at once", "[postgres]") {
  const PostgresPlace place(std::string(kTables) + "INSERT INTO message(chat_id) SELECT 1 + n % 2000 FROM generate_series(1, 12000) n");
  const auto source = place.source();
  const auto plain = std::move(source->open(source->list().front(), 1).front());
  const auto told = std::move(source->open(source->list().front(), 1).front());
  const auto keys = chats(1, 2000);
  CHECK(told->expect(part_of("chat"), keys, ChangeOp::remove, chats(2001, 3500)) == 500);
  check_same(*told, *plain, chats(1, 20));
  check_same(*told, *plain, chats(490, 510));
  CHECK(told->expect(part_of("chat"), chats(501, 1000), ChangeOp::remove, chats(1001, 1500)) == 500);
  check_same(*told, *plain, chats(501, 520));
  // One row that takes all of them along is not read ahead, and is none the less right.
  place.sql("UPDATE message SET chat_id = 3000");
  const auto later = std::move(source->open(source->list().front(), 1).front());
  CHECK(later->expect(part_of("chat"), chats(2901, 3100), ChangeOp::remove) == 100);
  CHECK(later->expect(part_of("chat"), chats(2991, 3090), ChangeOp::remove) == 100);
  CHECK(removal(*later, part_of("chat"), {{"id", std::int64_t{3000}}}).changes.size() == 12001);
  CHECK(removal(*later, part_of("chat"), {{"id", std::int64_t{3001}}}).changes.size() == 1);
}

TEST_CASE("a server that goes while rows are fetched ahead ends the plan", "[postgres]") {
  const PostgresPlace place(kTables);
  const auto source = place.source(" application_name=audit_fetch_test");
  const auto told = std::move(source->open(source->list().front(), 1).front());
  CHECK(told->expect(part_of("chat"), chats(1, 300), ChangeOp::remove, chats(301, 600)) == 300);
  place.sql("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'audit_fetch_test'");
  const auto kind = [&](const std::function<void()>& asked) {
    try {
      asked();
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::usage;
  };
  CHECK(kind([&] { (void)told->probe("SELECT 1"); }) == ErrorKind::source);
  CHECK(kind([&] { (void)told->native_row(part_of("chat"), {{"id", std::int64_t{700}}}); }) == ErrorKind::source);
}

TEST_CASE("what could not be read ahead is not what nobody refers to", "[postgres]") {
  const PostgresPlace place(std::string(kTables) + "CREATE TABLE note (id int PRIMARY KEY, chat int); INSERT INTO message(chat_id) VALUES (1), (2)");
  place.sql("DO $$ BEGIN CREATE ROLE audit_ahead_limited; EXCEPTION WHEN duplicate_object THEN NULL; END $$; GRANT USAGE ON SCHEMA " + place.schema() +
            " TO audit_ahead_limited; GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + place.schema() +
            " TO audit_ahead_limited; GRANT SELECT ON chat, owner, need, note TO audit_ahead_limited");
  auto part = part_of("chat");
  const auto keys = chats(1, 3);
  {
    const auto limited = place.source(" options='-c role=audit_ahead_limited'");
    const auto told = std::move(limited->open(limited->list().front(), 1).front());
    const auto plain = std::move(limited->open(limited->list().front(), 1).front());
    CHECK(told->expect(part, keys, ChangeOp::remove) == keys.size());
    for (const auto& key : keys) {
      const std::string blocked = removal(*told, part, key).blocked;
      INFO(blocked);
      CHECK(blocked == removal(*plain, part, key).blocked);
      CHECK(blocked.find("permission denied for table message") != std::string::npos);
    }
    // Nor is a dependent that the database does not have.
    part.dependents = {{"note", "chat"}, {"nothing", "chat"}};
    CHECK(told->expect(part, keys, ChangeOp::remove) == keys.size());
    CHECK_FALSE(removal(*told, part, keys[0]).blocked.empty());
  }
  place.sql("DROP OWNED BY audit_ahead_limited; DROP ROLE audit_ahead_limited");
}

TEST_CASE("large rows are read ahead a few at a time", "[postgres]") {
  const PostgresPlace place(kTables);
  place.sql("UPDATE chat SET title = repeat('x', 20000)");
  const auto source = place.source();
  const auto plain = std::move(source->open(source->list().front(), 1).front());
  const auto told = std::move(source->open(source->list().front(), 1).front());
  const auto part = part_of("chat");
  CHECK(told->expect(part, chats(1, 250), ChangeOp::remove, chats(251, 750)) == 250);  // their size is not known yet
  const std::size_t taken = told->expect(part, chats(251, 750), ChangeOp::remove, chats(751, 1750));
  CHECK(taken >= 200);
  CHECK(taken < 250);
  check_same(*told, *plain, chats(251, 251 + static_cast<std::int64_t>(taken)));
}
