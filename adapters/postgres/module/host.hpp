#pragma once
// SQL over relations on a PostgreSQL connection: relation maps as WITH clauses in front of the check's own text.

#include <map>
#include <string>
#include <vector>

#include "adapters/postgres/module/connection.hpp"
#include "adapters/postgres/module/mapping.hpp"
#include "adapters/postgres/module/query_text.hpp"
#include "auditor/model/store.hpp"

namespace audit::postgres {

// The connection and the tables must outlive the host.
class PostgresHost : public Host {
 public:
  PostgresHost(Connection& connection, Tables& tables) : connection_(connection), tables_(tables) {}

  void define(const RelationMapping& relation) override;
  // The rows travel as one JSON parameter with every query that reads them: this works on a standby, too.
  void ship(const Table& table) override;
  void forget() override {
    defined_.clear();
    shipped_.clear();
  }
  // Throws PlanRefused where the plan would read a large table whole once per row, and where types do not match.
  void run(const Query& query, const std::vector<Row>* only, const RowSink& sink) override;
  [[nodiscard]] std::int64_t estimate(const std::string& relation) override;

 private:
  struct Shipped {
    std::string json;
    std::string columns;  // "a text, b bigint"
    std::int64_t rows = 0;
  };
  // A query ready to be sent: its WITH clauses and text, and the first parameters.
  struct Ready {
    std::string with;
    std::string sql;
    Parameters parameters;
  };

  [[nodiscard]] Ready prepare(const std::string& sql, const Query& query);
  [[nodiscard]] std::string clause(const std::string& relation, const std::set<std::string>& names,
                                   const std::string& text);
  [[nodiscard]] NativeTimes native_times(const std::vector<Token>& tokens) const;
  [[nodiscard]] std::optional<NativeTime> native_time(const std::string& relation, const std::string& column) const;
  void send(const Query& query, const RowSink& sink, const std::vector<Row>* only);
  void by_keys(const Ready& ready, const Query& query, const std::string& type, const std::vector<Row>& keys,
               const RowSink& sink);
  bool keys_first(const Ready& ready, const Query& query, double whole, const RowSink& sink);
  [[nodiscard]] std::vector<std::string> explain(const std::string& sql, const Parameters& parameters);
  // Throws PlanRefused for a plan that reads a large table whole once per row.
  void guard(const std::vector<std::string>& plan);
  [[nodiscard]] bool any_large();

  Connection& connection_;
  Tables& tables_;
  std::map<std::string, RelationMapping> defined_;
  std::map<std::string, Shipped> shipped_;
  std::map<std::string, std::int64_t> estimates_;
};

}  // namespace audit::postgres
