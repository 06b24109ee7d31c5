// audit undo RUN, audit recover: a run taken back, and a run that died brought to an end.

#include "auditor/repair/undo.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <ostream>
#include <tuple>

#include "auditor/cli/confirm.hpp"
#include "auditor/cli/output.hpp"
#include "auditor/cli/setup.hpp"
#include "auditor/model/error.hpp"
#include "auditor/repair/planner.hpp"
#include "auditor/repair/run_lock.hpp"
#include "auditor/repair/settle.hpp"
#include "auditor/sys/clock.hpp"

namespace audit {

namespace {

constexpr std::size_t kMostListed = 20;

// The profiles of the run, as it was asked for, with what this command line says on top.
ScanRequest request_of(const Options& options, const Config& config, const Catalog& catalog, const std::vector<ProfileOrigin>& origins) {
  if (!options.profiles.empty() || !config.profiles.empty()) return scan_request(options, config, catalog);
  ScanRequest request;
  for (const auto& origin : origins) {
    ProfileRequest profile{origin.name, origin.set, "", origin.label};
    for (const auto& [option, value] : options.set) profile.set[option] = value;
    request.profiles.push_back(std::move(profile));
  }
  return request;
}

std::vector<OpenProfile*> pointers(const std::vector<std::unique_ptr<OpenProfile>>& profiles) {
  std::vector<OpenProfile*> all;
  for (const auto& profile : profiles) all.push_back(profile.get());
  return all;
}

Report report_of(const Invocation& invocation, const std::string& mode, const std::string& run, const std::vector<JournalStore>& stores) {
  Report report;
  report.run_id = run;
  report.mode = mode;
  report.started_at = report.now = current_time();
  report.version = invocation.context.version;
  report.command = invocation.options.state_directory.empty() ? "audit" : call_again({"--state-dir=" + invocation.options.state_directory});
  report.can_repair = true;
  for (const auto& store : stores) {
    SourceReport source;
    source.profile = store.profile;
    source.name = store.source;
    source.adapter = store.adapter;
    source.location = store.location;
    source.status = "ok";
    report.sources.push_back(std::move(source));
  }
  return report;
}

RunOptions options_of(const Invocation& invocation) {
  RunOptions options;
  options.irreversible = invocation.options.irreversible;
  options.leave_refused = invocation.options.skip_changed;
  options.debug = invocation.log.debug();
  return options;
}

std::string listed(const std::vector<std::string>& rows) {
  std::string text;
  for (std::size_t i = 0; i < std::min(rows.size(), kMostListed); ++i) text += "\n  " + rows[i];
  if (rows.size() > kMostListed) text += "\n  and " + std::to_string(rows.size() - kMostListed) + " more";
  return text;
}

std::string left_as_they_are(const std::vector<std::string>& rows) {
  return std::to_string(rows.size()) + (rows.size() == 1 ? " change was" : " changes were") + " not taken back:" + listed(rows);
}

// What an undo would do, by table: a line each.
std::string coming_back(const Journal& journal) {
  std::map<std::tuple<int, std::string, ChangeOp>, std::int64_t> numbers;
  for (const auto& place : journal.effects()) {
    if (!journal.in_effect(place)) continue;
    const Change effect = journal.effect(place);
    ++numbers[{place.store, effect.table, effect.op}];
  }
  std::string text;
  for (const auto& [key, number] : numbers) {
    const auto& [store, table, op] = key;
    const char* what = op == ChangeOp::update ? "as before" : op == ChangeOp::insert ? "removed again" : "brought back";
    text += "  " + std::to_string(number) + " of " + table + " " + what + "  (" + journal.stores()[static_cast<std::size_t>(store)].location + ")\n";
  }
  return text;
}

void expect_changes(const RunSummary& run) {
  if (run.changes == 0) throw Error(ErrorKind::usage, "run " + run.id + " changed nothing that could be taken back");
}

int show_undo(Invocation& invocation, const RunSummary& undone, const Journal& journal) {
  expect_changes(undone);
  invocation.context.out << "audit undo " << undone.id << " would leave\n" << coming_back(journal) << "nothing was changed (--dry-run)\n";
  return 0;
}

}  // namespace

int run_undo(Invocation& invocation) {
  const auto catalog = make_catalog(invocation);
  const Config config = load_config(invocation, *catalog);
  expect_reports(invocation);
  const StateDirectory state = open_state(invocation.options, config);
  const RunSummary undone = state.find(invocation.operands.front());
  if (!undone.problem.empty()) throw Error(ErrorKind::repair, undone.problem, "it cannot be undone by this program");
  if (invocation.options.dry_run) return show_undo(invocation, undone, Journal(state.journal(undone.id)));
  state.make();
  const RunLock lock(state.path(), std::chrono::milliseconds(invocation.options.wait.value_or(0)), invocation.context.cancel);
  state.expect_settled();
  expect_changes(undone);
  if (!undone.undone_by.empty()) invocation.log.warning("run " + undone.id + " was undone by " + undone.undone_by + " already");
  const Journal journal(state.journal(undone.id));
  const ScanRequest request = request_of(invocation.options, config, *catalog, journal.head().profiles);
  const auto profiles = open_profiles(*catalog, request, invocation.context.cancel, invocation.log.debug());
  const std::string what = std::to_string(undone.changes) + (undone.changes == 1 ? " change" : " changes");
  if (!invocation.options.yes && invocation.context.terminal.in && invocation.context.terminal.error) invocation.context.error << coming_back(journal);
  if (!confirm(invocation, "Take back " + what + " of run " + undone.id + "?", undone.changes, false)) return 1;

  JournalHead head;
  const std::int64_t started_at = current_time();
  head.started_at = started_at;
  head.run = make_run_id(started_at);
  head.mode = "undo";
  head.undoes = undone.id;
  head.program = invocation.context.version;
  head.command = invocation.call;
  head.profiles = journal.head().profiles;
  Run run(state, std::move(head));
  UndoResult result = undo(run, undone.id, pointers(profiles), invocation.options.skip_changed, options_of(invocation), invocation.context.cancel);
  const bool nothing = result.applied.empty() && !result.refused.empty();
  if (nothing) {
    throw Error(ErrorKind::repair, "nothing was taken back, because " + std::to_string(result.refused.size()) + " could not be:" + listed(result.refused),
                invocation.options.skip_changed ? "" : "take back the others with --skip-changed");
  }
  Report report = report_of(invocation, "undo", run.id(), undone.stores);
  report.started_at = report.now = started_at;
  report.duration_ms = static_cast<double>(current_time() - started_at);
  report.plan.changes = std::move(result.applied);
  report.plan.id = plan_identity(report.plan.changes);
  report.summary.planned = static_cast<std::int64_t>(report.plan.changes.size());
  redact(report.plan);
  report.complete = true;
  write_reports(invocation, report);
  if (result.refused.empty()) return 0;
  throw Error(ErrorKind::repair, left_as_they_are(result.refused), "");
}

int run_recover(Invocation& invocation) {
  const auto catalog = make_catalog(invocation);
  const Config config = load_config(invocation, *catalog);
  expect_reports(invocation);
  const StateDirectory state = open_state(invocation.options, config);
  if (invocation.options.dry_run) {
    const auto open = state.unfinished();
    invocation.context.out << (open.has_value() ? "run " + open->id + " was not finished: it would be completed or taken back\n" : "nothing to recover in " + state.path().string() + "\n")
                           << "nothing was changed (--dry-run)\n";
    return 0;
  }
  state.make();
  const RunLock lock(state.path(), std::chrono::milliseconds(invocation.options.wait.value_or(0)), invocation.context.cancel);
  int settled = 0;
  Report report = report_of(invocation, "recover", "", {});
  std::vector<std::string> left;
  while (const auto open = state.unfinished()) {
    const Journal journal(state.journal(open->id));
    const ScanRequest request = request_of(invocation.options, config, *catalog, journal.head().profiles);
    const auto profiles = open_profiles(*catalog, request, invocation.context.cancel, invocation.log.debug());
    const Settlement settlement = settle(state, open->id, pointers(profiles), options_of(invocation), invocation.context.cancel);
    ++settled;
    if (journal.effects().empty()) state.remove_run(open->id);  // it died before it changed anything
    const Report one = report_of(invocation, "recover", open->id, open->stores);
    report.run_id = open->id;
    report.sources.insert(report.sources.end(), one.sources.begin(), one.sources.end());
    left.insert(left.end(), settlement.left.begin(), settlement.left.end());
    invocation.context.error << "run " << open->id << (settlement.end == RunEnd::applied ? ": complete, kept" : ": taken back") << " ("
                             << settlement.taken_back << (settlement.taken_back == 1 ? " change" : " changes") << " reversed)\n";
  }
  if (settled == 0) invocation.context.error << "nothing to recover in " << state.path().string() << "\n";
  write_reports(invocation, report);
  if (left.empty()) return 0;
  throw Error(ErrorKind::repair, left_as_they_are(left), "");
}

}  // namespace audit
