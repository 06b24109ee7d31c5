#pragma once
// What the program finds in the module.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/postgres/postgres.hpp"
#include "auditor/model/store.hpp"

namespace audit {

// Both sides are built from one tree; `version` tells when they are not.
struct PostgresModule {
  std::string version;
  std::unique_ptr<Source> (*source)(const SourceSpec& spec, const Cancellation& cancel) = nullptr;
  PostgresFixture (*fixture)(const std::string& url,
                             const std::vector<std::pair<std::string, std::string>>& scripts) = nullptr;
};

// The module's one symbol. What it returns lives as long as the program.
using PostgresModuleEntry = const PostgresModule* (*)();
inline constexpr const char* kPostgresModuleEntry = "audit_postgres_module";
inline constexpr const char* kPostgresModuleFile = "audit-postgres.so";

}  // namespace audit
