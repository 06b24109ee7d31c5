#include "auditor/engine/findings.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <unordered_map>

#include "auditor/engine/sorter.hpp"
#include "auditor/engine/wording.hpp"

namespace audit {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

void append_text(std::string& out, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    out += *text;
  } else {
    out += to_text(value);
  }
}

bool contains(const std::vector<std::string>& list, const std::string& name) { return std::find(list.begin(), list.end(), name) != list.end(); }

// What makes two rows of a check the same finding.
class Identity {
 public:
  Identity(const BoundCheck& bound, const std::string& profile) : check_(*bound.check), outputs_(bound.outputs) {
    append_part(prefix_, check_.id);
    append_part(prefix_, profile);
    subject_ = position("subject");
    parts_ = {position("source"), position("scope")};
    if (check_.group.empty()) parts_.push_back(position(bound.id_column));
    for (const auto& column : check_.group) parts_.push_back(position(column));
    for (const auto& column : check_.identity) parts_.push_back(position(column));
  }

  [[nodiscard]] std::size_t position(const std::string& column) const {
    const auto found = std::find(outputs_.begin(), outputs_.end(), column);
    return found == outputs_.end() ? kNone : static_cast<std::size_t>(found - outputs_.begin());
  }

  [[nodiscard]] static std::string text(const Row& row, std::size_t column) { return column == kNone ? std::string() : to_text(row[column]); }

  [[nodiscard]] std::string relation(const Row& row) const {
    std::string stated = text(row, subject_);
    return stated.empty() ? check_.subject : stated;
  }

  // Never a time, never a position. Parts are separated by their lengths. Valid until the next call.
  [[nodiscard]] const std::string& of(const Row& row) {
    key_ = prefix_;
    append_part(key_, relation(row));
    for (const std::size_t column : parts_) {
      part_.clear();
      if (column != kNone) append_text(part_, row[column]);
      append_part(key_, part_);
    }
    return key_;
  }

 private:
  static void append_part(std::string& key, const std::string& part) {
    key += std::to_string(part.size());
    key += ':';
    key += part;
  }

  const Check& check_;
  const std::vector<std::string>& outputs_;
  std::string prefix_;
  std::size_t subject_ = kNone;
  std::vector<std::size_t> parts_;
  std::string key_;
  std::string part_;
};

class Maker {
 public:
  Maker(const BoundCheck& bound, const std::string& profile, std::optional<Severity> severity, std::int64_t now)
      : bound_(bound), check_(*bound.check), profile_(profile), severity_(severity), identity_(bound, profile), wording_(check_, bound.outputs, now) {
    source_ = identity_.position("source");
    scope_ = identity_.position("scope");
    id_ = identity_.position(bound.id_column);
    stated_severity_ = identity_.position("severity");
    for (const auto& column : bound.outputs) {
      const bool structure = column == "source" || column == "scope" || column == "severity" || column == "subject" || column == bound.id_column;
      evident_.push_back(!structure && (check_.group.empty() || contains(check_.group, column)));
    }
  }

  void make(const RowList& rows, const DraftSink& sink) {
    if (rows.empty()) return;
    if (check_.group.empty()) {
      make_sorted(rows, sink);
    } else {
      make_grouped(rows, sink);
    }
  }

 private:
  // A finding has few rows, and where it stands is in each of them: they are sorted, and neighbours are one finding.
  void make_sorted(const RowList& rows, const DraftSink& sink) {
    Sorter sorter;
    WordTable none;
    std::string key;
    std::string record;
    RecordWriter writer(record, none);
    for (const Row& row : rows) {
      key.clear();
      for (const std::size_t column : {source_, scope_, id_}) {
        text_.clear();
        if (column != kNone) append_text(text_, row[column]);
        append_sort_key(key, text_);
      }
      key += sha256_start(identity_.of(row));
      record.clear();
      RowForm::encode(writer, row);
      sorter.add(key, record);
    }
    std::vector<Row> bucket;
    std::string last;
    std::size_t filled = 0;
    const auto flush = [&] {
      if (filled == 0) return;
      bucket.resize(filled);
      sink(draft(std::string_view(last).substr(last.size() - sizeof(Digest128)), bucket));
      filled = 0;
    };
    sorter.drain([&](std::string_view sorted_key, std::string_view sorted_record) {
      if (sorted_key != last) flush();
      last = sorted_key;
      if (filled == bucket.size()) bucket.emplace_back();
      RecordReader reader(sorted_record, none);
      RowForm::decode(reader, bucket[filled++], false);
    });
    flush();
  }

  // The members of a group are all in one finding, so all are in memory.
  void make_grouped(const RowList& rows, const DraftSink& sink) {
    std::unordered_map<std::string, std::vector<Row>> buckets;
    for (const Row& row : rows) buckets[identity_.of(row)].push_back(row);
    std::vector<DraftFinding> drafts;
    drafts.reserve(buckets.size());
    for (auto& [key, bucket] : buckets) drafts.push_back(draft(sha256_start(key), bucket));
    std::sort(drafts.begin(), drafts.end(), [](const DraftFinding& a, const DraftFinding& b) {
      const auto order = [](const Finding& f) { return std::tie(f.subject.source, f.subject.scope, f.subject.id, f.fingerprint); };
      return order(a.finding) < order(b.finding);
    });
    for (const auto& each : drafts) sink(each);
  }

  // The rows of a bucket in a stable order, so that the evidence of a subject with several rows does not depend on a store's plan.
  const DraftFinding& draft(std::string_view fingerprint, std::vector<Row>& bucket) {
    if (bucket.size() > 1) put_in_order(bucket);
    const Row& first = bucket.front();
    Finding& finding = draft_.finding;
    finding.check = check_.id;
    finding.profile = profile_;
    finding.severity = severity_.value_or(worst(bucket));
    finding.subject = {identity_.relation(first), Identity::text(first, source_), Identity::text(first, scope_), Identity::text(first, id_)};
    finding.fingerprint = hex_digits(fingerprint);
    draft_.rows.resize(bucket.size());
    for (std::size_t row = 0; row < bucket.size(); ++row) {
      Cells& cells = draft_.rows[row];
      cells.resize(bound_.outputs.size());
      for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i].first = bound_.outputs[i];
        cells[i].second = bucket[row][i];
      }
    }
    add_evidence(bucket);
    wording_.write(first, finding);
    finding.repairs.clear();
    for (const auto& repair : check_.repairs) finding.repairs.push_back({repair.name, repair.applicability, false});
    return draft_;
  }

  void put_in_order(std::vector<Row>& bucket) const {
    std::vector<std::pair<std::pair<std::string, std::string>, std::size_t>> order;
    for (std::size_t i = 0; i < bucket.size(); ++i) {
      std::string all;
      for (const auto& value : bucket[i]) all += to_text(value) + '\0';
      order.push_back({{Identity::text(bucket[i], id_), std::move(all)}, i});
    }
    std::sort(order.begin(), order.end());
    std::vector<Row> sorted;
    sorted.reserve(bucket.size());
    for (const auto& [key, position] : order) sorted.push_back(std::move(bucket[position]));
    bucket = std::move(sorted);
  }

  [[nodiscard]] Severity worst(const std::vector<Row>& bucket) const {
    Severity severity = Severity::note;
    for (const Row& row : bucket) {
      const auto stated = stated_severity_ == kNone ? std::nullopt : severity_from(Identity::text(row, stated_severity_));
      severity = std::max(severity, stated.value_or(check_.severity));
    }
    return severity;
  }

  void add_evidence(const std::vector<Row>& bucket) {
    auto& evidence = draft_.finding.evidence;
    evidence.clear();
    const Row& first = bucket.front();
    for (std::size_t i = 0; i < bound_.outputs.size(); ++i) {
      if (evident_[i] && !is_null(first[i])) evidence.push_back({bound_.outputs[i], first[i], {}, false});
    }
    if (check_.group.empty()) return;
    Evidence members{"members", {}, {}, true};
    std::set<std::string> seen;
    for (const auto& row : bucket) {
      std::string id = Identity::text(row, id_);
      if (seen.insert(id).second) members.many.emplace_back(std::move(id));
    }
    evidence.push_back({"count", static_cast<std::int64_t>(members.many.size()), {}, false});
    evidence.push_back(std::move(members));
  }

  const BoundCheck& bound_;
  const Check& check_;
  const std::string& profile_;
  std::optional<Severity> severity_;
  Identity identity_;
  Wording wording_;
  std::size_t source_ = kNone, scope_ = kNone, id_ = kNone, stated_severity_ = kNone;
  std::vector<bool> evident_;  // columns that are shown
  std::string text_;
  DraftFinding draft_;
};

}  // namespace

bool is_mendable(const Finding& finding) {
  return std::any_of(finding.repairs.begin(), finding.repairs.end(), [](const OfferedRepair& repair) { return repair.applicability != Applicability::manual; });
}

void Drafts::add(const DraftFinding& draft) {
  for (const auto& cells : draft.rows) rows.add(findings.size(), cells);
  findings.push_back(draft.finding);
}

void Drafts::keep_if(const std::function<bool(std::size_t)>& keep) {
  std::vector<std::size_t> moved(findings.size(), kNone);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < moved.size(); ++i) {
    if (keep(i)) moved[i] = kept++;
  }
  if (kept == moved.size()) return;
  findings.keep_if([&](std::size_t i) { return moved[i] != kNone; });
  FindingRows left;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (const std::size_t to = moved[rows.finding_of(row)]; to != kNone) left.take(rows, row, to);
  }
  rows = std::move(left);
}

void make_findings(const BoundCheck& bound, const std::string& profile, const RowList& rows, std::optional<Severity> severity, std::int64_t now,
                   const DraftSink& sink) {
  Maker(bound, profile, severity, now).make(rows, sink);
}

std::vector<DraftFinding> make_findings(const BoundCheck& bound, const std::string& profile, const RowList& rows, std::optional<Severity> severity,
                                        std::int64_t now) {
  std::vector<DraftFinding> drafts;
  make_findings(bound, profile, rows, severity, now, [&](const DraftFinding& draft) { drafts.push_back(draft); });
  return drafts;
}

Fingerprints fingerprints_of(const BoundCheck& bound, const std::string& profile, const RowList& rows) {
  Fingerprints prints;
  identify(bound, profile, rows, [&](const Digest128& print, const Row& /*row*/) { prints.insert(print); });
  return prints;
}

std::set<std::string> identity_columns(const BoundCheck& bound) {
  std::set<std::string> columns = {"subject", "source", "scope", bound.id_column};
  for (const auto* names : {&bound.check->group, &bound.check->identity}) columns.insert(names->begin(), names->end());
  return columns;
}

std::function<Digest128(const Row&)> fingerprinter(const BoundCheck& bound, const std::string& profile) {
  return [identity = Identity(bound, profile)](const Row& row) mutable { return packed_bytes(sha256_start(identity.of(row))); };
}

void identify(const BoundCheck& bound, const std::string& profile, const RowList& rows, const std::function<void(const Digest128& print, const Row& row)>& sink) {
  const auto print_of = fingerprinter(bound, profile);
  for (const Row& row : rows) sink(print_of(row), row);
}

}  // namespace audit
