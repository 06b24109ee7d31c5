#include "auditor/model/change.hpp"

#include <algorithm>

namespace audit {

namespace {

bool names(const Cells& cells, const std::string& column) {
  return std::any_of(cells.begin(), cells.end(), [&](const auto& cell) { return cell.first == column; });
}

void keep_shown(const Change& change, Cells& cells) {
  std::erase_if(cells, [&](const auto& cell) {
    const bool mapped = std::find(change.shown.begin(), change.shown.end(), cell.first) != change.shown.end();
    return !mapped && !names(change.row, cell.first) && !names(change.key, cell.first);
  });
}

}  // namespace

void keep_shown_part(Change& change) {
  const bool whole_row = change.op != ChangeOp::update;
  if (!change.confidential && !(change.consequence && whole_row)) return;
  keep_shown(change, change.before);
  keep_shown(change, change.after);
}

}  // namespace audit
