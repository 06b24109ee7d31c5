#pragma once
// A first profile, guessed from a schema. Every guess carries its reason as a comment.

#include <string>
#include <vector>

#include "auditor/cli/init_schema.hpp"

namespace audit {

struct InitSource {
  std::string adapter;   // sqlite, postgres
  std::string option;    // path, url
  std::string location;  // as it may be written into a file: no password
};

// The text of a profile file named `name`. Reads values from the store to tell times and statuses. Throws Error(usage)
// when no table looks like one of sessions.
[[nodiscard]] std::string propose_profile(const std::string& name, const InitSource& source,
                                          const std::vector<SchemaTable>& tables, Store& store);

}  // namespace audit
