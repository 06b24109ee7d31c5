#include "auditor/engine/sql_text.hpp"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <map>
#include <set>
#include <utility>

namespace audit {

namespace {

bool word_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0; }
bool word_part(char c) { return word_start(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '$'; }

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view sql) : sql_(sql) {}

  std::vector<SqlToken> run() {
    while (at_ < sql_.size()) {
      if (skip_blank()) continue;
      token();
      tokens_.back().end = at_;
    }
    return std::move(tokens_);
  }

 private:
  bool skip_blank() {
    const char c = sql_[at_];
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      advance(at_ + 1);
    } else if (sql_.substr(at_, 2) == "--") {
      advance(std::min(sql_.find('\n', at_), sql_.size()));
    } else if (sql_.substr(at_, 2) == "/*") {
      const auto end = sql_.find("*/", at_ + 2);
      advance(end == std::string_view::npos ? sql_.size() : end + 2);
    } else {
      return false;
    }
    return true;
  }

  void token() {
    const char c = sql_[at_];
    if (c == '\'' || c == '"' || c == '`' || c == '[') {
      quoted(c == '[' ? ']' : c, c == '\'' ? SqlToken::Kind::text : SqlToken::Kind::quoted);
    } else if (word_start(c)) {
      take(SqlToken::Kind::word, word_part);
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      take(SqlToken::Kind::number, word_part);
    } else if ((c == ':' || c == '@' || c == '?') && at_ + 1 < sql_.size() && word_part(sql_[at_ + 1])) {
      take(SqlToken::Kind::parameter, [first = true](char x) mutable { return std::exchange(first, false) || word_part(x); });
    } else {
      add(SqlToken::Kind::symbol, std::string(1, c));
      advance(at_ + 1);
    }
  }

  void quoted(char close, SqlToken::Kind kind) {
    std::string text;
    std::size_t i = at_ + 1;
    for (; i < sql_.size(); ++i) {
      if (sql_[i] == close) {
        if (i + 1 >= sql_.size() || sql_[i + 1] != close) break;
        ++i;
      }
      text += sql_[i];
    }
    add(kind, text);
    advance(std::min(i + 1, sql_.size()));
  }

  template <typename Part>
  void take(SqlToken::Kind kind, Part part) {
    std::size_t end = at_;
    while (end < sql_.size() && part(sql_[end])) ++end;
    add(kind, std::string(sql_.substr(at_, end - at_)));
    advance(end);
  }

  void add(SqlToken::Kind kind, std::string text) {
    std::string lower = text;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    tokens_.push_back({kind, std::move(text), std::move(lower), line_, at_, at_});
  }

  void advance(std::size_t to) {
    line_ += static_cast<int>(std::count(sql_.begin() + static_cast<std::ptrdiff_t>(at_),
                                         sql_.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
    at_ = to;
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::vector<SqlToken> tokens_;
};

bool is_name(const SqlToken& token) {
  return token.kind == SqlToken::Kind::word || token.kind == SqlToken::Kind::quoted;
}

bool ends_item(const SqlToken& token) {
  static const std::vector<std::string> kWords = {"where", "on",   "join",  "left",  "right",  "inner", "outer",
                                                  "cross", "full", "group", "order", "having", "limit", "union",
                                                  "except", "intersect", "natural", "using", "window"};
  return token.kind == SqlToken::Kind::word && std::find(kWords.begin(), kWords.end(), token.lower) != kWords.end();
}

// Disjoint sets of aliases that scope equations connect.
class Sets {
 public:
  std::string find(const std::string& name) {
    const auto parent = parent_.find(name);
    return parent == parent_.end() || parent->second == name ? name : find(parent->second);
  }
  void join(const std::string& a, const std::string& b) { parent_[find(a)] = find(b); }

 private:
  std::map<std::string, std::string> parent_;
};

}  // namespace

bool is_word(const std::vector<SqlToken>& tokens, std::size_t i, std::string_view text) {
  return i < tokens.size() && tokens[i].kind == SqlToken::Kind::word && tokens[i].lower == text;
}

bool is_symbol(const std::vector<SqlToken>& tokens, std::size_t i, std::string_view text) {
  return i < tokens.size() && tokens[i].kind == SqlToken::Kind::symbol && tokens[i].text == text;
}

std::vector<SqlToken> tokenize_sql(std::string_view sql) { return Tokenizer(sql).run(); }

std::vector<TableUse> table_uses(const std::vector<SqlToken>& tokens) {
  std::vector<TableUse> uses;
  std::vector<bool> in_from = {false};  // per depth of parentheses: an item of a FROM list may follow a comma
  bool item = false;                    // what comes next is an item
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool was_item = std::exchange(item, false);
    if (is_symbol(tokens, i, "(")) {
      const bool query = is_word(tokens, i + 1, "select") || is_word(tokens, i + 1, "with") || is_word(tokens, i + 1, "values");
      item = was_item && !query;  // a join in parentheses
      in_from.push_back(item);
      continue;
    }
    if (is_symbol(tokens, i, ")") && in_from.size() > 1) in_from.pop_back();
    const bool from = is_word(tokens, i, "join") || (is_word(tokens, i, "from") && !(i > 1 && is_word(tokens, i - 1, "distinct") &&
                      (is_word(tokens, i - 2, "is") || is_word(tokens, i - 2, "not"))));  // IS DISTINCT FROM
    if (from) in_from.back() = true;
    if (ends_item(tokens[i]) && !is_word(tokens, i, "join")) in_from.back() = false;
    item = from || (is_symbol(tokens, i, ",") && in_from.back());
    if (!was_item || !is_name(tokens[i])) continue;
    TableUse use{tokens[i].text, tokens[i].text, i, static_cast<int>(in_from.size()) - 1};
    std::size_t next = i + 1;
    if (is_word(tokens, next, "as")) ++next;
    if (next < tokens.size() && is_name(tokens[next]) && !ends_item(tokens[next])) use.alias = tokens[next].text;
    uses.push_back(std::move(use));
  }
  return uses;
}

namespace {

std::size_t closing(const std::vector<SqlToken>& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (is_symbol(tokens, i, "(")) ++depth;
    if (is_symbol(tokens, i, ")") && --depth == 0) return i;
  }
  return tokens.size();
}

bool is_scope_column(const std::vector<SqlToken>& tokens, std::size_t i) {
  return i + 2 < tokens.size() && is_name(tokens[i]) && is_symbol(tokens, i + 1, ".") && tokens[i + 2].lower == "scope";
}

// Alias that `x.scope` has in the select list of the subquery at `open`; "" when it does not return a scope.
std::string returned_scope(const std::vector<SqlToken>& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open + 1; i < tokens.size() && depth >= 0; ++i) {
    if (is_symbol(tokens, i, "(")) ++depth;
    if (is_symbol(tokens, i, ")")) --depth;
    if (depth == 0 && is_word(tokens, i, "from")) break;
    const bool item = is_symbol(tokens, i - 1, ",") || is_word(tokens, i - 1, "select") || is_word(tokens, i - 1, "distinct");
    if (depth == 0 && item && is_scope_column(tokens, i) && (is_symbol(tokens, i + 3, ",") || is_word(tokens, i + 3, "from"))) {
      return tokens[i].text;
    }
  }
  return {};
}

// Subqueries that stand for tables: where they open, and their alias, or the name that WITH gives them.
std::vector<std::pair<std::size_t, std::string>> subqueries(const std::vector<SqlToken>& tokens) {
  std::vector<std::pair<std::size_t, std::string>> found;
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (!is_symbol(tokens, i, "(") || !is_word(tokens, i + 1, "select")) continue;
    if (is_word(tokens, i - 1, "as") && i >= 2 && is_name(tokens[i - 2])) {
      found.emplace_back(i, tokens[i - 2].text);
      continue;
    }
    std::size_t after = closing(tokens, i) + 1;
    if (is_word(tokens, after, "as")) ++after;
    const bool listed = is_word(tokens, i - 1, "from") || is_word(tokens, i - 1, "join") || is_symbol(tokens, i - 1, ",");
    if (listed && after < tokens.size() && is_name(tokens[after]) && !ends_item(tokens[after])) found.emplace_back(i, tokens[after].text);
  }
  return found;
}

bool is_any(const std::vector<SqlToken>& tokens, std::size_t i, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return is_word(tokens, i, word); });
}

// True when the condition at [begin, end) must hold for every row of its query: a term of a chain of ANDs in ON, WHERE or HAVING.
bool always_holds(const std::vector<SqlToken>& tokens, std::size_t begin, std::size_t end) {
  while (true) {
    int depth = 0;
    std::size_t left = begin;
    for (bool first = true;; first = false) {
      if (left == 0) return false;
      --left;
      if (is_symbol(tokens, left, ")")) ++depth;
      if (is_symbol(tokens, left, "(") && depth-- == 0) break;
      if (depth != 0) continue;
      if (is_any(tokens, left, {"on", "where", "having"})) break;
      if (first && !is_word(tokens, left, "and")) return false;
      if (is_any(tokens, left, {"or", "case", "between", "select"})) return false;
    }
    depth = 0;
    std::size_t right = end;
    for (; right < tokens.size(); ++right) {
      if (is_symbol(tokens, right, "(")) ++depth;
      if (is_symbol(tokens, right, ")") && depth-- == 0) break;
      if (depth != 0) continue;
      if (is_word(tokens, right, "or")) return false;
      if (right == end && !is_word(tokens, right, "and") && !ends_item(tokens[right])) return false;
      if (ends_item(tokens[right])) break;
    }
    if (!is_symbol(tokens, left, "(")) return true;
    if (left == 0 || !is_any(tokens, left - 1, {"and", "on", "where", "having"})) {
      if (left == 0 || !is_symbol(tokens, left - 1, "(")) return false;
    }
    begin = left;
    end = right + 1;
  }
}

// True when the items of the list that starts at a token name a scope.
bool lists_scope(const std::vector<SqlToken>& tokens, std::size_t begin) {
  int depth = 0;
  for (std::size_t i = begin; i < tokens.size() && depth >= 0; ++i) {
    if (is_symbol(tokens, i, "(")) ++depth;
    if (is_symbol(tokens, i, ")")) --depth;
    if (depth == 0 && (ends_item(tokens[i]) || is_any(tokens, i, {"rows", "range", "groups"}))) return false;
    if (depth == 0 && is_scope_column(tokens, i)) return true;
  }
  return false;
}

// True when rows of different scopes are put together: grouped, numbered or limited without regard to it.
bool mixes_partitions(const std::vector<SqlToken>& tokens) {
  int depth = 0;
  bool grouped = false;
  bool counts = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is_symbol(tokens, i, "(")) ++depth;
    if (is_symbol(tokens, i, ")")) --depth;
    if (is_word(tokens, i, "by") && i > 0 && is_any(tokens, i - 1, {"group", "partition"}) && !lists_scope(tokens, i + 1)) return true;
    if (is_word(tokens, i, "over") && is_symbol(tokens, i + 1, "(") && !is_word(tokens, i + 2, "partition")) return true;
    if (is_word(tokens, i, "window") && is_word(tokens, i + 2, "as")) return true;
    if (depth != 0) continue;
    if (is_word(tokens, i, "limit")) return true;
    if (is_word(tokens, i, "group")) grouped = true;
    const bool aggregate = is_any(tokens, i, {"count", "sum", "total", "avg", "min", "max"}) && is_symbol(tokens, i + 1, "(");
    if (aggregate && !is_word(tokens, closing(tokens, i + 1) + 1, "over")) counts = true;
  }
  return counts && !grouped;
}

}  // namespace

std::string with_findings(std::string_view query, std::string_view findings) {
  const auto tokens = tokenize_sql(query);
  std::string text;
  std::size_t done = 0;
  for (const auto& use : table_uses(tokens)) {
    if (use.name != "finding") continue;
    const SqlToken& token = tokens[use.token];
    text.append(query.substr(done, token.begin - done)).append("(").append(findings).append(")");
    if (use.alias == use.name) text.append(" finding");
    done = token.end;
  }
  return text.append(query.substr(done));
}

bool joins_equate_scope(const std::vector<SqlToken>& tokens, const std::vector<std::string>& relations) {
  if (mixes_partitions(tokens)) return false;
  Sets sets;
  std::vector<std::string> tables;  // of WITH
  for (const auto& [open, name] : subqueries(tokens)) {
    if (is_word(tokens, open - 1, "as")) tables.push_back(name);
    if (const std::string alias = returned_scope(tokens, open); !alias.empty()) sets.join(name, alias);
  }
  std::vector<std::string> aliases;
  std::set<std::string> used;
  for (const auto& use : table_uses(tokens)) {
    used.insert(use.name);
    if (std::find(tables.begin(), tables.end(), use.name) != tables.end()) {
      sets.join(use.alias, use.name);
    } else if (std::find(relations.begin(), relations.end(), use.name) == relations.end()) {
      return false;
    }
    if (std::find(aliases.begin(), aliases.end(), use.alias) != aliases.end()) return false;  // cannot tell them apart
    aliases.push_back(use.alias);
  }
  if (!std::all_of(relations.begin(), relations.end(), [&](const std::string& name) { return used.contains(name); })) return false;
  for (std::size_t i = 0; i + 6 < tokens.size(); ++i) {
    if (is_scope_column(tokens, i) && is_symbol(tokens, i + 3, "=") && is_scope_column(tokens, i + 4) &&
        always_holds(tokens, i, i + 7)) {
      sets.join(tokens[i].text, tokens[i + 4].text);
    }
  }
  for (const auto& alias : aliases) {
    if (sets.find(alias) != sets.find(aliases.front())) return false;
  }
  return true;
}

std::string driving_relation(const std::vector<SqlToken>& tokens, const std::vector<std::string>& relations) {
  if (!is_word(tokens, 0, "select")) return {};
  int depth = 0;
  bool grouped = false;
  bool aggregate = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is_symbol(tokens, i, "(")) ++depth;
    if (is_symbol(tokens, i, ")")) --depth;
    // Any aggregate, wherever it stands, counts: over no rows it may give one.
    if (is_any(tokens, i, {"count", "sum", "total", "avg", "min", "max", "having"})) aggregate = true;
    if (depth != 0) continue;
    if (is_any(tokens, i, {"union", "except", "intersect", "right", "full"})) return {};
    if (is_word(tokens, i, "group")) grouped = true;
  }
  if (aggregate && !grouped) return {};
  const auto uses = table_uses(tokens);
  const auto first = std::find_if(uses.begin(), uses.end(), [](const TableUse& use) { return use.depth == 0; });
  if (first == uses.end() || first->token == 0 || !is_word(tokens, first->token - 1, "from")) return {};
  const bool known = std::find(relations.begin(), relations.end(), first->name) != relations.end();
  return known ? first->name : std::string();
}

}  // namespace audit
