#include "reports/text_groups.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace audit::text_report {

std::vector<ProfileGroups> group_findings(const Report& report) {
  std::vector<ProfileGroups> profiles;
  const auto profile_of = [&](const std::string& name) -> ProfileGroups& {
    const auto found = std::find_if(profiles.begin(), profiles.end(), [&](const auto& p) { return p.profile == name; });
    return found != profiles.end() ? *found : profiles.emplace_back(ProfileGroups{name, {}});
  };
  for (const SourceReport& source : report.sources) profile_of(source.profile);

  std::map<std::pair<std::string, std::string>, const CheckReport*> checks;
  for (const CheckReport& check : report.checks) checks.emplace(std::pair(check.profile, check.check), &check);

  struct Members {
    std::vector<std::uint32_t> refused, others;
  };
  std::map<std::tuple<std::string, std::string, Severity>, Members> members;
  std::uint32_t position = 0;
  for (const Finding& finding : report.findings.heads()) {
    const std::uint32_t own = position++;
    if (finding.status == FindingStatus::baseline || finding.status == FindingStatus::suppressed) continue;
    Members& all = members[{finding.profile, finding.check, finding.severity}];
    (finding.status == FindingStatus::refused ? all.refused : all.others).push_back(own);
  }
  for (auto& [key, lists] : members) {
    const auto& [profile, check, severity] = key;
    std::vector<std::uint32_t> findings = std::move(lists.refused);
    if (findings.empty()) {
      findings = std::move(lists.others);
    } else {
      findings.insert(findings.end(), lists.others.begin(), lists.others.end());
    }
    const auto known = checks.find({profile, check});
    const std::string title = known == checks.end() ? "" : known->second->title;
    profile_of(profile).groups.push_back({check, title, severity, std::move(findings)});
  }
  for (ProfileGroups& profile : profiles) {
    std::sort(profile.groups.begin(), profile.groups.end(), [](const Group& a, const Group& b) {
      if (a.severity != b.severity) return a.severity > b.severity;
      if (a.findings.size() != b.findings.size()) return a.findings.size() > b.findings.size();
      return a.check < b.check;
    });
  }
  std::erase_if(profiles, [](const ProfileGroups& profile) { return profile.groups.empty(); });
  return profiles;
}

CheckCounts count_checks(const Report& report) {
  const auto rank = [](CheckStatus status) {
    return status == CheckStatus::failed ? 2 : status == CheckStatus::ran ? 1 : 0;
  };
  std::map<std::string, int> worst;
  for (const CheckReport& check : report.checks) {
    int& known = worst.emplace(check.check, 0).first->second;
    known = std::max(known, rank(check.status));
  }
  CheckCounts counts;
  for (const auto& [check, status] : worst) {
    ++(status == 2 ? counts.failed : status == 1 ? counts.ran : counts.not_applicable);
  }
  return counts;
}

std::vector<Failure> group_failures(const Report& report) {
  std::vector<Failure> failures;
  for (const CheckReport& check : report.checks) {
    if (check.status != CheckStatus::failed) continue;
    const auto same = std::find_if(failures.begin(), failures.end(), [&](const Failure& failure) {
      return failure.profile == check.profile && failure.reason == check.reason;
    });
    Failure& failure = same != failures.end() ? *same : failures.emplace_back(Failure{check.profile, check.reason, {}});
    failure.checks.push_back(check.check);
  }
  return failures;
}

}  // namespace audit::text_report
