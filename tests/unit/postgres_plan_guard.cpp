// Plans as PostgreSQL 15 explains them.

#include "adapters/postgres/plan_guard.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using audit::postgres::planned_cost;
using audit::postgres::scanned_per_row;
using Lines = std::vector<std::string>;

TEST_CASE("A subplan that is run per row and scans a table is told", "[postgres]") {
  const Lines plan = {
      "Seq Scan on sessions s  (cost=0.00..28420398.00 rows=20000 width=6)",
      "  Filter: (((name)::text = 'x'::text) OR (SubPlan 1))",
      "  SubPlan 1",
      "    ->  Aggregate  (cost=1121.01..1121.02 rows=1 width=4)",
      "          ->  Seq Scan on big b  (cost=0.00..1421.00 rows=1 width=0)",
      "                Filter: ((sid = (s.id)::text) AND (v > length((s.name)::text)))",
      "JIT:",
      "  Functions: 11",
  };
  CHECK(scanned_per_row(plan) == Lines{"big"});
  CHECK(planned_cost(plan) == 28420398.0);
}

TEST_CASE("A subplan that finds its rows by an index, or is hashed, is not", "[postgres]") {
  CHECK(scanned_per_row({
            "Seq Scan on sessions s  (cost=0.00..487638.48 rows=20000 width=14)",
            "  Filter: (((name)::text = 'x'::text) OR (hashed SubPlan 11))",
            "  SubPlan 2",
            "    ->  Index Only Scan using ix_messages_session_id on messages b  (cost=0.29..12.17 rows=2 width=0)",
            "          Index Cond: (session_id = (s.id)::text)",
            "  SubPlan 11",
            "    ->  Seq Scan on messages m  (cost=0.00..1879.00 rows=1 width=32)",
        })
            .empty());
  // "hashed SubPlan 11" says nothing of SubPlan 1.
  CHECK(scanned_per_row({
            "Seq Scan on sessions s  (cost=0.00..48.48 rows=20000 width=14)",
            "  Filter: ((hashed SubPlan 11) OR (SubPlan 1))",
            "  SubPlan 11",
            "    ->  Seq Scan on messages m  (cost=0.00..1879.00 rows=1 width=32)",
            "  SubPlan 1",
            "    ->  Parallel Seq Scan on \"my messages\" n  (cost=0.00..1879.00 rows=1 width=32)",
        }) == Lines{"\"my messages\""});
}

TEST_CASE("The inner side of a loop over many rows is read as often", "[postgres]") {
  const Lines plan = {
      "Nested Loop Anti Join  (cost=0.00..8401643.00 rows=1 width=6)",
      "  Join Filter: ((b.sid = (s.id)::text) OR (b.id = (s.id)::text))",
      "  CTE w",
      "    ->  Seq Scan on once  (cost=0.00..971.00 rows=60000 width=16)",
      "  ->  Seq Scan on sessions s  (cost=0.00..348.00 rows=20000 width=6)",
      "  ->  Materialize  (cost=0.00..1271.00 rows=60000 width=12)",
      "        ->  Seq Scan on big b  (cost=0.00..971.00 rows=60000 width=12)",
  };
  CHECK(scanned_per_row(plan) == Lines{"big"});
  CHECK(scanned_per_row(plan, 20'001).empty());
}

TEST_CASE("What a plan reads once is no reason to refuse it", "[postgres]") {
  CHECK(scanned_per_row({
            "Hash Anti Join  (cost=1721.00..2169.33 rows=43 width=6)",
            "  Hash Cond: ((s.id)::text = b.sid)",
            "  ->  Seq Scan on sessions s  (cost=0.00..348.00 rows=20000 width=6)",
            "  ->  Hash  (cost=971.00..971.00 rows=60000 width=6)",
            "        ->  Seq Scan on big b  (cost=0.00..971.00 rows=60000 width=6)",
        })
            .empty());
  CHECK(scanned_per_row({
            "Seq Scan on sessions s  (cost=1121.01..1619.01 rows=6667 width=4)",
            "  InitPlan 1 (returns $0)",
            "    ->  Aggregate  (cost=1121.00..1121.01 rows=1 width=32)",
            "          ->  Seq Scan on big  (cost=0.00..971.00 rows=60000 width=4)",
        })
            .empty());
  // A hash on the inner side is filled once, not once per row.
  CHECK(scanned_per_row({
            "Nested Loop  (cost=0.00..1.00 rows=1 width=6)",
            "  ->  Seq Scan on sessions s  (cost=0.00..348.00 rows=20000 width=6)",
            "  ->  Hash Join  (cost=0.00..1.00 rows=1 width=6)",
            "        Hash Cond: (x.id = b.id)",
            "        ->  Index Scan using x_pkey on x  (cost=0.00..1.00 rows=1 width=6)",
            "        ->  Hash  (cost=971.00..971.00 rows=60000 width=6)",
            "              ->  Seq Scan on big b  (cost=0.00..971.00 rows=60000 width=6)",
        })
            .empty());
}

TEST_CASE("A plan of another form tells nothing", "[postgres]") {
  CHECK(scanned_per_row({}).empty());
  CHECK(scanned_per_row({"distribution: local", "vectorized: true", "• scan", "  table: t@t_pkey"}).empty());
  CHECK(planned_cost({"distribution: local"}) == 0);
}
