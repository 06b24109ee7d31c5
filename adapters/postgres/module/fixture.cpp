#include "adapters/postgres/module/fixture.hpp"

#include <memory>
#include <pqxx/pqxx>
#include <random>

#include "adapters/postgres/module/connection.hpp"
#include "adapters/postgres/module/conninfo.hpp"
#include "auditor/model/error.hpp"

namespace audit::postgres {

namespace {

std::string unique_name() {
  std::random_device random;
  std::string name = "audit_test_";
  for (int i = 0; i < 16; ++i) name += "0123456789abcdef"[random() % 16];
  return name;
}

class Line {
 public:
  explicit Line(const std::string& conninfo) : connection_(conninfo), quiet_(connection_) {}
  void run(const std::string& sql) {
    pqxx::nontransaction work(connection_);
    work.exec(sql);
  }
  // For what nobody waits for any more: a server that is gone has dropped it already, or somebody will.
  void try_run(const std::string& sql) {
    try {
      run(sql);
    } catch (const std::exception&) {
      static_cast<void>(sql);
    }
  }

 private:
  pqxx::connection connection_;
  Quiet quiet_;
};

// A database of its own, with a schema that is searched alone; a schema of the given database where the role may make no database. Dropped with what is in it.
class Place {
 public:
  explicit Place(const std::string& conninfo) : server_(std::make_unique<Line>(conninfo)), name_(unique_name()), url_(conninfo) {
    try {
      server_->run("CREATE DATABASE " + identifier(name_) + " TEMPLATE template0");
      database_ = true;
    } catch (const pqxx::insufficient_privilege&) {
      inside_ = std::move(server_);
    }
    try {
      if (database_) url_ += " dbname=" + name_;
      if (database_) inside_ = std::make_unique<Line>(url_);
      inside_->run("CREATE SCHEMA " + identifier(name_));
    } catch (const pqxx::failure&) {
      if (database_) drop();
      throw;
    }
  }
  ~Place() {
    if (database_) {
      drop();
    } else {
      inside_->try_run("DROP SCHEMA " + identifier(name_) + " CASCADE");
    }
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  // A script may leave settings behind: they are not those of the next one.
  void run(const std::string& script) {
    inside_->run("RESET ALL; SET search_path TO " + identifier(name_) + "; SET timezone TO 'UTC'");
    inside_->run(script);
  }
  [[nodiscard]] const std::string& schema() const { return name_; }
  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  void drop() {
    inside_.reset();
    server_->try_run("DROP DATABASE " + identifier(name_) + " WITH (FORCE)");
  }

  std::unique_ptr<Line> server_;
  std::unique_ptr<Line> inside_;
  std::string name_;
  std::string url_;
  bool database_ = false;
};

}  // namespace

PostgresFixture make_fixture(const std::string& url, const std::vector<std::pair<std::string, std::string>>& scripts) {
  const Conninfo conninfo = parse_conninfo(url, 10'000, "AUDIT_TEST_POSTGRES");
  std::shared_ptr<Place> place;
  try {
    place = std::make_shared<Place>(conninfo.text);
  } catch (const pqxx::failure& error) {
    throw Error(ErrorKind::source, "the test server cannot be used: " + without_secrets(error.what(), conninfo.secrets),
                "AUDIT_TEST_POSTGRES names it");
  }
  for (const auto& [file, text] : scripts) {
    try {
      place->run(text);
    } catch (const pqxx::failure& error) {
      throw Error(ErrorKind::config, file + ": " + without_secrets(error.what(), conninfo.secrets));
    }
  }
  return {place->url(), place->schema(), place};
}

}  // namespace audit::postgres
