#include "auditor/cli/planned_scan.hpp"

#include <filesystem>
#include <ostream>

#include "auditor/cli/notify.hpp"
#include "auditor/cli/output.hpp"
#include "auditor/cli/progress_line.hpp"
#include "auditor/cli/report_reader.hpp"
#include "auditor/model/error.hpp"
#include "auditor/repair/state_directory.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace {

constexpr std::size_t kPastRuns = 60;

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
  const bool there = !file.empty() && std::filesystem::exists(file, error);
  if (!there && !file.empty() && !to_be_written)
    throw Error(ErrorKind::usage, "there is no baseline " + file, "the first one is written with --write-baseline");
  return there ? read_baseline(file) : Baseline();
}

}  // namespace

PlannedScan::PlannedScan(Invocation& invocation, const std::string& mode)
    : invocation_(invocation), mode_(mode), started_at_(current_time()), started_(std::chrono::steady_clock::now()) {
  catalog_ = make_catalog(invocation);
  config_ = load_config(invocation, *catalog_);
  expect_reports(invocation);
}

void PlannedScan::prepare() {
  if (prepared_) return;
  baseline_file_ = baseline_file(invocation_.options, config_);
  baseline_ = load_baseline(baseline_file_, invocation_.options.write_baseline);
  policy_ = repair_policy(invocation_.options, config_, *catalog_);
  request_ = scan_request(invocation_.options, config_, *catalog_);
  prepared_ = true;
}

ScanResult PlannedScan::run() {
  prepare();
  request_.partial = mode_ == "dry-run";
  ScanResult result = run_without_id();
  result.report.plan.id = plan_identity(result.report.plan.changes);
  return result;
}

ScanResult PlannedScan::run_without_id() {
  prepare();
  CommandContext& context = invocation_.context;
  ProgressLine line(context.error, context.terminal.width);
  const bool show = context.terminal.error && !invocation_.options.no_progress && !invocation_.options.quiet;
  ScanResult result = scan(*catalog_, request_, context.cancel, show ? line.progress() : Progress(), invocation_.log.debug());
  if (context.cancel.requested) throw Error(ErrorKind::interrupted, "interrupted");
  Report& report = result.report;
  report.now = request_.now;
  if (invocation_.options.write_baseline) accept_findings(report);
  // Before planning: what is accepted is not repaired.
  apply_baseline(baseline_, request_.now, report);
  try {
    make_plan_without_id(catalog_->checks(), result, policy_, request_.now);
  } catch (const Error&) {
    if (!request_.partial || context.cancel.requested || !context.cancel.expired()) throw;
    report.plan = {};  // half a plan is none
    report.complete = false;
  }
  describe(report);
  return result;
}

void PlannedScan::describe(Report& report) const {
  if (report.run_id.empty()) report.run_id = make_run_id(started_at_);
  report.mode = mode_;
  report.started_at = started_at_;
  report.now = request_.now;
  report.version = invocation_.context.version;
  report.command = invocation_.call;
  report.can_repair = true;
  report.fail_on = invocation_.options.fail_on.value_or(config_.fail_on.value_or(FailOn::warning));
  report.has_baseline = !baseline_file_.empty();
  if (report.past_runs.empty() && wants_past_runs(invocation_)) {
    report.past_runs = read_past_runs(state_directory(invocation_.options, config_), kPastRuns,
                                      [&](const std::string& why) { invocation_.log.warning(why); });
  }
  report.duration_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started_).count();
}

int PlannedScan::conclude(Report& report) {
  redact(report.plan);
  write_reports(invocation_, report);
  const int code = exit_code(report, report.fail_on);
  log_run(invocation_.log, report, code);
  notify(invocation_, config_, report);
  return code;
}

int PlannedScan::tell_failure(const std::function<int()>& work) {
  try {
    return work();
  } catch (const Error& error) {
    Report report;
    describe(report);
    // That another run is at work is no news.
    if (error.kind() != ErrorKind::interrupted && error.kind() != ErrorKind::locked) notify_failure(invocation_, config_, report, error.what());
    throw;
  }
}

// Writes the accepted findings of a complete audit and takes them as accepted.
void PlannedScan::accept_findings(const Report& report) {
  if (!report.complete) {
    throw Error(ErrorKind::source, "the baseline " + baseline_file_ + " was not written: the audit is incomplete",
                "run again without --write-baseline to see what could not be read");
  }
  baseline_ = make_baseline(report, baseline_, report.now);
  write_text_file(baseline_file_, [&](std::ostream& out) { write_baseline(baseline_, out); });
  invocation_.log.info("wrote " + std::to_string(baseline_.entries.size()) + " findings to " + baseline_file_);
}

}  // namespace audit
