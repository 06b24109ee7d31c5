// Profiles are read strictly; generations, variants and options decide what a store shows.

#include "auditor/engine/profile.hpp"

#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

std::optional<std::string> environment(const std::string& name) {
  static const std::map<std::string, std::string> values = {{"HOME", "/home/u"}, {"DB", "/data/x.db"}, {"EMPTY", ""}};
  const auto found = values.find(name);
  return found == values.end() ? std::nullopt : std::optional(found->second);
}

Profile read(const std::string& text, const std::map<std::string, std::string>& set = {},
             const std::string& directory = "") {
  return {text, "p.json", set, directory, environment};
}

std::string profile(const std::string& relations, const std::string& more = "",
                    const std::string& sources = R"("db": {"adapter": "a", "path": "x"})") {
  return R"({"profile": "p", "prefix": "p", "sources": {)" + sources + "}" + more + ", \"relations\": {" + relations +
         "}}";
}

std::string refusal(const std::string& text, const std::map<std::string, std::string>& set = {}) {
  try {
    (void)read(text, set);
    return "accepted";
  } catch (const Error& error) {
    return error.hint().empty() ? error.what() : std::string(error.what()) + " (" + error.hint() + ")";
  }
}

std::string path(const std::string& written, const std::map<std::string, std::string>& set = {},
                 const std::string& directory = "") {
  return read(profile("", "", R"("db": {"adapter": "a", "path": ")" + written + "\"}"), set, directory)
      .sources()
      .front()
      .spec.text.at("path");
}

// A store that has the given tables ("table" → columns) and answers every probe with the same value.
class FakeStore : public Store {
 public:
  FakeStore(std::map<std::string, std::set<std::string>> tables, Value probe = {})
      : tables_(std::move(tables)), probe_(std::move(probe)) {
    info_.source = "db";
  }
  [[nodiscard]] const StoreInfo& info() const override { return info_; }
  [[nodiscard]] bool has(const std::string& table, const std::string& column) override {
    const auto found = tables_.find(table);
    return found != tables_.end() && (column.empty() || found->second.contains(column));
  }
  [[nodiscard]] Value probe(const std::string&) override { return probe_; }
  void scan(const RelationMapping&, const std::vector<std::string>&, const RowSink&) override {}
  [[nodiscard]] Host* host() override { return nullptr; }
  [[nodiscard]] Cells native_row(const RelationPart&, const Cells&) override { return {}; }

 private:
  StoreInfo info_;
  std::map<std::string, std::set<std::string>> tables_;
  Value probe_;
};

ResolvedStore resolve(const Profile& profile, FakeStore& store) {
  return profile.resolve(store, profile.generation_of(store),
                         [](const std::string&) { return std::vector<std::string>(); });
}

const std::string kSession = R"("session": {"table": "s", "key": "id", "columns": {"id": "id"}})";

}  // namespace

TEST_CASE("unknown keys of a profile are errors with a suggestion", "[profile]") {
  CHECK(refusal(profile(kSession)) == "accepted");
  CHECK(refusal(profile(kSession, R"(, "trait": [])")) == "p.json: unknown key \"trait\" (did you mean \"traits\"?)");
  CHECK(refusal(profile(R"("sesion": {})")) ==
        "p.json: relations.sesion: there is no such relation (did you mean \"session\"?)");
  CHECK(refusal(profile(R"("q_thing": {})")).find("<prefix>_<noun>") != std::string::npos);
  CHECK(refusal(profile(R"("p_thing": {})")) == "accepted");
  CHECK(refusal(profile(R"("session": {"tabel": "s"})")) ==
        "p.json: relations.session: unknown key \"tabel\" (did you mean \"table\"?)");
  CHECK(refusal(profile(R"("session": {"columns": {"id": {"form": "id"}}})"))
            .find("unknown key \"form\" (did you mean \"from\"?)") != std::string::npos);
  CHECK(refusal(profile(R"("session": {"columns": {"id": {}}})")).find("one of from, expr, value") !=
        std::string::npos);
  CHECK(refusal(profile(R"("session": {"columns": {"id": {"value": 1, "from": "id"}}})"))
            .find("a constant has neither") != std::string::npos);
  CHECK(refusal(profile(R"("session": {"columns": {"id": {"from": "id", "else": 1}}})"))
            .find("\"else\" belongs to \"map\"") != std::string::npos);
  CHECK(refusal(profile(R"("session": {"columns": {"id": {"from": "id", "as": "rfc339"}}})"))
            .find("did you mean \"rfc3339\"?") != std::string::npos);
  CHECK(refusal(profile(R"("session": {"source": "bd"})")).find("there is no source \"bd\"") != std::string::npos);
  CHECK(refusal(profile(R"("session": {"variants": []})")).find("must be a list of mappings") != std::string::npos);
  CHECK(refusal(profile("", R"(, "generations": [{"name": "a", "when": {"source": "db"}}])"))
            .find("one of table and query") != std::string::npos);
  CHECK(refusal(profile("", R"(, "generations": [{"name": "a", "wen": {}}])")).find("did you mean \"when\"?") !=
        std::string::npos);
  CHECK(refusal(R"({"profile": "p", "sources": {}, "relations": {}})").find("at least one source") !=
        std::string::npos);
  CHECK(refusal("{\n\"profile\" \"p\"}").starts_with("p.json:2: not valid JSON"));
}

TEST_CASE("a generation that is not there is a mistake wherever it is named", "[profile]") {
  const std::string two = R"(, "generations": [{"name": "head", "when": {"table": "new"}}, {"name": "seed"}])";
  CHECK(refusal(profile(
            R"("session": {"only": ["head"], "columns": {"id": {"generation": {"seed": "id", "else": "uuid"}}}})",
            two)) == "accepted");
  CHECK(refusal(profile(R"("session": {"only": ["haed"]})", two)) ==
        "p.json: relations.session: there is no generation \"haed\" (did you mean \"head\"?)");
  CHECK(refusal(profile(R"("session": {"columns": {"id": {"generation": {"sed": "id"}}}})", two))
            .find("no generation \"sed\"") != std::string::npos);
  CHECK(refusal(profile("", two + R"(, "traits": {"generation": {"old": ["x"]}})"))
            .find("p.json: traits: there is no generation \"old\"") != std::string::npos);
  CHECK(refusal(profile("", two + R"(, "params": {"c": {"limit": {"generation": {"old": 1}}}})")).find("params") !=
        std::string::npos);
}

TEST_CASE("options come from the environment and from --set", "[profile]") {
  CHECK(path("${DB}") == "/data/x.db");
  CHECK(path("${DB:-/y}") == "/data/x.db");
  CHECK(path("${NONE:-/y}/z") == "/y/z");
  CHECK(path("${EMPTY:-/y}") == "/y");
  CHECK(path("${NONE:-~/y}") == "/home/u/y");
  CHECK(path("~/y") == "/home/u/y");
  CHECK(path("/a~/${") == "/a~/${");
  CHECK(path("/x", {{"db.path", "rel.db"}}) == "rel.db");
  CHECK(path("/x", {{"db.path", "rel.db"}}, "/conf") == "/conf/rel.db");
  CHECK(path("/x", {{"db.path", "/abs.db"}}, "/conf") == "/abs.db");
  CHECK(path("/x", {{"db.path", "~/z"}}, "/conf") == "/home/u/z");
  CHECK(path("/x", {{"db.path", "${DB}"}}, "/conf") == "/data/x.db");
  CHECK(refusal(profile(""), {{"bd.path", "x"}}).find("did you mean db.path?") != std::string::npos);
  CHECK(refusal(profile(""), {{"path", "x"}}).find("SOURCE.OPTION=VALUE") != std::string::npos);
  CHECK(refusal(profile(""), {{"db.", "x"}}).find("SOURCE.OPTION=VALUE") != std::string::npos);
}

TEST_CASE("the first generation whose condition holds counts", "[profile]") {
  const Profile one = read(profile(
      R"("session": {"table": "s", "key": {"generation": {"head": "uuid", "else": "id"}}, "columns": {"id": {"generation": {"head": "uuid", "v2": "no", "seed": "id"}},
                                       "status": {"generation": {"head": "status"}}}},
                                      "task": {"only": ["head"], "table": "t", "key": "id", "columns": {"id": "id"}})",
      R"(, "generations": [{"name": "head", "when": {"table": "s", "column": "uuid"}}, {"name": "v2", "when": {"query": "SELECT 1"}},
                                      {"name": "seed"}], "traits": {"generation": {"seed": ["old"], "else": ["new"]}},
                                      "params": {"c": {"limit": {"generation": {"seed": "1h", "else": 5}}}})"));
  FakeStore head({{"s", {"uuid", "status"}}, {"t", {"id"}}});
  FakeStore seed({{"s", {"id"}}, {"t", {"id"}}}, std::int64_t{0});
  FakeStore v2({{"s", {"id"}}}, std::int64_t{2});
  CHECK(one.generation_of(head) == "head");
  CHECK(one.generation_of(v2) == "v2");
  CHECK(one.generation_of(seed) == "seed");
  FakeStore empty_text({{"s", {"id"}}}, std::string());
  CHECK(one.generation_of(empty_text) == "seed");
  const auto of_head = resolve(one, head);
  CHECK(of_head.relations.at("session").parts.front().column("id")->from == "uuid");
  CHECK(of_head.relations.contains("task"));
  const auto of_seed = resolve(one, seed);
  CHECK(of_seed.relations.at("session").parts.front().column("id")->from == "id");
  CHECK(of_seed.relations.at("session").parts.front().column("status") == nullptr);  // left out
  CHECK_FALSE(of_seed.relations.contains("task"));
  CHECK(of_seed.missing.empty());
  CHECK(one.traits("seed") == std::set<std::string>{"old"});
  CHECK(one.traits("head") == std::set<std::string>{"new"});
  CHECK(std::get<std::int64_t>(one.params("c", "seed").at("limit")) == 3'600'000);
  CHECK(std::get<std::int64_t>(one.params("c", "head").at("limit")) == 5);
}

TEST_CASE("variants, parts and what may be missing", "[profile]") {
  const Profile one =
      read(profile(R"("session": {"variants": [{"table": "new", "key": "id", "columns": {"id": "id", "kind": "kind"}},
                                                               {"table": "old", "key": "id", "columns": {"id": "id"}}]},
    "task": [{"table": "t1", "key": "id", "columns": {"id": "id", "kind": {"value": "one"}}},
             {"table": "t2", "key": "id", "optional": true, "columns": {"id": "id", "status": "status"}}])"));
  FakeStore newer({{"new", {"id", "kind"}}, {"old", {"id"}}, {"t1", {"id"}}, {"t2", {"id", "status"}}});
  FakeStore older({{"new", {"id"}}, {"old", {"id"}}, {"t1", {"id"}}});
  FakeStore none({{"new", {"id"}}, {"t2", {"id", "status"}}});
  CHECK(resolve(one, newer).relations.at("session").parts.front().table == "new");
  CHECK(resolve(one, older).relations.at("session").parts.front().table == "old");
  const auto lacking = resolve(one, none);
  CHECK_FALSE(lacking.relations.contains("session"));
  CHECK(lacking.missing.at("session") == "column new.kind, table old");
  CHECK(lacking.missing.at("task") == "table t1");
  const auto parts = resolve(one, newer).relations.at("task").parts;
  REQUIRE(parts.size() == 2);
  CHECK(is_null(*parts[0].column("status")->value));  // every part has the columns of all
  CHECK(is_null(*parts[1].column("kind")->value));
  CHECK(resolve(one, older).relations.at("task").parts.size() == 1);
}
