#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "auditor/cli/context.hpp"

namespace audit {

namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

int terminal_width() {
  const int columns = std::atoi(std::string(environment("COLUMNS")).c_str());
  if (columns > 0) return columns;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

// A locale that is not set says nothing; one that is set without UTF-8 does.
bool speaks_unicode() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view locale = environment(name);
    if (locale.empty()) continue;
    return locale.find("UTF-8") != std::string_view::npos || locale.find("utf8") != std::string_view::npos ||
           locale.find("UTF8") != std::string_view::npos || locale.find("utf-8") != std::string_view::npos;
  }
  return true;
}

}  // namespace

Terminal process_terminal() {
  Terminal terminal;
  terminal.in = ::isatty(STDIN_FILENO) == 1;
  terminal.out = ::isatty(STDOUT_FILENO) == 1;
  terminal.error = ::isatty(STDERR_FILENO) == 1;
  terminal.color = environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  terminal.unicode = speaks_unicode();
  terminal.width = terminal_width();
  return terminal;
}

}  // namespace audit
