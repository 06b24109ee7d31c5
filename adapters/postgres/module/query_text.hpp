#pragma once
// A check's text as PostgreSQL takes it.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/store.hpp"

namespace audit::postgres {

struct Token {
  enum class Kind { word, quoted, text, number, parameter, symbol } kind = Kind::symbol;
  std::string text;  // a quoted name without its quotes, a word in lower case, a parameter without its colon
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Comments and blanks are left out.
[[nodiscard]] std::vector<Token> tokenize(std::string_view sql);

// Names that a text may mean a relation or a column by.
[[nodiscard]] std::set<std::string> names_in(const std::vector<Token>& tokens);

// Which names stand for which relation: aliases and relation names after FROM, JOIN and commas. A name that stands for
// two is left out.
[[nodiscard]] std::map<std::string, std::string> aliases_in(const std::vector<Token>& tokens,
                                                            const std::set<std::string>& relations);

// ":name" becomes "$n::type"; a value's position is that of its first use. The values follow in `parameters`.
struct Prepared {
  std::string sql;
  std::vector<std::optional<std::string>> parameters;
};
[[nodiscard]] Prepared with_positions(std::string_view sql, const Query& query,
                                      std::vector<std::optional<std::string>> parameters = {});

// Comparisons of a plain time column with parameters alone ("s.created_at < :now - :grace") compare the native column
// instead, so that an index serves and nothing is computed per row; MIN and MAX of one are computed once per group, not
// per row; IS NULL asks the native one. `native` gives the name and the type of a native twin of alias.column; nullopt:
// leave it.
struct NativeTime {
  std::string column;
  std::string type;
};
using NativeTimes = std::function<std::optional<NativeTime>(const std::string& alias, const std::string& column)>;
[[nodiscard]] std::string with_native_times(std::string_view sql, const NativeTimes& native);

// The query without the conditions of its WHERE clause that compare a column with the clock alone: at least the rows of
// the query, and often found in indexes that have no times. "" when it has no such condition, or one that cannot be
// left out (it is grouped, or OR follows).
[[nodiscard]] std::string without_clock(std::string_view sql);

// Whole milliseconds of a native time. What a binary fraction loses is less than 0.0005 ms, half of the finest
// difference there is.
[[nodiscard]] std::string native_time_ms(const std::string& value);

// A value as a parameter's text, and the type that the statement states.
[[nodiscard]] std::optional<std::string> parameter_text(const Value& value);
[[nodiscard]] const char* parameter_type(const Value& value);

}  // namespace audit::postgres
