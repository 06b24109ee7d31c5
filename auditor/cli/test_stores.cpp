#include "auditor/cli/test_stores.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <ostream>

#include "auditor/cli/setup.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/sqlite.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace fs = std::filesystem;

namespace {

class StoreMaker {
 public:
  StoreMaker(const TestCase& test, const std::string& root)
      : test_(test), copy_((fs::path(root) / "case").string()), stores_(fs::path(root) / "stores") {
    fs::copy(test.directory, copy_, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    fs::create_directories(stores_);
  }

  // "${CASE}" is the copy.
  [[nodiscard]] std::string filled(std::string text) const {
    static const std::string kName = "${CASE}";
    for (auto at = text.find(kName); at != std::string::npos; at = text.find(kName, at + copy_.size())) {
      text.replace(at, kName.size(), copy_);
    }
    return text;
  }

  // The option that was set, and its value.
  [[nodiscard]] std::pair<std::string, std::string> make(const std::string& source, const GivenSource& given) const {
    if (!given.many.empty()) return {"path", make_many(source, given.many)};
    const std::string& first = given.files.front();
    const bool directory = fs::is_directory(original(first));
    if (given.option.empty() && first.ends_with(".sql")) return {"path", make_database(source + ".db", given.files)};
    if (given.option.empty() && !directory && !first.ends_with(".json") && !first.ends_with(".jsonl")) {
      throw Error(ErrorKind::config,
                  test_.directory + ": given source '" + source + "': " + first + " is no .sql, .json or directory",
                  "name the option: {\"option\": \"path\", \"copy\": \"" + first + "\"}");
    }
    const fs::path target = stores_ / (source + fs::path(first).extension().string());
    if (directory) {
      fs::copy(original(first), target, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
      settle_directory(target, given);
      return {given.option.empty() ? "path" : given.option, target.string()};
    }
    write(target, text_of(original(first)));
    return {given.option.empty() ? "snapshot" : given.option, target.string()};
  }

  // The store that the scripts make on a server.
  [[nodiscard]] Fixture make_on_server(const std::string& source, const GivenSource& given,
                                       const std::map<std::string, FixtureMaker>& fixtures) const {
    const auto maker = fixtures.find(given.server);
    if (maker == fixtures.end()) {
      throw Error(ErrorKind::config, test_.directory + ": given source '" + source +
                                         "': this program cannot make stores of " + given.server);
    }
    std::vector<std::pair<std::string, std::string>> scripts;
    for (const std::string& file : given.files) scripts.emplace_back(original(file).string(), text_of(original(file)));
    return maker->second(scripts);
  }

  [[nodiscard]] std::string absent(const std::string& source) const { return (stores_ / "absent" / source).string(); }
  [[nodiscard]] fs::path original(const std::string& file) const { return fs::path(test_.directory) / file; }

 private:
  static bool is_text(const fs::path& path) {
    return path.extension() == ".json" || path.extension() == ".jsonl" || path.extension() == ".sql" ||
           path.extension() == ".redis";
  }

  static bool is_database_script(const std::string& name) {
    return name.ends_with(".sqlite.sql") || name.ends_with(".sqlite3.sql") || name.ends_with(".db.sql");
  }

  // "${STORE}" in the texts of a directory is where it lies; NAME.sqlite.sql makes the database NAME.sqlite (.sqlite3 and .db as well); every file gets its time.
  void settle_directory(const fs::path& target, const GivenSource& given) const {
    std::vector<fs::path> files;
    for (const auto& item : fs::recursive_directory_iterator(target)) {
      if (item.symlink_status().type() == fs::file_type::regular) files.push_back(item.path());
    }
    for (fs::path& file : files) {
      std::string text = filled(read_text_file(file.string()));
      static const std::string kStore = "${STORE}";
      bool names_store = false;
      for (auto at = text.find(kStore); at != std::string::npos; at = text.find(kStore, at)) {
        text.replace(at, kStore.size(), target.string());
        names_store = true;
      }
      if (names_store) write(file, text);
      if (!is_database_script(file.string())) continue;
      const std::string script = file.string();
      file.replace_extension();
      fill_database(file.string(), script, text);
      fs::remove(script);
    }
    constexpr std::int64_t kDay = 86'400'000;
    for (const fs::path& file : files) {
      const auto known = given.modified.find(file.lexically_relative(target).string());
      const std::int64_t ms = known == given.modified.end() ? test_.now - kDay : known->second;
      const timespec time{ms / 1000, (ms % 1000) * 1'000'000};
      const timespec times[2] = {time, time};
      ::utimensat(AT_FDCWD, file.c_str(), times, AT_SYMLINK_NOFOLLOW);
    }
  }

  // Rows may come in any order, and the schema may be as old as its application: with "texts" between double quotes.
  static void prepare(sqlite::Connection& database) {
    sqlite3_db_config(database.get(), SQLITE_DBCONFIG_DQS_DDL, 1, nullptr);
    database.exec("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF");
  }

  static void fill_database(const std::string& path, const std::string& script, const std::string& text) {
    sqlite::Connection database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    prepare(database);
    try {
      database.exec(text);
    } catch (const sqlite::Failure& failure) {
      throw Error(ErrorKind::config, script + ": " + failure.what());
    }
  }

  [[nodiscard]] std::string text_of(const fs::path& path) const {
    const std::string text = read_text_file(path.string());
    return is_text(path) ? filled(text) : text;
  }

  static void write(const fs::path& path, const std::string& text) {
    write_text_file(path.string(), [&](std::ostream& out) { out << text; });
  }

  // A directory of files; the pattern that matches all of them.
  [[nodiscard]] std::string make_many(const std::string& source,
                                      const std::map<std::string, std::vector<std::string>>& files) const {
    const fs::path directory = stores_ / source;
    fs::create_directories(directory);
    for (const auto& [name, parts] : files) {
      if (parts.front().ends_with(".sql")) {
        (void)make_database(source + "/" + name, parts);
      } else {
        write(directory / name, text_of(original(parts.front())));
      }
    }
    return (directory / "*").string();
  }

  // `name` is below the stores' directory.
  [[nodiscard]] std::string make_database(const std::string& name, const std::vector<std::string>& scripts) const {
    const std::string path = (stores_ / name).string();
    sqlite::Connection database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    prepare(database);
    for (const std::string& script : scripts) {
      try {
        database.exec(text_of(original(script)));
      } catch (const sqlite::Failure& failure) {
        throw Error(ErrorKind::config, original(script).string() + ": " + failure.what());
      }
    }
    return path;
  }

  const TestCase& test_;
  std::string copy_;
  fs::path stores_;
};

bool takes_path(const Catalog& catalog, const std::string& name) {
  const Adapter* adapter = catalog.adapter(name);
  if (adapter == nullptr) return false;
  for (const AdapterOption& option : adapter->options()) {
    if (std::string(option.name) == "path") return true;
  }
  return false;
}

// True when the case itself says where the source is.
bool is_placed(const std::map<std::string, std::string>& set, const std::string& source) {
  for (const char* option : {"path", "snapshot", "socket", "url"}) {
    if (set.contains(source + "." + option)) return true;
  }
  return false;
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  std::error_code error;
  path_ = (fs::temp_directory_path(error) / "audit-test-XXXXXX").string();
  if (error || ::mkdtemp(path_.data()) == nullptr)
    throw Error(ErrorKind::usage, "cannot make a temporary directory", "set TMPDIR");
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

FileStates file_states(const std::string& directory) {
  FileStates states;
  for (const auto& item : fs::recursive_directory_iterator(directory)) {
    struct stat status {};
    if (::lstat(item.path().c_str(), &status) != 0) continue;
    std::string state = std::to_string(status.st_mode) + " " + std::to_string(status.st_size) + " " +
                        std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec) + "\n";
    if (S_ISREG(status.st_mode)) state += read_text_file(item.path().string());
    states[item.path().lexically_relative(directory).string()] = std::move(state);
  }
  return states;
}

GivenStores make_stores(const TestCase& test, const std::string& root, const Catalog& catalog,
                        const std::map<std::string, FixtureMaker>& fixtures) {
  const StoreMaker maker(test, root);
  GivenStores stores;
  ProfileRequest& request = stores.request;
  request.name = is_profile_file(test.profile) ? maker.original(test.profile).string() : test.profile;
  for (const auto& [source, given] : test.given) {
    if (given.files.empty() && given.many.empty()) continue;
    if (!given.server.empty()) {
      Fixture fixture = maker.make_on_server(source, given, fixtures);
      for (const auto& [option, value] : fixture.options) request.set[source + "." + option] = value;
      stores.keep.push_back(std::move(fixture.keep));
      continue;
    }
    const auto [option, value] = maker.make(source, given);
    request.set[source + "." + option] = value;
  }
  for (const auto& [option, value] : test.set) request.set[option] = maker.filled(value);
  // Nothing of this machine is ever read.
  // A source that the profile places inside another one is where that one is.
  const auto placed_inside = [&](const Profile& placed, const std::string& name) {
    for (const ProfileSource& source : placed.sources()) {
      const auto path = source.spec.text.find("path");
      if (source.spec.name == name && path != source.spec.text.end()) return path->second.starts_with(root + "/");
    }
    return false;
  };
  const Profile placed = open_profile(request, catalog);
  const Profile profile = open_profile({request.name, {}, ""}, catalog);
  for (const ProfileSource& source : profile.sources()) {
    const std::string& name = source.spec.name;
    if (is_placed(request.set, name) || placed_inside(placed, name)) continue;
    if (takes_path(catalog, source.spec.adapter)) request.set[name + ".path"] = maker.absent(name);
    if (!fixtures.contains(source.spec.adapter)) continue;
    request.set[name + ".url"] = (source.spec.adapter == "redis" ? "unix://" : "host=") + maker.absent(name);
  }
  return stores;
}

}  // namespace audit
