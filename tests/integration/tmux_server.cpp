// Real tmux servers on private sockets.

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "adapters/tmux/client.hpp"
#include "adapters/tmux/snapshot.hpp"
#include "adapters/tmux/tmux.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/process.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;
using namespace audit::tmux;

namespace {

Value number(std::int64_t n) { return n; }
Value text(const std::string& s) { return s; }

class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    set(value);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { set(old_ ? old_->c_str() : nullptr); }

 private:
  void set(const char* value) const {
    if (value != nullptr) {
      ::setenv(name_, value, 1);
    } else {
      ::unsetenv(name_);
    }
  }
  const char* name_;
  std::optional<std::string> old_;
};

// A directory with at most one server, killed at the end.
class TmuxServer {
 public:
  TmuxServer() {
    std::string name = (std::filesystem::temp_directory_path() / "audit-tmux-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    directory = name;
    address.source = "tmux";
    address.path = directory + "/socket";
    address.timeout = std::chrono::seconds(20);
  }
  TmuxServer(const TmuxServer&) = delete;
  TmuxServer& operator=(const TmuxServer&) = delete;
  ~TmuxServer() {
    try {
      static_cast<void>(run({"kill-server"}));
    } catch (...) {
    }
    std::error_code ignored;
    std::filesystem::remove_all(directory, ignored);
  }
  ProcessResult run(const std::vector<std::string>& arguments) const {
    ProcessRequest request;
    request.argv = {"tmux", "-u", "-f", "/dev/null", "-S", address.path};
    request.argv.insert(request.argv.end(), arguments.begin(), arguments.end());
    return run_process(request, cancel);
  }
  void tmux(const std::vector<std::string>& arguments) const {
    const ProcessResult result = run(arguments);
    INFO(arguments[0] << ": " << result.err);
    REQUIRE(result.status == 0);
  }
  void start(const std::string& session = "main") const {
    tmux({"new-session", "-d", "-s", session, "-n", "first", "sleep 600"});
  }
  ServerState state() const { return Question(address).answer(cancel); }
  StoreUnavailable unavailable() const {
    try {
      static_cast<void>(state());
    } catch (const StoreUnavailable& reason) {
      return reason;
    }
    return {StoreStatus::ok, "", ""};
  }
  pid_t pid() const { return static_cast<pid_t>(state().pid.value()); }

  Variable shell{"SHELL", "/bin/sh"};  // the account's own may be nologin
  Cancellation cancel;
  std::string directory;
  ServerAddress address;
};

bool eventually(const std::function<bool()>& holds) {
  for (int i = 0; i < 500; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

void stop_hard(const TmuxServer& server) {
  const pid_t pid = server.pid();
  REQUIRE(::kill(pid, SIGKILL) == 0);
  REQUIRE(eventually([pid] {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string id, name, state;
    return !(stat >> id >> name >> state) || state == "Z";
  }));
}

std::string write_script(const TmuxServer& server, const std::string& name, const std::string& script) {
  std::filesystem::create_directories(server.directory + "/bin");
  const std::string path = server.directory + "/bin/" + name;
  std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path;
}

using Catch::Matchers::Contains;

}  // namespace

TEST_CASE("tmux: a live server gives a row per window") {
  const TmuxServer server;
  const std::int64_t before = current_time();
  server.start();
  server.tmux({"new-window", "-n", "second", "-c", server.directory, "sleep 600"});
  server.tmux({"split-window", "-t", "=main:second", "-c", "/", "sleep 601"});
  REQUIRE(eventually([&] { return server.state().windows.at(1)[path] == text("/"); }));
  const ServerState state = server.state();
  REQUIRE(state.windows.size() == 2);
  CHECK(state.windows[0][window_id] == text("@0"));
  CHECK(state.windows[0][window_name] == text("first"));
  CHECK(state.windows[0][active] == number(0));
  CHECK(state.windows[1][window_id] == text("@1"));
  CHECK(state.windows[1][window_name] == text("second"));
  CHECK(state.windows[1][active] == number(1));
  CHECK(state.windows[1][path] == text("/"));
  CHECK(state.windows[1][session_name] == text("main"));
  CHECK(state.windows[1][attached] == number(0));
  CHECK(state.windows[1][own] == number(0));
  CHECK(state.windows[1][server_pid] == number(*state.pid));
  CHECK(*state.started_at >= before - 1000);
  CHECK(*state.started_at <= current_time());
  CHECK(to_integer(state.windows[0][created_at]) >= before - 1000);
}

TEST_CASE("tmux: names come as the application set them") {
  const TmuxServer server;
  const std::vector<std::string> names{"tab\there",
                                       "two\nlines",
                                       "\"double\" 'single' `back`",
                                       "\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x90\xa7",
                                       "back\\slash\\\\two",
                                       "$HOME ${HOME} $1",
                                       "#[fg=red]x",
                                       " blank ends ",
                                       "a:b.c=d,e|f;g",
                                       "\xff\xfe not UTF-8 ",
                                       "ctrl \x01\x1b\x1f",
                                       "-dash"};
  server.start();
  for (std::size_t i = 1; i < names.size(); ++i) server.tmux({"new-window", "-d", "sleep 600"});
  for (std::size_t i = 0; i < names.size(); ++i) {
    server.tmux({"rename-window", "-t", "@" + std::to_string(i), "--", names[i]});
  }
  for (const char* locale : {"C", "C.UTF-8"}) {
    const Variable all("LC_ALL", locale);
    const ServerState state = server.state();
    REQUIRE(state.windows.size() == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) CHECK(state.windows[i][window_name] == text(names[i]));
  }
}

TEST_CASE("tmux: names that were given with new-window come as they were given") {
  const TmuxServer server;
  server.start();
  const std::vector<std::string> names{"tab\there",   "two\nlines", "\"q\" 's'", "\xc3\xa9\xe6\xbc\xa2",
                                       "back\\slash", "\xff"};
  for (const std::string& name : names) server.tmux({"new-window", "-d", "-n", name, "sleep 600"});
  const ServerState state = server.state();
  REQUIRE(state.windows.size() == names.size() + 1);
  for (std::size_t i = 0; i < names.size(); ++i) CHECK(state.windows[i + 1][window_name] == text(names[i]));
}

TEST_CASE("tmux: session names, directories and commands cannot forge rows") {
  const TmuxServer server;
  server.start("odd \"$HOME\"\tname\nP");
  const std::string nasty = server.directory + "/d\ne\tw\x1f\xff\nE";
  std::filesystem::create_directory(nasty);
  server.tmux({"new-window", "-n", "dir", "-c", nasty, "sleep 600"});
  server.tmux({"set-option", "-g", "default-shell", "/bin/bash"});
  server.tmux({"new-window", "-n", "cmd", R"sh(exec -a "$(printf 'x\ny\t\037\377z')" sleep 600)sh"});
  REQUIRE(eventually([&] {
    const ServerState state = server.state();
    return state.windows.size() == 3 && state.windows[2][command] == text("x\ny\t\x1f\xffz");
  }));
  REQUIRE(eventually([&] { return server.state().windows.at(1)[path] == text(nasty); }));
  const ServerState state = server.state();
  CHECK(state.windows[0][session_name] == text("odd \"$HOME\"\tname\nP"));
  CHECK(parse_snapshot(format_snapshot(state), "s").windows == state.windows);
}

TEST_CASE("tmux: a renamed window keeps its id") {
  const TmuxServer server;
  server.start();
  server.tmux({"rename-window", "-t", "@0", "session-12ab90cd"});
  CHECK(server.state().windows.at(0)[window_name] == text("session-12ab90cd"));
  CHECK(server.state().windows.at(0)[window_id] == text("@0"));
}

TEST_CASE("tmux: a dead pane is told") {
  const TmuxServer server;
  server.start();
  server.tmux({"set-option", "-g", "remain-on-exit", "on"});
  server.tmux({"new-window", "-d", "-n", "gone", "exit 3"});
  REQUIRE(eventually([&] { return server.state().windows.at(1)[pane_dead] == number(1); }));
  CHECK(server.state().windows.at(0)[pane_dead] == number(0));
}

TEST_CASE("tmux: a window that two sessions share is a row of each") {
  const TmuxServer server;
  server.start();
  server.tmux({"new-session", "-d", "-s", "other", "-t", "main"});
  const ServerState state = server.state();
  REQUIRE(state.windows.size() == 2);
  CHECK(state.windows[0][window_id] == state.windows[1][window_id]);
  CHECK(state.windows[0][session_name] != state.windows[1][session_name]);
}

TEST_CASE("tmux: our own window is marked when we run in the server") {
  const TmuxServer server;
  server.start();
  server.tmux({"new-window", "-d", "-n", "second", "sleep 600"});
  const std::string tmux = server.address.path + "," + std::to_string(server.pid()) + ",0";
  const Variable place("TMUX", tmux.c_str());
  const Variable pane("TMUX_PANE", "%1");
  const ServerState state = server.state();
  CHECK(state.windows.at(0)[own] == number(0));
  CHECK(state.windows.at(1)[own] == number(1));
}

TEST_CASE("tmux: no socket is absent, and asking neither starts a server nor leaves anything") {
  const TmuxServer server;
  const StoreUnavailable reason = server.unavailable();
  CHECK(reason.status == StoreStatus::absent);
  CHECK_THAT(reason.detail, Contains(server.address.path));
  CHECK_FALSE(reason.hint.empty());
  CHECK(std::filesystem::is_empty(server.directory));

  const Variable directory("TMUX_TMPDIR", server.directory.c_str());
  ServerAddress named;
  named.socket = "audit-test-none";
  CHECK(look(named).status == StoreStatus::absent);
  CHECK_THROWS_AS(Question(named).answer(server.cancel), StoreUnavailable);
  CHECK(std::filesystem::is_empty(server.directory));
}

TEST_CASE("tmux: a socket by name is where tmux has it") {
  const TmuxServer server;
  const Variable directory("TMUX_TMPDIR", server.directory.c_str());
  ServerAddress named;
  named.socket = "audit-test";
  REQUIRE(
      run_process({{"tmux", "-f", "/dev/null", "-L", "audit-test", "new-session", "-d", "sleep 600"}}, server.cancel)
          .status == 0);
  CHECK(look(named).status == StoreStatus::ok);
  CHECK(Question(named).answer(server.cancel).windows.size() == 1);
  static_cast<void>(run_process({{"tmux", "-L", "audit-test", "kill-server"}}, server.cancel));
}

TEST_CASE("tmux: a socket that nobody listens on is dead, also through the adapter") {
  const TmuxServer server;
  server.start();
  stop_hard(server);
  CHECK(server.unavailable().status == StoreStatus::dead);
  SourceSpec spec;
  spec.name = "tmux";
  spec.text["path"] = server.address.path;
  const auto source = make_tmux_adapter()->source(spec, server.cancel);
  CHECK(source->list().at(0).location == "tmux -S " + server.address.path);
  CHECK_THROWS_AS(source->open(source->list().at(0), 1), StoreUnavailable);
  CHECK(server.unavailable().status == StoreStatus::dead);
}

TEST_CASE("tmux: a live server without windows is ok and empty") {
  const TmuxServer server;
  server.tmux({"start-server", ";", "set-option", "-g", "exit-empty", "off"});
  const ServerState state = server.state();
  CHECK(state.status == StoreStatus::ok);
  CHECK(state.windows.empty());
  CHECK(state.pid.value() > 1);
  CHECK(state.started_at.has_value());
}

TEST_CASE("tmux: a server that does not answer is unknown") {
  TmuxServer server;
  server.start();
  const pid_t pid = server.pid();
  REQUIRE(::kill(pid, SIGSTOP) == 0);
  server.address.timeout = std::chrono::milliseconds(300);
  const StoreUnavailable reason = server.unavailable();
  ::kill(pid, SIGCONT);
  CHECK(reason.status == StoreStatus::unknown);
  CHECK_THAT(reason.detail, Contains("did not answer within 0.300 s"));
  CHECK_THAT(reason.hint, Contains("timeout"));
}

TEST_CASE("tmux: what is not a server is unknown, each in its own words") {
  TmuxServer server;
  std::ofstream(server.address.path) << "hello";
  CHECK(server.unavailable().status == StoreStatus::unknown);
  CHECK_THAT(server.unavailable().detail, Contains("is not a socket"));
  std::filesystem::remove(server.address.path);
  server.start();
  server.address.program = "audit-no-such-tmux";
  CHECK_THAT(server.unavailable().detail, Contains("not installed"));
  server.address.program = "/etc/passwd";
  CHECK_THAT(server.unavailable().detail, Contains("cannot run"));
  const auto answer_of = [&server](const std::string& script) {
    server.address.program = write_script(server, "tmux", script);
    const StoreUnavailable reason = server.unavailable();
    CHECK(reason.status == StoreStatus::unknown);
    CHECK_FALSE(reason.hint.empty());
    return reason.detail;
  };
  CHECK_THAT(answer_of("exit 0"), Contains("cut off"));
  CHECK_THAT(answer_of("echo hello"), Contains("makes no sense"));
  CHECK_THAT(answer_of("tmux \"$@\" | head -c 100"), Contains("makes no sense"));
  CHECK_THAT(answer_of("tmux \"$@\" | grep -v ^E"), Contains("cut off"));
  CHECK_THAT(answer_of("kill -KILL $$"), Contains("signal 9"));
  CHECK_THAT(answer_of("echo 'protocol version mismatch (client 8, server 7)' >&2; exit 1"), Contains("cannot talk"));
  CHECK_THAT(answer_of("echo 'access not allowed' >&2; exit 1"), Contains("no permission"));
  CHECK_THAT(answer_of("echo 'lost server' >&2; exit 1"), Contains("went away"));
  CHECK_THAT(answer_of("exit 7"), Contains("exit status 7"));
}

TEST_CASE("tmux: a PATH without tmux is 'not installed', not 'no server'") {
  const TmuxServer server;
  server.start();
  StoreUnavailable reason;
  {
    const Variable path("PATH", server.directory.c_str());
    reason = server.unavailable();
  }
  CHECK(reason.status == StoreStatus::unknown);
  CHECK_THAT(reason.detail, Contains("not installed"));
  CHECK_THAT(reason.hint, Contains("snapshot"));
}

TEST_CASE("tmux: a server of another user is unknown") {
  if (::geteuid() != 0) {
    SUCCEED("only root can become another user");
    return;
  }
  const TmuxServer server;
  server.start();
  ::chmod(server.directory.c_str(), 0755);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    int code = 9;
    if (::setgid(65534) == 0 && ::setuid(65534) == 0) {
      const StoreUnavailable reason = server.unavailable();
      code = reason.status == StoreStatus::unknown && reason.detail.find("no permission") == 0 ? 0 : 1;
    }
    ::_exit(code);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("tmux: a recorded server reads back the same through the adapter") {
  const TmuxServer server;
  server.start();
  server.tmux({"new-window", "-d", "-n", "two\nlines", "sleep 600"});
  SourceSpec spec;
  spec.name = "tmux";
  spec.text["path"] = server.address.path;
  const auto adapter = make_tmux_adapter();
  const auto live = adapter->source(spec, server.cancel);
  const auto stores = live->open(live->list().at(0), 2);
  REQUIRE(stores.size() == 2);
  const std::string file = server.directory + "/snapshot.json";
  const std::string recorded = record_snapshot(*stores[1]);
  std::ofstream(file) << recorded;
  spec.text["snapshot"] = file;
  const auto replayed = adapter->source(spec, server.cancel);
  const auto again = replayed->open(replayed->list().at(0), 1);
  CHECK(record_snapshot(*again[0]) == recorded);
  CHECK(again[0]->info().started_at == stores[0]->info().started_at);
  CHECK(parse_snapshot(recorded, file).windows.at(1)[window_name] == text("two\nlines"));
}
