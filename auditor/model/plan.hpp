#pragma once
// What would be changed. A plan is a value: dry-run prints the object that repair applies.

#include <string>

#include "auditor/model/change_list.hpp"

namespace audit {

struct Plan {
  std::string id;  // of its contents; "" when there is nothing to do
  ChangeList changes;
  std::string refused;  // why a repair would not apply it (it is larger than the limits); "" when it would
};

// What a report shows of the changes. The journal keeps all.
inline void redact(Plan& plan) { plan.changes.redact(); }

}  // namespace audit
