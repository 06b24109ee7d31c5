#pragma once
// Many changes.

#include "auditor/model/change.hpp"
#include "auditor/model/spill_list.hpp"

namespace audit {

struct ChangeForm {
  // First what tells and counts a change: all but its rows and cells.
  static void encode(RecordWriter& record, const Change& change);
  static void decode(RecordReader& record, Change& change, bool head);
  static void apply(std::uint16_t mark, Change& change);
};

class ChangeList : public SpillList<Change, ChangeForm> {
 public:
  using SpillList::SpillList;
  // From now on every change is what a report shows of it (keep_shown_part()).
  void redact();
};

}  // namespace audit
