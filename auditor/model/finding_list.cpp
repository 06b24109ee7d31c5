#include "auditor/model/finding_list.hpp"

namespace audit {

namespace {

// A mark: 1 and the status in the low bits, 1 and the number of the selected repair above them; 0 where the record holds.
constexpr unsigned kStatusBits = 4;
constexpr std::uint16_t kStatus = (1U << kStatusBits) - 1;
constexpr std::size_t kSelectable = 255;

constexpr std::uint64_t kListed = 1;

void encode_evidence(RecordWriter& record, const Evidence& fact) {
  record.word(fact.name).number(fact.is_list ? kListed : 0);
  if (!fact.is_list) {
    record.value(fact.value);
    return;
  }
  record.number(fact.many.size());
  for (const Value& value : fact.many) record.value(value);
}

void decode_evidence(RecordReader& record, Evidence& fact) {
  record.word(fact.name);
  fact.is_list = record.number() == kListed;
  fact.many.resize(0);
  if (!fact.is_list) {
    record.value(fact.value);
    return;
  }
  fact.value = {};
  fact.many.resize(record.number());
  for (Value& value : fact.many) record.value(value);
}

}  // namespace

void FindingForm::encode(RecordWriter& record, const Finding& finding) {
  record.word(finding.check).word(finding.profile);
  record.number(static_cast<std::uint64_t>(finding.severity)).number(static_cast<std::uint64_t>(finding.status));
  record.word(finding.subject.relation).word(finding.subject.source);
  record.number(finding.repairs.size());
  for (const OfferedRepair& repair : finding.repairs) {
    record.word(repair.name).number(static_cast<std::uint64_t>(repair.applicability)).number(repair.selected ? 1 : 0);
  }
  record.text(finding.subject.scope).text(finding.fingerprint);
  record.text(finding.subject.id).text(finding.message).text(finding.brief);
  record.text(finding.refusal).number(finding.evidence.size());
  for (const Evidence& fact : finding.evidence) encode_evidence(record, fact);
}

void FindingForm::decode(RecordReader& record, Finding& finding, bool head) {
  record.word(finding.check);
  record.word(finding.profile);
  finding.severity = static_cast<Severity>(record.number());
  finding.status = static_cast<FindingStatus>(record.number());
  record.word(finding.subject.relation);
  record.word(finding.subject.source);
  finding.repairs.resize(record.number());
  for (OfferedRepair& repair : finding.repairs) {
    record.word(repair.name);
    repair.applicability = static_cast<Applicability>(record.number());
    repair.selected = record.number() != 0;
  }
  record.text(finding.subject.scope);
  record.text(finding.fingerprint);
  if (head) return;
  record.text(finding.subject.id);
  record.text(finding.message);
  record.text(finding.brief);
  record.text(finding.refusal);
  finding.evidence.resize(record.number());
  for (Evidence& fact : finding.evidence) decode_evidence(record, fact);
}

void FindingForm::apply(std::uint16_t mark, Finding& finding) {
  if (const unsigned status = mark & kStatus; status > 0) finding.status = static_cast<FindingStatus>(status - 1);
  const std::size_t selected = mark >> kStatusBits;
  for (std::size_t i = 0; selected > 0 && i < finding.repairs.size(); ++i) finding.repairs[i].selected = i + 1 == selected;
}

void FindingList::set_status(std::size_t position, FindingStatus status) {
  set_mark(position, static_cast<std::uint16_t>((mark(position) & ~kStatus) | (static_cast<unsigned>(status) + 1)));
}

void FindingList::select(std::size_t position, std::size_t repair) {
  if (repair < kSelectable) {
    set_mark(position, static_cast<std::uint16_t>((mark(position) & kStatus) | ((repair + 1) << kStatusBits)));
    return;
  }
  Finding finding = (*this)[position];
  for (std::size_t i = 0; i < finding.repairs.size(); ++i) finding.repairs[i].selected = i == repair;
  put(position, finding);
}

}  // namespace audit
