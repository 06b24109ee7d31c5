// Snapshot files: read, written, refused; and the source that stands on one.

#include "adapters/tmux/snapshot.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/tmux/tmux.hpp"
#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;
using namespace audit::tmux;

namespace {

const std::string kSmall = R"({"schema": "audit-tmux-snapshot/1",
 "server": {"status": "ok", "pid": 4711, "started_at": "2026-02-27T12:56:10Z"},
 "windows": [{"window_id": "@7", "session_name": "main", "window_name": "session-12ab90cd"},
             {"window_id": "@8", "session_name": "main", "window_name": "vim", "pane_dead": true, "attached": 2,
              "created_at": "2026-02-27T13:56:10.250+01:00", "path": null, "own": 1, "owned": 1, "server_pid": 5}]})";

Value number(std::int64_t n) { return n; }
Value text(const std::string& s) { return s; }

std::string complaint(const std::string& snapshot) {
  try {
    static_cast<void>(parse_snapshot(snapshot, "s.json"));
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::config);
    CHECK_FALSE(error.hint().empty());
    return error.what();
  }
  return "";
}

std::string with_window(const std::string& window) {
  return R"({"schema": "audit-tmux-snapshot/1", "server": {"status": "ok"}, "windows": [)" + window + "]}";
}

class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& contents) {
    std::string name = (std::filesystem::temp_directory_path() / "audit-snapshot-XXXXXX").string();
    const int fd = ::mkstemp(name.data());
    REQUIRE(fd >= 0);
    ::close(fd);
    path = name;
    std::ofstream(path, std::ios::binary) << contents;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path); }
  std::string path;
};

std::unique_ptr<Source> snapshot_source(const std::string& file, const Cancellation& cancel) {
  SourceSpec spec;
  spec.name = "tmux";
  spec.adapter = "tmux";
  spec.text = {{"socket", "default"}, {"snapshot", file}};
  return make_tmux_adapter()->source(spec, cancel);
}

StoreUnavailable unavailable(const std::string& file) {
  const Cancellation cancel;
  const auto source = snapshot_source(file, cancel);
  try {
    static_cast<void>(source->open(source->list().at(0), 1));
  } catch (const StoreUnavailable& reason) {
    return reason;
  }
  return {StoreStatus::ok, "", ""};
}

}  // namespace

TEST_CASE("a snapshot gives the columns that it has and defaults for the rest") {
  const ServerState server = parse_snapshot(kSmall, "s.json");
  CHECK(server.status == StoreStatus::ok);
  CHECK(server.pid == 4711);
  CHECK(server.started_at == 1772196970000);
  REQUIRE(server.windows.size() == 2);
  const Window& first = server.windows[0];
  CHECK(first[window_id] == text("@7"));
  CHECK(first[window_name] == text("session-12ab90cd"));
  CHECK(first[server_pid] == number(4711));
  CHECK(first[server_started_at] == number(1772196970000));
  CHECK(first[pane_dead] == number(0));
  CHECK(first[own] == number(0));
  CHECK(is_null(first[owned]));
  CHECK(is_null(first[created_at]));
  const Window& second = server.windows[1];
  CHECK(second[pane_dead] == number(1));
  CHECK(second[attached] == number(2));
  CHECK(second[created_at] == number(1772196970250));
  CHECK(is_null(second[path]));
  CHECK(second[own] == number(1));
  CHECK(second[owned] == number(1));
  CHECK(second[server_pid] == number(5));
}

TEST_CASE("what is written reads back the same, also names that are not UTF-8") {
  ServerState server = parse_snapshot(kSmall, "s.json");
  server.windows[0][window_name] = text("tab\there\nline \"q\" \\ \xc3\xa9\xe6\xbc\xa2");
  server.windows[0][path] = text("/bad/\xff\xfe\x01");
  server.windows[1][server_pid] = Value{};
  server.windows[1][created_at] = number(-1);
  const std::string written = format_snapshot(server);
  const ServerState again = parse_snapshot(written, "again.json");
  CHECK(again.windows == server.windows);
  CHECK(again.pid == server.pid);
  CHECK(again.started_at == server.started_at);
  CHECK(written.find("\"2f6261642ffffe01\"") != std::string::npos);
  CHECK(format_snapshot(again) == written);
}

TEST_CASE("a snapshot may say that there was no server") {
  const ServerState server =
      parse_snapshot(R"({"schema": "audit-tmux-snapshot/1", "server": {"status": "absent"}})", "s.json");
  CHECK(server.status == StoreStatus::absent);
  const TemporaryFile file(record_snapshot(StoreUnavailable{StoreStatus::dead, "nobody listens", "hint"}));
  const StoreUnavailable reason = unavailable(file.path);
  CHECK(reason.status == StoreStatus::dead);
  CHECK(reason.detail == "nobody listens");
}

TEST_CASE("a bad snapshot is refused with its file and place") {
  using Catch::Matchers::Contains;
  CHECK_THAT(complaint(""), Contains("s.json") && Contains("line 1"));
  CHECK_THAT(complaint("{\n\"schema\": }"), Contains("s.json") && Contains("line 2, column 11"));
  CHECK_THAT(complaint("[]"), Contains("must be an object"));
  CHECK_THAT(complaint("{}"), Contains("\"schema\" must be"));
  CHECK_THAT(complaint(R"({"schema": "audit-tmux-snapshot/2"})"), Contains("\"schema\" must be"));
  CHECK_THAT(complaint(R"({"schema": "audit-tmux-snapshot/1"})"), Contains("\"server\" is missing"));
  CHECK_THAT(complaint(R"({"schema": "audit-tmux-snapshot/1", "server": {"status": "ok"}})"),
             Contains("\"windows\" is missing"));
  CHECK_THAT(complaint(R"({"schema": "audit-tmux-snapshot/1", "server": {"status": "fine"}, "windows": []})"),
             Contains("server.status"));
  CHECK_THAT(complaint(R"({"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "x": 1}, "windows": []})"),
             Contains("server: unknown key \"x\""));
  CHECK_THAT(complaint(R"({"schema": "audit-tmux-snapshot/1", "server": {"status": "ok"}, "windows": [], "y": 0})"),
             Contains("unknown key \"y\""));
  const std::string good = R"({"window_id": "@1", "session_name": "s", "window_name": "w"})";
  CHECK(complaint(with_window(good)).empty());
  CHECK_THAT(complaint(with_window(good + R"(, {"window_id": "@1", "session_name": "s"})")),
             Contains("windows[1]: \"window_name\" is missing"));
  const auto extra = [&](const std::string& cell) {
    return complaint(with_window(R"({"window_id": "@1", "session_name": "s", "window_name": "w", )" + cell + "}"));
  };
  CHECK_THAT(extra(R"("nam": 1)"), Contains("windows[0]: unknown key \"nam\""));
  CHECK_THAT(extra(R"("source": "x")"), Contains("unknown key \"source\""));
  CHECK_THAT(extra(R"("pane_pid": "12")"), Contains("windows[0].pane_pid: must be a whole number"));
  CHECK_THAT(extra(R"("pane_pid": 18446744073709551615)"), Contains("too large"));
  CHECK_THAT(extra(R"("created_at": 12)"), Contains("windows[0].created_at: must be a time"));
  CHECK_THAT(extra(R"("created_at": "2026-02-30T00:00:00Z")"), Contains("must be a time"));
  CHECK_THAT(extra(R"("own": 2)"), Contains("windows[0].own: must be 0, 1"));
  CHECK_THAT(extra(R"("path": {"hex": "f"})"), Contains("windows[0].path: bytes"));
  CHECK_THAT(extra(R"("path": {"hex": "zz"})"), Contains("windows[0].path: bytes"));
  CHECK_THAT(complaint(with_window(R"({"window_id": "7", "session_name": "s", "window_name": "w"})")),
             Contains("windows[0].window_id: must be a window id"));
  CHECK_THAT(complaint(with_window(R"({"window_id": "@1", "session_name": null, "window_name": "w"})")),
             Contains("windows[0].session_name: must be a string"));
}

TEST_CASE("a source on a snapshot streams rows, as often as asked, from one reading") {
  const TemporaryFile file(kSmall);
  const Cancellation cancel;
  const auto source = snapshot_source(file.path, cancel);
  const std::vector<StoreInfo> list = source->list();
  REQUIRE(list.size() == 1);
  CHECK(list[0].location == file.path);
  CHECK(list[0].status == StoreStatus::ok);
  CHECK(source->provides("tmux_window").size() == 17);
  CHECK(source->provides("session").empty());
  auto stores = source->open(list[0], 3);
  REQUIRE(stores.size() == 3);
  Store& store = *stores[2];
  CHECK(store.info().started_at == 1772196970000);
  CHECK(store.host() == nullptr);
  CHECK(store.has("tmux_window", ""));
  CHECK(store.has("tmux_window", "pane_dead"));
  CHECK_FALSE(store.has("tmux_window", "nothing"));
  CHECK_FALSE(store.has("sessions", ""));

  RelationMapping mapping{"tmux_window", {RelationPart{}}};
  mapping.parts[0].table = "tmux_window";
  std::vector<Row> rows;
  store.scan(mapping, {"window_id", "source", "scope", "defect", "attached"}, [&](std::span<const Value> row) {
    rows.emplace_back(row.begin(), row.end());
    return true;
  });
  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == Row{text("@7"), text("tmux"), text(""), Value{}, number(0)});
  CHECK(rows[1] == Row{text("@8"), text("tmux"), text(""), Value{}, number(2)});

  int seen = 0;
  store.scan(mapping, {"window_id"}, [&seen](std::span<const Value>) { return ++seen < 1; });
  CHECK(seen == 1);
  CHECK_THROWS_AS(store.scan(mapping, {"nothing"}, [](std::span<const Value>) { return true; }), Error);

  const auto cells = store.native_row(mapping.parts[0], {{"window_id", text("@8")}});
  REQUIRE(cells.size() == 14);
  CHECK(cells[0] == std::pair<std::string, Value>("window_id", text("@8")));
  CHECK(store.native_row(mapping.parts[0], {{"window_id", text("@9")}}).empty());
  CHECK(parse_snapshot(record_snapshot(store), "r").windows == parse_snapshot(kSmall, "s").windows);
}

TEST_CASE("a snapshot file that cannot be used is unknown, never empty") {
  using Catch::Matchers::Contains;
  const StoreUnavailable missing = unavailable("/nonexistent/snapshot.json");
  CHECK(missing.status == StoreStatus::unknown);
  CHECK_THAT(missing.detail, Contains("/nonexistent/snapshot.json") && Contains("No such file"));
  CHECK_THAT(unavailable(std::filesystem::temp_directory_path().string()).detail, Contains("is a directory"));
  const TemporaryFile empty("");
  CHECK(unavailable(empty.path).status == StoreStatus::unknown);
  CHECK_THAT(unavailable(empty.path).detail, Contains(empty.path) && Contains("not JSON"));
}

TEST_CASE("options that make no sense are refused") {
  const Cancellation cancel;
  const auto adapter = make_tmux_adapter();
  for (const auto& [name, value] :
       std::map<std::string, std::string>{{"socket", "/tmp/x"}, {"timeout", "soon"}, {"timeout", "0s"}}) {
    SourceSpec spec;
    spec.name = "tmux";
    spec.text = {{name, value}};
    CHECK_THROWS_AS(adapter->source(spec, cancel), Error);
  }
}
