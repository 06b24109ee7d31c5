#pragma once
// From the rows of a check to findings: subject, evidence, words, fingerprint; grouping and superseding.

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "auditor/engine/bind.hpp"
#include "auditor/model/finding_list.hpp"
#include "auditor/model/row_list.hpp"
#include "auditor/sys/digest.hpp"

namespace audit {

// A finding with the rows it was made of.
struct DraftFinding {
  Finding finding;
  std::vector<Cells> rows;
};

// The findings of one check with their rows.
struct Drafts {
  FindingList findings;
  FindingRows rows;       // of every finding, in the order of these
  std::string id_column;  // names a row's subject

  void add(const DraftFinding& draft);
  // Keeps the findings for whose position `keep` is true.
  void keep_if(const std::function<bool(std::size_t)>& keep);
};

// True when it has a repair that is not manual.
[[nodiscard]] bool is_mendable(const Finding& finding);

// Findings in a stable order (source, scope, id, fingerprint), each once. `severity` replaces the check's own where it is set. Rows that are not grouped
// take a bounded part of memory; a sink sees a draft until it returns.
using DraftSink = std::function<void(const DraftFinding&)>;
void make_findings(const BoundCheck& bound, const std::string& profile, const RowList& rows, std::optional<Severity> severity, std::int64_t now,
                   const DraftSink& sink);
// The same, all at once.
[[nodiscard]] std::vector<DraftFinding> make_findings(const BoundCheck& bound, const std::string& profile, const RowList& rows,
                                                      std::optional<Severity> severity, std::int64_t now);

// Tells the fingerprint of the finding that a row belongs to; the bound check stays where it is as long as it is used.
[[nodiscard]] std::function<Digest128(const Row&)> fingerprinter(const BoundCheck& bound, const std::string& profile);
[[nodiscard]] std::set<std::string> identity_columns(const BoundCheck& bound);  // that it looks at
// Each row with that fingerprint.
void identify(const BoundCheck& bound, const std::string& profile, const RowList& rows, const std::function<void(const Digest128& print, const Row& row)>& sink);
// The fingerprints of the findings that the rows make.
using Fingerprints = std::unordered_set<Digest128, Digest128Hash>;
[[nodiscard]] Fingerprints fingerprints_of(const BoundCheck& bound, const std::string& profile, const RowList& rows);

}  // namespace audit
