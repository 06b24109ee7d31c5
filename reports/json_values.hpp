#pragma once
// The parts of a report as the JSON objects of "audit-report/1". Each is small; nothing here holds a whole report.

#include <cstdint>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "auditor/model/report.hpp"

namespace audit::json_report {

inline constexpr const char* kSchema = "audit-report/1";

// "2026-02-27T12:56:10.042Z" for milliseconds since the epoch. Clamped to the years 0000 to 9999.
[[nodiscard]] std::string rfc3339(std::int64_t milliseconds);

[[nodiscard]] nlohmann::ordered_json of_run(const Report& report);
[[nodiscard]] nlohmann::ordered_json of_source(const SourceReport& source);
[[nodiscard]] nlohmann::ordered_json of_check(const CheckReport& check);
[[nodiscard]] nlohmann::ordered_json of_finding(const Finding& finding);
[[nodiscard]] nlohmann::ordered_json of_change(const Change& change);
[[nodiscard]] nlohmann::ordered_json of_summary(const Summary& summary);

// On one line, always valid UTF-8 and free of control characters: bytes that are not UTF-8 become U+FFFD, and
// characters that a terminal would obey or that turn the direction of text are spelled as \u escapes.
[[nodiscard]] std::string to_line(const nlohmann::ordered_json& json);

}  // namespace audit::json_report
