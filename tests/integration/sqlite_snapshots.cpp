// Databases of other programs, idle, busy or abandoned: read on one snapshot, and left as they were.

#include "adapters/sqlite/sqlite_file.hpp"
#include "tests/integration/sqlite_place.hpp"

using namespace audit;

TEST_CASE("a WAL database that was closed is read and left alone", "[sqlite]") {
  const SqlitePlace place("a?b #%41.db");  // what has a meaning in a URI
  place.make("WAL");
  REQUIRE_FALSE(fs::exists(place.path + "-wal"));
  leaves_nothing(place, [&] {
    CHECK(total(place.path) == 1000);
    CHECK(total(place.path, 3) == 1000);
  });
}

TEST_CASE("what is only in the WAL counts, with and without its index", "[sqlite]") {
  const SqlitePlace alive;
  alive.make("WAL");
  const SqlitePlace without;
  const SqlitePlace with;
  {
    const OtherProcess writer([&](const auto& ready) {
      sqlite::Connection db(alive.path, SQLITE_OPEN_READWRITE);
      db.exec("PRAGMA wal_autocheckpoint = 0; UPDATE a SET amount = 800");
      ready();
      while (true) ::pause();
    });
    with.copy_from(alive.folder());
    leaves_nothing(alive, [&] { CHECK(total(alive.path, 3) == 1100); });  // beside the live one
  }
  without.copy_from(with.folder());
  fs::remove(without.path + "-shm");
  for (const SqlitePlace* place : {&with, &without, &alive}) {
    leaves_nothing(*place, [&] {
      CHECK(total(place->path) == 1100);
      CHECK(total(place->path, 3) == 1100);
    });
  }
  // An index that belongs to another time of the file.
  write_bytes(with.path + "-shm", std::string(32768, '\x5a'));
  leaves_nothing(with, [&] { CHECK(total(with.path) == 1100); });
  write_bytes(with.path + "-shm", "");
  leaves_nothing(with, [&] { CHECK(total(with.path) == 1100); });
  // A torn last frame: what was committed before it counts.
  fs::resize_file(without.path + "-wal", fs::file_size(without.path + "-wal") - 7);
  leaves_nothing(without, [&] { CHECK(total(without.path) == 1000); });
}

// An exception of a type that Catch does not know says nothing.
std::vector<std::unique_ptr<Store>> open_or_say(Source& from, int count) {
  try {
    return from.open(from.list().front(), count);
  } catch (const StoreUnavailable& why) {
    FAIL(why.detail);
  }
  return {};
}

TEST_CASE("every connection of a scan is on one snapshot beside a live writer", "[sqlite]") {
  const std::string mode = GENERATE("WAL", "DELETE");
  const int rows = GENERATE(10, 9000);  // 9000: over 8 MiB
  INFO(mode << " " << rows);
  const SqlitePlace place;
  place.make(mode, rows);
  OtherProcess writer([&](const auto& ready) {
    sqlite::Connection db(place.path, SQLITE_OPEN_READWRITE);
    sqlite3_busy_timeout(db.get(), 5000);
    db.exec("PRAGMA synchronous = OFF");
    ready();
    while (true) {
      db.exec("BEGIN IMMEDIATE; UPDATE a SET amount = amount - 1; UPDATE b SET amount = amount + 1; COMMIT");
      if (mode == "DELETE") ::usleep(2000);
    }
  });
  int together = 0;
  std::int64_t last = 301;
  const Cancellation cancel;
  auto from = source(place.path, cancel);
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  for (int i = 0; i < 25 || (last < 330 && std::chrono::steady_clock::now() < give_up); ++i) {
    auto stores = open_or_say(*from, 3);
    const std::int64_t seen = amount(*stores.front(), "SELECT amount FROM b");
    for (auto& store : stores) {
      CHECK(amount(*store) == 1000);
      CHECK(amount(*store, "SELECT amount FROM b") == seen);
    }
    together += stores.size() == 3;
    CHECK(seen >= last - 1);
    last = seen;
  }
  CHECK(last >= 330);  // there was a writer
  if (mode == "DELETE" && rows > 10) CHECK(together > 0);
}

TEST_CASE("a writer that starts while we read without a lock is noticed", "[sqlite]") {
  const std::string mode = GENERATE("WAL", "DELETE");
  const SqlitePlace place;
  place.make(mode);
  const Cancellation cancel;
  auto from = source(place.path, cancel);
  auto stores = from->open(from->list().front(), 1);
  CHECK(amount(*stores.front()) == 1000);
  CHECK(stores.front()->still_valid());
  const OtherProcess writer([&](const auto& ready) {
    sqlite::Connection db(place.path, SQLITE_OPEN_READWRITE);
    db.exec("UPDATE a SET amount = 0");
    ready();
    while (true) ::pause();
  });
  CHECK(stores.front()->still_valid() == (mode == "DELETE"));  // a small one was copied under its lock
  auto again = from->open(from->list().front(), 1);
  CHECK(amount(*again.front()) == 300);
  CHECK(again.front()->still_valid());
}

// An application that ends in the middle of a transaction: pages were written, nothing was committed.
void die_while_writing(const std::string& path) {
  OtherProcess writer([&](const auto& ready) {
    sqlite::Connection db(path, SQLITE_OPEN_READWRITE);
    db.exec("PRAGMA cache_size = 5; BEGIN IMMEDIATE; UPDATE a SET amount = 0; UPDATE filling SET bytes = randomblob(1001)");
    ready();
    while (true) ::pause();
  });
  writer.stop();
}

TEST_CASE("an application that rolls its journal back meanwhile is noticed", "[sqlite]") {
  const SqlitePlace place;
  place.make("DELETE", 200);
  die_while_writing(place.path);
  const Cancellation cancel;
  auto from = source(place.path, cancel);
  auto stores = from->open(from->list().front(), 1);
  CHECK(amount(*stores.front()) == 1000);
  CHECK(stores.front()->still_valid());
  const OtherProcess application([&](const auto& ready) {
    sqlite::Connection db(place.path, SQLITE_OPEN_READWRITE);
    (void)db.single("SELECT amount FROM a");
    ready();
    while (true) ::pause();
  });
  CHECK_FALSE(stores.front()->still_valid());
}

TEST_CASE("a rollback-journal database is read, small and large", "[sqlite]") {
  const int rows = GENERATE(10, 9000);
  const SqlitePlace place;
  place.make("DELETE", rows);
  leaves_nothing(place, [&] { CHECK(total(place.path, 3) == 1000); });
  const SqlitePlace persistent;  // a journal that is not hot
  persistent.make("PERSIST", rows);
  REQUIRE(fs::exists(persistent.path + "-journal"));
  leaves_nothing(persistent, [&] { CHECK(total(persistent.path, 3) == 1000); });
}

TEST_CASE("a hot journal is rolled back in a copy", "[sqlite]") {
  const int rows = GENERATE(200, 9000);
  const SqlitePlace place;
  place.make("DELETE", rows);
  die_while_writing(place.path);
  REQUIRE(fs::exists(place.path + "-journal"));
  leaves_nothing(place, [&] {
    CHECK(total(place.path, 3) == 1000);
    CHECK(as_nobody([&] { return total(place.path) == 1000; }));
  });
}

TEST_CASE("a folder that may only be read is enough", "[sqlite]") {
  const std::string mode = GENERATE("WAL", "DELETE");
  const SqlitePlace place;
  place.make(mode);
  ::chmod(place.path.c_str(), 0444);
  ::chmod(place.folder().c_str(), 0555);
  leaves_nothing(place, [&] { CHECK(as_nobody([&] { return total(place.path, 2) == 1000; })); });
  ::chmod(place.folder().c_str(), 0755);
}

TEST_CASE("a database behind a link is the one that it leads to", "[sqlite]") {
  const SqlitePlace place;
  place.make("WAL");
  const std::string link = place.directory.path() + "/link.db";
  fs::create_symlink(place.path, link);
  const Cancellation cancel;
  auto from = source(link, cancel);
  auto stores = from->open(from->list().front(), 2);
  CHECK(amount(*stores.front()) == 1000);
  CHECK(stores.front()->still_valid());
  const OtherProcess writer([&](const auto& ready) {
    sqlite::Connection db(place.path, SQLITE_OPEN_READWRITE);
    db.exec("PRAGMA wal_autocheckpoint = 0; UPDATE a SET amount = 0");
    ready();
    while (true) ::pause();
  });
  CHECK_FALSE(stores.front()->still_valid());
  CHECK(total(link, 2) == 300);
}

TEST_CASE("a hot journal behind a link is rolled back in a copy", "[sqlite]") {
  const SqlitePlace place;
  place.make("DELETE", 200);
  const std::string link = place.directory.path() + "/link.db";
  fs::create_symlink(place.path, link);
  die_while_writing(place.path);
  REQUIRE(fs::exists(place.path + "-journal"));
  leaves_nothing(place, [&] { CHECK(total(link) == 1000); });
}

TEST_CASE("as many connections as asked for, where the files tell whether somebody writes", "[sqlite]") {
  const SqlitePlace place;
  place.make("WAL");
  fs::last_write_time(place.path, fs::file_time_type::clock::now() + std::chrono::hours(1));  // never settled
  CHECK_FALSE(FileState::of(place.path).settled);
  const Cancellation cancel;
  auto from = source(place.path, cancel);
  CHECK(from->open(from->list().front(), 3).size() == 1);
  fs::last_write_time(place.path, std::chrono::ceil<std::chrono::seconds>(fs::file_time_type::clock::now()) - std::chrono::seconds(2));
  CHECK_FALSE(FileState::of(place.path).settled);  // a file system that keeps even seconds
  fs::last_write_time(place.path, fs::file_time_type::clock::now() - std::chrono::hours(1));
  CHECK(FileState::of(place.path).settled);
  CHECK(from->open(from->list().front(), 3).size() == 3);
}
