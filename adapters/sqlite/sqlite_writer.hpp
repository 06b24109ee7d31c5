#pragma once
// A SQLite database locked for writing: one BEGIN IMMEDIATE transaction, for as long as the writer lives.

#include <memory>

#include "auditor/model/store.hpp"
#include "auditor/model/writer.hpp"

namespace audit {

// Locks the database. What its triggers do to other tables in mode repair is noticed and becomes an effect of its own; in mode restore no trigger runs and foreign keys are not
// enforced, so that rows come back exactly, and full-text indexes are kept up to date by hand. Throws Error(repair) when it cannot be locked in time or not be written.
[[nodiscard]] std::unique_ptr<Writer> open_sqlite_writer(const StoreInfo& store, const WriteRequest& request, const Cancellation& cancel);

}  // namespace audit
