// audit config check: whether the configuration file makes sense.

#include <iomanip>
#include <ostream>

#include "auditor/cli/output.hpp"
#include "auditor/cli/setup.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/duration.hpp"
#include "auditor/sys/process.hpp"

namespace audit {

namespace {

std::string span(const std::optional<std::int64_t>& ms, const char* otherwise) {
  return ms ? format_duration(*ms) : otherwise;
}

// What was understood, a line each, so that a reader sees what a file means.
class Page {
 public:
  explicit Page(std::ostream& out) : out_(out) {}

  void line(const std::string& name, const std::string& text) {
    if (text.empty()) return;
    out_ << "  " << std::left << std::setw(12) << name << text << '\n';
  }

  void profiles(const std::vector<ProfileRequest>& requests) {
    if (requests.empty()) line("profiles", "none: known systems are looked for");
    for (const ProfileRequest& request : requests) {
      std::string text = (request.label.empty() ? "" : request.label + ": ") + request.name;
      for (const auto& [option, value] : request.set) text += ", " + option + " is set";
      line("profile", text);
    }
  }

  void checks(const Config& config) {
    for (const auto& [id, settings] : config.checks) {
      std::string text = id + (settings.enabled ? "" : ", disabled");
      if (settings.severity) text.append(", ").append(to_string(*settings.severity));
      if (settings.grace) text.append(", grace ").append(format_duration(*settings.grace));
      if (settings.allowed > 0) text.append(", max ").append(std::to_string(settings.allowed));
      for (const auto& [name, value] : settings.params)
        text.append(", ").append(name).append(" ").append(to_text(value));
      line("check", text);
    }
    for (const std::string& glob : config.exclude) line("exclude", glob);
    for (const std::string& directory : config.checks_directories) line("checks", "also of " + directory);
  }

  void run(const Options& options, const Config& config) {
    line("grace", span(config.grace, "10m"));
    line("timeout", span(config.timeout, "none"));
    line("state", state_directory(options, config));
    line("baseline", config.baseline);
    for (const ReportSettings& report : config.reports) line("report", report.format + " to " + report.file);
    if (!config.log.file.empty()) line("log", config.log.file);
    if (config.retention.runs) line("retention", std::to_string(*config.retention.runs) + " runs");
    if (config.retention.age) line("retention", format_duration(*config.retention.age));
  }

  void repair(const Config& config) {
    std::string text = config.repair.unsafe ? "also what removes something (can be undone)" : "safe";
    for (const auto& [id, name] : config.repair.allow)
      text.append(", ").append(id).append(name.empty() ? "" : "=" + name);
    line("repairs", text);
    for (const std::string& id : config.repair.only) line("only", id);
    const std::string windows = config.schedule.text();
    line("schedule", windows.empty() ? "repairs are always allowed"
                                     : "repairs only " + windows + (config.schedule.utc ? " UTC" : " local time"));
  }

  void notify(const NotifySettings& settings) {
    if (settings.command.empty()) return;
    std::string text = settings.command.front() + " on";
    for (const Occasion occasion : settings.on) text.append(" ").append(to_string(occasion));
    line("notify", text + ", again after " + (settings.remind == 0 ? "never" : format_duration(settings.remind)));
    if (!find_program(settings.command.front()))
      line("", "warning: there is no program " + settings.command.front() + " here");
  }

 private:
  std::ostream& out_;
};

}  // namespace

int run_config(Invocation& invocation) {
  expect_text_only(invocation, "audit config check");
  if (invocation.operands.front() != "check") {
    throw Error(ErrorKind::usage, "audit config: unknown '" + invocation.operands.front() + "'",
                "usage: audit config check --config FILE");
  }
  const std::string& file = invocation.options.config;
  if (file.empty())
    throw Error(ErrorKind::usage, "audit config check: say which file", "usage: audit config check --config FILE");
  const auto catalog = make_catalog(invocation);
  const Config config = read_config(file, *catalog);  // nothing of it is put to use, not even the log
  expect_trusted(file, config);
  for (const ProfileRequest& request : profile_requests(invocation.options, config, *catalog)) {
    const Profile profile = open_profile(request, *catalog);
    for (const ProfileSource& source : profile.sources()) {
      const Adapter* adapter = catalog->adapter(source.spec.adapter);
      if (adapter == nullptr)
        throw Error(ErrorKind::config, request.name + ": there is no adapter '" + source.spec.adapter + "'");
      (void)adapter->source(source.spec, invocation.context.cancel);
    }
  }
  if (!config.baseline.empty()) (void)read_baseline(config.baseline);
  (void)repair_policy(invocation.options, config, *catalog);
  (void)scan_request(invocation.options, config, *catalog);
  for (const ReportSettings& report : config.reports)
    invocation.options.formats.push_back({report.format, report.file, report.where});
  check_formats(invocation);
  invocation.context.out << file << " is good: " << config.profiles.size()
                         << (config.profiles.size() == 1 ? " profile, " : " profiles, ") << config.checks.size()
                         << (config.checks.size() == 1 ? " check" : " checks") << " set\n";
  Page page(invocation.context.out);
  page.profiles(config.profiles);
  page.checks(config);
  page.run(invocation.options, config);
  page.repair(config);
  page.notify(config.notify);
  return 0;
}

}  // namespace audit
