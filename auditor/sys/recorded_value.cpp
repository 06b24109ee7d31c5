#include "auditor/sys/recorded_value.hpp"

#include <algorithm>
#include <cstdlib>

#include "auditor/sys/disguise.hpp"

namespace audit {

namespace {

bool is_time_text(const std::string& text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return true;
  return time_length(text, 0) == text.size();
}

// Seconds to nanoseconds since the epoch, from 2001 on.
bool is_epoch(std::int64_t number) {
  for (std::int64_t unit = 1; unit <= 1'000'000'000; unit *= 1000) {
    if (number / unit >= 978'307'200 && number / unit < 4'102'444'800) return true;
  }
  return false;
}

std::string recorded_text(const RecordOrder& order, const std::string& table, const std::string& column, const std::string& text) {
  const Disguise& disguise = *order.disguise;
  if (has_column(order.times, table, column) && is_time_text(text)) return text;
  if (has_column(order.prose, table, column)) return disguise.prose(text);
  return has_column(order.read, table, column) ? disguise.id(text) : disguise.text(text);
}

}  // namespace

bool is_time_name(const std::string& column) {
  for (const char* ending : {"_at", "_time", "_ts", "At", "Time", "_ms", "_until", "_date"}) {
    if (column.ends_with(ending)) return true;
  }
  return column == "time" || column == "timestamp" || column == "ts" || column == "date";
}

Value recorded_value(const RecordOrder& order, const std::string& table, const std::string& column, const Value& value, bool linked) {
  const auto* text = std::get_if<std::string>(&value);
  const bool moved = text != nullptr && text->starts_with('/') && has_column(order.paths, table, column);
  if (order.disguise == nullptr) return moved ? Value(std::string(kRecordedPaths) + *text) : value;
  if (moved) return std::string(kRecordedPaths) + order.disguise->name(*text);
  if (text != nullptr) return recorded_text(order, table, column, *text);
  if (const auto* blob = std::get_if<Blob>(&value)) return Blob{order.disguise->bytes(blob->bytes)};
  if (is_null(value) || linked || has_column(order.read, table, column)) return value;
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return is_time_name(column) && is_epoch(*number) ? value : Value(order.disguise->number(*number));
  return std::strtod(order.disguise->number(to_text(value)).c_str(), nullptr);
}

std::vector<std::string> sql_strings(std::string_view sql) {
  std::vector<std::string> texts;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    if (sql.substr(at, 2) == "--") {
      at = std::min(sql.find('\n', at), sql.size());
    } else if (sql.substr(at, 2) == "/*") {
      at = std::min(sql.find("*/", at + 2), sql.size());
    } else if (sql[at] == '"') {
      at = std::min(sql.find('"', at + 1), sql.size());
    } else if (sql[at] == '\'') {
      std::string text;
      for (++at; at < sql.size(); ++at) {
        if (sql[at] == '\'' && sql.substr(at, 2) != "''") break;
        if (sql[at] == '\'') ++at;
        text += sql[at];
      }
      texts.push_back(std::move(text));
    }
  }
  return texts;
}

}  // namespace audit
