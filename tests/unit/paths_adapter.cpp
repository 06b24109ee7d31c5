// The adapter that looks at paths which other stores name.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/files/paths.hpp"
#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "audit-paths-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = std::filesystem::canonical(name).string();
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() { std::filesystem::remove_all(path); }
  std::string path;
};

std::unique_ptr<Source> paths_source(const Cancellation& cancel) {
  SourceSpec spec;
  spec.name = "paths";
  spec.lists["of"] = {"workspace.path", "agenterm_project.repo_path"};
  return make_paths_adapter()->source(spec, cancel);
}

const std::vector<std::string> kColumns{"path", "kind", "real_path", "size", "modified_at", "defect"};

std::map<std::string, Row> scan(Store& store) {
  RelationMapping mapping{"file", {RelationPart{}}};
  std::map<std::string, Row> rows;
  store.scan(mapping, kColumns, [&rows](std::span<const Value> row) {
    rows.emplace(std::get<std::string>(row[0]), Row(row.begin() + 1, row.end()));
    return true;
  });
  return rows;
}

std::map<std::string, Row> look_at(std::vector<std::string> paths) {
  const Cancellation cancel;
  const auto source = paths_source(cancel);
  source->tell("workspace.path", std::move(paths));
  return scan(*source->open(source->list().at(0), 1).at(0));
}

Value text(const std::string& s) { return s; }

}  // namespace

TEST_CASE("paths: what there is, and what there is not") {
  const TemporaryDirectory directory;
  const std::string& root = directory.path;
  std::ofstream(root + "/file") << "12345";
  const timespec times[2] = {{1'700'000'000, 0}, {1'700'000'000, 250'999'999}};
  REQUIRE(::utimensat(AT_FDCWD, (root + "/file").c_str(), times, 0) == 0);
  std::filesystem::create_symlink(root, root + "/to_directory");
  std::filesystem::create_symlink(root + "/gone", root + "/to_nothing");
  std::filesystem::create_symlink("loop", root + "/loop");
  REQUIRE(::mkfifo((root + "/pipe").c_str(), 0600) == 0);

  auto rows =
      look_at({root, root + "/file", root + "/to_directory", root + "/to_nothing", root + "/loop", root + "/pipe",
               root + "/gone", root + "/file/below", root + "/gone/below", root + "/odd\n\xff"});
  REQUIRE(rows.size() == 10);
  CHECK(rows[root][0] == text("directory"));
  CHECK(rows[root][1] == text(root));
  CHECK(rows[root + "/file"] ==
        Row{text("file"), text(root + "/file"), std::int64_t{5}, std::int64_t{1'700'000'000'250}, Value{}});
  CHECK(rows[root + "/to_directory"][0] == text("directory"));
  CHECK(rows[root + "/to_directory"][1] == text(root));
  CHECK(rows[root + "/to_nothing"][0] == text("symlink"));
  CHECK(is_null(rows[root + "/to_nothing"][1]));
  CHECK(rows[root + "/loop"][0] == text("symlink"));
  CHECK(rows[root + "/pipe"][0] == text("other"));
  for (const char* gone : {"/gone", "/file/below", "/gone/below", "/odd\n\xff"}) {
    CHECK(rows[root + gone] == Row{text("missing"), Value{}, Value{}, Value{}, Value{}});
  }
}

TEST_CASE("paths: what cannot be told is unknown, never missing") {
  auto rows = look_at({"relative/path", "~/x", std::string("/tmp\0/x", 7), "/" + std::string(5000, 'x')});
  REQUIRE(rows.size() == 4);
  for (const auto& [path, row] : rows) {
    INFO(path);
    CHECK(row[0] == text("unknown"));
    CHECK_FALSE(is_null(row[4]));
  }
}

TEST_CASE("paths: a directory that may not be searched hides, it does not lose") {
  if (::geteuid() == 0) {
    SUCCEED("root may search every directory");
    return;
  }
  const TemporaryDirectory directory;
  std::filesystem::create_directories(directory.path + "/closed/inside");
  REQUIRE(::chmod((directory.path + "/closed").c_str(), 0) == 0);
  auto rows = look_at({directory.path + "/closed/inside"});
  ::chmod((directory.path + "/closed").c_str(), 0700);
  CHECK(rows.begin()->second[0] == text("unknown"));
}

TEST_CASE("paths: the source asks for its columns and tells each path once") {
  const Cancellation cancel;
  const auto source = paths_source(cancel);
  CHECK(source->asks_for() == std::vector<std::string>{"workspace.path", "agenterm_project.repo_path"});
  CHECK(source->list().at(0).location == "paths named by workspace.path, agenterm_project.repo_path");
  CHECK(source->provides("file").size() == 8);
  CHECK(source->provides("session").empty());
  CHECK(scan(*source->open({}, 1).at(0)).empty());
  source->tell("workspace.path", {"/", "", "/"});
  source->tell("agenterm_project.repo_path", {"/", "/nonexistent"});
  auto stores = source->open({}, 2);
  REQUIRE(stores.size() == 2);
  CHECK(scan(*stores[1]).size() == 2);
  source->tell("workspace.path", {});
  source->tell("agenterm_project.repo_path", {});
  CHECK(scan(*stores[1]).size() == 2);
  CHECK(scan(*source->open({}, 1).at(0)).empty());
  const auto cells = stores[0]->native_row({}, {{"path", text("/nonexistent")}});
  REQUIRE(cells.size() == 5);
  CHECK(cells[2] == std::pair<std::string, Value>("kind", text("missing")));
}

TEST_CASE("paths: options that make no sense are refused") {
  const Cancellation cancel;
  const auto adapter = make_paths_adapter();
  SourceSpec spec;
  spec.name = "paths";
  CHECK_THROWS_AS(adapter->source(spec, cancel), Error);
  for (const char* column : {"path", ".path", "workspace.", "a.b.c", ""}) {
    spec.lists["of"] = {column};
    CHECK_THROWS_AS(adapter->source(spec, cancel), Error);
  }
}
