// What is new since it was told last.

#include <algorithm>
#include <set>

#include "auditor/cli/notify.hpp"

namespace audit {

namespace {

bool wanted(const NotifySettings& settings, Occasion occasion) {
  return std::find(settings.on.begin(), settings.on.end(), occasion) != settings.on.end();
}

// Findings that a person has to know about.
std::map<std::string, Told> present_findings(const Report& report, Severity from, std::int64_t now) {
  std::map<std::string, Told> present;
  for (const Finding& finding : report.findings) {
    const bool counts = still_stands(finding.status);
    if (counts && finding.severity >= from) present[finding.fingerprint] = {finding.profile, finding.check, now};
  }
  return present;
}

std::map<std::string, Told> present_failures(const Report& report, std::int64_t now) {
  std::map<std::string, Told> present;
  for (const SourceReport& source : report.sources) {
    if (source.status != "ok" && source.needed) present[source.profile + "/" + source.name] = {source.profile, "", now};
  }
  for (const CheckReport& check : report.checks) {
    if (check.status == CheckStatus::failed) present[check.profile + "/" + check.check] = {check.profile, "", now};
  }
  if (!report.complete && present.empty()) present["run"] = {"", "", now};
  return present;
}

// What one kind of thing brings: appeared, gone, due again.
class Comparison {
 public:
  Comparison(const std::map<std::string, Told>& before, std::map<std::string, Told> present, std::int64_t remind,
             std::int64_t now)
      : present_(std::move(present)) {
    for (auto& [name, told] : present_) {
      const auto known = before.find(name);
      if (known == before.end()) {
        ++appeared_;
      } else {
        told.at = known->second.at;
        due_ = due_ || (remind > 0 && now - told.at >= remind);
      }
    }
  }

  // `seen` says whether the run would have found it.
  template <typename Seen>
  void count_gone(const std::map<std::string, Told>& before, const Seen& seen) {
    for (const auto& [name, told] : before) {
      if (present_.contains(name)) continue;
      if (seen(told)) {
        ++gone_;
      } else {
        present_[name] = told;  // not looked at: it stays as it was
      }
    }
  }

  void told(std::int64_t now) {
    for (auto& [name, told] : present_) told.at = now;
  }

  [[nodiscard]] std::int64_t appeared() const { return appeared_; }
  [[nodiscard]] std::int64_t gone() const { return gone_; }
  [[nodiscard]] bool due() const { return due_; }
  [[nodiscard]] const std::map<std::string, Told>& present() const { return present_; }

 private:
  std::map<std::string, Told> present_;
  std::int64_t appeared_ = 0;
  std::int64_t gone_ = 0;
  bool due_ = false;
};

bool repaired(const Report& report) {
  if (report.mode == "dry-run") return false;
  const auto findings = report.findings.heads();
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.status == FindingStatus::repaired; }) ||
         (report.mode == "undo" && !report.plan.changes.empty());
}

}  // namespace

News news_of(const Report& report, const NotifySettings& settings, const NotifyMemory& memory, std::int64_t now) {
  std::set<std::pair<std::string, std::string>> ran;
  std::set<std::string> profiles;
  for (const CheckReport& check : report.checks) {
    profiles.insert(check.profile);
    if (check.status == CheckStatus::ran) ran.emplace(check.profile, check.check);
  }
  Comparison findings(memory.findings, present_findings(report, settings.from, now), settings.remind, now);
  findings.count_gone(memory.findings, [&](const Told& told) {
    return report.complete && ran.contains({told.profile, told.check});
  });
  Comparison failures(memory.failures, present_failures(report, now), settings.remind, now);
  failures.count_gone(memory.failures, [&](const Told& told) {
    return report.complete && (told.profile.empty() || profiles.contains(told.profile));
  });

  News news;
  const auto tell = [&](Occasion occasion, bool holds) {
    if (holds && wanted(settings, occasion)) news.occasions.push_back(occasion);
  };
  tell(Occasion::findings, findings.appeared() > 0 || findings.due());
  tell(Occasion::repairs, repaired(report));
  tell(Occasion::failures, failures.appeared() > 0 || failures.due());
  tell(Occasion::recovery, findings.gone() > 0 || failures.gone() > 0 || report.mode == "recover");
  news.appeared = findings.appeared();
  news.gone = findings.gone();
  news.reminder = findings.appeared() == 0 && failures.appeared() == 0 && (findings.due() || failures.due());
  // The report shows all of it, so all of it was told.
  if (findings.appeared() > 0 || findings.due()) findings.told(now);
  if (failures.appeared() > 0 || failures.due()) failures.told(now);
  news.memory = {findings.present(), failures.present()};
  return news;
}

}  // namespace audit
