// Programs that are run: what they say, how they end, and that none is left behind.

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "auditor/model/error.hpp"
#include "auditor/sys/process.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

ProcessResult run(std::vector<std::string> argv, int timeout_ms = 20'000, std::size_t limit = 1U << 20U) {
  const Cancellation cancel;
  return run_process({std::move(argv), std::chrono::milliseconds(timeout_ms), limit}, cancel);
}

ProcessResult shell(const std::string& script, int timeout_ms = 20'000, std::size_t limit = 1U << 20U) {
  return run({"/bin/sh", "-c", script}, timeout_ms, limit);
}

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("both streams and the exit status are kept apart") {
  const ProcessResult result = shell("echo out; echo err >&2; exit 3");
  CHECK(result.end == ProcessEnd::exited);
  CHECK(result.status == 3);
  CHECK(result.out == "out\n");
  CHECK(result.err == "err\n");
}

TEST_CASE("arguments are never read by a shell") {
  CHECK(run({"printf", "%s", "$(id) `id` ; 'x' \n*"}).out == "$(id) `id` ; 'x' \n*");
}

TEST_CASE("there is nothing to read on its input and it has a group of its own") {
  CHECK(shell("cat; echo done").out == "done\n");
  CHECK(shell("ps -o pgid= -p $$ | tr -d ' '").out != std::to_string(::getpgrp()) + "\n");
}

TEST_CASE("its input arrives whole, and nobody has to read it") {
  const Cancellation cancel;
  ProcessRequest request{{"wc", "-c"}, std::chrono::seconds(20), 1U << 20U};
  request.input = std::string(3'000'000, 'x');
  CHECK(run_process(request, cancel).out == "3000000\n");
  request.argv = {"/bin/sh", "-c", "head -c 2"};
  request.input = "one two";
  CHECK(run_process(request, cancel).out == "on");
  request.argv = {"true"};
  request.input = std::string(3'000'000, 'x');
  CHECK(run_process(request, cancel).status == 0);
}

TEST_CASE("its environment has what was added, in place of what was there") {
  const Cancellation cancel;
  ::setenv("AUDIT_TEST_VARIABLE", "ours", 1);
  ProcessRequest request{{"/bin/sh", "-c", "echo \"$AUDIT_TEST_VARIABLE $AUDIT_TEST_OTHER ${HOME:+home}\""},
                         std::chrono::seconds(20),
                         1U << 20U};
  CHECK(run_process(request, cancel).out.starts_with("ours  "));
  request.environment = {{"AUDIT_TEST_VARIABLE", "theirs; echo x"}, {"AUDIT_TEST_OTHER", "$HOME"}};
  CHECK(run_process(request, cancel).out.starts_with("theirs; echo x $HOME"));
  ::unsetenv("AUDIT_TEST_VARIABLE");
}

TEST_CASE("large output on both streams at once arrives whole") {
  const ProcessResult result =
      shell("head -c 700000 /dev/zero; head -c 600000 /dev/zero >&2; head -c 300000 /dev/zero");
  CHECK(result.out.size() == 1'000'000);
  CHECK(result.err.size() == 600'000);
}

TEST_CASE("the limit ends a program that talks forever") {
  const ProcessResult result = run({"yes"}, 20'000, 5000);
  CHECK(result.end == ProcessEnd::too_much);
  CHECK(result.out.size() == 5000);
  CHECK(shell("head -c 5000 /dev/zero", 20'000, 5000).end == ProcessEnd::exited);
  CHECK(shell("head -c 5001 /dev/zero", 20'000, 5000).end == ProcessEnd::too_much);
}

TEST_CASE("the deadline ends a program, and what it said until then is there") {
  ProcessResult result;
  const double time = seconds_of([&] { result = shell("echo early; sleep 30; echo late", 200); });
  CHECK(result.end == ProcessEnd::timed_out);
  CHECK(result.out == "early\n");
  CHECK(time >= 0.2);
  CHECK(time < 5);
}

TEST_CASE("a program that closes its streams and stays is waited for and killed") {
  CHECK(shell("exec >&- 2>&-; sleep 30", 200).end == ProcessEnd::timed_out);
  CHECK(shell("exec >&- 2>&-; sleep 0.05; exit 4").status == 4);
}

TEST_CASE("a background process that holds the streams does not keep us") {
  ProcessResult result;
  const double time = seconds_of([&] { result = shell("sleep 3 & echo said"); });
  CHECK(result.end == ProcessEnd::exited);
  CHECK(result.out == "said\n");
  CHECK(time < 2);
}

TEST_CASE("a stop is noticed at once and leaves no child") {
  Cancellation cancel;
  std::thread stopper([&cancel] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    cancel.requested = true;
  });
  const double time = seconds_of([&] {
    CHECK_THROWS_AS(run_process({{"sleep", "30"}, std::chrono::seconds(60)}, cancel), Error);
  });
  stopper.join();
  CHECK(time < 2);
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
  CHECK(errno == ECHILD);
}

TEST_CASE("a death by signal is told") {
  const ProcessResult result = shell("kill -TERM $$");
  CHECK(result.end == ProcessEnd::signalled);
  CHECK(result.status == SIGTERM);
}

TEST_CASE("not installed, not executable") {
  CHECK(run({"audit-no-such-program"}).end == ProcessEnd::not_installed);
  CHECK(run({"/nonexistent/tmux"}).end == ProcessEnd::not_installed);
  CHECK(run({"/etc"}).end == ProcessEnd::not_installed);
  const ProcessResult result = run({"/etc/passwd"});
  CHECK(result.end == ProcessEnd::not_executable);
  CHECK(result.status == EACCES);
  CHECK_FALSE(find_program("").has_value());
  REQUIRE(find_program("sh").has_value());
  CHECK(find_program("sh")->back() == 'h');
}
