#include "auditor/repair/questions.hpp"

namespace audit {

const Answer* Questions::answer(OpenProfile& profile, const Check& check, const std::string& query, std::size_t row) {
  const auto [known, is_new] = asked_.try_emplace(profile.name() + '\0' + check.id + '\0' + query);
  if (is_new) known->second = ask(profile, check, query);
  if (!known->second.told) return nullptr;
  const auto found = known->second.answers.find(row);
  return found == known->second.answers.end() ? nullptr : &found->second;
}

Questions::Asked Questions::ask(OpenProfile& profile, const Check& check, const std::string& query) const {
  std::vector<const FindingRow*> rows;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < result_.rows.size(); ++i) {
    const Finding& finding = result_.report.findings[result_.rows[i].finding];
    if (finding.check != check.id || finding.profile != profile.name() || finding.status != FindingStatus::fresh) continue;
    rows.push_back(&result_.rows[i]);
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
