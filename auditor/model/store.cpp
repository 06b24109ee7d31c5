#include "auditor/model/store.hpp"

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

}  // namespace audit
