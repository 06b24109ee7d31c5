#pragma once
// From the rows of a check to findings: subject, evidence, words, fingerprint; grouping and superseding.

#include <string>
#include <vector>

#include "auditor/engine/bind.hpp"
#include "auditor/model/finding.hpp"
#include "auditor/model/scan_result.hpp"

namespace audit {

// A finding with the rows it was made of.
struct DraftFinding {
  Finding finding;
  std::vector<Cells> rows;
  std::vector<std::string> member_ids;  // ids of its rows
};

// Findings in a stable order (source, scope, id, fingerprint), each once. `severity` replaces the check's own where it is set.
[[nodiscard]] std::vector<DraftFinding> make_findings(const BoundCheck& bound, const std::string& profile,
                                                      const std::vector<Row>& rows, std::optional<Severity> severity,
                                                      std::int64_t now);

// Removes findings whose check another finding about the same subject supersedes. `checks` are parallel to `drafts`.
void supersede(std::vector<std::vector<DraftFinding>>& drafts, const std::vector<const Check*>& checks);

// "2 h", "5 d": a span of time in words for people.
[[nodiscard]] std::string span_in_words(std::int64_t ms);

}  // namespace audit
