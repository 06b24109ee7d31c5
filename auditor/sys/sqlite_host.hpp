#pragma once
// SQL over relations on a SQLite connection: the store's own engine, and the workbench.
//
// Relations of the store itself stand in a WITH clause before each query, rows from elsewhere in indexed TEMP tables.
// One thread at a time; the connection must outlive the host.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "auditor/model/store.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit::sqlite {

struct HostOptions {
  // From this many rows on a relation counts as large: keys are found first, and a plan that scans it once per row is refused.
  std::int64_t large = 20'000;
  bool guard = true;  // false in the workbench: it is the last resort
  // Bytes of pages that the database's cache may hold while a query looks rows of a large relation up; 0: its size is left alone.
  std::int64_t lookup_cache = 0;
};

struct PlanLine;  // of EXPLAIN QUERY PLAN

class SqliteHost : public Host {
 public:
  SqliteHost(Connection& connection, HostOptions options) : connection_(connection), options_(options) {}

  void define(const RelationMapping& relation) override;
  void ship(const Table& table) override;
  void forget() override;
  bool ship_native(const Table& form, const RelationPart& over, const RowSupply& rows) override;
  void run(const Query& query, const std::vector<Row>* only, const RowSink& sink) override;
  [[nodiscard]] std::int64_t estimate(const std::string& relation) override;
  [[nodiscard]] bool is_empty(const std::string& relation) override;

  enum class Ids { as_they_are, text };
  // An empty TEMP table that rows are then added to, for relations too large to hold in memory. One store may keep as a number what another names
  // in words: as text (columns `id` and those that end in `_id`) they are equal.
  void create(const std::string& relation, const std::vector<std::string>& columns, Ids ids = Ids::as_they_are);
  void index(const std::string& relation, const std::vector<std::string>& columns);
  // Rows of a table of the store, as far as it can be told without counting.
  [[nodiscard]] std::int64_t table_rows(const std::string& table);

 private:
  struct Defined {
    std::vector<std::string> tables;  // native tables behind it; empty: a TEMP table
    std::int64_t rows = -1;           // of a TEMP table
  };

  [[nodiscard]] bool has_own_rowid(const std::string& table);
  [[nodiscard]] bool has_lazy_form(const std::string& name);
  [[nodiscard]] std::string with_clause(const Query& query);
  [[nodiscard]] bool prepares(const std::string& sql);
  void direct(const Query& query, const RowSink& sink);
  [[nodiscard]] std::string by_key_sql(const Query& query) const;
  void only_keys(const Query& query, const std::vector<Row>& keys, const RowSink& sink);
  void by_key(const Query& query, const std::vector<Row>& keys, const RowSink& sink);
  // False when the plan offers no way to find one subject without scanning: the caller then runs it whole.
  bool keys_first(const Query& query, const RowSink& sink);
  [[nodiscard]] Statement prepared(const std::string& sql, const Query& query);
  // Throws PlanRefused for a plan that would not end.
  void guard(const std::vector<PlanLine>& plan);
  // Gives a plan that looks rows up for those of a large scan more memory for pages.
  void make_room(const std::vector<PlanLine>& plan);
  void enlarge_cache();
  void restore_cache();
  // Of the relations that the query reads; nothing where none is large, and every plan will do.
  [[nodiscard]] std::vector<PlanLine> plan_of(const std::string& sql);
  [[nodiscard]] bool scans_large(const std::vector<PlanLine>& plan);
  [[nodiscard]] std::int64_t largest();
  [[nodiscard]] bool any_large();
  [[nodiscard]] bool is_large(const std::string& named_in_plan);

  Connection& connection_;
  HostOptions options_;
  std::map<std::string, Defined> defined_;
  std::vector<std::string> made_;  // what takes it away again: DROP statements, in the order in which the things were made
  std::map<std::string, RelationMapping> mappings_;
  std::string with_;  // of the query that runs
  std::optional<Value> usual_cache_;  // PRAGMA cache_size before it was enlarged
  bool text_ids_ = false;  // of relations that were created so
  std::map<std::string, std::int64_t> table_rows_;
  std::set<std::string> empty_tables_;  // those without a rowid
};

}  // namespace audit::sqlite
