#include "adapters/postgres/module/query_text.hpp"

#include <algorithm>
#include <cctype>

namespace audit::postgres {

namespace {

bool word_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & '\x80') != 0; }
bool word_part(char c) { return word_start(c) || std::isdigit(static_cast<unsigned char>(c)) != 0; }

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view sql) : sql_(sql) {}

  std::vector<Token> run() {
    while (at_ < sql_.size()) {
      if (!blank()) token();
    }
    return std::move(tokens_);
  }

 private:
  bool blank() {
    if (std::isspace(static_cast<unsigned char>(sql_[at_])) != 0) {
      ++at_;
    } else if (sql_.substr(at_, 2) == "--") {
      at_ = std::min(sql_.find('\n', at_), sql_.size());
    } else if (sql_.substr(at_, 2) == "/*") {
      const auto close = sql_.find("*/", at_ + 2);
      at_ = close == std::string_view::npos ? sql_.size() : close + 2;
    } else {
      return false;
    }
    return true;
  }

  void token() {
    const char c = sql_[at_];
    if (c == '\'' || c == '"') return between(c);
    if (word_start(c)) return add(Token::Kind::word, lower(run_of(at_)), at_ + run_of(at_).size());
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      return add(Token::Kind::number, std::string(run_of(at_)), at_ + run_of(at_).size());
    }
    if (c == ':' && at_ + 1 < sql_.size() && word_start(sql_[at_ + 1])) {
      return add(Token::Kind::parameter, std::string(run_of(at_ + 1)), at_ + 1 + run_of(at_ + 1).size());
    }
    static constexpr std::string_view kPairs[] = {"::", "<=", ">=", "<>", "!=", "||"};
    const bool pair = std::find(std::begin(kPairs), std::end(kPairs), sql_.substr(at_, 2)) != std::end(kPairs);
    add(Token::Kind::symbol, std::string(sql_.substr(at_, pair ? 2 : 1)), at_ + (pair ? 2 : 1));
  }

  [[nodiscard]] std::string_view run_of(std::size_t from) const {
    std::size_t end = from;
    while (end < sql_.size() && word_part(sql_[end])) ++end;
    return sql_.substr(from, end - from);
  }

  void between(char quote) {
    std::string text;
    std::size_t end = at_ + 1;
    for (; end < sql_.size(); ++end) {
      if (sql_[end] == quote) {
        if (end + 1 >= sql_.size() || sql_[end + 1] != quote) break;
        ++end;
      }
      text += sql_[end];
    }
    add(quote == '"' ? Token::Kind::quoted : Token::Kind::text, std::move(text), std::min(end + 1, sql_.size()));
  }

  void add(Token::Kind kind, std::string text, std::size_t end) {
    tokens_.push_back({kind, std::move(text), at_, end});
    at_ = end;
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

bool is_name(const Token& token) { return token.kind == Token::Kind::word || token.kind == Token::Kind::quoted; }
bool is_word(const Token& token, const char* word) { return token.kind == Token::Kind::word && token.text == word; }
bool is_symbol(const Token& token, const char* symbol) {
  return token.kind == Token::Kind::symbol && token.text == symbol;
}

// Words that cannot be an alias because a clause begins with them.
bool is_clause(const Token& token) {
  static const std::set<std::string> kWords = {"on",    "where", "join",   "left",   "right",     "inner",
                                               "cross", "full",  "group",  "order",  "having",    "union",
                                               "limit", "as",    "window", "except", "intersect", "offset"};
  return token.kind == Token::Kind::word && kWords.contains(token.text);
}

// End (index after the last token) of ":a - :b + 5 …" from `at`; `at` when there is no parameter in it or something
// else follows that binds tighter.
std::size_t parameters_end(const std::vector<Token>& tokens, std::size_t at) {
  std::size_t end = at;
  bool parameter = false;
  for (std::size_t i = at; i < tokens.size(); i += 2) {
    if (tokens[i].kind != Token::Kind::parameter && tokens[i].kind != Token::Kind::number) return at;
    parameter = parameter || tokens[i].kind == Token::Kind::parameter;
    end = i + 1;
    if (end >= tokens.size() || !(is_symbol(tokens[end], "+") || is_symbol(tokens[end], "-"))) break;
  }
  const bool binds = end < tokens.size() && tokens[end].kind == Token::Kind::symbol && !is_symbol(tokens[end], ")") &&
                     !is_symbol(tokens[end], ",");
  return parameter && !binds ? end : at;
}

// What may stand before "alias.column < …" so that the comparison is a whole one.
bool begins_comparison(const std::vector<Token>& tokens, std::size_t at) {
  if (at == 0) return false;
  const Token& before = tokens[at - 1];
  for (const char* word : {"where", "and", "or", "on", "when", "not", "having"}) {
    if (is_word(before, word)) return true;
  }
  // A parenthesis opens a condition unless a function's name or a keyword that takes a list stands before it.
  return is_symbol(before, "(") && at >= 2 &&
         (is_word(tokens[at - 2], "and") || is_word(tokens[at - 2], "or") || is_word(tokens[at - 2], "where") ||
          is_word(tokens[at - 2], "on"));
}

}  // namespace

std::vector<Token> tokenize(std::string_view sql) { return Tokenizer(sql).run(); }

std::set<std::string> names_in(const std::vector<Token>& tokens) {
  std::set<std::string> names;
  for (const auto& token : tokens) {
    if (is_name(token)) names.insert(token.text);
  }
  return names;
}

std::map<std::string, std::string> aliases_in(const std::vector<Token>& tokens,
                                              const std::set<std::string>& relations) {
  std::map<std::string, std::string> aliases;
  std::set<std::string> twice;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const Token& before = tokens[i - 1];
    if (!is_name(tokens[i]) || !(is_word(before, "from") || is_word(before, "join") || is_symbol(before, ",")))
      continue;
    std::size_t next = i + 1;
    if (next < tokens.size() && (is_symbol(tokens[next], ".") || is_symbol(tokens[next], "("))) continue;
    if (next < tokens.size() && is_word(tokens[next], "as")) ++next;
    const bool named = next < tokens.size() && is_name(tokens[next]) && !is_clause(tokens[next]);
    const std::string alias = named ? tokens[next].text : tokens[i].text;
    const std::string relation = relations.contains(tokens[i].text) ? tokens[i].text : "";
    const auto [entry, fresh] = aliases.emplace(alias, relation);
    if (!fresh && entry->second != relation) twice.insert(alias);
  }
  for (const auto& alias : twice) aliases.erase(alias);
  std::erase_if(aliases, [](const auto& entry) { return entry.second.empty(); });
  return aliases;
}

std::optional<std::string> parameter_text(const Value& value) {
  if (is_null(value)) return std::nullopt;
  if (const auto* blob = std::get_if<Blob>(&value)) {
    (void)blob;
    return "\\x" + to_text(value);
  }
  std::string text = to_text(value);
  std::erase(text, '\0');  // the server has no such character
  return text;
}

const char* parameter_type(const Value& value) {
  switch (value.index()) {
    case 1:
      return "bigint";
    case 2:
      return "double precision";
    case 4:
      return "bytea";
    default:
      return "text";
  }
}

Prepared with_positions(std::string_view sql, const Query& query, std::vector<std::optional<std::string>> parameters) {
  Prepared prepared{"", std::move(parameters)};
  std::map<std::string, std::string> places;
  std::size_t done = 0;
  for (const auto& token : tokenize(sql)) {
    if (token.kind != Token::Kind::parameter) continue;
    auto place = places.find(token.text);
    if (place == places.end()) {
      const auto given = std::find_if(query.parameters.begin(), query.parameters.end(),
                                      [&](const auto& p) { return p.first == token.text; });
      const Value value = given == query.parameters.end() ? Value{} : given->second;
      prepared.parameters.push_back(parameter_text(value));
      place =
          places.emplace(token.text, "$" + std::to_string(prepared.parameters.size()) + "::" + parameter_type(value))
              .first;
    }
    prepared.sql.append(sql.substr(done, token.begin - done)).append(place->second);
    done = token.end;
  }
  prepared.sql.append(sql.substr(done));
  return prepared;
}

namespace {

class TimeRewriter {
 public:
  TimeRewriter(std::string_view sql, const NativeTimes& native) : sql_(sql), native_(native), tokens_(tokenize(sql)) {}

  std::string run() {
    for (std::size_t i = 0; i + 3 < tokens_.size(); ++i) {
      if (aggregate(i) || !is_column(i) || order(i)) continue;
      if (begins_comparison(tokens_, i) && !is_null_test(i) && !between_columns(i)) comparison(i);
    }
    result_.append(sql_.substr(done_));
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_column(std::size_t i) const {
    return i + 2 < tokens_.size() && is_name(tokens_[i]) && is_symbol(tokens_[i + 1], ".") && is_name(tokens_[i + 2]);
  }

  [[nodiscard]] std::optional<NativeTime> twin(std::size_t i) const {
    return native_(tokens_[i].text, tokens_[i + 2].text);
  }

  void replace(std::size_t first, std::size_t last, const std::string& text) {
    result_.append(sql_.substr(done_, tokens_[first].begin - done_)).append(text);
    done_ = tokens_[last].end;
  }

  // MAX(m.created_at): the greatest of the whole milliseconds is that of the greatest.
  bool aggregate(std::size_t& i) {
    const bool fits = (is_word(tokens_[i], "min") || is_word(tokens_[i], "max")) && is_symbol(tokens_[i + 1], "(") &&
                      is_column(i + 2) && i + 5 < tokens_.size() && is_symbol(tokens_[i + 5], ")") &&
                      !(i + 6 < tokens_.size() && is_word(tokens_[i + 6], "over"));
    if (!fits) return false;
    const auto native = twin(i + 2);
    if (!native.has_value()) return false;
    const std::string value =
        tokens_[i].text + "(" +
        std::string(sql_.substr(tokens_[i + 2].begin, tokens_[i + 3].end - tokens_[i + 2].begin)) + native->column +
        ")";
    replace(i, i + 5, native_time_ms(value));
    i += 5;
    return true;
  }

  bool is_null_test(std::size_t& i) {
    if (!is_word(tokens_[i + 3], "is")) return false;
    if (const auto native = twin(i); native.has_value()) {
      replace(i + 2, i + 2, native->column);
      i += 3;
    }
    return true;
  }

  // ORDER BY m.created_at: the native value orders as its whole milliseconds do, and an index has that order.
  bool order(std::size_t i) {
    if (i < 2 || !is_word(tokens_[i - 1], "by") || !is_word(tokens_[i - 2], "order")) return false;
    if (const auto native = twin(i); native.has_value()) replace(i + 2, i + 2, native->column);
    return true;
  }

  // m.created_at < s.created_at - :tolerance: two times that are compared with a tolerance between them are compared as
  // they are; whole milliseconds would differ only where the tolerance is met to the millisecond. Without one the
  // native comparison, which is cheap, only narrows down: what the milliseconds say implies it (give or take one for <=
  // and >=), and the exact comparison is left to what passes.
  bool between_columns(std::size_t& i) {
    const std::string& sign = tokens_[i + 3].text;
    static const std::set<std::string> kSigns = {"<", "<=", ">", ">="};
    if (tokens_[i + 3].kind != Token::Kind::symbol || !kSigns.contains(sign) || !is_column(i + 4)) return false;
    const std::size_t after = i + 7;
    const bool shifted = after < tokens_.size() && (is_symbol(tokens_[after], "+") || is_symbol(tokens_[after], "-"));
    const std::size_t end = shifted ? parameters_end(tokens_, after + 1) : after;
    const bool whole =
        shifted ? end > after + 1
                : after >= tokens_.size() || tokens_[after].kind == Token::Kind::word || is_symbol(tokens_[after], ")");
    const auto left = twin(i);
    const auto right = twin(i + 4);
    if (!whole || !left.has_value() || !right.has_value() || left->type != right->type) return true;
    const auto text = [&](std::size_t first, std::size_t last) {
      return std::string(sql_.substr(tokens_[first].begin, tokens_[last].end - tokens_[first].begin));
    };
    const std::string columns[] = {text(i, i + 1) + left->column, text(i + 4, i + 5) + right->column};
    if (shifted) {
      replace(i, end - 1,
              columns[0] + " " + sign + " " + columns[1] + " " + tokens_[after].text + " (" + text(after + 1, end - 1) +
                  ") * interval '1 millisecond'");
    } else {
      const char* const room = sign == "<="   ? " + interval '1 millisecond'"
                               : sign == ">=" ? " - interval '1 millisecond'"
                                              : "";
      replace(i, end - 1,
              "(" + columns[0] + " " + sign.substr(0, 1) + " " + columns[1] + room + " AND " + text(i, end - 1) + ")");
    }
    i = end - 1;
    return true;
  }

  void comparison(std::size_t& i) {
    const std::string& sign = tokens_[i + 3].text;
    const bool up = sign == "<=" || sign == ">";  // a whole millisecond belongs to what it begins
    if (tokens_[i + 3].kind != Token::Kind::symbol || !(up || sign == "<" || sign == ">=")) return;
    const std::size_t end = parameters_end(tokens_, i + 4);
    if (end == i + 4) return;
    const auto native = twin(i);
    if (!native.has_value()) return;
    const std::string span(sql_.substr(tokens_[i + 4].begin, tokens_[end - 1].end - tokens_[i + 4].begin));
    const std::string native_sign = sign == "<=" ? "<" : sign == ">" ? ">=" : sign;
    replace(i + 2, end - 1,
            native->column + " " + native_sign + " (" + native->type + " 'epoch' + (" + span + (up ? " + 1" : "") +
                ") * interval '1 millisecond')");
    i = end - 1;
  }

  std::string_view sql_;
  const NativeTimes& native_;
  std::vector<Token> tokens_;
  std::string result_;
  std::size_t done_ = 0;
};

}  // namespace

std::string native_time_ms(const std::string& value) {
  return "CASE WHEN isfinite(" + value + ") THEN floor(date_part('epoch', " + value + ") * 1000 + 0.0005)::bigint END";
}

std::string without_clock(std::string_view sql) {
  const auto tokens = tokenize(sql);
  std::string result;
  std::size_t done = 0;
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is_symbol(tokens[i], "(")) ++depth;
    if (is_symbol(tokens[i], ")")) --depth;
    if (depth != 0) continue;
    for (const char* word : {"or", "group", "union", "limit", "case", "between", "with"}) {
      if (is_word(tokens[i], word)) return {};
    }
    const bool starts = i > 0 && (is_word(tokens[i - 1], "where") || is_word(tokens[i - 1], "and"));
    if (!starts || i + 4 >= tokens.size() || !is_name(tokens[i]) || !is_symbol(tokens[i + 1], ".")) continue;
    if (!is_symbol(tokens[i + 3], "<") && !is_symbol(tokens[i + 3], "<=")) continue;
    const std::size_t end = parameters_end(tokens, i + 4);
    if (end == i + 4 || (end < tokens.size() && !is_word(tokens[end], "and"))) continue;
    result.append(sql.substr(done, tokens[i].begin - done)).append("true");
    done = tokens[end - 1].end;
    i = end - 1;
  }
  return done == 0 ? std::string() : result.append(sql.substr(done));
}

std::string with_native_times(std::string_view sql, const NativeTimes& native) {
  return TimeRewriter(sql, native).run();
}

}  // namespace audit::postgres
