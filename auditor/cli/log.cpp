#include "auditor/cli/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/ostream_sink.h>

#include "auditor/model/error.hpp"

namespace audit {

struct Log::Sink {
  spdlog::logger logger;
};

namespace {

spdlog::sink_ptr make_sink(const std::string& file, std::ostream& error) {
  if (file.empty()) return std::make_shared<spdlog::sinks::ostream_sink_mt>(error);
  try {
    return std::make_shared<spdlog::sinks::basic_file_sink_mt>(file);
  } catch (const spdlog::spdlog_ex& failure) {
    throw Error(ErrorKind::usage, std::string("--log-file: ") + failure.what());
  }
}

}  // namespace

Log::Log(const std::string& level, const std::string& file, std::ostream& error)
    : sink_(std::make_unique<Sink>(Sink{spdlog::logger("audit", make_sink(file, error))})) {
  sink_->logger.set_level(spdlog::level::from_str(level));
  sink_->logger.set_pattern(file.empty() ? "audit: %l: %v" : "%Y-%m-%dT%H:%M:%S.%eZ %l %v",
                            spdlog::pattern_time_type::utc);
  sink_->logger.flush_on(file.empty() ? spdlog::level::debug : spdlog::level::warn);
}

Log::~Log() { sink_->logger.flush(); }

void Log::info(const std::string& line) { sink_->logger.info("{}", line); }

void Log::warning(const std::string& line) { sink_->logger.warn("{}", line); }

DebugLog Log::debug() {
  if (!sink_->logger.should_log(spdlog::level::debug)) return {};
  return [sink = sink_.get()](const std::string& line) { sink->logger.debug("{}", line); };
}

}  // namespace audit
