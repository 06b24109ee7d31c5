#include "reports/digest.hpp"

#include <algorithm>
#include <map>

#include "reports/display.hpp"
#include "reports/text_groups.hpp"

namespace audit {
namespace {

bool is_accepted(const Finding& finding) {
  return finding.status == FindingStatus::baseline || finding.status == FindingStatus::suppressed;
}

void count(CheckDigest& digest, const Finding& finding, std::size_t position, std::size_t cap) {
  if (is_accepted(finding)) {
    ++digest.accepted;
    return;
  }
  if (still_stands(finding.status)) {
    ++digest.fresh.at(static_cast<std::size_t>(finding.severity));
  } else {
    ++digest.settled;
  }
  digest.severity = std::max(digest.severity, finding.severity);
  if (digest.shown.size() < cap) digest.shown.push_back(position);
}

// Finds the digest of a check; the last one again is the usual case.
class Digests {
 public:
  CheckDigest& of(const std::string& profile, const std::string& check) {
    if (last_ < list_.size() && list_[last_].check == check && list_[last_].profile == profile) return list_[last_];
    const auto [place, is_new] = places_.emplace(std::pair(profile, check), list_.size());
    if (is_new) {
      CheckDigest digest;
      digest.profile = profile;
      digest.check = check;
      list_.push_back(std::move(digest));
    }
    last_ = place->second;
    return list_[last_];
  }
  std::vector<CheckDigest> take() { return std::move(list_); }

 private:
  std::vector<CheckDigest> list_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
  std::size_t last_ = 0;
};

}  // namespace

const std::string& CheckDigest::title() const {
  static const std::string kNone;
  return report == nullptr ? kNone : report->title;
}

std::vector<CheckDigest> digest(const Report& report, std::size_t cap) {
  Digests digests;
  for (const CheckReport& check : report.checks) digests.of(check.profile, check.check).report = &check;
  std::size_t position = 0;
  for (const Finding& finding : report.findings.heads()) count(digests.of(finding.profile, finding.check), finding, position++, cap);
  return digests.take();
}

std::vector<CheckDigest> worst_first(std::vector<CheckDigest> digests) {
  std::erase_if(digests, [](const CheckDigest& digest) { return digest.open() == 0; });
  std::stable_sort(digests.begin(), digests.end(), [](const CheckDigest& a, const CheckDigest& b) {
    if (a.severity != b.severity) return a.severity > b.severity;
    return a.open() > b.open();
  });
  return digests;
}

CheckTotals check_totals(const Report& report) {
  std::map<std::string, int> worst;
  for (const CheckReport& check : report.checks) {
    int& known = worst.emplace(check.check, 0).first->second;
    known = std::max(known, check.status == CheckStatus::failed ? 2 : check.status == CheckStatus::ran ? 1 : 0);
  }
  CheckTotals totals;
  for (const auto& [check, rank] : worst) {
    ++(rank == 2 ? totals.failed : rank == 1 ? totals.ran : totals.not_applicable);
  }
  return totals;
}

std::vector<std::string> troubles(const Report& report) {
  std::vector<std::string> lines;
  for (const SourceReport& source : report.sources) {
    if (source.status == "ok" || !source.needed) continue;
    lines.push_back(source.profile + " " + source.name + " (" + source.location + ") could not be read: " + source.detail +
                    (source.hint.empty() ? "" : "; " + source.hint));
  }
  for (const text_report::Failure& failure : text_report::group_failures(report)) {
    const auto number = static_cast<std::int64_t>(failure.checks.size());
    lines.push_back(failure.profile + ": " +
                    (number == 1 ? "check " + failure.checks.front() : counted(number, "check")) + " failed: " +
                    failure.reason);
  }
  return lines;
}

std::string totals_text(const Summary& summary) {
  std::string text = counted(summary.errors, "error") + ", " + counted(summary.warnings, "warning");
  if (summary.notes > 0) text += ", " + counted(summary.notes, "note");
  return text;
}

std::string safety_text(const Plan& plan) {
  std::map<Applicability, std::int64_t> numbers;
  for (const Change& change : plan.changes.heads()) ++numbers[change.applicability];
  if (numbers.size() == 1) return std::string("all ") + to_string(numbers.begin()->first);
  std::string text;
  for (const auto& [applicability, number] : numbers) {
    text += (text.empty() ? "" : ", ") + grouped(number) + " " + to_string(applicability);
  }
  return text;
}

std::string store_path(const Report& report, const std::string& profile, const std::string& source) {
  for (const SourceReport& one : report.sources) {
    if (one.profile != profile || one.name != source) continue;
    const bool file = one.adapter == "sqlite" || one.adapter == "files" || one.location.starts_with('/');
    if (file && !one.location.empty()) return one.location;
  }
  return profile + "/" + source;
}

}  // namespace audit
