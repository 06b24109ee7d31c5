#include "auditor/cli/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"

namespace audit {

struct Log::Sink {
  spdlog::logger logger;
  bool json;

  void line(spdlog::level::level_enum level, const std::string& what, const std::string& hint = {}) {
    if (!logger.should_log(level)) return;
    logger.log(level, "{}", json ? object(level, what, hint) : plain(what, hint));
  }

 private:
  // One line, whatever a store's text holds.
  static std::string plain(const std::string& what, const std::string& hint) {
    std::string text = hint.empty() ? what : what + "; hint: " + hint;
    for (char& c : text) {
      if (c == '\n' || c == '\r') c = ' ';
    }
    return text;
  }
  static std::string object(spdlog::level::level_enum level, const std::string& what, const std::string& hint) {
    const auto name = spdlog::level::to_string_view(level);
    nlohmann::ordered_json line{
        {"time", format_time(current_time())}, {"level", std::string(name.data(), name.size())}, {"message", what}};
    if (!hint.empty()) line["hint"] = hint;
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  }
};

namespace {

constexpr std::size_t kFileSize = 10U << 20U;
constexpr std::size_t kOldFiles = 5;

// The priority of a line, as sd-daemon(3) has it.
class PriorityFlag : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& into) override {
    const std::string_view text = priority(message.level);
    into.append(text.data(), text.data() + text.size());
  }
  [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<PriorityFlag>();
  }

 private:
  static std::string_view priority(spdlog::level::level_enum level) {
    if (level >= spdlog::level::err) return "<3>";
    if (level == spdlog::level::warn) return "<4>";
    return level == spdlog::level::info ? "<6>" : "<7>";
  }
};

spdlog::sink_ptr make_sink(const std::string& file, std::ostream& error) {
  if (file.empty()) return std::make_shared<spdlog::sinks::ostream_sink_mt>(error);
  try {
    return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file, kFileSize, kOldFiles);
  } catch (const spdlog::spdlog_ex& failure) {
    throw Error(ErrorKind::usage, std::string("--log-file: ") + failure.what());
  }
}

std::string pattern(const LogRequest& request) {
  if (request.json) return request.journal && request.file.empty() ? "%*%v" : "%v";
  if (!request.file.empty()) return "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
  return request.journal ? "%*audit: %v" : "audit: %l: %v";
}

}  // namespace

Log::Log(const LogRequest& request, std::ostream& error) : error_(error) { reopen(request); }

Log::~Log() { sink_->logger.flush(); }

void Log::reopen(const LogRequest& request) {
  if (sink_) sink_->logger.flush();
  auto sink = std::make_unique<Sink>(Sink{spdlog::logger("audit", make_sink(request.file, error_)), request.json});
  auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
  formatter->add_flag<PriorityFlag>('*').set_pattern(pattern(request));
  sink->logger.set_formatter(std::move(formatter));
  sink->logger.set_level(spdlog::level::from_str(request.level));
  sink->logger.flush_on(request.file.empty() ? spdlog::level::debug : spdlog::level::warn);
  if (sink_) {
    *sink_ = std::move(*sink);  // debug() may have handed out its address
  } else {
    sink_ = std::move(sink);
  }
  request_ = request;
}

void Log::info(const std::string& line) { sink_->line(spdlog::level::info, line); }

void Log::warning(const std::string& line) { sink_->line(spdlog::level::warn, line); }

void Log::error(const std::string& what, const std::string& hint) { sink_->line(spdlog::level::err, what, hint); }

DebugLog Log::debug() {
  if (!sink_->logger.should_log(spdlog::level::debug)) return {};
  return [sink = sink_.get()](const std::string& line) { sink->line(spdlog::level::debug, line); };
}

bool error_goes_to_journal() {
  const char* const stream = std::getenv("JOURNAL_STREAM");
  struct stat status {};
  if (stream == nullptr || ::fstat(STDERR_FILENO, &status) != 0) return false;
  return stream == std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

}  // namespace audit
