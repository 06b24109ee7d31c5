#pragma once

#include <algorithm>
#include <string_view>

#include "auditor/model/value.hpp"

namespace audit {

// The value of the column; NULL where there is none of that name. Valid as long as the cells.
[[nodiscard]] inline const Value& cell_of(const Cells& cells, std::string_view column) {
  static const Value kNull;
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const auto& cell) { return cell.first == column; });
  return found == cells.end() ? kNull : found->second;
}

}  // namespace audit
