#pragma once
// A directory with a registry, transcripts and leftover files, and runs that write it. Each program that includes this is one of tests.

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

namespace files_rig {

inline Value text(const std::string& word) { return word; }

inline constexpr const char* kRegistry =
    "{\n  // people write comments\n  \"a\": {\n    \"id\": \"1\",\n    \"file\": \"/elsewhere/1.jsonl\",\n    \"at\": 5,\n    \"on\": true\n  },\n"
    "  \"b\": {\n    \"id\": \"2\"\n  },\n  \"c\": {\n    \"id\": \"3\",\n    \"at\": 7\n  }\n}";
inline constexpr const char* kHeader = "{\"type\":\"session\",\"id\":\"1\"}\n";
inline constexpr const char* kLines = "{\"type\":\"message\",\"id\":\"m1\"}\n{\"type\":\"message\",\"id\":\"m2\"}\n";

inline std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream all;
  all << file.rdbuf();
  return all.str();
}

inline void write(const fs::path& path, const std::string& bytes) {
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

inline Image image(const fs::path& path) {
  Image image;
  image.there = ::lstat(path.c_str(), &image.status) == 0;
  if (image.there) image.bytes = read(path);
  return image;
}

inline RelationMapping relation(const std::string& name, const std::string& options, const std::vector<std::string>& key) {
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

inline constexpr const char* kRegistryLock =
    R"("lock": {"path": "{document}.lock", "content": {"pid": "{pid}", "startedAt": "{now}"}, "stale_after": "2s", "form": {"pid": "/pid", "taken": "/startedAt"}})";
inline constexpr const char* kTranscripts =
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

inline std::vector<Change> inverse(const std::vector<Change>& effects) {
  std::vector<Change> changes(effects.rbegin(), effects.rend());
  for (auto& change : changes) {
    std::swap(change.before, change.after);
    change.op = change.op == ChangeOp::insert ? ChangeOp::remove : change.op == ChangeOp::remove ? ChangeOp::insert : ChangeOp::update;
  }
  return changes;
}

inline const std::vector<std::string> kNames = {"1.jsonl", "2.jsonl", "index.json", "left.lock", "left.tmp"};

// A child that runs `work` and ends; its exit status.
inline int in_child(const std::function<int()>& work) {
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

}  // namespace files_rig
