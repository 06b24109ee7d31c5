#include "adapters/postgres/module/fixture.hpp"

#include <memory>
#include <pqxx/pqxx>
#include <random>

#include "adapters/postgres/module/connection.hpp"
#include "adapters/postgres/module/conninfo.hpp"
#include "auditor/model/error.hpp"

namespace audit::postgres {

namespace {

// Dropped with what is in it; a server that is gone has dropped it already, or somebody will.
class Schema {
 public:
  Schema(const std::string& conninfo, std::string name)
      : connection_(conninfo), quiet_(connection_), name_(std::move(name)) {
    run("CREATE SCHEMA " + identifier(name_));
    run("SET search_path TO " + identifier(name_) + "; SET timezone TO 'UTC'");
  }
  ~Schema() {
    try {
      run("DROP SCHEMA " + identifier(name_) + " CASCADE");
    } catch (const std::exception&) {
      static_cast<void>(name_);
    }
  }
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  void run(const std::string& sql) {
    pqxx::nontransaction work(connection_);
    work.exec(sql);
  }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  pqxx::connection connection_;
  Quiet quiet_;
  std::string name_;
};

std::string unique_name() {
  std::random_device random;
  std::string name = "audit_test_";
  for (int i = 0; i < 16; ++i) name += "0123456789abcdef"[random() % 16];
  return name;
}

}  // namespace

PostgresFixture make_fixture(const std::string& url, const std::vector<std::pair<std::string, std::string>>& scripts) {
  const Conninfo conninfo = parse_conninfo(url, 10'000, "AUDIT_TEST_POSTGRES");
  std::shared_ptr<Schema> schema;
  try {
    schema = std::make_shared<Schema>(conninfo.text, unique_name());
  } catch (const pqxx::failure& error) {
    throw Error(ErrorKind::source, "the test server cannot be used: " + without_secrets(error.what(), conninfo.secrets),
                "AUDIT_TEST_POSTGRES names it");
  }
  for (const auto& [file, text] : scripts) {
    try {
      schema->run(text);
    } catch (const pqxx::failure& error) {
      throw Error(ErrorKind::config, file + ": " + without_secrets(error.what(), conninfo.secrets));
    }
  }
  return {schema->name(), schema};
}

}  // namespace audit::postgres
