// From findings to changes: which repair, which cells, which limits.

#include "auditor/repair/planner.hpp"

#include <algorithm>

#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

Value text(const std::string& word) { return word; }

// Table s of `rows` rows: id, status, note. Every id but "gone", "broken" and "new…" is there.
class FakeStore : public Store, public Host {
 public:
  explicit FakeStore(std::int64_t rows) : rows_(rows) {
    info_.source = "db";
    info_.location = "/db";
  }
  [[nodiscard]] const StoreInfo& info() const override { return info_; }
  [[nodiscard]] bool has(const std::string&, const std::string&) override { return true; }
  [[nodiscard]] Value probe(const std::string&) override { return {}; }
  void scan(const RelationMapping&, const std::vector<std::string>&, const RowSink& sink) override {
    const Row row = {text("db")};
    for (std::int64_t i = 0; i < rows_ && sink(row); ++i) {
    }
  }
  [[nodiscard]] Host* host() override { return this; }
  [[nodiscard]] Cells native_row(const RelationPart& part, const Cells& key) override {
    const std::string id = to_text(key.front().second);
    if (id == "broken") throw Error(ErrorKind::source, "malformed");
    if (id == "gone" || id.starts_with("new") || part.table != "s") return {};
    return {{"id", text(id)}, {"status", text("running")}, {"note", Value{}}};
  }
  std::size_t expect(const RelationPart&, std::span<const Cells> keys, ChangeOp, std::span<const Cells> next) override {
    const auto ids = [](std::span<const Cells> rows) {
      std::vector<std::string> found;
      for (const auto& key : rows) found.push_back(to_text(key.front().second));
      return found;
    };
    const std::size_t taken = std::min(most, keys.size());
    told.push_back({ids(keys.first(taken)), ids(next)});
    return taken;
  }
  void define(const RelationMapping&) override {}
  void ship(const Table&) override {}
  void run(const Query&, const std::vector<Row>*, const RowSink&) override {}
  [[nodiscard]] std::int64_t estimate(const std::string&) override { return 1'000'000; }  // far off on purpose

  struct Told {
    std::vector<std::string> keys;
    std::vector<std::string> next;
  };
  std::vector<Told> told;
  std::size_t most = 1'000'000;  // keys that it takes note of at once

 private:
  StoreInfo info_;
  std::int64_t rows_;
};

class FakeProfile : public OpenProfile {
 public:
  FakeProfile(std::int64_t rows, bool keyed) : store_(rows), mapping_{"session", {{}}} {
    RelationPart& part = mapping_.parts.front();
    part.source = "db";
    part.table = "s";
    if (keyed) part.key = {"id"};
    const auto plain = [](const char* from) {
      ColumnMap map;
      map.from = from;
      map.writable_as_is = true;
      return map;
    };
    part.columns = {
        {"id", plain("id")}, {"status", plain("status")}, {"note", plain("note")}, {"state", plain("status")}};
    part.columns[3].second.writable_as_is = false;
    part.columns[3].second.write = {{text("failed"), text("FAILED")}};
    part.insert = {{"origin", text("audit")}, {"seen", text(":now")}, {"other", text("{other}")}, {"none", text("{none}")}};
  }
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] Place place(const std::string& relation, const std::string& source, const std::string&) override {
    if (relation != "session" || (!source.empty() && source != "db")) return {};
    return {&store_, &mapping_};
  }
  [[nodiscard]] const ProfileOrigin& origin() const override { return origin_; }
  void close() override {}
  [[nodiscard]] std::unique_ptr<Writer> write(const std::string&, const std::string&, const WriteRequest&) override { return nullptr; }
  [[nodiscard]] std::string adapter(const std::string&) const override { return "fake"; }
  // "yes" has a row for every finding but those of b, "two" has two, "none" none, and nothing else can be told.
  [[nodiscard]] std::optional<std::vector<Answer>> ask(const Check&, const std::string& query, const std::vector<const FindingRow*>& rows, const Report&) override {
    if (query == "unknown") return std::nullopt;
    std::vector<Answer> answers;
    for (const FindingRow* row : rows) {
      const std::string id = to_text(row->cells.front().second);
      Answer answer;
      if (query == "yes" && id != "b") answer.push_back({{"id", text(id)}});
      for (int i = 1; query == "two" && i <= 2; ++i) answer.push_back({{"row", text(id + std::to_string(i))}, {"number", std::int64_t{i}}});
      answers.push_back(std::move(answer));
    }
    return answers;
  }
  [[nodiscard]] std::vector<bool> still_holding(const std::vector<const FindingRow*>&, const Report&, const std::vector<View>&) override { return {}; }
  [[nodiscard]] std::string unwritable(const std::string&) override { return why_not; }
  [[nodiscard]] FakeStore& store() { return store_; }
  std::string why_not;

 private:
  std::string name_ = "p";
  ProfileOrigin origin_;
  FakeStore store_;
  RelationMapping mapping_;
};

ChangeTemplate update(const std::string& column, const Value& value, const std::string& id = "id") {
  ChangeTemplate change;
  change.op = ChangeOp::update;
  change.relation = "session";
  change.key = {{"id", {Term::Kind::column, {}, id}}};
  change.set = {{column, {Term::Kind::literal, value, ""}}};
  return change;
}

ChangeTemplate removal() {
  ChangeTemplate change = update("status", {});
  change.op = ChangeOp::remove;
  change.set.clear();
  return change;
}

Check check(const std::string& id, const std::vector<RepairTemplate>& repairs) {
  Check check;
  check.id = id;
  check.repairs = repairs;
  return check;
}

struct Scenario {
  std::vector<Check> checks;
  ScanResult result;
  bool keyed = true;
  std::string why_not;  // nothing can be written

  void found(const std::string& check, const std::vector<std::string>& ids,
             FindingStatus status = FindingStatus::fresh) {
    Finding finding;
    finding.check = check;
    finding.profile = "p";
    finding.subject = {"session", "db", "", ids.front()};
    finding.fingerprint = check + ":" + ids.front();
    finding.status = status;
    for (const auto& one : checks) {
      if (one.id != check) continue;
      for (const auto& repair : one.repairs) finding.repairs.push_back({repair.name, repair.applicability, false});
    }
    for (const auto& id : ids)
      result.rows.push_back(
          {result.report.findings.size(), {{"id", text(id)}, {"other", text("x")}, {"none", Value{}}}});
    result.report.findings.push_back(finding);
  }

  // "check:op:id column=before>after …" of every change.
  std::vector<std::string> plan(const RepairPolicy& policy = {}, std::int64_t rows = 1000) {
    auto profile = std::make_unique<FakeProfile>(rows, keyed);
    profile->why_not = why_not;
    result.profiles.push_back(std::move(profile));
    make_plan(checks, result, policy, 42);
    std::vector<std::string> lines;
    for (const auto& change : result.report.plan.changes) {
      std::string line = change.check + ":" + to_string(change.op) + ":" +
                         (change.row.empty() ? "" : to_text(change.row.front().second));
      for (const auto& [column, value] : change.after) line += " " + column + "=" + to_text(value);
      lines.push_back(line);
    }
    CHECK(result.report.summary.planned == static_cast<std::int64_t>(lines.size()));
    CHECK(result.report.plan.id.empty() == lines.empty());
    return lines;
  }

  [[nodiscard]] std::string selected(std::size_t finding) const {
    for (const auto& repair : result.report.findings[finding].repairs) {
      if (repair.selected) return repair.name;
    }
    return "";
  }
};

using Lines = std::vector<std::string>;

const RepairTemplate kMark{"mark", Applicability::safe, {update("state", text("failed"))}};
const RepairTemplate kDelete{"delete", Applicability::unsafe, {removal()}};
const RepairTemplate kClose{"close", Applicability::irreversible, {removal()}};
const RepairTemplate kLook{"look", Applicability::manual, {}};

Lines planned(const std::vector<RepairTemplate>& repairs, const RepairPolicy& policy) {
  Scenario s;
  s.checks = {check("c", repairs)};
  s.found("c", {"a"});
  return s.plan(policy);
}

}  // namespace

TEST_CASE("the first repair that is allowed is planned", "[planner]") {
  const Lines mark = {"c:update:a status=FAILED"};
  const Lines remove = {"c:delete:a"};
  CHECK(planned({kMark, kDelete}, {}) == mark);
  CHECK(planned({kDelete, kMark}, {}) == mark);
  CHECK(planned({kDelete}, {}).empty());
  CHECK(planned({kDelete, kMark}, {.unsafe = true}) == remove);
  CHECK(planned({kMark, kDelete}, {.unsafe = true}) == mark);
  CHECK(planned({kLook, kMark}, {}) == mark);
  CHECK(planned({kLook}, {.unsafe = true, .irreversible = true}).empty());
  CHECK(planned({kDelete}, {.allow = {{"c", ""}}}) == remove);
  CHECK(planned({kMark, kDelete}, {.allow = {{"c", "delete"}}}) == remove);
  CHECK(planned({kMark, kDelete}, {.allow = {{"d", "delete"}}}) == mark);
  CHECK(planned({kClose}, {.unsafe = true}).empty());
  CHECK(planned({kClose}, {.irreversible = true}) == remove);  // a flag of its own
  CHECK(planned({kDelete}, {.irreversible = true}).empty());
  CHECK(planned({kClose}, {.irreversible = true, .allow = {{"c", "close"}}}) == remove);
  CHECK(planned({kClose}, {.allow = {{"c", "close"}}}).empty());
  CHECK(planned({kMark}, {.only = {"d"}}).empty());
  CHECK(planned({kMark}, {.only = {"d", "c"}}) == mark);
}

TEST_CASE("a change holds the cells that it changes, before and after", "[planner]") {
  Scenario s;
  ChangeTemplate two = update("state", text("failed"));
  two.set.emplace_back("note", Term{Term::Kind::now, {}, ""});
  two.set.emplace_back("status", Term{Term::Kind::literal, text("FAILED"), ""});
  s.checks = {check("c", {{"r", Applicability::safe, {two}}})};
  s.found("c", {"a"});
  CHECK(s.plan() == Lines{"c:update:a status=FAILED note=42"});
  const Change& change = s.result.report.plan.changes.front();
  CHECK(change.before == Cells{{"status", text("running")}, {"note", Value{}}});
  CHECK(change.row == Cells{{"id", text("a")}});
  CHECK(change.key == Cells{{"id", text("a")}});
  CHECK(change.finding == "c:a");
  CHECK(s.selected(0) == "r");
}

TEST_CASE("what is so already is left out", "[planner]") {
  Scenario s;
  ChangeTemplate same = update("status", text("running"));
  ChangeTemplate half = same;
  half.set.emplace_back("note", Term{Term::Kind::literal, text("n"), ""});
  s.checks = {check("same", {{"r", Applicability::safe, {same}}}), check("half", {{"r", Applicability::safe, {half}}})};
  s.found("same", {"a"});
  s.found("half", {"b"});
  CHECK(s.plan() == Lines{"half:update:b note=n"});
  CHECK(s.selected(0).empty());
}

TEST_CASE("a change that cannot be made leaves its finding without one", "[planner]") {
  Scenario s;
  s.checks = {check("mark", {kMark}),
              check("unwritable", {{"r", Applicability::safe, {update("state", text("ended"))}}}),
              check("unmapped", {{"r", Applicability::safe, {update("kind", text("x"))}}}),
              check("nokey", {{"r", Applicability::safe, {update("status", text("x"), "none")}}}),
              check("half", {{"r", Applicability::safe, {update("status", text("x")), update("kind", text("x"))}}})};
  s.found("mark", {"gone"});
  s.found("mark", {"broken"});
  s.found("unwritable", {"a"});
  s.found("unmapped", {"b"});
  s.found("nokey", {"c"});
  s.found("half", {"d"});
  s.found("mark", {"e"}, FindingStatus::baseline);
  s.found("mark", {"f"});
  CHECK(s.plan() == Lines{"mark:update:f status=FAILED"});
  for (std::size_t i = 0; i < 7; ++i) CHECK(s.selected(i).empty());
  Scenario keyless;  // nothing would name the row when the change is made
  keyless.keyed = false;
  keyless.checks = {check("mark", {kMark})};
  keyless.found("mark", {"a"});
  keyless.found("mark", {"b"});
  CHECK(keyless.plan().empty());
}

TEST_CASE("a repair is planned for the findings that its condition returns, the next one for the others", "[planner]") {
  RepairTemplate only = kMark;
  RepairTemplate usual{"usual", Applicability::safe, {update("note", text("n"))}};
  const auto planned_when = [&](const std::string& when) {
    Scenario s;
    only.when = when;
    s.checks = {check("c", {only, usual})};
    s.found("c", {"a"});
    s.found("c", {"b"});
    s.found("c", {"c", "b"});  // right only when it is for every row
    return s.plan();
  };
  CHECK(planned_when("yes") == Lines{"c:update:a status=FAILED", "c:update:b note=n", "c:update:c note=n"});
  CHECK(planned_when("none") == Lines{"c:update:a note=n", "c:update:b note=n", "c:update:c note=n"});
  CHECK(planned_when("unknown") == Lines{"c:update:a note=n", "c:update:b note=n", "c:update:c note=n"});
}

TEST_CASE("a change is made for each row of its query", "[planner]") {
  ChangeTemplate each = update("status", text("moved"), "row");
  each.set.emplace_back("note", Term{Term::Kind::column, {}, "number"});
  const auto planned_each = [&](const std::string& query) {
    Scenario s;
    each.each = query;
    s.checks = {check("c", {{"r", Applicability::safe, {each, update("note", text("n"))}}})};
    s.found("c", {"a"});
    return s.plan();
  };
  CHECK(planned_each("two") == Lines{"c:update:a1 status=moved note=1", "c:update:a2 status=moved note=2", "c:update:a note=n"});
  CHECK(planned_each("none") == Lines{"c:update:a note=n"});
  CHECK(planned_each("unknown").empty());
}

TEST_CASE("the rows of one query count once against the limits", "[planner]") {
  ChangeTemplate each = update("status", text("moved"), "row");
  each.each = "two";
  const auto refusal = [&](int findings, const RepairPolicy& policy, std::int64_t rows) {
    Scenario s;
    s.checks = {check("c", {{"r", Applicability::safe, {each}}})};
    for (int i = 0; i < findings; ++i) s.found("c", {"x" + std::to_string(i)});
    CHECK(s.plan(policy, rows).size() == static_cast<std::size_t>(2 * findings));
    return s.result.report.plan.refused;
  };
  CHECK(refusal(2, {.max_changes = 2}, 1000).empty());
  CHECK(refusal(3, {.max_changes = 2}, 1000) == "3 changes are more than --max-changes 2");
  CHECK(refusal(4, {.max_fraction = 0.2}, 20).empty());
  CHECK(refusal(5, {.max_fraction = 0.2}, 20) == "5 of 20 rows of session are more than --max-fraction 0.2");
}

TEST_CASE("what may be set is left out where the profile cannot write it", "[planner]") {
  Scenario s;
  ChangeTemplate wanted = update("note", text("n"));
  wanted.also = {{"state", {Term::Kind::literal, text("ended"), ""}}, {"kind", {Term::Kind::literal, text("x"), ""}}, {"status", {Term::Kind::literal, text("s"), ""}}};
  s.checks = {check("c", {{"r", Applicability::safe, {wanted}}})};
  s.found("c", {"a"});
  CHECK(s.plan() == Lines{"c:update:a note=n status=s"});
}

TEST_CASE("two findings may not want different things of one cell", "[planner]") {
  Scenario s;
  s.checks = {check("x", {{"r", Applicability::safe, {update("status", text("x"))}}}),
              check("y", {{"r", Applicability::safe, {update("status", text("y"))}}}),
              check("note", {{"r", Applicability::safe, {update("note", text("n"))}}})};
  s.found("x", {"a"});
  s.found("y", {"a"});
  s.found("note", {"a"});
  s.found("x", {"a"});  // the same again
  s.found("y", {"b"});
  CHECK(s.plan() == Lines{"x:update:a status=x", "note:update:a note=n", "y:update:b status=y"});
  CHECK(s.selected(1).empty());
  CHECK(s.selected(3) == "r");
}

TEST_CASE("a finding that is refused leaves nothing of it in the plan", "[planner]") {
  Scenario s;
  s.checks = {check("x", {{"r", Applicability::safe, {update("status", text("x"))}}}),
              check("y", {{"r", Applicability::safe, {update("status", text("y"))}}})};
  s.found("x", {"a"});
  s.found("y", {"b", "a"});  // its second row is in conflict
  s.found("y", {"b"});       // so this one still has to change the row
  CHECK(s.plan() == Lines{"x:update:a status=x", "y:update:b status=y"});
  CHECK(s.selected(1).empty());
  CHECK(s.selected(2) == "r");
  Scenario own;  // a group whose rows disagree with each other
  own.checks = {check("c", {{"r", Applicability::safe, {update("status", text("x")), update("status", text("y"))}}})};
  own.found("c", {"a"});
  CHECK(own.plan().empty());
}

TEST_CASE("a row that goes needs no other change", "[planner]") {
  for (const bool removal_first : {true, false}) {
    Scenario s;
    s.checks = {check("mark", {kMark}), check("drop", {kDelete})};
    s.found(removal_first ? "drop" : "mark", {"a"});
    s.found(removal_first ? "mark" : "drop", {"a"});
    s.found("drop", {"a"});
    s.found("mark", {"b"});
    CHECK(s.plan({.unsafe = true}) == Lines{"drop:delete:a", "mark:update:b status=FAILED"});
    CHECK(s.result.report.plan.changes.front().before.size() == 3);  // the whole row, as it is
  }
}

TEST_CASE("inserts carry what a new row needs, each once", "[planner]") {
  Scenario s;
  ChangeTemplate insert;
  insert.op = ChangeOp::insert;
  insert.relation = "session";
  insert.set = {{"id", {Term::Kind::column, {}, "id"}}};
  s.checks = {check("c", {{"r", Applicability::safe, {insert}}})};
  s.found("c", {"new"});
  s.found("c", {"new", "newer"});
  CHECK(s.plan() == Lines{"c:insert:new origin=audit seen=42 other=x id=new", "c:insert:newer origin=audit seen=42 other=x id=newer"});
  CHECK(s.result.report.plan.changes.front().before.empty());
  Scenario there;  // a row that is there already is not made again
  there.checks = s.checks;
  there.found("c", {"r1"});
  CHECK(there.plan().empty());
  CHECK(there.result.report.findings.front().refusal == "s has a row r1 already");
  Scenario rivals;  // two rows of one name that differ: neither is made
  insert.set.emplace_back("note", Term{Term::Kind::column, {}, "other"});
  rivals.checks = s.checks;
  insert.set.back() = {"note", {Term::Kind::literal, text("x"), ""}};
  rivals.checks.push_back(check("d", {{"r", Applicability::safe, {insert}}}));
  rivals.found("c", {"new"});
  rivals.found("d", {"new"});
  CHECK(rivals.plan().empty());
  CHECK(rivals.result.report.findings.front().refusal.find("decided by hand") != std::string::npos);
  Scenario own;  // what the finding says counts more than what a new row usually is; a cell is named once
  insert.set = {{"status", {Term::Kind::literal, text("running"), ""}}, {"note", {Term::Kind::literal, text("a"), ""}}};
  own.checks = {check("c", {{"r", Applicability::safe, {insert}}})};
  insert.set.emplace_back("state", Term{Term::Kind::literal, text("failed"), ""});
  own.checks.push_back(check("d", {{"r", Applicability::safe, {insert}}}));
  own.found("c", {"a"});
  own.found("d", {"b"});
  CHECK(own.plan() == Lines{"c:insert: origin=audit seen=42 other=x status=running note=a"});
}

TEST_CASE("a row is made only when it is known what names it", "[planner]") {
  Scenario s;
  ChangeTemplate insert;
  insert.op = ChangeOp::insert;
  insert.relation = "session";
  insert.set = {{"id", {Term::Kind::column, {}, "none"}}, {"status", {Term::Kind::literal, text("running"), ""}}};
  s.checks = {check("c", {{"r", Applicability::safe, {insert}}})};
  s.found("c", {"new-a"});
  CHECK(s.plan().empty());
  Scenario more;  // NULL for a column that there is not is nothing to set; a value is
  insert.set = {{"id", {Term::Kind::column, {}, "id"}}, {"unmapped", {Term::Kind::column, {}, "none"}}};
  more.checks = {check("c", {{"r", Applicability::safe, {insert}}})};
  insert.set.back().second.column = "other";
  more.checks.push_back(check("d", {{"r", Applicability::safe, {insert}}}));
  more.found("c", {"new-a"});
  more.found("d", {"new-b"});
  CHECK(more.plan() == Lines{"c:insert:new-a origin=audit seen=42 other=x id=new-a"});
}

TEST_CASE("a row that two findings change counts once in a share of the rows", "[planner]") {
  const auto refused = [](int rows_changed, std::int64_t rows) {
    Scenario s;
    s.checks = {check("c", {kMark}), check("d", {{"note", Applicability::safe, {update("note", text("n"))}}})};
    for (int i = 0; i < rows_changed; ++i) s.found("c", {"r" + std::to_string(i)});
    for (int i = 0; i < rows_changed; ++i) s.found("d", {"r" + std::to_string(i)});
    CHECK(s.plan({}, rows).size() == 2 * static_cast<std::size_t>(rows_changed));
    return s.result.report.plan.refused;
  };
  CHECK(refused(2, 10).empty());
  CHECK(refused(3, 14) == "3 of 14 rows of session are more than --max-fraction 0.2");
}

TEST_CASE("a record of a store is not written into", "[planner]") {
  const auto plan = [](const RepairPolicy& policy) {
    Scenario s;
    s.why_not = "'db' is a recorded snapshot here, and nothing can be changed in it";
    s.checks = {check("c", {kMark})};
    s.found("c", {"a"});
    const auto changes = s.plan(policy);
    return std::pair(changes, s.result.report.findings[0].refusal);
  };
  CHECK(plan({}) == std::pair(Lines{}, std::string("'db' is a recorded snapshot here, and nothing can be changed in it")));
  CHECK(plan({.on_paper = true}) == std::pair(Lines{"c:update:a status=FAILED"}, std::string()));
}

TEST_CASE("a plan that is too large to be believed is refused", "[planner]") {
  const auto refused = [](std::size_t changes, std::int64_t rows, RepairPolicy policy = {}) {
    Scenario s;
    s.checks = {check("c", {kMark})};
    for (std::size_t i = 0; i < changes; ++i) s.found("c", {"r" + std::to_string(i)});
    CHECK(s.plan(policy, rows).size() == changes);
    return s.result.report.plan.refused;
  };
  CHECK(refused(2, 10).empty());
  CHECK(refused(3, 15).empty());  // just a fifth
  CHECK(refused(3, 14) == "3 of 14 rows of session are more than --max-fraction 0.2");
  CHECK(refused(3, 10) == "3 of 10 rows of session are more than --max-fraction 0.2");
  CHECK(refused(9, 9).empty());  // too few rows to speak of a share
  CHECK(refused(3, 10, {.max_fraction = 0.3}).empty());
  CHECK(refused(1, 100, {.max_fraction = 0}) == "1 of 100 rows of session are more than --max-fraction 0");
  CHECK(refused(10, 10, {.max_fraction = 1}).empty());
  CHECK(refused(5, 1000, {.max_changes = 5}).empty());
  CHECK(refused(6, 1000, {.max_changes = 5}) == "6 changes are more than --max-changes 5");
}

TEST_CASE("the id of a plan is that of its contents", "[planner]") {
  const auto id = [](const std::vector<std::string>& ids) {
    Scenario s;
    s.checks = {check("c", {kMark})};
    for (const auto& one : ids) s.found("c", {one});
    (void)s.plan();
    return s.result.report.plan.id;
  };
  CHECK(id({"a", "b"}) == id({"a", "b"}));
  CHECK(id({"a", "b"}) != id({"a"}));
  CHECK(id({"a"}) != id({"b"}));
  CHECK(id({"a"}).size() == 12);
}

TEST_CASE("a store is told which rows come next, and which after those, each in its turn", "[planner]") {
  constexpr std::size_t kFindings = 4500;
  Scenario s;
  s.checks = {check("c", {kDelete}), check("d", {kDelete})};
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < kFindings; ++i) {
    ids.push_back("r" + std::to_string(i));
    s.found(i + 100 < kFindings ? "c" : "d", {ids.back()});  // the last hundred are another check's
  }
  const std::size_t most = GENERATE(as<std::size_t>{}, 1'000'000, 500, 1);
  auto profile = std::make_unique<FakeProfile>(1000, true);
  FakeStore& store = profile->store();
  store.most = most;
  s.result.profiles.push_back(std::move(profile));
  make_plan(s.checks, s.result, {.unsafe = true, .max_changes = 10'000, .max_fraction = 100}, 42);
  CHECK(s.result.report.plan.changes.size() == kFindings);

  // Every row once, in the order of the findings: few at first, then more, and no more than the store took. The last row of each check, where it is alone,
  // is not worth telling.
  std::vector<std::string> told;
  for (std::size_t i = 0; i < store.told.size(); ++i) {
    const auto& one = store.told[i];
    told.insert(told.end(), one.keys.begin(), one.keys.end());
    // What was said to come next is what came, unless the store had taken less.
    if (most >= kFindings && i + 1 < store.told.size()) CHECK((one.next.empty() ? std::string("r4400") : one.next.front()) == store.told[i + 1].keys.front());
    if (most >= kFindings && !one.next.empty()) CHECK(one.next == store.told[i + 1].keys);
  }
  if (most == 1) {
    ids.erase(ids.begin() + 4499);
    ids.erase(ids.begin() + 4399);
  }
  CHECK(told == ids);
  if (most >= kFindings) CHECK(store.told.size() == 6);  // 250, 500, 1,000, 2,000, 650; 100
  if (most == 500) CHECK(store.told.size() == 11);       // 250, 500, seven of 500, 150; 100
}
