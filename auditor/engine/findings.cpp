#include "auditor/engine/findings.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <unordered_map>

#include "auditor/sys/clock.hpp"
#include "auditor/sys/digest.hpp"

namespace audit {

namespace {

constexpr std::size_t kShortenFrom = 24;
constexpr std::size_t kListedMembers = 3;

enum class Words { exact, brief };

// Long ids of hex digits and dashes are recognized by their ends; words and paths stay whole.
std::string shortened(const std::string& text) {
  const bool is_id = text.size() >= kShortenFrom && std::all_of(text.begin(), text.end(), [](unsigned char c) {
                       return std::isxdigit(c) != 0 || c == '-';
                     });
  return is_id ? text.substr(0, 4) + "…" + text.substr(text.size() - 4) : text;
}

std::string time_in_words(std::int64_t at, std::int64_t now) {
  return at <= now ? span_in_words(now - at) + " ago" : "in " + span_in_words(at - now);
}

std::string word_for(const std::string& name, const Value& value, Words words, std::int64_t now) {
  if (is_null(value)) return words == Words::exact ? "null" : "nothing";
  if (is_time_column(name) && std::holds_alternative<std::int64_t>(value)) {
    const auto at = std::get<std::int64_t>(value);
    return words == Words::exact ? format_time(at) : time_in_words(at, now);
  }
  return words == Words::exact ? to_text(value) : shortened(to_text(value));
}

std::string word_for(const Evidence& evidence, Words words, std::int64_t now) {
  if (!evidence.is_list) return word_for(evidence.name, evidence.value, words, now);
  std::string list;
  const std::size_t shown = words == Words::exact ? evidence.many.size() : std::min(evidence.many.size(), kListedMembers);
  for (std::size_t i = 0; i < shown; ++i) list += (i == 0 ? "" : ", ") + word_for(evidence.name, evidence.many[i], words, now);
  if (shown < evidence.many.size()) list += " and " + std::to_string(evidence.many.size() - shown) + " more";
  return list;
}

std::string fill(const std::string& pattern, const std::vector<Evidence>& known, Words words, std::int64_t now) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size();) {
    const auto close = pattern[i] == '{' ? pattern.find('}', i) : std::string::npos;
    if (close == std::string::npos) {
      text += pattern[i++];
      continue;
    }
    const std::string name = pattern.substr(i + 1, close - i - 1);
    const auto found = std::find_if(known.begin(), known.end(), [&](const Evidence& e) { return e.name == name; });
    text += found == known.end() ? pattern.substr(i, close - i + 1) : word_for(*found, words, now);
    i = close + 1;
  }
  return text;
}

class Maker {
 public:
  Maker(const BoundCheck& bound, const std::string& profile, std::optional<Severity> severity, std::int64_t now)
      : bound_(bound), check_(*bound.check), profile_(profile), severity_(severity), now_(now) {}

  std::vector<DraftFinding> make(const std::vector<Row>& rows) {
    std::unordered_map<std::string, std::vector<const Row*>> buckets;
    buckets.reserve(rows.size());
    for (const auto& row : rows) buckets[identity(row)].push_back(&row);
    std::vector<DraftFinding> drafts;
    drafts.reserve(buckets.size());
    for (auto& [key, bucket] : buckets) drafts.push_back(draft(key, bucket));
    std::sort(drafts.begin(), drafts.end(), [](const DraftFinding& a, const DraftFinding& b) {
      const auto order = [](const Finding& f) {
        return std::tie(f.subject.source, f.subject.scope, f.subject.id, f.fingerprint);
      };
      return order(a.finding) < order(b.finding);
    });
    return drafts;
  }

 private:
  [[nodiscard]] Value cell(const Row& row, const std::string& column) const {
    const auto found = std::find(bound_.outputs.begin(), bound_.outputs.end(), column);
    return found == bound_.outputs.end() ? Value{} : row[static_cast<std::size_t>(found - bound_.outputs.begin())];
  }

  [[nodiscard]] std::string text(const Row& row, const std::string& column) const { return to_text(cell(row, column)); }

  [[nodiscard]] std::string relation(const Row& row) const {
    const std::string stated = text(row, "subject");
    return stated.empty() ? check_.subject : stated;
  }

  // What makes two rows the same finding: never a time, never a position. Parts are separated by their lengths.
  [[nodiscard]] std::string identity(const Row& row) const {
    std::vector<std::string> parts = {check_.id, profile_, relation(row), text(row, "source"), text(row, "scope")};
    if (check_.group.empty()) parts.push_back(text(row, bound_.id_column));
    for (const auto& column : check_.group) parts.push_back(text(row, column));
    for (const auto& column : check_.identity) parts.push_back(text(row, column));
    std::string key;
    for (const auto& part : parts) key += std::to_string(part.size()) + ":" + part;
    return key;
  }

  [[nodiscard]] bool is_structure(const std::string& column) const {
    return column == "source" || column == "scope" || column == "severity" || column == "subject" || column == bound_.id_column;
  }

  [[nodiscard]] bool is_grouping(const std::string& column) const {
    return std::find(check_.group.begin(), check_.group.end(), column) != check_.group.end();
  }

  // The rows of a bucket in a stable order, so that the evidence of a subject with several rows does not depend on a store's plan.
  DraftFinding draft(const std::string& key, std::vector<const Row*>& bucket) {
    const auto spelled = [](const Row& row) {
      std::string all;
      for (const auto& value : row) all += to_text(value) + '\0';
      return all;
    };
    std::sort(bucket.begin(), bucket.end(), [&](const Row* a, const Row* b) {
      return std::pair(text(*a, bound_.id_column), spelled(*a)) < std::pair(text(*b, bound_.id_column), spelled(*b));
    });
    const Row& first = *bucket.front();
    DraftFinding draft;
    Finding& finding = draft.finding;
    finding.check = check_.id;
    finding.profile = profile_;
    finding.severity = severity_.value_or(worst(bucket));
    finding.subject = {relation(first), text(first, "source"), text(first, "scope"), text(first, bound_.id_column)};
    finding.fingerprint = sha256_hex(key).substr(0, 32);
    draft.rows.reserve(bucket.size());
    draft.member_ids.reserve(bucket.size());
    for (const Row* row : bucket) {
      Cells cells;
      cells.reserve(bound_.outputs.size());
      for (std::size_t i = 0; i < bound_.outputs.size(); ++i) cells.emplace_back(bound_.outputs[i], (*row)[i]);
      draft.rows.push_back(std::move(cells));
      draft.member_ids.push_back(text(*row, bound_.id_column));
    }
    add_evidence(draft, first);
    add_words(draft, first);
    for (const auto& repair : check_.repairs) finding.repairs.push_back({repair.name, repair.applicability, false});
    return draft;
  }

  [[nodiscard]] Severity worst(const std::vector<const Row*>& bucket) const {
    Severity severity = Severity::note;
    for (const Row* row : bucket) severity = std::max(severity, severity_from(text(*row, "severity")).value_or(check_.severity));
    return severity;
  }

  void add_evidence(DraftFinding& draft, const Row& first) const {
    const bool grouped = !check_.group.empty();
    for (std::size_t i = 0; i < bound_.outputs.size(); ++i) {
      const std::string& column = bound_.outputs[i];
      if (is_structure(column) || is_null(first[i]) || (grouped && !is_grouping(column))) continue;
      draft.finding.evidence.push_back({column, first[i], {}, false});
    }
    if (!grouped) return;
    Evidence members{"members", {}, {}, true};
    std::set<std::string> seen;
    for (const auto& id : draft.member_ids) {
      if (seen.insert(id).second) members.many.emplace_back(id);
    }
    draft.finding.evidence.push_back({"count", static_cast<std::int64_t>(members.many.size()), {}, false});
    draft.finding.evidence.push_back(std::move(members));
  }

  void add_words(DraftFinding& draft, const Row& first) const {
    std::vector<Evidence> known = draft.finding.evidence;
    for (std::size_t i = 0; i < bound_.outputs.size(); ++i) known.push_back({bound_.outputs[i], first[i], {}, false});
    draft.finding.message = fill(check_.message, known, Words::exact, now_);
    draft.finding.brief = fill(check_.message, known, Words::brief, now_);
  }

  const BoundCheck& bound_;
  const Check& check_;
  const std::string& profile_;
  std::optional<Severity> severity_;
  std::int64_t now_;
};

}  // namespace

std::vector<DraftFinding> make_findings(const BoundCheck& bound, const std::string& profile, const std::vector<Row>& rows,
                                        std::optional<Severity> severity, std::int64_t now) {
  return Maker(bound, profile, severity, now).make(rows);
}

void supersede(std::vector<std::vector<DraftFinding>>& drafts, const std::vector<const Check*>& checks) {
  std::set<std::vector<std::string>> superseded;  // check, relation, source, scope, id
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (checks[i]->supersedes.empty()) continue;
    for (const auto& draft : drafts[i]) {
      const Subject& subject = draft.finding.subject;
      for (const auto& id : draft.member_ids) {
        for (const auto& other : checks[i]->supersedes) {
          superseded.insert({other, subject.relation, subject.source, subject.scope, id});
        }
      }
    }
  }
  for (auto& list : drafts) {
    // A group goes when all its members do.
    std::erase_if(list, [&](const DraftFinding& draft) {
      const Finding& f = draft.finding;
      return std::all_of(draft.member_ids.begin(), draft.member_ids.end(), [&](const std::string& id) {
        return superseded.contains({f.check, f.subject.relation, f.subject.source, f.subject.scope, id});
      });
    });
  }
}

std::string span_in_words(std::int64_t ms) {
  const std::int64_t seconds = ms / 1000;
  if (seconds < 120) return std::to_string(seconds) + " s";
  if (seconds < 2 * 3600) return std::to_string(seconds / 60) + " min";
  if (seconds < 2 * 86400) return std::to_string(seconds / 3600) + " h";
  if (seconds < 730 * 86400LL) return std::to_string(seconds / 86400) + " d";
  return std::to_string(seconds / (365 * 86400LL)) + " years";
}

}  // namespace audit
