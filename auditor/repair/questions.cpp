#include "auditor/repair/questions.hpp"

#include <deque>

namespace audit {

const Answer* Questions::answer(OpenProfile& profile, const Check& check, const std::string& query, std::size_t row) {
  const auto [known, is_new] = asked_.try_emplace(profile.name() + '\0' + check.id + '\0' + query);
  if (is_new) known->second = ask(profile, check, query);
  if (!known->second.told) return nullptr;
  const auto found = known->second.answers.find(row);
  return found == known->second.answers.end() ? nullptr : &found->second;
}

Questions::Asked Questions::ask(OpenProfile& profile, const Check& check, const std::string& query) const {
  std::deque<FindingRow> held;
  std::vector<const FindingRow*> rows;
  std::vector<std::size_t> places;
  Finding finding;
  for (std::size_t i = 0; i < result_.rows.size(); ++i) {
    result_.report.findings.read_head(result_.rows.finding_of(i), finding);
    if (finding.check != check.id || finding.profile != profile.name() || finding.status != FindingStatus::fresh) continue;
    result_.rows.read(i, held.emplace_back());
    rows.push_back(&held.back());
    places.push_back(i);
  }
  Asked asked;
  auto answers = profile.ask(check, query, rows, result_.report);
  if (!answers.has_value()) return asked;
  asked.told = true;
  for (std::size_t i = 0; i < places.size(); ++i) asked.answers[places[i]] = std::move((*answers)[i]);
  return asked;
}

}  // namespace audit
