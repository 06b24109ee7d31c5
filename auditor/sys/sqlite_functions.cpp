#include "auditor/sys/sqlite_functions.hpp"

#include <string>

#include "auditor/sys/clock.hpp"

namespace audit::sqlite {

namespace {

constexpr std::size_t kDay = 10;      // 2026-03-01
constexpr std::size_t kMinutes = 16;  // 2026-03-01T12:00
constexpr std::size_t kSeconds = 20;  // 2026-03-01T12:00:00Z

using Parse = std::optional<std::int64_t> (*)(std::string_view);

std::string_view text_of(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return {text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void time_function(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) != SQLITE_TEXT) return;  // NULL
  const auto parse = reinterpret_cast<Parse>(sqlite3_user_data(context));
  const auto ms = parse(text_of(values[0]));
  if (ms.has_value()) sqlite3_result_int64(context, *ms);
}

// Of two times of the length that says to the second and in UTC, the texts sort as the times do; a text of that length that is no time is earlier than nothing.
void earlier_function(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  if (sqlite3_value_type(values[0]) != SQLITE_TEXT || sqlite3_value_type(values[1]) != SQLITE_TEXT) return;  // NULL
  const std::string_view left = text_of(values[0]);
  const std::string_view right = text_of(values[1]);
  if (left.size() == kSeconds && right.size() == kSeconds && left >= right) return sqlite3_result_int(context, 0);
  const auto first = parse_rfc3339(left);
  const auto second = first.has_value() ? parse_rfc3339(right) : std::nullopt;
  if (second.has_value()) sqlite3_result_int(context, *first < *second ? 1 : 0);
}

int add(sqlite3* connection, const char* name, Parse parse) {
  return sqlite3_create_function_v2(connection, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                    reinterpret_cast<void*>(parse), time_function, nullptr, nullptr, nullptr);
}

bool ends_with_zone(const std::string& text) {
  const char last = text.back();
  return last == 'Z' || last == 'z' || (text.size() > 6 && (text[text.size() - 6] == '+' || text[text.size() - 6] == '-'));
}

}  // namespace

std::optional<std::int64_t> parse_iso8601(std::string_view given) {
  std::string text(given);
  if (text.size() < kDay) return std::nullopt;
  if (text.size() == kDay) text += "T00:00:00";
  if (text[kDay] == ' ' || text[kDay] == 't') text[kDay] = 'T';
  if (text.size() >= kMinutes && (text.size() == kMinutes || text[kMinutes] != ':')) text.insert(kMinutes, ":00");
  // "+00" and "+0000" are offsets as well.
  const auto sign = text.find_first_of("+-", kMinutes);
  if (sign != std::string::npos && text.size() == sign + 3) text += ":00";
  if (sign != std::string::npos && text.size() == sign + 5 && text[sign + 3] != ':') text.insert(sign + 3, ":");
  if (!ends_with_zone(text)) text += 'Z';
  if (text.back() == 'z') text.back() = 'Z';
  return parse_time(text);
}

// Applications write capitals, and most of their readers take nothing else.
std::optional<std::int64_t> parse_rfc3339(std::string_view text) {
  if (text.size() <= kDay || text[kDay] == 't' || text.back() == 'z') return std::nullopt;
  return parse_time(text);
}

int add_functions(sqlite3* connection) {
  int code = add(connection, "audit_rfc3339", parse_rfc3339);
  if (code == SQLITE_OK) code = add(connection, "audit_iso8601", parse_iso8601);
  if (code != SQLITE_OK) return code;
  return sqlite3_create_function_v2(connection, "audit_earlier", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr, earlier_function,
                                    nullptr, nullptr, nullptr);
}

}  // namespace audit::sqlite
