#include "auditor/repair/repairer.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/digest.hpp"

namespace audit {

namespace {

// A change may make another finding true; a repair that needs more rounds than that does not converge.
constexpr int kRounds = 5;

// So many findings' changes are read from the plan at a time.
constexpr std::size_t kUnits = 8000;
// So many rows of findings are verified together.
constexpr std::size_t kVerified = 10'000;

using Prints = std::unordered_set<Digest128, Digest128Hash>;                   // of findings
using Numbers = std::unordered_map<Digest128, std::size_t, Digest128Hash>;  // of findings, by their fingerprints

// The part of a plan that is made in one transaction: findings and their changes.
struct Batch {
  struct Member {
    std::uint32_t change;  // position in the plan
    std::uint32_t group;
  };
  std::vector<Digest128> findings;  // group → fingerprint
  Numbers groups;                   // fingerprint → group
  std::vector<Member> members;      // those of a group one after the other
};

std::vector<Batch> batches_of(const Plan& plan, std::int64_t size) {
  std::vector<Digest128> order;
  Numbers numbers;
  numbers.reserve(plan.changes.size());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> members;  // finding, change
  for (const Change& change : plan.changes.heads()) {
    const Digest128 finding = packed_fingerprint(change.finding);
    const auto [known, is_new] = numbers.try_emplace(finding, order.size());
    if (is_new) order.push_back(finding);
    members.emplace_back(static_cast<std::uint32_t>(known->second), static_cast<std::uint32_t>(members.size()));
  }
  std::sort(members.begin(), members.end());
  std::vector<Batch> batches;
  if (size > 0) numbers.clear();
  for (std::size_t i = 0; i < members.size();) {
    std::size_t end = i;
    while (end < members.size() && members[end].first == members[i].first) ++end;
    const bool full = batches.empty() || (size > 0 && static_cast<std::int64_t>(batches.back().members.size() + end - i) > size);
    if (full) batches.emplace_back();
    Batch& batch = batches.back();
    const Digest128& finding = order[members[i].first];
    if (size > 0) batch.groups.emplace(finding, batch.findings.size());
    for (; i < end; ++i) batch.members.push_back({members[i].second, static_cast<std::uint32_t>(batch.findings.size())});
    batch.findings.push_back(finding);
  }
  if (size <= 0 && !batches.empty()) batches.front().groups = std::move(numbers);  // one batch: its groups are numbered as they came
  return batches;
}

// Reads the changes of one store from the plan, some thousand units at a time.
class Supply {
 public:
  Supply(const ChangeList& changes, const std::vector<Batch::Member>& members) : changes_(changes), members_(members) {}

  void give(const std::vector<bool>& wanted, const StoreWork::Take& take) {
    for (const auto& member : members_) {
      if (!wanted[member.group]) continue;
      if (groups_.empty() || groups_.back() != member.group) {
        if (groups_.size() == kUnits) flush(take);
        groups_.push_back(member.group);
        units_.emplace_back();
      }
      if (used_ == read_.size()) read_.emplace_back();
      Change& change = read_[used_++];
      changes_.read(member.change, change);
      units_.back().finding = change.finding;
      units_.back().changes.push_back(&change);
    }
    flush(take);
  }

 private:
  void flush(const StoreWork::Take& take) {
    if (!units_.empty()) take(units_, groups_);
    units_.clear();
    groups_.clear();
    used_ = 0;
  }

  const ChangeList& changes_;
  const std::vector<Batch::Member>& members_;
  std::deque<Change> read_;
  std::size_t used_ = 0;
  std::vector<Unit> units_;
  std::vector<std::size_t> groups_;
};

// What became of a finding's changes.
struct Outcome {
  UnitOutcome::Kind kind = UnitOutcome::Kind::applied;
  std::string reason;
};

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
      remember(result_.last.report.findings);
      result_.last = {};
      scan_again();
      if (!made || !result_.failure.empty()) break;
    }
    end_run();
    sort_out();
    return std::move(result_);
  }

 private:
  // What was changed stays, whether it can be looked at again or not.
  void scan_again() {
    try {
      result_.last = order_.scan_again();
    } catch (...) {
      end_run();
      throw;
    }
  }

  // What was tried once is not tried again in this run, unless other changes gave it something else to do: a count may follow twice.
  void drop_tried(ScanResult& result) {
    ChangeList& changes = result.report.plan.changes;
    if (changes.empty() || (outcomes_.empty() && order_.left_out.empty())) return;
    const auto again = with_something_else_to_do(changes);
    Change change;
    changes.keep_if([&](std::size_t position) {
      changes.read_head(position, change);
      const Digest128 finding = packed_fingerprint(change.finding);
      return (!outcomes_.contains(finding) || again.contains(finding)) && !order_.left_out.contains(change.finding);
    });
  }

  Prints with_something_else_to_do(const ChangeList& changes) const {
    std::unordered_multimap<Digest128, std::size_t, Digest128Hash> made;
    std::size_t position = 0;
    for (const Change& change : result_.applied.heads()) made.emplace(packed_fingerprint(change.finding), position++);
    Prints again;
    if (made.empty()) return again;
    for (const Change& change : changes) {
      const auto [from, to] = made.equal_range(packed_fingerprint(change.finding));
      if (from != to && std::none_of(from, to, [&](const auto& one) { return is_same(result_.applied[one.second], change); })) again.insert(packed_fingerprint(change.finding));
    }
    return again;
  }

  static bool is_same(const Change& a, const Change& b) {
    return a.op == b.op && a.location == b.location && a.table == b.table && a.row == b.row && a.after == b.after;
  }

  bool within_limits(int round) {
    if (round == 1) return true;
    const auto roots = [](const ChangeList& changes) {
      const auto heads = changes.heads();
      return std::count_if(heads.begin(), heads.end(), [](const Change& change) { return !change.consequence; });
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
    const ChangeList& changes = result_.last.report.plan.changes;
    std::map<std::array<std::string, 3>, std::vector<Batch::Member>> stores;  // in one order for every run: no two wait for each other
    Change head;
    for (const auto& member : batch.members) {
      changes.read_head(member.change, head);
      stores[{head.profile, head.source, head.location}].push_back(member);
    }
    for (const auto& [place, members] : stores) {
      StoreWork store;
      store.profile = find_profile(place[0]);
      store.source = place[1];
      store.location = place[2];
      store.supply = [&changes, &list = members](const std::vector<bool>& wanted, const StoreWork::Take& take) { Supply(changes, list).give(wanted, take); };
      work.stores.push_back(std::move(store));
    }
    work.verify = [&](const std::vector<OpenStore>& open, std::vector<bool>& wanted) { verify(batch, open, wanted); };
    auto outcomes = make_round(*run_, std::move(work), order_.options, cancel_);
    bool made = false;
    for (const auto& member : batch.members) {
      if (outcomes[member.group].kind != UnitOutcome::Kind::applied) continue;
      result_.applied.take(changes, member.change);
      made = true;
    }
    for (std::size_t group = 0; group < outcomes.size(); ++group) {
      outcomes_[batch.findings[group]] = {outcomes[group].kind, std::move(outcomes[group].reason)};
    }
    return made && run_->has_effects();
  }

  void verify(const Batch& batch, const std::vector<OpenStore>& open, std::vector<bool>& wanted) {
    std::vector<bool> holding(wanted.size());
    for (auto& profile : result_.last.profiles) {
      std::vector<OpenProfile::View> views;
      for (const auto& store : open) {
        if (store.work->profile == profile.get()) views.push_back({store.work->source, store.work->location, &store.writer->view()});
      }
      verify(batch, *profile, views, holding);
    }
    for (std::size_t group = 0; group < wanted.size(); ++group) wanted[group] = wanted[group] && holding[group];
  }

  // Rows of one check's findings, those of a finding one after the other.
  struct Asked {
    std::vector<std::size_t> rows;    // that are to be verified
    std::vector<std::size_t> groups;  // of each of these
    std::size_t all = 0;              // that the scan found
  };

  void verify(const Batch& batch, OpenProfile& profile, const std::vector<OpenProfile::View>& views, std::vector<bool>& holding) {
    const FindingRows& all = result_.last.rows;
    auto by_check = asked_by_check(batch, profile);
    std::erase_if(by_check, [&](const auto& one) { return one.second.rows.empty() || verify_at_once(one.first, one.second, profile, views, holding); });
    std::deque<FindingRow> rows;
    std::vector<std::size_t> groups;  // of each of these
    const auto look = [&] {
      if (rows.empty()) return;
      std::vector<const FindingRow*> some;
      for (const auto& row : rows) some.push_back(&row);
      hold(profile.still_holding(some, result_.last.report, views), groups, holding);
      rows.clear();
      groups.clear();
    };
    for (const auto& [check, asked] : by_check) {
      for (std::size_t i = 0; i < asked.rows.size(); ++i) {
        // All rows of a finding are looked at together.
        if (rows.size() >= kVerified && all.finding_of(asked.rows[i]) != rows.back().finding) look();
        all.read(asked.rows[i], rows.emplace_back());
        groups.push_back(asked.groups[i]);
      }
    }
    look();
  }

  static void hold(const std::vector<bool>& holds, const std::vector<std::size_t>& groups, std::vector<bool>& holding) {
    for (std::size_t i = 0; i < holds.size(); ++i) {
      if (holds[i]) holding[groups[i]] = true;
    }
  }

  std::map<std::string, Asked> asked_by_check(const Batch& batch, const OpenProfile& profile) const {
    const FindingRows& all = result_.last.rows;
    std::map<std::string, Asked> by_check;
    Finding finding;
    Asked* asked = nullptr;
    auto group = batch.groups.end();
    for (std::size_t row = 0; row < all.size(); ++row) {
      if (row == 0 || all.finding_of(row) != all.finding_of(row - 1)) {
        result_.last.report.findings.read_head(all.finding_of(row), finding);
        asked = finding.profile == profile.name() ? &by_check[finding.check] : nullptr;
        group = asked == nullptr ? batch.groups.end() : batch.groups.find(packed_fingerprint(finding.fingerprint));
      }
      if (asked != nullptr) ++asked->all;
      if (group == batch.groups.end()) continue;
      asked->rows.push_back(row);
      asked->groups.push_back(group->second);
    }
    return by_check;
  }

  // To run a check once more costs less than to ask for most of its rows by their keys.
  bool verify_at_once(const std::string& check, const Asked& asked, OpenProfile& profile, const std::vector<OpenProfile::View>& views, std::vector<bool>& holding) const {
    if (asked.rows.size() < kVerified || 2 * asked.rows.size() < asked.all) return false;
    const auto holds = profile.still_holding_of(check, result_.last.rows, asked.rows, result_.last.report, views);
    if (!holds.has_value()) return false;
    hold(*holds, asked.groups, holding);
    return true;
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
  void remember(const FindingList& findings) {
    Finding finding;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      findings.read_head(i, finding);
      const Digest128 print = packed_fingerprint(finding.fingerprint);
      if (outcomes_.contains(print) && remembered_.insert(print).second) tried_.take(findings, i);
    }
  }

  void sort_out() {
    FindingList& left = result_.last.report.findings;
    Numbers places;  // of what was tried and is left
    Finding finding;
    for (std::size_t i = 0; i < left.size() && !outcomes_.empty(); ++i) {
      left.read_head(i, finding);
      const Digest128 print = packed_fingerprint(finding.fingerprint);
      if (outcomes_.contains(print)) places[print] = i;
    }
    for (std::size_t i = 0; i < tried_.size(); ++i) {
      tried_.read(i, finding);
      const Digest128 print = packed_fingerprint(finding.fingerprint);
      const Outcome& outcome = outcomes_.at(print);
      if (const auto still = places.find(print); still != places.end()) {
        note_left(left, still->second, outcome);
        continue;
      }
      result_.settled.take(tried_, i);
      const FindingStatus status = outcome.kind == UnitOutcome::Kind::applied ? FindingStatus::repaired : FindingStatus::dropped;
      if (outcome.reason == finding.refusal) {
        result_.settled.set_status(result_.settled.size() - 1, status);
        continue;
      }
      finding.status = status;
      finding.refusal = outcome.reason;
      result_.settled.put(result_.settled.size() - 1, finding);
    }
  }

  // What is there still, though it was to be mended.
  static void note_left(FindingList& left, std::size_t position, const Outcome& outcome) {
    Finding finding = left[position];
    finding.refusal = outcome.kind == UnitOutcome::Kind::applied ? "it is still so after its repair" : outcome.reason;
    if (outcome.kind == UnitOutcome::Kind::refused) finding.status = FindingStatus::refused;
    left.put(position, finding);
  }

  const RepairOrder& order_;
  const Cancellation& cancel_;
  RepairResult result_;
  std::unique_ptr<Run> run_;
  std::unordered_map<Digest128, Outcome, Digest128Hash> outcomes_;  // by fingerprint
  FindingList tried_;
  Prints remembered_;  // fingerprints of those
};

}  // namespace

RepairResult repair(ScanResult first, const RepairOrder& order, const Cancellation& cancel) {
  return Repairer(order, cancel).run(std::move(first));
}

}  // namespace audit
