// Files that are no good database, many of them, and single rows.

#include <random>

#include "tests/integration/sqlite_place.hpp"

using namespace audit;

TEST_CASE("each way of not being readable has its own words", "[sqlite]") {
  const SqlitePlace place;
  place.make("DELETE");
  const std::string dir = place.folder();
  const auto unknown = [](const std::string& words) { return std::pair(StoreStatus::unknown, words); };
  write_bytes(dir + "/empty.db", "");
  write_bytes(dir + "/text.db", "these are notes\n");
  write_bytes(dir + "/cut.db", std::string("SQLite format 3\0", 16) + "xyz");
  write_bytes(dir + "/wrong.db", std::string("SQLite format 4\0\1\2\3", 19));
  std::mt19937 random(1);
  std::string noise;
  while (noise.size() < 8192) noise += static_cast<char>(random() & 255U);
  write_bytes(dir + "/noise.db", noise);
  ::mkfifo((dir + "/pipe.db").c_str(), 0600);
  leaves_nothing(place, [&] {
    CHECK(refusal(dir + "/none.db") == std::pair(StoreStatus::absent, std::string("does not exist")));
    CHECK(refusal(place.path + "/none.db") == std::pair(StoreStatus::absent, std::string("does not exist")));
    CHECK(refusal(dir + "/empty.db") == unknown("is empty (0 bytes)"));
    CHECK(refusal(dir + "/text.db") == unknown("is not a SQLite database: it is a text file"));
    CHECK(refusal(dir + "/cut.db") == unknown("is cut off inside its header"));
    CHECK(refusal(dir + "/wrong.db") == unknown("is not a SQLite database: its header is wrong"));
    CHECK(refusal(dir + "/noise.db") == unknown("is encrypted: its first page is random bytes"));
    CHECK(refusal(dir) == unknown("is a directory"));
    CHECK(refusal(dir + "/pipe.db") == unknown("is not a regular file"));
    CHECK(refusal(place.path).second == "opened");
  });
  ::chmod(place.path.c_str(), 0000);
  CHECK(as_nobody([&] { return refusal(place.path) == unknown("permission denied"); }));
}

TEST_CASE("a locked database is said to be locked", "[sqlite]") {
  const std::string mode = GENERATE("WAL", "DELETE");
  const SqlitePlace place;
  place.make(mode);
  const OtherProcess holder([&](const auto& ready) {
    sqlite::Connection db(place.path, SQLITE_OPEN_READWRITE);
    db.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE a SET amount = 0");
    ready();
    while (true) ::pause();
  });
  leaves_nothing(place, [&] {
    const auto [status, detail] = refusal(place.path);
    CHECK(status == StoreStatus::unknown);
    CHECK(detail == "is locked by another process");
  });
}

TEST_CASE("damage is found on request, and never passes for health", "[sqlite]") {
  const SqlitePlace place;
  place.make("DELETE", 100);
  std::int64_t page = 0;
  {
    sqlite::Connection db(place.path, SQLITE_OPEN_READONLY);
    page = to_integer(db.single("SELECT rootpage FROM sqlite_schema WHERE name = 'b'"));
  }
  CHECK(refusal(place.path, {{"quick_check", "true"}}).second == "opened");
  std::fstream file(place.path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp((page - 1) * 4096);
  file << std::string(4096, '\xff');
  file.close();
  leaves_nothing(place, [&] {
    CHECK(refusal(place.path, {{"quick_check", "true"}}).second.starts_with("is malformed: "));
    const Cancellation cancel;
    auto from = source(place.path, cancel);
    auto stores = from->open(from->list().front(), 1);
    try {
      (void)amount(*stores.front());
      FAIL("a damaged page was read");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::source);
      CHECK(std::string(error.what()).find("malformed") != std::string::npos);
    }
  });
  fs::resize_file(place.path, 4096 * 2);  // the end is missing
  CHECK(refusal(place.path, {{"quick_check", "true"}}).second.starts_with("is malformed"));
}

TEST_CASE("one source may be many files", "[sqlite]") {
  const SqlitePlace place("p1.sqlite");
  place.make("WAL");
  for (const char* name : {"p2.sqlite", "copy.sqlite", "p3.other"}) fs::copy(place.path, place.folder() + "/" + name);
  write_bytes(place.folder() + "/p1.sqlite-wal", "");
  write_bytes(place.folder() + "/notes.sqlite", "notes\n");
  const Cancellation cancel;
  const auto scopes = [&](const std::map<std::string, std::string>& options,
                          const std::map<std::string, std::string>& scope) {
    std::vector<std::string> all;
    for (const auto& info : source(place.folder() + "/*.sqlite", cancel, options, scope)->list()) {
      all.push_back(fs::path(info.location).filename().string() + "=" +
                    (fs::path(info.scope).is_absolute() ? "path" : info.scope));
    }
    return all;
  };
  using Names = std::vector<std::string>;
  CHECK(scopes({}, {}) == Names{"copy.sqlite=path", "notes.sqlite=path", "p1.sqlite=path", "p2.sqlite=path"});
  CHECK(scopes({{"exclude", "copy*"}}, {{"match", "([^/]+)\\.sqlite$"}}) ==
        Names{"notes.sqlite=notes", "p1.sqlite=p1", "p2.sqlite=p2"});
  CHECK(scopes({{"holds", "nothing"}}, {}) == Names{"notes.sqlite=path"});  // what cannot be told is named later
  CHECK(source(place.folder() + "/*.none", cancel)->list().empty());
  auto asked = source(place.folder() + "/p?.sqlite", cancel, {}, {{"query", "SELECT 'scope of ' || id FROM a"}});
  const auto list = asked->list();
  REQUIRE(list.size() == 2);
  CHECK(asked->open(list[1], 1).front()->info().scope == "scope of x");
  CHECK_THROWS_AS(source("x", cancel, {}, {{"match", "("}}), Error);
  CHECK_THROWS_AS(source("x", cancel, {}, {{"macth", "x"}}), Error);
  CHECK_THROWS_AS(source("x", cancel, {{"busy_timeout", "soon"}}), Error);
  CHECK_THROWS_AS(source("", cancel), Error);
}

TEST_CASE("the row behind a key", "[sqlite]") {
  const SqlitePlace place;
  {
    sqlite::Connection db(place.path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    db.exec(
        "CREATE TABLE t (id, n INTEGER, kind); INSERT INTO t VALUES ('a', 5, 'x'), ('b', 6, 'x'), ('b', 7, 'y'), ('c', "
        "8, NULL)");
  }
  const Cancellation cancel;
  auto from = source(place.path, cancel);
  auto store = std::move(from->open(from->list().front(), 1).front());
  RelationPart part;
  part.table = "t";
  for (const char* name : {"id", "n", "kind"}) {
    ColumnMap map;
    map.from = name;
    part.columns.emplace_back(name, map);
  }
  const auto n = [&](const Cells& key) {
    const Cells row = store->native_row(part, key);
    return row.empty() ? std::int64_t{0} : to_integer(row.at(1).second);
  };
  CHECK(n({{"id", std::string("a")}}) == 5);
  CHECK(n({{"n", std::string("8")}}) == 8);   // the column is a number
  CHECK(n({{"id", std::string("b")}}) == 0);  // two rows: the key does not say which
  CHECK(n({{"id", std::string("b")}, {"kind", std::string("y")}}) == 7);
  CHECK(n({{"id", std::string("z")}}) == 0);
  part.where = "kind = 'x' OR kind IS NULL";
  CHECK(n({{"id", std::string("b")}}) == 6);
  CHECK(store->has("t", "kind"));
  CHECK_FALSE(store->has("t", "Kind2"));
  CHECK_FALSE(store->has("u", ""));
}
