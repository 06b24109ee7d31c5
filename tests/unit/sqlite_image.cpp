// A small database is read whole, under one lock: what several connections see of it is one moment, and the file stays as it is.

#include <filesystem>
#include <fstream>

#include "adapters/sqlite/sqlite_file.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

constexpr std::chrono::milliseconds kSoon{50};

struct Database {
  PrivateDirectory directory;
  std::string path = (directory.path() / "x.db").string();
  sqlite::Connection application{path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE};

  Database() { application.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)"); }
  [[nodiscard]] std::shared_ptr<const DatabaseImage> image() const { return std::make_shared<const DatabaseImage>(path, kSoon); }
};

std::int64_t rows(sqlite::Connection& connection) { return to_integer(connection.single("SELECT count(*) FROM t")); }

int code_of(const Database& database) {
  try {
    (void)database.image();
    return SQLITE_OK;
  } catch (const sqlite::Failure& failure) {
    return failure.primary();
  }
}

}  // namespace

TEST_CASE("connections to one image see one moment", "[sqlite][image]") {
  Database database;
  const auto image = database.image();
  CHECK(image->size() == std::filesystem::file_size(database.path));
  const auto first = open_image(*image);
  database.application.exec("INSERT INTO t VALUES (3)");
  const auto second = open_image(*image);
  CHECK(rows(*first) == 2);
  CHECK(rows(*second) == 2);
  const auto later = database.image();
  CHECK(rows(*open_image(*later)) == 3);
  CHECK_THROWS_AS(first->exec("INSERT INTO t VALUES (4)"), sqlite::Failure);
  first->exec("CREATE TEMP TABLE own (a); INSERT INTO own SELECT a FROM t");
  CHECK(to_integer(first->single("SELECT count(*) FROM own")) == 2);
}

TEST_CASE("an image holds no lock", "[sqlite][image]") {
  Database database;
  const auto image = database.image();
  const auto connection = open_image(*image);
  database.application.exec("BEGIN EXCLUSIVE; DELETE FROM t; COMMIT");
  CHECK(rows(*connection) == 2);
}

TEST_CASE("no image is made of what is being written or is in WAL mode", "[sqlite][image]") {
  Database database;
  database.application.exec("BEGIN EXCLUSIVE");
  CHECK(code_of(database) == SQLITE_BUSY);
  database.application.exec("ROLLBACK");
  CHECK(code_of(database) == SQLITE_OK);
  (void)database.application.single("PRAGMA journal_mode = WAL");
  database.application.exec("INSERT INTO t VALUES (3)");
  CHECK(code_of(database) == SQLITE_PROTOCOL);
}
