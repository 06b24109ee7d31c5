#include "auditor/repair/planner.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <sstream>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "auditor/model/cells.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/vocabulary.hpp"
#include "auditor/repair/native_value.hpp"
#include "auditor/repair/questions.hpp"
#include "auditor/sys/digest.hpp"

namespace audit {

namespace {

constexpr std::size_t kFirstAhead = 250;  // rows; then twice as many, and so on: how large they are is not known
constexpr std::size_t kMostAhead = 2000;
constexpr std::int64_t kFractionFromRows = 10;

void append_part(std::string& text, std::string_view part) { text.append(std::to_string(part.size())).append(1, ':').append(part); }

void append_spelled(std::string& text, const Cells& cells) {
  for (const auto& [name, value] : cells) {
    append_part(text, name);
    append_part(text, std::to_string(value.index()));
    if (const auto* own = std::get_if<std::string>(&value)) {
      append_part(text, *own);
    } else {
      append_part(text, to_text(value));
    }
  }
}

std::string spelled(const Cells& cells) {
  std::string text;
  append_spelled(text, cells);
  return text;
}

// The first repair of a check that the policy lets be planned and that fits; nullptr for none.
template <typename Fits>
const RepairTemplate* choose(const Check& check, const RepairPolicy& policy, const Fits& fits) {
  if (!policy.only.empty() && std::find(policy.only.begin(), policy.only.end(), check.id) == policy.only.end()) return nullptr;
  const auto allowed = policy.allow.find(check.id);
  const bool named = allowed != policy.allow.end() && !allowed->second.empty();
  for (const auto& repair : check.repairs) {
    if (repair.applicability == Applicability::manual || !fits(repair)) continue;
    if (repair.applicability == Applicability::irreversible && !policy.irreversible) continue;
    if (named) {
      if (repair.name == allowed->second) return &repair;
      continue;
    }
    // What cannot be undone has a flag of its own.
    const bool free = repair.applicability == Applicability::safe || repair.applicability == Applicability::irreversible || policy.unsafe || allowed != policy.allow.end();
    if (free) return &repair;
  }
  return nullptr;
}

class Planner {
 public:
  Planner(const std::vector<Check>& checks, ScanResult& result, const RepairPolicy& policy, std::int64_t now)
      : checks_(checks), result_(result), policy_(policy), now_(now), questions_(result) {}

  void plan() {
    FindingList& findings = result_.report.findings;
    Finding finding;
    for (std::size_t row = 0; row < result_.rows.size();) {
      const std::size_t position = result_.rows.finding_of(row);
      std::size_t end = row + 1;
      while (end < result_.rows.size() && result_.rows.finding_of(end) == position) ++end;
      findings.read(position, finding);
      plan_finding(finding, row, end);
      note(position, finding);
      row = end;
    }
    Plan& plan = result_.report.plan;
    drop_rivals(plan);
    // A row that goes needs no other change, whichever finding came first.
    if (!removed_.empty() && !cells_.empty()) {
      keep_changes(plan, [&](const Change& change) { return change.op != ChangeOp::update || !removed_.contains(digest128(row_name(change))); });
    }
    result_.report.summary.planned = static_cast<std::int64_t>(plan.changes.size());
    check_limits(plan);
  }

 private:
  // What planning said of a finding, back where it stands.
  void note(std::size_t position, const Finding& finding) {
    FindingList& findings = result_.report.findings;
    if (!finding.refusal.empty()) {
      findings.put(position, finding);
      return;
    }
    const auto selected = std::find_if(finding.repairs.begin(), finding.repairs.end(), [](const OfferedRepair& repair) { return repair.selected; });
    if (selected != finding.repairs.end()) findings.select(position, static_cast<std::size_t>(selected - finding.repairs.begin()));
  }

  template <typename Keep>
  static void keep_changes(Plan& plan, const Keep& keep) {
    Change change;
    plan.changes.keep_if([&](std::size_t position) {
      plan.changes.read(position, change);
      return keep(change);
    });
  }

  // Two findings that want a new row of one name: which one is right is not ours to say.
  void drop_rivals(Plan& plan) {
    if (inserted_.empty()) return;
    std::map<std::string, std::set<std::string>> wanted;  // row → findings
    for (const auto& change : plan.changes) {
      if (change.op == ChangeOp::insert && !change.row.empty()) wanted[row_name(change, false)].insert(change.finding);
    }
    std::set<std::string> rivals;
    for (const auto& [row, findings] : wanted) {
      if (findings.size() > 1) rivals.insert(findings.begin(), findings.end());
    }
    if (rivals.empty()) return;
    keep_changes(plan, [&](const Change& change) { return !rivals.contains(change.finding); });
    FindingList& findings = result_.report.findings;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      Finding finding = findings[i];
      if (!rivals.contains(finding.fingerprint)) continue;
      finding.refusal = "another finding would make a row of the same name; which one is right has to be decided by hand";
      for (auto& repair : finding.repairs) repair.selected = false;
      findings.put(i, finding);
    }
  }

  // Whether a store can be told of their rows together: findings of one check, and so of one usual repair, in one scope.
  static bool are_alike(const Finding& one, const Finding& other) {
    return one.check == other.check && one.profile == other.profile && one.subject.source == other.subject.source && one.subject.scope == other.subject.scope;
  }

  // Such findings, one after the other.
  struct Window {
    std::size_t begin = 0;
    std::size_t end = 0;  // rows of findings
    const RepairTemplate* repair = nullptr;
    Finding first;
    std::vector<Cells> keys;  // of the row that each repair changes first; empty when none is known beforehand
  };

  Window window_at(std::size_t begin) {
    Window window;
    window.begin = begin;
    window.end = begin;
    if (begin >= result_.rows.size()) return window;
    const FindingList& findings = result_.report.findings;
    window.first = findings[result_.rows.finding_of(begin)];
    const auto check = std::find_if(checks_.begin(), checks_.end(), [&](const Check& c) { return c.id == window.first.check; });
    const auto is_usual = [](const RepairTemplate& one) { return one.when.empty() && (one.changes.empty() || one.changes.front().each.empty()); };
    window.repair = check == checks_.end() ? nullptr : choose(*check, policy_, is_usual);
    const bool known = window.repair != nullptr && !window.repair->changes.empty() && !window.repair->changes.front().key.empty();
    Finding finding;
    for (; window.end < std::min(result_.rows.size(), begin + ahead_); ++window.end) {
      findings.read(result_.rows.finding_of(window.end), finding);
      if (!are_alike(finding, window.first)) break;
      if (!known) continue;
      Cells key;
      for (const auto& [column, term] : window.repair->changes.front().key) key.emplace_back(column, fill(term, result_.rows[window.end].cells));
      window.keys.push_back(std::move(key));
    }
    return window;
  }

  // Tells the store which rows will be asked for from here on, and which after those.
  void tell_ahead(std::size_t begin) {
    Window window = std::exchange(next_, {});
    if (window.begin != begin || window.end == begin) {
      if (begin == 0 || !are_alike(result_.report.findings[result_.rows.finding_of(begin)], last_)) {
        ahead_ = kFirstAhead;
        limited_ = false;
      }
      window = window_at(begin);
    }
    told_ = window.end;
    last_ = window.first;
    OpenProfile* profile = find_profile(window.first.profile);
    if (window.keys.size() < 2 || profile == nullptr) return;
    if (!limited_) ahead_ = std::min(2 * ahead_, kMostAhead);
    next_ = window_at(window.end);
    if (!are_alike(next_.first, window.first)) next_ = {};
    const ChangeTemplate& change = window.repair->changes.front();
    try {
      auto place = profile->place(change.relation, window.first.subject.source, window.first.subject.scope);
      if (place.store == nullptr || place.mapping->parts.size() != 1) return;
      const std::size_t taken = place.store->expect(place.mapping->parts.front(), window.keys, change.op, next_.keys);
      if (taken == 0 || taken >= window.keys.size()) return;
      told_ = begin + taken;
      ahead_ = std::max<std::size_t>(taken, 2);
      limited_ = true;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::source) throw;  // else the rows themselves say so when they are asked for
    }
  }

  void plan_finding(Finding& finding, std::size_t begin, std::size_t end) {
    if (finding.status != FindingStatus::fresh) return;  // accepted: not repaired
    const auto check = std::find_if(checks_.begin(), checks_.end(), [&](const Check& c) { return c.id == finding.check; });
    OpenProfile* profile = find_profile(finding.profile);
    if (check == checks_.end() || profile == nullptr) return;
    const RepairTemplate* repair = choose(*check, policy_, [&](const RepairTemplate& one) { return fits(one, *check, *profile, begin, end); });
    if (repair == nullptr) return;
    std::vector<Change> changes;
    try {
      for (std::size_t row = begin; row < end; ++row) {
        if (row >= told_) tell_ahead(row);
        for (const auto& wanted : repair->changes) {
          if (!add_changes(wanted, *repair, *check, finding, row, *profile, changes)) return;
        }
      }
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::source) throw;
      return;  // a row that cannot be read cannot be changed
    }
    if (!check->group.empty()) grouped_.insert(finding.fingerprint);
    if (changes.empty() || !take(changes, *repair, finding)) return;
    for (auto& offered : finding.repairs) offered.selected = offered.name == repair->name;
  }

  // Whether the repair is right for a finding: for every row of it.
  bool fits(const RepairTemplate& repair, const Check& check, OpenProfile& profile, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end && !repair.when.empty(); ++row) {
      const Answer* answer = questions_.answer(profile, check, repair.when, row);
      if (answer == nullptr || answer->empty()) return false;
    }
    return true;
  }

  // A change for the row of the finding, or one for each row of the change's own query. False when one cannot be made.
  bool add_changes(const ChangeTemplate& wanted, const RepairTemplate& repair, const Check& check, Finding& finding, std::size_t row, OpenProfile& profile,
                   std::vector<Change>& changes) {
    const bool keeps_all = repair.applicability == Applicability::safe;
    const Cells& own = result_.rows[row].cells;
    if (wanted.each.empty()) return add_change(wanted, keeps_all, finding, own, profile, changes);
    const Answer* answer = questions_.answer(profile, check, wanted.each, row);
    if (answer == nullptr) return false;
    const std::size_t first = changes.size();
    for (Cells each : *answer) {
      each.insert(each.end(), own.begin(), own.end());  // of two cells of one name the first counts
      if (!add_change(wanted, keeps_all, finding, each, profile, changes)) return false;
    }
    for (std::size_t i = first; i < changes.size(); ++i) changes[i].one_of_many = true;
    return true;
  }

  // The store that the row says it is in, or the finding.
  static OpenProfile::Place place_of(const ChangeTemplate& wanted, const Finding& finding, const Cells& row, OpenProfile& profile) {
    const Value source = wanted.each.empty() ? Value{} : cell_of(row, "source");
    auto place = profile.place(wanted.relation, is_null(source) ? finding.subject.source : to_text(source), finding.subject.scope);
    if (place.store == nullptr) place = profile.place(wanted.relation, "", finding.subject.scope);
    return place;
  }

  OpenProfile* find_profile(const std::string& name) {
    for (auto& profile : result_.profiles) {
      if (profile->name() == name) return profile.get();
    }
    return nullptr;
  }

  [[nodiscard]] Value fill(const Term& term, const Cells& row) const {
    switch (term.kind) {
      case Term::Kind::column: return cell_of(row, term.column);
      case Term::Kind::now: return now_;
      case Term::Kind::literal: break;
    }
    return term.literal;
  }

  // A value of the profile's template for new rows: ":now", "{column}" of the finding (left out where it has none), or itself.
  [[nodiscard]] Value fill_usual(const Value& usual, const Cells& row) const {
    const auto* text = std::get_if<std::string>(&usual);
    if (text == nullptr) return usual;
    if (*text == ":now") return now_;
    const bool column = text->size() > 2 && text->front() == '{' && text->back() == '}';
    return column ? cell_of(row, text->substr(1, text->size() - 2)) : usual;
  }

  // False when the change cannot be made: the finding then stays without one.
  bool add_change(const ChangeTemplate& wanted, bool keeps_all, Finding& finding, const Cells& row, OpenProfile& profile,
                  std::vector<Change>& changes) {
    const auto place = place_of(wanted, finding, row, profile);
    if (place.store == nullptr) return false;
    Change change;
    change.op = wanted.op;
    change.profile = finding.profile;
    change.relation = wanted.relation;
    change.source = place.store->info().source;
    change.location = place.store->info().location;
    if (!policy_.on_paper) finding.refusal = profile.unwritable(change.source);
    if (!finding.refusal.empty()) return false;
    for (const auto& [column, term] : wanted.key) {
      change.key.emplace_back(column, fill(term, row));
      if (is_null(change.key.back().second)) return false;
    }
    const RelationPart* part = find_row(wanted.op, place, change);
    if (part == nullptr) return false;
    change.table = part->table;
    note_confidential(*part, change);
    if (!fill_after(wanted, row, *part, change)) return false;
    if (change.op == ChangeOp::update && change.before == change.after) return true;  // nothing to do
    if (change.op == ChangeOp::insert) {
      name_new_row(*part, change);
      if (is_there(*place.store, *part, change)) {
        finding.refusal = part->table + " has a row " + spelled_key(change.row) + " already";
        return false;
      }
    }
    if (change.op == ChangeOp::remove && !add_consequences(*place.store, *part, change, keeps_all, finding, changes)) return false;
    changes.push_back(std::move(change));
    return true;
  }

  // A relation with a sensitive column: of its rows only what is mapped to other columns is shown.
  static void note_confidential(const RelationPart& part, Change& change) {
    const auto* relation = Vocabulary::canonical().find(change.relation);
    if (relation == nullptr) return;
    for (const auto& [column, map] : part.columns) {
      const auto* known = relation->column(column);
      if (known != nullptr && known->sensitive) {
        change.confidential = true;
      } else if (!map.from.empty()) {
        change.shown.push_back(map.from);
      }
    }
    if (!change.confidential) change.shown.clear();
  }

  // A new row has a name when the values of its key are given.
  static void name_new_row(const RelationPart& part, Change& change) {
    for (const auto& column : part.key) {
      change.row.emplace_back(column, cell_of(change.after, column));
      if (!is_null(change.row.back().second)) continue;
      change.row.clear();
      return;
    }
  }

  static bool is_there(Store& store, const RelationPart& part, const Change& insertion) {
    Cells key;
    for (const auto& [column, value] : insertion.row) {
      for (const auto& [canonical, map] : part.columns) {
        if (map.from != column || !map.expr.empty() || map.mapped || map.time != TimeForm::none) continue;
        key.emplace_back(canonical, value);
        break;
      }
    }
    return !key.empty() && key.size() == insertion.row.size() && !store.native_row(part, key).empty();
  }

  // What goes with a row goes before it. False when something keeps the row. A repair that keeps everything takes along no more than the profile says belongs to it.
  static bool add_consequences(Store& store, const RelationPart& part, const Change& removal, bool keeps_all, Finding& finding, std::vector<Change>& changes) {
    std::vector<Change> first;
    std::copy_if(changes.begin(), changes.end(), std::back_inserter(first), [&](const Change& change) { return change.op == ChangeOp::update && is_of_store(change, removal); });
    auto found = store.consequences(part, removal, first);
    const auto more = std::find_if(found.changes.begin(), found.changes.end(), [&](const Change& change) {
      return keeps_all && std::none_of(part.dependents.begin(), part.dependents.end(), [&](const Dependent& dependent) { return dependent.table == change.table; });
    });
    if (more != found.changes.end()) found.blocked = "row " + spelled_key(more->row) + " of " + more->table + " would go with it";
    if (!found.blocked.empty()) {
      finding.refusal = removal.table + " " + spelled_key(removal.row) + " cannot be removed: " + found.blocked;
      return false;
    }
    for (auto& change : found.changes) changes.push_back(std::move(change));
    return true;
  }

  static bool is_of_store(const Change& change, const Change& other) {
    return change.profile == other.profile && change.source == other.source && change.location == other.location;
  }

  static std::string spelled_key(const Cells& key) {
    std::string text;
    for (const auto& [column, value] : key) text += (text.empty() ? "" : " ") + to_text(value);
    return text;
  }

  static const RelationPart* find_row(ChangeOp op, const OpenProfile::Place& place, Change& change) {
    for (const auto& part : place.mapping->parts) {
      if (op == ChangeOp::insert) return &part;
      change.before = place.store->native_row(part, change.key);
      if (change.before.empty()) continue;
      if (part.key.empty()) return nullptr;  // nothing names the row in its store
      for (const auto& column : part.key) change.row.emplace_back(column, cell_of(change.before, column));
      return &part;
    }
    return nullptr;
  }

  // Native cells after the change, each once. Of an update only the columns that it changes are kept, before and after.
  bool fill_after(const ChangeTemplate& wanted, const Cells& row, const RelationPart& part, Change& change) const {
    if (wanted.op == ChangeOp::remove) return true;
    Cells cells;
    for (const auto* terms : {&wanted.set, &wanted.also}) {
      for (const auto& [column, term] : *terms) {
        const ColumnMap* map = part.column(column);
        const Value wished = fill(term, row);
        if (map == nullptr && is_null(wished)) continue;  // nothing to set where there is nothing
        const auto native = map == nullptr ? std::nullopt : native_value(*map, wished);
        if (!native.has_value() && terms == &wanted.also) continue;
        if (!native.has_value()) return false;
        const auto known = std::find_if(cells.begin(), cells.end(), [&](const auto& cell) { return cell.first == map->from; });
        if (known == cells.end()) {
          cells.emplace_back(map->from, *native);
        } else if (!(known->second == *native)) {
          return false;
        }
      }
    }
    if (wanted.op == ChangeOp::insert) {
      for (const auto& [column, usual] : part.insert) {
        Value value = fill_usual(usual, row);
        if (!is_null(value) || is_null(usual)) change.after.emplace_back(column, std::move(value));
      }
      std::erase_if(change.after, [&](const auto& usual) {
        return std::any_of(cells.begin(), cells.end(), [&](const auto& cell) { return cell.first == usual.first; });
      });
      change.after.insert(change.after.end(), cells.begin(), cells.end());
      // A row is not made when it is not known what names it.
      return std::none_of(change.after.begin(), change.after.end(), [&](const auto& cell) {
        return is_null(cell.second) && std::find(part.key.begin(), part.key.end(), cell.first) != part.key.end();
      });
    }
    Cells before;
    for (auto& [column, value] : cells) {
      Value old = cell_of(change.before, column);
      if (old == value) continue;
      before.emplace_back(column, std::move(old));
      change.after.emplace_back(column, std::move(value));
    }
    change.before = std::move(before);
    return true;
  }

  // The physical row of a change; of an insert the row that it makes.
  static std::string row_name(const Change& change, bool with_content = true) {
    return change.location + '\0' + change.table + '\0' + spelled(change.row) +
           (change.op == ChangeOp::insert && with_content ? spelled(change.after) : "");
  }

  // Takes the changes of one finding into the plan, all or none: two findings may not want different things of one cell.
  bool take(std::vector<Change>& changes, const RepairTemplate& repair, const Finding& finding) {
    std::vector<Change> fresh;
    std::unordered_map<Digest128, Digest128, Digest128Hash> cells;
    Names removed;
    Names inserted;
    for (auto& change : changes) {
      const std::string name = row_name(change);
      const Digest128 row = digest128(name);
      if (removed_.contains(row) || removed.contains(row)) continue;  // it goes anyway
      bool wanted_already = change.op != ChangeOp::remove;
      if (change.op == ChangeOp::remove) removed.insert(row);
      if (change.op == ChangeOp::insert && !inserted_.contains(row)) wanted_already = !inserted.insert(row).second;
      for (const auto& [column, value] : change.after) {
        if (change.op != ChangeOp::update) break;
        const Digest128 cell = digest128(name + '\0' + column);
        const Digest128 wished = digest128(spelled({{column, value}}));
        const auto planned = cells_.find(cell);
        const auto [own, is_new] = cells.try_emplace(cell, wished);
        if (own->second != wished || (planned != cells_.end() && planned->second != wished)) return false;
        if (is_new && planned == cells_.end()) wanted_already = false;
      }
      if (wanted_already) continue;
      change.check = finding.check;
      change.repair = repair.name;
      change.finding = finding.fingerprint;
      change.applicability = repair.applicability;
      fresh.push_back(std::move(change));
    }
    cells_.merge(cells);
    removed_.merge(removed);
    inserted_.merge(inserted);
    for (const auto& change : fresh) result_.report.plan.changes.push_back(change);
    return true;
  }

  void check_limits(Plan& plan) {
    // What goes with a row was not decided by itself, and the rows of one grouped cause count once.
    std::set<std::string> causes;
    std::int64_t count = 0;
    for (const auto& change : plan.changes.heads()) {
      if (change.consequence) continue;
      const std::string cause = change.finding + (change.one_of_many ? '\0' + change.table : "");
      const bool together = change.one_of_many || grouped_.contains(change.finding);
      count += together ? (causes.insert(cause).second ? 1 : 0) : 1;
    }
    if (count > policy_.max_changes) {
      plan.refused = std::to_string(count) + " changes are more than --max-changes " + std::to_string(policy_.max_changes);
      return;
    }
    std::set<std::pair<std::string, std::string>> counted;                // finding, table
    std::map<std::pair<std::string, std::string>, std::int64_t> touched;  // profile, relation
    std::map<std::pair<std::string, std::string>, std::string> source_of;
    for (const auto& change : plan.changes.heads()) {
      if (change.consequence || (change.op == ChangeOp::insert && change.applicability == Applicability::safe)) continue;
      if (grouped_.contains(change.finding)) continue;  // one cause
      if (change.one_of_many && !counted.insert({change.finding, change.table}).second) continue;
      ++touched[{change.profile, change.relation}];
      source_of[{change.profile, change.relation}] = change.source;
    }
    for (const auto& [where, changes] : touched) {
      auto place = find_profile(where.first)->place(where.second, source_of[where], "");
      if (place.store == nullptr || place.store->host() == nullptr) continue;
      std::int64_t rows = 0;
      try {
        rows = count_rows(place, changes);
      } catch (const Error& error) {
        if (error.kind() != ErrorKind::source) throw;
        plan.refused = "the rows of " + where.second + " cannot be counted: " + error.what();
        return;
      }
      const auto believable = [&](std::int64_t number) { return static_cast<double>(number) <= policy_.max_fraction * static_cast<double>(rows); };
      if (rows < kFractionFromRows || believable(changes)) continue;
      const std::int64_t changed = rows_changed(plan, where, changes);
      if (believable(changed)) continue;
      std::ostringstream fraction;
      fraction << policy_.max_fraction;
      plan.refused = std::to_string(changed) + " of " + std::to_string(rows) + " rows of " + where.second +
                     " are more than --max-fraction " + fraction.str();
      return;
    }
  }

  // Of so many changes of a relation: a row may have several.
  std::int64_t rows_changed(const Plan& plan, const std::pair<std::string, std::string>& where, std::int64_t changes) const {
    Names rows;
    std::int64_t more = 0;
    Change change;
    for (std::size_t i = 0; i < plan.changes.size(); ++i) {
      plan.changes.read(i, change);
      if (change.profile != where.first || change.relation != where.second || change.op != ChangeOp::update || change.consequence || change.one_of_many || grouped_.contains(change.finding)) continue;
      if (!rows.insert(digest128(row_name(change))).second) ++more;
    }
    return changes - more;
  }

  // Rows of a relation, counted no further than the limit asks for.
  std::int64_t count_rows(const OpenProfile::Place& place, std::int64_t changes) const {
    const double enough = policy_.max_fraction > 0 ? static_cast<double>(changes) / policy_.max_fraction + 1 : std::numeric_limits<double>::infinity();
    std::int64_t rows = 0;
    place.store->scan(*place.mapping, {"source"}, [&](std::span<const Value>) {
      ++rows;
      return rows < kFractionFromRows || static_cast<double>(rows) < enough;
    });
    return rows;
  }

  const std::vector<Check>& checks_;
  ScanResult& result_;
  const RepairPolicy& policy_;
  std::int64_t now_;
  Questions questions_;
  using Names = std::unordered_set<Digest128, Digest128Hash>;
  std::unordered_map<Digest128, Digest128, Digest128Hash> cells_;  // row and column → value that the plan gives it
  std::size_t told_ = 0;  // rows up to this one were told to their store
  std::size_t ahead_ = kFirstAhead;  // so many at a time
  bool limited_ = false;             // by the store
  Finding last_;                     // one of those that were told last
  Window next_;                      // what comes after that, when it was looked at
  Names removed_;
  Names inserted_;
  std::set<std::string> grouped_;  // fingerprints of findings that stand for many rows
};

}  // namespace

std::string plan_identity(const ChangeList& changes) {
  if (changes.empty()) return "";
  Sha256 all;
  std::string one;
  for (const auto& change : changes) {
    one.clear();
    one.append(to_string(change.op)).append(1, '\0').append(change.location).append(1, '\0').append(change.table).append(1, '\0');
    for (const auto* cells : {&change.key, &change.row, &change.before}) append_spelled(one, *cells);
    append_spelled(one += '\0', change.after);
    all.add(one += '\n');
  }
  return all.hex().substr(0, 12);
}

void make_plan_without_id(const std::vector<Check>& checks, ScanResult& result, const RepairPolicy& policy, std::int64_t now) {
  Planner(checks, result, policy, now).plan();
}

void make_plan(const std::vector<Check>& checks, ScanResult& result, const RepairPolicy& policy, std::int64_t now) {
  make_plan_without_id(checks, result, policy, now);
  result.report.plan.id = plan_identity(result.report.plan.changes);
}

}  // namespace audit
