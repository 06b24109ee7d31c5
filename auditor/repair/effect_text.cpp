#include "auditor/repair/effect_text.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "auditor/model/error.hpp"
#include "auditor/model/utf8.hpp"
#include "auditor/sys/digest.hpp"

namespace audit {

namespace {

using Json = nlohmann::ordered_json;

void append_wrapped(std::string& out, char kind, std::string_view text) {
  out += "{\"";
  out += kind;
  out += "\":\"";
  out += text;
  out += "\"}";
}

void append_cells(std::string& out, const Cells& cells) {
  out += '{';
  bool first = true;
  for (const auto& [name, value] : cells) {
    if (!first) out += ',';
    first = false;
    append_json_text(out, name);
    out += ':';
    append_json_value(out, value);
  }
  out += '}';
}

void append_member(std::string& out, const char* name, std::string_view text) {
  if (text.empty()) return;
  out += ",\"";
  out += name;
  out += "\":";
  append_json_text(out, text);
}

[[noreturn]] void not_an_effect(const std::string& why) {
  throw Error(ErrorKind::repair, "the journal holds a change that cannot be read: " + why, "it may be of a newer version");
}

Value value_from(const Json& json) {
  if (json.is_null()) return {};
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_string()) return json.get<std::string>();
  if (!json.is_object() || json.size() != 1 || !json.front().is_string()) not_an_effect("a value of no known form");
  const std::string kind = json.begin().key();
  const auto& text = json.front().get_ref<const std::string&>();
  if (kind == "r") return std::strtod(text.c_str(), nullptr);
  std::string bytes;
  if ((kind != "t" && kind != "b") || !from_base64(text, bytes)) not_an_effect("a value of no known form");
  if (kind == "t") return bytes;
  return Blob{std::move(bytes)};
}

Cells cells_from(const Json& json, const char* name) {
  Cells cells;
  const auto found = json.find(name);
  if (found == json.end()) return cells;
  if (!found->is_object()) not_an_effect(std::string(name) + " is no object");
  for (const auto& [column, value] : found->items()) cells.emplace_back(column, value_from(value));
  return cells;
}

std::string text_from(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end()) return "";
  if (!found->is_string()) not_an_effect(std::string(name) + " is no text");
  return found->get<std::string>();
}

}  // namespace

namespace {

bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != '"' && c != '\\'; }

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t plain = at;
    while (plain < text.size() && is_plain(text[plain])) ++plain;
    out.append(text, at, plain - at);
    at = plain;
    if (at == text.size()) break;
    const char c = text[at];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += "\\u00";
      out += kDigits[static_cast<unsigned char>(c) >> 4U];
      out += kDigits[static_cast<unsigned char>(c) & 15U];
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_json_value(std::string& out, const Value& value) {
  switch (value.index()) {
    case 1: out += std::to_string(std::get<std::int64_t>(value)); return;
    case 2: {
      std::array<char, 48> text{};
      std::snprintf(text.data(), text.size(), "%a", std::get<double>(value));
      append_wrapped(out, 'r', text.data());
      return;
    }
    case 3: {
      const auto& text = std::get<std::string>(value);
      if (is_utf8(text)) {
        append_json_text(out, text);
      } else {
        append_wrapped(out, 't', to_base64(text));
      }
      return;
    }
    case 4: append_wrapped(out, 'b', to_base64(std::get<Blob>(value).bytes)); return;
    default: out += "null";
  }
}

void append_effect(std::string& out, const Change& effect) {
  out += "{\"op\":\"";
  out += to_string(effect.op);
  out += '"';
  append_member(out, "relation", effect.relation);
  append_member(out, "table", effect.table);
  append_member(out, "check", effect.check);
  append_member(out, "repair", effect.repair);
  append_member(out, "finding", effect.finding);
  out += ",\"applicability\":\"";
  out += to_string(effect.applicability);
  out += '"';
  if (effect.consequence) out += ",\"consequence\":true";
  for (const auto& [name, cells] : {std::pair{"key", &effect.key}, {"row", &effect.row}, {"before", &effect.before}, {"after", &effect.after}}) {
    if (cells->empty()) continue;
    out += ",\"";
    out += name;
    out += "\":";
    append_cells(out, *cells);
  }
  out += '}';
}

Change effect_from(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) not_an_effect("it is no JSON object");
  Change effect;
  const std::string op = text_from(json, "op");
  if (op == "insert") {
    effect.op = ChangeOp::insert;
  } else if (op == "delete") {
    effect.op = ChangeOp::remove;
  } else if (op != "update") {
    not_an_effect("unknown operation '" + op + "'");
  }
  effect.relation = text_from(json, "relation");
  effect.table = text_from(json, "table");
  effect.check = text_from(json, "check");
  effect.repair = text_from(json, "repair");
  effect.finding = text_from(json, "finding");
  const std::string applicability = text_from(json, "applicability");
  for (const auto each : {Applicability::safe, Applicability::unsafe, Applicability::irreversible, Applicability::manual}) {
    if (applicability == to_string(each)) effect.applicability = each;
  }
  effect.consequence = json.value("consequence", false);
  effect.key = cells_from(json, "key");
  effect.row = cells_from(json, "row");
  effect.before = cells_from(json, "before");
  effect.after = cells_from(json, "after");
  return effect;
}

}  // namespace audit
