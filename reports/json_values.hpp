#pragma once
// The parts of a report as the JSON objects of "audit-report/1". Each function writes the members of one object that
// the caller opens and closes, so that it can put members of its own in front.

#include <cstdint>
#include <iosfwd>
#include <string>

#include "auditor/model/report.hpp"
#include "reports/json_text.hpp"

namespace audit::json_report {

inline constexpr const char* kSchema = "audit-report/1";

// "2026-02-27T12:56:10.042Z" for milliseconds since the epoch. Clamped to the years 0000 to 9999.
[[nodiscard]] std::string rfc3339(std::int64_t milliseconds);

void add_value(JsonText& json, const Value& value);
void add_evidence(JsonText& json, const Finding& finding);  // an object

void add_run(JsonText& json, const Report& report);
void add_source(JsonText& json, const SourceReport& source);
void add_check(JsonText& json, const CheckReport& check);
// `report` knows why a finding was accepted.
void add_finding(JsonText& json, const Finding& finding, const Report& report);
void add_change(JsonText& json, const Change& change);
void add_absent(JsonText& json, const AbsentFinding& finding);
void add_gate(JsonText& json, const Report& report);
void add_summary(JsonText& json, const Report& report);

// A string that is written out whenever it has grown, so that a report of any length takes little memory.
class Buffer {
 public:
  explicit Buffer(std::ostream& out) : out_(out) {}
  ~Buffer() { flush(); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  [[nodiscard]] std::string& text() { return text_; }
  // Call it between objects.
  void settle() {
    if (text_.size() > kLimit) flush();
  }
  void flush();

 private:
  static constexpr std::size_t kLimit = 1U << 16U;
  std::ostream& out_;
  std::string text_;
};

}  // namespace audit::json_report
