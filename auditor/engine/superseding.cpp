#include "auditor/engine/superseding.hpp"

#include <algorithm>
#include <map>

#include "auditor/model/cells.hpp"
#include "auditor/sys/digest.hpp"

namespace audit {

namespace {

std::string why_bad(const SourceState& state) { return "source '" + state.name() + "': " + state.first_bad()->detail; }

// Why the check could not look; "" when it did, or has nothing to look for in this profile.
std::string blindness(const CheckRun& check, SourceSet& sources) {
  if (check.report.status == CheckStatus::failed) return check.report.reason;
  if (check.report.status != CheckStatus::not_applicable || check.bound.is_foreign) return {};
  // What cannot be read may have decided what the profile has. What is not there, and needed by nothing, explains nothing.
  for (const auto& state : sources.states()) {
    if (state.status() == StoreStatus::unknown) return why_bad(state);
  }
  return {};
}

std::string subject_key(const std::string& check, const Subject& subject, const std::string& id) {
  std::string key;
  for (const auto* part : {&check, &subject.relation, &subject.source, &subject.scope, &id}) key += std::to_string(part->size()) + ":" + *part;
  return key;
}

}  // namespace

bool supersedes(const Check& check, const std::string& id) { return std::find(check.supersedes.begin(), check.supersedes.end(), id) != check.supersedes.end(); }

void supersede(std::vector<Drafts>& drafts, const std::vector<const Check*>& checks) {
  std::set<std::string> present;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (!drafts[i].findings.empty()) present.insert(checks[i]->id);
  }
  std::unordered_set<Digest128, Digest128Hash> superseded;
  std::set<std::string> concerned;
  FindingRow row;
  Finding finding;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    for (const auto& other : checks[i]->supersedes) {
      if (!present.contains(other)) continue;
      concerned.insert(other);
      for (std::size_t r = 0; r < drafts[i].rows.size(); ++r) {
        drafts[i].rows.read(r, row);
        if (r == 0 || row.finding != drafts[i].rows.finding_of(r - 1)) drafts[i].findings.read(row.finding, finding);
        superseded.insert(digest128(subject_key(other, finding.subject, to_text(cell_of(row.cells, drafts[i].id_column)))));
      }
    }
  }
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Drafts& list = drafts[i];
    if (!concerned.contains(checks[i]->id)) continue;
    // A group goes when all its members do.
    std::vector<bool> stays(list.findings.size(), false);
    for (std::size_t r = 0; r < list.rows.size(); ++r) {
      if (stays[list.rows.finding_of(r)]) continue;
      list.rows.read(r, row);
      list.findings.read(row.finding, finding);
      stays[row.finding] = !superseded.contains(digest128(subject_key(finding.check, finding.subject, to_text(cell_of(row.cells, list.id_column)))));
    }
    list.keep_if([&](std::size_t position) { return stays[position]; });
  }
}

void Superseded::add(const CheckRun& better) {
  blind_ = blind_ || better.report.status != CheckStatus::ran;
  for (const Row& row : better.rows) add(better.bound, row);
}

void Superseded::listen_to(CheckRun& better, const BoundCheck& bound) {
  better.wanted = {"subject", "source", "scope", bound.id_column};
  better.each = [this, &bound](const Row& row) { add(bound, row); };
}

void Superseded::add(const BoundCheck& bound, const Row& row) {
  const auto text = [&](const std::string& column) {
    const auto found = std::find(bound.outputs.begin(), bound.outputs.end(), column);
    return found == bound.outputs.end() ? std::string() : to_text(row[static_cast<std::size_t>(found - bound.outputs.begin())]);
  };
  const std::string stated = text("subject");
  const Subject subject{stated.empty() ? bound.check->subject : stated, text("source"), text("scope"), ""};
  for (const auto& other : bound.check->supersedes) {
    if (ids_.contains(other)) subjects_.insert(digest128(subject_key(other, subject, text(bound.id_column))));
  }
}

void Superseded::ask(const Digest128& print, const Finding& head, const std::string& id) {
  const bool explained = blind_ || subjects_.contains(digest128(subject_key(head.check, head.subject, id)));
  const auto [known, first] = whole_.emplace(print, explained);
  if (!first && !explained) known->second = false;
}

bool Superseded::whole(const Digest128& print) const {
  const auto known = whole_.find(print);
  return known != whole_.end() && known->second;
}

std::set<std::string> superseding(const std::vector<Check>& all, const std::set<std::string>& ids) {
  std::set<std::string> found;
  for (const auto& check : all) {
    if (std::any_of(check.supersedes.begin(), check.supersedes.end(), [&](const std::string& id) { return ids.contains(id); })) found.insert(check.id);
  }
  return found;
}

void hold_back(const std::vector<CheckRun>& checks, SourceSet& sources, std::vector<Drafts>& drafts) {
  std::map<std::string, std::string> held;  // check → why
  for (const auto& check : checks) {
    const std::string why = blindness(check, sources);
    if (why.empty()) continue;
    for (const auto& other : check.bound.check->supersedes) held.emplace(other, check.bound.check->id + ", which may explain it better, could not run: " + why);
  }
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const auto why = held.find(checks[i].bound.check->id);
    if (why == held.end()) continue;
    FindingList& findings = drafts[i].findings;
    drafts[i].rows.clear();
    Finding finding;
    for (std::size_t position = 0; position < findings.size(); ++position) {
      findings.read(position, finding);
      if (!is_mendable(finding)) break;  // those of one check have the same repairs
      finding.refusal = why->second;
      findings.put(position, finding);
    }
  }
}

bool concerns(const CheckRun& check, const std::vector<CheckRun>& checks, const std::vector<Drafts>& drafts) {
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (!drafts[i].findings.empty() && supersedes(*check.bound.check, checks[i].bound.check->id)) return true;
  }
  return false;
}

}  // namespace audit
