#pragma once
// From a canonical value to what a store's own column holds.

#include <optional>

#include "auditor/model/mapping.hpp"

namespace audit {

// nullopt when the profile gives no way to write this value into the column.
[[nodiscard]] std::optional<Value> native_value(const ColumnMap& map, const Value& canonical);

}  // namespace audit
