#pragma once
// What a report says of the sources of a profile.

#include <cstdint>
#include <string>

#include "auditor/engine/source_set.hpp"
#include "auditor/model/report.hpp"

namespace audit {

// Adds the lines of one source; that a store which is needed could not be read makes the report incomplete. Rows are counted where there are no more than `few_rows`.
void report_source(const std::string& profile, const SourceState& state, std::int64_t few_rows, const Cancellation& cancel, Report& report);

}  // namespace audit
