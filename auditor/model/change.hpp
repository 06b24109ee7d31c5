#pragma once
// One physical row before and after, in the store's own names and values.

#include <string>
#include <vector>

#include "auditor/model/check.hpp"
#include "auditor/model/value.hpp"

namespace audit {

struct Change {
  ChangeOp op = ChangeOp::update;
  std::string profile;
  std::string relation;
  std::string source;
  std::string location;  // store that the row is in
  std::string table;
  Cells key;     // canonical columns of the relation
  Cells row;     // native primary key of the row
  Cells before;  // native columns; empty for an insert
  Cells after;   // native columns; empty for a delete
  std::string check;
  std::string repair;
  std::string finding;  // fingerprint
  Applicability applicability = Applicability::safe;
  // Its row holds what people wrote: of `before` and `after` a report shows these cells alone (redact()).
  bool confidential = false;
  std::vector<std::string> shown{};
  // Rows that go or change with this one because the store says so (foreign keys) or the profile does.
  bool consequence = false;
  bool one_of_many = false;  // of a change that is made for each row of a query: together they count once against the limits
};

// Takes away what a report does not show: the cells of confidential rows, and of rows that only go along, without what does not name them.
void keep_shown_part(Change& change);

}  // namespace audit
