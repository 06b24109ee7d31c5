#include "adapters/postgres/postgres.hpp"

#include <dlfcn.h>

#include "adapters/postgres/module.hpp"
#include "auditor/model/embedded.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/module_file.hpp"

namespace audit {

namespace {

// Never unloaded.
const PostgresModule& postgres_module() {
  static const PostgresModule* const loaded = [] {
    const std::string file = module_file(kPostgresModuleFile);
    if (file.empty()) {
      throw Error(ErrorKind::config, std::string("PostgreSQL cannot be read: there is no ") + kPostgresModuleFile + " with the program",
                  "install the whole program");
    }
    void* const handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
      const char* const why = ::dlerror();
      throw Error(ErrorKind::config, std::string("PostgreSQL cannot be read: ") + (why == nullptr ? "" : why),
                  "install the whole program; on Debian it needs the package libpqxx-6.4");
    }
    const auto entry = reinterpret_cast<PostgresModuleEntry>(::dlsym(handle, kPostgresModuleEntry));
    const PostgresModule* const found = entry == nullptr ? nullptr : entry();
    if (found == nullptr || found->version != program_version()) {
      throw Error(ErrorKind::config,
                  std::string(kPostgresModuleFile) + " is of another version of the program" +
                      (found == nullptr ? "" : " (" + found->version + ", not " + std::string(program_version()) + ")"),
                  "install the program and its modules together");
    }
    return found;
  }();
  return *loaded;
}

class PostgresAdapter : public Adapter {
 public:
  [[nodiscard]] const char* name() const override { return "postgres"; }

  [[nodiscard]] std::vector<AdapterOption> options() const override {
    return {{"url", "libpq URI or keywords (\"service=…\" too); empty: PGHOST, PGDATABASE and so on"},
            {"schema", "schema that is searched first; default: the search path of the connection"},
            {"schema_hint", "schema, when it is one of schema_hints and the url sets no search path"},
            {"schema_hints", "list: what schema_hint may be"},
            {"statement_timeout", "longest time for one query, as 30s; default: none"},
            {"lock_timeout", "how long to wait for a lock, 5s by default"},
            {"connect_timeout", "how long to wait for the server, 10s by default"},
            {"parallel_workers",
             "workers that one query may have, 0 by default: parallel plans are slower for most checks"}};
  }

  [[nodiscard]] std::unique_ptr<Source> source(const SourceSpec& spec, const Cancellation& cancel) const override {
    return postgres_module().source(spec, cancel);
  }
};

}  // namespace

std::unique_ptr<Adapter> make_postgres_adapter() { return std::make_unique<PostgresAdapter>(); }

PostgresFixture make_postgres_fixture(const std::string& url,
                                      const std::vector<std::pair<std::string, std::string>>& scripts) {
  return postgres_module().fixture(url, scripts);
}

}  // namespace audit
