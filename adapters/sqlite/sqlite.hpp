#pragma once
// SQLite databases that belong to somebody else: read on one snapshot, without leaving a byte behind.
//
// Options: path (a file or a glob), scope (partition of each file), quick_check, busy_timeout.

#include <memory>

#include "auditor/model/store.hpp"

namespace audit {

[[nodiscard]] std::unique_ptr<Adapter> make_sqlite_adapter();

}  // namespace audit
