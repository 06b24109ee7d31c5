#include "auditor/cli/notify.hpp"

#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "auditor/cli/setup.hpp"
#include "auditor/engine/json_document.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/digest.hpp"
#include "auditor/sys/duration.hpp"
#include "auditor/sys/process.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace fs = std::filesystem;

namespace {

constexpr const char* kSchema = "audit-notified/1";
constexpr std::size_t kOutputLimit = 64U << 10U;

// One per configuration: what one deployment has told says nothing about another's. "" where nothing can be kept.
std::string memory_file(const Options& options, const Config& config) {
  const std::string directory = state_directory(options, config);
  if (directory.empty()) return "";
  std::error_code error;
  const fs::path file = fs::weakly_canonical(fs::absolute(options.config, error), error);
  return directory + "/notified-" + sha256_hex(file.string()).substr(0, 12) + ".json";
}

std::map<std::string, Told> read_told(const JsonDocument& document, const std::string& list) {
  std::map<std::string, Told> all;
  for (const std::string& name : document.keys({list})) {
    const JsonPath place{list, name};
    document.allow(place, {"profile", "check", "at"});
    Told told{document.text(place / "profile"), document.text(place / "check"), 0};
    told.at = parse_time(document.text(place / "at")).value_or(0);
    all[name] = told;
  }
  return all;
}

nlohmann::ordered_json told_json(const std::map<std::string, Told>& all) {
  auto list = nlohmann::ordered_json::object();
  for (const auto& [name, told] : all) {
    list[name] = {{"profile", told.profile}, {"check", told.check}, {"at", format_time(told.at)}};
  }
  return list;
}

std::string report_json(const CommandContext& context, const Report& report) {
  for (const ReportFormatEntry& entry : context.formats) {
    if (std::strcmp(entry.name, "json") != 0) continue;
    std::ostringstream text;
    entry.make()->write(report, ReportStyle(), text);
    return text.str();
  }
  throw Error(ErrorKind::config, "there is no format json");
}

std::string names(const std::vector<Occasion>& occasions) {
  std::string text;
  for (const Occasion occasion : occasions) text.append(text.empty() ? "" : ",").append(to_string(occasion));
  return text;
}

// "" when it was told.
std::string failure_of(const ProcessResult& result, std::int64_t timeout) {
  const auto first_line = [](const std::string& text) { return text.substr(0, text.find('\n')); };
  switch (result.end) {
    case ProcessEnd::exited:
      if (result.status == 0) return "";
      return "it exited with " + std::to_string(result.status) +
             (result.err.empty() ? "" : ": " + first_line(result.err));
    case ProcessEnd::signalled:
      return "signal " + std::to_string(result.status) + " ended it";
    case ProcessEnd::not_installed:
      return "there is no such program";
    case ProcessEnd::not_executable:
      return std::string("it cannot be run: ") + std::strerror(result.status);
    case ProcessEnd::timed_out:
      return "it was not done after " + format_duration(timeout);
    case ProcessEnd::too_much:
      break;
  }
  return "it wrote more than 64 KiB";
}

// One that cannot be read is taken as empty: to tell twice is better than not at all.
NotifyMemory remembered(Invocation& invocation, const std::string& file) {
  if (file.empty()) return {};
  try {
    return read_notify_memory(file);
  } catch (const Error& error) {
    invocation.log.warning(std::string("notify: what was told before is not known: ") + error.what());
    return {};
  }
}

void tell(Invocation& invocation, const Config& config, const Report& report, const std::string& why) {
  const NotifySettings& settings = config.notify;
  const std::string file = memory_file(invocation.options, config);
  const NotifyMemory memory = remembered(invocation, file);
  const News news = news_of(report, settings, memory, report.started_at);
  if (!news.occasions.empty()) {
    ProcessRequest request{settings.command,
                           std::chrono::milliseconds(settings.timeout),
                           kOutputLimit,
                           report_json(invocation.context, report),
                           {}};
    request.environment = {{"AUDIT_OCCASIONS", names(news.occasions)},
                           {"AUDIT_APPEARED", std::to_string(news.appeared)},
                           {"AUDIT_GONE", std::to_string(news.gone)},
                           {"AUDIT_REMINDER", news.reminder ? "1" : "0"}};
    if (!why.empty()) request.environment.emplace_back("AUDIT_ERROR", why);
    const Cancellation own;  // also a run that was out of time tells what it found
    const std::string failure = failure_of(run_process(request, own), settings.timeout);
    if (!failure.empty()) {
      invocation.log.warning("notify: " + settings.command.front() + ": " + failure);
      return;  // nobody was told: the next run tells it
    }
    invocation.log.info("notify: told " + names(news.occasions));
  }
  if (!file.empty()) write_notify_memory(news.memory, file);
}

}  // namespace

NotifyMemory read_notify_memory(const std::string& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return {};
  const JsonDocument document(read_text_file(file), file);
  document.allow({}, {"schema", "findings", "failures"});
  if (document.text({"schema"}) != kSchema) document.fail({"schema"}, "this is not \"" + std::string(kSchema) + "\"");
  return {read_told(document, "findings"), read_told(document, "failures")};
}

void write_notify_memory(const NotifyMemory& memory, const std::string& file) {
  fs::create_directories(fs::path(file).parent_path());
  const nlohmann::ordered_json json{
      {"schema", kSchema}, {"findings", told_json(memory.findings)}, {"failures", told_json(memory.failures)}};
  write_text_file(file, [&](std::ostream& out) {
    out << json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  });
}

void notify(Invocation& invocation, const Config& config, const Report& report) {
  if (config.notify.command.empty()) return;
  try {
    tell(invocation, config, report, "");
  } catch (const std::exception& error) {
    invocation.log.warning(std::string("notify: ") + error.what());
  }
}

void notify_failure(Invocation& invocation, const Config& config, Report report, const std::string& why) {
  if (config.notify.command.empty()) return;
  report.complete = false;
  try {
    tell(invocation, config, report, why);
  } catch (const std::exception& error) {
    invocation.log.warning(std::string("notify: ") + error.what());
  }
}

}  // namespace audit
