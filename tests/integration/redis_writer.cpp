// Changes in Redis beside somebody who changes the same keys: what they wrote is never overwritten.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "adapters/redis/redis.hpp"
#include "auditor/model/store.hpp"
#include "auditor/model/writer.hpp"
#include "auditor/sys/process.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

Value text(const std::string& word) { return word; }

class Server {
 public:
  Server() {
    const char* const url = std::getenv("AUDIT_TEST_REDIS");
    REQUIRE(url != nullptr);  // tests/run starts a server
    fixture_ = make_redis_fixture(url, {{"script", "SET sessions:a '{\"id\":\"a\",\"status\":\"pending\",\"note\":\"x\"}' EX 1000\n"
                                                   "RPUSH events:lost '{\"type\":\"one\"}'\n"
                                                   "SADD followed a gone\n"}});
    SourceSpec spec;
    spec.profile = "test";
    spec.name = "redis";
    spec.adapter = "redis";
    spec.text = {{"url", fixture_.url}, {"prefix", ""}};
    source_ = make_redis_adapter()->source(spec, cancel_);
  }

  // As somebody else.
  std::string say(std::vector<std::string> words) {
    std::string where = fixture_.url;
    std::string database = "0";
    if (const auto at = where.find("?db="); at != std::string::npos) {
      database = where.substr(at + 4);
      where.resize(at);
    }
    std::vector<std::string> argv = {"redis-cli"};
    if (where.starts_with("unix://")) {
      argv.insert(argv.end(), {"-s", where.substr(7), "-n", database});
    } else {
      argv.insert(argv.end(), {"-u", where});
    }
    argv.insert(argv.end(), words.begin(), words.end());
    const auto done = run_process({.argv = argv, .timeout = std::chrono::seconds(20)}, cancel_);
    INFO(done.err);
    REQUIRE(done.status == 0);
    return done.out.substr(0, done.out.find_last_not_of('\n') + 1);
  }
  [[nodiscard]] std::unique_ptr<Writer> open(WriteMode mode = WriteMode::repair) {
    WriteRequest request;
    request.mode = mode;
    return source_->write(source_->list().front(), request);
  }

 private:
  Cancellation cancel_;
  RedisFixture fixture_;
  std::unique_ptr<Source> source_;
};

Change status(const std::string& from, const std::string& to) {
  Change change;
  change.op = ChangeOp::update;
  change.relation = "session";
  change.table = "sessions";
  change.row = {{"key", text("sessions:a")}};
  change.before = {{"/status", text(from)}};
  change.after = {{"/status", text(to)}};
  return change;
}

Change removal(const std::string& key) {
  Change change;
  change.op = ChangeOp::remove;
  change.relation = change.table = "events";
  change.row = {{"key", text(key)}};
  change.before = change.row;
  return change;
}

// hold(), what happens in between, apply(): the outcome of the only unit.
UnitOutcome outcome(Writer& writer, const Change& change) {
  const std::vector<Unit> units = {{"finding", {&change}}};
  UnitOutcome made;
  writer.apply(units, [&](std::size_t, UnitOutcome one) { made = std::move(one); });
  return made;
}
void hold(Writer& writer, const Change& change) {
  REQUIRE(writer.holds_rows());
  const std::vector<Unit> units = {{"finding", {&change}}};
  writer.hold(units);
}

// Events of a session that is not stored, as a profile maps them.
RelationMapping leftovers() {
  RelationPart part;
  part.source = "redis";
  part.table = "events";
  part.key = {"key"};
  part.options = R"({"key": "events:{id}", "value": "list", "rows": "keys", "unless": "sessions:{id}"})";
  ColumnMap id;
  id.from = "{id}";
  part.columns = {{"id", id}};
  return {"leftover", {part}};
}

}  // namespace

TEST_CASE("redis writer: what changes between being looked at and being written stays as it is") {
  Server server;
  const auto writer = server.open();
  const Change change = status("pending", "skipped");
  REQUIRE(outcome(*writer, change).kind == UnitOutcome::Kind::applied);
  writer->prepare();
  SECTION("another value") {
    server.say({"SET", "sessions:a", "{\"id\":\"a\",\"status\":\"in_progress\"}", "KEEPTTL"});
    CHECK_THROWS_AS(writer->commit(), TryAgain);
    CHECK(server.say({"GET", "sessions:a"}) == "{\"id\":\"a\",\"status\":\"in_progress\"}");
    // The next try sees it, and leaves it alone.
    const auto again = server.open();
    CHECK(outcome(*again, change).kind == UnitOutcome::Kind::changed);
  }
  SECTION("the same value, written again") {
    server.say({"SET", "sessions:a", server.say({"GET", "sessions:a"}), "KEEPTTL"});
    CHECK_THROWS_AS(writer->commit(), TryAgain);
    const auto again = server.open();
    REQUIRE(outcome(*again, change).kind == UnitOutcome::Kind::applied);
    again->commit();
    CHECK(server.say({"GET", "sessions:a"}) == "{\"id\":\"a\",\"status\":\"skipped\",\"note\":\"x\"}");
  }
  SECTION("it goes") {
    server.say({"DEL", "sessions:a"});
    CHECK_THROWS_AS(writer->commit(), TryAgain);
    CHECK(server.say({"EXISTS", "sessions:a"}) == "0");
  }
  SECTION("only another time to live") {
    server.say({"EXPIRE", "sessions:a", "50"});
    CHECK_THROWS_AS(writer->commit(), TryAgain);
    CHECK(server.say({"TTL", "sessions:a"}) != "-1");
  }
  SECTION("nothing") {
    writer->commit();
    CHECK(server.say({"GET", "sessions:a"}) == "{\"id\":\"a\",\"status\":\"skipped\",\"note\":\"x\"}");
    CHECK(std::stoi(server.say({"TTL", "sessions:a"})) > 900);
  }
}

TEST_CASE("redis writer: of many changes none is made when one of their keys changed") {
  Server server;
  const auto writer = server.open();
  const Change first = status("pending", "skipped");
  const Change second = removal("events:lost");
  REQUIRE(outcome(*writer, first).kind == UnitOutcome::Kind::applied);
  REQUIRE(outcome(*writer, second).kind == UnitOutcome::Kind::applied);
  server.say({"RPUSH", "events:lost", "{\"type\":\"two\"}"});
  CHECK_THROWS_AS(writer->commit(), TryAgain);
  CHECK(server.say({"LLEN", "events:lost"}) == "2");
  CHECK(server.say({"GET", "sessions:a"}).find("pending") != std::string::npos);
}

TEST_CASE("redis writer: what is verified is held from before that on") {
  Server server;
  const Change change = removal("events:lost");
  const auto writer = server.open();
  hold(*writer, change);
  const RelationMapping relation = leftovers();
  std::vector<std::string> seen;
  writer->view().scan(relation, {"{id}"}, [&](std::span<const Value> row) {
    seen.push_back(to_text(row[0]));
    return true;
  });
  REQUIRE(seen == std::vector<std::string>{"lost"});  // verified: events without a session
  SECTION("an event that comes after it was verified is not removed with the others") {
    server.say({"RPUSH", "events:lost", "{\"type\":\"two\"}"});
    REQUIRE(outcome(*writer, change).kind == UnitOutcome::Kind::applied);
    CHECK_THROWS_AS(writer->commit(), TryAgain);
    CHECK(server.say({"LLEN", "events:lost"}) == "2");
  }
  SECTION("a session that comes before the change is made keeps its events") {
    server.say({"SET", "sessions:lost", "{\"id\":\"lost\"}"});
    CHECK_THROWS_AS(outcome(*writer, change), TryAgain);
    CHECK(server.say({"LLEN", "events:lost"}) == "1");
  }
  SECTION("and one that comes after it was") {
    REQUIRE(outcome(*writer, change).kind == UnitOutcome::Kind::applied);
    server.say({"SET", "sessions:lost", "{\"id\":\"lost\"}"});
    CHECK_THROWS_AS(writer->commit(), TryAgain);
    CHECK(server.say({"LLEN", "events:lost"}) == "1");
  }
  SECTION("nothing comes") {
    REQUIRE(outcome(*writer, change).kind == UnitOutcome::Kind::applied);
    writer->commit();
    CHECK(server.say({"EXISTS", "events:lost"}) == "0");
  }
}

TEST_CASE("redis writer: an undo overwrites nothing that came since") {
  Server server;
  Change effect;
  {
    const auto writer = server.open();
    const UnitOutcome made = outcome(*writer, removal("events:lost"));
    effect = made.effects.front();
    writer->commit();
  }
  std::swap(effect.before, effect.after);
  effect.op = ChangeOp::insert;
  SECTION("before it looks") {
    server.say({"RPUSH", "events:lost", "{\"type\":\"new\"}"});
    const auto writer = server.open(WriteMode::restore);
    CHECK(outcome(*writer, effect).kind == UnitOutcome::Kind::changed);
  }
  SECTION("between its look and its write") {
    const auto writer = server.open(WriteMode::restore);
    REQUIRE(outcome(*writer, effect).kind == UnitOutcome::Kind::applied);
    server.say({"RPUSH", "events:lost", "{\"type\":\"new\"}"});
    CHECK_THROWS_AS(writer->commit(), TryAgain);
    CHECK(server.say({"LRANGE", "events:lost", "0", "-1"}) == "{\"type\":\"new\"}");
  }
  SECTION("nothing came") {
    const auto writer = server.open(WriteMode::restore);
    REQUIRE(outcome(*writer, effect).kind == UnitOutcome::Kind::applied);
    writer->commit();
    CHECK(server.say({"LRANGE", "events:lost", "0", "-1"}) == "{\"type\":\"one\"}");
  }
}

TEST_CASE("redis writer: what a run changed twice is taken back at once") {
  Server server;
  const auto made_by = [&](const Change& change) {
    const auto writer = server.open();
    const UnitOutcome made = outcome(*writer, change);
    REQUIRE(made.kind == UnitOutcome::Kind::applied);
    writer->commit();
    return made.effects.front();
  };
  const Change first = made_by(status("pending", "completed"));
  std::vector<Change> effects = {made_by(status("completed", "skipped")), first};  // the last one first
  for (auto& effect : effects) std::swap(effect.before, effect.after);
  SECTION("as it was left") {
    const auto writer = server.open(WriteMode::restore);
    for (const auto& effect : effects) {
      const UnitOutcome undone = outcome(*writer, effect);
      CHECK(undone.kind == UnitOutcome::Kind::applied);
      CHECK(undone.effects.size() == 1);
    }
    writer->commit();
    CHECK(server.say({"GET", "sessions:a"}) == R"({"id":"a","status":"pending","note":"x"})");
  }
  SECTION("somebody changed it since") {
    server.say({"SET", "sessions:a", "{\"status\":\"new\"}", "KEEPTTL"});
    const auto writer = server.open(WriteMode::restore);
    for (const auto& effect : effects) CHECK(outcome(*writer, effect).kind == UnitOutcome::Kind::changed);
  }
}

TEST_CASE("redis writer: what is not UTF-8 is refused alone") {
  Server server;
  const auto writer = server.open();
  const UnitOutcome made = outcome(*writer, status("pending", "\xff"));
  CHECK(made.kind == UnitOutcome::Kind::refused);
  CHECK(made.reason == "sessions:a: what is to be written is not UTF-8, and JSON holds nothing else");
  CHECK(outcome(*writer, status("pending", "skipped")).kind == UnitOutcome::Kind::applied);
  writer->commit();
  CHECK(server.say({"GET", "sessions:a"}) == R"({"id":"a","status":"skipped","note":"x"})");
}

TEST_CASE("redis writer: an undo that is taken back leaves what the repair had left") {
  Server server;
  // One more writer makes the inverse of an effect, and gives its own.
  const auto back = [&](Change effect) {
    std::swap(effect.before, effect.after);
    if (effect.op != ChangeOp::update) effect.op = effect.op == ChangeOp::insert ? ChangeOp::remove : ChangeOp::insert;
    const auto writer = server.open(WriteMode::restore);
    const UnitOutcome made = outcome(*writer, effect);
    INFO(made.reason);
    REQUIRE(made.kind == UnitOutcome::Kind::applied);
    REQUIRE(made.effects.size() == 1);
    writer->commit();
    CHECK(writer->presence(made.effects.front()) == Presence::after);
    return made.effects.front();
  };
  const auto repair = [&](const Change& change) {
    const auto writer = server.open();
    const UnitOutcome made = outcome(*writer, change);
    REQUIRE(made.effects.size() == 1);
    writer->commit();
    return made.effects.front();
  };
  SECTION("a key that was removed") {
    const Change effect = repair(removal("events:lost"));
    const Change undone = back(effect);
    CHECK(server.say({"LRANGE", "events:lost", "0", "-1"}) == "{\"type\":\"one\"}");
    back(undone);
    CHECK(server.say({"EXISTS", "events:lost"}) == "0");
  }
  SECTION("a string that was removed") {
    const Change undone = back(repair(removal("sessions:a")));
    CHECK(server.say({"GET", "sessions:a"}) == R"({"id":"a","status":"pending","note":"x"})");
    CHECK(std::stoi(server.say({"TTL", "sessions:a"})) > 900);
    back(undone);
    CHECK(server.say({"EXISTS", "sessions:a"}) == "0");
  }
  SECTION("a member that was removed") {
    Change change = removal("followed");
    change.row.emplace_back("member", text("gone"));
    const Change undone = back(repair(change));
    CHECK(server.say({"SCARD", "followed"}) == "2");
    back(undone);
    CHECK(server.say({"SMEMBERS", "followed"}) == "a");
  }
  SECTION("the last member of a set that expires") {
    server.say({"SREM", "followed", "a"});
    server.say({"EXPIRE", "followed", "500"});
    Change change = removal("followed");
    change.row.emplace_back("member", text("gone"));
    const Change undone = back(repair(change));
    CHECK(server.say({"SMEMBERS", "followed"}) == "gone");
    CHECK(std::stoi(server.say({"TTL", "followed"})) > 400);
    back(undone);
    CHECK(server.say({"EXISTS", "followed"}) == "0");
  }
  SECTION("a value that was changed") {
    const Change undone = back(repair(status("pending", "skipped")));
    CHECK(server.say({"GET", "sessions:a"}) == R"({"id":"a","status":"pending","note":"x"})");
    back(undone);
    CHECK(server.say({"GET", "sessions:a"}) == R"({"id":"a","status":"skipped","note":"x"})");
  }
  SECTION("an element that was added") {
    Change change;
    change.op = ChangeOp::insert;
    change.relation = "events";
    change.table = "events:{id}";
    change.after = {{"{id}", text("a")}, {"@value", text("list")}, {"@expires_with", text("sessions:{id}")}, {"/type", text("closed")}};
    SECTION("to a list that it began") {
      const Change undone = back(repair(change));
      CHECK(server.say({"EXISTS", "events:a"}) == "0");
      back(undone);
      CHECK(server.say({"LRANGE", "events:a", "0", "-1"}) == R"({"type":"closed"})");
      CHECK(std::stoi(server.say({"TTL", "events:a"})) > 900);
    }
    SECTION("twice, to a list that goes on, in one transaction") {
      server.say({"RPUSH", "events:a", "first"});
      server.say({"EXPIRE", "events:a", "700"});
      Change second = change;
      second.after.back().second = text("done");
      const auto all = [&](WriteMode mode, const std::vector<Change>& changes) {
        const auto writer = server.open(mode);
        std::vector<Unit> units;
        for (const auto& one : changes) units.push_back({"finding", {&one}});
        std::vector<Change> effects;
        writer->apply(units, [&](std::size_t, UnitOutcome made) {
          INFO(made.reason);
          REQUIRE(made.kind == UnitOutcome::Kind::applied);
          effects.insert(effects.end(), made.effects.begin(), made.effects.end());
        });
        writer->commit();
        return effects;
      };
      // The last effect first, as an undo and a recovery take them.
      const auto inverse = [](std::vector<Change> effects) {
        std::reverse(effects.begin(), effects.end());
        for (auto& effect : effects) {
          std::swap(effect.before, effect.after);
          effect.op = effect.op == ChangeOp::insert ? ChangeOp::remove : ChangeOp::insert;
        }
        return effects;
      };
      const auto made = all(WriteMode::repair, {change, second});
      const std::string after = server.say({"LRANGE", "events:a", "0", "-1"});
      CHECK(after == "first\n{\"type\":\"closed\"}\n{\"type\":\"done\"}");
      const auto undone = all(WriteMode::restore, inverse(made));
      CHECK(server.say({"LRANGE", "events:a", "0", "-1"}) == "first");
      server.say({"RPUSH", "events:a", "later"});
      all(WriteMode::restore, inverse(undone));
      CHECK(server.say({"LRANGE", "events:a", "0", "-1"}) == after + "\nlater");
      CHECK(std::stoi(server.say({"TTL", "events:a"})) > 600);
    }
    SECTION("to a list that goes on") {
      server.say({"RPUSH", "events:a", "first"});
      const Change effect = repair(change);
      server.say({"RPUSH", "events:a", "second", "third"});
      const Change undone = back(effect);
      CHECK(server.say({"LRANGE", "events:a", "0", "-1"}) == "first\nsecond\nthird");
      back(undone);
      CHECK(server.say({"LRANGE", "events:a", "0", "-1"}) == "first\n{\"type\":\"closed\"}\nsecond\nthird");
    }
  }
}
