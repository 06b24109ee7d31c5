#include "auditor/cli/setup.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/glob.hpp"
#include "auditor/sys/clock.hpp"

namespace audit {

namespace {

std::vector<std::string> check_ids(const Catalog& catalog) {
  std::vector<std::string> ids;
  for (const Check& check : catalog.checks()) ids.push_back(check.id);
  return ids;
}

[[noreturn]] void unknown_check(const std::string& option, const std::string& id, const Catalog& catalog) {
  const std::string near = nearest(id, check_ids(catalog));
  throw Error(ErrorKind::usage, option + " " + id + ": there is no such check",
              near.empty() ? "`audit checks` lists them" : "did you mean " + near + "?");
}

void expect_matches(const std::string& option, const std::vector<std::string>& globs, const Catalog& catalog) {
  for (const std::string& glob : globs) {
    const auto& checks = catalog.checks();
    if (std::none_of(checks.begin(), checks.end(), [&](const Check& check) { return glob_match(glob, check.id); })) {
      unknown_check(option, glob, catalog);
    }
  }
}

bool has_source(const ProfileRequest& request, const std::string& name, const Catalog& catalog) {
  const Profile profile = open_profile(request, catalog);
  const auto& sources = profile.sources();
  return std::any_of(sources.begin(), sources.end(),
                     [&](const ProfileSource& source) { return source.spec.name == name; });
}

// A path given on the command line is relative to the current directory, also for a profile of a configuration file
// elsewhere.
std::string absolute_option(const ProfileRequest& request, const std::string& option, const std::string& value) {
  const bool path = option.ends_with(".path") || option.ends_with(".snapshot");
  if (request.directory.empty() || !path || value.empty() || value.front() == '/' || value.front() == '~') return value;
  return (std::filesystem::current_path() / value).string();
}

// Each --set goes to the one profile, or to those of several that have the source.
void apply_set(std::vector<ProfileRequest>& requests, const Options& options, const Catalog& catalog) {
  const std::vector<ProfileRequest> plain = requests;
  for (const auto& [option, value] : options.set) {
    bool used = false;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if (requests.size() > 1 && !has_source(plain[i], option.substr(0, option.find('.')), catalog)) continue;
      requests[i].set[option] = absolute_option(requests[i], option, value);
      used = true;
    }
    if (!used) {
      throw Error(ErrorKind::usage, "--set " + option + ": no profile that was asked for has this source",
                  requests.empty() ? "say which profile it belongs to: --profile NAME"
                                   : "`audit profiles show NAME` lists the sources");
    }
  }
}

}  // namespace

std::unique_ptr<Catalog> make_catalog(const Invocation& invocation) {
  auto catalog = std::make_unique<Catalog>();
  invocation.context.fill_catalog(*catalog);
  for (const std::string& directory : invocation.options.checks_directories) catalog->add_checks_directory(directory);
  return catalog;
}

Config load_config(const Invocation& invocation, const Catalog& catalog) {
  if (invocation.options.config.empty()) return {};
  return read_config(invocation.options.config, catalog);
}

std::vector<ProfileRequest> profile_requests(const Options& options, const Config& config, const Catalog& catalog) {
  std::vector<ProfileRequest> requests;
  if (options.profiles.empty()) {
    requests = config.profiles;
  } else {
    for (const std::string& name : options.profiles) {
      // What the configuration says about a profile holds for it, however it was asked for.
      const auto configured = std::find_if(config.profiles.begin(), config.profiles.end(),
                                           [&](const ProfileRequest& request) { return request.name == name; });
      requests.push_back(configured != config.profiles.end() ? *configured : ProfileRequest{name, {}, ""});
    }
  }
  apply_set(requests, options, catalog);
  return requests;
}

ScanRequest scan_request(const Options& options, const Config& config, const Catalog& catalog) {
  expect_matches("--check", options.check, catalog);
  expect_matches("--exclude", options.exclude, catalog);
  ScanRequest request;
  request.profiles = profile_requests(options, config, catalog);
  request.include = options.check;
  request.exclude = config.exclude;
  request.exclude.insert(request.exclude.end(), options.exclude.begin(), options.exclude.end());
  request.settings = config.checks;
  request.now = options.now.value_or(current_time());
  request.grace = options.grace.value_or(config.grace.value_or(request.grace));
  request.jobs = options.jobs.value_or(config.jobs.value_or(usual_jobs()));
  return request;
}

RepairPolicy repair_policy(const Options& options, const Catalog& catalog) {
  RepairPolicy policy;
  policy.unsafe = options.unsafe;
  policy.irreversible = options.irreversible;
  for (const auto& [id, repair] : options.allow) {
    const Check* check = catalog.check(id);
    if (check == nullptr) unknown_check("--allow", id, catalog);
    std::vector<std::string> names;
    for (const RepairTemplate& offered : check->repairs) names.push_back(offered.name);
    if (!repair.empty() && std::find(names.begin(), names.end(), repair) == names.end()) {
      const std::string near = nearest(repair, names);
      throw Error(ErrorKind::usage, "--allow " + id + "=" + repair + ": the check has no such repair",
                  near.empty() ? "`audit explain " + id + "` lists them" : "did you mean " + near + "?");
    }
    policy.allow[id] = repair;
  }
  for (const std::string& id : options.only) {
    if (catalog.check(id) == nullptr) unknown_check("--only", id, catalog);
  }
  policy.only = options.only;
  policy.max_changes = options.max_changes.value_or(policy.max_changes);
  policy.max_fraction = options.max_fraction.value_or(policy.max_fraction);
  return policy;
}

int usual_jobs() { return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 4); }

int exit_code(const Report& report, FailOn fail_on) {
  if (!report.complete) return 3;
  const Summary& summary = report.summary;
  switch (fail_on) {
    case FailOn::never:
      return 0;
    case FailOn::note:
      return summary.errors + summary.warnings + summary.notes > 0 ? 1 : 0;
    case FailOn::warning:
      return summary.errors + summary.warnings > 0 ? 1 : 0;
    case FailOn::error:
      return summary.errors > 0 ? 1 : 0;
  }
  return 0;
}

}  // namespace audit
