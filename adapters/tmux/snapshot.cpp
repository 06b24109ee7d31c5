#include "adapters/tmux/snapshot.hpp"

#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>

#include "auditor/model/error.hpp"
#include "auditor/model/utf8.hpp"
#include "auditor/sys/clock.hpp"

namespace audit::tmux {
namespace {

using Json = nlohmann::ordered_json;
constexpr const char* kSchema = "audit-tmux-snapshot/1";

// A place in the document, for messages: "windows[3].window_name".
struct Place {
  const std::string& file;
  std::string path;

  [[nodiscard]] Place at(const std::string& key) const { return {file, path.empty() ? key : path + "." + key}; }
  [[nodiscard]] Place at(std::size_t index) const { return {file, path + "[" + std::to_string(index) + "]"}; }
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorKind::config, "tmux snapshot " + file + ": " + (path.empty() ? "" : path + ": ") + what,
                "a good one is written by `audit record DIR`");
  }
};

const Json* find(const Json& object, std::string_view key) {
  const auto found = object.find(std::string(key));
  return found == object.end() ? nullptr : &*found;
}

void expect_object(const Json& json, const Place& place) {
  if (!json.is_object()) place.fail("must be an object");
}

void refuse_unknown(const Json& object, std::initializer_list<std::string_view> known, const Place& place) {
  for (const auto& item : object.items()) {
    bool ok = false;
    for (const std::string_view key : known) ok = ok || item.key() == key;
    if (!ok) place.fail("unknown key \"" + item.key() + "\"");
  }
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string parse_hex(const Json& json, const Place& place) {
  refuse_unknown(json, {"hex"}, place);
  const Json* hex = find(json, "hex");
  if (hex == nullptr || !hex->is_string()) place.fail("bytes are written as {\"hex\": \"ff00\"}");
  const std::string& digits = hex->get_ref<const std::string&>();
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    const int high = hex_digit(digits[i]);
    const int low = hex_digit(digits[i + 1]);
    if (high < 0 || low < 0) place.fail("bytes are pairs of the digits 0-9 and a-f");
    bytes += static_cast<char>(high * 16 + low);
  }
  if (digits.size() % 2 != 0) place.fail("bytes are pairs of the digits 0-9 and a-f");
  return bytes;
}

std::string parse_text(const Json& json, const Place& place) {
  if (json.is_object()) return parse_hex(json, place);
  if (!json.is_string()) place.fail("must be a string");
  return json.get<std::string>();
}

std::int64_t parse_integer(const Json& json, const Place& place) {
  if (!json.is_number_integer()) place.fail("must be a whole number");
  if (json.is_number_unsigned() &&
      json.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    place.fail("is too large");
  }
  return json.get<std::int64_t>();
}

std::int64_t parse_flag(const Json& json, const Place& place) {
  if (json.is_boolean()) return json.get<bool>() ? 1 : 0;
  const std::int64_t number = json.is_number_integer() ? parse_integer(json, place) : -1;
  if (number != 0 && number != 1) place.fail("must be 0, 1, false or true");
  return number;
}

std::int64_t read_time(const Json& json, const Place& place) {
  const std::optional<std::int64_t> time =
      json.is_string() ? audit::parse_time(json.get_ref<const std::string&>()) : std::nullopt;
  if (!time) place.fail("must be a time like \"2026-02-27T12:56:10Z\"");
  return *time;
}

std::string parse_window_id(const Json& json, const Place& place) {
  std::string id = parse_text(json, place);
  if (id.size() < 2 || id[0] != '@' || id.find_first_not_of("0123456789", 1) != std::string::npos) {
    place.fail("must be a window id like \"@7\"");
  }
  return id;
}

Value parse_cell(const Json& json, ColumnKind kind, const Place& place) {
  switch (kind) {
    case ColumnKind::text:
      return parse_text(json, place);
    case ColumnKind::window_id:
      return parse_window_id(json, place);
    case ColumnKind::integer:
      return parse_integer(json, place);
    case ColumnKind::flag:
      return parse_flag(json, place);
    case ColumnKind::time:
      return read_time(json, place);
  }
  return {};
}

Window defaults(const ServerState& server) {
  Window window;
  if (server.pid) window[server_pid] = *server.pid;
  if (server.started_at) window[server_started_at] = *server.started_at;
  for (const WindowField field : {pane_dead, active, attached, own}) window[field] = std::int64_t{0};
  return window;
}

Window parse_window(const Json& json, const ServerState& server, const Place& place) {
  expect_object(json, place);
  Window window = defaults(server);
  for (const auto& item : json.items()) {
    const std::size_t column = find_window_column(item.key());
    if (column == kWindowColumns.size()) place.fail("unknown key \"" + item.key() + "\"");
    if (item.value().is_null() && !kWindowColumns[column].required) {
      window[column] = Value{};
    } else {
      window[column] = parse_cell(item.value(), kWindowColumns[column].kind, place.at(item.key()));
    }
  }
  for (std::size_t i = 0; i < window.size(); ++i) {
    if (kWindowColumns[i].required && is_null(window[i])) {
      place.fail("\"" + std::string(kWindowColumns[i].name) + "\" is missing");
    }
  }
  return window;
}

StoreStatus parse_status(const Json& server, const Place& place) {
  const Json* status = find(server, "status");
  if (status == nullptr) place.fail("\"status\" is missing");
  for (const StoreStatus known : {StoreStatus::ok, StoreStatus::absent, StoreStatus::dead, StoreStatus::unknown}) {
    if (*status == to_string(known)) return known;
  }
  place.at("status").fail("must be \"ok\", \"absent\", \"dead\" or \"unknown\"");
}

void parse_server(const Json& json, ServerState& server, const Place& place) {
  expect_object(json, place);
  refuse_unknown(json, {"status", "pid", "started_at", "detail"}, place);
  server.status = parse_status(json, place);
  const Json* pid = find(json, "pid");
  if (pid != nullptr && !pid->is_null()) server.pid = parse_integer(*pid, place.at("pid"));
  const Json* started = find(json, "started_at");
  if (started != nullptr && !started->is_null()) server.started_at = read_time(*started, place.at("started_at"));
  if (const Json* detail = find(json, "detail")) server.detail = parse_text(*detail, place.at("detail"));
}

Json parse_json(const std::string& text, const Place& place) {
  try {
    return Json::parse(text, nullptr, true, true);
  } catch (const Json::parse_error& error) {
    // "[json.exception.parse_error.101] parse error at line 1, column 5: …"
    std::string what = error.what();
    const std::size_t start = what.find("parse error");
    place.fail("not JSON: " + (start == std::string::npos ? what : what.substr(start)));
  }
}

Json format_text(const std::string& text) {
  if (is_utf8(text)) return text;
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const char c : text) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4U];
    hex += kDigits[static_cast<unsigned char>(c) & 15U];
  }
  return Json{{"hex", hex}};
}

Json format_cell(const Value& value, ColumnKind kind) {
  switch (kind) {
    case ColumnKind::text:
    case ColumnKind::window_id:
      return format_text(to_text(value));
    case ColumnKind::integer:
    case ColumnKind::flag:
      return to_integer(value);
    case ColumnKind::time:
      return format_time(to_integer(value));
  }
  return nullptr;
}

}  // namespace

ServerState parse_snapshot(const std::string& text, const std::string& file) {
  const Place place{file, ""};
  const Json json = parse_json(text, place);
  expect_object(json, place);
  const Json* schema = find(json, "schema");
  if (schema == nullptr || *schema != kSchema) place.fail(std::string("\"schema\" must be \"") + kSchema + "\"");
  refuse_unknown(json, {"schema", "server", "windows"}, place);
  const Json* server_json = find(json, "server");
  if (server_json == nullptr) place.fail("\"server\" is missing");
  ServerState server;
  parse_server(*server_json, server, place.at("server"));
  const Json* windows = find(json, "windows");
  const Place windows_place = place.at("windows");
  if (windows == nullptr && server.status == StoreStatus::ok) place.fail("\"windows\" is missing");
  if (windows == nullptr) return server;
  if (!windows->is_array()) windows_place.fail("must be a list");
  if (server.status != StoreStatus::ok && !windows->empty()) windows_place.fail("only a server that is ok has windows");
  for (std::size_t i = 0; i < windows->size(); ++i) {
    server.windows.push_back(parse_window((*windows)[i], server, windows_place.at(i)));
  }
  return server;
}

std::string format_snapshot(const ServerState& server) {
  Json server_json{{"status", to_string(server.status)}};
  if (server.pid) server_json["pid"] = *server.pid;
  if (server.started_at) server_json["started_at"] = format_time(*server.started_at);
  if (!server.detail.empty()) server_json["detail"] = format_text(server.detail);
  const Window standard = defaults(server);
  Json windows = Json::array();
  for (const Window& window : server.windows) {
    Json object = Json::object();
    for (std::size_t i = 0; i < window.size(); ++i) {
      const bool same = window[i] == standard[i];
      const bool of_server = i == server_pid || i == server_started_at;
      if (same && (is_null(window[i]) || of_server)) continue;
      object[std::string(kWindowColumns[i].name)] =
          is_null(window[i]) ? Json(nullptr) : format_cell(window[i], kWindowColumns[i].kind);
    }
    windows.push_back(std::move(object));
  }
  const Json json{{"schema", kSchema}, {"server", std::move(server_json)}, {"windows", std::move(windows)}};
  return json.dump(1) + "\n";
}

}  // namespace audit::tmux
