#pragma once
// A relation's map as SQLite text. The same map gives the rows that a check reads and the cells that a repair writes.

#include <string>
#include <vector>

#include "auditor/model/mapping.hpp"

namespace audit::sqlite {

// SQL expression for one canonical column over the native columns. Throws Error(config) for a column that the part has not.
[[nodiscard]] std::string column_sql(const RelationPart& part, const std::string& column);

// SELECT of these canonical columns, in this order, over all parts. `schema` is the database name ("main").
[[nodiscard]] std::string relation_sql(const RelationMapping& relation, const std::vector<std::string>& columns,
                                       const std::string& schema);
// The same for the rows whose scope is the parameter ?1.
[[nodiscard]] std::string relation_scope_sql(const RelationMapping& relation, const std::vector<std::string>& columns,
                                             const std::string& schema);

// SELECT of these columns of one part; all but those of `at_once` are looked up by rowid, each by itself.
[[nodiscard]] std::string lazy_relation_sql(const RelationPart& part, const std::vector<std::string>& columns,
                                            const std::vector<std::string>& at_once, const std::string& schema);

}  // namespace audit::sqlite
