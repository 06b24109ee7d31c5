#pragma once
// One audited profile: its sources, the checks that ran, and the mappings for the planner.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "auditor/engine/answers.hpp"
#include "auditor/engine/homes.hpp"
#include "auditor/engine/run.hpp"
#include "auditor/engine/scan.hpp"

namespace audit {

// A store that keeps changing under an unlocked reader is read again this often.
inline constexpr int kPasses = 3;

class AuditedProfile : public OpenProfile {
 public:
  // The request outlives the scan here: findings are verified with it again.
  AuditedProfile(const Catalog& catalog, Home home, const ScanRequest& request, const Cancellation& cancel, const Progress& progress, const DebugLog& debug)
      : catalog_(catalog), profile_(std::move(home.profile)), origin_(std::move(home.origin)), request_(request), progress_(progress), debug_(debug),
        context_{request_, cancel, progress_, debug_} {}

  [[nodiscard]] const std::string& name() const override { return profile_.name(); }
  [[nodiscard]] const ProfileOrigin& origin() const override { return origin_; }
  [[nodiscard]] Place place(const std::string& relation, const std::string& source, const std::string& scope) override;
  void close() override;
  [[nodiscard]] std::string adapter(const std::string& source) const override;
  [[nodiscard]] CommitKind commits(const std::string& source) override;
  [[nodiscard]] std::string unwritable(const std::string& source) override;
  [[nodiscard]] std::unique_ptr<Writer> write(const std::string& source, const std::string& location, const WriteRequest& request) override;
  [[nodiscard]] SourceState* source_to_write(const std::string& source);
  // What the profile maps in a store that is to be written; looked up when no scan did. Nothing when the store is not there any more.
  [[nodiscard]] std::vector<RelationMapping> mappings_in(SourceState& state, const StoreInfo& info);
  [[nodiscard]] std::vector<bool> still_holding(const std::vector<const FindingRow*>& rows, const Report& report,
                                                const std::vector<View>& views) override;
  [[nodiscard]] std::optional<std::vector<bool>> still_holding_of(const std::string& check, const FindingRows& all, const std::vector<std::size_t>& rows, const Report& report,
                                                                  const std::vector<View>& views) override;
  [[nodiscard]] std::optional<std::vector<Answer>> ask(const Check& check, const std::string& query, const std::vector<const FindingRow*>& rows,
                                                       const Report& report) override;
  // Runs the checks; afterwards checks() and drafts() say what came of it.
  void audit();
  // After audit() was ended by the deadline: what it knows by then is all, and the rest has failed.
  void run_out_of_time();
  void report(ScanResult& result);

 private:
  // Of these findings the ones whose rows and answers are what their changes were planned from.
  [[nodiscard]] Fingerprints unchanged(const std::map<std::string, std::vector<ConcernedRow>>& by_check, const Report& report, const ValuesOf& now, const std::vector<View>& views);
  // A query of one of the check's repairs, for these findings alone, on new snapshots and the views; nullopt when it cannot be told.
  [[nodiscard]] std::optional<std::vector<Answer>> answers_to(const Check& check, const std::string& query, const std::vector<const FindingRow*>& rows,
                                                              const Report& report, const std::vector<View>* views);
  // True when every relation that this profile does not have is one that the check can do without: there are no rows of it.
  [[nodiscard]] bool is_elsewhere(const Check& question) const;
  // Rows are for planning: nobody asks for those of a check without repairs.
  static void take(const Drafts& drafts, bool without_rows, ScanResult& result);
  [[nodiscard]] bool asked(const Check& check) const;
  // Those that were asked for; those that might explain their findings better become better_.
  [[nodiscard]] std::vector<CheckRun> bind_checks();
  // Runs these for what was found, on the same snapshots, and puts them behind checks_ and drafts_.
  void look_for_better();
  [[nodiscard]] std::optional<Severity> severity(const Check& check) const;
  void find_needed();
  // Where the condition cannot be told, the source counts as needed: absent is not empty.
  [[nodiscard]] bool is_needed(const ProfileSource& source);
  void run_once();
  // Takes the rows: a million of them are not held twice.
  [[nodiscard]] std::vector<Drafts> make_drafts(std::vector<CheckRun>& checks) const;
  // After confirming: what turned out not to be so hides nothing.
  void supersede_findings();
  void give_up_if_changed(SourceState& state);
  // False also for one store without an engine of its own: its rows were read one after the other while its application went on.
  [[nodiscard]] bool at_one_instant(const CheckRun& check);
  // Two stores are never read at the same instant, and not all of them keep still: what rests on two of them is looked at again, in both, on a new snapshot.
  void confirm();
  // The same check, to be run for some keys alone.
  [[nodiscard]] static CheckRun run_again(const CheckRun& check);
  static void confine(CheckRun& run, const CheckRun& first, const Value& id, const std::string& scope);
  // A store's location in a journal may be spelled in full.
  [[nodiscard]] static bool same_location(const std::string& a, const std::string& b);
  // Runs of the checks that may explain these findings better by now; parallel to them, their places among all.
  [[nodiscard]] std::vector<CheckRun> better_ones(const std::set<std::string>& ids, std::vector<std::size_t>& positions) const;
  // False when a store changed while it was read. Views are read in place of the stores that they stand for.
  [[nodiscard]] bool read_again(std::vector<CheckRun>& checks, const std::vector<std::size_t>& positions, const std::vector<View>* views = nullptr);
  // Of sources with many stores the ones that have findings, where no check has to read all of them.
  [[nodiscard]] std::map<std::string, std::set<std::string>> concerned(const std::vector<CheckRun>& again,
                                                                       const std::vector<std::size_t>& positions);
  // True when every store that gives rows of the relation is one whose rows are of different moments: there a row is asked for by its key.
  [[nodiscard]] bool is_moving(SourceSet& fresh, const std::string& relation) const;
  // Of many stores the ones that cannot be read hide nothing of the others.
  void keep_confirmed(CheckRun& check, Drafts& drafts, const CheckRun& again);

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
  std::vector<CheckRun> better_;  // that nobody asked for
  SourceSet::Visit visited_;
  std::string visited_location_;
  Remembered remembered_;
};

}  // namespace audit
