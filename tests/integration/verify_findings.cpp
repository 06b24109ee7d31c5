// Findings that are verified under the lock: in every way that there is the same ones hold, and those that changed do not.

#include <filesystem>

#include "adapters/all.hpp"
#include "auditor/cli/test_stores.hpp"
#include "auditor/engine/scan.hpp"
#include "auditor/model/embedded.hpp"
#include "auditor/sys/sqlite.hpp"
#include "auditor/sys/text_file.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;
namespace fs = std::filesystem;

namespace {

constexpr const char* kCheck = "half-created-session";

struct Scanned {
  TemporaryDirectory directory;
  std::string path = directory.path() + "/agenterm.db";
  Catalog catalog;
  Cancellation cancel;
  ScanResult result;

  Scanned() {
    write(read_text_file(std::string(AUDIT_SOURCE_DIR) + "/tests/schemas/agenterm-head.sql"));
    for (int i = 1; i <= 20; ++i) {
      write("INSERT INTO sessions(id, tmux_session_name, agent_type, role, status, created_at, last_activity_at) VALUES ('s-" + std::to_string(i) +
            "', 'ai', 'claude', 'coder', 'working', '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z')");
    }
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(1));
    add_all_adapters(catalog);
    catalog.add_embedded(embedded_files());
    ScanRequest request;
    request.profiles = {{"agenterm", {{"db.path", path}}, ""}};
    request.include = {kCheck};
    request.now = 1'772'366'400'000;
    result = scan(catalog, request, cancel, {}, {});
    profile().close();
  }
  void write(const std::string& sql) const {
    sqlite::Connection db(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    db.exec(sql);
  }
  [[nodiscard]] OpenProfile& profile() const { return *result.profiles.front(); }

  struct Answers {
    bool untouched = false;
    std::set<std::string> one_by_one;  // ids that hold
    std::set<std::string> at_once;
  };
  Answers ask() {
    const auto writer = profile().write("db", path, {});
    const std::vector<OpenProfile::View> views = {{"db", path, &writer->view()}};
    std::vector<FindingRow> rows;
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < result.rows.size(); ++i) {
      rows.push_back(result.rows[i]);
      positions.push_back(i);
    }
    std::vector<const FindingRow*> asked;
    for (const auto& row : rows) asked.push_back(&row);
    Answers answers;
    answers.untouched = profile().is_untouched(kCheck, views);
    const auto each = profile().still_holding(asked, result.report, views);
    const auto all = profile().still_holding_of(kCheck, result.rows, positions, result.report, views);
    REQUIRE(all.has_value());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string id = result.report.findings[rows[i].finding].subject.id;
      if (each[i]) answers.one_by_one.insert(id);
      if ((*all)[i]) answers.at_once.insert(id);
    }
    return answers;
  }
};

}  // namespace

TEST_CASE("findings hold as long as nobody changes what they say", "[verify][sqlite]") {
  Scanned scanned;
  REQUIRE(scanned.result.report.findings.size() == 20);
  auto answers = scanned.ask();
  CHECK(answers.untouched);
  CHECK(answers.one_by_one.size() == 20);
  CHECK(answers.at_once.size() == 20);

  scanned.write(
      "DELETE FROM sessions WHERE id = 's-3'; UPDATE sessions SET tmux_window_id = '@7' WHERE id = 's-5'; UPDATE sessions SET status = 'completed' WHERE id = 's-8';"
      "UPDATE sessions SET role = 'reviewer' WHERE id = 's-9'; UPDATE sessions SET id = 's-99' WHERE id = 's-11'");
  answers = scanned.ask();
  CHECK_FALSE(answers.untouched);
  std::set<std::string> left;
  for (int i = 1; i <= 20; ++i) left.insert("s-" + std::to_string(i));
  for (const char* gone : {"s-3", "s-5", "s-8", "s-11"}) left.erase(gone);
  CHECK(answers.one_by_one == left);
  CHECK(answers.at_once == left);
}

TEST_CASE("of what is not locked nothing is known", "[verify][sqlite]") {
  const Scanned scanned;
  CHECK_FALSE(scanned.profile().is_untouched(kCheck, {}));
  CHECK_FALSE(scanned.profile().is_untouched("no-such-check", {{"db", scanned.path, nullptr}}));
}
