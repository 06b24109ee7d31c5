// A directory of files as a store that is written: real files, real locks, other processes.

#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

#include "adapters/files/files.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/store.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;
namespace fs = std::filesystem;

namespace {

Value text(const std::string& word) { return word; }

constexpr const char* kRegistry =
    "{\n  // people write comments\n  \"a\": {\n    \"id\": \"1\",\n    \"file\": \"/elsewhere/1.jsonl\",\n    \"at\": 5,\n    \"on\": true\n  },\n"
    "  \"b\": {\n    \"id\": \"2\"\n  },\n  \"c\": {\n    \"id\": \"3\",\n    \"at\": 7\n  }\n}";
constexpr const char* kHeader = "{\"type\":\"session\",\"id\":\"1\"}\n";
constexpr const char* kLines = "{\"type\":\"message\",\"id\":\"m1\"}\n{\"type\":\"message\",\"id\":\"m2\"}\n";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream all;
  all << file.rdbuf();
  return all.str();
}

void write(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

// All that undo must bring back of a file.
struct Image {
  std::string bytes;
  struct stat status {};
  bool there = false;
  friend bool operator==(const Image& a, const Image& b) {
    return a.there == b.there && a.bytes == b.bytes && a.status.st_ino == b.status.st_ino && a.status.st_mode == b.status.st_mode &&
           a.status.st_uid == b.status.st_uid && a.status.st_gid == b.status.st_gid && a.status.st_mtim.tv_sec == b.status.st_mtim.tv_sec &&
           a.status.st_mtim.tv_nsec == b.status.st_mtim.tv_nsec;
  }
};

Image image(const fs::path& path) {
  Image image;
  image.there = ::lstat(path.c_str(), &image.status) == 0;
  if (image.there) image.bytes = read(path);
  return image;
}

RelationMapping relation(const std::string& name, const std::string& options, const std::vector<std::string>& key) {
  RelationPart part;
  part.source = "state";
  part.table = name;
  part.options = options;
  part.key = key;
  for (const char* column : {"key", "document", "path"}) {
    ColumnMap map;
    map.from = column;
    part.columns.emplace_back(column, map);
  }
  ColumnMap id;
  id.from = "/id";
  if (name == "entry") part.columns.emplace_back("session_id", id);
  id.from = "/at";
  if (name == "entry") part.columns.emplace_back("updated_at", id);
  return {name, {part}};
}

constexpr const char* kRegistryLock =
    R"("lock": {"path": "{document}.lock", "content": {"pid": "{pid}", "startedAt": "{now}"}, "stale_after": "2s", "form": {"pid": "/pid", "taken": "/startedAt"}})";
constexpr const char* kTranscripts =
    R"({"files": "*.jsonl", "names": [{"name": "{id}.jsonl", "kind": "transcript", "lines": true}], "lock": {"ending": ".lock", "content": {"pid": "{pid}", "createdAt": "{now_iso}"}, "stale_after": "2s", "form": {"pid": "/pid", "taken": "/createdAt"}}})";

class Rig {
 public:
  explicit Rig(const std::string& lock = "") : locked(!lock.empty()) {
    std::string name = (fs::temp_directory_path() / "audit-files-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    directory = name;
    root = directory / "state";
    write(root / "index.json", kRegistry);
    write(root / "1.jsonl", std::string(kHeader) + kLines + "{\"type\":\"mess");
    write(root / "2.jsonl", kLines);
    write(root / "left.tmp", "half");
    write(root / "left.lock", "{\"pid\": 99999999}");
    for (const char* file : {"index.json", "1.jsonl", "2.jsonl", "left.tmp", "left.lock"}) age(file, 600);
    fs::permissions(root / "index.json", fs::perms::owner_read | fs::perms::owner_write);
    relations = {relation("entry", R"({"documents": "index.json", "json5": true, "session": "/id", "file": "/file", "absolute": true, "flags": ["/repaired"])" + (lock.empty() ? "" : ", " + lock) + "}", {"document", "key"}),
                 relation("transcript", kTranscripts, {"path"}), relation("transcript_line", kTranscripts, {"path", "line"}),
                 relation("lock", R"({"files": "*.lock", "ending": ".lock", "form": {"pid": "/pid"}})", {"path"}),
                 relation("file", R"({"files": "*.tmp"})", {"path"})};
    SourceSpec spec;
    spec.name = "state";
    spec.text["path"] = root.string();
    source = make_files_adapter()->source(spec, cancel);
  }
  ~Rig() {
    std::error_code ignored;
    fs::remove_all(directory, ignored);
  }
  Rig(const Rig&) = delete;
  Rig& operator=(const Rig&) = delete;

  void age(const std::string& file, int seconds) const {
    struct stat status {};
    REQUIRE(::stat((root / file).c_str(), &status) == 0);
    const timespec then{::time(nullptr) - seconds, 123456789};
    const timespec times[2] = {then, then};
    REQUIRE(::utimensat(AT_FDCWD, (root / file).c_str(), times, 0) == 0);
  }
  std::unique_ptr<Writer> open(WriteMode mode = WriteMode::repair, const std::string& run = "") {
    WriteRequest request;
    request.mode = mode;
    request.run_id = run.empty() ? "run" + std::to_string(++runs) : run;
    request.keep = keep_directory(request.run_id);
    request.lock_timeout = timeout;
    request.relations = relations;
    return source->write(source->list().front(), request);
  }
  [[nodiscard]] fs::path keep_directory(const std::string& run) const { return directory / "keep" / run; }

  // A change as the planner makes it: the row before comes from the store.
  Change change(ChangeOp op, const std::string& relation, const Cells& key, const Cells& after = {}) {
    Change change;
    change.op = op;
    change.relation = change.table = relation;
    change.key = key;
    change.after = after;
    const auto store = std::move(source->open(source->list().front(), 1).front());
    for (const auto& mapping : relations) {
      if (mapping.name != relation || op == ChangeOp::insert) continue;
      const Cells row = store->native_row(mapping.parts.front(), key);
      REQUIRE_FALSE(row.empty());
      for (const auto& [column, value] : row) {
        const auto& keys = mapping.parts.front().key;
        if (std::find(keys.begin(), keys.end(), column) != keys.end()) change.row.emplace_back(column, value);
        const bool set = std::any_of(after.begin(), after.end(), [&, name = column](const auto& cell) { return cell.first == name; });
        if (op == ChangeOp::remove || set) change.before.emplace_back(column, value);
      }
    }
    return change;
  }
  Change entry(ChangeOp op, const std::string& key, const Cells& after = {}) {
    return change(op, "entry", {{"key", text(key)}, {"document", text("index.json")}}, after);
  }

  static std::vector<UnitOutcome> apply(Writer& writer, const std::vector<Change>& changes) {
    std::vector<Unit> units;
    for (const auto& change : changes) units.push_back({"finding", {&change}});
    std::vector<UnitOutcome> outcomes(units.size());
    writer.apply(units, [&](std::size_t unit, UnitOutcome outcome) { outcomes[unit] = std::move(outcome); });
    return outcomes;
  }
  // One whole run; its effects. Every change must be made.
  std::vector<Change> run(const std::vector<Change>& changes, WriteMode mode = WriteMode::repair) {
    const auto writer = open(mode);
    std::vector<Change> effects;
    for (auto& outcome : apply(*writer, changes)) {
      INFO(outcome.reason);
      REQUIRE(outcome.kind == UnitOutcome::Kind::applied);
      for (auto& effect : outcome.effects) effects.push_back(std::move(effect));
    }
    for (const auto& effect : effects) CHECK((locked || mode == WriteMode::restore || presence(effect) == Presence::before));
    writer->prepare();
    writer->commit();
    return effects;
  }
  Presence presence(const Change& effect) {
    const auto saved = relations;
    // Only to look, beside a writer that may hold the locks.
    std::vector<RelationMapping> free = relations;
    free[0] = relation("entry", R"({"documents": "index.json", "json5": true, "session": "/id", "file": "/file"})", {"document", "key"});
    relations = free;
    const Presence found = open()->presence(effect);
    relations = saved;
    return found;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& file : fs::directory_iterator(root)) names.push_back(file.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }

  bool locked;
  fs::path directory;
  fs::path root;
  std::vector<RelationMapping> relations;
  std::chrono::milliseconds timeout{200};
  Cancellation cancel;
  std::unique_ptr<Source> source;
  int runs = 0;
};

std::vector<Change> inverse(const std::vector<Change>& effects) {
  std::vector<Change> changes(effects.rbegin(), effects.rend());
  for (auto& change : changes) {
    std::swap(change.before, change.after);
    change.op = change.op == ChangeOp::insert ? ChangeOp::remove : change.op == ChangeOp::remove ? ChangeOp::insert : ChangeOp::update;
  }
  return changes;
}

const std::vector<std::string> kNames = {"1.jsonl", "2.jsonl", "index.json", "left.lock", "left.tmp"};

// A child that runs `work` and ends; its exit status.
int in_child(const std::function<int()>& work) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    int status = 99;
    try {
      status = work();
    } catch (...) {
    }
    ::_exit(status);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// A process of its own that lives until this object goes.
class Bystander {
 public:
  Bystander() : pid(::fork()) {
    if (pid == 0) {
      for (;;) ::pause();
    }
  }
  ~Bystander() {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
  Bystander(const Bystander&) = delete;
  Bystander& operator=(const Bystander&) = delete;
  pid_t pid;
};

using Catch::Matchers::Contains;

}  // namespace

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
  rig.open()->sweep("died");
  CHECK(rig.names() == names);
  for (const auto& name : names) CHECK(image(rig.root / name) == before[name]);
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
