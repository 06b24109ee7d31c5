#pragma once
// A schema that exists for one test.

#include <string>
#include <utility>
#include <vector>

#include "adapters/postgres/postgres.hpp"

namespace audit::postgres {

// As make_postgres_fixture().
[[nodiscard]] PostgresFixture make_fixture(const std::string& url,
                                           const std::vector<std::pair<std::string, std::string>>& scripts);

}  // namespace audit::postgres
