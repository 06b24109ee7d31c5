// Lists of findings, changes and rows: what goes in comes out, in memory and from the disk.

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "auditor/model/change_list.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/finding_list.hpp"
#include "auditor/model/row_list.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

Finding finding(int number) {
  const std::string id = "id-" + std::to_string(number);
  Finding found;
  found.check = number % 2 == 0 ? "even" : "odd";
  found.profile = "p";
  found.severity = static_cast<Severity>(number % 3);
  found.subject = {"session", "db", number % 5 == 0 ? "scope" : "", id};
  found.message = id + " is wrong" + std::string(static_cast<std::size_t>(number % 300), '.');
  found.brief = id;
  found.evidence = {{"status", std::string("a\0b", 3), {}, false}, {"members", {}, {std::int64_t{-1}, Blob{"\xff"}, 1.5, Value{}}, true}, {"at", std::int64_t{1} << 62, {}, false}};
  found.fingerprint = "f" + std::to_string(number);
  found.repairs = {{"mark", Applicability::safe, false}, {"delete", Applicability::unsafe, number % 7 == 0}};
  found.refusal = number % 4 == 0 ? "because" : "";
  return found;
}

std::string spelled(const Value& value) { return std::to_string(value.index()) + to_text(value) + ";"; }

std::string spelled(const Finding& found) {
  std::string all = found.check + "|" + found.profile + "|" + to_string(found.severity) + "|" + to_string(found.status) + "|" + found.subject.relation + "|" +
                    found.subject.source + "|" + found.subject.scope + "|" + found.subject.id + "|" + found.message + "|" + found.brief + "|" + found.fingerprint + "|" + found.refusal;
  for (const auto& fact : found.evidence) {
    all += "|" + fact.name + (fact.is_list ? "*" : "=") + spelled(fact.value);
    for (const auto& one : fact.many) all += spelled(one);
  }
  for (const auto& repair : found.repairs) all += "|" + repair.name + to_string(repair.applicability) + (repair.selected ? "!" : "");
  return all;
}

Change change(int number) {
  Change made;
  made.op = static_cast<ChangeOp>(number % 3);
  made.table = "t" + std::to_string(number % 4);
  made.location = "/db";
  made.key = {{"id", std::int64_t{number}}};
  made.row = made.key;
  made.before = {{"text", std::string("secret")}, {"state", std::string("old")}};
  made.after = {{"state", Value{}}};
  made.finding = "f" + std::to_string(number);
  made.confidential = number % 2 == 0;
  made.shown = {"state"};
  made.consequence = number % 5 == 0;
  made.applicability = Applicability::unsafe;
  return made;
}

}  // namespace

TEST_CASE("a list gives back what was put into it, from memory and from the disk", "[lists]") {
  for (const std::size_t memory : {std::size_t{1}, std::size_t{5'000}, SpillFile::kMemory}) {
    const auto shelf = std::make_shared<Shelf>(memory);
    FindingList list(shelf);
    for (int i = 0; i < 2'000; ++i) list.push_back(finding(i));
    CHECK(shelf->file.is_on_disk() == (memory < SpillFile::kMemory));
    REQUIRE(list.size() == 2'000);
    int number = 0;
    for (const Finding& found : list) REQUIRE(spelled(found) == spelled(finding(number++)));
    for (const std::size_t position : std::initializer_list<std::size_t>{0, 1'999, 7, 1'000, 8, 9, 1'998}) CHECK(spelled(list[position]) == spelled(finding(static_cast<int>(position))));
    // The same object again and again keeps nothing of what it was before.
    Finding into = finding(4);
    list.read(3, into);
    CHECK(spelled(into) == spelled(finding(3)));
    number = 0;
    for (const Finding& head : list.heads()) {
      const Finding whole = finding(number++);
      REQUIRE((head.check == whole.check && head.severity == whole.severity && head.subject.source == "db" && head.subject.scope == whole.subject.scope));
      REQUIRE((head.repairs.size() == 2 && head.message.empty() && head.evidence.empty()));
    }
  }
}

TEST_CASE("status and selection of a finding change without it being written again", "[lists]") {
  FindingList list;
  for (int i = 0; i < 10; ++i) list.push_back(finding(i));
  list.set_status(4, FindingStatus::suppressed);
  list.select(4, 0);
  list.select(7, 0);  // it had its second one selected
  list.set_status(8, FindingStatus::refused);
  CHECK(list[4].status == FindingStatus::suppressed);
  CHECK((list[4].repairs[0].selected && !list[4].repairs[1].selected));
  CHECK((list[7].repairs[0].selected && !list[7].repairs[1].selected && list[7].status == FindingStatus::fresh));
  CHECK((list[8].status == FindingStatus::refused && !list[8].repairs[0].selected));
  CHECK(list[4].refusal == "because");
  list.edit(4, [](Finding& one) { one.refusal = "another"; });
  CHECK((list[4].refusal == "another" && list[4].status == FindingStatus::suppressed && list[4].repairs[0].selected));
  CHECK(spelled(list[5]) == spelled(finding(5)));
  const FindingList copy = list;
  list.set_status(5, FindingStatus::baseline);
  CHECK(copy[5].status == FindingStatus::fresh);
}

TEST_CASE("lists hand on what they hold", "[lists]") {
  FindingList all;
  std::vector<std::string> expected;
  for (int i = 0; i < 600; ++i) {  // more shelves than a list can have
    FindingList one;
    one.push_back(finding(i));
    if (i % 3 == 0) one.set_status(0, FindingStatus::repaired);
    expected.push_back(spelled(one[0]));
    i % 2 == 0 ? all.append(one) : all.take(one, 0);
  }
  int number = 0;
  for (const Finding& found : all) CHECK(spelled(found) == expected[static_cast<std::size_t>(number++)]);
  all.keep_if([](std::size_t position) { return position % 10 == 3; });
  REQUIRE(all.size() == 60);
  CHECK(spelled(all[59]) == expected[593]);
  all.push_back(finding(1));
  CHECK(spelled(all.back()) == spelled(finding(1)));
  FindingRows rows;
  rows.add(0, {{"id", std::string("a")}, {"n", std::int64_t{1}}});
  rows.push_back({0, {{"id", std::string("b")}}});
  FindingRows other;
  other.take(rows, 1, 9);
  CHECK((other[0].finding == 9 && other.finding_of(0) == 9 && other[0].cells == Cells{{"id", std::string("b")}}));
}

TEST_CASE("changes are shown without what is confidential", "[lists]") {
  ChangeList list;
  for (int i = 0; i < 30; ++i) list.push_back(change(i));
  ChangeList shown = list;
  shown.redact();
  for (int i = 0; i < 30; ++i) {
    const Change whole = list[static_cast<std::size_t>(i)];
    CHECK((whole.before == change(i).before && whole.after == change(i).after && whole.op == change(i).op && whole.table == change(i).table));
    CHECK((whole.key == change(i).key && whole.finding == change(i).finding && whole.consequence == (i % 5 == 0) && whole.applicability == Applicability::unsafe));
    const bool hidden = i % 2 == 0 || (i % 5 == 0 && i % 3 != 1);
    CHECK(shown[static_cast<std::size_t>(i)].before.size() == (hidden ? 1 : 2));
  }
}

TEST_CASE("a temporary file is nobody else's, and says why it cannot be made", "[lists]") {
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  const auto folder = std::filesystem::temp_directory_path() / "audit-lists-test";
  std::filesystem::remove_all(folder);
  ::setenv("TMPDIR", folder.c_str(), 1);
  RowList rows(std::make_shared<Shelf>(100));
  const Row row = {std::string(60, 'x')};
  rows.push_back(row);
  try {
    rows.push_back(row);
    FAIL("there is no such directory");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::check);
    CHECK(std::string(error.what()) == "cannot make a temporary file in " + folder.string() + ": No such file or directory");
    CHECK(error.hint().find("TMPDIR") != std::string::npos);
  }
  CHECK(rows.size() == 1);
  CHECK(rows[0] == row);
  std::filesystem::create_directories(folder);
  rows.push_back(row);
  rows.push_back(row);
  CHECK(rows.size() == 3);
  CHECK(rows[2] == row);
  CHECK(std::filesystem::is_empty(folder));  // it has no name
  kept.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", kept.c_str(), 1);
  std::filesystem::remove_all(folder);
}
