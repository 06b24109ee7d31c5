#include "adapters/sqlite/sqlite.hpp"

#include <glob.h>

#include <filesystem>
#include <random>
#include <regex>
#include <thread>

#include "adapters/sqlite/read_only_vfs.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/sqlite/sqlite_writer.hpp"
#include "auditor/model/glob.hpp"
#include "auditor/sys/duration.hpp"

namespace audit {

namespace {

constexpr std::chrono::milliseconds kBusyTimeout{2000};
// A rollback-journal database up to this size is copied under a short lock; a longer read would block its application's commits.
constexpr std::int64_t kCopyBytes = 8 << 20;
constexpr int kCopies = 2;  // of a database this small: more threads would only wait for each other
// Up to this size a second thread takes longer to start than to be of use.
constexpr std::int64_t kOneCopyBytes = 1 << 20;
constexpr int kSnapshotTries = 20;

// A file whose name looks like a pattern is no pattern.
bool is_pattern(const std::string& path) {
  std::error_code ignored;
  return path.find_first_of("*?[") != std::string::npos && !std::filesystem::exists(path, ignored);
}

std::vector<std::string> expand(const std::string& pattern) {
  if (!is_pattern(pattern)) return {pattern};
  glob_t found{};
  std::vector<std::string> paths;
  if (::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  }
  ::globfree(&found);
  std::erase_if(paths, [](const std::string& path) {
    return path.ends_with("-wal") || path.ends_with("-shm") || path.ends_with("-journal");
  });
  std::sort(paths.begin(), paths.end());
  return paths;
}

void begin(sqlite::Connection& connection) {
  connection.exec("BEGIN");
  (void)connection.single("SELECT count(*) FROM main.sqlite_schema");  // takes the snapshot
}

std::string file_name(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

class SqliteSource : public Source {
 public:
  SqliteSource(const SourceSpec& spec, const Cancellation& cancel) : name_(spec.name), cancel_(cancel) {
    const auto text = [&](const char* option) {
      const auto found = spec.text.find(option);
      return found == spec.text.end() ? std::string() : found->second;
    };
    path_ = text("path");
    if (path_.empty()) throw Error(ErrorKind::config, "source '" + name_ + "': path is missing", "set " + name_ + ".path");
    is_pattern_ = is_pattern(path_);
    holds_ = text("holds");
    if (const std::string pattern = text("exclude"); !pattern.empty()) exclude_.push_back(pattern);
    if (const auto list = spec.lists.find("exclude"); list != spec.lists.end()) {
      exclude_.insert(exclude_.end(), list->second.begin(), list->second.end());
    }
    quick_check_ = text("quick_check") == "true" || text("quick_check") == "1";
    if (const std::string timeout = text("busy_timeout"); !timeout.empty()) {
      const auto duration = parse_duration(timeout);
      if (!duration.has_value()) {
        throw Error(ErrorKind::config, "source '" + name_ + "': busy_timeout '" + timeout + "' is not a duration", "write it as 2s or 500ms");
      }
      busy_timeout_ = std::chrono::milliseconds(*duration);
    }
    if (const auto scope = spec.objects.find("scope"); scope != spec.objects.end()) read_scope(scope->second);
  }

  std::vector<StoreInfo> list() override {
    std::vector<StoreInfo> stores;
    for (auto& path : expand(path_)) {
      if (is_pattern_ && !is_ours(path)) continue;
      StoreInfo info;
      info.source = name_;
      info.location = std::move(path);
      if (scope_pattern_.has_value()) {
        info.scope = captured(info.location);
      } else if (is_pattern_ && scope_query_.empty()) {
        info.scope = info.location;  // each file by itself
      }
      stores.push_back(std::move(info));
    }
    return stores;
  }

  std::vector<std::unique_ptr<Store>> open(const StoreInfo& store, int count) override {
    const auto give_up = std::chrono::steady_clock::now() + busy_timeout_;
    for (;;) {
      try {
        return open_checked(store, count);
      } catch (const sqlite::Failure& failure) {
        if (failure.primary() == SQLITE_INTERRUPT) cancel_.check();
        if (!is_passing(failure) || std::chrono::steady_clock::now() >= give_up) throw unavailable(failure);
      }
      cancel_.check();
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

  std::vector<std::string> provides(const std::string&) const override { return {}; }

  std::unique_ptr<Writer> write(const StoreInfo& store, const WriteRequest& request) override { return open_sqlite_writer(store, request, cancel_); }

 private:
  using Opened = std::vector<std::unique_ptr<sqlite::Connection>>;

  // Its application was just then writing the header of its log's index, which a reader that writes nothing cannot finish for it.
  static bool is_passing(const sqlite::Failure& failure) {
    return failure.primary() == SQLITE_PROTOCOL || (failure.primary() == SQLITE_READONLY && failure.code() != SQLITE_READONLY_ROLLBACK);
  }

  // False for a file that the pattern only happens to match. What cannot be told of a file counts as ours, so that it is named later.
  [[nodiscard]] bool is_ours(const std::string& path) const {
    const std::string name = file_name(path);
    if (std::any_of(exclude_.begin(), exclude_.end(), [&](const std::string& glob) { return glob_match(glob, name); })) return false;
    if (holds_.empty()) return true;
    try {
      (void)read_sqlite_header(path);
      const auto connection = open_in_place(path, busy_timeout_);
      auto statement = connection->prepare("SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ?1");
      statement.bind(1, holds_);
      return statement.step();
    } catch (const StoreUnavailable&) {
      return true;
    } catch (const sqlite::Failure&) {
      return true;
    }
  }

  void read_scope(const std::map<std::string, std::string>& scope) {
    for (const auto& [key, value] : scope) {
      if (key == "match") {
        try {
          scope_pattern_.emplace(value, std::regex::ECMAScript);
        } catch (const std::regex_error&) {
          throw Error(ErrorKind::config, "source '" + name_ + "': scope.match is not a regular expression: " + value);
        }
      } else if (key == "query") {
        scope_query_ = value;
      } else {
        throw Error(ErrorKind::config, "source '" + name_ + "': unknown key scope." + key, "use match or query");
      }
    }
  }

  [[nodiscard]] std::string captured(const std::string& path) const {
    std::smatch match;
    if (!std::regex_search(path, match, *scope_pattern_)) return path;
    return match.size() > 1 ? match[1].str() : match[0].str();
  }

  std::vector<std::unique_ptr<Store>> open_checked(const StoreInfo& store, int count) {
    const SqliteHeader header = read_sqlite_header(store.location);
    const FileState before = FileState::of(store.location);
    std::shared_ptr<const void> basis;
    Opened opened;
    bool locked = true;
    try {
      if (!header.wal && header.size <= kCopyBytes) {
        const auto image = std::make_shared<const DatabaseImage>(store.location, busy_timeout_);
        basis = image;
        do {
          opened.push_back(open_image(*image));
        } while (static_cast<int>(opened.size()) < std::min(count, header.size <= kOneCopyBytes ? 1 : kCopies));
      } else {
        opened = open_together(store.location, count);
        locked = !header.wal || shares_live_wal(opened.front()->get());
      }
    } catch (const sqlite::Failure& failure) {
      if (failure.code() != SQLITE_READONLY_ROLLBACK) throw;
      opened.clear();
      const auto directory = std::make_shared<const PrivateDirectory>();
      basis = directory;
      opened.push_back(open_rolled_back(store.location, *directory));
      begin(*opened.front());
      locked = false;  // its application may have rolled back while it was copied
    }
    return finish(store, std::move(opened), before, locked, basis);
  }

  // Several connections on one snapshot: none of them may see a commit that another does not. A further connection that watches the
  // database tells whether one came in between.
  Opened open_together(const std::string& path, int count) {
    std::minstd_rand random(std::random_device{}());
    for (int attempt = 0; count > 1 && attempt < kSnapshotTries; ++attempt) {
      const bool settled = FileState::of(path).settled;
      const auto watch = open_in_place(path, busy_timeout_);
      const Value version = watch->single("PRAGMA data_version");
      Opened opened;
      for (int i = 0; i < count; ++i) {
        opened.push_back(open_in_place(path, busy_timeout_));
        begin(*opened.back());
      }
      // While no process has the database open, it takes every look for a change; the files are then compared afterwards (SqliteStore::still_valid).
      const bool live = std::any_of(opened.begin(), opened.end(), [](const auto& connection) { return shares_live_wal(connection->get()); });
      if ((!live && settled) || watch->single("PRAGMA data_version") == version) return opened;
      cancel_.check();
      std::this_thread::sleep_for(std::chrono::milliseconds(1 + random() % 20));
    }
    Opened opened;
    opened.push_back(open_in_place(path, busy_timeout_));
    begin(*opened.front());
    return opened;
  }

  std::vector<std::unique_ptr<Store>> finish(const StoreInfo& store, Opened opened, const FileState& before, bool locked,
                                             const std::shared_ptr<const void>& basis) {
    if (quick_check_) {
      const std::string verdict = to_text(opened.front()->single("PRAGMA main.quick_check(1)"));
      if (verdict != "ok") {
        throw StoreUnavailable{StoreStatus::unknown, "is malformed: " + verdict,
                               "restore a backup, or salvage a copy with the sqlite3 shell's .recover"};
      }
    }
    StoreInfo info = store;
    info.status = StoreStatus::ok;
    if (!scope_query_.empty()) info.scope = scope_of(*opened.front());
    std::vector<std::unique_ptr<Store>> stores;
    for (auto& connection : opened) {
      connection->watch(cancel_);
      stores.push_back(std::make_unique<SqliteStore>(info, std::move(connection), before, locked, basis));
    }
    return stores;
  }

  [[nodiscard]] std::string scope_of(sqlite::Connection& connection) const {
    try {
      return to_text(connection.single(scope_query_));
    } catch (const sqlite::Failure& failure) {
      if (failure.primary() != SQLITE_ERROR) throw;
      throw StoreUnavailable{StoreStatus::unknown, std::string("does not say which partition it holds: ") + failure.what(),
                             "if another application wrote it, leave it out with " + name_ + ".exclude"};
    }
  }

  std::string name_;
  const Cancellation& cancel_;
  std::string path_;
  bool is_pattern_ = false;
  std::vector<std::string> exclude_;
  std::string holds_;
  bool quick_check_ = false;
  std::chrono::milliseconds busy_timeout_ = kBusyTimeout;
  std::optional<std::regex> scope_pattern_;
  std::string scope_query_;
};

class SqliteAdapter : public Adapter {
 public:
  [[nodiscard]] const char* name() const override { return "sqlite"; }

  [[nodiscard]] std::vector<AdapterOption> options() const override {
    return {{"path", "database file, or a glob for many"},
            {"exclude", "files that the glob shall not match: a glob over the file name, or a list"},
            {"holds", "table that a file must have for the glob to match it"},
            {"scope", "partition of each file: {\"match\": regex over the path} or {\"query\": SQL}"},
            {"quick_check", "true: run PRAGMA quick_check before anything else"},
            {"busy_timeout", "how long to wait for a lock, 2s by default"}};
  }

  [[nodiscard]] std::unique_ptr<Source> source(const SourceSpec& spec, const Cancellation& cancel) const override {
    return std::make_unique<SqliteSource>(spec, cancel);
  }
};

}  // namespace

std::unique_ptr<Adapter> make_sqlite_adapter() { return std::make_unique<SqliteAdapter>(); }

}  // namespace audit
