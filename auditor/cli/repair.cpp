// audit repair: the plan, one question, and the plan made real.

#include "auditor/repair/repairer.hpp"

#include <algorithm>
#include <ostream>
#include <set>
#include <unordered_map>

#include "auditor/cli/confirm.hpp"
#include "auditor/cli/output.hpp"
#include "auditor/cli/planned_scan.hpp"
#include "auditor/cli/retention.hpp"
#include "auditor/model/error.hpp"
#include "auditor/repair/run_lock.hpp"
#include "auditor/sys/clock.hpp"

namespace audit {

namespace {

bool is_risky(const Plan& plan) {
  return std::any_of(plan.changes.begin(), plan.changes.end(), [](const Change& change) { return change.applicability != Applicability::safe; });
}

// The plan itself is still needed whole. Nothing of it is made yet.
void show(const Invocation& invocation, Report report) {
  report.mode = "dry-run";
  redact(report.plan);
  write_reports(invocation, report);
}

bool agree(Invocation& invocation, const Report& report) {
  if (!invocation.options.yes && invocation.context.terminal.in && invocation.context.terminal.error) show(invocation, report);
  const auto number = static_cast<std::int64_t>(report.plan.changes.size());
  return confirm(invocation, "Make " + std::to_string(number) + (number == 1 ? " change?" : " changes?"), number, is_risky(report.plan));
}

bool same(const std::vector<const Change*>& a, const std::vector<const Change*>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Change* x, const Change* y) {
    return x->op == y->op && x->location == y->location && x->table == y->table && x->row == y->row && x->before == y->before && x->after == y->after;
  });
}

// Time has passed since the question. The findings of the plan as it is now that were not agreed to, or to which something else would be done.
std::set<std::string> not_agreed(const Plan& agreed, const Plan& now) {
  const auto by_finding = [](const Plan& plan) {
    std::unordered_map<std::string, std::vector<const Change*>> changes;
    for (const auto& change : plan.changes) changes[change.finding].push_back(&change);
    return changes;
  };
  const auto shown = by_finding(agreed);
  std::set<std::string> others;
  for (const auto& [finding, changes] : by_finding(now)) {
    const auto known = shown.find(finding);
    if (known == shown.end() || !same(known->second, changes)) others.insert(finding);
  }
  return others;
}

RepairOrder order_of(Invocation& invocation, PlannedScan& audit, const StateDirectory& state) {
  RepairOrder order;
  order.state = &state;
  order.head.program = invocation.context.version;
  order.head.command = invocation.call;
  order.options.full_backup = invocation.options.full_backup;
  order.options.irreversible = invocation.options.irreversible;
  order.options.debug = invocation.log.debug();
  order.batch = invocation.options.batch.value_or(0);
  order.max_changes = audit.policy().max_changes;
  order.scan_again = [&audit] { return audit.run(); };
  return order;
}

// The last scan's report, with what was done and what became of the findings before.
Report merged(RepairResult& result, const PlannedScan& audit) {
  Report report = std::move(result.last.report);
  report.plan.changes = std::move(result.applied);
  report.plan.refused = result.failure;
  if (!result.runs.empty()) report.run_id = result.runs.back();
  std::unordered_map<std::string, std::size_t> order;
  for (const auto& check : audit.catalog().checks()) order.emplace(check.id, order.size());
  for (auto& finding : result.settled) report.findings.push_back(std::move(finding));
  std::stable_sort(report.findings.begin(), report.findings.end(), [&](const Finding& a, const Finding& b) {
    if (a.profile != b.profile) return false;  // profiles keep their order
    return order[a.check] < order[b.check];
  });
  count_findings(report);
  report.summary.planned = static_cast<std::int64_t>(report.plan.changes.size());
  audit.describe(report);
  return report;
}

// For hints: a run knows its stores, only where it is kept has to be said again.
std::string short_call(const Invocation& invocation) {
  const std::string& directory = invocation.options.state_directory;
  return directory.empty() ? "audit" : call_again({"--state-dir=" + directory});
}

void expect_believable(const Invocation& invocation, const Report& report) {
  if (report.plan.refused.empty()) return;
  show(invocation, report);
  throw Error(ErrorKind::repair, "nothing was changed: the plan is refused: " + report.plan.refused,
              "look at it with audit --dry-run; then confine it with --only, or raise the limit");
}

int repair_stores(Invocation& invocation, PlannedScan& audit) {
  const StateDirectory state = open_state(invocation.options, audit.config());
  state.make();
  const RunLock lock(state.path(), std::chrono::milliseconds(invocation.options.wait.value_or(0)), invocation.context.cancel);
  state.expect_settled();
  ScanResult first = audit.run();
  expect_believable(invocation, first.report);
  if (first.report.plan.changes.empty()) {
    first.profiles.clear();
    return audit.conclude(first.report);
  }
  const std::string plan_id = first.report.plan.id;
  // Nobody waits for a lock of ours while we wait for an answer.
  if (!invocation.options.yes) first.profiles.clear();
  if (!agree(invocation, first.report)) return 1;
  RepairOrder order = order_of(invocation, audit, state);
  if (!invocation.options.yes) {
    const Plan agreed = std::move(first.report.plan);
    first = audit.run();
    expect_believable(invocation, first.report);
    order.left_out = not_agreed(agreed, first.report.plan);
  }
  auto result = repair(std::move(first), order, invocation.context.cancel);
  result.last.profiles.clear();
  const std::string failure = result.failure;
  const std::string hint = result.hint;
  Report report = merged(result, audit);
  report.plan.id = plan_id;
  report.command = short_call(invocation);
  const int code = audit.conclude(report);
  apply_retention(state, audit.config().retention, audit.started_at(), invocation.log);
  if (!failure.empty()) throw Error(ErrorKind::repair, failure, hint);
  return code;
}

// Outside of the windows of the configuration.
int look_only(PlannedScan& audit) {
  audit.look_only();
  Report report = std::move(audit.run().report);
  return audit.conclude(report);
}

}  // namespace

int run_repair(Invocation& invocation) {
  PlannedScan audit(invocation, "repair");
  return audit.tell_failure([&] {
    const Schedule& schedule = audit.config().schedule;
    if (schedule.allows_repair(current_time())) return repair_stores(invocation, audit);
    invocation.log.info("no repair at this time (" + schedule.text() + (schedule.utc ? " UTC" : "") + "): audited only");
    return look_only(audit);
  });
}

}  // namespace audit
