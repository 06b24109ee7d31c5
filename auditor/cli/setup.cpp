#include "auditor/cli/setup.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/gate.hpp"
#include "auditor/model/glob.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/duration.hpp"

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

// How a configured profile is asked for.
std::string called(const ProfileRequest& request) { return request.label.empty() ? request.name : request.label; }

// One that is neither configured nor built in may be meant as either.
void expect_profile(const std::string& name, const Config& config, const Catalog& catalog) {
  if (config.profiles.empty() || catalog.profiles().contains(name) || is_profile_file(name)) return;
  std::vector<std::string> known;
  for (const ProfileRequest& request : config.profiles) known.push_back(called(request));
  std::string configured;
  for (const std::string& one : known) configured += (configured.empty() ? "" : ", ") + one;
  for (const auto& [built_in, text] : catalog.profiles()) known.push_back(built_in);
  const std::string near = nearest(name, known);
  throw Error(ErrorKind::usage, "there is no profile '" + name + "'",
              near.empty() ? "the configuration names " + configured + "; `audit profiles` lists the built-in ones" : "did you mean " + near + "?");
}

}  // namespace

std::unique_ptr<Catalog> make_catalog(const Invocation& invocation) {
  auto catalog = std::make_unique<Catalog>();
  invocation.context.fill_catalog(*catalog);
  for (const std::string& directory : invocation.options.checks_directories) catalog->add_checks_directory(directory);
  return catalog;
}

void expect_trusted(const std::string& file, const Config& config) {
  struct stat status {};
  if (config.notify.command.empty() || ::stat(file.c_str(), &status) != 0) return;  // it was read a moment ago
  const std::string what = file + " names a program that is run (notify.command), and ";
  if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
    throw Error(ErrorKind::config, what + "belongs to another user", "make it a file of root, or of the user that the audit runs as");
  }
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    throw Error(ErrorKind::config, what + "others than its owner may write it", "chmod go-w " + file);
  }
}

Config load_config(Invocation& invocation, Catalog& catalog) {
  Options& options = invocation.options;
  if (options.config.empty()) return {};
  Config config = read_config(options.config, catalog);
  expect_trusted(options.config, config);
  const LogRequest request = log_request(options, config.log);
  if (request != invocation.log.request()) invocation.log.reopen(request);
  if (!options.timeout && config.timeout) {
    options.timeout = config.timeout;
    invocation.context.cancel.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(*config.timeout);
  }
  const bool printed = std::any_of(options.formats.begin(), options.formats.end(),
                                   [](const FormatRequest& format) { return format.file.empty(); });
  if (!config.reports.empty() && options.formats.empty() && !printed) options.formats.push_back({"text", ""});
  for (const ReportSettings& report : config.reports) options.formats.push_back({report.format, report.file, report.where});
  return config;
}

LogRequest log_request(const Options& options, const LogSettings& settings) {
  const auto first = [](const std::string& a, const std::string& b) { return a.empty() ? b : a; };
  LogRequest request;
  request.file = first(options.log_file, settings.file);
  request.json = first(options.log_format, settings.format) == "json";
  request.journal = error_goes_to_journal();
  const bool kept = !request.file.empty() || request.journal;
  request.level = first(first(options.log_level, settings.level), kept ? "info" : "warning");
  return request;
}

std::string state_directory(const Options& options, const Config& config) {
  if (!options.state_directory.empty()) return options.state_directory;
  if (!config.state_directory.empty()) return config.state_directory;
  const auto environment = [](const char* name) {
    const char* const value = std::getenv(name);
    return std::string(value != nullptr ? value : "");
  };
  // The one that systemd made for the service; of several the first.
  if (const std::string given = environment("STATE_DIRECTORY"); !given.empty()) return given.substr(0, given.find(':'));
  if (const std::string given = environment("XDG_STATE_HOME"); given.starts_with("/")) return given + "/audit";
  const std::string home = environment("HOME");
  return home.empty() ? "" : home + "/.local/state/audit";
}

std::vector<ProfileRequest> profile_requests(const Options& options, const Config& config, const Catalog& catalog) {
  std::vector<ProfileRequest> requests;
  if (options.profiles.empty()) {
    requests = config.profiles;
  } else {
    for (const std::string& name : options.profiles) {
      // What the configuration says about a profile holds for it, however it was asked for.
      const auto configured = std::find_if(config.profiles.begin(), config.profiles.end(),
                                           [&](const ProfileRequest& request) { return called(request) == name; });
      if (configured == config.profiles.end()) expect_profile(name, config, catalog);
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

RepairPolicy repair_policy(const Options& options, const Config& config, const Catalog& catalog) {
  RepairPolicy policy;
  policy.unsafe = options.unsafe || config.repair.unsafe;
  policy.irreversible = options.irreversible;
  policy.allow = config.repair.allow;
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
  policy.only = options.only.empty() ? config.repair.only : options.only;
  policy.max_changes = options.max_changes.value_or(config.repair.max_changes.value_or(policy.max_changes));
  policy.max_fraction = options.max_fraction.value_or(config.repair.max_fraction.value_or(policy.max_fraction));
  return policy;
}

void log_run(Log& log, const Report& report, int exit_code) {
  const Summary& summary = report.summary;
  std::string line = "run " + report.run_id + " (" + report.mode + "): " + std::to_string(summary.errors) + " errors, " +
                     std::to_string(summary.warnings) + " warnings, " + std::to_string(summary.notes) + " notes, " +
                     std::to_string(summary.planned) + " changes planned, exit " + std::to_string(exit_code) + ", " +
                     format_duration(static_cast<std::int64_t>(report.duration_ms));
  if (report.complete) {
    log.info(line);
  } else {
    log.warning(line + "; incomplete");
  }
}

int usual_jobs() { return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 4); }

int exit_code(const Report& report, FailOn fail_on) {
  if (!report.complete) return 3;
  return judge(report, fail_on).passed() ? 0 : 1;
}

StateDirectory open_state(const Options& options, const Config& config) {
  const std::string path = state_directory(options, config);
  if (path.empty()) {
    throw Error(ErrorKind::usage, "there is no place for journals and backups: neither XDG_STATE_HOME nor HOME is set", "name one with --state-dir DIR");
  }
  return StateDirectory(std::filesystem::absolute(path));
}

}  // namespace audit
