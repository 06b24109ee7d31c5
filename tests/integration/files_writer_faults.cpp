// Writing files beside other processes, on a full disk, and with a crash in the middle.

#include "tests/integration/files_rig.hpp"

using namespace files_rig;

TEST_CASE("files writer: a transcript that somebody holds is refused") {
  Rig rig;
  const Bystander other;
  write(rig.root / "1.jsonl.lock", "{\"pid\": " + std::to_string(other.pid) + ", \"createdAt\": \"2100-01-01T00:00:00Z\"}");
  const std::vector<Change> changes = {rig.change(ChangeOp::remove, "transcript_line", {{"path", text("1.jsonl")}})};
  {
    const auto writer = rig.open();
    const auto outcome = Rig::apply(*writer, changes).front();
    CHECK(outcome.kind == UnitOutcome::Kind::refused);
    CHECK_THAT(outcome.reason, Contains(std::to_string(other.pid)));
  }
  CHECK(fs::exists(rig.root / "1.jsonl.lock"));
}

TEST_CASE("files writer: the registry's lock is waited for, held and given back") {
  Rig rig(kRegistryLock);
  const fs::path lock = rig.root / "index.json.lock";
  {
    const auto writer = rig.open();
    CHECK_THAT(read(lock), Contains("\"pid\": " + std::to_string(::getpid())));
    // Our own lock is no row of the store.
    int rows = 0;
    writer->view().scan(rig.relations[3], {"path"}, [&](std::span<const Value>) { return ++rows > 0; });
    CHECK(rows == 1);
    CHECK(in_child([&] {
      try {
        rig.open();
      } catch (const Error& error) {
        return std::string(error.what()).find(std::to_string(::getppid())) != std::string::npos ? 7 : 8;
      }
      return 0;
    }) == 7);
  }
  CHECK(rig.names() == kNames);
}

TEST_CASE("files writer: a second one waits until the first is done") {
  Rig rig(kRegistryLock);
  rig.timeout = std::chrono::seconds(20);
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t pid = ::fork();
  if (pid == 0) {
    auto writer = rig.open(WriteMode::repair, "child");
    static_cast<void>(!::write(ready[1], "x", 1));
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    writer.reset();
    ::_exit(0);
  }
  char byte = 0;
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  const auto started = std::chrono::steady_clock::now();
  CHECK_NOTHROW(rig.open());
  CHECK(std::chrono::steady_clock::now() - started > std::chrono::milliseconds(200));
  ::waitpid(pid, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("files writer: a stale lock makes room and comes back, or goes when that is planned") {
  Rig rig(kRegistryLock);
  write(rig.root / "index.json.lock", "{\"pid\": 99999999, \"startedAt\": 1}");
  rig.age("index.json.lock", 60);
  const Image before = image(rig.root / "index.json.lock");
  {
    const auto writer = rig.open();
    Cells row = writer->view().native_row(rig.relations[3].parts.front(), {{"path", text("index.json.lock")}});
    CHECK_THAT(to_text(std::find_if(row.begin(), row.end(), [](const auto& cell) { return cell.first == "pid"; })->second), Contains("99999999"));
  }
  CHECK(image(rig.root / "index.json.lock") == before);
  const auto effects = rig.run({rig.change(ChangeOp::remove, "lock", {{"path", text("index.json.lock")}}), rig.entry(ChangeOp::remove, "b")});
  CHECK(rig.names() == kNames);
  rig.run(inverse(effects), WriteMode::restore);
  CHECK(image(rig.root / "index.json.lock") == before);
  CHECK(read(rig.root / "index.json") == kRegistry);
}

TEST_CASE("files writer: a lock that is young is not taken over, though its owner is gone") {
  Rig rig(kRegistryLock);
  write(rig.root / "index.json.lock", "{\"pid\": 99999999, \"startedAt\": 1}");
  CHECK_THROWS_WITH(rig.open(), Contains("99999999"));
  CHECK(read(rig.root / "index.json.lock") == "{\"pid\": 99999999, \"startedAt\": 1}");
}

TEST_CASE("files writer: a lock whose owner came back to life stays") {
  Rig rig;
  const Change removal = rig.change(ChangeOp::remove, "lock", {{"path", text("left.lock")}});
  const auto writer = rig.open();
  const std::vector<Change> changes = {removal};
  REQUIRE(Rig::apply(*writer, changes).front().kind == UnitOutcome::Kind::applied);
  writer->prepare();
  write(rig.root / "left.lock", "{\"pid\": " + std::to_string(::getpid()) + "}");
  CHECK_THROWS_AS(writer->commit(), TryAgain);
  CHECK(fs::exists(rig.root / "left.lock"));
}

TEST_CASE("files writer: nothing is committed when the application wrote in between") {
  Rig rig;
  const Image other = image(rig.root / "left.tmp");
  {
    const auto writer = rig.open();
    const std::vector<Change> changes = {rig.change(ChangeOp::remove, "file", {{"path", text("left.tmp")}}), rig.entry(ChangeOp::remove, "b")};
    for (const auto& outcome : Rig::apply(*writer, changes)) REQUIRE(outcome.kind == UnitOutcome::Kind::applied);
    writer->prepare();
    write(rig.root / "index.json", "{}");
    CHECK_THROWS_AS(writer->commit(), TryAgain);
  }
  CHECK(read(rig.root / "index.json") == "{}");
  CHECK(image(rig.root / "left.tmp") == other);
  CHECK(rig.names() == kNames);
}

TEST_CASE("files writer: what a run that died left is swept away") {
  Rig rig(kRegistryLock);
  write(rig.root / "index.json.lock", "{\"pid\": 99999999, \"startedAt\": 1}");
  rig.age("index.json.lock", 60);
  std::map<std::string, Image> before;
  auto names = rig.names();
  for (const auto& name : names) before[name] = image(rig.root / name);
  const std::vector<Change> changes = {rig.entry(ChangeOp::remove, "b"), rig.change(ChangeOp::remove, "transcript_line", {{"path", text("1.jsonl")}}),
                                       rig.change(ChangeOp::insert, "transcript_line", {}, {{"path", text("2.jsonl")}, {"/type", text("session")}})};
  CHECK(in_child([&] {
    const auto writer = rig.open(WriteMode::repair, "died");
    for (const auto& outcome : Rig::apply(*writer, changes)) {
      if (outcome.kind != UnitOutcome::Kind::applied) return 1;
    }
    writer->prepare();
    ::_exit(42);
  }) == 42);
  CHECK(rig.names().size() > names.size());
  SECTION("by a writer of another name") { rig.open()->sweep("died"); }
  SECTION("by the run itself, which goes on") { rig.open(WriteMode::restore, "died")->sweep("died"); }
  CHECK(rig.names() == names);
  for (const auto& name : names) CHECK(image(rig.root / name) == before[name]);
  rig.open(WriteMode::restore, "died")->sweep("died");  // it had put everything back by itself
  CHECK(rig.names() == names);
  for (const auto& name : names) CHECK(image(rig.root / name) == before[name]);
}

TEST_CASE("files writer: a lock of no process that can be is nobody's") {
  Rig rig;
  const std::string pid = GENERATE("-1", "0", "4294967297", "9223372036854775807");
  write(rig.root / "left.lock", "{\"pid\": " + pid + "}");
  rig.age("left.lock", 60);
  rig.run({rig.change(ChangeOp::remove, "lock", {{"path", text("left.lock")}})});
  CHECK_FALSE(fs::exists(rig.root / "left.lock"));
}

TEST_CASE("files writer: a commit that breaks off in the middle can be told and taken back") {
  Rig rig;
  std::map<std::string, Image> before;
  for (const auto& name : kNames) before[name] = image(rig.root / name);
  const std::vector<Change> changes = {rig.change(ChangeOp::remove, "file", {{"path", text("left.tmp")}}), rig.change(ChangeOp::remove, "transcript_line", {{"path", text("1.jsonl")}}),
                                       rig.entry(ChangeOp::remove, "b")};
  std::vector<Change> effects;
  {
    const auto writer = rig.open();
    for (auto& outcome : Rig::apply(*writer, changes)) {
      for (auto& effect : outcome.effects) effects.push_back(std::move(effect));
    }
    writer->prepare();
    // The second step of the commit fails: its file cannot be opened any more.
    if (::geteuid() == 0) REQUIRE(::mount((rig.root / "1.jsonl").c_str(), (rig.root / "1.jsonl").c_str(), nullptr, MS_BIND, nullptr) == 0);
    if (::geteuid() == 0) REQUIRE(::mount(nullptr, (rig.root / "1.jsonl").c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0);
    if (::geteuid() == 0) CHECK_THROWS_AS(writer->commit(), Error);
    if (::geteuid() == 0) REQUIRE(::umount((rig.root / "1.jsonl").c_str()) == 0);
    if (::geteuid() != 0) writer->commit();
  }
  std::vector<Change> there;
  for (const auto& effect : effects) {
    const Presence presence = rig.presence(effect);
    CHECK(presence != Presence::other);
    if (presence == Presence::after) there.push_back(effect);
  }
  rig.run(inverse(there), WriteMode::restore);
  for (const auto& name : kNames) CHECK(image(rig.root / name) == before[name]);
}

TEST_CASE("files writer: a full disk loses nothing") {
  Rig rig;
  std::map<std::string, Image> before;
  for (const auto& name : kNames) before[name] = image(rig.root / name);
  const std::vector<Change> changes = {rig.entry(ChangeOp::update, "a", {{"/note", text(std::string(5000, 'x'))}}), rig.change(ChangeOp::remove, "transcript_line", {{"path", text("1.jsonl")}})};
  CHECK(in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
    const auto writer = rig.open();
    for (const auto& outcome : Rig::apply(*writer, changes)) {
      if (outcome.kind != UnitOutcome::Kind::applied) return 2;
    }
    try {
      writer->prepare();
    } catch (const Error& error) {
      return error.kind() == ErrorKind::repair && !error.hint().empty() ? 7 : 3;
    }
    return 4;
  }) == 7);
  CHECK(rig.names() == kNames);
  for (const auto& name : kNames) CHECK(image(rig.root / name) == before[name]);
  if (::geteuid() == 0) {
    // The directory of the run is on a small file system of its own.
    fs::create_directories(rig.directory / "keep");
    REQUIRE(::mount("tmpfs", (rig.directory / "keep").c_str(), "tmpfs", 0, "size=4k") == 0);
    write(rig.directory / "keep/filler", std::string(4096, 'x'));
    {
      const auto writer = rig.open();
      const std::vector<Change> files = {rig.change(ChangeOp::remove, "file", {{"path", text("left.tmp")}})};
      REQUIRE(Rig::apply(*writer, files).front().kind == UnitOutcome::Kind::applied);
      CHECK_THROWS_AS(writer->prepare(), Error);
    }
    REQUIRE(::umount((rig.directory / "keep").c_str()) == 0);
    for (const auto& name : kNames) CHECK(image(rig.root / name) == before[name]);
  }
}

TEST_CASE("files writer: quarantine on another file system is a copy with owner, mode and time") {
  Rig rig;
  if (::geteuid() != 0) return;
  fs::create_directories(rig.directory / "keep");
  REQUIRE(::mount("tmpfs", (rig.directory / "keep").c_str(), "tmpfs", 0, "size=1m") == 0);
  REQUIRE(::chown((rig.root / "left.tmp").c_str(), 65534, 65534) == 0);
  const Image before = image(rig.root / "left.tmp");
  const Image registry = image(rig.root / "index.json");
  {
    const auto effects = rig.run({rig.change(ChangeOp::remove, "file", {{"path", text("left.tmp")}}), rig.entry(ChangeOp::remove, "b")});
    CHECK_FALSE(fs::exists(rig.root / "left.tmp"));
    rig.run(inverse(effects), WriteMode::restore);
  }
  Image after = image(rig.root / "left.tmp");
  after.status.st_ino = before.status.st_ino;
  CHECK(after == before);
  Image document = image(rig.root / "index.json");
  document.status.st_ino = registry.status.st_ino;
  CHECK(document == registry);
  REQUIRE(::umount((rig.directory / "keep").c_str()) == 0);
}

TEST_CASE("files writer: a directory that cannot be written is told before anything is done") {
  Rig rig;
  if (::geteuid() != 0) return;
  fs::permissions(rig.directory, fs::perms::all);
  fs::permissions(rig.root, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec | fs::perms::others_read | fs::perms::others_exec);
  fs::permissions(rig.root / "index.json", fs::perms::all);
  const Image before = image(rig.root / "index.json");
  const std::vector<Change> changes = {rig.entry(ChangeOp::remove, "b"), rig.change(ChangeOp::remove, "file", {{"path", text("left.tmp")}})};
  CHECK(in_child([&] {
    if (::setegid(65534) != 0 || ::seteuid(65534) != 0) return 1;
    const auto writer = rig.open();
    const auto outcomes = Rig::apply(*writer, changes);
    // The owner of the registry cannot be kept.
    if (outcomes[0].kind != UnitOutcome::Kind::refused || outcomes[0].reason.find("another user") == std::string::npos) return 2;
    return outcomes[1].kind == UnitOutcome::Kind::refused ? 7 : 3;
  }) == 7);
  CHECK(image(rig.root / "index.json") == before);
  CHECK(rig.names() == kNames);
}

TEST_CASE("files writer: a back-up holds the registry") {
  Rig rig;
  rig.open()->back_up(rig.directory / "backup");
  CHECK(read(rig.directory / "backup/index.json") == kRegistry);
}
