// The composition root: the only file that knows every part.

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "adapters/all.hpp"
#include "adapters/postgres/postgres.hpp"
#include "adapters/redis/redis.hpp"
#include "adapters/tmux/tmux.hpp"
#include "auditor/cli/context.hpp"
#include "auditor/model/embedded.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/warm_memory.hpp"
#include "reports/formats.hpp"

namespace {

// A signal handler reaches nothing but what has static storage.
std::atomic<audit::Cancellation*> interrupted_run{nullptr};

extern "C" void on_signal(int) {
  if (audit::Cancellation* run = interrupted_run.load()) run->requested = true;
}

// The first signal asks the run to stop, the second one ends the process.
class InterruptGuard {
 public:
  explicit InterruptGuard(audit::Cancellation& cancel) {
    interrupted_run = &cancel;
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
  }
  ~InterruptGuard() { interrupted_run = nullptr; }
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
};

// Cases with a source on a server run on the one that a variable names. Without it they fail: a test that does not run is no test.
std::string test_server(const char* kind, const char* variable, const char* example) {
  const char* const url = std::getenv(variable);
  if (url != nullptr && *url != '\0') return url;
  throw audit::Error(audit::ErrorKind::config, std::string("the case needs a ") + kind + " server, and " + variable + " is not set",
                     std::string("tests/run starts one; or: export ") + variable + "=\"" + example + "\"");
}

audit::Fixture postgres_fixture(const std::vector<std::pair<std::string, std::string>>& scripts) {
  const std::string url = test_server("PostgreSQL", "AUDIT_TEST_POSTGRES", "host=… dbname=…");
  auto made = audit::make_postgres_fixture(url, scripts);
  return {{{"url", made.url}, {"schema", made.schema}}, std::move(made.keep)};
}

audit::Fixture redis_fixture(const std::vector<std::pair<std::string, std::string>>& scripts) {
  auto made = audit::make_redis_fixture(test_server("Redis", "AUDIT_TEST_REDIS", "unix:///…/redis.sock"), scripts);
  return {{{"url", made.url}}, std::move(made.keep)};
}

}  // namespace

int main(int argc, char** argv) {
  audit::warm_memory();
  std::ios::sync_with_stdio(false);
  audit::Cancellation cancel;
  const InterruptGuard guard(cancel);
  audit::CommandContext context{
      std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc),
      std::string(audit::program_version()),
      [](audit::Catalog& catalog) {
        audit::add_all_adapters(catalog);
        catalog.add_embedded(audit::embedded_files());
      },
      audit::report_formats(),
      {{"tmux",
        {[](audit::Store& store, const audit::Disguise* disguise) { return audit::record_snapshot(store, disguise); },
         [](const audit::StoreUnavailable& unavailable, const audit::Disguise* disguise) { return audit::record_snapshot(unavailable, disguise); }}}},
      audit::process_terminal(),
      std::cout,
      std::cerr,
      cancel,
      {{"postgres", postgres_fixture}, {"redis", redis_fixture}}};
  return audit::run_command(context);
}
