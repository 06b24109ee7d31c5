#pragma once
// A cell of a table as it is recorded (auditor/model/record.hpp).

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/record.hpp"
#include "auditor/model/value.hpp"

namespace audit {

// `linked`: other rows name it by this number, or it names one.
[[nodiscard]] Value recorded_value(const RecordOrder& order, const std::string& table, const std::string& column, const Value& value, bool linked);

// Whether such a column holds a time, by its name alone.
[[nodiscard]] bool is_time_name(const std::string& column);

// The texts between single quotes in SQL; comments are left out.
[[nodiscard]] std::vector<std::string> sql_strings(std::string_view sql);

}  // namespace audit
