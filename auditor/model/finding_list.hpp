#pragma once
// Many findings.

#include "auditor/model/finding.hpp"
#include "auditor/model/spill_list.hpp"

namespace audit {

struct FindingForm {
  // First what tells and counts a finding: all but the subject's id, words, evidence, fingerprint and refusal.
  static void encode(RecordWriter& record, const Finding& finding);
  static void decode(RecordReader& record, Finding& finding, bool head);
  static void apply(std::uint16_t mark, Finding& finding);
};

class FindingList : public SpillList<Finding, FindingForm> {
 public:
  using SpillList::SpillList;
  // Without writing it anew.
  void set_status(std::size_t position, FindingStatus status);
  // The one of its repairs, counted from 0, that is selected; no other is.
  void select(std::size_t position, std::size_t repair);
};

}  // namespace audit
