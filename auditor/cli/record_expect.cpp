#include "auditor/cli/record_expect.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "auditor/cli/test_round_trip.hpp"
#include "auditor/cli/test_trial.hpp"
#include "auditor/cli/test_update.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

using Json = nlohmann::ordered_json;

namespace {

struct Run {
  std::string text;  // expect.json with what this run found
  std::map<std::string, std::int64_t> found;
};

Run run_once(const TestCase& test, const std::string& file, const std::string& text, const Catalog& catalog, CommandContext& context) {
  const TemporaryDirectory root;
  const GivenStores stores = make_stores(test, root.path(), catalog, context.fixtures);
  const Trial trial = try_stores(test, trial_request(test, stores), catalog, context.cancel);
  Run run{updated_case(text, file, trial.result.report, trial.exit), {}};
  for (const Finding& finding : trial.result.report.findings) ++run.found[finding.check];
  return run;
}

// Leaves out of the plan what the other run planned otherwise; the whole plan where even the rows have other names there.
void keep_what_is_stable(Json& document, const Json& other, std::vector<std::string>& notes) {
  Json& plan = document["plan"];
  if (plan.size() != other.at("plan").size()) {
    document.erase("plan");
    notes.emplace_back("the plan is not compared: it is another each time");
    return;
  }
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const Json& twin = other.at("plan")[i];
    for (const char* key : {"before", "after"}) {
      if (plan[i].at(key) != twin.at(key)) plan[i].erase(key);
    }
    if (plan[i].at("op") == twin.at("op") && plan[i].at("relation") == twin.at("relation") && plan[i].at("key") == twin.at("key")) continue;
    document.erase("plan");
    notes.emplace_back("the plan is not compared: its rows have other keys each time");
    return;
  }
}

// Findings that stand after the repair; anything else that is wrong then is told.
Json standing(const TestCase& test, const Catalog& catalog, CommandContext& context, std::vector<std::string>& notes) {
  const TemporaryDirectory root;
  const TemporaryDirectory state;
  const GivenStores stores = make_stores(test, root.path(), catalog, context.fixtures);
  RepairPolicy policy = trial_policy(test, catalog);
  policy.max_fraction = 1;
  Json left = Json::array();
  try {
    const ScanRequest request = trial_request(test, stores);
    const RoundTripResult result = round_trip(request, policy, catalog, {}, root.path(), state.path(), context);
    for (const std::string& name : result.standing) left.push_back(name);
    for (std::size_t i = result.standing.size(); i < result.differences.size(); ++i) notes.push_back("audit test will say: " + result.differences[i]);
  } catch (const NotWritable& why) {
    notes.emplace_back(std::string("its plan cannot be made real: ") + why.what());
  }
  return left;
}

void write(const std::string& file, const Json& document) {
  write_text_file(file, [&](std::ostream& out) { out << case_text(document); });
}

}  // namespace

Expectation expect_what_is_found(const std::string& directory, const Catalog& catalog, CommandContext& context) {
  const std::string file = (std::filesystem::path(directory) / "expect.json").string();
  const std::string text = read_text_file(file);
  const TestCase test = read_case(directory);
  Expectation expectation;
  const Run first = run_once(test, file, text, catalog, context);
  const Run second = run_once(test, file, text, catalog, context);
  Json document = parse_json_file(first.text, file);
  const Json other = parse_json_file(second.text, file);
  if (document.at("findings") != other.at("findings")) expectation.notes.emplace_back("audit test will not agree with itself: other findings each time");
  keep_what_is_stable(document, other, expectation.notes);
  const Json left = standing(test, catalog, context, expectation.notes);
  if (!left.empty()) document["left"] = left;
  write(file, document);
  expectation.found = first.found;
  return expectation;
}

}  // namespace audit
