// Closing windows of a real tmux server.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <thread>

#include "adapters/tmux/client.hpp"
#include "adapters/tmux/tmux.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/process.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;
using namespace audit::tmux;
using Catch::Matchers::Contains;

namespace {

Value text(const std::string& word) { return word; }

// A server of its own with the session "main" and the windows "first" and "session-0000000a".
class Server {
 public:
  Server() {
    std::string name = (std::filesystem::temp_directory_path() / "audit-close-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    directory = name;
    ::setenv("SHELL", "/bin/sh", 1);  // the account's own may be nologin
    run({"new-session", "-d", "-s", "main", "-n", "first", "sleep 600"});
    run({"new-window", "-d", "-n", "session-0000000a", "-t", "=main:", "sleep 600"});
    SourceSpec spec;
    spec.name = "tmux";
    spec.text["path"] = directory + "/socket";
    source = make_tmux_adapter()->source(spec, cancel);
    RelationPart part;
    part.source = "tmux";
    part.table = "tmux_window";
    part.key = {"server_pid", "server_started_at", "window_id"};
    ColumnMap owned;
    owned.expr = "substr(window_name, 1, 8) = 'session-'";
    part.columns = {{"owned", owned}};
    relations = {{"tmux_window", {part}}};
  }
  ~Server() {
    static_cast<void>(tmux({"kill-server"}));
    std::error_code ignored;
    std::filesystem::remove_all(directory, ignored);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  ProcessResult tmux(const std::vector<std::string>& arguments) const {
    ProcessRequest request;
    request.argv = {"tmux", "-u", "-f", "/dev/null", "-S", directory + "/socket"};
    request.argv.insert(request.argv.end(), arguments.begin(), arguments.end());
    return run_process(request, cancel);
  }
  std::string run(const std::vector<std::string>& arguments) const {
    const ProcessResult result = tmux(arguments);
    INFO(arguments.front() << ": " << result.err);
    REQUIRE(result.status == 0);
    return result.out;
  }
  std::string names() const { return run({"list-windows", "-a", "-F", "#{window_name}"}); }
  std::unique_ptr<Writer> open(bool irreversible = true, WriteMode mode = WriteMode::repair) const {
    WriteRequest request;
    request.mode = mode;
    request.irreversible = irreversible;
    request.relations = relations;
    return source->write(source->list().front(), request);
  }
  // The window as a plan has it.
  Change closing(const std::string& name = "session-0000000a") const {
    Change change;
    change.op = ChangeOp::remove;
    change.relation = change.table = "tmux_window";
    const auto store = std::move(source->open(source->list().front(), 1).front());
    change.before = store->native_row(relations.front().parts.front(), {{"window_name", text(name)}});
    REQUIRE_FALSE(change.before.empty());
    return change;
  }
  static UnitOutcome apply(Writer& writer, const Change& change) {
    UnitOutcome outcome;
    const std::vector<Unit> units = {{"finding", {&change}}};
    writer.apply(units, [&](std::size_t, UnitOutcome made) { outcome = std::move(made); });
    return outcome;
  }

  Cancellation cancel;
  std::string directory;
  std::unique_ptr<Source> source;
  std::vector<RelationMapping> relations;
};

}  // namespace

TEST_CASE("tmux writer: a window that is proven ours is closed, and nothing else") {
  const Server server;
  const auto writer = server.open();
  const Change change = server.closing();
  const UnitOutcome outcome = Server::apply(*writer, change);
  INFO(outcome.reason);
  REQUIRE(outcome.kind == UnitOutcome::Kind::applied);
  REQUIRE(outcome.effects.size() == 1);
  CHECK(server.open()->presence(outcome.effects.front()) == Presence::before);
  writer->prepare();
  CHECK(server.names() == "first\nsession-0000000a\n");
  writer->commit();
  CHECK(server.names() == "first\n");
  CHECK(server.open()->presence(outcome.effects.front()) == Presence::after);
  CHECK(server.source->commits().visibility == 90);
  CHECK_FALSE(server.source->commits().atomic);
  // There is no way back.
  Change back = outcome.effects.front();
  back.op = ChangeOp::insert;
  std::swap(back.before, back.after);
  CHECK(Server::apply(*server.open(true, WriteMode::restore), back).kind == UnitOutcome::Kind::refused);
}

TEST_CASE("tmux writer: without permission, without proof or with company nothing is closed") {
  const Server server;
  const Change change = server.closing();
  CHECK(Server::apply(*server.open(false), change).kind == UnitOutcome::Kind::refused);
  SECTION("the name is not one of the application's") {
    const UnitOutcome outcome = Server::apply(*server.open(), server.closing("first"));
    CHECK(outcome.kind == UnitOutcome::Kind::refused);
    CHECK_THAT(outcome.reason, Contains("not proven"));
  }
  SECTION("several sessions show it") {
    server.run({"new-session", "-d", "-s", "other", "sleep 600"});
    server.run({"link-window", "-d", "-s", "=main:session-0000000a", "-t", "=other:"});
    CHECK_THAT(Server::apply(*server.open(), change).reason, Contains("several"));
  }
  SECTION("its session would go with it") {
    server.run({"kill-window", "-t", "=main:first"});
    CHECK_THAT(Server::apply(*server.open(), change).reason, Contains("only one"));
  }
  SECTION("we run in its session") {
    const std::string pane = server.run({"display-message", "-p", "-t", "=main:first", "#{pane_id}"});
    const std::string pid = server.run({"display-message", "-p", "#{pid}"});
    ::setenv("TMUX", (server.directory + "/socket," + pid.substr(0, pid.size() - 1) + ",0").c_str(), 1);
    ::setenv("TMUX_PANE", pane.substr(0, pane.size() - 1).c_str(), 1);
    const UnitOutcome outcome = Server::apply(*server.open(), change);
    ::unsetenv("TMUX");
    ::unsetenv("TMUX_PANE");
    CHECK_THAT(outcome.reason, Contains("we run in"));
  }
  SECTION("it has another name by now") {
    server.run({"rename-window", "-t", "=main:session-0000000a", "session-0000000b"});
    CHECK(Server::apply(*server.open(), change).kind == UnitOutcome::Kind::changed);
  }
  SECTION("it is gone") {
    server.run({"kill-window", "-t", "=main:session-0000000a"});
    CHECK(Server::apply(*server.open(), change).kind == UnitOutcome::Kind::changed);
  }
  SECTION("the server is gone: no window, and no store either") {
    server.run({"kill-server"});
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    const auto writer = server.open();
    CHECK(Server::apply(*writer, change).kind == UnitOutcome::Kind::changed);
    CHECK_THROWS_AS(writer->view(), Error);
    CHECK(writer->presence(change) == Presence::after);
  }
}

TEST_CASE("tmux writer: what changed after it was looked at is compared by the server itself") {
  const Server server;
  const Change change = server.closing();
  const auto writer = server.open();
  REQUIRE(Server::apply(*writer, change).kind == UnitOutcome::Kind::applied);
  writer->prepare();
  SECTION("renamed") { server.run({"rename-window", "-t", "=main:session-0000000a", "kept"}); }
  SECTION("shown elsewhere, too") {
    server.run({"new-session", "-d", "-s", "other", "sleep 600"});
    server.run({"link-window", "-d", "-s", "=main:session-0000000a", "-t", "=other:"});
  }
  SECTION("left alone in its session") { server.run({"kill-window", "-t", "=main:first"}); }
  SECTION("another process in its pane") { server.run({"respawn-pane", "-k", "-t", "=main:session-0000000a", "sleep 601"}); }
  const std::string before = server.names();
  CHECK_THROWS_AS(writer->commit(), Error);
  CHECK(server.names() == before);
}
