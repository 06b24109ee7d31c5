// A directory of files as a store that is written, and as one that is brought back.

#include "tests/integration/files_rig.hpp"

using namespace files_rig;

TEST_CASE("files writer: entries change in place, undo brings the very file back") {
  Rig rig;
  const Image before = image(rig.root / "index.json");
  ::setxattr((rig.root / "index.json").c_str(), "user.note", "x", 1, 0);
  const auto effects = rig.run({rig.entry(ChangeOp::update, "a", {{"path", text("1.jsonl")}, {"/at", std::int64_t{9}}, {"/on", std::int64_t{0}}}),
                                rig.entry(ChangeOp::remove, "b"),
                                rig.entry(ChangeOp::insert, "", {{"key", text("n")}, {"document", text("index.json")}, {"/id", text("9")}, {"path", text("sub/9.jsonl")}, {"/repaired", std::int64_t{1}}, {"/channel", Value{}}})});
  REQUIRE(effects.size() == 3);
  CHECK(read(rig.root / "index.json") ==
        "{\n  // people write comments\n  \"a\": {\n    \"id\": \"1\",\n    \"file\": \"" + rig.root.string() +
            "/1.jsonl\",\n    \"at\": 9,\n    \"on\": false\n  },\n  \"c\": {\n    \"id\": \"3\",\n    \"at\": 7\n  },\n  \"n\": {\n    \"id\": \"9\",\n    \"file\": \"" +
            rig.root.string() + "/sub/9.jsonl\",\n    \"repaired\": true\n  }\n}");
  const Image after = image(rig.root / "index.json");
  CHECK(after.status.st_mode == before.status.st_mode);
  char note[2] = "";
  if (::getxattr((rig.directory / "keep/run1").c_str(), "user.none", note, 1) != 0 && errno != ENOTSUP) {
    CHECK(::getxattr((rig.root / "index.json").c_str(), "user.note", note, 1) == 1);
  }
  for (const auto& effect : effects) CHECK(rig.presence(effect) == Presence::after);
  CHECK(rig.names() == kNames);

  const auto undone = rig.run(inverse(effects), WriteMode::restore);
  CHECK(undone.size() == 3);
  CHECK(image(rig.root / "index.json") == before);
  for (const auto& effect : effects) CHECK(rig.presence(effect) == Presence::before);
  for (const auto& effect : undone) CHECK(rig.presence(effect) == Presence::after);
  // An undo can be undone.
  rig.run(inverse(undone), WriteMode::restore);
  CHECK(image(rig.root / "index.json") == after);
  CHECK(rig.names() == kNames);
}

TEST_CASE("files writer: changes that come in several parts are one document, and one undo") {
  Rig rig;
  const Image before = image(rig.root / "index.json");
  const std::vector<std::vector<Change>> parts = {{rig.entry(ChangeOp::update, "a", {{"/at", std::int64_t{9}}})}, {rig.entry(ChangeOp::remove, "b")}, {rig.entry(ChangeOp::remove, "c")}};
  const auto in_parts = [&](const std::vector<std::vector<Change>>& all, WriteMode mode) {
    std::vector<Change> effects;
    const auto writer = rig.open(mode);
    for (const auto& part : all) {
      for (auto& outcome : Rig::apply(*writer, part)) {
        REQUIRE(outcome.kind == UnitOutcome::Kind::applied);
        effects.insert(effects.end(), outcome.effects.begin(), outcome.effects.end());
      }
    }
    writer->prepare();
    writer->commit();
    return effects;
  };
  const auto effects = in_parts(parts, WriteMode::repair);
  const Image after = image(rig.root / "index.json");
  CHECK(after.bytes == "{\n  // people write comments\n  \"a\": {\n    \"id\": \"1\",\n    \"file\": \"/elsewhere/1.jsonl\",\n    \"at\": 9,\n    \"on\": true\n  }\n}");
  for (const auto& effect : effects) CHECK(rig.presence(effect) == Presence::after);
  const auto back = inverse(effects);
  const auto undone = in_parts({{back[0]}, {back[1], back[2]}}, WriteMode::restore);
  CHECK(image(rig.root / "index.json") == before);
  for (const auto& effect : effects) CHECK(rig.presence(effect) == Presence::before);
  in_parts({inverse(undone)}, WriteMode::restore);
  CHECK(image(rig.root / "index.json") == after);
}

TEST_CASE("files writer: undo of entries after the application wrote the registry again") {
  Rig rig;
  const auto effects = rig.run({rig.entry(ChangeOp::update, "a", {{"/at", std::int64_t{9}}}), rig.entry(ChangeOp::remove, "b"),
                                rig.entry(ChangeOp::insert, "", {{"key", text("n")}, {"document", text("index.json")}, {"/id", text("9")}})});
  // Without comments, in another style, with an entry more and one that is different.
  write(rig.root / "index.json", R"({"x":{"id":"8"},"a":{"id":"1","file":"/elsewhere/1.jsonl","at":9,"on":true},"c":{"id":"3","at":8},"n":{"id":"9"}})");
  for (const auto& effect : effects) CHECK(rig.presence(effect) == Presence::after);
  rig.run(inverse(effects), WriteMode::restore);
  const std::string now = read(rig.root / "index.json");
  CHECK_THAT(now, Contains(R"("x":{"id":"8"},"a":{)") && Contains("\"at\": 5") && Contains(R"("c":{"id":"3","at":8})") && !Contains("\"n\""));
  CHECK(now.find("\"b\"") > now.find("\"a\""));
  CHECK(now.find("\"b\"") < now.find("\"c\""));

  SECTION("what changed since is told and left alone") {
    Rig other;
    const auto made = other.run({other.entry(ChangeOp::update, "a", {{"/at", std::int64_t{9}}}), other.entry(ChangeOp::remove, "b")});
    write(other.root / "index.json", R"({"a":{"id":"1","at":10},"b":{"id":"new"}})");
    const auto writer = other.open(WriteMode::restore);
    const auto changes = inverse(made);
    for (const auto& outcome : Rig::apply(*writer, changes)) {
      CHECK(outcome.kind == UnitOutcome::Kind::changed);
      CHECK_FALSE(outcome.reason.empty());
    }
    writer->prepare();
    writer->commit();
    CHECK(read(other.root / "index.json") == R"({"a":{"id":"1","at":10},"b":{"id":"new"}})");
    for (const auto& effect : made) CHECK(other.presence(effect) == Presence::other);
  }
}

TEST_CASE("files writer: a file moves aside, and undo moves the very file back") {
  Rig rig;
  fs::create_directory(rig.root / "aside");
  const Image before = image(rig.root / "left.tmp");
  const Image transcript = image(rig.root / "2.jsonl");
  const auto effects = rig.run({rig.change(ChangeOp::update, "file", {{"path", text("left.tmp")}}, {{"path", text("aside/old.tmp")}}),
                                rig.change(ChangeOp::update, "transcript", {{"path", text("2.jsonl")}}, {{"path", text("aside/2.jsonl")}})});
  CHECK(image(rig.root / "aside/old.tmp") == before);
  CHECK(image(rig.root / "aside/2.jsonl") == transcript);
  CHECK_FALSE(image(rig.root / "left.tmp").there);
  for (const auto& effect : effects) CHECK(rig.presence(effect) == Presence::after);
  const auto undone = rig.run(inverse(effects), WriteMode::restore);
  CHECK(image(rig.root / "left.tmp") == before);
  CHECK(image(rig.root / "2.jsonl") == transcript);
  CHECK(fs::is_empty(rig.root / "aside"));
  for (const auto& effect : effects) CHECK(rig.presence(effect) == Presence::before);
  CHECK(rig.run(inverse(effects), WriteMode::restore).empty());  // done already
  rig.run(inverse(undone), WriteMode::restore);
  CHECK(image(rig.root / "aside/old.tmp") == before);

  SECTION("a crash between its two names is taken back or made whole") {
    fs::create_hard_link(rig.root / "aside/old.tmp", rig.root / "left.tmp");
    CHECK(rig.presence(effects.front()) == Presence::after);
    rig.run({inverse({effects.front()})}, WriteMode::restore);
    CHECK(image(rig.root / "left.tmp") == before);
    CHECK_FALSE(image(rig.root / "aside/old.tmp").there);
  }
  SECTION("what came to the old place since stays") {
    write(rig.root / "left.tmp", "new");
    CHECK(rig.presence(effects.front()) == Presence::other);
    const auto writer = rig.open(WriteMode::restore);
    CHECK(Rig::apply(*writer, inverse({effects.front()})).front().kind == UnitOutcome::Kind::changed);
  }
}

TEST_CASE("files writer: a file moves to a free name in its root, and nowhere else") {
  Rig rig;
  const auto outcome = [&](const std::string& relation, const Cells& key, const Cells& after) {
    const Change change = rig.change(ChangeOp::update, relation, key, after);
    const auto writer = rig.open();
    const auto made = Rig::apply(*writer, {change});
    return made.front().kind;
  };
  const Cells left = {{"path", text("left.tmp")}};
  CHECK(outcome("file", left, {{"path", text("1.jsonl")}}) == UnitOutcome::Kind::changed);  // taken
  CHECK(outcome("file", left, {{"path", text("nowhere/left.tmp")}}) == UnitOutcome::Kind::refused);
  CHECK(outcome("file", left, {{"path", text("../left.tmp")}}) == UnitOutcome::Kind::refused);
  CHECK(outcome("file", left, {{"path", text("/tmp/left.tmp")}}) == UnitOutcome::Kind::refused);
  CHECK(outcome("file", left, {{"size", std::int64_t{0}}}) == UnitOutcome::Kind::refused);
  CHECK(outcome("lock", {{"path", text("left.lock")}}, {{"path", text("other.lock")}}) == UnitOutcome::Kind::refused);
  const Change first = rig.change(ChangeOp::update, "file", left, {{"path", text("x.tmp")}});
  const Change second = rig.change(ChangeOp::update, "transcript", {{"path", text("2.jsonl")}}, {{"path", text("x.tmp")}});
  const auto writer = rig.open();
  const auto both = Rig::apply(*writer, {first, second});
  CHECK(both[0].kind == UnitOutcome::Kind::applied);
  CHECK(both[1].kind == UnitOutcome::Kind::changed);
  CHECK(rig.names() == kNames);
}

TEST_CASE("files writer: what is not as planned is not changed") {
  Rig rig;
  const Change update = rig.entry(ChangeOp::update, "a", {{"/at", std::int64_t{9}}});
  const Change removal = rig.entry(ChangeOp::remove, "b");
  const Change insert = rig.entry(ChangeOp::insert, "", {{"key", text("c")}, {"document", text("index.json")}, {"/id", text("9")}});
  std::string changed = kRegistry;
  changed.replace(changed.find("\"at\": 5"), 7, "\"at\": 6");
  changed.replace(changed.find("\"b\": {"), 6, "\"bb\": {");
  write(rig.root / "index.json", changed);
  const auto writer = rig.open();
  const std::vector<Change> changes = {update, removal, insert};
  for (const auto& outcome : Rig::apply(*writer, changes)) CHECK(outcome.kind == UnitOutcome::Kind::changed);
  writer->prepare();
  writer->commit();
  CHECK(read(rig.root / "index.json") == changed);
}

TEST_CASE("files writer: a unit is made as a whole or not at all") {
  Rig rig;
  const Image before = image(rig.root / "index.json");
  const Change good = rig.entry(ChangeOp::remove, "b");
  Change bad = rig.change(ChangeOp::remove, "file", {{"path", text("left.tmp")}});
  std::find_if(bad.before.begin(), bad.before.end(), [](const auto& cell) { return cell.first == "size"; })->second = std::int64_t{1};
  const auto writer = rig.open();
  UnitOutcome outcome;
  const std::vector<Unit> units = {{"finding", {&good, &bad}}};
  writer->apply(units, [&](std::size_t, UnitOutcome made) { outcome = std::move(made); });
  CHECK(outcome.kind == UnitOutcome::Kind::changed);
  CHECK_THAT(outcome.reason, Contains("left.tmp"));
  writer->prepare();
  writer->commit();
  CHECK(image(rig.root / "index.json") == before);
}

TEST_CASE("files writer: a key that is there twice is refused") {
  Rig rig;
  write(rig.root / "index.json", R"({"a":{"id":"1"},"a":{"id":"2"}})");
  const std::vector<Change> changes = {rig.entry(ChangeOp::remove, "a")};
  const auto writer = rig.open();
  CHECK(Rig::apply(*writer, changes).front().kind == UnitOutcome::Kind::refused);
}

TEST_CASE("files writer: files go to quarantine and come back as they were") {
  Rig rig;
  std::map<std::string, Image> before;
  for (const auto& name : kNames) before[name] = image(rig.root / name);
  const auto effects = rig.run({rig.change(ChangeOp::remove, "file", {{"path", text("left.tmp")}}), rig.change(ChangeOp::remove, "transcript", {{"path", text("2.jsonl")}}),
                                rig.change(ChangeOp::remove, "lock", {{"path", text("left.lock")}})});
  CHECK(rig.names() == std::vector<std::string>{"1.jsonl", "index.json"});
  for (const auto& effect : effects) {
    CHECK(rig.presence(effect) == Presence::after);
    const fs::path kept = to_text(effect.before.front().second);
    CHECK(image(kept) == before[to_text(effect.row.front().second)]);
  }
  const auto undone = rig.run(inverse(effects), WriteMode::restore);
  for (const auto& name : kNames) CHECK(image(rig.root / name) == before[name]);
  rig.run(inverse(undone), WriteMode::restore);
  CHECK(rig.names() == std::vector<std::string>{"1.jsonl", "index.json"});

  SECTION("a name that is taken by now is left alone") {
    write(rig.root / "left.tmp", "another");
    const auto writer = rig.open(WriteMode::restore);
    const auto changes = inverse(effects);
    const auto outcomes = Rig::apply(*writer, changes);
    CHECK(std::count_if(outcomes.begin(), outcomes.end(), [](const auto& outcome) { return outcome.kind == UnitOutcome::Kind::changed; }) == 1);
    writer->prepare();
    writer->commit();
    CHECK(read(rig.root / "left.tmp") == "another");
    CHECK(image(rig.root / "2.jsonl") == before["2.jsonl"]);
  }
}

TEST_CASE("files writer: no link is followed, whatever it leads to") {
  Rig rig;
  write(rig.directory / "outside/kept.tmp", "not ours");
  fs::create_symlink(rig.directory / "outside/kept.tmp", rig.root / "link.tmp");
  const Change link = rig.change(ChangeOp::remove, "file", {{"path", text("link.tmp")}});
  Change out = rig.change(ChangeOp::remove, "file", {{"path", text("left.tmp")}});
  out.row = out.key = {{"path", text("../outside/kept.tmp")}};
  Change through = out;
  fs::create_directory_symlink(rig.directory / "outside", rig.root / "there");
  through.row = through.key = {{"path", text("there/kept.tmp")}};
  const auto writer = rig.open();
  const std::vector<Change> changes = {link, out, through};
  for (const auto& outcome : Rig::apply(*writer, changes)) CHECK(outcome.kind == UnitOutcome::Kind::refused);
  writer->prepare();
  writer->commit();
  CHECK(read(rig.directory / "outside/kept.tmp") == "not ours");
  CHECK(fs::is_symlink(rig.root / "link.tmp"));
}

TEST_CASE("files writer: a cut tail goes and comes back, the file keeps its time") {
  Rig rig;
  const Image before = image(rig.root / "1.jsonl");
  const auto cut = rig.change(ChangeOp::remove, "transcript_line", {{"path", text("1.jsonl")}});
  const auto effects = rig.run({cut});
  const Image after = image(rig.root / "1.jsonl");
  CHECK(after.bytes == std::string(kHeader) + kLines);
  CHECK(after.status.st_ino == before.status.st_ino);
  CHECK(after.status.st_mtim.tv_nsec == before.status.st_mtim.tv_nsec);
  CHECK(rig.presence(effects.front()) == Presence::after);
  CHECK(rig.names() == kNames);
  SECTION("undo, and undo of that") {
    const auto undone = rig.run(inverse(effects), WriteMode::restore);
    CHECK(image(rig.root / "1.jsonl") == before);
    CHECK(rig.presence(effects.front()) == Presence::before);
    rig.run(inverse(undone), WriteMode::restore);
    CHECK(image(rig.root / "1.jsonl") == after);
  }
  SECTION("an undo that broke off in the middle is gone on with") {
    write(rig.root / "1.jsonl", after.bytes + "{\"ty");
    CHECK(rig.presence(effects.front()) == Presence::after);
    rig.run(inverse(effects), WriteMode::restore);
    CHECK(image(rig.root / "1.jsonl") == before);
  }
  SECTION("what the application has written since stays") {
    write(rig.root / "1.jsonl", after.bytes + "{\"type\":\"message\",\"id\":\"m3\"}\n");
    CHECK(rig.presence(effects.front()) == Presence::other);
    const auto writer = rig.open(WriteMode::restore);
    const auto changes = inverse(effects);
    CHECK(Rig::apply(*writer, changes).front().kind == UnitOutcome::Kind::changed);
  }
}

TEST_CASE("files writer: bad lines inside a transcript are never removed") {
  Rig rig;
  write(rig.root / "1.jsonl", std::string(kHeader) + "broken\n" + kLines);
  const std::vector<Change> changes = {rig.change(ChangeOp::remove, "transcript_line", {{"path", text("1.jsonl")}})};
  const auto writer = rig.open();
  CHECK(Rig::apply(*writer, changes).front().kind == UnitOutcome::Kind::refused);
}

TEST_CASE("files writer: a header is put before a transcript, and taken away only while nothing followed") {
  Rig rig;
  const Image before = image(rig.root / "2.jsonl");
  Change header = rig.change(ChangeOp::insert, "transcript_line", {}, {{"path", text("2.jsonl")}, {"/type", text("session")}, {"/version", std::int64_t{3}}, {"/id", text("2")}, {"/cwd", Value{}}});
  const auto effects = rig.run({header});
  const Image after = image(rig.root / "2.jsonl");
  CHECK(after.bytes == std::string("{\"type\":\"session\",\"version\":3,\"id\":\"2\"}\n") + kLines);
  CHECK(after.status.st_mtim.tv_nsec == before.status.st_mtim.tv_nsec);
  CHECK(rig.presence(effects.front()) == Presence::after);
  SECTION("undo, and undo of that") {
    const auto undone = rig.run(inverse(effects), WriteMode::restore);
    CHECK(image(rig.root / "2.jsonl") == before);
    rig.run(inverse(undone), WriteMode::restore);
    CHECK(image(rig.root / "2.jsonl").bytes == after.bytes);
  }
  SECTION("the conversation went on") {
    std::ofstream(rig.root / "2.jsonl", std::ios::app) << "{}\n";
    const auto writer = rig.open(WriteMode::restore);
    const auto changes = inverse(effects);
    CHECK(Rig::apply(*writer, changes).front().kind == UnitOutcome::Kind::changed);
  }
}
