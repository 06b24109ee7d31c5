#pragma once
// What the queries of a check's repairs return, told apart by the findings that it is about.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "auditor/engine/bind.hpp"
#include "auditor/engine/findings.hpp"
#include "auditor/engine/run.hpp"
#include "auditor/model/scan_result.hpp"

namespace audit {

// An answer for each of `asked` out of the rows of a question. A row belongs to a finding when they agree in what tells it: the id, and, where the question returns them, the
// scope and what groups or identifies the check's findings. `scopes` are those of the findings, parallel to `asked`.
[[nodiscard]] std::vector<Answer> answers_of(const Check& check, const BoundCheck& question, const RowList& rows, const std::vector<const FindingRow*>& asked,
                                             const std::vector<std::string>& scopes);
// Of the findings that these rows belong to.
[[nodiscard]] std::vector<std::string> scopes_of(const std::vector<const FindingRow*>& rows, const Report& report);

// The cells of a check's row that its repairs make values of, spelled: a finding whose row says something else there by now is not the one that was planned for.
class Terms {
 public:
  explicit Terms(const Check& check);
  [[nodiscard]] std::string spelled(const Cells& row) const;
  // The same for the values of these columns.
  [[nodiscard]] std::string spelled(const std::vector<std::string>& columns, const Row& row) const;
  [[nodiscard]] const std::set<std::string>& columns() const { return columns_; }

 private:
  std::set<std::string> columns_;
};

// A row that a finding was made of, and what of the finding is needed to find it again.
struct ConcernedRow {
  const FindingRow* row = nullptr;
  std::size_t position = 0;  // among all rows that are asked about
  std::string scope;
  Digest128 print{};  // the finding's fingerprint
};
// The terms of a finding's rows, spelled, in any order: a sum of their digests.
struct TermsSum {
  Digest128 sum{};
  std::size_t number = 0;
  void add(std::string_view spelled);
  friend bool operator==(const TermsSum&, const TermsSum&) = default;
};
using ValuesOf = std::unordered_map<Digest128, TermsSum, Digest128Hash>;  // by fingerprint
// What a check that runs once more finds, compared with what it found before. The bound check stays where it is.
class Agreement {
 public:
  Agreement(const BoundCheck& bound, const std::string& profile);
  // Its rows come here as it runs.
  void listen_to(CheckRun& run);
  // For each of these rows, those of a finding one after the other, whether the rows that were added are just those of its finding, in their terms.
  [[nodiscard]] std::vector<bool> with(const FindingRows& all, const std::vector<std::size_t>& rows, const Report& report) const;

 private:
  void add(const Row& row);

  const BoundCheck& bound_;
  Terms terms_;
  std::function<Digest128(const Row&)> print_of_;
  ValuesOf now_;
};
// Adds the fingerprints with the same values in both.
void insert_same(const ValuesOf& before, const ValuesOf& now, Fingerprints& same);

// Answers as they were given, to be compared with later ones.
class Remembered {
 public:
  struct Question {
    const Check* check = nullptr;
    std::string query;
    std::map<std::string, std::string> answers;  // row of a finding, spelled → its answer, spelled
  };
  void keep(const Check& check, const std::string& query, const std::vector<const FindingRow*>& asked, const std::vector<std::string>& scopes,
            const std::vector<Answer>& answers);
  [[nodiscard]] std::vector<const Question*> of(const Check& check) const;
  // Whether the answer about this row is the one that was given before; a row that was not asked about agrees.
  [[nodiscard]] static bool agrees(const Question& question, const FindingRow& row, const std::string& scope, const Answer& answer);

 private:
  std::vector<Question> questions_;
};

}  // namespace audit
