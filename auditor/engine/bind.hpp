#pragma once
// Which relations and columns a check reads, found out by preparing it over the empty relations of a profile.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "auditor/engine/profile.hpp"
#include "auditor/engine/sql_text.hpp"
#include "auditor/model/check.hpp"
#include "auditor/model/vocabulary.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit {

// A check as it can be run, or the reason why it does not apply to this profile at all.
struct BoundCheck {
  const Check* check = nullptr;
  std::map<std::string, std::set<std::string>> reads;  // relation → columns
  std::vector<std::string> outputs;                    // columns of the result
  std::vector<std::string> parameters;                 // names without ':'
  std::string id_column;                               // the output that names the subject
  bool per_scope = false;                              // may run partition by partition
  std::string not_applicable;                          // "" when it can run
};

// One thread at a time.
class Binder {
 public:
  // The relations of the vocabulary, with the columns that the profile adds and its own relations.
  explicit Binder(const Profile& profile);

  // Throws Error(config) that names the file and line for SQL that is wrong in itself. `traits` are those of the profile.
  [[nodiscard]] BoundCheck bind(const Check& check, const std::set<std::string>& traits);
  // A profile's condition ("EXISTS (SELECT …)") as a check without findings.
  [[nodiscard]] BoundCheck bind_condition(const Check& condition);

 private:
  [[nodiscard]] BoundCheck prepare(const Check& check);
  [[nodiscard]] std::string unknown_relation(const Check& check, const std::vector<SqlToken>& tokens) const;
  void read_statement(const Check& check, const sqlite::Statement& statement, BoundCheck& bound) const;
  void check_text(const Check& check, const std::vector<SqlToken>& tokens) const;
  void check_disclosure(const Check& check, const BoundCheck& bound, const std::vector<SqlToken>& tokens) const;
  void check_names(const Check& check, BoundCheck& bound) const;
  void check_change(const Check& check, const RepairTemplate& repair, const ChangeTemplate& change) const;
  [[noreturn]] void fail(const Check& check, int line, const std::string& what, const std::string& hint) const;

  sqlite::Connection schema_;
  const Profile& profile_;
};

}  // namespace audit
