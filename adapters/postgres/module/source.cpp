// A configured PostgreSQL source, and what the module offers.

#include "adapters/postgres/module.hpp"
#include "adapters/postgres/module/fixture.hpp"
#include "adapters/postgres/module/store.hpp"
#include "adapters/postgres/module/writer.hpp"
#include "auditor/model/embedded.hpp"
#include "auditor/model/error.hpp"

namespace audit::postgres {

namespace {

constexpr int kSnapshotTries = 3;

// "500ms", "30s", "10m", "2h" in milliseconds.
std::int64_t span(const SourceSpec& spec, const char* option, std::int64_t otherwise) {
  const auto found = spec.text.find(option);
  if (found == spec.text.end() || found->second.empty()) return otherwise;
  static const std::vector<std::pair<std::string, std::int64_t>> kUnits = {
      {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}};
  const auto digits = std::min(found->second.find_first_not_of("0123456789"), found->second.size());
  for (const auto& [unit, ms] : kUnits) {
    if (digits > 0 && digits < 10 && found->second.substr(digits) == unit) return std::stoll(found->second) * ms;
  }
  if (found->second == "0") return 0;
  throw Error(ErrorKind::config, "source '" + spec.name + "': " + option + " '" + found->second + "' is not a duration",
              "write it as 30s or 500ms");
}

std::string text(const SourceSpec& spec, const char* option) {
  const auto found = spec.text.find(option);
  return found == spec.text.end() ? std::string() : found->second;
}

class PostgresSource : public Source {
 public:
  PostgresSource(const SourceSpec& spec, const Cancellation& cancel) : name_(spec.name), cancel_(cancel) {
    const Conninfo conninfo = parse_conninfo(text(spec, "url"), span(spec, "connect_timeout", 10'000), name_);
    settings_.conninfo = conninfo.text;
    settings_.secrets = conninfo.secrets;
    settings_.schema = schema(spec, conninfo);
    hinted_ = text(spec, "schema").empty();
    settings_.statement_timeout = span(spec, "statement_timeout", 0);
    settings_.lock_timeout = span(spec, "lock_timeout", settings_.lock_timeout);
    const std::string workers = text(spec, "parallel_workers");
    if (workers.size() > 3 || workers.find_first_not_of("0123456789") != std::string::npos) {
      throw Error(ErrorKind::config, "source '" + name_ + "': parallel_workers '" + workers + "' is not a number");
    }
    if (!workers.empty()) settings_.parallel_workers = std::stoi(workers);
    location_ = conninfo.location + (settings_.schema.empty() ? "" : " schema=" + settings_.schema);
  }

  std::vector<StoreInfo> list() override {
    StoreInfo info;
    info.source = name_;
    info.location = location_;
    return {info};
  }

  // A standby may take a snapshot away again before the first query: then a new one is taken.
  std::vector<std::unique_ptr<Store>> open(const StoreInfo& store, int count) override {
    for (int attempt = 1;; ++attempt) {
      try {
        return open_together(store, count);
      } catch (const Failure& failure) {
        if (failure.kind() != ErrorKind::source || attempt == kSnapshotTries) {
          throw StoreUnavailable{StoreStatus::unknown, failure.what(), failure.hint()};
        }
      }
    }
  }

  std::unique_ptr<Writer> write(const StoreInfo& store, const WriteRequest& request) override {
    StoreInfo info = store;
    info.status = StoreStatus::ok;
    try {
      return std::make_unique<PostgresWriter>(std::move(info), settings_, cancel_, request);
    } catch (const StoreUnavailable& unavailable) {
      const bool standby = unavailable.detail.find("hot standby") != std::string::npos;
      throw Error(ErrorKind::repair,
                  "cannot write postgres '" + name_ + "' (" + location_ +
                      "): " + (standby ? "it is a standby and can only be read" : unavailable.detail),
                  standby ? "set url to the primary server" : unavailable.hint);
    }
  }

  std::vector<std::string> provides(const std::string&) const override { return {}; }

 private:
  static std::string schema(const SourceSpec& spec, const Conninfo& conninfo) {
    if (const std::string stated = text(spec, "schema"); !stated.empty()) return stated;
    const std::string hint = text(spec, "schema_hint");
    const auto hints = spec.lists.find("schema_hints");
    if (conninfo.sets_search_path || hints == spec.lists.end()) return {};
    return std::find(hints->second.begin(), hints->second.end(), hint) == hints->second.end() ? "" : hint;
  }

  std::vector<std::unique_ptr<Store>> open_together(const StoreInfo& store, int count) {
    StoreInfo info = store;
    info.status = StoreStatus::ok;
    std::vector<std::unique_ptr<Connection>> connections;
    connections.push_back(std::make_unique<Connection>(settings_, cancel_, ""));
    describe(*connections.front(), info);
    const std::string snapshot = count > 1 ? connections.front()->export_snapshot() : "";
    try {
      for (int i = 1; i < count && !snapshot.empty(); ++i) {
        connections.push_back(std::make_unique<Connection>(settings_, cancel_, snapshot));
      }
    } catch (const StoreUnavailable&) {
      cancel_.check();  // no more connections than this: fewer are slower, not wrong
    }
    std::vector<std::unique_ptr<Store>> stores;
    for (auto& connection : connections) stores.push_back(std::make_unique<PostgresStore>(info, std::move(connection)));
    return stores;
  }

  // The first query fixes the snapshot.
  void describe(Connection& connection, StoreInfo& info) const {
    const pqxx::result rows = connection.exec(
        "SELECT floor(date_part('epoch', pg_postmaster_start_time()) * 1000)::bigint, $1::text = '' OR "
        "to_regnamespace(quote_ident($1::text)) IS NOT NULL, "
        "CASE WHEN $1::text <> '' THEN has_schema_privilege(to_regnamespace(quote_ident($1::text))::oid, 'USAGE') END",
        {settings_.schema});
    info.started_at = to_integer(value_of(rows, 0, 0));
    // A schema that is only hinted at is searched first where it is there, as its application does.
    if (to_integer(value_of(rows, 0, 1)) == 0 && !hinted_) {
      throw StoreUnavailable{StoreStatus::absent, "has no schema " + settings_.schema, "set " + name_ + ".schema"};
    }
    const Value allowed = value_of(rows, 0, 2);
    if (!is_null(allowed) && to_integer(allowed) == 0) {
      throw StoreUnavailable{StoreStatus::unknown, "permission denied for schema " + settings_.schema,
                             "grant its role USAGE on the schema and SELECT on its tables"};
    }
  }

  std::string name_;
  const Cancellation& cancel_;
  Settings settings_;
  std::string location_;
  bool hinted_ = false;  // nobody asked for the schema by name
};

const PostgresModule kModule = {std::string(program_version()),
                                [](const SourceSpec& spec, const Cancellation& cancel) -> std::unique_ptr<Source> {
                                  return std::make_unique<PostgresSource>(spec, cancel);
                                },
                                make_fixture};

}  // namespace

}  // namespace audit::postgres

extern "C" __attribute__((visibility("default"))) const audit::PostgresModule* audit_postgres_module() {
  return &audit::postgres::kModule;
}
