// Whether what a plan was made from is still so.

#include <algorithm>
#include <iterator>

#include "auditor/engine/audited_profile.hpp"
#include "auditor/engine/findings.hpp"
#include "auditor/engine/narrow.hpp"
#include "auditor/engine/sql_text.hpp"
#include "auditor/engine/superseding.hpp"
#include "auditor/model/cells.hpp"

namespace audit {

std::vector<CheckRun> AuditedProfile::better_ones(const std::set<std::string>& ids, std::vector<std::size_t>& positions) const {
  std::vector<CheckRun> better;
  const auto concerned = [&](const std::string& id) { return ids.contains(id); };
  for (std::size_t i = 0; i < checks_.size(); ++i) {
    const auto& supersedes = checks_[i].bound.check->supersedes;
    // One that could not run when the plan was made held all of it back.
    if (checks_[i].report.status != CheckStatus::ran || std::none_of(supersedes.begin(), supersedes.end(), concerned)) continue;
    better.push_back(run_again(checks_[i]));
    positions.push_back(i);
  }
  return better;
}

std::vector<bool> AuditedProfile::still_holding(const std::vector<const FindingRow*>& rows, const Report& report, const std::vector<View>& views) {
  std::map<std::string, std::vector<ConcernedRow>> by_check;
  std::set<std::string> ids;
  Finding head;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    report.findings.read_head(rows[i]->finding, head);
    if (head.profile != name()) continue;
    by_check[head.check].push_back({rows[i], i, head.subject.scope, packed_fingerprint(head.fingerprint)});
    ids.insert(head.check);
  }
  std::vector<std::size_t> positions;
  std::vector<CheckRun> again = better_ones(ids, positions);
  const std::size_t better = again.size();
  for (std::size_t i = 0; i < checks_.size(); ++i) {
    const auto concerned_by = by_check.find(checks_[i].bound.check->id);
    if (concerned_by == by_check.end()) continue;
    CheckRun run = run_again(checks_[i]);
    for (const ConcernedRow& row : concerned_by->second) {
      const Value id = cell_of(row.row->cells, run.bound.id_column);
      confine(run, checks_[i], id, row.scope);
      for (std::size_t b = 0; b < better; ++b) confine(again[b], checks_[positions[b]], id, row.scope);
    }
    again.push_back(std::move(run));
    positions.push_back(i);
  }
  for (int pass = 1; !read_again(again, positions, &views); ++pass) {
    if (pass == kPasses) return std::vector<bool>(rows.size());
    for (auto& run : again) run.rows.clear();
  }
  Superseded superseded(ids);
  for (std::size_t b = 0; b < better; ++b) superseded.add(again[b]);
  ValuesOf now;
  for (std::size_t i = better; i < again.size(); ++i) {
    const CheckRun& run = again[i];
    const Terms terms(*run.bound.check);
    identify(run.bound, profile_.name(), run.rows, [&](const Digest128& print, const Row& row) { now[print].add(terms.spelled(run.bound.outputs, row)); });
  }
  const Fingerprints unchanged_ones = unchanged(by_check, report, now, views);
  std::vector<bool> holding(rows.size());
  for (std::size_t i = better; i < again.size() && !superseded.empty(); ++i) {
    for (const ConcernedRow& row : by_check.at(again[i].bound.check->id)) {
      report.findings.read_head(row.row->finding, head);
      superseded.ask(row.print, head, to_text(cell_of(row.row->cells, again[i].bound.id_column)));
    }
  }
  for (const auto& [check, concerned] : by_check) {
    for (const ConcernedRow& row : concerned) holding[row.position] = unchanged_ones.contains(row.print) && !superseded.whole(row.print);
  }
  return holding;
}

std::optional<std::vector<bool>> AuditedProfile::still_holding_of(const std::string& check, const FindingRows& all, const std::vector<std::size_t>& rows, const Report& report,
                                                                  const std::vector<View>& views) {
  const auto first = std::find_if(checks_.begin(), checks_.end(), [&](const CheckRun& run) { return run.bound.check->id == check; });
  if (first == checks_.end() || first->placement.kind != Placement::Kind::pushed || !first->placement.shipped.empty()) return std::nullopt;
  if (!remembered_.of(*first->bound.check).empty()) return std::nullopt;
  std::vector<CheckRun> again;
  std::optional<Agreement> now;
  std::optional<Superseded> superseded;
  for (int pass = 1;; ++pass) {
    if (pass > kPasses) return std::vector<bool>(rows.size());
    std::vector<std::size_t> positions;
    superseded.emplace(std::set<std::string>{check});
    again = better_ones({check}, positions);
    for (std::size_t i = 0; i < again.size(); ++i) {
      again[i].confined = false;
      superseded->listen_to(again[i], checks_[positions[i]].bound);
    }
    now.emplace(first->bound, profile_.name());
    again.push_back(run_again(*first));
    again.back().confined = false;
    now->listen_to(again.back());
    positions.push_back(static_cast<std::size_t>(first - checks_.begin()));
    if (read_again(again, positions, &views)) break;
  }
  const auto ran = [](const CheckRun& run) { return run.report.status == CheckStatus::ran; };
  if (!std::all_of(again.begin(), again.end(), ran)) return std::vector<bool>(rows.size());
  auto holding = now->with(all, rows, report);
  if (superseded->empty()) return holding;
  Finding head;
  FindingRow row;
  std::vector<Digest128> prints;
  for (const std::size_t position : rows) {
    all.read(position, row);
    report.findings.read(row.finding, head);
    prints.push_back(packed_fingerprint(head.fingerprint));
    superseded->ask(prints.back(), head, to_text(cell_of(row.cells, first->bound.id_column)));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) holding[i] = holding[i] && !superseded->whole(prints[i]);
  return holding;
}

std::optional<std::vector<Answer>> AuditedProfile::ask(const Check& check, const std::string& query, const std::vector<const FindingRow*>& rows,
                                                     const Report& report) {
  auto answers = answers_to(check, query, rows, report, nullptr);
  if (answers.has_value()) remembered_.keep(check, query, rows, scopes_of(rows, report), *answers);
  return answers;
}

Fingerprints AuditedProfile::unchanged(const std::map<std::string, std::vector<ConcernedRow>>& by_check, const Report& report, const ValuesOf& now, const std::vector<View>& views) {
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

std::optional<std::vector<Answer>> AuditedProfile::answers_to(const Check& check, const std::string& query, const std::vector<const FindingRow*>& rows,
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
    for (std::size_t i = 0; i < rows.size(); ++i) confine(asked.front(), *own, cell_of(rows[i]->cells, asked.front().bound.id_column), scopes[i]);
    if (read_again(asked, {static_cast<std::size_t>(own - checks_.begin())}, views)) break;
    if (pass == kPasses) return std::nullopt;
  }
  if (asked.front().report.status != CheckStatus::ran) return std::nullopt;
  return answers_of(check, asked.front().bound, asked.front().rows, rows, scopes);
}

bool AuditedProfile::is_elsewhere(const Check& question) const {
  const auto& optional = question.optional_relations;
  const auto uses = table_uses(tokenize_sql(question.sql));
  return std::all_of(uses.begin(), uses.end(), [&](const TableUse& use) {
    return Vocabulary::canonical().find(use.name) != nullptr || profile_.shape().contains(use.name) ||
           std::find(optional.begin(), optional.end(), use.name) != optional.end();
  });
}

CheckRun AuditedProfile::run_again(const CheckRun& check) {
  CheckRun run;
  run.bound = check.bound;
  run.report = check.report;
  run.report.status = CheckStatus::ran;
  run.report.reason.clear();
  run.report.duration_ms = 0;
  run.confined = true;
  return run;
}

void AuditedProfile::confine(CheckRun& run, const CheckRun& first, const Value& id, const std::string& scope) {
  const Row key = {id};
  if (first.placement.kind == Placement::Kind::visited) run.only_in[scope].push_back(key);
  run.only.push_back(key);
}

bool AuditedProfile::read_again(std::vector<CheckRun>& checks, const std::vector<std::size_t>& positions, const std::vector<View>* views) {
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

std::map<std::string, std::set<std::string>> AuditedProfile::concerned(const std::vector<CheckRun>& again,
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

bool AuditedProfile::is_moving(SourceSet& fresh, const std::string& relation) const {
  const auto names = profile_.sources_of(relation);
  return !names.empty() && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    const auto& open = fresh.find(name)->open;
    return !open.empty() && !open.front()->is_snapshot();
  });
}

}  // namespace audit
