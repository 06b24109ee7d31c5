// The composition root: the only file that knows every part.

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "adapters/all.hpp"
#include "adapters/postgres/postgres.hpp"
#include "adapters/tmux/tmux.hpp"
#include "auditor/cli/context.hpp"
#include "auditor/model/embedded.hpp"
#include "auditor/model/error.hpp"
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

// Cases with a PostgreSQL source run on the server that AUDIT_TEST_POSTGRES names. Without one they fail: a test that does not run is no test.
audit::Fixture postgres_fixture(const std::vector<std::pair<std::string, std::string>>& scripts) {
  const char* const url = std::getenv("AUDIT_TEST_POSTGRES");
  if (url == nullptr || *url == '\0') {
    throw audit::Error(audit::ErrorKind::config, "the case needs a PostgreSQL server, and AUDIT_TEST_POSTGRES is not set",
                       "tests/run starts one; or: export AUDIT_TEST_POSTGRES=\"host=… dbname=…\"");
  }
  auto made = audit::make_postgres_fixture(url, scripts);
  return {{{"url", url}, {"schema", made.schema}}, std::move(made.keep)};
}

}  // namespace

int main(int argc, char** argv) {
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
        {[](audit::Store& store) { return audit::record_snapshot(store); },
         [](const audit::StoreUnavailable& unavailable) { return audit::record_snapshot(unavailable); }}}},
      audit::process_terminal(),
      std::cout,
      std::cerr,
      cancel,
      {{"postgres", postgres_fixture}}};
  return audit::run_command(context);
}
