#pragma once
// PostgreSQL databases. The code that talks to a server is a module of its own (adapters/postgres/module), loaded when
// the first source asks for it: the client library and what it needs take longer to load than a small audit takes.

#include <memory>
#include <string>
#include <vector>

#include "auditor/model/store.hpp"

namespace audit {

[[nodiscard]] std::unique_ptr<Adapter> make_postgres_adapter();

// Makes a database of its own on a server, with a schema that is searched alone, and runs these scripts in it, for the cases of `audit test`; where the role may make no database, the
// schema is in the given one. It goes with `keep`.
struct PostgresFixture {
  std::string url;  // may hold a password
  std::string schema;
  std::shared_ptr<void> keep;
};
// Scripts are name and text. Throws Error(config) that names the script; Error(source) when the server cannot be used.
[[nodiscard]] PostgresFixture make_postgres_fixture(const std::string& url,
                                                    const std::vector<std::pair<std::string, std::string>>& scripts);

}  // namespace audit
