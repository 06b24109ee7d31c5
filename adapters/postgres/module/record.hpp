#pragma once
// Tables as an SQL script (`audit record`).

#include <string>
#include <vector>

#include "adapters/postgres/module/connection.hpp"
#include "auditor/model/record.hpp"

namespace audit::postgres {

// The script makes, in an empty schema that the search path begins with, the tables that the profile reads and those that foreign keys tie to them, with their rows, types, sequences, keys,
// constraints and indexes. What is of another schema, triggers and rules are left out, with a note. Throws Error(source).
[[nodiscard]] std::string record_tables(Connection& connection, const RecordOrder& order, std::vector<std::string>& notes);

// Texts that constraints and types of these tables name.
[[nodiscard]] std::vector<std::string> schema_words(Connection& connection);

}  // namespace audit::postgres
