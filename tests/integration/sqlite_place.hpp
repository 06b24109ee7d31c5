#pragma once
// A database of another program, the other program, and what a source of ours sees of it.

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>

#include "adapters/sqlite/sqlite.hpp"
#include "auditor/cli/test_stores.hpp"
#include "auditor/sys/sqlite.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

namespace fs = std::filesystem;

namespace audit {

// Another process that does something with the database. It says when it is ready, and then works or waits until it is
// killed.
class OtherProcess {
 public:
  explicit OtherProcess(const std::function<void(const std::function<void()>& ready)>& work) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      try {
        work([&] { (void)!::write(ends[1], "x", 1); });
      } catch (...) {
        ::_exit(1);
      }
      while (true) ::pause();
    }
    ::close(ends[1]);
    char byte = 0;
    const bool ready = ::read(ends[0], &byte, 1) == 1;
    ::close(ends[0]);
    if (!ready) throw std::runtime_error("the other process failed");
  }
  ~OtherProcess() { stop(); }
  OtherProcess(const OtherProcess&) = delete;
  OtherProcess& operator=(const OtherProcess&) = delete;
  void stop() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

 private:
  pid_t pid_ = -1;
};

// Runs `work` in a process of its own, as nobody where we are root; true when it returned true.
inline bool as_nobody(const std::function<bool()>& work) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(2);
    bool good = false;
    try {
      good = work();
    } catch (...) {
      good = false;
    }
    ::_exit(good ? 0 : 1);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

struct SqlitePlace {
  TemporaryDirectory directory;
  std::string path;
  explicit SqlitePlace(const std::string& name = "x.db") {
    ::chmod(directory.path().c_str(), 0755);
    fs::create_directory(directory.path() + "/d");
    path = directory.path() + "/d/" + name;
  }
  [[nodiscard]] std::string folder() const { return directory.path() + "/d"; }
  // 2 accounts that hold 1000 together, and `rows` rows of filling.
  void make(const std::string& mode, int rows = 10) const {
    sqlite::Connection db(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    db.exec(
        "PRAGMA journal_mode = " + mode +
        "; CREATE TABLE a (id TEXT PRIMARY KEY, amount INTEGER); CREATE TABLE b (id TEXT PRIMARY KEY, amount INTEGER);"
        "CREATE TABLE filling (id INTEGER PRIMARY KEY, bytes); BEGIN; INSERT INTO a VALUES ('x', 700); INSERT INTO b "
        "VALUES ('x', 300);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
        std::to_string(rows) + ") INSERT INTO filling SELECT i, randomblob(1000) FROM n; COMMIT");
  }
  void copy_from(const std::string& folder) const {
    for (const auto& file : fs::directory_iterator(folder))
      fs::copy(file.path(), this->folder() + "/" + file.path().filename().string());
  }
};

inline std::unique_ptr<Source> source(const std::string& path, const Cancellation& cancel,
                                      const std::map<std::string, std::string>& options = {},
                                      const std::map<std::string, std::string>& scope = {}) {
  SourceSpec spec;
  spec.name = "db";
  spec.adapter = "sqlite";
  spec.text = options;
  spec.text["path"] = path;
  if (!scope.empty()) spec.objects["scope"] = scope;
  return make_sqlite_adapter()->source(spec, cancel);
}

inline std::int64_t amount(
    Store& store, const std::string& sql = "SELECT (SELECT sum(amount) FROM a) + (SELECT sum(amount) FROM b)") {
  return to_integer(store.probe(sql), -1);
}

// What the store at `path` holds together, read on `count` connections; -1 when they differ.
inline std::int64_t total(const std::string& path, int count = 1) {
  const Cancellation cancel;
  auto from = source(path, cancel);
  auto stores = from->open(from->list().front(), count);
  const std::int64_t first = amount(*stores.front());
  for (auto& store : stores) {
    if (amount(*store) != first || !store->still_valid()) return -1;
  }
  return first;
}

inline std::pair<StoreStatus, std::string> refusal(const std::string& path,
                                                   const std::map<std::string, std::string>& options = {
                                                       {"busy_timeout", "50ms"}}) {
  const Cancellation cancel;
  auto from = source(path, cancel, options);
  try {
    auto stores = from->open(from->list().front(), 2);
    (void)amount(*stores.front());
    return {StoreStatus::ok, "opened"};
  } catch (const StoreUnavailable& why) {
    CHECK((!why.hint.empty() || why.detail == "Is a directory"));
    return {why.status, why.detail};
  }
}

inline void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// The folder is the same before and after.
template <typename Work>
void leaves_nothing(const SqlitePlace& place, Work work) {
  const auto before = file_states(place.folder());
  work();
  CHECK(file_states(place.folder()) == before);
}

}  // namespace audit
