#include "adapters/tmux/tmux_writer.hpp"

#include <algorithm>
#include <fstream>

#include "adapters/tmux/snapshot.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/process.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit::tmux {
namespace {

constexpr const char* kNotClosed = "audit: not closed";

Value cell(const Cells& cells, std::string_view name) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const auto& one) { return one.first == name; });
  return found == cells.end() ? Value{} : found->second;
}

Cells cells_of(const Window& window) {
  Cells cells;
  for (std::size_t i = 0; i < window.size(); ++i) cells.emplace_back(std::string(kWindowColumns[i].name), window[i]);
  return cells;
}

// Names are part of a format there: one that could mean anything in it is not used.
bool plain(const std::string& name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == std::string::npos;
}

class TmuxWriter : public Writer {
 public:
  TmuxWriter(ServerAddress address, WriteRequest request, StoreMaker make_store, const Cancellation& cancel)
      : address_(std::move(address)), request_(std::move(request)), make_store_(std::move(make_store)), cancel_(cancel), server_(look_again()) {}

  [[nodiscard]] Store& view() override {
    if (server_->status != StoreStatus::ok) throw Error(ErrorKind::repair, server_->detail, server_->hint);
    if (!view_) view_ = make_store_(server_);
    return *view_;
  }
  void back_up(const std::filesystem::path& directory) override;
  void apply(std::span<const Unit> units, const UnitSink& sink) override;
  void prepare() override {}
  void commit() override;
  [[nodiscard]] Presence presence(const Change& effect) override;

 private:
  [[nodiscard]] std::shared_ptr<const ServerState> look_again() const;
  // Why the window must not be closed; "" when nothing speaks against it.
  [[nodiscard]] std::string objection(const Change& change, bool& moved) const;
  [[nodiscard]] bool owned(const Change& change, const Window& window) const;
  [[nodiscard]] std::vector<const Window*> rows_of(const Value& id) const;
  void close(const Cells& window);

  ServerAddress address_;
  WriteRequest request_;
  StoreMaker make_store_;
  const Cancellation& cancel_;
  std::shared_ptr<const ServerState> server_;
  std::unique_ptr<Store> view_;
  std::vector<Cells> closing_;
};

std::shared_ptr<const ServerState> TmuxWriter::look_again() const {
  try {
    return std::make_shared<const ServerState>(Question(address_).answer(cancel_));
  } catch (const StoreUnavailable& unavailable) {
    if (unavailable.status == StoreStatus::unknown) throw Error(ErrorKind::repair, unavailable.detail, unavailable.hint);
    ServerState gone;
    gone.status = unavailable.status;
    gone.detail = unavailable.detail;
    gone.hint = unavailable.hint;
    return std::make_shared<const ServerState>(std::move(gone));
  }
}

std::vector<const Window*> TmuxWriter::rows_of(const Value& id) const {
  std::vector<const Window*> rows;
  for (const auto& window : server_->windows) {
    if (window[window_id] == id) rows.push_back(&window);
  }
  return rows;
}

// What the profile says about whose window it is. Without such a word nothing is ours.
bool TmuxWriter::owned(const Change& change, const Window& window) const {
  for (const auto& mapping : request_.relations) {
    if (mapping.name != change.relation) continue;
    for (const auto& part : mapping.parts) {
      const ColumnMap* map = part.column("owned");
      if (map == nullptr || map->expr.empty()) continue;
      sqlite::Connection memory(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
      std::string sql = "SELECT (" + map->expr + ") FROM (SELECT ";
      for (std::size_t i = 0; i < window.size(); ++i) sql += (i > 0 ? ", ?" : "?") + std::to_string(i + 1) + " AS " + std::string(kWindowColumns[i].name);
      sqlite::Statement statement = memory.prepare(sql + ")");
      for (std::size_t i = 0; i < window.size(); ++i) statement.bind(static_cast<int>(i + 1), window[i]);
      return statement.step() && to_integer(statement.value(0)) == 1;
    }
  }
  return false;
}

std::string TmuxWriter::objection(const Change& change, bool& moved) const {
  moved = true;
  const Value id = cell(change.before, "window_id");
  const std::string name = to_text(cell(change.before, "window_name"));
  const std::string words = "window " + to_text(id) + " ('" + name + "')";
  if (server_->status != StoreStatus::ok) return server_->detail;
  const auto rows = rows_of(id);
  if (rows.empty()) return words + " is not there any more";
  const Window& window = *rows.front();
  for (const auto field : {server_pid, server_started_at, window_name, session_name, pane_pid}) {
    const Value planned = cell(change.before, kWindowColumns[field].name);
    if (is_null(planned) || !(planned == window[field])) return words + " has another " + std::string(kWindowColumns[field].name) + " by now";
  }
  moved = false;
  if (rows.size() > 1) return words + " is shown in several tmux sessions";
  if (!plain(name)) return words + " has a name that cannot be compared safely";
  if (!owned(change, window)) return words + " is not proven to be the application's own";
  std::size_t together = 0;
  for (const auto& other : server_->windows) {
    if (other[session_name] != window[session_name]) continue;
    ++together;
    if (to_integer(other[attached], 1) != 0) return "somebody is attached to the tmux session of " + words;
    if (to_integer(other[own]) != 0) return words + " is in the tmux session that we run in";
  }
  if (together < 2) return words + " is the only one of its tmux session, which would go with it";
  return "";
}

void TmuxWriter::apply(std::span<const Unit> units, const UnitSink& sink) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    UnitOutcome outcome;
    std::vector<Cells> closing;
    for (const Change* change : units[i].changes) {
      bool moved = false;
      std::string why;
      if (request_.mode == WriteMode::restore) {
        why = "a window that was closed cannot be brought back";
      } else if (change->op != ChangeOp::remove || change->table != "tmux_window") {
        why = "windows can only be closed";
      } else if (!request_.irreversible) {
        why = "closing a window cannot be undone; that needs --irreversible";
      } else {
        why = objection(*change, moved);
      }
      if (!why.empty()) {
        outcome = {moved ? UnitOutcome::Kind::changed : UnitOutcome::Kind::refused, why, {}};
        break;
      }
      Change effect = *change;
      effect.before = cells_of(*rows_of(cell(change->before, "window_id")).front());
      closing.push_back(effect.before);
      outcome.effects.push_back(std::move(effect));
    }
    if (outcome.kind == UnitOutcome::Kind::applied) closing_.insert(closing_.end(), closing.begin(), closing.end());
    sink(i, std::move(outcome));
  }
}

// One command of the server: nothing can happen between the comparison and the closing.
void TmuxWriter::close(const Cells& window) {
  const std::string id = to_text(cell(window, "window_id"));
  const std::vector<std::pair<const char*, std::string>> same = {
      {"pid", to_text(cell(window, "server_pid"))},        {"start_time", std::to_string(to_integer(cell(window, "server_started_at")) / 1000)},
      {"window_id", id},                                    {"window_name", to_text(cell(window, "window_name"))},
      {"pane_pid", to_text(cell(window, "pane_pid"))},      {"session_attached", "0"},
      {"window_active_clients", "0"},                       {"window_linked", "0"}};
  std::string condition = "#{!=:#{session_windows},1}";
  for (const auto& [variable, value] : same) condition = "#{&&:#{==:#{" + std::string(variable) + "}," + value + "}," + condition + "}";
  ProcessRequest request;
  request.argv = {address_.program, "-u", address_.path.empty() ? "-L" : "-S", address_.path.empty() ? address_.socket : address_.path,
                  "if-shell", "-F", "-t", id, condition, "kill-window -t " + id, std::string("display-message -p '") + kNotClosed + "'"};
  request.timeout = address_.timeout;
  const ProcessResult result = run_process(request, cancel_);
  if (result.end == ProcessEnd::exited && result.status == 0 && result.out.empty()) return;
  throw Error(ErrorKind::repair, "window " + id + " was not closed: " + (result.out.starts_with(kNotClosed) ? "it is not what it was any more" : "tmux failed"), "run again");
}

void TmuxWriter::commit() {
  for (const auto& window : closing_) close(window);
}

Presence TmuxWriter::presence(const Change& effect) {
  const auto rows = rows_of(cell(effect.before, "window_id"));
  const auto same = [&](const Window& window, WindowField field) { return window[field] == cell(effect.before, kWindowColumns[field].name); };
  // Ids begin anew with the server: another one's window of this id is another window.
  const bool there = std::any_of(rows.begin(), rows.end(), [&](const Window* row) {
    return same(*row, server_pid) && same(*row, server_started_at) && same(*row, pane_pid);
  });
  return there ? Presence::before : Presence::after;
}

void TmuxWriter::back_up(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  std::ofstream file(directory / "windows.json", std::ios::binary | std::ios::trunc);
  file << format_snapshot(*server_);
  file.close();
  if (!file) throw Error(ErrorKind::repair, "cannot write " + (directory / "windows.json").string(), "make room");
}

}  // namespace

std::unique_ptr<Writer> make_tmux_writer(const ServerAddress& address, const WriteRequest& request, StoreMaker make_store, const Cancellation& cancel) {
  return std::make_unique<TmuxWriter>(address, request, std::move(make_store), cancel);
}

}  // namespace audit::tmux
