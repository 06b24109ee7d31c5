#include "auditor/engine/scan.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>

#include "auditor/engine/answers.hpp"
#include "auditor/engine/findings.hpp"
#include "auditor/engine/homes.hpp"
#include "auditor/engine/narrow.hpp"
#include "auditor/engine/run.hpp"
#include "auditor/engine/source_report.hpp"
#include "auditor/engine/sql_text.hpp"
#include "auditor/model/cells.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/glob.hpp"

namespace audit {

namespace {

// A store that keeps changing under an unlocked reader is read again this often.
constexpr int kPasses = 3;

bool matches_any(const std::vector<std::string>& globs, const std::string& id) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return glob_match(glob, id); });
}

// One audited profile: its sources, the checks that ran, and the mappings for the planner.
class AuditedProfile : public OpenProfile {
 public:
  // The request outlives the scan here: findings are verified with it again.
  AuditedProfile(const Catalog& catalog, Home home, const ScanRequest& request, const Cancellation& cancel, const Progress& progress, const DebugLog& debug)
      : catalog_(catalog), profile_(std::move(home.profile)), origin_(std::move(home.origin)), request_(request), progress_(progress), debug_(debug),
        context_{request_, cancel, progress_, debug_} {}

  [[nodiscard]] const std::string& name() const override { return profile_.name(); }
  [[nodiscard]] const ProfileOrigin& origin() const override { return origin_; }

  [[nodiscard]] Place place(const std::string& relation, const std::string& source, const std::string& scope) override {
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

  void close() override {
    progress_ = {};  // who showed it is gone
    if (sources_ == nullptr) return;
    visited_ = {};
    visited_location_.clear();
    for (auto& state : sources_->states()) state.open.clear();
  }

  [[nodiscard]] std::string adapter(const std::string& source) const override {
    for (const auto& config : profile_.sources()) {
      if (config.spec.name == source) return config.spec.adapter;
    }
    return "";
  }

  [[nodiscard]] CommitKind commits(const std::string& source) override {
    const SourceState* state = source_to_write(source);
    return state == nullptr ? CommitKind{} : state->source->commits();
  }

  [[nodiscard]] std::unique_ptr<Writer> write(const std::string& source, const std::string& location, const WriteRequest& request) override {
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

  [[nodiscard]] SourceState* source_to_write(const std::string& source) {
    if (sources_ == nullptr) sources_ = std::make_unique<SourceSet>(catalog_, profile_, context_.cancel);
    return sources_->find(source);
  }

  // What the profile maps in a store that is to be written; looked up when no scan did. Nothing when the store is not there any more.
  [[nodiscard]] std::vector<RelationMapping> mappings_in(SourceState& state, const StoreInfo& info) {
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

  [[nodiscard]] std::vector<bool> still_holding(const std::vector<const FindingRow*>& rows, const Report& report,
                                                    const std::vector<View>& views) override {
    std::vector<CheckRun> again;
    std::vector<std::size_t> positions;
    std::map<std::string, std::vector<ConcernedRow>> by_check;
    Finding head;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      report.findings.read_head(rows[i]->finding, head);
      if (head.profile == name()) by_check[head.check].push_back({rows[i], i, head.subject.scope, packed_fingerprint(head.fingerprint)});
    }
    for (std::size_t i = 0; i < checks_.size(); ++i) {
      const auto concerned_by = by_check.find(checks_[i].bound.check->id);
      if (concerned_by == by_check.end()) continue;
      CheckRun run = run_again(checks_[i]);
      for (const ConcernedRow& row : concerned_by->second) confine(run, checks_[i], row.row->cells, row.scope);
      again.push_back(std::move(run));
      positions.push_back(i);
    }
    for (int pass = 1; !read_again(again, positions, &views); ++pass) {
      if (pass == kPasses) return std::vector<bool>(rows.size());
      for (auto& run : again) run.rows.clear();
    }
    ValuesOf now;
    for (const auto& run : again) {
      const Terms terms(*run.bound.check);
      identify(run.bound, profile_.name(), run.rows, [&](const Digest128& print, const Row& row) { now[print].add(terms.spelled(run.bound.outputs, row)); });
    }
    const Fingerprints unchanged_ones = unchanged(by_check, report, now, views);
    std::vector<bool> holding(rows.size());
    for (const auto& [check, concerned] : by_check) {
      for (const ConcernedRow& row : concerned) holding[row.position] = unchanged_ones.contains(row.print);
    }
    return holding;
  }

  [[nodiscard]] std::optional<std::vector<bool>> still_holding_of(const std::string& check, const FindingRows& all, const std::vector<std::size_t>& rows, const Report& report,
                                                                  const std::vector<View>& views) override {
    const auto first = std::find_if(checks_.begin(), checks_.end(), [&](const CheckRun& run) { return run.bound.check->id == check; });
    if (first == checks_.end() || first->placement.kind != Placement::Kind::pushed || !first->placement.shipped.empty()) return std::nullopt;
    if (!remembered_.of(*first->bound.check).empty()) return std::nullopt;
    std::vector<CheckRun> again;
    std::optional<Agreement> now;
    for (int pass = 1;; ++pass) {
      if (pass > kPasses) return std::vector<bool>(rows.size());
      again = {run_again(*first)};
      again.front().confined = false;
      now.emplace(first->bound, profile_.name());
      now->listen_to(again.front());
      if (read_again(again, {static_cast<std::size_t>(first - checks_.begin())}, &views)) break;
    }
    if (again.front().report.status != CheckStatus::ran) return std::vector<bool>(rows.size());
    return now->with(all, rows, report);
  }

  [[nodiscard]] std::optional<std::vector<Answer>> ask(const Check& check, const std::string& query, const std::vector<const FindingRow*>& rows,
                                                       const Report& report) override {
    auto answers = answers_to(check, query, rows, report, nullptr);
    if (answers.has_value()) remembered_.keep(check, query, rows, scopes_of(rows, report), *answers);
    return answers;
  }

  // Runs the checks; afterwards checks() and drafts() say what came of it.
  void audit() {
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

  void report(ScanResult& result) {
    for (const auto& state : sources_->states()) report_source(profile_.name(), state, context_.request.two_stage_rows, context_.cancel, result.report);
    hold_back_repairs();
    for (std::size_t i = 0; i < checks_.size(); ++i) {
      checks_[i].report.findings = static_cast<std::int64_t>(drafts_[i].findings.size());
      if (checks_[i].report.status == CheckStatus::failed) result.report.complete = false;
      result.report.checks.push_back(checks_[i].report);
      take(drafts_[i], checks_[i].bound.check->repairs.empty(), result);
    }
    drafts_.clear();
  }

 private:
  // Of these findings the ones whose rows and answers are what their changes were planned from.
  [[nodiscard]] Fingerprints unchanged(const std::map<std::string, std::vector<ConcernedRow>>& by_check, const Report& report, const ValuesOf& now, const std::vector<View>& views) {
    Fingerprints holding;
    for (const auto& [id, rows] : by_check) {
      const Check& check = *catalog_.check(id);
      const Terms terms_of(check);
      ValuesOf before;
      for (const ConcernedRow& row : rows) before[row.print].add(terms_of.spelled(row.row->cells));
      insert_same(before, now, holding);
      const auto questions = remembered_.of(check);
      std::vector<const FindingRow*> asked;
      if (!questions.empty()) std::transform(rows.begin(), rows.end(), std::back_inserter(asked), [](const ConcernedRow& row) { return row.row; });
      for (const auto* question : questions) {
        const auto answers = answers_to(check, question->query, asked, report, &views);
        for (std::size_t i = 0; i < rows.size(); ++i) {
          if (answers.has_value() && Remembered::agrees(*question, *rows[i].row, rows[i].scope, (*answers)[i])) continue;
          holding.erase(rows[i].print);
        }
      }
    }
    return holding;
  }

  // A query of one of the check's repairs, for these findings alone, on new snapshots and the views; nullopt when it cannot be told.
  [[nodiscard]] std::optional<std::vector<Answer>> answers_to(const Check& check, const std::string& query, const std::vector<const FindingRow*>& rows,
                                                              const Report& report, const std::vector<View>* views) {
    const auto own = std::find_if(checks_.begin(), checks_.end(), [&](const CheckRun& run) { return run.bound.check->id == check.id; });
    if (own == checks_.end()) return std::nullopt;
    const auto scopes = scopes_of(rows, report);
    Check made;
    CheckRun question = run_again(*own);
    question.bound = binder_.bind_question(check, query, made);
    if (!question.bound.not_applicable.empty()) {
      return is_elsewhere(made) ? std::optional(std::vector<Answer>(rows.size())) : std::nullopt;
    }
    std::vector<CheckRun> asked;
    for (int pass = 1;; ++pass) {
      asked = {question};
      for (std::size_t i = 0; i < rows.size(); ++i) confine(asked.front(), *own, rows[i]->cells, scopes[i]);
      if (read_again(asked, {static_cast<std::size_t>(own - checks_.begin())}, views)) break;
      if (pass == kPasses) return std::nullopt;
    }
    if (asked.front().report.status != CheckStatus::ran) return std::nullopt;
    return answers_of(check, asked.front().bound, asked.front().rows, rows, scopes);
  }

  // True when every relation that this profile does not have is one that the check can do without: there are no rows of it.
  [[nodiscard]] bool is_elsewhere(const Check& question) const {
    const auto& optional = question.optional_relations;
    const auto uses = table_uses(tokenize_sql(question.sql));
    return std::all_of(uses.begin(), uses.end(), [&](const TableUse& use) {
      return Vocabulary::canonical().find(use.name) != nullptr || profile_.shape().contains(use.name) ||
             std::find(optional.begin(), optional.end(), use.name) != optional.end();
    });
  }

  // Rows are for planning: nobody asks for those of a check without repairs.
  static void take(const Drafts& drafts, bool without_rows, ScanResult& result) {
    const std::size_t before = result.report.findings.size();
    result.report.findings.append(drafts.findings);
    for (std::size_t row = 0; row < drafts.rows.size() && !without_rows; ++row) {
      result.rows.take(drafts.rows, row, before + drafts.rows.finding_of(row));
    }
  }

  [[nodiscard]] bool asked(const Check& check) const {
    const auto& request = context_.request;
    const auto settings = request.settings.find(check.id);
    if (settings != request.settings.end() && !settings->second.enabled) return false;
    if (!request.include.empty() && !matches_any(request.include, check.id)) return false;
    return !matches_any(request.exclude, check.id);
  }

  [[nodiscard]] std::vector<CheckRun> bind_checks() {
    const auto traits = profile_.traits(sources_->generation());
    std::vector<CheckRun> checks;
    checks.reserve(catalog_.checks().size());
    for (const auto& check : catalog_.checks()) {
      if (!asked(check)) continue;
      CheckRun run;
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
      checks.push_back(std::move(run));
    }
    return checks;
  }

  [[nodiscard]] std::optional<Severity> severity(const Check& check) const {
    const auto settings = context_.request.settings.find(check.id);
    return settings == context_.request.settings.end() ? std::nullopt : settings->second.severity;
  }

  void find_needed() {
    for (auto& state : sources_->states()) {
      if (!state.config->optional || state.first_bad() == nullptr) continue;
      state.needed = !state.config->needed_when.empty() && is_needed(*state.config);
    }
  }

  // Where the condition cannot be told, the source counts as needed: absent is not empty.
  [[nodiscard]] bool is_needed(const ProfileSource& source) {
    Check condition;
    condition.id = "needed_when";
    condition.file = "profile " + profile_.name() + ", source " + source.spec.name;
    condition.sql = "SELECT 1 AS holds WHERE (" + source.needed_when + ")";
    Pass pass(*sources_, context_);
    return pass.holds(binder_.bind_condition(condition)).value_or(true);
  }

  void run_once() {
    const int jobs = context_.request.jobs;
    checks_.clear();
    sources_ = std::make_unique<SourceSet>(catalog_, profile_, context_.cancel);
    sources_->open_ready(jobs);
    checks_ = bind_checks();
    sources_->fill(optional_columns(checks_));
    Pass pass(*sources_, context_);
    pass.run_early(checks_);
    sources_->open_awaited(jobs);
    find_needed();
    sources_->open_asking(relations_read(checks_), jobs);
    pass.run(checks_);
    drafts_ = make_drafts(checks_);
  }

  // Takes the rows: a million of them are not held twice.
  [[nodiscard]] std::vector<Drafts> make_drafts(std::vector<CheckRun>& checks) const {
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

  // After confirming: what turned out not to be so hides nothing.
  void supersede_findings() {
    std::vector<const Check*> made_by;
    for (const auto& check : checks_) made_by.push_back(check.bound.check);
    supersede(drafts_, made_by);
  }

  void give_up_if_changed(SourceState& state) {
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

  // False also for one store without an engine of its own: its rows were read one after the other while its application went on.
  [[nodiscard]] bool at_one_instant(const CheckRun& check) {
    const auto& sources = check.placement.sources;
    if (sources.size() >= 2) return false;
    if (sources.empty() || check.bound.reads.contains("store")) return true;  // which stores can be read is known when all have been
    const SourceState& state = *sources_->find(*sources.begin());
    return state.open.empty() || (state.open.front()->host() != nullptr && state.open.front()->is_snapshot());
  }

  // Two stores are never read at the same instant, and not all of them keep still: what rests on two of them is looked at again, in both, on a new snapshot.
  void confirm() {
    std::vector<CheckRun> again;
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < checks_.size(); ++i) {
      const Drafts& drafts = drafts_[i];
      if (drafts.findings.empty() || at_one_instant(checks_[i])) continue;
      CheckRun run = run_again(checks_[i]);
      FindingRow row;
      for (std::size_t r = 0; r < drafts.rows.size(); ++r) {
        drafts.rows.read(r, row);
        confine(run, checks_[i], row.cells, to_text(cell_of(row.cells, "scope")));
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

  // The same check, to be run for some keys alone.
  static CheckRun run_again(const CheckRun& check) {
    CheckRun run;
    run.bound = check.bound;
    run.report = check.report;
    run.report.status = CheckStatus::ran;
    run.report.reason.clear();
    run.report.duration_ms = 0;
    run.confined = true;
    return run;
  }

  static void confine(CheckRun& run, const CheckRun& first, const Cells& cells, const std::string& scope) {
    const Row key = {cell_of(cells, run.bound.id_column)};
    if (first.placement.kind == Placement::Kind::visited) run.only_in[scope].push_back(key);
    run.only.push_back(key);
  }

  // A store's location in a journal may be spelled in full.
  static bool same_location(const std::string& a, const std::string& b) {
    return a == b || std::filesystem::absolute(a).lexically_normal() == std::filesystem::absolute(b).lexically_normal();
  }

  // False when a store changed while it was read. Views are read in place of the stores that they stand for.
  [[nodiscard]] bool read_again(std::vector<CheckRun>& checks, const std::vector<std::size_t>& positions, const std::vector<View>* views = nullptr) {
    SourceSet fresh(catalog_, profile_, context_.cancel);
    for (auto& state : fresh.states()) {
      if (const SourceState* known = sources_->find(state.name())) state.needed = known->needed;
    }
    if (views != nullptr) {
      fresh.list_as(*sources_);
      std::vector<SourceSet::Loan> loans;
      for (const auto& view : *views) loans.push_back({view.source, view.location, view.store});
      fresh.lend(std::move(loans));
    }
    fresh.confine(concerned(checks, positions));
    fresh.open(context_.request.jobs);
    fresh.fill(optional_columns(checks));
    fresh.open_asking(relations_read(checks), context_.request.jobs);
    Pass pass(fresh, context_);
    for (auto& [relation, only] : concerned_rows(checks)) {
      if (is_moving(fresh, relation)) pass.narrow(relation, std::move(only));
    }
    pass.run(checks);
    return fresh.still_valid();
  }

  // Of sources with many stores the ones that have findings, where no check has to read all of them.
  [[nodiscard]] std::map<std::string, std::set<std::string>> concerned(const std::vector<CheckRun>& again,
                                                                       const std::vector<std::size_t>& positions) {
    std::map<std::string, std::set<std::string>> locations;
    std::set<std::string> whole;
    for (std::size_t i = 0; i < again.size(); ++i) {
      const Placement& placement = checks_[positions[i]].placement;
      if (placement.kind != Placement::Kind::visited || !again[i].bound.per_scope) {
        whole.insert(placement.sources.begin(), placement.sources.end());
        continue;
      }
      auto& list = locations[placement.source];
      for (const auto& info : sources_->find(placement.source)->stores) {
        if (again[i].only_in.contains(info.scope)) list.insert(info.location);
      }
    }
    for (const auto& name : whole) locations.erase(name);
    return locations;
  }

  // True when every store that gives rows of the relation is one whose rows are of different moments: there a row is asked for by its key.
  [[nodiscard]] bool is_moving(SourceSet& fresh, const std::string& relation) const {
    const auto names = profile_.sources_of(relation);
    return !names.empty() && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      const auto& open = fresh.find(name)->open;
      return !open.empty() && !open.front()->is_snapshot();
    });
  }

  // Of many stores the ones that cannot be read hide nothing of the others.
  void keep_confirmed(CheckRun& check, Drafts& drafts, const CheckRun& again) {
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

  // A finding that another check might have explained better had its stores been readable is shown, but no repair is planned for it.
  void hold_back_repairs() {
    const bool cannot_tell = std::any_of(sources_->states().begin(), sources_->states().end(), [](const SourceState& state) {
      return state.status() == StoreStatus::unknown;
    });
    std::set<std::string> held;
    for (const auto& check : checks_) {
      const bool blind = check.report.status == CheckStatus::failed ||
                         (check.report.status == CheckStatus::not_applicable && cannot_tell);
      if (blind) held.insert(check.bound.check->supersedes.begin(), check.bound.check->supersedes.end());
    }
    for (std::size_t i = 0; i < checks_.size(); ++i) {
      if (!held.contains(checks_[i].bound.check->id)) continue;
      drafts_[i].rows.clear();
    }
  }

  const Catalog& catalog_;
  Profile profile_;
  ProfileOrigin origin_;
  Binder binder_{profile_.shape()};
  ScanRequest request_;
  Progress progress_;
  DebugLog debug_;
  PassContext context_;
  std::unique_ptr<SourceSet> sources_;
  std::vector<CheckRun> checks_;
  std::vector<Drafts> drafts_;  // parallel to checks_
  SourceSet::Visit visited_;
  std::string visited_location_;
  Remembered remembered_;
};

[[noreturn]] void nothing_found(const Catalog& catalog) {
  std::string looked;
  for (const auto& [name, text] : catalog.profiles()) looked += (looked.empty() ? "" : ", ") + name;
  throw Error(ErrorKind::usage, "no session store was found on this machine (looked for " + looked + ")",
              "point at one: audit --profile agenterm --set db.path=FILE; audit profiles shows where each is looked for");
}

}  // namespace

std::vector<std::unique_ptr<OpenProfile>> open_profiles(const Catalog& catalog, const ScanRequest& request, const Cancellation& cancel,
                                                        const DebugLog& debug) {
  std::vector<std::unique_ptr<OpenProfile>> profiles;
  for (const auto& wanted : request.profiles) {
    for (auto& home : open_homes(wanted, catalog)) {
      profiles.push_back(std::make_unique<AuditedProfile>(catalog, std::move(home), request, cancel, Progress(), debug));
    }
  }
  return profiles;
}

ScanResult scan(const Catalog& catalog, const ScanRequest& request, const Cancellation& cancel, const Progress& progress,
                const DebugLog& debug) {
  const auto started = std::chrono::steady_clock::now();
  ScanResult result;
  Report& report = result.report;
  std::vector<ProfileRequest> profiles = request.profiles;
  if (profiles.empty()) {
    report.discovered = true;
    for (const auto& found : discover(catalog, cancel)) profiles.push_back({found.profile, {}, ""});
    if (profiles.empty()) nothing_found(catalog);
  }
  report.now = request.now;
  std::vector<Home> homes;
  for (const auto& wanted : profiles) {
    for (auto& home : open_homes(wanted, catalog)) homes.push_back(std::move(home));
  }
  for (auto& home : homes) {
    auto audited = std::make_unique<AuditedProfile>(catalog, std::move(home), request, cancel, progress, debug);
    audited->audit();
    audited->report(result);
    result.profiles.push_back(std::move(audited));
  }
  summarize(report);
  report.duration_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  return result;
}

}  // namespace audit
