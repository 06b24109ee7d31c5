#include "auditor/model/change_list.hpp"

namespace audit {

namespace {

constexpr std::uint16_t kRedacted = 1;

}  // namespace

void ChangeForm::encode(RecordWriter& record, const Change& change) {
  record.number(static_cast<std::uint64_t>(change.op)).number(static_cast<std::uint64_t>(change.applicability));
  record.number((change.confidential ? 1U : 0U) | (change.consequence ? 2U : 0U) | (change.one_of_many ? 4U : 0U));
  record.word(change.profile).word(change.relation).word(change.source).word(change.location).word(change.table);
  record.word(change.check).word(change.repair).text(change.finding);
  record.cells(change.key).cells(change.row).cells(change.before).cells(change.after).number(change.shown.size());
  for (const std::string& column : change.shown) record.word(column);
}

void ChangeForm::decode(RecordReader& record, Change& change, bool head) {
  change.op = static_cast<ChangeOp>(record.number());
  change.applicability = static_cast<Applicability>(record.number());
  const std::uint64_t flags = record.number();
  change.confidential = (flags & 1U) != 0;
  change.consequence = (flags & 2U) != 0;
  change.one_of_many = (flags & 4U) != 0;
  for (std::string* word : {&change.profile, &change.relation, &change.source, &change.location, &change.table, &change.check, &change.repair}) {
    record.word(*word);
  }
  record.text(change.finding);
  if (head) return;
  for (Cells* cells : {&change.key, &change.row, &change.before, &change.after}) record.cells(*cells);
  change.shown.resize(record.number());
  for (std::string& column : change.shown) record.word(column);
}

void ChangeForm::apply(std::uint16_t mark, Change& change) {
  if (mark == kRedacted) keep_shown_part(change);
}

void ChangeList::redact() {
  for (std::size_t i = 0; i < size(); ++i) set_mark(i, kRedacted);
}

}  // namespace audit
