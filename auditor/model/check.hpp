#pragma once
// A check: one query whose rows are findings, and what there is to say about them (docs/check-language.md).

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/value.hpp"

namespace audit {

enum class Severity { note, warning, error };
[[nodiscard]] const char* to_string(Severity severity);
[[nodiscard]] std::optional<Severity> severity_from(const std::string& text);

// How much a repair can cost (docs/check-language.md).
enum class Applicability { safe, unsafe, irreversible, manual };
[[nodiscard]] const char* to_string(Applicability applicability);

// A value of a change before a finding fills it in: a literal, a column of the finding, or the time of the run.
struct Term {
  enum class Kind { literal, column, now } kind = Kind::literal;
  Value literal;
  std::string column;
};

enum class ChangeOp { insert, update, remove };
[[nodiscard]] const char* to_string(ChangeOp op);  // insert, update, delete

struct ChangeTemplate {
  ChangeOp op = ChangeOp::update;
  std::string relation;
  std::vector<std::pair<std::string, Term>> key;  // canonical columns
  std::vector<std::pair<std::string, Term>> set;  // canonical columns
  std::vector<std::pair<std::string, Term>> also = {};  // set as well where the profile can write them
  std::string each = {};  // query: one change for each of its rows; "" = one for each row of the finding
};

struct RepairTemplate {
  std::string name;
  Applicability applicability = Applicability::safe;
  std::vector<ChangeTemplate> changes;
  std::string when = {};  // query: the repair is right for the findings that it returns; "" = for all
};

// What a check's query reads and returns.
struct Binding {
  std::map<std::string, std::set<std::string>> reads;  // relation → columns
  std::vector<std::string> foreign;                    // relations that are a profile's own, in the order of the query
  std::vector<std::string> outputs;                    // columns of the result
  std::vector<std::string> parameters;                 // names without ':'
  std::string id_column;                               // the output that names the subject
  std::string driving;                                 // relation without whose rows the query returns none; "" = cannot be told
  bool per_scope = false;                              // may run partition by partition
};

struct Check {
  std::string id;
  std::string family;  // folder below checks/, or "custom"
  Severity severity = Severity::error;
  std::string subject;  // relation
  std::string title;
  std::string message;  // with {column} placeholders
  std::string why;
  std::string safety;
  std::vector<RepairTemplate> repairs;
  std::vector<std::string> requires_traits;
  std::vector<std::string> optional_relations;
  std::map<std::string, Value> params;
  std::vector<std::string> group;
  std::vector<std::string> identity;
  std::vector<std::string> supersedes;
  std::string sql;
  std::string file;   // for messages
  int sql_line = 1;   // line of the file where the SQL starts
  // Of a built-in check what the build has found out, over the relations of all built-in profiles: `foreign` of its binding, and the whole, packed
  // (auditor/engine/packed.hpp). "" of others, which are bound when they are used. Lives as long as the program.
  std::vector<std::string> foreign;
  std::string_view binding = {};
};

}  // namespace audit
