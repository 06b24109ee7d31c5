#include "auditor/cli/output.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <ostream>

#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace {

const ReportFormatEntry& find_format(const CommandContext& context, const FormatRequest& request) {
  const std::string& name = request.name;
  std::vector<std::string> known;
  for (const ReportFormatEntry& entry : context.formats) {
    if (entry.name == name) return entry;
    known.emplace_back(entry.name);
  }
  const std::string near = nearest(name, known);
  std::string list;
  for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
  throw Error(ErrorKind::usage, (request.where.empty() ? "" : request.where + ": ") + "there is no format '" + name + "'",
              near.empty() ? "formats: " + list : "did you mean " + near + "?");
}

void expect_writable(const FormatRequest& request) {
  if (request.file.empty()) return;
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path file = request.file;
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  int why = 0;
  if (fs::is_directory(file, ignored)) {
    why = EISDIR;
  } else if (::access((fs::exists(file, ignored) && !fs::is_regular_file(file, ignored) ? file : folder).c_str(), W_OK) != 0) {
    why = errno;
  }
  if (why == 0) return;
  throw Error(ErrorKind::usage, (request.where.empty() ? "" : request.where + ": ") + "cannot write " + request.file + ": " + std::strerror(why),
              "name a file in a directory that is there and may be written");
}

}  // namespace

void check_formats(const Invocation& invocation) {
  for (const FormatRequest& format : invocation.options.formats) (void)find_format(invocation.context, format);
}

void expect_reports(const Invocation& invocation) {
  check_formats(invocation);
  for (const FormatRequest& format : invocation.options.formats) expect_writable(format);
}

void expect_text_only(const Invocation& invocation, const char* command) {
  for (const FormatRequest& format : invocation.options.formats) {
    if (format.name == "text" && format.file.empty()) continue;
    throw Error(ErrorKind::usage, std::string(command) + " prints text, and nothing else", "leave --format out");
  }
}

bool wants_past_runs(const Invocation& invocation) {
  const auto& formats = invocation.options.formats;
  return std::any_of(formats.begin(), formats.end(), [&](const FormatRequest& format) {
    return find_format(invocation.context, format).make()->wants_past_runs();
  });
}

bool use_color(const Invocation& invocation) {
  const Terminal& terminal = invocation.context.terminal;
  switch (invocation.options.color) {
    case ColorChoice::always:
      return true;
    case ColorChoice::never:
      return false;
    case ColorChoice::automatic:
      break;
  }
  return terminal.out && terminal.color;
}

void flush_output(CommandContext& context) {
  errno = 0;
  context.out.flush();
  if (context.out) return;
  throw Error(ErrorKind::source,
              std::string("cannot write to standard output: ") + (errno != 0 ? std::strerror(errno) : "write failed"));
}

void write_reports(const Invocation& invocation, const Report& report) {
  std::vector<FormatRequest> formats = invocation.options.formats;
  if (formats.empty()) formats.push_back({"text", ""});
  write_reports(invocation, report, formats);
}

void write_reports(const Invocation& invocation, const Report& report, const std::vector<FormatRequest>& formats) {
  CommandContext& context = invocation.context;
  ReportStyle style;
  style.width = context.terminal.width;
  style.quiet = invocation.options.quiet;
  style.unicode = context.terminal.unicode;
  std::optional<Error> failure;  // one that cannot be written keeps back no other
  for (const FormatRequest& request : formats) {
    const auto format = find_format(context, request).make();
    style.color = request.file.empty() ? use_color(invocation) : invocation.options.color == ColorChoice::always;
    try {
      if (request.file.empty()) {
        format->write(report, style, context.out);
        flush_output(context);
      } else {
        write_text_file(request.file, [&](std::ostream& out) { format->write(report, style, out); });
      }
    } catch (const Error& error) {
      // Whatever was asked for was done by now: this says nothing of the command line.
      if (!failure.has_value()) failure.emplace(ErrorKind::source, error.what(), error.hint());
    }
  }
  if (failure.has_value()) throw Error(*failure);
}

}  // namespace audit
