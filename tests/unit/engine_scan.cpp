// A whole scan over stores that misbehave: absent, changing while read, different the second time.

#include "auditor/engine/scan.hpp"

#include <algorithm>

#include "auditor/cli/test_stores.hpp"
#include "auditor/engine/check_loader.hpp"
#include "auditor/engine/config.hpp"
#include "auditor/model/error.hpp"
#include "auditor/repair/planner.hpp"
#include "auditor/sys/text_file.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <fstream>

using namespace audit;

namespace {

// What the stores of the adapter "fake" hold: the tables of each source at its first, second, … opening (the last one
// stays).
struct World {
  using Tables = std::map<std::string, std::pair<std::vector<std::string>, std::vector<Row>>>;
  std::map<std::string, std::vector<Tables>> sources;
  std::map<std::string, StoreUnavailable> unavailable;
  std::map<std::string, int> unavailable_from;  // opening
  std::map<std::string, int> invalid;           // openings of which what was read is worth nothing
  std::map<std::string, std::string> breaks;    // source → table that cannot be read
  std::map<std::string, int> opened;
};

class FakeStore : public Store {
 public:
  FakeStore(World& world, const std::string& source, int opening) : world_(world), opening_(opening) {
    info_.source = source;
    info_.location = "fake:" + source;
    const auto& all = world.sources.at(source);
    tables_ = &all[std::min(static_cast<std::size_t>(opening), all.size()) - 1];
  }
  [[nodiscard]] const StoreInfo& info() const override { return info_; }
  [[nodiscard]] bool has(const std::string& table, const std::string& column) override {
    const auto found = tables_->find(table);
    if (found == tables_->end()) return false;
    const auto& columns = found->second.first;
    return column.empty() || std::find(columns.begin(), columns.end(), column) != columns.end();
  }
  [[nodiscard]] Value probe(const std::string&) override { return {}; }
  void scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) override {
    const std::string& table = relation.parts.front().table;
    if (world_.breaks[info_.source] == table) throw Error(ErrorKind::source, "the disk is broken");
    const auto& [names, rows] = tables_->at(table);
    for (const auto& row : rows) {
      Row out;
      for (const auto& column : columns) {
        const auto at = std::find(names.begin(), names.end(), column);
        out.push_back(at != names.end()    ? row[static_cast<std::size_t>(at - names.begin())]
                      : column == "source" ? Value(info_.source)
                      : column == "scope"  ? Value(std::string())
                                           : Value{});
      }
      if (!sink(out)) return;
    }
  }
  [[nodiscard]] Host* host() override { return nullptr; }
  [[nodiscard]] Cells native_row(const RelationPart& part, const Cells& key) override {
    const auto& [names, rows] = tables_->at(part.table);
    for (const auto& row : rows) {
      Cells cells;
      for (std::size_t i = 0; i < names.size(); ++i) cells.emplace_back(names[i], row[i]);
      if (to_text(row.front()) == to_text(key.front().second)) return cells;
    }
    return {};
  }
  [[nodiscard]] bool still_valid() override { return opening_ > world_.invalid[info_.source]; }

 private:
  World& world_;
  StoreInfo info_;
  int opening_;
  const World::Tables* tables_ = nullptr;
};

class FakeSource : public Source {
 public:
  FakeSource(World& world, std::string name) : world_(world), name_(std::move(name)) {}
  std::vector<StoreInfo> list() override {
    StoreInfo info;
    info.source = name_;
    info.location = "fake:" + name_;
    return {info};
  }
  std::vector<std::unique_ptr<Store>> open(const StoreInfo&, int) override {
    const int opening = ++world_.opened[name_];
    if (const auto bad = world_.unavailable.find(name_); bad != world_.unavailable.end()) {
      const auto from = world_.unavailable_from.find(name_);
      if (from == world_.unavailable_from.end() || opening >= from->second) throw bad->second;
    }
    std::vector<std::unique_ptr<Store>> stores;
    stores.push_back(std::make_unique<FakeStore>(world_, name_, opening));
    return stores;
  }
  [[nodiscard]] std::vector<std::string> provides(const std::string&) const override { return {}; }

 private:
  World& world_;
  std::string name_;
};

class FakeAdapter : public Adapter {
 public:
  explicit FakeAdapter(World& world) : world_(world) {}
  [[nodiscard]] const char* name() const override { return "fake"; }
  [[nodiscard]] std::vector<AdapterOption> options() const override { return {}; }
  [[nodiscard]] std::unique_ptr<Source> source(const SourceSpec& spec, const Cancellation&) const override {
    return std::make_unique<FakeSource>(world_, spec.name);
  }

 private:
  World& world_;
};

Value text(const char* word) { return std::string(word); }

World::Tables sessions(const std::vector<const char*>& ids) {
  World::Tables tables;
  auto& [columns, rows] = tables["s"];
  columns = {"id", "win", "state"};
  for (const char* id : ids) rows.push_back({text(id), std::string("@") + id, text("active")});
  tables["k"] = {{"id"}, {{text("k")}}};
  return tables;
}

World::Tables windows(const std::vector<const char*>& ids) {
  World::Tables tables;
  auto& [columns, rows] = tables["w"];
  columns = {"window_id"};
  for (const char* id : ids) rows.push_back({std::string("@") + id});
  return tables;
}

std::string header(const std::string& id, const std::string& more = "") {
  return "/*{\"id\": \"" + id +
         "\", \"severity\": \"error\", \"subject\": \"session\", \"title\": \"t\", \"message\": \"{id}\", \"why\": "
         "\"w\"" +
         more + "}*/\n";
}

const std::string kLost =
    "SELECT s.source, s.scope, s.id FROM session s WHERE NOT EXISTS (SELECT 1 FROM tmux_window w WHERE w.window_id = "
    "s.window_id)";
const std::string kMark =
    R"(, "safety": "s", "repairs": [{"name": "r", "applicability": "safe", "changes": [{"update": "session", "key": {"id": "{id}"}, "set": {"state": "failed"}}]}])";

struct Scene {
  TemporaryDirectory directory;
  World world;
  std::map<std::string, std::string> checks;
  std::string tmux_options;

  Scene() {
    world.sources = {{"db", {sessions({"a", "b", "c"})}}, {"tmux", {windows({"b"})}}};
    checks["lost"] = header("lost", kMark) + kLost;
    checks["any"] = header("any", kMark) + "SELECT s.source, s.scope, s.id FROM session s";
  }

  ScanResult scan(ScanRequest request = {}) {
    std::ofstream(directory.path() + "/p.json")
        << R"({"profile": "p", "sources": {"db": {"adapter": "fake"}, "tmux": {"adapter": "fake")" + tmux_options +
               R"(}},
      "relations": {"workspace": {"source": "db", "table": "k", "key": "id", "columns": {"id": "id"}}, "session": {"source": "db", "table": "s", "key": "id", "columns": {"id": "id", "window_id": "win", "state": "state"}},
                    "tmux_window": {"source": "tmux", "table": "w", "columns": {"window_id": "window_id"}}}})";
    for (const auto& [id, sql] : checks) std::ofstream(directory.path() + "/" + id + ".sql") << sql;
    Catalog catalog;
    catalog.add_adapter(std::make_unique<FakeAdapter>(world));
    catalog.add_checks_directory(directory.path());
    request.profiles = {{directory.path() + "/p.json", {}, ""}};
    const Cancellation cancel;
    auto result = audit::scan(catalog, request, cancel, {}, {});
    make_plan(catalog.checks(), result, {.max_fraction = 1}, 0);
    return result;
  }
};

// "check:id" of every finding.
std::vector<std::string> found(const ScanResult& result) {
  std::vector<std::string> all;
  for (const auto& finding : result.report.findings) all.push_back(finding.check + ":" + finding.subject.id);
  return all;
}

const CheckReport& report(const ScanResult& result, const std::string& id) {
  return *std::find_if(result.report.checks.begin(), result.report.checks.end(),
                       [&](const CheckReport& check) { return check.check == id; });
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a scan of two stores finds what they disagree about", "[scan]") {
  Scene scene;
  const auto result = scene.scan();
  CHECK(found(result) == Lines{"any:a", "any:b", "any:c", "lost:a", "lost:c"});
  CHECK(result.report.complete);
  CHECK(result.report.plan.changes.size() == 3);
  CHECK(scene.world.opened["db"] == 2);  // once more to confirm
}

TEST_CASE("a store is said to hold all that was counted, or nothing", "[scan]") {
  Scene scene;
  CHECK(scene.scan().report.sources.front().counts == std::vector<std::pair<std::string, std::int64_t>>{{"sessions", 3}, {"workspaces", 1}});
  Scene broken;
  broken.world.breaks["db"] = "s";
  CHECK(broken.scan().report.sources.front().counts.empty());
}

TEST_CASE("a finding that is gone at the second look is dropped", "[scan][confirm]") {
  Scene scene;
  scene.world.sources["tmux"].push_back(windows({"b", "c"}));
  CHECK(found(scene.scan()) == Lines{"any:a", "any:b", "any:c", "lost:a"});
  Scene appeared;  // what only the second look shows is for the next run
  appeared.world.sources["tmux"].push_back(windows({}));
  CHECK(found(appeared.scan()) == Lines{"any:a", "any:b", "any:c", "lost:a", "lost:c"});
  Scene gone;  // the session itself
  gone.world.sources["db"].push_back(sessions({"b", "c"}));
  CHECK(found(gone.scan()) == Lines{"any:b", "any:c", "lost:c"});  // also of the store alone: it has no engine, and so no snapshot
}

TEST_CASE("what cannot be confirmed is not reported", "[scan][confirm]") {
  Scene scene;
  scene.world.unavailable["tmux"] = {StoreStatus::dead, "has died", ""};
  scene.world.unavailable_from["tmux"] = 2;
  const auto result = scene.scan();
  CHECK(found(result) == Lines{"any:a", "any:b", "any:c"});
  CHECK(report(result, "lost").status == CheckStatus::failed);
  CHECK(report(result, "lost").reason.find("could not be confirmed") != std::string::npos);
  CHECK_FALSE(result.report.complete);
}

TEST_CASE("a finding that is not confirmed hides nothing", "[scan][confirm]") {
  Scene scene;
  scene.checks["lost"] = header("lost", ", \"supersedes\": [\"any\"]") + kLost;
  scene.world.sources["tmux"].push_back(windows({"b", "c"}));
  CHECK(found(scene.scan()) == Lines{"any:b", "any:c", "lost:a"});
}

TEST_CASE("a check that supersedes what is not there is refused", "[scan]") {
  Scene scene;
  scene.checks["lost"] = header("lost", ", \"supersedes\": [\"anny\"]") + kLost;
  std::string said;
  try {
    (void)scene.scan();
  } catch (const Error& error) {
    said = error.what();
  }
  CHECK(said.find("\"anny\"") != std::string::npos);
}

TEST_CASE("a store that changes while it is read is read again", "[scan]") {
  Scene scene;
  scene.world.sources["db"] = {sessions({"torn"}), sessions({"a"})};
  scene.world.invalid["db"] = 1;
  const auto result = scene.scan();
  CHECK(found(result) == Lines{"any:a", "lost:a"});
  CHECK(result.report.complete);

  Scene restless;
  restless.world.invalid["db"] = 1000;
  const auto given_up = restless.scan();
  CHECK(found(given_up).empty());  // what was read is worth nothing
  CHECK(given_up.report.plan.changes.empty());
  CHECK_FALSE(given_up.report.complete);
  CHECK(report(given_up, "any").status == CheckStatus::failed);
  CHECK(given_up.report.sources.front().status == "unknown");

  Scene later;  // quiet at first, restless when findings are confirmed
  later.world.sources["db"] = {sessions({"a"})};
  later.world.invalid["tmux"] = 0;
  CHECK(found(later.scan()) == Lines{"any:a", "lost:a"});
}

TEST_CASE("absent is not empty", "[scan]") {
  for (const auto status : {StoreStatus::absent, StoreStatus::dead, StoreStatus::unknown}) {
    Scene scene;
    scene.world.unavailable["tmux"] = {status, "is not there", "start it"};
    const auto result = scene.scan();
    CHECK(found(result) == Lines{"any:a", "any:b", "any:c"});
    CHECK(report(result, "lost").status == CheckStatus::failed);
    CHECK(report(result, "lost").reason == "source 'tmux': is not there");
    CHECK_FALSE(result.report.complete);
    CHECK(result.report.sources.back().status == to_string(status));
    CHECK(result.report.sources.back().hint == "start it");
  }
}

TEST_CASE("an optional source is needed when its condition says so", "[scan]") {
  const auto run = [](const std::string& options, bool db = true) {
    Scene scene;
    scene.tmux_options = ", \"optional\": true" + options;
    scene.world.unavailable["tmux"] = {StoreStatus::absent, "is not there", ""};
    if (!db) scene.world.unavailable["db"] = {StoreStatus::unknown, "is locked", ""};
    return scene.scan();
  };
  const std::string active = R"j(, "needed_when": "EXISTS (SELECT 1 FROM session s WHERE s.state = 'active')")j";
  const std::string ended = R"j(, "needed_when": "EXISTS (SELECT 1 FROM session s WHERE s.state = 'ended')")j";
  for (const auto& options : {std::string(), ended}) {
    const auto spare = run(options);
    CHECK(spare.report.complete);
    CHECK(report(spare, "lost").status == CheckStatus::not_applicable);
    CHECK(report(spare, "lost").reason == "source 'tmux': is not there, and nothing needs it");
    CHECK_FALSE(spare.report.sources.back().needed);
  }
  const auto needed = run(active);
  CHECK_FALSE(needed.report.complete);
  CHECK(report(needed, "lost").status == CheckStatus::failed);
  CHECK(needed.report.sources.back().needed);
  CHECK(run(ended, false).report.sources.back().needed);  // cannot be told: needed
  Scene wrong;
  wrong.tmux_options = R"j(, "optional": true, "needed_when": "EXISTS (SELECT 1 FROM sesion s)")j";
  wrong.world.unavailable["tmux"] = {StoreStatus::absent, "is not there", ""};
  CHECK_THROWS_AS(wrong.scan(), Error);
}

TEST_CASE("what explains a finding better is looked for although nobody asked for it", "[scan]") {
  Scene scene;
  scene.checks["lost"] = header("lost", ", \"supersedes\": [\"any\"]") + kLost;
  ScanRequest only;
  only.include = {"an*"};
  ScanRequest without;
  without.exclude = {"lost"};
  ScanRequest off;
  off.settings["lost"].enabled = false;
  for (const auto& request : {only, without, off}) {
    const auto result = scene.scan(request);
    CHECK(found(result) == Lines{"any:b"});  // a and c are lost
    CHECK(result.report.plan.changes.size() == 1);
    CHECK(result.report.checks.size() == 1);  // of what was asked for alone
    CHECK(result.report.complete);
    CHECK(result.report.summary.errors == 1);
  }
  scene.world.unavailable["tmux"] = {StoreStatus::unknown, "cannot tell", ""};
  const auto blind = scene.scan(only);
  CHECK(found(blind) == Lines{"any:a", "any:b", "any:c"});
  CHECK(blind.report.plan.changes.empty());
  CHECK(blind.report.findings[0].refusal == "lost, which may explain it better, could not run: source 'tmux': cannot tell");
  CHECK_FALSE(blind.report.complete);
  CHECK(report(blind, "lost").status == CheckStatus::failed);
  scene.world.sources["db"] = {sessions({})};  // nothing that it could explain
  CHECK(scene.scan(only).report.checks.size() == 1);
}

TEST_CASE("no plan where a better explanation could not be looked for", "[scan][planner]") {
  Scene scene;
  scene.checks["lost"] = header("lost", ", \"supersedes\": [\"any\"]") + kLost;
  scene.world.unavailable["tmux"] = {StoreStatus::unknown, "cannot tell", ""};
  const auto result = scene.scan();
  CHECK(found(result) == Lines{"any:a", "any:b", "any:c"});
  CHECK(result.report.plan.changes.empty());
  CHECK(result.report.findings[2].refusal == "lost, which may explain it better, could not run: source 'tmux': cannot tell");
  Scene spare;  // an absent store that nothing needs: there is nothing to explain
  spare.checks["lost"] = scene.checks["lost"];
  spare.tmux_options = ", \"optional\": true";
  spare.world.unavailable["tmux"] = {StoreStatus::absent, "is not there", ""};
  CHECK(spare.scan().report.plan.changes.size() == 3);
  Scene told;
  told.checks["lost"] = scene.checks["lost"];
  told.tmux_options = ", \"optional\": true";
  told.world.unavailable["tmux"] = {StoreStatus::unknown, "cannot tell", ""};
  CHECK(told.scan().report.plan.changes.empty());
}

TEST_CASE("a table that cannot be read fails its checks and no other", "[scan]") {
  Scene scene;
  scene.world.breaks["tmux"] = "w";
  const auto result = scene.scan();
  CHECK(found(result) == Lines{"any:a", "any:b", "any:c"});
  CHECK(report(result, "lost").status == CheckStatus::failed);
  CHECK(report(result, "lost").reason.find("the disk is broken") != std::string::npos);
  CHECK_FALSE(result.report.complete);
  scene.world.breaks["db"] = "s";
  CHECK(found(scene.scan()).empty());
}

TEST_CASE("a store that lacks a table fails what reads it", "[scan]") {
  Scene scene;
  scene.world.sources["tmux"] = {{}};
  const auto result = scene.scan();
  CHECK(report(result, "lost").reason == "source 'tmux' has no table w");
  CHECK_FALSE(result.report.complete);
  CHECK(found(result) == Lines{"any:a", "any:b", "any:c"});
}

TEST_CASE("which checks run and how severe they are is asked for", "[scan]") {
  Scene scene;
  ScanRequest request;
  request.include = {"l*"};
  CHECK(found(scene.scan(request)) == Lines{"lost:a", "lost:c"});
  request.include = {};
  request.exclude = {"lost"};
  CHECK(found(scene.scan(request)) == Lines{"any:a", "any:b", "any:c"});
  request.exclude = {};
  request.settings["any"].enabled = false;
  request.settings["lost"].severity = Severity::note;
  const auto result = scene.scan(request);
  CHECK(found(result) == Lines{"lost:a", "lost:c"});
  CHECK(result.report.summary.notes == 2);
  CHECK(result.report.summary.errors == 0);
}

TEST_CASE("an interrupt ends the scan", "[scan]") {
  Scene scene;
  Catalog catalog;
  catalog.add_adapter(std::make_unique<FakeAdapter>(scene.world));
  std::ofstream(scene.directory.path() + "/p.json")
      << R"({"profile": "p", "sources": {"db": {"adapter": "fake"}}, "relations": {}})";
  Cancellation cancel;
  cancel.requested = true;
  ScanRequest request;
  request.profiles = {{scene.directory.path() + "/p.json", {}, ""}};
  CHECK_THROWS_AS(audit::scan(catalog, request, cancel, {}, {}), Error);
}
