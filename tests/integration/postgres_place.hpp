#pragma once
// A database on the test server, what writes to it, and everything in it as text.

#include <chrono>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "adapters/postgres/postgres.hpp"
#include "auditor/model/store.hpp"
#include "auditor/model/writer.hpp"
#include "auditor/sys/process.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

namespace audit {

class PostgresPlace {
 public:
  explicit PostgresPlace(const std::string& script) {
    const char* const url = std::getenv("AUDIT_TEST_POSTGRES");
    REQUIRE(url != nullptr);  // tests/run starts a server
    fixture_ = make_postgres_fixture(url, {{"script", script}});
    url_ = fixture_.url;
  }

  // What psql prints; a failure fails the test.
  std::string sql(const std::string& text) const {
    const auto done = psql(text);
    INFO(done.err);
    REQUIRE(done.status == 0);
    return done.out;
  }
  [[nodiscard]] ProcessResult psql(const std::string& text) const { return psql(std::vector<std::string>{text}); }
  [[nodiscard]] ProcessResult psql(const std::vector<std::string>& commands) const {
    std::vector<std::string> argv = {"psql", "-qXAt", "-v", "ON_ERROR_STOP=1", url_, "-c",
                                     "SET search_path TO " + fixture_.schema};
    for (const auto& command : commands) argv.insert(argv.end(), {"-c", command});
    return run_process({.argv = std::move(argv), .timeout = std::chrono::seconds(60)}, cancel_);
  }

  [[nodiscard]] std::unique_ptr<Source> source(const std::string& more = "") const {
    SourceSpec spec;
    spec.profile = "test";
    spec.name = "db";
    spec.adapter = "postgres";
    spec.text = {{"url", url_ + more}, {"schema", fixture_.schema}};
    return make_postgres_adapter()->source(spec, cancel_);
  }

  // Every row of every table, in a stable order.
  [[nodiscard]] std::string everything() const {
    std::string tables = sql("SELECT relname FROM pg_class WHERE relnamespace = '" + fixture_.schema +
                             "'::regnamespace AND relkind = 'r' ORDER BY 1");
    std::vector<std::string> commands;
    for (std::size_t at = 0; at < tables.size();) {
      const auto end = tables.find('\n', at);
      const std::string name = tables.substr(at, end - at);
      commands.push_back("SELECT '" + name + "'");
      commands.push_back("SELECT t::text FROM \"" + name + "\" t ORDER BY 1");
      at = end + 1;
    }
    const auto done = psql(commands);
    INFO(done.err);
    REQUIRE(done.status == 0);
    return done.out;
  }

  [[nodiscard]] const std::string& schema() const { return fixture_.schema; }
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] Cancellation& cancel() { return cancel_; }

 private:
  std::string url_;
  PostgresFixture fixture_;
  mutable Cancellation cancel_;
};

// A relation over a table as it is.
inline RelationPart part_of(const std::string& table, const std::vector<std::string>& key = {"id"}) {
  RelationPart part;
  part.source = "db";
  part.table = table;
  part.key = key;
  for (const auto& column : key) {
    ColumnMap map;
    map.from = column;
    map.writable_as_is = true;
    part.columns.emplace_back(column, map);
  }
  return part;
}

// A unit and the changes that it points to.
struct Wanted {
  std::vector<Change> changes;
  std::string blocked;
};

// Removing the row with this key, and what goes with it.
inline Wanted removal(Store& store, const RelationPart& part, const Cells& key) {
  Change change;
  change.op = ChangeOp::remove;
  change.table = part.table;
  change.before = store.native_row(part, key);
  REQUIRE_FALSE(change.before.empty());
  for (const auto& column : part.key) {
    for (const auto& cell : change.before) {
      if (cell.first == column) change.row.push_back(cell);
    }
  }
  auto with = store.consequences(part, change);
  Wanted wanted{std::move(with.changes), with.blocked};
  wanted.changes.push_back(std::move(change));
  return wanted;
}

inline Change update(const std::string& table, const Cells& row, const Cells& before, const Cells& after) {
  Change change;
  change.op = ChangeOp::update;
  change.table = table;
  change.row = row;
  change.before = before;
  change.after = after;
  return change;
}

inline Change insertion(const std::string& table, const Cells& after) {
  Change change;
  change.op = ChangeOp::insert;
  change.table = table;
  change.after = after;
  return change;
}

using Outcomes = std::map<std::size_t, UnitOutcome>;

inline Outcomes apply_units(Writer& writer, const std::vector<Wanted>& wanted) {
  std::vector<Unit> units;
  for (const auto& each : wanted) {
    units.emplace_back();
    for (const auto& change : each.changes) units.back().changes.push_back(&change);
  }
  Outcomes outcomes;
  writer.apply(units, [&](std::size_t unit, UnitOutcome outcome) {
    REQUIRE_FALSE(outcomes.contains(unit));
    outcomes.emplace(unit, std::move(outcome));
  });
  REQUIRE(outcomes.size() == units.size());
  return outcomes;
}

inline Outcomes apply_and_commit(Source& source, const std::vector<Wanted>& wanted,
                                 WriteMode mode = WriteMode::repair) {
  WriteRequest request;
  request.mode = mode;
  const auto writer = source.write(source.list().front(), request);
  auto outcomes = apply_units(*writer, wanted);
  writer->prepare();
  writer->commit();
  return outcomes;
}

// What takes these outcomes back, the last first.
inline std::vector<Wanted> inverse(const Outcomes& outcomes) {
  std::vector<Wanted> wanted;
  for (auto unit = outcomes.rbegin(); unit != outcomes.rend(); ++unit) {
    Wanted back;
    for (auto effect = unit->second.effects.rbegin(); effect != unit->second.effects.rend(); ++effect) {
      Change change = *effect;
      change.op = effect->op == ChangeOp::remove   ? ChangeOp::insert
                  : effect->op == ChangeOp::insert ? ChangeOp::remove
                                                   : effect->op;
      std::swap(change.before, change.after);
      back.changes.push_back(std::move(change));
    }
    if (!back.changes.empty()) wanted.push_back(std::move(back));
  }
  return wanted;
}

}  // namespace audit
