#pragma once
// Which relations and columns a check reads, found out by preparing it over the empty relations of a profile.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "auditor/engine/sql_text.hpp"
#include "auditor/engine/written_profile.hpp"
#include "auditor/model/check.hpp"
#include "auditor/model/vocabulary.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit {

// A check as it can be run, or the reason why it does not apply to this profile at all.
struct BoundCheck : Binding {
  const Check* check = nullptr;
  std::string not_applicable;  // "" when it can run
  bool is_foreign = false;     // that is because of the profile, whatever its stores are like
};

// One thread at a time.
class Binder {
 public:
  // The relations of the vocabulary, with the columns that a profile adds and its own relations. `shape` must outlive the binder.
  explicit Binder(const Shape& shape) : shape_(shape) {}

  // Throws Error(config) that names the file and line for SQL that is wrong in itself. `traits` are those of the profile. A check that has a binding
  // is not prepared again.
  [[nodiscard]] BoundCheck bind(const Check& check, const std::set<std::string>& traits);
  // A query that stands in one of the check's repairs, as a check of its own: `finding` in it is the check's own query. Its binding points at `made`.
  [[nodiscard]] BoundCheck bind_question(const Check& check, const std::string& query, Check& made);
  // A profile's condition ("EXISTS (SELECT …)") as a check without findings.
  [[nodiscard]] BoundCheck bind_condition(const Check& condition);

 private:
  [[nodiscard]] BoundCheck prepare(const Check& check);
  [[nodiscard]] BoundCheck with_binding(const Check& check) const;
  // The empty relations, made when a check is prepared for the first time.
  [[nodiscard]] sqlite::Connection& schema();
  void find_foreign(const Check& check, const std::vector<SqlToken>& tokens, BoundCheck& bound) const;
  void read_statement(const Check& check, const sqlite::Statement& statement, BoundCheck& bound) const;
  void check_text(const Check& check, const std::vector<SqlToken>& tokens) const;
  void check_disclosure(const Check& check, const BoundCheck& bound, const std::vector<SqlToken>& tokens) const;
  void check_names(const Check& check, BoundCheck& bound);
  void check_change(const Check& check, const RepairTemplate& repair, const ChangeTemplate& change) const;
  void check_repair(const Check& check, const BoundCheck& bound, const RepairTemplate& repair);
  [[noreturn]] void fail(const Check& check, int line, const std::string& what, const std::string& hint) const;

  std::optional<sqlite::Connection> schema_;
  const Shape& shape_;
};

}  // namespace audit
