#include "auditor/repair/repairer.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"

namespace audit {

namespace {

// A change may make another finding true; a repair that needs more rounds than that does not converge.
constexpr int kRounds = 5;

// The part of a plan that is made in one transaction: findings and their changes.
struct Batch {
  std::vector<std::string> findings;                               // group → fingerprint
  std::unordered_map<std::string, std::size_t> groups;             // fingerprint → group
  std::vector<Change*> changes;
};

std::vector<Batch> batches_of(Plan& plan, std::int64_t size) {
  std::vector<Batch> batches;
  std::unordered_map<std::string, std::vector<Change*>> by_finding;
  std::vector<std::string> order;
  for (auto& change : plan.changes) {
    auto& list = by_finding[change.finding];
    if (list.empty()) order.push_back(change.finding);
    list.push_back(&change);
  }
  for (const auto& finding : order) {
    const auto& changes = by_finding[finding];
    const bool full = batches.empty() || (size > 0 && static_cast<std::int64_t>(batches.back().changes.size() + changes.size()) > size);
    if (full) batches.emplace_back();
    Batch& batch = batches.back();
    batch.groups.emplace(finding, batch.findings.size());
    batch.findings.push_back(finding);
    batch.changes.insert(batch.changes.end(), changes.begin(), changes.end());
  }
  return batches;
}

class Repairer {
 public:
  Repairer(const RepairOrder& order, const Cancellation& cancel) : order_(order), cancel_(cancel) {}

  RepairResult run(ScanResult first) {
    result_.last = std::move(first);
    for (int round = 1; round <= kRounds; ++round) {
      drop_tried(result_.last);
      if (result_.last.report.plan.changes.empty() || !within_limits(round)) break;
      const bool made = make_plan_real();
      if (!made && result_.failure.empty() && round > 1) break;
      remember(result_.last.report);
      result_.last = {};
      result_.last = order_.scan_again();
      if (!made || !result_.failure.empty()) break;
    }
    end_run();
    sort_out();
    return std::move(result_);
  }

 private:
  // What was tried once is not tried again in this run, unless other changes gave it something else to do: a count may follow twice.
  void drop_tried(ScanResult& result) {
    auto& changes = result.report.plan.changes;
    std::unordered_multimap<std::string, const Change*> made;
    if (!changes.empty()) {
      for (const auto& change : result_.applied) made.emplace(change.finding, &change);
    }
    std::unordered_set<std::string> again;
    for (const auto& change : changes) {
      const auto [from, to] = made.equal_range(change.finding);
      if (from != to && std::none_of(from, to, [&](const auto& one) { return is_same(*one.second, change); })) again.insert(change.finding);
    }
    std::erase_if(changes, [&](const Change& change) {
      return (outcomes_.contains(change.finding) && !again.contains(change.finding)) || order_.left_out.contains(change.finding);
    });
  }

  static bool is_same(const Change& a, const Change& b) {
    return a.op == b.op && a.location == b.location && a.table == b.table && a.row == b.row && a.after == b.after;
  }

  bool within_limits(int round) {
    if (round == 1) return true;
    const auto roots = [](const std::vector<Change>& changes) {
      return std::count_if(changes.begin(), changes.end(), [](const Change& change) { return !change.consequence; });
    };
    return result_.last.report.plan.refused.empty() && roots(result_.applied) + roots(result_.last.report.plan.changes) <= order_.max_changes;
  }

  // Makes the whole plan; true when anything was changed.
  bool make_plan_real() {
    bool made = false;
    for (auto& profile : result_.last.profiles) profile->close();
    for (const auto& batch : batches_of(result_.last.report.plan, order_.batch)) {
      try {
        made = make_batch(batch) || made;
      } catch (const Error& error) {
        if (error.kind() == ErrorKind::interrupted || result_.runs.empty()) {
          end_run();
          throw;
        }
        result_.failure = error.what();
        result_.hint = error.hint();
        return made;
      }
      if (order_.batch > 0) end_run();
    }
    return made;
  }

  bool make_batch(const Batch& batch) {
    begin_run();
    RoundWork work;
    work.groups = batch.findings.size();
    std::map<std::pair<std::string, std::pair<std::string, std::string>>, std::vector<const Change*>> stores;  // in one order for every run: no two wait for each other
    for (const Change* change : batch.changes) stores[{change->profile, {change->source, change->location}}].push_back(change);
    for (const auto& [place, changes] : stores) {
      StoreWork store;
      store.profile = find_profile(place.first);
      store.source = place.second.first;
      store.location = place.second.second;
      store.supply = [&batch, &list = changes](const std::vector<bool>& wanted, const StoreWork::Take& take) { supply(batch, list, wanted, take); };
      work.stores.push_back(std::move(store));
    }
    work.verify = [&](const std::vector<OpenStore>& open, std::vector<bool>& wanted) { verify(batch, open, wanted); };
    const auto outcomes = make_round(*run_, std::move(work), order_.options, cancel_);
    bool made = false;
    std::unordered_set<std::string> done;
    for (std::size_t group = 0; group < outcomes.size(); ++group) {
      outcomes_[batch.findings[group]] = outcomes[group];
      if (outcomes[group].kind == UnitOutcome::Kind::applied) made = done.insert(batch.findings[group]).second || made;
    }
    for (Change* change : batch.changes) {
      if (done.contains(change->finding)) result_.applied.push_back(std::move(*change));
    }
    return made && run_->has_effects();
  }

  static void supply(const Batch& batch, const std::vector<const Change*>& changes, const std::vector<bool>& wanted, const StoreWork::Take& take) {
    std::vector<Unit> units;
    std::vector<std::size_t> groups;
    std::unordered_map<std::size_t, std::size_t> unit_of;
    for (const Change* change : changes) {
      const std::size_t group = batch.groups.at(change->finding);
      if (!wanted[group]) continue;
      const auto [known, is_new] = unit_of.try_emplace(group, units.size());
      if (is_new) {
        units.push_back({change->finding, {}});
        groups.push_back(group);
      }
      units[known->second].changes.push_back(change);
    }
    if (!units.empty()) take(units, groups);
  }

  void verify(const Batch& batch, const std::vector<OpenStore>& open, std::vector<bool>& wanted) {
    const Report& report = result_.last.report;
    std::set<std::string> holding;
    for (auto& profile : result_.last.profiles) {
      std::vector<const FindingRow*> rows;
      for (const auto& row : result_.last.rows) {
        const Finding& finding = report.findings[row.finding];
        if (finding.profile == profile->name() && batch.groups.contains(finding.fingerprint)) rows.push_back(&row);
      }
      if (rows.empty()) continue;
      std::vector<OpenProfile::View> views;
      for (const auto& store : open) {
        if (store.work->profile == profile.get()) views.push_back({store.work->source, store.work->location, &store.writer->view()});
      }
      holding.merge(profile->still_holding(rows, report, views));
    }
    for (std::size_t group = 0; group < wanted.size(); ++group) wanted[group] = wanted[group] && holding.contains(batch.findings[group]);
  }

  OpenProfile* find_profile(const std::string& name) {
    for (auto& profile : result_.last.profiles) {
      if (profile->name() == name) return profile.get();
    }
    throw Error(ErrorKind::repair, "profile " + name + " is not open");
  }

  void begin_run() {
    if (run_ != nullptr) return;
    JournalHead head = order_.head;
    head.started_at = current_time();
    head.run = make_run_id(head.started_at);
    head.mode = "repair";
    for (const auto& profile : result_.last.profiles) head.profiles.push_back(profile->origin());
    run_ = std::make_unique<Run>(*order_.state, std::move(head));
  }

  void end_run() {
    if (run_ == nullptr) return;
    if (run_->has_effects()) result_.runs.push_back(run_->id());
    run_->finish(run_->has_effects() ? RunEnd::applied : RunEnd::taken_back);
    run_.reset();
  }

  // Findings of a scan that its changes were about, as they were first; what became of them is decided at the end.
  void remember(Report& report) {
    for (auto& finding : report.findings) {
      if (outcomes_.contains(finding.fingerprint) && remembered_.insert(finding.fingerprint).second) tried_.push_back(std::move(finding));
    }
  }

  void sort_out() {
    std::unordered_map<std::string, Finding*> left;
    for (auto& finding : result_.last.report.findings) left[finding.fingerprint] = &finding;
    for (auto& finding : tried_) {
      const UnitOutcome& outcome = outcomes_.at(finding.fingerprint);
      const auto still = left.find(finding.fingerprint);
      if (still == left.end()) {
        finding.status = outcome.kind == UnitOutcome::Kind::applied ? FindingStatus::repaired : FindingStatus::dropped;
        finding.refusal = outcome.reason;
        result_.settled.push_back(std::move(finding));
        continue;
      }
      still->second->refusal = outcome.kind == UnitOutcome::Kind::applied ? "it is still so after its repair" : outcome.reason;
      if (outcome.kind == UnitOutcome::Kind::refused) still->second->status = FindingStatus::refused;
    }
  }

  const RepairOrder& order_;
  const Cancellation& cancel_;
  RepairResult result_;
  std::unique_ptr<Run> run_;
  std::unordered_map<std::string, UnitOutcome> outcomes_;  // by fingerprint
  std::vector<Finding> tried_;
  std::unordered_set<std::string> remembered_;  // fingerprints of those
};

}  // namespace

RepairResult repair(ScanResult first, const RepairOrder& order, const Cancellation& cancel) {
  return Repairer(order, cancel).run(std::move(first));
}

}  // namespace audit
