#include "auditor/engine/specialize.hpp"

#include <algorithm>
#include <vector>

#include "auditor/engine/sql_text.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit {

namespace {

enum class Clause { other, select, group };

// `x.source` or `x.scope` at a token.
bool is_constant(const std::vector<SqlToken>& tokens, std::size_t i) {
  const bool name = i < tokens.size() && (tokens[i].kind == SqlToken::Kind::word || tokens[i].kind == SqlToken::Kind::quoted);
  return name && is_symbol(tokens, i + 1, ".") && (is_word(tokens, i + 2, "source") || is_word(tokens, i + 2, "scope"));
}

class Rewriter {
 public:
  Rewriter(std::string_view sql, const std::string& source, const std::string& scope)
      : sql_(sql), source_(sqlite::literal(std::string_view(source))), scope_(sqlite::literal(std::string_view(scope))),
        tokens_(tokenize_sql(sql)) {}

  // nullopt when some `source` or `scope` is not plainly that of a row.
  std::optional<std::string> rewrite() {
    if (!is_plain()) return std::nullopt;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      track(i);
      if (const std::size_t end = end_of_one_group(i); end > i) {
        replace(tokens_[i].begin, tokens_[end - 1].end, "HAVING COUNT(*) > 0");
        clauses_.back() = Clause::other;
        i = end - 1;
        continue;
      }
      if (!is_constant(tokens_, i) || (i > 0 && is_symbol(tokens_, i - 1, "."))) continue;
      const Clause clause = clauses_.back();
      const bool listed = clause == Clause::group || (clause == Clause::select && clauses_.size() > 1);
      if (listed && starts_item(i) && drop_item(i)) continue;
      const bool bare_result = clause == Clause::select && clauses_.size() == 1 && starts_item(i) && ends_item(i + 3);
      const std::string& literal = tokens_[i + 2].lower == "source" ? source_ : scope_;
      replace(tokens_[i].begin, tokens_[i + 2].end, bare_result ? literal + " AS " + tokens_[i + 2].lower : literal);
    }
    out_.append(sql_.substr(done_));
    return std::move(out_);
  }

 private:
  // Rows that an outer join makes up have no source: of an alias that may be one of them only the join's own condition may name it. Nor may a
  // subquery or a table of WITH make a source or scope of its own.
  [[nodiscard]] bool is_plain() const {
    bool outer = false;
    int depth = 0;
    std::vector<std::pair<std::string, std::pair<std::size_t, std::size_t>>> nullable;  // alias, tokens of its ON
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (is_symbol(tokens_, i, "(")) ++depth;
      if (is_symbol(tokens_, i, ")")) --depth;
      if (is_word(tokens_, i, "full") || is_word(tokens_, i, "right")) return false;
      const bool constant = tokens_[i].lower == "source" || tokens_[i].lower == "scope";
      if (constant && is_name(i) && !(i > 0 && is_symbol(tokens_, i - 1, ".")) &&
          !(depth == 0 && i > 0 && is_word(tokens_, i - 1, "as"))) {
        return false;
      }
      if (!is_word(tokens_, i, "left")) continue;
      outer = true;
      nullable.push_back(outer_join(i));
    }
    if (!outer) return true;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (is_symbol(tokens_, i, "*") && i > 0 && !is_symbol(tokens_, i - 1, "(")) return false;  // or a product; it does not matter
      if (!is_constant(tokens_, i)) continue;
      for (const auto& [alias, condition] : nullable) {
        if (alias.empty()) return false;
        if (tokens_[i].lower == alias && (i < condition.first || i >= condition.second)) return false;
      }
    }
    return true;
  }

  [[nodiscard]] bool is_name(std::size_t i) const {
    return tokens_[i].kind == SqlToken::Kind::word || tokens_[i].kind == SqlToken::Kind::quoted;
  }

  // Alias of what LEFT JOIN at a token adds ("" when it cannot be told), and the tokens of its condition.
  [[nodiscard]] std::pair<std::string, std::pair<std::size_t, std::size_t>> outer_join(std::size_t i) const {
    int depth = 0;
    std::string alias;
    while (++i < tokens_.size()) {
      if (is_symbol(tokens_, i, "(")) ++depth;
      if (is_symbol(tokens_, i, ")") && depth-- == 0) return {"", {0, 0}};
      if (depth == 0 && is_word(tokens_, i, "on")) break;
      if (depth == 0 && is_name(i)) alias = tokens_[i].lower;
    }
    const std::size_t begin = i;
    while (++i < tokens_.size()) {
      if (is_symbol(tokens_, i, "(")) ++depth;
      if (is_symbol(tokens_, i, ")") && depth-- == 0) break;
      static const std::vector<std::string> kEnds = {"left",  "join",  "inner",  "cross", "where", "group", "order",
                                                     "limit", "union", "except", "intersect", "having", "window"};
      if (depth == 0 && tokens_[i].kind == SqlToken::Kind::word && std::find(kEnds.begin(), kEnds.end(), tokens_[i].lower) != kEnds.end()) break;
      if (depth == 0 && is_symbol(tokens_, i, ",")) break;
    }
    return {alias, {begin, i}};
  }

  // Which clause the token stands in, per depth of parentheses.
  void track(std::size_t i) {
    if (is_symbol(tokens_, i, "(")) clauses_.push_back(Clause::other);
    if (is_symbol(tokens_, i, ")") && clauses_.size() > 1) clauses_.pop_back();
    if (tokens_[i].kind != SqlToken::Kind::word) return;
    const std::string& word = tokens_[i].lower;
    if (word == "select") {
      clauses_.back() = Clause::select;
    } else if (word == "by" && (is_word(tokens_, i - 1, "group") || is_word(tokens_, i - 1, "partition"))) {
      clauses_.back() = Clause::group;
    } else if (word == "from" || word == "where" || word == "having" || word == "order" || word == "union" || word == "rows") {
      clauses_.back() = Clause::other;
    }
  }

  // The token behind a GROUP BY at `i` that names constants alone, and no HAVING after it; 0 for any other token. Grouped by a constant the rows would be sorted.
  [[nodiscard]] std::size_t end_of_one_group(std::size_t i) const {
    if (!is_word(tokens_, i, "group") || !is_word(tokens_, i + 1, "by")) return 0;
    std::size_t at = i + 2;
    while (is_constant(tokens_, at) && is_symbol(tokens_, at + 3, ",")) at += 4;
    return is_constant(tokens_, at) && ends_item(at + 3) && !is_word(tokens_, at + 3, "having") ? at + 3 : 0;
  }

  [[nodiscard]] bool starts_item(std::size_t i) const {
    return i > 0 && (is_symbol(tokens_, i - 1, ",") || is_word(tokens_, i - 1, "select") || is_word(tokens_, i - 1, "distinct") ||
                     is_word(tokens_, i - 1, "by"));
  }

  [[nodiscard]] bool ends_item(std::size_t i) const {
    return i >= tokens_.size() || is_symbol(tokens_, i, ",") || is_symbol(tokens_, i, ")") || is_word(tokens_, i, "from") ||
           is_word(tokens_, i, "having") || is_word(tokens_, i, "order") || is_word(tokens_, i, "union") || is_word(tokens_, i, "limit");
  }

  // Takes the item and one comma beside it out of its list. False when it is the only one, or more than the bare column.
  bool drop_item(std::size_t& i) {
    if (!ends_item(i + 3)) return false;
    if (is_symbol(tokens_, i + 3, ",")) {
      replace(tokens_[i].begin, tokens_[i + 3].end, "");
      i += 3;
      return true;
    }
    if (!is_symbol(tokens_, i - 1, ",") || tokens_[i - 1].begin < done_) return false;
    replace(tokens_[i - 1].begin, tokens_[i + 2].end, "");
    i += 2;
    return true;
  }

  void replace(std::size_t begin, std::size_t end, const std::string& text) {
    out_.append(sql_.substr(done_, begin - done_)).append(text);
    done_ = end;
  }

  std::string_view sql_;
  std::string source_;
  std::string scope_;
  std::vector<SqlToken> tokens_;
  std::vector<Clause> clauses_ = {Clause::other};
  std::string out_;
  std::size_t done_ = 0;
};

// Columns of an alias that stand between the parenthesis at `open` and its end.
std::vector<std::string> columns_inside(const std::vector<SqlToken>& tokens, std::size_t open, const std::string& alias) {
  std::vector<std::string> columns;
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (is_symbol(tokens, i, "(")) ++depth;
    if (is_symbol(tokens, i, ")") && --depth == 0) break;
    if (tokens[i].text == alias && is_symbol(tokens, i + 1, ".") && i + 2 < tokens.size()) columns.push_back(tokens[i + 2].text);
  }
  return columns;
}

}  // namespace

std::string with_constant_scope(std::string_view sql, const std::string& source, const std::string& scope) {
  return Rewriter(sql, source, scope).rewrite().value_or(std::string(sql));
}

std::optional<KeysFirst> keys_first(std::string_view sql, const std::string& suffix) {
  const auto tokens = tokenize_sql(sql);
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is_symbol(tokens, i, "(")) ++depth;
    if (is_symbol(tokens, i, ")")) --depth;
    if (depth != 0) continue;
    if (is_word(tokens, i, "join") || is_word(tokens, i, "group") || is_word(tokens, i, "with") || is_word(tokens, i, "union")) {
      return std::nullopt;
    }
    if (!is_word(tokens, i, "where")) continue;
    const std::size_t test = is_word(tokens, i + 1, "not") ? i + 2 : i + 1;
    if (!is_word(tokens, test, "exists")) return std::nullopt;
    auto uses = table_uses(tokens);
    std::erase_if(uses, [](const TableUse& use) { return use.depth != 0; });
    if (uses.size() != 1) return std::nullopt;
    for (const auto& use : uses) {
      const SqlToken& name = tokens[use.token];
      if (use.alias == use.name) return std::nullopt;  // columns are qualified by the name that would change
      return KeysFirst{use.name,
                       std::string(sql.substr(0, name.begin)) + sqlite::identifier(use.name + suffix) +
                           std::string(sql.substr(name.end)),
                       columns_inside(tokens, test + 1, use.alias)};
    }
  }
  return std::nullopt;
}

}  // namespace audit
