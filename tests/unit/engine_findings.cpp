// From rows to findings: identity, groups, severity, words.

#include "auditor/engine/findings.hpp"
#include "auditor/engine/superseding.hpp"
#include "auditor/engine/wording.hpp"

#include <algorithm>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

struct Fixture {
  Check check;
  BoundCheck bound;
  Fixture() {
    check.id = "c";
    check.subject = "session";
    check.message = "{id} since {created_at}, {members}";
    bound.check = &check;
    bound.id_column = "id";
    bound.outputs = {"source", "scope", "id", "created_at", "root", "severity", "subject"};
  }
  [[nodiscard]] std::vector<DraftFinding> make(const std::vector<Row>& rows,
                                               std::optional<Severity> severity = {}) const {
    RowList list;
    for (const Row& row : rows) list.push_back(row);
    return make_findings(bound, "p", list, severity, 7'200'000);
  }
  [[nodiscard]] Drafts drafts(const std::vector<Row>& rows) const {
    Drafts all;
    all.id_column = bound.id_column;
    for (const auto& draft : make(rows)) all.add(draft);
    return all;
  }
};

Row row(const std::string& id, const Value& created = {}, const std::string& root = "",
        const std::string& severity = "", const std::string& subject = "", const std::string& scope = "") {
  const auto or_null = [](const std::string& text) { return text.empty() ? Value{} : Value(text); };
  return {std::string("db"), scope, id, created, or_null(root), or_null(severity), or_null(subject)};
}

std::vector<std::string> prints(const std::vector<DraftFinding>& drafts) {
  std::vector<std::string> all;
  for (const auto& draft : drafts) all.push_back(draft.finding.fingerprint);
  return all;
}

}  // namespace

TEST_CASE("a message has the word that suits the number", "[findings]") {
  Fixture f;
  f.check.message = "[a|b] {id} {created_at}";  // there is no number before these
  CHECK(f.make({row("a")}).front().finding.message == "[a|b] a null");
  f.check.message = "{id} has {root} [line|lines], the [last], [";
  const auto said = [&](const Value& number) {
    Row one = row("a");
    one[4] = number;
    return f.make({one}).front().finding;
  };
  CHECK(said(std::int64_t{1}).message == "a has 1 line, the [last], [");
  CHECK(said(std::int64_t{1}).brief == "a has 1 line, the [last], [");
  CHECK(said(std::int64_t{2}).message == "a has 2 lines, the [last], [");
  CHECK(said(std::int64_t{0}).message == "a has 0 lines, the [last], [");
  CHECK(said({}).message == "a has null lines, the [last], [");
  f.check.group = {"root"};
  f.check.message = "{count} [entry names|entries name] {root}";
  CHECK(f.make({row("a", {}, "x")}).front().finding.message == "1 entry names x");
  CHECK(f.make({row("a", {}, "x"), row("b", {}, "x")}).front().finding.message == "2 entries name x");
}

TEST_CASE("a fingerprint is the subject and nothing else", "[findings]") {
  const Fixture f;
  const auto one = f.make({row("a", std::int64_t{1}, "/x"), row("b")});
  CHECK(prints(one) == prints(f.make({row("b", std::int64_t{9}), row("a", std::int64_t{2}, "/y")})));
  CHECK(one[0].finding.fingerprint.size() == 32);
  CHECK(one[0].finding.subject.id == "a");
  const auto print = [&](const Row& r) { return f.make({r}).front().finding.fingerprint; };
  const std::set<std::string> different = {
      print(row("a")),   print(row("b")), print(row("a", {}, "", "", "task")), print(row("a", {}, "", "", "", "s")),
      print(row("1:a")), print(row(""))};
  CHECK(different.size() == 6);
  CHECK(print(row("a", {}, "", "note")) == print(row("a", {}, "", "error")));
  Fixture other;
  other.check.identity = {"root"};
  CHECK(other.make({row("a", {}, "x"), row("a", {}, "y"), row("a", {}, "x")}).size() == 2);
  CHECK(f.make({row("a", {}, "x"), row("a", {}, "y")}).size() == 1);  // one finding per subject
  // Lengths keep neighbours apart: ("ab", "c") is not ("a", "bc").
  Fixture pair;
  pair.check.group = {"id", "root"};
  CHECK(pair.make({row("ab", {}, "c"), row("a", {}, "bc")}).size() == 2);
}

TEST_CASE("a group is one finding with its members", "[findings]") {
  Fixture f;
  f.check.group = {"root"};
  const auto drafts = f.make({row("c", {}, "/old", "note"), row("a", {}, "/old", "error"), row("b", {}, "/old"),
                              row("a", {}, "/old"), row("z", {}, "/new")});
  REQUIRE(drafts.size() == 2);
  const auto& group = drafts[0].finding.subject.id == "a" ? drafts[0] : drafts[1];
  CHECK(group.rows.size() == 4);
  CHECK(group.finding.subject.id == "a");
  CHECK(group.finding.severity == Severity::error);  // the worst of its rows
  REQUIRE(group.finding.evidence.size() == 3);
  CHECK(group.finding.evidence[0].name == "root");
  CHECK(std::get<std::int64_t>(group.finding.evidence[1].value) == 3);
  CHECK(group.finding.evidence[2].many == std::vector<Value>{std::string("a"), std::string("b"), std::string("c")});
  // A member more does not make it another finding.
  const auto more = f.make({row("0", {}, "/old"), row("a", {}, "/old"), row("z", {}, "/new")});
  auto before = prints(drafts);
  auto after = prints(more);
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  CHECK(before == after);
}

TEST_CASE("severity and words", "[findings]") {
  Fixture f;
  f.check.severity = Severity::warning;
  CHECK(f.make({row("a")}).front().finding.severity == Severity::warning);
  CHECK(f.make({row("a", {}, "", "note")}).front().finding.severity == Severity::note);
  CHECK(f.make({row("a", {}, "", "bogus")}).front().finding.severity == Severity::warning);
  CHECK(f.make({row("a", {}, "", "note")}, Severity::error).front().finding.severity == Severity::error);
  const auto finding = f.make({row("a", std::int64_t{0})}).front().finding;
  CHECK(finding.message == "a since 1970-01-01T00:00:00Z, {members}");
  CHECK(finding.brief == "a since 2 h ago, {members}");
  CHECK(f.make({row("a")}).front().finding.message == "a since null, {members}");
  CHECK(f.make({row("a")}).front().finding.evidence.empty());
  CHECK(span_in_words(119'999) == "119 s");
  CHECK(span_in_words(120'000) == "2 min");
  CHECK(span_in_words(7'199'999) == "119 min");
  CHECK(span_in_words(2 * 86'400'000LL) == "2 d");
}

TEST_CASE("a finding hides what it supersedes about the same subject", "[findings]") {
  Fixture better, worse;
  better.check.id = "better";
  better.check.supersedes = {"worse"};
  worse.check.id = "worse";
  const auto left = [&](const std::vector<Row>& by, const std::vector<Row>& rows, bool grouped = false) {
    worse.check.group = grouped ? std::vector<std::string>{"root"} : std::vector<std::string>{};
    std::vector<Drafts> drafts = {worse.drafts(rows), better.drafts(by)};
    supersede(drafts, {&worse.check, &better.check});
    CHECK(drafts[1].findings.size() == better.make(by).size());
    return drafts[0].findings.size();
  };
  CHECK(left({row("a")}, {row("a"), row("b")}) == 1);
  CHECK(left({row("a", {}, "", "", "task")}, {row("a")}) == 1);       // another relation
  CHECK(left({row("a", {}, "", "", "", "other")}, {row("a")}) == 1);  // another scope
  CHECK(left({}, {row("a")}) == 1);
  // Of a group every member must be explained.
  CHECK(left({row("a")}, {row("a", {}, "x"), row("b", {}, "x")}, true) == 1);
  CHECK(left({row("a"), row("b")}, {row("a", {}, "x"), row("b", {}, "x")}, true) == 0);
}
