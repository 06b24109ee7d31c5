#include "auditor/model/store.hpp"

#include <algorithm>

#include "auditor/model/error.hpp"

namespace audit {

bool Cancellation::expired() const {
  return requested.load(std::memory_order_relaxed) ||
         (deadline.has_value() && std::chrono::steady_clock::now() >= *deadline);
}

void Cancellation::check() const {
  if (requested.load(std::memory_order_relaxed)) throw Error(ErrorKind::interrupted, "interrupted");
  if (deadline.has_value() && std::chrono::steady_clock::now() >= *deadline) {
    throw Error(ErrorKind::check, "the time limit has passed", "raise --timeout");
  }
}

const ColumnMap* RelationPart::column(const std::string& name) const {
  for (const auto& [canonical, map] : columns) {
    if (canonical == name) return &map;
  }
  return nullptr;
}

std::vector<std::string> part_columns(const RelationPart& part) {
  std::vector<std::string> names = {"source", "scope", "defect"};
  for (const auto& [name, map] : part.columns) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::string unmapped_column(const RelationMapping& mapping, const std::set<std::string>& columns) {
  for (const auto& column : columns) {
    if (column == "source" || column == "scope" || column == "defect") continue;
    const ColumnMap* map = mapping.parts.front().column(column);
    if (map == nullptr || map->absent) return column;
  }
  return {};
}

}  // namespace audit
