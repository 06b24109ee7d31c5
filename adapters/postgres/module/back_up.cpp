#include "adapters/postgres/module/back_up.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "adapters/postgres/module/rows.hpp"
#include "auditor/sys/process.hpp"

namespace audit::postgres {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "audit-postgres-backup/1";
constexpr auto kDumpTime = std::chrono::hours(24);
constexpr std::size_t kBuffer = 1U << 20U;

// Those of the search path and of the catalog, those that refer to them, and the partitions of them all.
constexpr const char* kTables =
    "WITH RECURSIVE t(oid) AS (SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    " WHERE c.relkind IN ('r', 'p') AND (n.nspname = ANY(current_schemas(false)) OR c.oid = ANY($1::oid[])) "
    "UNION SELECT x.oid FROM t CROSS JOIN LATERAL (SELECT conrelid FROM pg_constraint WHERE contype = 'f' AND "
    "confrelid = t.oid "
    " UNION ALL SELECT relid FROM pg_partition_tree(t.oid)) AS x(oid)) "
    "SELECT n.nspname, c.relname, c.relkind, has_table_privilege(c.oid, 'SELECT')::integer FROM t JOIN pg_class c ON "
    "c.oid = t.oid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY 1, 2";

struct Copied {
  std::string schema;
  std::string table;
  bool has_rows = true;  // not a partitioned table itself
};

[[noreturn]] void fail(const fs::path& path, const char* doing) {
  throw Error(ErrorKind::repair,
              "cannot " + std::string(doing) + " the backup " + path.string() + ": " + std::strerror(errno),
              "make room or set --state-dir; nothing was changed");
}

// A new private file. What was written is durable after sync().
class BackupFile {
 public:
  explicit BackupFile(fs::path path)
      : path_(std::move(path)), fd_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {
    if (fd_ < 0) fail(path_, "make");
  }
  ~BackupFile() { ::close(fd_); }
  BackupFile(const BackupFile&) = delete;
  BackupFile& operator=(const BackupFile&) = delete;

  void append(std::string_view text) {
    buffer_ += text;
    if (buffer_.size() >= kBuffer) flush();
  }
  void sync() {
    flush();
    if (::fsync(fd_) != 0) fail(path_, "sync");
  }

 private:
  void flush() {
    for (std::size_t done = 0; done < buffer_.size();) {
      const ssize_t wrote = ::write(fd_, buffer_.data() + done, buffer_.size() - done);
      if (wrote < 0 && errno != EINTR) fail(path_, "write");
      if (wrote > 0) done += static_cast<std::size_t>(wrote);
    }
    buffer_.clear();
  }

  fs::path path_;
  int fd_;
  std::string buffer_;
};

void sync_path(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail(path, "open");
  const int done = ::fsync(fd);
  ::close(fd);
  if (done != 0) fail(path, "sync");
}

std::vector<Copied> tables_to_copy(Connection& connection, const Catalog& catalog, nlohmann::json& left_out) {
  std::string known = "{";
  for (const auto& [name, facts] : catalog.known()) known += (known.size() > 1 ? "," : "") + facts.oid;
  const pqxx::result rows = connection.exec(kTables, {known + "}"});
  std::vector<Copied> tables;
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    Copied table{to_text(value_of(rows, i, 0)), to_text(value_of(rows, i, 1)), to_text(value_of(rows, i, 2)) == "r"};
    if (to_integer(value_of(rows, i, 3)) != 0) {
      tables.push_back(std::move(table));
    } else {
      left_out.push_back(table.schema + "." + table.table);
    }
  }
  return tables;
}

// The connection string without what nobody may read in a list of processes; false when it holds more than a password.
bool without_password(const std::string& conninfo, std::string& result, std::string& password) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(conninfo.c_str(), nullptr),
                                                                             &PQconninfoFree);
  for (const PQconninfoOption* option = options.get(); option != nullptr && option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    const std::string keyword = option->keyword;
    if (keyword == "sslpassword") return false;
    if (keyword == "password") {
      password = option->val;
      continue;
    }
    std::string value;
    for (const char* c = option->val; *c != '\0'; ++c)
      value += *c == '\'' || *c == '\\' ? std::string("\\") + *c : std::string(1, *c);
    result += (result.empty() ? "" : " ") + keyword + "='" + value + "'";
  }
  return true;
}

// The program of the server's own version, or a newer one; "" when there is none.
std::string find_dump(int server, const Cancellation& cancel) {
  for (const std::string& name :
       {"/usr/lib/postgresql/" + std::to_string(server) + "/bin/pg_dump", std::string("pg_dump")}) {
    if (!find_program(name).has_value()) continue;
    const auto version = run_process({.argv = {name, "--version"}}, cancel);
    const auto at = version.out.find_last_of(' ', version.out.find_first_of("0123456789"));
    if (version.status == 0 && at != std::string::npos && std::atoi(version.out.c_str() + at + 1) >= server)
      return name;
  }
  return {};
}

bool dump(Connection& connection, const std::vector<Copied>& tables, const Settings& settings,
          const std::string& snapshot, const fs::path& file) {
  std::string conninfo;
  std::string password;
  const int server = std::atoi(connection.exec("SHOW server_version_num")[0][0].c_str()) / 10000;
  const std::string program = find_dump(server, connection.cancellation());
  if (snapshot.empty() || program.empty() || !without_password(settings.conninfo, conninfo, password)) return false;
  ProcessRequest request{
      .argv = {program, "--format=custom", "--no-password", "--snapshot=" + snapshot, "--file=" + file.string(),
               "--lock-wait-timeout=" + std::to_string(settings.lock_timeout), "--dbname=" + conninfo},
      .timeout = kDumpTime};
  for (const auto& table : tables)
    request.argv.push_back("--table=" + identifier(table.schema) + "." + identifier(table.table));
  if (!password.empty()) request.environment.emplace_back("PGPASSWORD", password);
  BackupFile(file).sync();  // so that it is private from the start
  const auto done = run_process(request, connection.cancellation());
  if (done.end == ProcessEnd::exited && done.status == 0) {
    sync_path(file);
    return true;
  }
  std::error_code ignored;
  fs::remove(file, ignored);
  return false;
}

// One line of COPY's text format.
std::string copy_line(std::span<const Value> row) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) line += '\t';
    const auto text = native_text(row[i]);
    if (!text.has_value()) {
      line += "\\N";
      continue;
    }
    for (const char c : *text) {
      switch (c) {
        case '\\':
          line += "\\\\";
          break;
        case '\n':
          line += "\\n";
          break;
        case '\r':
          line += "\\r";
          break;
        case '\t':
          line += "\\t";
          break;
        default:
          line += c;
      }
    }
  }
  return line + "\n";
}

nlohmann::json copy(Connection& connection, const Copied& table, const fs::path& directory, std::size_t number) {
  std::string list;
  nlohmann::json columns = nlohmann::json::array();
  const std::string name = identifier(table.schema) + "." + identifier(table.table);
  const pqxx::result written = connection.exec(
      "SELECT a.attname FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped "
      "AND "
      "COALESCE(to_jsonb(a) ->> 'attgenerated', '') = '' ORDER BY a.attnum",
      {name});
  for (int i = 0; i < static_cast<int>(written.size()); ++i) {
    columns.push_back(to_text(value_of(written, i, 0)));
    list += (i == 0 ? "" : ", ") + identifier(to_text(value_of(written, i, 0)));
  }
  const std::string file = std::to_string(number) + ".copy";
  BackupFile out(directory / file);
  std::int64_t rows = 0;
  if (!list.empty()) {
    connection.stream(
        "SELECT " + list + " FROM " + (table.has_rows ? "ONLY " : "") + name, {},
        [&](std::span<const Value> row) {
          out.append(copy_line(row));
          return ++rows >= 0;
        },
        true);
  }
  out.sync();
  return {{"schema", table.schema}, {"table", table.table},
          {"file", file},           {"columns", columns},
          {"rows", rows},           {"restore", "\\copy " + name + " (" + list + ") FROM '" + file + "'"}};
}

}  // namespace

void back_up_tables(Connection& connection, Catalog& catalog, const Settings& settings, const fs::path& directory) {
  const std::string snapshot = connection.export_snapshot();
  nlohmann::json manifest = {{"format", kFormat}, {"left_out", nlohmann::json::array()}};
  const auto tables = tables_to_copy(connection, catalog, manifest["left_out"]);
  if (tables.empty())
    throw Error(ErrorKind::repair, "there is no table to back up", "check schema and url of the source");
  manifest["server_version"] = connection.exec("SHOW server_version")[0][0].c_str();
  if (dump(connection, tables, settings, snapshot, directory / "tables.dump")) {
    manifest["made_with"] = "pg_dump";
    manifest["restore"] = "pg_restore --dbname=… tables.dump";
    for (const auto& table : tables) manifest["tables"].push_back({{"schema", table.schema}, {"table", table.table}});
  } else {
    manifest["made_with"] = "copy";
    for (const auto& table : tables) {
      if (table.has_rows)
        manifest["tables"].push_back(
            copy(connection, table, directory, manifest.value("tables", nlohmann::json::array()).size() + 1));
    }
  }
  BackupFile out(directory / "manifest.json");
  out.append(manifest.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  out.sync();
  sync_path(directory);
}

}  // namespace audit::postgres
