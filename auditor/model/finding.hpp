#pragma once
// What a check found.

#include <string>
#include <utility>
#include <vector>

#include "auditor/model/check.hpp"
#include "auditor/model/value.hpp"

namespace audit {

struct Subject {
  std::string relation;
  std::string source;
  std::string scope;  // '' where the store has no partitions
  std::string id;     // exactly the application's own id, key or path
};

enum class FindingStatus { fresh, baseline, suppressed, repaired, dropped, refused };
[[nodiscard]] const char* to_string(FindingStatus status);  // new, baseline, ...
// True for what still stands and nobody accepted: it counts for the summary and the exit code.
[[nodiscard]] inline bool still_stands(FindingStatus status) { return status == FindingStatus::fresh || status == FindingStatus::refused; }

struct OfferedRepair {
  std::string name;
  Applicability applicability = Applicability::safe;
  bool selected = false;
};

// One thing to know about a finding. `many` holds the values where there are several (members of a group).
struct Evidence {
  std::string name;
  Value value;
  std::vector<Value> many;
  bool is_list = false;
};

struct Finding {
  std::string check;
  std::string profile;
  Severity severity = Severity::error;
  Subject subject;
  std::string message;               // times exact, for machines
  std::string brief;                 // times relative to now, ids shortened, for people
  std::vector<Evidence> evidence;    // in the order of the query's columns
  std::string fingerprint;           // 32 hex digits; holds neither times nor positions
  FindingStatus status = FindingStatus::fresh;
  std::vector<OfferedRepair> repairs;
  std::string refusal;               // why its repair is not made, or was not; "" when there is nothing to say
};

// True for evidence that holds a time in milliseconds: the name is `at`, `until` or ends in `_at`.
[[nodiscard]] bool is_time_column(const std::string& name);

}  // namespace audit
