#include "adapters/tmux/client.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

#include "adapters/tmux/panes.hpp"
#include "auditor/sys/process.hpp"

namespace audit::tmux {
namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// First line, printable, not too long.
std::string first_line(std::string_view text) {
  std::string line(text.substr(0, std::min(text.find('\n'), std::size_t{300})));
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return line;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string seconds(std::chrono::milliseconds time) {
  std::string text = std::to_string(time.count() / 1000);
  if (const auto rest = time.count() % 1000; rest != 0) text += "." + std::to_string(1000 + rest).substr(1);
  return text + " s";
}

std::string point_elsewhere(const ServerAddress& address) {
  return "name another server with --set " + address.source + ".socket=NAME or --set " + address.source + ".path=FILE";
}

StoreUnavailable absent(const ServerAddress& address) {
  return {StoreStatus::absent, "no tmux server: there is no socket " + socket_path(address),
          "if it runs elsewhere, " + point_elsewhere(address)};
}

StoreUnavailable dead(const ServerAddress& address) {
  return {StoreStatus::dead, "no tmux server runs on " + socket_path(address) + "; only its socket is left",
          "start it again; if it runs elsewhere, " + point_elsewhere(address)};
}

StoreUnavailable no_permission(const ServerAddress& address, const std::string& why) {
  return {StoreStatus::unknown, "no permission to ask the tmux server on " + socket_path(address) + ": " + why,
          "run as the user who owns the server"};
}

StoreUnavailable not_installed(const ServerAddress& address) {
  return {StoreStatus::unknown, address.program + " is not installed: there is no such program in PATH",
          "install tmux, name it with --set " + address.source + ".tmux=FILE, or read a recorded snapshot with --set " +
              address.source + ".snapshot=FILE"};
}

StoreUnavailable unknown(const std::string& detail, const std::string& hint) {
  return {StoreStatus::unknown, detail, hint};
}

// What tmux complained about, when it did not reach the server or was not let in.
StoreUnavailable classify_complaint(const ServerAddress& address, const ProcessResult& result) {
  const std::string& complaint = result.err;
  if (contains(complaint, "no server running on")) return dead(address);
  if (contains(complaint, "error connecting to") && contains(complaint, std::strerror(ENOENT))) return absent(address);
  for (const char* words : {"Permission denied", "access not allowed", "unsafe permissions", "not permitted"}) {
    if (contains(complaint, words)) return no_permission(address, first_line(complaint));
  }
  if (contains(complaint, "version")) {
    return unknown("this tmux cannot talk to the server: " + first_line(complaint),
                   "name the program that started the server with --set " + address.source + ".tmux=FILE");
  }
  if (contains(complaint, "lost server") || contains(complaint, "server exited")) {
    return unknown("the tmux server went away while it was asked: " + first_line(complaint), "run again");
  }
  const std::string said = complaint.empty() ? "it said nothing" : first_line(complaint);
  return unknown("tmux failed (exit status " + std::to_string(result.status) + "): " + said,
                 "try `tmux -S " + socket_path(address) + " list-panes -a`");
}

StoreUnavailable classify_end(const ServerAddress& address, const ProcessResult& result) {
  switch (result.end) {
    case ProcessEnd::not_installed:
      return not_installed(address);
    case ProcessEnd::not_executable:
      return unknown("cannot run " + address.program + ": " + std::strerror(result.status),
                     "name the tmux program with --set " + address.source + ".tmux=FILE");
    case ProcessEnd::timed_out:
      return unknown(
          "the tmux server on " + socket_path(address) + " did not answer within " + seconds(address.timeout),
          "it may hang; give it longer with --set " + address.source + ".timeout=30s");
    case ProcessEnd::too_much:
      return unknown("tmux printed more than it can have to say", "is `" + address.program + "` really tmux?");
    case ProcessEnd::signalled:
      return unknown("tmux was killed by signal " + std::to_string(result.status), "run again");
    case ProcessEnd::exited:
      break;
  }
  return classify_complaint(address, result);
}

// Without a socket tmux is not even started: it would make the directory of its sockets.
ProcessRequest list_request(const ServerAddress& address, const std::string& mark) {
  if (const StoreUnavailable seen = look(address); seen.status != StoreStatus::ok) throw seen;
  ProcessRequest request;
  request.argv = {address.program, "-u"};
  request.argv.insert(request.argv.end(),
                      {address.path.empty() ? "-L" : "-S", address.path.empty() ? address.socket : address.path});
  for (std::string& argument : list_arguments(mark)) request.argv.push_back(std::move(argument));
  request.timeout = address.timeout;
  return request;
}

bool says_no_sessions(std::string_view complaint) {
  return contains(complaint, "no current target") || contains(complaint, "no sessions") ||
         contains(complaint, "no current session");
}

}  // namespace

std::string socket_path(const ServerAddress& address) {
  if (!address.path.empty()) return address.path;
  const auto resolved = [](const std::string& directory) {
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(directory.c_str(), nullptr), &std::free);
    return real ? std::string(real.get()) : std::string();
  };
  const std::string wanted = environment("TMUX_TMPDIR");
  std::string directory = wanted.empty() ? std::string() : resolved(wanted);
  if (directory.empty()) directory = resolved("/tmp");
  return directory + "/tmux-" + std::to_string(::getuid()) + "/" + address.socket;
}

StoreUnavailable look(const ServerAddress& address) {
  if (!find_program(address.program)) return not_installed(address);
  const std::string path = socket_path(address);
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR) return absent(address);
    if (error == EACCES || error == EPERM) return no_permission(address, std::strerror(error));
    return unknown("cannot look at " + path + ": " + std::strerror(error), point_elsewhere(address));
  }
  if (!S_ISSOCK(status.st_mode)) return unknown(path + " is not a socket", point_elsewhere(address));
  return {StoreStatus::ok, "", ""};
}

Question::Question(const ServerAddress& address)
    : address_(address), mark_(make_mark()), process_(list_request(address, mark_)) {}

ServerState Question::answer(const Cancellation& cancel) {
  const ServerAddress& address = address_;
  const std::string& mark = mark_;
  const ProcessResult result = process_.finish(cancel);
  if (result.end != ProcessEnd::exited) throw classify_end(address, result);
  if (result.out.empty() && result.status != 0) throw classify_complaint(address, result);

  ListAnswer answer = parse_answer(result.out, mark, {environment("TMUX"), environment("TMUX_PANE")});
  const bool none = answer.head && answer.server.windows.empty() && says_no_sessions(result.err);
  if (none) return std::move(answer.server);
  if (result.status != 0) throw classify_complaint(address, result);
  if (!answer.complete) {
    throw unknown("the answer of tmux is cut off",
                  "run again; try `tmux -S " + socket_path(address) + " list-panes -a`");
  }
  return std::move(answer.server);
}

}  // namespace audit::tmux
