// audit repair: the plan, one question, and the plan made real.

#include "auditor/repair/repairer.hpp"

#include <algorithm>
#include <future>
#include <iterator>
#include <ostream>
#include <map>
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
  const auto changes = plan.changes.heads();
  return std::any_of(changes.begin(), changes.end(), [](const Change& change) { return change.applicability != Applicability::safe; });
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

using Positions = std::unordered_map<std::string, std::vector<std::size_t>>;  // finding → its changes in a plan

Positions by_finding(const Plan& plan) {
  Positions positions;
  std::size_t position = 0;
  for (const auto& change : plan.changes.heads()) positions[change.finding].push_back(position++);
  return positions;
}

bool same(const Change& x, const Change& y) {
  return x.op == y.op && x.location == y.location && x.table == y.table && x.row == y.row && x.before == y.before && x.after == y.after;
}

// Time has passed since the question. The findings of the plan as it is now that were not agreed to, or to which something else would be done.
std::set<std::string> not_agreed(const Plan& agreed, const Plan& now) {
  const Positions shown = by_finding(agreed);
  std::set<std::string> others;
  for (const auto& [finding, changes] : by_finding(now)) {
    const auto known = shown.find(finding);
    const auto is_same = [&](std::size_t x, std::size_t y) { return same(agreed.changes[x], now.changes[y]); };
    if (known == shown.end() || !std::equal(known->second.begin(), known->second.end(), changes.begin(), changes.end(), is_same)) others.insert(finding);
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
  order.scan_again = [&audit] { return audit.run_without_id(); };
  return order;
}

// The findings of both: profiles keep their order, and so do the checks of each.
FindingList in_order(const FindingList& left, const FindingList& settled, const Catalog& catalog) {
  std::unordered_map<std::string, std::size_t> checks;
  for (const auto& check : catalog.checks()) checks.emplace(check.id, checks.size());
  std::unordered_map<std::string, std::size_t> profiles;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::uint32_t>> places;
  std::uint32_t position = 0;
  for (const FindingList* list : {&left, &settled}) {
    for (const Finding& finding : list->heads()) {
      places[{profiles.emplace(finding.profile, profiles.size()).first->second, checks[finding.check]}].push_back(position++);
    }
  }
  FindingList all;
  for (const auto& [key, positions] : places) {
    for (const std::size_t each : positions) {
      each < left.size() ? all.take(left, each) : all.take(settled, each - left.size());
    }
  }
  return all;
}

// The last scan's report, with what was done and what became of the findings before.
Report merged(RepairResult& result, const PlannedScan& audit) {
  Report report = std::move(result.last.report);
  report.plan.changes = std::move(result.applied);
  report.plan.refused = result.failure;
  if (!result.runs.empty()) {
    report.run_id = result.runs.back();
    report.earlier_runs.assign(result.runs.begin(), std::prev(result.runs.end()));
  }
  if (!result.settled.empty()) report.findings = in_order(report.findings, result.settled, audit.catalog());
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

void expect_believable(const Invocation& invocation, Report& report) {
  if (report.plan.refused.empty()) return;
  report.plan.id = plan_identity(report.plan.changes);
  show(invocation, report);
  throw Error(ErrorKind::repair, "nothing was changed: the plan is refused: " + report.plan.refused,
              "look at it with audit --dry-run; then confine it with --only, or raise the limit");
}

int repair_stores(Invocation& invocation, PlannedScan& audit) {
  const StateDirectory state = open_state(invocation.options, audit.config());
  state.make();
  const RunLock lock(state.path(), std::chrono::milliseconds(invocation.options.wait.value_or(0)), invocation.context.cancel);
  state.expect_settled();
  const bool asked = !invocation.options.yes;
  ScanResult first = asked ? audit.run() : audit.run_without_id();
  expect_believable(invocation, first.report);
  if (first.report.plan.changes.empty()) {
    first.profiles.clear();
    return audit.conclude(first.report);
  }
  // Nobody waits for a lock of ours while we wait for an answer.
  if (asked) first.profiles.clear();
  if (!agree(invocation, first.report)) return 1;
  // The id is worked out beside the repair: nobody sees it before.
  auto plan_id = std::async(std::launch::async, [changes = first.report.plan.changes] { return plan_identity(changes); });
  RepairOrder order = order_of(invocation, audit, state);
  if (asked) {
    const Plan agreed = std::move(first.report.plan);
    first = audit.run_without_id();
    expect_believable(invocation, first.report);
    order.left_out = not_agreed(agreed, first.report.plan);
  }
  auto result = repair(std::move(first), order, invocation.context.cancel);
  result.last.profiles.clear();
  const std::string failure = result.failure;
  const std::string hint = result.hint;
  Report report = merged(result, audit);
  if (!result.runs.empty()) report.kept_in = state.run(result.runs.back()).string();
  report.plan.id = plan_id.get();
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
  report.can_repair = false;  // not now
  return audit.conclude(report);
}

}  // namespace

int run_repair(Invocation& invocation) {
  PlannedScan audit(invocation, "repair");
  return audit.tell_failure([&] {
    const Schedule& schedule = audit.config().schedule;
    if (schedule.allows_repair(current_time())) return repair_stores(invocation, audit);
    const std::string why = "no repair at this time (" + schedule.text() + (schedule.utc ? " UTC" : "") + "): audited only";
    invocation.log.info(why);
    // A job that is called more often is no news; somebody who looks on waits for something to happen.
    if (invocation.context.terminal.error) invocation.context.error << "audit: " << why << "\n";
    return look_only(audit);
  });
}

}  // namespace audit
