// A scan of a damaged database: whatever page is damaged, it ends, says so, and takes nothing for healthy that it could
// not read.

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "adapters/all.hpp"
#include "auditor/cli/test_case.hpp"
#include "auditor/cli/test_stores.hpp"
#include "auditor/engine/scan.hpp"
#include "auditor/model/embedded.hpp"
#include "auditor/model/error.hpp"
#include "auditor/repair/planner.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

struct Seen {
  bool complete = false;
  bool failed = false;  // some check
  std::vector<std::string> findings;
};

Seen look(const Catalog& catalog, const ScanRequest& request) {
  const Cancellation cancel;
  auto result = scan(catalog, request, cancel, {}, {});
  make_plan(catalog.checks(), result, {.unsafe = true}, request.now);
  Seen seen{result.report.complete, false, {}};
  for (const auto& check : result.report.checks) seen.failed = seen.failed || check.status == CheckStatus::failed;
  for (const auto& finding : result.report.findings) seen.findings.push_back(finding.fingerprint);
  return seen;
}

}  // namespace

TEST_CASE("no page can be damaged without a scan noticing or not needing it", "[scan][sqlite]") {
  const int fill = GENERATE(0x00, 0xff);
  const int jobs = GENERATE(1, 3);
  Catalog catalog;
  add_all_adapters(catalog);
  catalog.add_embedded(embedded_files());
  const TestCase test = read_case(std::string(AUDIT_SOURCE_DIR) + "/tests/cases/agenterm-head");
  const TemporaryDirectory directory;
  ScanRequest request;
  request.profiles = {make_stores(test, directory.path(), catalog, {}).request};
  request.now = test.now;
  request.jobs = jobs;
  const std::string path = request.profiles.front().set.at("db.path");
  const Seen healthy = look(catalog, request);
  REQUIRE(healthy.complete);
  const std::string good = path + ".good";
  std::filesystem::copy(path, good);
  const auto pages = static_cast<std::int64_t>(std::filesystem::file_size(path) / 4096);
  REQUIRE(pages > 20);
  int noticed = 0;
  for (std::int64_t page = 0; page < pages; ++page) {
    std::filesystem::copy(good, path, std::filesystem::copy_options::overwrite_existing);
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(page * 4096 + (page == 0 ? 100 : 0));
    file << std::string(page == 0 ? 3996 : 4096, static_cast<char>(fill));
    file.close();
    INFO("page " << page + 1);
    const Seen seen = look(catalog, request);
    if (seen.complete) CHECK(seen.findings == healthy.findings);
    noticed += seen.complete ? 0 : 1;
  }
  CHECK(noticed > 5);
}
