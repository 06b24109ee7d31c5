#include "auditor/engine/audited_profile.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "auditor/engine/findings.hpp"
#include "auditor/engine/source_report.hpp"
#include "auditor/engine/superseding.hpp"
#include "auditor/model/awaited.hpp"
#include "auditor/model/cells.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/glob.hpp"

namespace audit {

namespace {

// More findings than this are looked at faster by running a check as a whole than key by key; and so many keys are not held in memory.
constexpr std::size_t kMostConfined = 2000;

bool matches_any(const std::vector<std::string>& globs, const std::string& id) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return glob_match(glob, id); });
}

}  // namespace

OpenProfile::Place AuditedProfile::place(const std::string& relation, const std::string& source, const std::string& scope) {
  if (source.empty()) {
    const auto sources = profile_.sources_of(relation);
    return sources.empty() ? Place{} : place(relation, *sources.begin(), scope);
  }
  SourceState* state = sources_->find(source);
  if (state == nullptr) return {};
  if (!state->many()) {
    const auto mapping = state->resolved.relations.find(relation);
    if (state->open.empty() || mapping == state->resolved.relations.end()) return {};
    return {state->open.front().get(), &mapping->second};
  }
  for (const auto& info : state->stores) {
    if (info.scope != scope || info.status != StoreStatus::ok) continue;
    if (visited_location_ != info.location) {
      visited_ = sources_->visit(*state, info);
      visited_location_ = info.location;
    }
    const auto mapping = visited_.resolved.relations.find(relation);
    if (mapping == visited_.resolved.relations.end()) return {};
    return {visited_.store.get(), &mapping->second};
  }
  return {};
}

void AuditedProfile::close() {
  progress_ = {};  // who showed it is gone
  if (sources_ == nullptr) return;
  visited_ = {};
  visited_location_.clear();
  for (auto& state : sources_->states()) state.open.clear();
}

std::string AuditedProfile::adapter(const std::string& source) const {
  for (const auto& config : profile_.sources()) {
    if (config.spec.name == source) return config.spec.adapter;
  }
  return "";
}

CommitKind AuditedProfile::commits(const std::string& source) {
  const SourceState* state = source_to_write(source);
  return state == nullptr ? CommitKind{} : state->source->commits();
}

std::string AuditedProfile::unwritable(const std::string& source) {
  const SourceState* state = source_to_write(source);
  const auto* record = state == nullptr ? nullptr : dynamic_cast<const Recorded*>(state->source.get());
  return record == nullptr || !record->is_record() ? "" : "'" + source + "' is a recorded snapshot here, and nothing can be changed in it";
}

std::unique_ptr<Writer> AuditedProfile::write(const std::string& source, const std::string& location, const WriteRequest& request) {
  SourceState* state = source_to_write(source);
  const std::string name = "source '" + source + "' of profile " + profile_.name();
  if (state == nullptr) throw Error(ErrorKind::repair, "there is no " + name, "name the profile of the run with --profile");
  if (state->stores.empty()) state->stores = state->source->list();
  const auto stores = state->stores;  // looking up what is mapped may list them again
  for (const auto& info : stores) {
    if (!same_location(info.location, location)) continue;
    WriteRequest mapped = request;
    if (state->source->writes_by_mapping()) mapped.relations = mappings_in(*state, info);
    auto writer = state->source->write(info, mapped);
    if (writer == nullptr) {
      throw NotWritable(name + " cannot be changed: nothing writes through the adapter '" + state->config->spec.adapter + "'",
                  "exclude its checks with --exclude, or confine the repair with --only");
    }
    return writer;
  }
  throw Error(ErrorKind::repair, name + " does not name " + location,
              "say where it is with --set, as when the run was made (audit runs show RUN)");
}

SourceState* AuditedProfile::source_to_write(const std::string& source) {
  if (sources_ == nullptr) sources_ = std::make_unique<SourceSet>(catalog_, profile_, context_.cancel);
  return sources_->find(source);
}

std::vector<RelationMapping> AuditedProfile::mappings_in(SourceState& state, const StoreInfo& info) {
  if (state.resolved.relations.empty() && !state.several) {
    sources_->open(1);
    close();
  }
  std::vector<RelationMapping> mappings;
  try {
    const ResolvedStore resolved = state.several ? sources_->visit(state, info).resolved : state.resolved;
    for (const auto& [name, mapping] : resolved.relations) mappings.push_back(mapping);
  } catch (const StoreUnavailable&) {
    return {};
  }
  return mappings;
}

void AuditedProfile::audit() {
  for (int pass = 1;; ++pass) {
    run_once();
    if (sources_->still_valid()) break;
    if (context_.debug) context_.debug(profile_.name() + ": a store changed while it was read; reading again");
    if (pass == kPasses) {
      for (auto& state : sources_->states()) give_up_if_changed(state);
      break;
    }
  }
  confirm();
  supersede_findings();
}

void AuditedProfile::run_out_of_time() {
  if (sources_ == nullptr) sources_ = std::make_unique<SourceSet>(catalog_, profile_, context_.cancel);
  if (checks_.empty()) checks_ = bind_checks();
  const bool drafted = drafts_.size() == checks_.size();
  std::move(better_.begin(), better_.end(), std::back_inserter(checks_));
  better_.clear();
  if (drafted) drafts_.resize(checks_.size());
  for (std::size_t i = 0; i < checks_.size(); ++i) {
    CheckRun& check = checks_[i];
    if (check.report.status != CheckStatus::ran) continue;
    if (!check.bound.not_applicable.empty()) {
      check.report.status = CheckStatus::not_applicable;
      check.report.reason = check.bound.not_applicable;
      continue;
    }
    // What one snapshot says is true; all else would have been looked at again.
    if (check.report.duration_ms > 0 && check.placement.kind != Placement::Kind::visited && at_one_instant(check)) continue;
    check.report.status = CheckStatus::failed;
    check.report.reason = "the time limit has passed (raise --timeout)";
    check.rows = {};
    if (drafted) drafts_[i] = {};
  }
  if (!drafted) drafts_ = make_drafts(checks_);
  supersede_findings();
}

void AuditedProfile::report(ScanResult& result) {
  const Cancellation unlimited;  // what is left to do is little
  const Cancellation& cancel = context_.cancel.requested || !context_.cancel.expired() ? context_.cancel : unlimited;
  for (const auto& state : sources_->states()) report_source(profile_.name(), state, context_.request.two_stage_rows, cancel, result.report);
  hold_back(checks_, *sources_, drafts_);
  for (std::size_t i = 0; i < checks_.size(); ++i) {
    // One that nobody asked for is told of only where findings may be wrong because it failed.
    if (checks_[i].silent && (checks_[i].report.status != CheckStatus::failed || !concerns(checks_[i], checks_, drafts_))) continue;
    if (checks_[i].silent) drafts_[i] = {};
    checks_[i].report.findings = static_cast<std::int64_t>(drafts_[i].findings.size());
    if (checks_[i].report.status == CheckStatus::failed) result.report.complete = false;
    result.report.checks.push_back(checks_[i].report);
    take(drafts_[i], checks_[i].bound.check->repairs.empty(), result);
  }
  drafts_.clear();
}

void AuditedProfile::take(const Drafts& drafts, bool without_rows, ScanResult& result) {
  const std::size_t before = result.report.findings.size();
  result.report.findings.append(drafts.findings);
  for (std::size_t row = 0; row < drafts.rows.size() && !without_rows; ++row) {
    result.rows.take(drafts.rows, row, before + drafts.rows.finding_of(row));
  }
}

bool AuditedProfile::asked(const Check& check) const {
  const auto& request = context_.request;
  const auto settings = request.settings.find(check.id);
  if (settings != request.settings.end() && !settings->second.enabled) return false;
  if (!request.include.empty() && !matches_any(request.include, check.id)) return false;
  return !matches_any(request.exclude, check.id);
}

std::vector<CheckRun> AuditedProfile::bind_checks() {
  const auto traits = profile_.traits(sources_->generation());
  std::vector<CheckRun> checks;
  checks.reserve(catalog_.checks().size());
  better_.clear();
  std::set<std::string> wanted;
  for (const auto& check : catalog_.checks()) {
    if (asked(check)) wanted.insert(check.id);
  }
  const auto better = superseding(catalog_.checks(), wanted);
  for (const auto& check : catalog_.checks()) {
    const bool silent = !wanted.contains(check.id);
    if (silent && !better.contains(check.id)) continue;
    CheckRun run;
    run.silent = silent;
    run.bound = binder_.bind(check, traits);
    run.report.check = check.id;
    run.report.profile = profile_.name();
    run.report.title = check.title;
    run.report.severity = severity(check).value_or(check.severity);
    run.report.why = check.why;
    run.report.safety = check.safety;
    run.report.family = check.family;
    if (const auto set = context_.request.settings.find(check.id); set != context_.request.settings.end()) {
      run.report.allowed = set->second.allowed;
    }
    (silent ? better_ : checks).push_back(std::move(run));
  }
  return checks;
}

std::optional<Severity> AuditedProfile::severity(const Check& check) const {
  const auto settings = context_.request.settings.find(check.id);
  return settings == context_.request.settings.end() ? std::nullopt : settings->second.severity;
}

void AuditedProfile::find_needed() {
  auto& states = sources_->states();
  for (auto& state : states) {
    if (!state.config->optional || state.first_bad() == nullptr) continue;
    state.needed = !state.config->needed_when.empty() && is_needed(*state.config);
  }
  // Where nothing at all is there, a place that was named is wrong: that is not the same as nothing wrong.
  const auto is_absent = [](const SourceState& state) { return state.first_bad() != nullptr && state.all_bad(); };
  if (!std::all_of(states.begin(), states.end(), is_absent)) return;
  for (auto& state : states) {
    const bool named = std::any_of(origin_.set.begin(), origin_.set.end(), [&](const auto& one) { return !one.second.empty() && one.first.starts_with(state.name() + "."); });
    state.needed = state.needed || named;
  }
}

bool AuditedProfile::is_needed(const ProfileSource& source) {
  Check condition;
  condition.id = "needed_when";
  condition.file = "profile " + profile_.name() + ", source " + source.spec.name;
  condition.sql = "SELECT 1 AS holds WHERE (" + source.needed_when + ")";
  Pass pass(*sources_, context_);
  return pass.holds(binder_.bind_condition(condition)).value_or(true);
}

void AuditedProfile::run_once() {
  const int jobs = context_.request.jobs;
  checks_.clear();
  drafts_.clear();
  sources_ = std::make_unique<SourceSet>(catalog_, profile_, context_.cancel);
  sources_->open_ready(jobs);
  checks_ = bind_checks();
  auto columns = optional_columns(checks_);
  for (auto& [relation, more] : optional_columns(better_)) columns[relation].merge(more);
  sources_->fill(std::move(columns));
  Pass pass(*sources_, context_);
  pass.run_early(checks_);
  sources_->open_awaited(jobs);
  find_needed();
  auto relations = relations_read(checks_);
  relations.merge(relations_read(better_));
  sources_->open_asking(relations, jobs);
  pass.run(checks_);
  drafts_ = make_drafts(checks_);
  look_for_better();
}

void AuditedProfile::look_for_better() {
  std::erase_if(better_, [&](const CheckRun& better) { return !concerns(better, checks_, drafts_); });
  if (better_.empty()) return;
  for (auto& better : better_) {
    std::size_t concerned = 0;
    FindingRow row;
    for (std::size_t i = 0; i < checks_.size(); ++i) {
      if (!supersedes(*better.bound.check, checks_[i].bound.check->id)) continue;
      concerned += drafts_[i].rows.size();
      for (std::size_t r = 0; r < drafts_[i].rows.size() && concerned <= kMostConfined; ++r) {
        drafts_[i].rows.read(r, row);
        const Row key = {cell_of(row.cells, checks_[i].bound.id_column)};
        better.only_in[to_text(cell_of(row.cells, "scope"))].push_back(key);
        better.only.push_back(key);
      }
    }
    better.confined = concerned <= kMostConfined && !better.bound.id_column.empty();
  }
  for (auto& state : sources_->states()) {
    for (auto& store : state.open) {
      if (Host* host = store->host(); host != nullptr) host->forget();  // rows that travel take other columns along
    }
  }
  Pass pass(*sources_, context_);
  pass.run(better_);
  auto drafts = make_drafts(better_);
  std::move(better_.begin(), better_.end(), std::back_inserter(checks_));
  std::move(drafts.begin(), drafts.end(), std::back_inserter(drafts_));
  better_.clear();
}

std::vector<Drafts> AuditedProfile::make_drafts(std::vector<CheckRun>& checks) const {
  const auto findings = std::make_shared<Shelf>();
  const auto rows = std::make_shared<Shelf>();
  std::vector<Drafts> drafts;
  for (auto& check : checks) {
    Drafts& own = drafts.emplace_back(Drafts{FindingList(findings), FindingRows(rows), check.bound.id_column});
    make_findings(check.bound, profile_.name(), check.rows, severity(*check.bound.check), context_.request.now,
                  [&](const DraftFinding& draft) { own.add(draft); });
    check.rows = {};
  }
  return drafts;
}

void AuditedProfile::supersede_findings() {
  std::vector<const Check*> made_by;
  for (const auto& check : checks_) made_by.push_back(check.bound.check);
  supersede(drafts_, made_by);
}

void AuditedProfile::give_up_if_changed(SourceState& state) {
  for (auto& store : state.open) {
    if (store->still_valid()) continue;
    state.stores.front().status = StoreStatus::unknown;
    state.stores.front().detail = "kept changing while it was read";
    state.stores.front().hint = "run again when its application is quieter";
  }
  if (state.first_bad() == nullptr) return;
  for (std::size_t i = 0; i < checks_.size(); ++i) {
    if (!checks_[i].placement.sources.contains(state.name())) continue;
    checks_[i].report.status = CheckStatus::failed;
    checks_[i].report.reason = state.name() + " " + state.first_bad()->detail;
    if (!state.many()) drafts_[i] = {};  // what was read is worth nothing
  }
}

bool AuditedProfile::at_one_instant(const CheckRun& check) {
  const auto& sources = check.placement.sources;
  if (sources.size() >= 2) return false;
  if (sources.empty() || check.bound.reads.contains("store")) return true;  // which stores can be read is known when all have been
  const SourceState& state = *sources_->find(*sources.begin());
  return state.open.empty() || (state.open.front()->host() != nullptr && state.open.front()->is_snapshot());
}

void AuditedProfile::confirm() {
  std::vector<CheckRun> again;
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < checks_.size(); ++i) {
    const Drafts& drafts = drafts_[i];
    if (drafts.findings.empty() || at_one_instant(checks_[i])) continue;
    CheckRun run = run_again(checks_[i]);
    FindingRow row;
    for (std::size_t r = 0; r < drafts.rows.size(); ++r) {
      drafts.rows.read(r, row);
      confine(run, checks_[i], cell_of(row.cells, run.bound.id_column), to_text(cell_of(row.cells, "scope")));
    }
    again.push_back(std::move(run));
    positions.push_back(i);
  }
  if (again.empty()) return;
  for (int pass = 1;; ++pass) {
    std::vector<CheckRun> read = again;
    if (!read_again(read, positions)) {
      if (pass < kPasses) continue;
      for (auto& check : read) {
        check.report.status = CheckStatus::failed;
        check.report.reason = "a store kept changing while it was read";
        check.rows.clear();
      }
    }
    again = std::move(read);
    break;
  }
  for (std::size_t i = 0; i < again.size(); ++i) keep_confirmed(checks_[positions[i]], drafts_[positions[i]], again[i]);
}

bool AuditedProfile::same_location(const std::string& a, const std::string& b) {
  return a == b || std::filesystem::absolute(a).lexically_normal() == std::filesystem::absolute(b).lexically_normal();
}

void AuditedProfile::keep_confirmed(CheckRun& check, Drafts& drafts, const CheckRun& again) {
  const Fingerprints confirmed = fingerprints_of(again.bound, profile_.name(), again.rows);
  const std::size_t before = drafts.findings.size();
  Finding finding;
  drafts.keep_if([&](std::size_t position) {
    drafts.findings.read(position, finding);
    return confirmed.contains(packed_fingerprint(finding.fingerprint));
  });
  if (again.report.status == CheckStatus::ran || drafts.findings.size() == before || check.report.status == CheckStatus::failed) return;
  check.report.status = CheckStatus::failed;
  check.report.reason = "its findings could not be confirmed: " + again.report.reason;
}

}  // namespace audit
