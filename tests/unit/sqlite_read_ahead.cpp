// Reading ahead: the same bytes and codes as without it, in fewer reads, and nothing of a file that may have changed.

#include "adapters/sqlite/read_ahead.hpp"

#include <algorithm>
#include <cstring>
#include <random>
#include <vector>

#include "adapters/sqlite/sqlite_file.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

constexpr int kPage = 4096;

// A file in memory that counts its reads.
struct Plain {
  sqlite3_file base{};
  std::vector<unsigned char> bytes;
  int reads = 0;
  sqlite3_int64 broken_at = -1;  // reads that touch this byte fail

  explicit Plain(int pages) : bytes(static_cast<std::size_t>(pages) * kPage) {
    static const sqlite3_io_methods methods = [] {
      sqlite3_io_methods m{};
      m.iVersion = 1;
      m.xRead = [](sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
        auto& self = *reinterpret_cast<Plain*>(file);
        ++self.reads;
        if (self.broken_at >= offset && self.broken_at < offset + amount) return SQLITE_IOERR_READ;
        const auto size = static_cast<sqlite3_int64>(self.bytes.size());
        const auto there = static_cast<int>(std::clamp<sqlite3_int64>(size - offset, 0, amount));
        std::memset(to, 0, static_cast<std::size_t>(amount));
        if (there > 0) std::memcpy(to, self.bytes.data() + offset, static_cast<std::size_t>(there));
        return there == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
      };
      m.xFileSize = [](sqlite3_file* file, sqlite3_int64* size) {
        *size = static_cast<sqlite3_int64>(reinterpret_cast<Plain*>(file)->bytes.size());
        return SQLITE_OK;
      };
      return m;
    }();
    base.pMethods = &methods;
    fill(1);
  }

  void fill(unsigned seed) {
    std::mt19937 random{seed};
    for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(random());
  }
};

// Reads through `ahead` what `plain` holds; true when code and bytes are those of the file.
bool same(ReadAhead& ahead, Plain& plain, sqlite3_int64 offset, int amount = kPage) {
  std::vector<unsigned char> got(static_cast<std::size_t>(amount), 0xAA);
  std::vector<unsigned char> due(got);
  const int counted = plain.reads;
  const int due_code = plain.base.pMethods->xRead(&plain.base, due.data(), amount, offset);
  plain.reads = counted;
  const int code = ahead.read(plain.base, got.data(), amount, offset);
  return code == due_code && (code == SQLITE_IOERR_READ || got == due);
}

std::int64_t rows(sqlite::Connection& connection) { return to_integer(connection.single("SELECT count(*) || '' FROM t WHERE filler <> ''")); }

constexpr const char* kThousand =
    "INSERT INTO t WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT printf('%.3000c', 'x') FROM n";

// A database whose application is at work, and a reader that keeps next to no pages: what it needs is read again.
struct Living {
  PrivateDirectory directory;
  std::string path = (directory.path() / "x.db").string();
  sqlite::Connection application{path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE};
  std::unique_ptr<sqlite::Connection> reader;

  explicit Living(const std::string& mode) {
    application.exec("PRAGMA journal_mode = " + mode + "; CREATE TABLE t (filler)");
    application.exec(kThousand);
    reader = open_in_place(path, std::chrono::milliseconds{50});
    reader->exec("PRAGMA cache_size = 5");
  }
};

}  // namespace

TEST_CASE("a file read from front to back takes few reads", "[sqlite][ahead]") {
  Plain plain{320};
  ReadAhead ahead;
  bool equal = true;
  for (int page = 0; page < 320; ++page) equal = equal && same(ahead, plain, static_cast<sqlite3_int64>(page) * kPage);
  CHECK(equal);
  CHECK(plain.reads < 40);
}

TEST_CASE("lookups in between do not end it", "[sqlite][ahead]") {
  Plain plain{2000};
  ReadAhead ahead;
  std::mt19937 random{3};
  bool equal = true;
  for (int page = 0; page < 300; ++page) {
    equal = equal && same(ahead, plain, static_cast<sqlite3_int64>(page) * kPage);
    for (int i = 0; i < 4; ++i) equal = equal && same(ahead, plain, static_cast<sqlite3_int64>(1000 + random() % 1000) * kPage);
  }
  CHECK(equal);
  CHECK(plain.reads < 1200 + 150);
}

TEST_CASE("lookups everywhere take no more reads than there are", "[sqlite][ahead]") {
  Plain plain{4000};
  ReadAhead ahead;
  std::mt19937 random{4};
  bool equal = true;
  for (int i = 0; i < 2000; ++i) equal = equal && same(ahead, plain, static_cast<sqlite3_int64>(random() % 4000) * kPage);
  CHECK(equal);
  CHECK(plain.reads <= 2000);
}

TEST_CASE("reads of any size and place give what the file gives", "[sqlite][ahead]") {
  Plain plain{100};
  plain.bytes.resize(plain.bytes.size() - 100);  // its last page is cut off
  for (unsigned seed = 1; seed <= 20; ++seed) {
    ReadAhead ahead;
    std::mt19937 random{seed};
    sqlite3_int64 at = 0;
    bool equal = true;
    for (int i = 0; i < 2000; ++i) {
      const int amount = static_cast<int>(1 + random() % 9000);
      switch (random() % 8) {
        case 0: at = static_cast<sqlite3_int64>(random() % (102 * kPage)); break;
        case 1: at += static_cast<sqlite3_int64>(random() % (8 * kPage)); break;
        case 2: at = std::max<sqlite3_int64>(0, at - kPage); break;
        case 3: if (random() % 20 == 0) { plain.fill(seed * 100 + static_cast<unsigned>(i)); ahead.drop(); } break;
        default: break;
      }
      equal = equal && same(ahead, plain, at, amount);
      at += amount;
      if (at > 110 * kPage) at = 0;
    }
    CHECK(equal);
  }
}

TEST_CASE("a place that cannot be read fails just the reads of it", "[sqlite][ahead]") {
  Plain plain{100};
  plain.broken_at = 50 * kPage + 7;
  ReadAhead ahead;
  bool equal = true;
  for (int page = 0; page < 100; ++page) equal = equal && same(ahead, plain, static_cast<sqlite3_int64>(page) * kPage);
  CHECK(equal);
}

TEST_CASE("what the file held before a drop is not given after it", "[sqlite][ahead]") {
  Plain plain{200};
  ReadAhead ahead;
  bool equal = true;
  for (int page = 0; page < 200; ++page) {
    if (page % 7 == 0) {
      plain.fill(static_cast<unsigned>(page));
      if (page == 140) plain.bytes.resize(150 * static_cast<std::size_t>(kPage));
      ahead.drop();
    }
    equal = equal && same(ahead, plain, static_cast<sqlite3_int64>(page) * kPage);
  }
  CHECK(equal);
}

// The application adds, changes and (in WAL mode) checkpoints between and during the reader's transactions.
TEST_CASE("a reader of a living database sees every transaction as it is", "[sqlite][ahead]") {
  const std::string mode = GENERATE("delete", "wal");
  Living living(mode);
  auto& [directory, path, application, reader] = living;
  for (int round = 1; round <= 5; ++round) {
    CHECK(rows(*reader) == 1000 * round);
    reader->exec("BEGIN");
    CHECK(rows(*reader) == 1000 * round);
    if (mode == "wal") {
      application.exec(kThousand);
      application.exec("UPDATE t SET filler = '' WHERE rowid % 3 = 0; UPDATE t SET filler = 'y' || filler");
      application.exec("PRAGMA wal_checkpoint");
      CHECK(rows(*reader) == 1000 * round);
      application.exec("UPDATE t SET filler = printf('%.3000c', 'z')");
      reader->exec("COMMIT");
      application.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } else {
      reader->exec("COMMIT");
      application.exec(kThousand);
      application.exec("UPDATE t SET filler = printf('%.3000c', 'z')");
    }
  }
  // Rows leave their places: others, smaller ones, and fewer pages.
  application.exec("DELETE FROM t WHERE rowid % 2 = 0; UPDATE t SET filler = 'short'");
  CHECK(rows(*reader) == 3000);
  application.exec("VACUUM");
  CHECK(rows(*reader) == 3000);
}

// Slice after slice of a table, each in a transaction of its own, going on where the one before ended; all rows change in between.
TEST_CASE("a scan that goes on in the next transaction sees what is there then", "[sqlite][ahead]") {
  const std::string mode = GENERATE("delete", "wal");
  Living living(mode);
  auto& [directory, path, application, reader] = living;
  int wrong = 0;
  for (int slice = 0; slice < 50; ++slice) {
    application.exec("UPDATE t SET filler = printf('%03d%.2997c', " + std::to_string(slice) + ", 'x')");
    application.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite::Statement rows = reader->prepare("SELECT CAST(substr(filler, 1, 3) AS INTEGER) FROM t WHERE rowid > ?1 ORDER BY rowid LIMIT 19");
    rows.bind(1, std::int64_t{slice} * 19);
    while (rows.step()) wrong += to_integer(rows.value(0)) != slice;
    rows.reset();
  }
  CHECK(wrong == 0);
}
