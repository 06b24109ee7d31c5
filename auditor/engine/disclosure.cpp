#include "auditor/engine/disclosure.hpp"

#include <algorithm>

namespace audit {

namespace {

enum class Clause { results, tables, joined, compared };

// The clause that a word starts; nullopt when it starts none.
std::optional<Clause> started_by(const std::string& word) {
  static const std::vector<std::pair<const char*, Clause>> kWords = {
      {"select", Clause::results}, {"from", Clause::tables},       {"join", Clause::tables},
      {"left", Clause::tables},    {"right", Clause::tables},      {"full", Clause::tables},
      {"inner", Clause::tables},   {"cross", Clause::tables},      {"on", Clause::joined},
      {"where", Clause::compared}, {"having", Clause::compared},   {"union", Clause::results},
      {"except", Clause::results}, {"intersect", Clause::results}, {"values", Clause::results},
      {"window", Clause::results}, {"limit", Clause::results},     {"offset", Clause::results},
      {"rows", Clause::results},   {"range", Clause::results},     {"groups", Clause::results},
      {"with", Clause::results},   {"returning", Clause::results}};
  const auto found = std::find_if(kWords.begin(), kWords.end(), [&](const auto& entry) { return word == entry.first; });
  return found == kWords.end() ? std::nullopt : std::optional(found->second);
}

bool is(const SqlToken& token, SqlToken::Kind kind, const char* text) {
  return token.kind == kind && token.lower == text;
}

// GROUP BY, ORDER BY, PARTITION BY. Words that may also be names do not count: `by` and `partition` by themselves.
bool starts_order(const std::vector<SqlToken>& tokens, std::size_t i) {
  if (i < 1 || !is(tokens[i], SqlToken::Kind::word, "by")) return false;
  if (is(tokens[i - 1], SqlToken::Kind::word, "partition"))
    return i > 1 && is(tokens[i - 2], SqlToken::Kind::symbol, "(");
  return is(tokens[i - 1], SqlToken::Kind::word, "group") || is(tokens[i - 1], SqlToken::Kind::word, "order");
}

// `*` for all columns, not for a product.
bool is_star(const std::vector<SqlToken>& tokens, std::size_t i) {
  if (i == 0 || !is(tokens[i], SqlToken::Kind::symbol, "*")) return false;
  const SqlToken& before = tokens[i - 1];
  return is(before, SqlToken::Kind::symbol, ",") || is(before, SqlToken::Kind::symbol, ".") ||
         is(before, SqlToken::Kind::word, "select") || is(before, SqlToken::Kind::word, "distinct") ||
         is(before, SqlToken::Kind::word, "all");
}

}  // namespace

std::optional<SqlToken> disclosed(const std::vector<SqlToken>& tokens, const std::set<std::string>& columns) {
  std::vector<Clause> clauses = {Clause::results};  // per depth of parentheses
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const SqlToken& token = tokens[i];
    if (is(token, SqlToken::Kind::symbol, "(")) clauses.push_back(Clause::results);
    if (is(token, SqlToken::Kind::symbol, ")") && clauses.size() > 1) clauses.pop_back();
    // After a comma the list of tables goes on.
    if (is(token, SqlToken::Kind::symbol, ",") && clauses.back() == Clause::joined) clauses.back() = Clause::tables;
    const bool qualified = i > 0 && is(tokens[i - 1], SqlToken::Kind::symbol, ".");
    if (token.kind == SqlToken::Kind::word && !qualified) {
      if (const auto clause = started_by(token.lower)) clauses.back() = *clause;
      if (starts_order(tokens, i)) clauses.back() = Clause::compared;
    }
    const bool name = token.kind == SqlToken::Kind::word || token.kind == SqlToken::Kind::quoted ||
                      token.kind == SqlToken::Kind::text;
    if (!(name && columns.contains(token.lower)) && !is_star(tokens, i)) continue;
    const bool only_compared = std::any_of(clauses.begin(), clauses.end(), [](Clause clause) {
      return clause == Clause::compared || clause == Clause::joined;
    });
    if (!only_compared) return token;
  }
  return std::nullopt;
}

}  // namespace audit
