// Whole tables, copied before they are changed, and put back by the means that the backup itself names.

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/integration/postgres_place.hpp"

using namespace audit;
namespace fs = std::filesystem;

namespace {

constexpr const char* kTables = R"(
CREATE TABLE chat (id text PRIMARY KEY, body text, raw bytea, at timestamp, n numeric, f float8, flag boolean, twice text GENERATED ALWAYS AS (body || body) STORED);
CREATE TABLE "odd name" (day int, "a b" text[], PRIMARY KEY (day)) PARTITION BY RANGE (day);
CREATE TABLE odd_1 PARTITION OF "odd name" FOR VALUES FROM (0) TO (10);
INSERT INTO chat VALUES ('a', E'tab\there\nline\\ \r end', '\x00ff', '2026-02-28 12:00:00.123456', 1.10, 0.1, true), ('b', NULL, '', '-infinity', 'NaN', '-0', false), ('\N', '', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "odd name" VALUES (1, '{a,NULL,"b c"}'), (2, NULL);
)";

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "audit-backup.XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

nlohmann::json manifest(const fs::path& directory) {
  return nlohmann::json::parse(std::ifstream(directory / "manifest.json"));
}

unsigned mode_of(const fs::path& file) {
  struct ::stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  return status.st_mode & 0777U;
}

}  // namespace

TEST_CASE("tables are backed up with pg_dump and come back with pg_restore", "[postgres]") {
  const PostgresPlace place(kTables);
  const Folder folder;
  const auto source = place.source();
  const std::string before = place.everything();
  {
    const auto writer = source->write(source->list().front(), {});
    place.sql("DELETE FROM chat WHERE id = 'b'");  // after our snapshot: the backup still has it
    writer->back_up(folder.path());
    CHECK(manifest(folder.path())["made_with"] == "pg_dump");
    std::vector<Wanted> wanted(1);
    wanted[0].changes = {update("chat", {{"id", "a"}}, {{"n", "1.10"}}, {{"n", "2"}})};
    CHECK(apply_units(*writer, wanted).at(0).kind == UnitOutcome::Kind::applied);
  }
  CHECK((mode_of(folder.path() / "tables.dump") & 0077U) == 0);
  place.sql("TRUNCATE chat, \"odd name\"");
  Cancellation cancel;
  const auto restored = run_process({.argv = {"pg_restore", "--data-only", "--schema=" + place.schema(),
                                              "--dbname=" + place.url(), (folder.path() / "tables.dump").string()},
                                     .timeout = std::chrono::seconds(60)},
                                    cancel);
  INFO(restored.err);
  CHECK(restored.status == 0);
  CHECK(place.everything() == before);
}

TEST_CASE("where pg_dump cannot be used tables are copied as text", "[postgres]") {
  const PostgresPlace place(kTables);
  const Folder folder;
  const auto source = place.source(" sslpassword=sWordFish-77");  // would show in a list of processes
  const std::string before = place.everything();
  source->write(source->list().front(), {})->back_up(folder.path());
  const auto made = manifest(folder.path());
  CHECK(made["made_with"] == "copy");
  CHECK(made["format"] == "audit-postgres-backup/1");
  place.sql("TRUNCATE chat, \"odd name\"");
  int files = 0;
  for (const auto& table : made["tables"]) {
    if (table["schema"] != place.schema()) continue;
    ++files;
    CHECK(mode_of(folder.path() / table["file"].get<std::string>()) == 0600U);
    std::string command = table["restore"];
    const auto at = command.find('\'');
    command.insert(at + 1, folder.path().string() + "/");
    const auto done = place.psql(command);
    INFO(command << done.err);
    CHECK(done.status == 0);
  }
  CHECK(files == 2);
  CHECK(place.everything() == before);
  std::ifstream text(folder.path() / "manifest.json");
  CHECK(std::string(std::istreambuf_iterator<char>(text), {}).find("sWordFish") == std::string::npos);
}

TEST_CASE("a backup that cannot be written is an error", "[postgres]") {
  const PostgresPlace place(kTables);
  const auto source = place.source();
  const auto writer = source->write(source->list().front(), {});
  try {
    writer->back_up("/nonexistent/backup");
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::repair);
    CHECK(std::string(error.what()).find("/nonexistent/backup") != std::string::npos);
  }
}
