// Changes made in PostgreSQL, and taken back, exactly.

#include "tests/integration/postgres_place.hpp"

using namespace audit;

namespace {

using Kind = UnitOutcome::Kind;

void require_all(const Outcomes& outcomes, Kind kind) {
  for (const auto& [unit, outcome] : outcomes) {
    INFO(unit << ": " << outcome.reason);
    REQUIRE(outcome.kind == kind);
  }
}

// Removes these rows of a table with all that goes with them, and brings them back.
void there_and_back(const PostgresPlace& place, const RelationPart& part, const std::vector<Cells>& keys,
                    const std::string& after) {
  const auto source = place.source();
  const std::string before = place.everything();
  std::vector<Wanted> wanted;
  {
    const auto store = std::move(source->open(source->list().front(), 1).front());
    for (const auto& key : keys) {
      wanted.push_back(removal(*store, part, key));
      INFO(wanted.back().blocked);
      REQUIRE(wanted.back().blocked.empty());
    }
  }
  const auto done = apply_and_commit(*source, wanted);
  require_all(done, Kind::applied);
  CHECK(place.everything() == after);
  const auto back = inverse(done);
  require_all(apply_and_commit(*source, back, WriteMode::restore), Kind::applied);
  CHECK(place.everything() == before);
  // Once more changes nothing, and says so by having no effect.
  for (const auto& [unit, outcome] : apply_and_commit(*source, back, WriteMode::restore)) {
    CHECK(outcome.kind == Kind::applied);
    CHECK(outcome.effects.empty());
  }
  CHECK(place.everything() == before);
}

constexpr const char* kThreeLevels = R"(
CREATE TABLE room (id text PRIMARY KEY);
CREATE TABLE chat (id text PRIMARY KEY, room_id text REFERENCES room ON DELETE CASCADE);
CREATE TABLE message (id bigserial PRIMARY KEY, chat_id text NOT NULL REFERENCES chat ON DELETE CASCADE, body text);
CREATE TABLE mark (message_id bigint REFERENCES message ON DELETE CASCADE, who text, PRIMARY KEY (message_id, who));
CREATE TABLE bill (id int PRIMARY KEY, chat_id text DEFAULT 'none' REFERENCES chat ON DELETE SET NULL);
INSERT INTO room VALUES ('r1'), ('r2');
INSERT INTO chat VALUES ('a', 'r1'), ('b', 'r1'), ('c', 'r2');
INSERT INTO message(chat_id, body) SELECT c, 'text of ' || c || n FROM unnest(ARRAY['a', 'b', 'c']) c, generate_series(1, 2) n ORDER BY c, n;
INSERT INTO mark SELECT id, 'ann' FROM message;
INSERT INTO bill VALUES (1, 'a'), (2, 'c'), (3, NULL);
)";

}  // namespace

TEST_CASE("values of every type come back as they were", "[postgres]") {
  const PostgresPlace place(R"(
CREATE TYPE mood AS ENUM ('sad', 'so so', '"quoted"');
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN short AS varchar(5) CHECK (VALUE <> 'bad');
CREATE TABLE everything (
  id uuid PRIMARY KEY, t text, vc varchar(10), ch char(8), s short, i2 int2, i4 int4, i8 int8, f4 float4, f8 float8, n numeric, n2 numeric(30, 12),
  b boolean, by bytea, d date, tm time, tz timetz, ts timestamp, tstz timestamptz, iv interval, j json, jb jsonb, m mood, ms mood[], ta text[], ia int[][],
  p pair, r int4range, net inet, bits bit(5), vb bit varying, x xml, tsv tsvector, mo money, c "char", "Mixed ""case" text, ca char(3)[]);
INSERT INTO everything VALUES
 ('8b1c0a52-58a7-4d2b-9c1e-000000000001', E'line\nbreak\ttab \\ "quote" ''single'' {braces, comma} é 🙂', 'x', 'pad', 'abc', 1, -2, 9223372036854775807, 0.1, 1e-300, 'NaN',
  123456789012345678.123456789012, true, '\x00ff5c', '2026-02-28', '23:59:59.123456', '10:00:00.5+02', '2026-02-28 12:00:00.123457', '2026-02-28 12:00:00.000001+01',
  '1 year 2 days 03:04:05.6', '{"b": 1,  "a": [1,2.50]}', '{"b": 1, "a": [1, 2.50]}', 'so so', '{sad,"so so","\"quoted\""}', '{a,NULL,"","with \"quote\" and \\ and , ","NULL"}',
  '{{1,2},{3,4}}', '(5,"a ""b"" ,")', '[1,5)', '10.0.0.0/8', B'10101', B'101', '<a>b &amp; c</a>', '''fat'':2 ''cat'':1A', '12.34', 'x', '', '{a,bc}'),
 ('8b1c0a52-58a7-4d2b-9c1e-000000000002', '', '', '', '', 0, 0, 0, 'Infinity', '-0', 0, -0.5, false, '', 'infinity', '00:00', '00:00Z', '-infinity', '4713-01-01 00:00:00 BC',
  '00:00', 'null', 'null', NULL, '{}', '{}', NULL, '(,)', 'empty', '::1', B'00000', B'', NULL, '', '-1', '', NULL, '{NULL}'),
 ('8b1c0a52-58a7-4d2b-9c1e-000000000003', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '-Infinity', 'NaN', 1e40, 0.000000000001, NULL, NULL, NULL, NULL, NULL, '2026-01-01', '9999-12-31 23:59:59.999999+00',
  NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
 ('8b1c0a52-58a7-4d2b-9c1e-000000000004', repeat('x', 100000), NULL, NULL, NULL, NULL, NULL, NULL, 3.4028235e38, 0.1, 1.10, 0, NULL, decode(repeat('00ff', 50000), 'hex'), NULL, NULL, NULL, NULL, NULL,
  NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
)");
  std::vector<Cells> keys;
  for (const char last : {'1', '2', '3', '4'})
    keys.push_back({{"id", std::string("8b1c0a52-58a7-4d2b-9c1e-00000000000") + last}});
  there_and_back(place, part_of("everything"), keys, "everything\n");
}

TEST_CASE("an update changes its columns alone and is taken back", "[postgres]") {
  const PostgresPlace place(R"(
CREATE TABLE chat (id int PRIMARY KEY, state text, at timestamp, cost numeric(20, 12), flag boolean, raw bytea,
                   twice text GENERATED ALWAYS AS (state || state) STORED);
INSERT INTO chat VALUES (1, 'on', '2026-02-28 12:00:00.123456', 0.1, true, '\x01'), (2, NULL, NULL, NULL, NULL, NULL);
)");
  const auto source = place.source();
  const std::string before = place.everything();
  std::vector<Wanted> wanted(2);
  wanted[0].changes = {update("chat", {{"id", std::int64_t{1}}},
                              {{"state", "on"}, {"at", "2026-02-28 12:00:00.123456"}, {"flag", std::int64_t{1}}},
                              {{"state", "off"}, {"at", "2026-03-01T09:30:00Z"}, {"flag", Value{}}})};
  wanted[1].changes = {update("chat", {{"id", std::int64_t{2}}}, {{"cost", Value{}}, {"raw", Value{}}},
                              {{"cost", 7e-12}, {"raw", Blob{std::string("\0\xff", 2)}}})};
  const auto done = apply_and_commit(*source, wanted);
  require_all(done, Kind::applied);
  CHECK(place.everything() ==
        "chat\n(1,off,\"2026-03-01 "
        "09:30:00\",0.100000000000,,\"\\\\x01\",offoff)\n(2,,,0.000000000007,,\"\\\\x00ff\",)\n");
  // Effects are as the server keeps them.
  CHECK(done.at(0).effects.front().after == Cells{{"state", "off"}, {"at", "2026-03-01 09:30:00"}, {"flag", Value{}}});
  CHECK(done.at(1).effects.front().after.front().second == Value("0.000000000007"));
  require_all(apply_and_commit(*source, inverse(done), WriteMode::restore), Kind::applied);
  CHECK(place.everything() == before);
}

TEST_CASE("rows that go with a row are told, removed and brought back, at any depth", "[postgres]") {
  const PostgresPlace place(kThreeLevels);
  const auto source = place.source();
  const auto store = std::move(source->open(source->list().front(), 1).front());
  const auto wanted = removal(*store, part_of("room"), {{"id", "r1"}});
  REQUIRE(wanted.blocked.empty());
  std::vector<std::string> order;
  for (const auto& change : wanted.changes)
    order.push_back(std::string(to_string(change.op)) + " " + change.table + (change.consequence ? "" : " !"));
  CHECK(order == std::vector<std::string>{"update bill", "delete mark", "delete message", "delete mark",
                                          "delete message", "delete chat", "delete mark", "delete message",
                                          "delete mark", "delete message", "delete chat", "delete room !"});
  there_and_back(place, part_of("room"), {{{"id", "r1"}}},
                 "bill\n(1,)\n(2,c)\n(3,)\nchat\n(c,r2)\nmark\n(5,ann)\n(6,ann)\nmessage\n(5,c,\"text of "
                 "c1\")\n(6,c,\"text of c2\")\nroom\n(r2)\n");
  there_and_back(place, part_of("room"), {{{"id", "r2"}}, {{"id", "r1"}}},
                 "bill\n(1,)\n(2,)\n(3,)\nchat\nmark\nmessage\nroom\n");
}

TEST_CASE("rows that are moved away first do not go with a row, nor what refers to them", "[postgres]") {
  const PostgresPlace place(kThreeLevels);
  const auto source = place.source();
  const std::string before = place.everything();
  std::vector<Wanted> wanted(1);
  auto& changes = wanted.front().changes;
  {
    const auto store = std::move(source->open(source->list().front(), 1).front());
    for (const std::int64_t id : {1, 2}) changes.push_back(update("message", {{"id", id}}, {{"chat_id", "a"}}, {{"chat_id", "c"}}));
    Change goes = removal(*store, part_of("chat"), {{"id", "a"}}).changes.back();
    const auto with = store->consequences(part_of("chat"), goes, changes);
    REQUIRE(with.blocked.empty());
    REQUIRE(with.changes.size() == 1);
    CHECK(with.changes.front().table == "bill");
    changes.push_back(with.changes.front());
    changes.push_back(goes);
  }
  const auto done = apply_and_commit(*source, wanted);
  require_all(done, Kind::applied);
  CHECK(place.everything() ==
        "bill\n(1,)\n(2,c)\n(3,)\nchat\n(b,r1)\n(c,r2)\nmark\n(1,ann)\n(2,ann)\n(3,ann)\n(4,ann)\n(5,ann)\n(6,ann)\nmessage\n(1,c,\"text of "
        "a1\")\n(2,c,\"text of a2\")\n(3,b,\"text of b1\")\n(4,b,\"text of b2\")\n(5,c,\"text of c1\")\n(6,c,\"text of c2\")\nroom\n(r1)\n(r2)\n");
  require_all(apply_and_commit(*source, inverse(done), WriteMode::restore), Kind::applied);
  CHECK(place.everything() == before);
}

TEST_CASE("what is read ahead is what is there", "[postgres]") {
  const PostgresPlace place(kThreeLevels);
  const auto source = place.source();
  const auto part = part_of("chat");
  const std::vector<Cells> keys = {{{"id", "a"}}, {{"id", "b"}}, {{"id", "nobody"}}, {{"id", "c"}}};
  const auto store = std::move(source->open(source->list().front(), 1).front());
  const auto told = std::move(source->open(source->list().front(), 1).front());
  told->expect(part, keys, ChangeOp::remove);
  CHECK(told->native_row(part, keys[2]).empty());
  for (const std::size_t each : {0U, 1U, 3U}) {
    const auto one = removal(*store, part, keys[each]);
    const auto other = removal(*told, part, keys[each]);
    REQUIRE(one.changes.size() == other.changes.size());
    for (std::size_t i = 0; i < one.changes.size(); ++i) {
      CHECK(one.changes[i].before == other.changes[i].before);
      CHECK(one.changes[i].row == other.changes[i].row);
      CHECK(one.changes[i].table == other.changes[i].table);
    }
  }
}

TEST_CASE("a row that others need is not removed, unless they are declared to go with it", "[postgres]") {
  const PostgresPlace place(R"(
CREATE TABLE chat (id text PRIMARY KEY);
CREATE TABLE message (id int PRIMARY KEY, chat_id text REFERENCES chat);
CREATE TABLE note (id int PRIMARY KEY, chat text);
INSERT INTO chat VALUES ('a'), ('b');
INSERT INTO message VALUES (1, 'a'), (2, 'b');
INSERT INTO note VALUES (1, 'a'), (2, 'b'), (3, 'a');
)");
  const auto source = place.source();
  auto part = part_of("chat");
  {
    const auto store = std::move(source->open(source->list().front(), 1).front());
    const auto wanted = removal(*store, part, {{"id", "a"}});
    CHECK(wanted.blocked == "id=1 of message refers to it (message_chat_id_fkey)");
  }
  part.dependents = {{"message", "chat_id"}, {"note", "chat"}};
  there_and_back(place, part, {{{"id", "a"}}}, "chat\n(b)\nmessage\n(2,b)\nnote\n(2,b)\n");
}

TEST_CASE("rows that refer to themselves and to each other", "[postgres]") {
  const PostgresPlace place(R"(
CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node ON DELETE CASCADE);
INSERT INTO node VALUES (1, NULL), (2, 1), (3, 2), (4, 4), (5, NULL);
UPDATE node SET parent = 3 WHERE id = 1;
CREATE TABLE hen (id int PRIMARY KEY, egg int);
CREATE TABLE egg (id int PRIMARY KEY, hen int REFERENCES hen ON DELETE CASCADE);
ALTER TABLE hen ADD FOREIGN KEY (egg) REFERENCES egg ON DELETE CASCADE;
INSERT INTO hen VALUES (1, NULL), (2, NULL); INSERT INTO egg VALUES (1, 1), (2, 2); UPDATE hen SET egg = id;
CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b ON DELETE CASCADE DEFERRABLE;
INSERT INTO a VALUES (1, NULL); INSERT INTO b VALUES (1, 1); UPDATE a SET b = 1;
)");
  const std::string rest = "a\n(1,1)\nb\n(1,1)\negg\n(1,1)\n(2,2)\nhen\n(1,1)\n(2,2)\n";
  there_and_back(place, part_of("node"), {{{"id", std::int64_t{1}}}, {{"id", std::int64_t{4}}}}, rest + "node\n(5,)\n");
  const std::string nodes = "node\n(1,3)\n(2,1)\n(3,2)\n(4,4)\n(5,)\n";
  there_and_back(place, part_of("hen"), {{{"id", std::int64_t{2}}}},
                 "a\n(1,1)\nb\n(1,1)\negg\n(1,1)\nhen\n(1,1)\n" + nodes);
  there_and_back(place, part_of("a"), {{{"id", std::int64_t{1}}}},
                 "a\nb\negg\n(1,1)\n(2,2)\nhen\n(1,1)\n(2,2)\n" + nodes);
}

TEST_CASE("keys of several columns, defaults in the place of what goes, partitions", "[postgres]") {
  const PostgresPlace place(R"(
CREATE TABLE p (a int, b text, v text, PRIMARY KEY (a, b));
CREATE TABLE c (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, pa int DEFAULT 0, pb text DEFAULT 'x', FOREIGN KEY (pa, pb) REFERENCES p ON DELETE SET DEFAULT);
INSERT INTO p VALUES (0, 'x', 'default'), (1, 'x', 'one'), (1, 'y', 'two');
INSERT INTO c(pa, pb) VALUES (1, 'x'), (1, 'y'), (1, NULL), (0, 'x');
CREATE TABLE m (day int, id int, body text, PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM (0) TO (10);
CREATE TABLE m2 PARTITION OF m FOR VALUES FROM (10) TO (20);
CREATE TABLE f (id int PRIMARY KEY, day int, m int, FOREIGN KEY (day, m) REFERENCES m ON DELETE CASCADE);
INSERT INTO m VALUES (1, 1, 'x'), (11, 1, 'y'); INSERT INTO f VALUES (1, 1, 1), (2, 11, 1);
)");
  there_and_back(place, part_of("p", {"a", "b"}), {{{"a", std::int64_t{1}}, {"b", "x"}}},
                 "c\n(1,0,x)\n(2,1,y)\n(3,1,)\n(4,0,x)\nf\n(1,1,1)\n(2,11,1)\nm1\n(1,1,x)\nm2\n(11,1,y)\np\n(0,x,"
                 "default)\n(1,y,two)\n");
  there_and_back(
      place, part_of("m", {"day", "id"}), {{{"day", std::int64_t{11}}, {"id", std::int64_t{1}}}},
      "c\n(1,1,x)\n(2,1,y)\n(3,1,)\n(4,0,x)\nf\n(1,1,1)\nm1\n(1,1,x)\nm2\np\n(0,x,default)\n(1,x,one)\n(1,y,two)\n");
  there_and_back(
      place, part_of("c"), {{{"id", std::int64_t{1}}}, {{"id", std::int64_t{3}}}},
      "c\n(2,1,y)\n(4,0,x)\nf\n(1,1,1)\n(2,11,1)\nm1\n(1,1,x)\nm2\n(11,1,y)\np\n(0,x,default)\n(1,x,one)\n(1,y,two)\n");
}

TEST_CASE("an insert takes the server's defaults and is taken back", "[postgres]") {
  const PostgresPlace place(
      "CREATE TABLE chat (id serial PRIMARY KEY, title text DEFAULT 'new', at timestamp NOT NULL);"
      "CREATE TABLE keyed (id text PRIMARY KEY, n int); INSERT INTO keyed VALUES ('there', 1)");
  const auto source = place.source();
  std::vector<Wanted> wanted(4);
  wanted[0].changes = {insertion("chat", {{"at", "2026-03-01T09:30:00Z"}})};
  wanted[1].changes = {insertion("chat", {{"title", "old"}, {"at", "2026-03-01T09:30:00Z"}}),
                       insertion("keyed", {{"id", "new"}, {"n", std::int64_t{2}}})};
  wanted[2].changes = {insertion("keyed", {{"id", "there"}, {"n", std::int64_t{1}}})};
  wanted[3].changes = {insertion("chat", {{"title", "no time"}})};
  const auto done = apply_and_commit(*source, wanted);
  CHECK(done.at(0).kind == Kind::applied);
  CHECK(done.at(1).kind == Kind::applied);
  CHECK(done.at(2).kind == Kind::changed);
  CHECK(done.at(2).reason == "row id=there of keyed is there already");
  CHECK(done.at(3).kind == Kind::refused);
  CHECK(done.at(3).reason.find("null value in column \"at\"") != std::string::npos);
  CHECK(place.sql("SELECT title, at FROM chat ORDER BY 1") == "new|2026-03-01 09:30:00\nold|2026-03-01 09:30:00\n");
  REQUIRE(done.at(0).effects.front().row.size() == 1);
  Outcomes made = {{0, done.at(0)}, {1, done.at(1)}};
  require_all(apply_and_commit(*source, inverse(made), WriteMode::restore), Kind::applied);
  CHECK(place.everything() == "chat\nkeyed\n(there,1)\n");
}

TEST_CASE("rows that refer to nothing are removed and come back, past the constraint that they break", "[postgres]") {
  const PostgresPlace place(R"(
CREATE TABLE chat (id text PRIMARY KEY);
CREATE TABLE owner (id text PRIMARY KEY);
CREATE TABLE message (id int PRIMARY KEY, chat_id text REFERENCES chat ON DELETE CASCADE, owner_id text REFERENCES owner);
INSERT INTO chat VALUES ('a'); INSERT INTO owner VALUES ('ann');
SET session_replication_role = replica;
INSERT INTO message VALUES (1, 'a', 'ann'), (2, 'gone', 'ann'), (3, 'gone', NULL);
SET session_replication_role = origin;
)");
  const std::string rest = "chat\n(a)\nmessage\n(1,a,ann)\n";
  there_and_back(place, part_of("message"), {{{"id", std::int64_t{2}}}, {{"id", std::int64_t{3}}}},
                 rest + "owner\n(ann)\n");
  const auto source = place.source();
  const std::string before = place.everything();
  // A phantom reference that is cleared.
  std::vector<Wanted> wanted(1);
  wanted[0].changes = {update("message", {{"id", std::int64_t{3}}}, {{"chat_id", "gone"}}, {{"chat_id", Value{}}})};
  const auto cleared = apply_and_commit(*source, wanted);
  require_all(cleared, Kind::applied);
  CHECK(place.sql("SELECT chat_id IS NULL FROM message WHERE id = 3") == "t\n");
  require_all(apply_and_commit(*source, inverse(cleared), WriteMode::restore), Kind::applied);
  CHECK(place.everything() == before);
  // What was there when the row went must be there when it comes back.
  {
    const auto store = std::move(source->open(source->list().front(), 1).front());
    wanted = {removal(*store, part_of("message"), {{"id", std::int64_t{2}}})};
  }
  const auto removed = apply_and_commit(*source, wanted);
  place.sql("DELETE FROM message WHERE id = 1; DELETE FROM owner");
  CHECK(apply_and_commit(*source, inverse(removed), WriteMode::restore).at(0).kind == Kind::refused);
  // The constraint is still there for everybody else.
  CHECK(place.psql("INSERT INTO message VALUES (9, 'gone', NULL)").status != 0);
}
