#pragma once
// A database as an SQL script (`audit record`).

#include "auditor/model/record.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit {

// The script makes, in an empty database, the same tables with the same rows under the same rowids, and what belongs to the schema: indexes, views, triggers, virtual tables,
// the counters of AUTOINCREMENT, user_version. Under a disguise full-text indexes are built anew. Throws Error(source) for a table that the profile reads and that cannot be
// recorded; others are left out, with a note.
[[nodiscard]] std::string record_sqlite(sqlite::Connection& connection, const RecordOrder& order, std::vector<std::string>& notes);

}  // namespace audit
