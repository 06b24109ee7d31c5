// Wherever and however a check runs, it finds the same: the broad cases are scanned in every way.

#include <algorithm>
#include <filesystem>

#include "adapters/all.hpp"
#include "auditor/cli/test_case.hpp"
#include "auditor/cli/test_stores.hpp"
#include "auditor/engine/scan.hpp"
#include "auditor/model/awaited.hpp"
#include "auditor/model/embedded.hpp"
#include "auditor/repair/planner.hpp"
#include "auditor/sys/sqlite.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

// A SQLite store that hides its engine: everything has to be gathered.
class PlainStore : public Store {
 public:
  PlainStore(std::unique_ptr<Store> store, const std::string& path)
      : store_(std::move(store)), rows_(path, SQLITE_OPEN_READONLY) {}
  [[nodiscard]] const StoreInfo& info() const override { return store_->info(); }
  [[nodiscard]] bool has(const std::string& table, const std::string& column) override {
    return store_->has(table, column);
  }
  [[nodiscard]] Value probe(const std::string& sql) override { return store_->probe(sql); }
  void scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) override {
    const RelationPart& part = relation.parts.front();
    std::string sql = "SELECT ";
    for (const auto& column : columns) {
      if (sql.size() > 7) sql += ", ";
      if (store_->has(part.table, column)) {
        sql += sqlite::identifier(column);
      } else if (column == "source" || column == "scope") {
        sql += sqlite::literal(std::string_view(column == "source" ? part.source : part.scope_value));
      } else {
        sql += "NULL";
      }
    }
    auto statement = rows_.prepare(sql + " FROM " + sqlite::identifier(part.table));
    Row row;
    while (statement.step()) {
      statement.row(row);
      if (!sink(row)) return;
    }
  }
  [[nodiscard]] Host* host() override { return nullptr; }
  [[nodiscard]] Cells native_row(const RelationPart& part, const Cells& key) override {
    return store_->native_row(part, key);
  }

 private:
  std::unique_ptr<Store> store_;
  sqlite::Connection rows_;
};

class PlainSource : public Source {
 public:
  explicit PlainSource(std::unique_ptr<Source> source) : source_(std::move(source)) {}
  std::vector<StoreInfo> list() override { return source_->list(); }
  std::vector<std::unique_ptr<Store>> open(const StoreInfo& info, int) override {
    auto opened = source_->open(info, 1);
    opened.front() = std::make_unique<PlainStore>(std::move(opened.front()), info.location);
    return opened;
  }
  [[nodiscard]] std::vector<std::string> provides(const std::string& relation) const override {
    return source_->provides(relation);
  }

 private:
  std::unique_ptr<Source> source_;
};

class PlainAdapter : public Adapter {
 public:
  explicit PlainAdapter(const Adapter& adapter) : adapter_(adapter) {}
  [[nodiscard]] const char* name() const override { return "sqlite"; }
  [[nodiscard]] std::vector<AdapterOption> options() const override { return adapter_.options(); }
  [[nodiscard]] std::unique_ptr<Source> source(const SourceSpec& spec, const Cancellation& cancel) const override {
    return std::make_unique<PlainSource>(adapter_.source(spec, cancel));
  }

 private:
  const Adapter& adapter_;
};

class BorrowedAdapter : public Adapter {
 public:
  explicit BorrowedAdapter(const Adapter& adapter) : adapter_(adapter) {}
  [[nodiscard]] const char* name() const override { return adapter_.name(); }
  [[nodiscard]] std::vector<AdapterOption> options() const override { return adapter_.options(); }
  [[nodiscard]] std::unique_ptr<Source> source(const SourceSpec& spec, const Cancellation& cancel) const override {
    return adapter_.source(spec, cancel);
  }

 private:
  const Adapter& adapter_;
};

// A source that says that it is awaited, and how many checks were done when it was opened for the first time.
class AwaitedSource : public Source, public Awaited {
 public:
  AwaitedSource(std::unique_ptr<Source> source, const int& done, int& done_before) : source_(std::move(source)), done_(done), done_before_(done_before) {}
  std::vector<StoreInfo> list() override { return source_->list(); }
  [[nodiscard]] bool is_awaited() override { return true; }
  std::vector<std::unique_ptr<Store>> open(const StoreInfo& info, int count) override {
    if (done_before_ < 0) done_before_ = done_;
    return source_->open(info, count);
  }
  [[nodiscard]] std::vector<std::string> provides(const std::string& relation) const override { return source_->provides(relation); }

 private:
  std::unique_ptr<Source> source_;
  const int& done_;
  int& done_before_;
};

class AwaitedAdapter : public BorrowedAdapter {
 public:
  AwaitedAdapter(const Adapter& adapter, const int& done, int& done_before) : BorrowedAdapter(adapter), done_(done), done_before_(done_before) {}
  [[nodiscard]] std::unique_ptr<Source> source(const SourceSpec& spec, const Cancellation& cancel) const override {
    return std::make_unique<AwaitedSource>(BorrowedAdapter::source(spec, cancel), done_, done_before_);
  }

 private:
  const int& done_;
  int& done_before_;
};

std::string spelled(const Value& value) { return std::to_string(value.index()) + ":" + to_text(value); }

struct Outcome {
  std::map<std::string, std::string> findings;  // fingerprint → everything
  std::map<std::string, std::string> checks;    // id → status and reason
  std::vector<std::string> plan;
  std::map<std::string, int> placed;
};

Outcome scan_all(const Catalog& catalog, ScanRequest request, const Progress& progress = {}) {
  const Cancellation cancel;
  auto result = scan(catalog, request, cancel, progress, {});
  make_plan(catalog.checks(), result, {.unsafe = true}, request.now);
  Outcome outcome;
  for (const auto& finding : result.report.findings) {
    std::string all = finding.check + " " + to_string(finding.severity) + " " + finding.subject.relation + " " +
                      finding.subject.source + " " + finding.subject.scope + " " + finding.subject.id + " " +
                      finding.message;
    for (const auto& evidence : finding.evidence) {
      all += "\n  " + evidence.name + "=" + spelled(evidence.value);
      for (const auto& one : evidence.many) all += "," + spelled(one);
    }
    CHECK(outcome.findings.emplace(finding.fingerprint, all).second);
  }
  for (const auto& check : result.report.checks) {
    outcome.checks[check.check] = std::string(to_string(check.status)) + " " + check.reason;
    ++outcome.placed[check.placed];
  }
  for (const auto& change : result.report.plan.changes) {
    std::string line = std::string(to_string(change.op)) + " " + change.table + " " + change.check;
    for (const auto* cells : {&change.row, &change.before, &change.after}) {
      for (const auto& [column, value] : *cells) line += " " + column + "=" + spelled(value);
    }
    outcome.plan.push_back(line);
  }
  std::sort(outcome.plan.begin(), outcome.plan.end());
  return outcome;
}

void same(const Outcome& expected, const Outcome& got, const std::string& how) {
  INFO(how);
  CHECK(got.findings == expected.findings);
  CHECK(got.checks == expected.checks);
  CHECK(got.plan == expected.plan);
}

// Gives the last row of every table a number that makes the table look huge; nothing that a check reads changes.
void pretend_large(const std::string& path) {
  sqlite::Connection database(path, SQLITE_OPEN_READWRITE);
  database.exec("PRAGMA foreign_keys = OFF");
  auto names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  std::vector<std::string> tables;
  while (names.step()) tables.push_back(to_text(names.value(0)));
  for (const auto& table : tables) {
    const std::string name = sqlite::identifier(table);
    try {
      database.exec("UPDATE " + name + " SET rowid = 50000000 WHERE rowid = (SELECT max(rowid) FROM " + name + ")");
    } catch (const sqlite::Failure&) {
      continue;  // no rowid, or rows of nothing that we read
    }
  }
}

}  // namespace

TEST_CASE("every way to run a check finds the same", "[placement]") {
  const std::string name = GENERATE("agenterm-seed", "agenterm-v9", "agenterm-head", "agenterm-upgraded");
  INFO(name);
  Catalog pushed;
  add_all_adapters(pushed);
  pushed.add_embedded(embedded_files());
  Catalog gathered;
  for (const auto& adapter : pushed.adapter_names()) {
    if (adapter == "sqlite") {
      gathered.add_adapter(std::make_unique<PlainAdapter>(*pushed.adapter(adapter)));
    } else {
      gathered.add_adapter(std::make_unique<BorrowedAdapter>(*pushed.adapter(adapter)));
    }
  }
  gathered.add_embedded(embedded_files());

  const TestCase test = read_case(std::string(AUDIT_SOURCE_DIR) + "/tests/cases/" + name);
  const TemporaryDirectory directory;
  ScanRequest request;
  request.profiles = {make_stores(test, directory.path(), pushed, {}).request};
  request.now = test.now;
  const std::string path = request.profiles.front().set.at("db.path");

  const Outcome expected = scan_all(pushed, request);
  CHECK(expected.findings.size() > 15);
  CHECK(expected.placed.contains("db"));
  CHECK_FALSE(expected.placed.contains("workbench"));

  request.jobs = 3;
  same(expected, scan_all(pushed, request), "three threads");
  const Outcome workbench = scan_all(gathered, request);
  CHECK(workbench.placed.contains("workbench"));
  CHECK_FALSE(workbench.placed.contains("db"));
  same(expected, workbench, "gathered");
  request.ship_rows = 0;
  same(expected, scan_all(pushed, request), "nothing may travel");
  request.ship_rows = 100'000;
  request.jobs = 1;

  pretend_large(path);
  same(expected, scan_all(pushed, request), "large tables: keys first");
  request.jobs = 3;
  same(expected, scan_all(pushed, request), "large tables, three threads");
  same(expected, scan_all(gathered, request), "large tables, gathered");
}

TEST_CASE("what needs no awaited source runs before it is opened, and finds the same", "[placement]") {
  const std::string name = GENERATE("agenterm-seed", "agenterm-head");
  INFO(name);
  Catalog plain;
  add_all_adapters(plain);
  plain.add_embedded(embedded_files());
  Catalog awaiting;
  int done = 0;
  int done_before = -1;
  for (const auto& adapter : plain.adapter_names()) {
    if (adapter == "tmux") {
      awaiting.add_adapter(std::make_unique<AwaitedAdapter>(*plain.adapter(adapter), done, done_before));
    } else {
      awaiting.add_adapter(std::make_unique<BorrowedAdapter>(*plain.adapter(adapter)));
    }
  }
  awaiting.add_embedded(embedded_files());
  const TestCase test = read_case(std::string(AUDIT_SOURCE_DIR) + "/tests/cases/" + name);
  const TemporaryDirectory directory;
  ScanRequest request;
  request.profiles = {make_stores(test, directory.path(), plain, {}).request};
  request.now = test.now;
  const Progress progress = [&](const std::string&, std::int64_t, std::int64_t) { ++done; };

  const Outcome expected = scan_all(plain, request);
  same(expected, scan_all(awaiting, request, progress), "awaited");
  const int early = done_before;
  CHECK(early > 3);
  request.jobs = 3;
  same(expected, scan_all(awaiting, request), "awaited, three threads");

  pretend_large(request.profiles.front().set.at("db.path"));
  done = 0;
  done_before = -1;
  same(expected, scan_all(awaiting, request, progress), "awaited, large tables");
  CHECK(done_before < early);  // who has much to do does not keep the server's answer waiting
}
