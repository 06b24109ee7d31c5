#pragma once
// Checks whose findings take the place of those of others: what is wrong with a subject is said once, by the check that knows best.

#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "auditor/engine/findings.hpp"
#include "auditor/engine/run.hpp"

namespace audit {

[[nodiscard]] bool supersedes(const Check& check, const std::string& id);
// Ids of the checks whose findings would take the place of findings of these. They have to run wherever these do.
[[nodiscard]] std::set<std::string> superseding(const std::vector<Check>& all, const std::set<std::string>& ids);

// Removes findings whose check another finding about the same subject supersedes. `checks` are parallel to `drafts`.
void supersede(std::vector<Drafts>& drafts, const std::vector<const Check*>& checks);

// The same for findings of an earlier scan: whether by now other checks explain them better.
class Superseded {
 public:
  // `ids`: the checks that those findings are of.
  explicit Superseded(std::set<std::string> ids) : ids_(std::move(ids)) {}
  // What such a check found. One that could not run may explain everything.
  void add(const CheckRun& better);
  // The same while it runs. `bound` and this object stay where they are until it has.
  void listen_to(CheckRun& better, const BoundCheck& bound);
  [[nodiscard]] bool empty() const { return subjects_.empty() && !blind_; }
  // Looks for a row of the finding with this fingerprint and head. As in a scan, a group is explained when all its rows are.
  void ask(const Digest128& print, const Finding& head, const std::string& id);
  [[nodiscard]] bool whole(const Digest128& print) const;

 private:
  void add(const BoundCheck& bound, const Row& row);

  std::set<std::string> ids_;
  bool blind_ = false;
  std::unordered_set<Digest128, Digest128Hash> subjects_;
  std::unordered_map<Digest128, bool, Digest128Hash> whole_;  // by fingerprint
};

// Nothing is planned for a finding that such a check might have explained had it been able to run: it loses its rows and says why. `drafts` are parallel to `checks`.
void hold_back(const std::vector<CheckRun>& checks, SourceSet& sources, std::vector<Drafts>& drafts);

// Whether some finding of the others is one that this check would have taken the place of.
[[nodiscard]] bool concerns(const CheckRun& check, const std::vector<CheckRun>& checks, const std::vector<Drafts>& drafts);

}  // namespace audit
