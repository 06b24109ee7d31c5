#include "adapters/tmux/panes.hpp"

#include <charconv>
#include <map>
#include <random>
#include <utility>

namespace audit::tmux {
namespace {

// Fields of a pane. Those before `session` hold no free text.
enum PaneField : std::size_t {
  f_session_created,
  f_session_attached,
  f_window_id,
  f_window_active,
  f_pane_id,
  f_pane_pid,
  f_pane_dead,
  f_pane_active,
  f_session_name,
  f_window_name,
  f_command,
  f_path,
  f_count,
};
constexpr const char* kPaneFormats[f_count] = {"#{session_created}",
                                               "#{session_attached}",
                                               "#{window_id}",
                                               "#{window_active}",
                                               "#{pane_id}",
                                               "#{pane_pid}",
                                               "#{pane_dead}",
                                               "#{pane_active}",
                                               "#{session_name}",
                                               "#{window_name}",
                                               "#{pane_current_command}",
                                               "#{pane_current_path}"};

constexpr std::string_view kLineEnd = ".\n";

[[noreturn]] void garbled(const std::string& what) {
  throw StoreUnavailable{StoreStatus::unknown, "the answer of tmux makes no sense: " + what,
                         "run `tmux list-panes -a`; is `tmux` a wrapper that prints something of its own?"};
}

std::optional<std::int64_t> integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Empty means not known; anything else must be a number.
Value integer_or_null(std::string_view text, const char* field) {
  if (text.empty()) return {};
  const std::optional<std::int64_t> number = integer(text);
  if (!number) garbled(std::string(field) + " is no number");
  return *number;
}

std::int64_t flag(std::string_view text) { return !text.empty() && text != "0" ? 1 : 0; }

Value text_or_null(std::string_view text) { return text.empty() ? Value{} : Value{std::string(text)}; }

bool is_id(std::string_view text, char sign) {
  return text.size() > 1 && text[0] == sign && text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

// Reads the pieces between marks one after the other.
class Reader {
 public:
  Reader(std::string_view text, std::string_view mark) : rest_(text), mark_(mark) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  // Nothing when no mark follows.
  std::optional<std::string_view> piece() {
    const std::size_t end = rest_.find(mark_);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view result = rest_.substr(0, end);
    rest_.remove_prefix(end + mark_.size());
    return result;
  }
  // The end of a line that we asked for; a newline alone may belong to a name.
  bool line_end() {
    if (!rest_.starts_with(kLineEnd)) return false;
    rest_.remove_prefix(kLineEnd.size());
    return true;
  }

 private:
  std::string_view rest_;
  std::string_view mark_;
};

// Panes of one window in one session, made into one row.
class WindowRows {
 public:
  WindowRows(ServerState& server, std::string_view own_pane) : server_(server), own_pane_(own_pane) {}

  void add(const std::array<std::string_view, f_count>& pane) {
    if (!is_id(pane[f_window_id], '@') || !is_id(pane[f_pane_id], '%')) garbled("a window or pane without an id");
    const auto [place, is_new] =
        index_.try_emplace({std::string(pane[f_session_name]), std::string(pane[f_window_id])}, server_.windows.size());
    if (is_new) server_.windows.push_back(first(pane));
    Window& window = server_.windows[place->second];
    const bool active_pane = flag(pane[f_pane_active]) == 1;
    if (active_pane || is_new) {
      window[pane_pid] = integer_or_null(pane[f_pane_pid], "pane_pid");
      window[command] = text_or_null(pane[f_command]);
      window[path] = text_or_null(pane[f_path]);
    }
    if (flag(pane[f_pane_dead]) == 0) window[pane_dead] = std::int64_t{0};
    if (flag(pane[f_window_active]) == 1) window[active] = std::int64_t{1};
    if (!own_pane_.empty() && pane[f_pane_id] == own_pane_) window[own] = std::int64_t{1};
  }

 private:
  [[nodiscard]] Window first(const std::array<std::string_view, f_count>& pane) const {
    Window window;
    window[window_id] = std::string(pane[f_window_id]);
    if (server_.pid) window[server_pid] = *server_.pid;
    if (server_.started_at) window[server_started_at] = *server_.started_at;
    window[session_name] = unescape_name(pane[f_session_name]);
    window[window_name] = unescape_name(pane[f_window_name]);
    window[pane_dead] = std::int64_t{1};
    const Value created = integer_or_null(pane[f_session_created], "session_created");
    if (!is_null(created)) window[created_at] = std::get<std::int64_t>(created) * 1000;
    window[active] = std::int64_t{0};
    window[attached] = integer_or_null(pane[f_session_attached], "session_attached");
    window[own] = std::int64_t{0};
    return window;
  }

  ServerState& server_;
  std::string_view own_pane_;
  std::map<std::pair<std::string, std::string>, std::size_t> index_;
};

// "socket,pid,session": the pid, which together with a pane id tells whether we run in this server.
std::optional<std::int64_t> pid_of(const std::string& tmux) {
  const std::size_t last = tmux.rfind(',');
  if (last == std::string::npos || last == 0) return std::nullopt;
  const std::size_t before = tmux.rfind(',', last - 1);
  if (before == std::string::npos) return std::nullopt;
  return integer(std::string_view(tmux).substr(before + 1, last - before - 1));
}

void parse_head(Reader& reader, ServerState& server) {
  const std::optional<std::string_view> pid = reader.piece();
  const std::optional<std::string_view> started = reader.piece();
  if (!pid || !started || !reader.line_end()) garbled("cut off at its start");
  server.pid = integer(*pid);
  if (!server.pid) garbled("the server has no pid");
  if (const std::optional<std::int64_t> seconds = integer(*started)) server.started_at = *seconds * 1000;
}

// The character of a control character's letter; 0 for none.
char control_character(char letter) {
  switch (letter) {
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return 0;
  }
}

bool starts_variable(std::string_view text) {
  if (text.empty()) return false;
  const char c = text[0];
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '{';
}

// Takes what follows a backslash off `rest` and adds its meaning. False for what tmux never writes.
bool unescape_one(std::string_view& rest, std::string& result) {
  if (rest.empty()) return false;
  const char c = rest[0];
  if (const char control = control_character(c); control != 0) {
    result += control;
  } else if (c == '\\' || (c == '$' && starts_variable(rest.substr(1)))) {
    result += c;
  } else if (rest.size() >= 3 && rest.substr(0, 3).find_first_not_of("01234567") == std::string_view::npos &&
             c <= '3') {
    result += static_cast<char>((c - '0') * 64 + (rest[1] - '0') * 8 + (rest[2] - '0'));
    rest.remove_prefix(2);
  } else {
    return false;
  }
  rest.remove_prefix(1);
  return true;
}

}  // namespace

std::string make_mark() {
  static constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::random_device random;
  std::uniform_int_distribution<std::size_t> pick(0, kLetters.size() - 1);
  std::string mark;
  for (int i = 0; i < 16; ++i) mark += kLetters[pick(random)];
  return mark;
}

std::vector<std::string> list_arguments(const std::string& mark) {
  std::string format = "P" + mark;
  for (const char* field : kPaneFormats) format += field + mark;
  format += ".";
  const std::string head = mark + "#{pid}" + mark + "#{start_time}" + mark + ".";
  return {"display-message", "-p", "H" + head,      ";", "list-panes", "-a", "-F", format, ";",
          "display-message", "-p", "E" + mark + "."};
}

ListAnswer parse_answer(std::string_view text, std::string_view mark, const OwnPlace& own) {
  ListAnswer answer;
  Reader reader(text, mark);
  if (reader.at_end()) return answer;
  if (reader.piece() != "H") garbled("it does not begin with the server");
  parse_head(reader, answer.server);
  answer.head = true;
  const bool same_server = pid_of(own.tmux) == answer.server.pid;
  WindowRows rows(answer.server, same_server ? std::string_view(own.pane) : std::string_view());
  while (!reader.at_end()) {
    const std::optional<std::string_view> kind = reader.piece();
    if (answer.complete || !kind || (*kind != "P" && *kind != "E")) garbled("something between the panes");
    if (*kind == "P") {
      std::array<std::string_view, f_count> pane;
      for (std::string_view& field : pane) {
        const std::optional<std::string_view> piece = reader.piece();
        if (!piece) garbled("cut off within a pane");
        field = *piece;
      }
      rows.add(pane);
    } else {
      answer.complete = true;
    }
    if (!reader.line_end()) garbled("a line does not end");
  }
  return answer;
}

std::string unescape_name(std::string_view name) {
  if (name.find('\\') == std::string_view::npos) return std::string(name);
  std::string result;
  std::string_view rest = name;
  while (!rest.empty()) {
    const char c = rest[0];
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    rest.remove_prefix(1);
    if (control || (c == '\\' && !unescape_one(rest, result))) return std::string(name);
    if (c != '\\') result += c;
  }
  return result;
}

}  // namespace audit::tmux
