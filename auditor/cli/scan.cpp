// audit scan: the audit and the plan, and nothing changed.

#include <chrono>
#include <filesystem>
#include <ostream>
#include <random>

#include "auditor/cli/notify.hpp"
#include "auditor/cli/output.hpp"
#include "auditor/cli/progress_line.hpp"
#include "auditor/cli/setup.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace {

// "20260301T120000Z-1f3a9c04": sorts by time, and two at once differ.
std::string make_run_id(std::int64_t started_at) {
  std::string id;
  for (const char c : format_time(started_at - started_at % 1000)) {
    if (c != '-' && c != ':') id += c;
  }
  static constexpr char kDigits[] = "0123456789abcdef";
  std::random_device random;
  unsigned bits = random();
  id += '-';
  for (int i = 0; i < 8; ++i, bits >>= 4U) id += kDigits[bits & 15U];
  return id;
}

std::string baseline_file(const Options& options, const Config& config) {
  const std::string file = options.baseline.empty() ? config.baseline : options.baseline;
  if (options.write_baseline && file.empty()) {
    throw Error(ErrorKind::usage, "--write-baseline: say where to, with --baseline FILE");
  }
  return file;
}

// One that is still to be written is empty.
Baseline load_baseline(const std::string& file, bool to_be_written) {
  std::error_code error;
  if (file.empty() || (to_be_written && !std::filesystem::exists(file, error))) return {};
  return read_baseline(file);
}

ScanResult run_engine(Invocation& invocation, const Catalog& catalog, const ScanRequest& request) {
  CommandContext& context = invocation.context;
  ProgressLine line(context.error, context.terminal.width);
  const bool show = context.terminal.error && !invocation.options.no_progress && !invocation.options.quiet;
  ScanResult result =
      scan(catalog, request, context.cancel, show ? line.progress() : Progress(), invocation.log.debug());
  if (context.cancel.requested) throw Error(ErrorKind::interrupted, "interrupted");
  return result;
}

// Writes the accepted findings of a complete audit and takes them as accepted.
void accept_findings(Baseline& baseline, const std::string& file, const Report& report, Invocation& invocation) {
  if (!report.complete) {
    throw Error(ErrorKind::source, "the baseline " + file + " was not written: the audit is incomplete",
                "run again without --write-baseline to see what could not be read");
  }
  baseline = make_baseline(report, baseline, report.now);
  write_text_file(file, [&](std::ostream& out) { write_baseline(baseline, out); });
  invocation.log.info("wrote " + std::to_string(baseline.entries.size()) + " findings to " + file);
}

// The audit and its plan, as it is reported.
ScanResult audit_and_plan(Invocation& invocation, const Catalog& catalog, const Config& config, Report& started) {
  const Options& options = invocation.options;
  const std::string file = baseline_file(options, config);
  Baseline baseline = load_baseline(file, options.write_baseline);
  const RepairPolicy policy = repair_policy(options, config, catalog);
  const ScanRequest request = scan_request(options, config, catalog);
  started.now = request.now;

  ScanResult result = run_engine(invocation, catalog, request);
  Report& report = result.report;
  report.run_id = started.run_id;
  report.mode = started.mode;
  report.started_at = started.started_at;
  report.now = started.now;
  report.version = started.version;
  report.command = started.command;
  if (options.write_baseline) accept_findings(baseline, file, report, invocation);
  // Before planning: what is accepted is not repaired.
  apply_baseline(baseline, request.now, report);
  make_plan(catalog.checks(), result, policy, request.now);
  result.profiles.clear();  // the plan is made: give the stores' read locks back before anything is written
  return result;
}

}  // namespace

int run_scan(Invocation& invocation) {
  const auto started = std::chrono::steady_clock::now();
  Report first;
  first.started_at = current_time();
  first.run_id = make_run_id(first.started_at);
  first.mode = "dry-run";
  first.version = invocation.context.version;
  first.command = invocation.call;
  const auto catalog = make_catalog(invocation);
  const Config config = load_config(invocation, *catalog);
  check_formats(invocation);
  try {
    Report report = audit_and_plan(invocation, *catalog, config, first).report;
    report.duration_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
    write_reports(invocation, report);
    const int code = exit_code(report, invocation.options.fail_on.value_or(config.fail_on.value_or(FailOn::warning)));
    log_run(invocation.log, report, code);
    notify(invocation, config, report);
    return code;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::interrupted) notify_failure(invocation, config, first, error.what());
    throw;
  }
}

}  // namespace audit
