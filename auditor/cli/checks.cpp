// audit checks: the list of all checks.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <set>

#include "auditor/cli/checks_page.hpp"
#include "auditor/cli/coverage.hpp"
#include "auditor/cli/setup.hpp"
#include "auditor/cli/table.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/glob.hpp"

namespace audit {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// The reports that a configuration asks for are not of this command.
std::string wanted_format(const std::vector<FormatRequest>& formats) {
  if (formats.empty()) return "text";
  const std::string& name = formats[0].name;
  if (formats.size() > 1 || !formats[0].file.empty() || !(name == "json" || name == "text" || name == "markdown")) {
    throw Error(ErrorKind::usage, "audit checks prints text, json or markdown", "--format json");
  }
  return name;
}

// Checks that can apply to one of the profiles that were asked for; nullopt: to whichever.
std::optional<std::set<std::string>> applicable(const Options& options, const Config& config, const Catalog& catalog) {
  if (options.profiles.empty()) return std::nullopt;
  std::set<std::string> ids;
  for (const ProfileRequest& request : profile_requests(options, config, catalog)) {
    ids.merge(applicable_checks(request, catalog));
  }
  return ids;
}

bool listed(const Check& check, const Options& options) {
  const auto matches = [&](const std::string& glob) { return glob_match(glob, check.id); };
  const bool included = options.check.empty() || std::any_of(options.check.begin(), options.check.end(), matches);
  return included && std::none_of(options.exclude.begin(), options.exclude.end(), matches);
}

nlohmann::ordered_json as_json(const Check& check, const std::vector<std::string>& profiles) {
  nlohmann::ordered_json repairs = nlohmann::ordered_json::array();
  for (const RepairTemplate& repair : check.repairs) {
    repairs.push_back({{"name", repair.name}, {"applicability", to_string(repair.applicability)}});
  }
  return {{"check", check.id},        {"severity", to_string(check.severity)},
          {"subject", check.subject}, {"title", check.title},
          {"profiles", profiles},     {"requires", check.requires_traits},
          {"repairs", repairs},       {"file", check.file}};
}

}  // namespace

int run_checks(Invocation& invocation) {
  const std::string format = wanted_format(invocation.options.formats);
  const auto catalog = make_catalog(invocation);
  const Config config = load_config(invocation, *catalog);  // which may bring checks
  const auto covered = covered_profiles(*catalog);
  const auto applies = applicable(invocation.options, config, *catalog);
  std::vector<const Check*> chosen;
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  std::vector<std::vector<std::string>> rows;
  for (const Check& check : catalog->checks()) {
    if (!listed(check, invocation.options) || (applies && !applies->contains(check.id))) continue;
    chosen.push_back(&check);
    list.push_back(as_json(check, covered.at(check.id)));
    const std::string profiles = joined(covered.at(check.id));
    const std::string traits = check.requires_traits.empty() ? "" : " [" + joined(check.requires_traits) + "]";
    rows.push_back({to_string(check.severity), check.id, profiles.empty() ? "-" : profiles, check.title + traits});
  }
  if (format == "markdown") {
    print_checks_page(invocation.context.out, chosen, covered);
  } else if (format == "json") {
    invocation.context.out << list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  } else {
    print_table(invocation.context.out, rows, invocation.context.terminal.width);
    invocation.context.out << rows.size() << (rows.size() == 1 ? " check" : " checks")
                           << ", [traits that they ask for] · audit explain CHECK says more about one\n";
  }
  return 0;
}

}  // namespace audit
