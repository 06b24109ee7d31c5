#include "adapters/tmux/tmux.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>

#include "adapters/tmux/client.hpp"
#include "adapters/tmux/snapshot.hpp"
#include "adapters/tmux/tmux_writer.hpp"
#include "adapters/tmux/window.hpp"
#include "auditor/model/awaited.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/disguise.hpp"
#include "auditor/sys/duration.hpp"

namespace audit {
namespace {

using tmux::ServerState;
using tmux::Window;

constexpr const char* kRelation = "tmux_window";

// Columns that every relation has, beside those of a window.
enum class CommonColumn { none, source, scope, defect };

struct ColumnRef {
  CommonColumn common = CommonColumn::none;
  std::size_t field = 0;
};

std::optional<ColumnRef> find_column(std::string_view name) {
  if (name == "source") return ColumnRef{CommonColumn::source};
  if (name == "scope") return ColumnRef{CommonColumn::scope};
  if (name == "defect") return ColumnRef{CommonColumn::defect};
  const std::size_t field = tmux::find_window_column(name);
  if (field == tmux::kWindowColumns.size()) return std::nullopt;
  return ColumnRef{CommonColumn::none, field};
}

std::vector<std::string> all_columns() {
  std::vector<std::string> names{"source", "scope", "defect"};
  for (const tmux::WindowColumn& column : tmux::kWindowColumns) names.emplace_back(column.name);
  return names;
}

ColumnRef column_or_fail(const std::string& name) {
  const std::optional<ColumnRef> column = find_column(name);
  if (!column)
    throw Error(ErrorKind::config, "tmux_window has no column '" + name + "'", "see `audit explain tmux_window`");
  return *column;
}

class TmuxStore : public Store {
 public:
  TmuxStore(StoreInfo info, std::shared_ptr<const ServerState> server, const Cancellation& cancel)
      : info_(std::move(info)), server_(std::move(server)), cancel_(cancel) {}

  [[nodiscard]] const StoreInfo& info() const override { return info_; }

  [[nodiscard]] bool has(const std::string& table, const std::string& column) override {
    return table == kRelation && (column.empty() || find_column(column).has_value());
  }

  [[nodiscard]] Value probe(const std::string& /*sql*/) override {
    throw Error(ErrorKind::config, "source '" + info_.source + "' is a tmux server: it cannot be asked with SQL",
                "probe a source of another adapter");
  }

  void scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) override {
    std::vector<ColumnRef> wanted;
    for (const std::string& name : columns) wanted.push_back(column_or_fail(name));
    Row row(columns.size());
    for (const RelationPart& part : relation.parts) {
      expect_table(part);
      for (const Window& window : server_->windows) {
        cancel_.check();
        for (std::size_t i = 0; i < wanted.size(); ++i) row[i] = cell(window, wanted[i]);
        if (!sink(row)) return;
      }
    }
  }

  [[nodiscard]] Host* host() override { return nullptr; }

  [[nodiscard]] std::vector<std::pair<std::string, Value>> native_row(
      const RelationPart& part, const std::vector<std::pair<std::string, Value>>& key) override {
    expect_table(part);
    for (const Window& window : server_->windows) {
      if (!matches(window, key)) continue;
      std::vector<std::pair<std::string, Value>> cells;
      for (std::size_t i = 0; i < window.size(); ++i) {
        cells.emplace_back(std::string(tmux::kWindowColumns[i].name), window[i]);
      }
      return cells;
    }
    return {};
  }

 private:
  static void expect_table(const RelationPart& part) {
    if (part.table.empty() || part.table == kRelation) return;
    throw Error(ErrorKind::config, "a tmux source has no table '" + part.table + "'", "it provides tmux_window");
  }

  [[nodiscard]] Value cell(const Window& window, const ColumnRef& column) const {
    switch (column.common) {
      case CommonColumn::source:
        return info_.source;
      case CommonColumn::scope:
        return info_.scope;
      case CommonColumn::defect:
        return {};
      case CommonColumn::none:
        break;
    }
    return window[column.field];
  }

  [[nodiscard]] bool matches(const Window& window, const std::vector<std::pair<std::string, Value>>& key) const {
    for (const auto& [name, value] : key) {
      const Value mine = cell(window, column_or_fail(name));
      if (is_null(mine) || is_null(value) || to_text(mine) != to_text(value)) return false;
    }
    return !key.empty();
  }

  StoreInfo info_;
  std::shared_ptr<const ServerState> server_;
  const Cancellation& cancel_;
};

std::string read_file(const std::string& path) {
  const auto fail = [&path](const std::string& why) -> StoreUnavailable {
    return {StoreStatus::unknown, "cannot read tmux snapshot " + path + ": " + why,
            "name a file written by `audit record DIR`"};
  };
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw fail("it is a directory");
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) throw fail(std::strerror(errno));
  std::string text;
  std::array<char, 65536> buffer;  // NOLINT: filled by read
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) throw fail(std::strerror(errno));
  return text;
}

class TmuxSource : public Source, public Awaited, public Recorded {
 public:
  TmuxSource(std::string name, tmux::ServerAddress address, std::string snapshot, const Cancellation& cancel)
      : name_(std::move(name)), address_(std::move(address)), snapshot_(std::move(snapshot)), cancel_(cancel) {}

  [[nodiscard]] std::vector<StoreInfo> list() override {
    StoreInfo info = blank_info();
    if (snapshot_.empty()) {
      StoreUnavailable seen = tmux::look(address_);
      info.status = seen.status;
      info.detail = std::move(seen.detail);
      info.hint = std::move(seen.hint);
    }
    return {info};
  }

  void prepare() override {
    if (!snapshot_.empty()) return;
    const std::lock_guard lock(mutex_);
    // At once and not on a thread of its own: the answer is waited for most of all, and a new thread takes longer to start than a program.
    std::promise<std::unique_ptr<tmux::Question>> promise;
    asked_ = promise.get_future();
    try {
      promise.set_value(std::make_unique<tmux::Question>(address_));
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  }

  [[nodiscard]] bool is_awaited() override {
    const std::lock_guard lock(mutex_);
    return asked_.valid();
  }

  [[nodiscard]] std::vector<std::unique_ptr<Store>> open(const StoreInfo& /*store*/, int count) override {
    cancel_.check();
    const auto server = std::make_shared<const ServerState>(snapshot_.empty() ? question()->answer(cancel_) : read_snapshot());
    StoreInfo info = blank_info();
    info.started_at = server->started_at.value_or(0);
    std::vector<std::unique_ptr<Store>> stores;
    do {
      stores.push_back(std::make_unique<TmuxStore>(info, server, cancel_));
    } while (static_cast<int>(stores.size()) < count);
    return stores;
  }

  // A recorded server has no windows that could be closed.
  [[nodiscard]] bool is_record() const override { return !snapshot_.empty(); }
  [[nodiscard]] CommitKind commits() const override { return {90, false}; }
  [[nodiscard]] std::unique_ptr<Writer> write(const StoreInfo& /*store*/, const WriteRequest& request) override {
    if (!snapshot_.empty()) return nullptr;
    const auto make_store = [info = blank_info(), this](std::shared_ptr<const ServerState> server) -> std::unique_ptr<Store> {
      StoreInfo seen = info;
      seen.started_at = server->started_at.value_or(0);
      return std::make_unique<TmuxStore>(std::move(seen), std::move(server), cancel_);
    };
    return tmux::make_tmux_writer(address_, request, make_store, cancel_);
  }

  [[nodiscard]] bool writes_by_mapping() const override { return snapshot_.empty(); }

  [[nodiscard]] std::vector<std::string> provides(const std::string& relation) const override {
    return relation == kRelation ? all_columns() : std::vector<std::string>{};
  }

 private:
  [[nodiscard]] StoreInfo blank_info() const {
    StoreInfo info;
    info.source = name_;
    info.location = !snapshot_.empty()       ? snapshot_
                    : !address_.path.empty() ? "tmux -S " + std::filesystem::absolute(address_.path).lexically_normal().string()
                                             : "tmux -L " + address_.socket;
    return info;
  }

  // The one that prepare() has put, or a new one: also where putting it failed, which then fails again and says so.
  [[nodiscard]] std::unique_ptr<tmux::Question> question() {
    std::future<std::unique_ptr<tmux::Question>> taken;
    {
      const std::lock_guard lock(mutex_);
      taken = std::move(asked_);
    }
    try {
      if (taken.valid()) return taken.get();
    } catch (const StoreUnavailable&) {  // NOLINT: asked again
    } catch (const Error&) {  // NOLINT: likewise
    }
    return std::make_unique<tmux::Question>(address_);
  }

  [[nodiscard]] ServerState read_snapshot() const {
    try {
      ServerState server = tmux::parse_snapshot(read_file(snapshot_), snapshot_);
      if (server.status == StoreStatus::ok) return server;
      const std::string detail = server.detail.empty()
                                     ? std::string("the recorded tmux server was ") + to_string(server.status)
                                     : server.detail;
      throw StoreUnavailable{server.status, detail, server.hint};
    } catch (const Error& error) {
      throw StoreUnavailable{StoreStatus::unknown, error.what(), error.hint()};
    }
  }

  std::string name_;
  tmux::ServerAddress address_;
  std::string snapshot_;
  const Cancellation& cancel_;
  std::mutex mutex_;
  std::future<std::unique_ptr<tmux::Question>> asked_;  // valid once prepared, until open()
};

class TmuxAdapter : public Adapter {
 public:
  [[nodiscard]] const char* name() const override { return "tmux"; }

  [[nodiscard]] std::vector<AdapterOption> options() const override {
    return {{"socket", "name of the server's socket, as tmux -L (default: default)"},
            {"path", "path of the server's socket, as tmux -S"},
            {"snapshot", "recorded file that stands in for a server"},
            {"timeout", "how long the server may take to answer (default: 5s)"},
            {"tmux", "program to ask with (default: tmux)"}};
  }

  [[nodiscard]] std::unique_ptr<Source> source(const SourceSpec& spec, const Cancellation& cancel) const override {
    const auto option = [&spec](const char* name, const char* otherwise) {
      const auto found = spec.text.find(name);
      return found == spec.text.end() || found->second.empty() ? std::string(otherwise) : found->second;
    };
    tmux::ServerAddress address;
    address.source = spec.name;
    address.program = option("tmux", "tmux");
    address.socket = option("socket", "default");
    address.path = option("path", "");
    if (address.socket.find('/') != std::string::npos) {
      throw Error(ErrorKind::config,
                  "source '" + spec.name + "': socket '" + address.socket + "' is a path, not a name",
                  "use --set " + spec.name + ".path=" + address.socket);
    }
    const std::string timeout = option("timeout", "5s");
    const std::optional<std::int64_t> ms = parse_duration(timeout);
    if (!ms || *ms == 0) {
      throw Error(ErrorKind::config, "source '" + spec.name + "': '" + timeout + "' is no timeout", "write it like 5s");
    }
    address.timeout = std::chrono::milliseconds(std::min(*ms, std::int64_t{86'400'000}));
    return std::make_unique<TmuxSource>(spec.name, std::move(address), option("snapshot", ""), cancel);
  }
};

}  // namespace

std::unique_ptr<Adapter> make_tmux_adapter() { return std::make_unique<TmuxAdapter>(); }

std::string record_snapshot(Store& store, const Disguise* disguise) {
  ServerState server;
  if (store.info().started_at != 0) server.started_at = store.info().started_at;
  RelationMapping mapping{kRelation, {RelationPart{}}};
  mapping.parts[0].source = store.info().source;
  mapping.parts[0].table = kRelation;
  std::vector<std::string> columns;
  for (const tmux::WindowColumn& column : tmux::kWindowColumns) columns.emplace_back(column.name);
  store.scan(mapping, columns, [&server, disguise](std::span<const Value> row) {
    Window window;
    std::copy(row.begin(), row.end(), window.begin());
    for (Value& cell : window) {
      if (const auto* text = std::get_if<std::string>(&cell); text != nullptr && disguise != nullptr) cell = disguise->id(*text);
    }
    if (!server.pid && !is_null(window[tmux::server_pid])) server.pid = to_integer(window[tmux::server_pid]);
    server.windows.push_back(std::move(window));
    return true;
  });
  return tmux::format_snapshot(server);
}

std::string record_snapshot(const StoreUnavailable& unavailable, const Disguise* disguise) {
  ServerState server;
  server.status = unavailable.status;
  if (disguise == nullptr) server.detail = unavailable.detail;
  return tmux::format_snapshot(server);
}

}  // namespace audit
