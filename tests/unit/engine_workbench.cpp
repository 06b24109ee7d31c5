// What is gathered from several stores is compared as one.

#include <algorithm>

#include "auditor/engine/workbench.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

TEST_CASE("An id that is a number in one store is the text that names it in another", "[engine]") {
  Cancellation cancel;
  Workbench bench(cancel);
  bench.begin("session", {"source", "id", "message_count"});
  bench.add("session", Row{"db", std::int64_t{7}, std::int64_t{2}});
  bench.add("session", Row{"db", "8", std::int64_t{10}});
  bench.add("session", Row{"db", std::int64_t{9}, std::int64_t{3}});
  bench.finish("session", {"id"});
  bench.begin("event", {"source", "id", "named_session_id"});
  bench.add("event", Row{"log", "e1", "7"});
  bench.add("event", Row{"log", "e2", std::int64_t{8}});
  bench.finish("event", {"named_session_id"});

  Query query;
  query.sql = "SELECT s.source, s.id FROM session s JOIN event e ON e.named_session_id = s.id";
  query.columns = {"source", "id"};
  query.reads = {{"session", {"source", "id"}}, {"event", {"named_session_id"}}};
  query.key = {"id"};
  const auto found = [&](const std::vector<Row>* only) {
    std::vector<std::string> ids;
    bench.host().run(query, only, [&](std::span<const Value> row) {
      ids.push_back(to_text(row[1]));
      return true;
    });
    std::sort(ids.begin(), ids.end());
    return ids;
  };
  CHECK(found(nullptr) == std::vector<std::string>{"7", "8"});
  // Nor does it matter in which form it is asked for again.
  const std::vector<Row> only = {{std::int64_t{7}}, {"9"}};
  CHECK(found(&only) == std::vector<std::string>{"7"});

  // What is not an id stays a number: 10 is more than 2.
  query.sql = "SELECT s.source, s.id FROM session s WHERE s.message_count > 2";
  query.reads = {{"session", {"source", "id", "message_count"}}};
  CHECK(found(nullptr) == std::vector<std::string>{"8", "9"});
}
