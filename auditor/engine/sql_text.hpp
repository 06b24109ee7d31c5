#pragma once
// What a check's text says beyond what SQLite's authorizer reports: its table aliases, its scope equations, forbidden words.

#include <string>
#include <string_view>
#include <vector>

namespace audit {

struct SqlToken {
  enum class Kind { word, quoted, text, number, parameter, symbol } kind = Kind::symbol;
  std::string text;   // a quoted identifier without its quotes
  std::string lower;  // for comparing words
  int line = 1;
  std::size_t begin = 0;  // bytes of the text that it was read from
  std::size_t end = 0;
};

// Comments and blanks are left out. Text that no SQL tokenizer would accept becomes symbols; SQLite then says what is wrong.
[[nodiscard]] std::vector<SqlToken> tokenize_sql(std::string_view sql);

// Whether there is such a token at `i`: a word whatever its case (`text` in lower case), a symbol.
[[nodiscard]] bool is_word(const std::vector<SqlToken>& tokens, std::size_t i, std::string_view text);
[[nodiscard]] bool is_symbol(const std::vector<SqlToken>& tokens, std::size_t i, std::string_view text);

struct TableUse {
  std::string name;
  std::string alias;      // the name where there is none
  std::size_t token = 0;  // where the name stands
  int depth = 0;          // of parentheses around it
};

// Every FROM and JOIN item, at any depth, that is a name (subqueries are entered, not listed).
[[nodiscard]] std::vector<TableUse> table_uses(const std::vector<SqlToken>& tokens);

// `query` with the query `findings` in place of the table `finding`.
[[nodiscard]] std::string with_findings(std::string_view query, std::string_view findings);

// True when equations of `scope` columns connect every relation that the query uses, so that the query may run partition by partition.
// `relations` are the names that count (tables of a WITH clause do not). Only equations count that hold for every row, and nothing may be grouped,
// numbered or limited across partitions. When in doubt: false.
[[nodiscard]] bool joins_equate_scope(const std::vector<SqlToken>& tokens, const std::vector<std::string>& relations);

// The one of `relations` without whose rows the query returns no row: it stands first in the FROM of the outermost SELECT, which is neither one of a
// UNION nor a single group of all rows. "" when there is none, or when in doubt.
[[nodiscard]] std::string driving_relation(const std::vector<SqlToken>& tokens, const std::vector<std::string>& relations);

}  // namespace audit
