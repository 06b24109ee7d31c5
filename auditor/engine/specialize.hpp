#pragma once
// A check's text made cheaper for one store, with the same meaning.
//
// Engines do not see through constants in GROUP BY and DISTINCT, and read whole rows where a key would do. Both matter once tables are large.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace audit {

// For a store whose rows all have this source and scope: `x.source` and `x.scope` become literals, and leave GROUP BY, PARTITION BY and the lists of
// subqueries. The text comes back unchanged where a source or scope may be another thing than that of a row (an outer join's missing side, a name
// given to an expression). The result may fail to prepare (a query that passes a scope on under another name): the caller then keeps the text it had.
[[nodiscard]] std::string with_constant_scope(std::string_view sql, const std::string& source, const std::string& scope);

// A query that tests keys first (its WHERE begins with EXISTS or NOT EXISTS) with its driving relation renamed to `renamed`, so that a host may put a
// view there which reads other columns only when they are asked for.
struct KeysFirst {
  std::string relation;
  std::string sql;
  std::vector<std::string> columns;  // of that relation that the test uses
};
[[nodiscard]] std::optional<KeysFirst> keys_first(std::string_view sql, const std::string& suffix);

}  // namespace audit
