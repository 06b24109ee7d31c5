#pragma once
// Whole tables, copied before they are changed.

#include <filesystem>

#include "adapters/postgres/module/catalog.hpp"

namespace audit::postgres {

// Copies the tables of the search path and of the catalog, with those that refer to them, as the connection's
// transaction sees them. Nothing may have been changed in it yet. Durable on return. With pg_dump where there is one
// that knows the server's version (restore with pg_restore), else as text for COPY, with a manifest.
void back_up_tables(Connection& connection, Catalog& catalog, const Settings& settings,
                    const std::filesystem::path& directory);

}  // namespace audit::postgres
