#include "auditor/engine/native_tests.hpp"

#include <algorithm>
#include <vector>

#include "auditor/engine/sql_text.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit {

namespace {

// SQLite reads the column again for each of these comparisons; from some number on the map, which reads it once, is as good.
constexpr int kFewValues = 4;

bool is_plain_map(const ColumnMap& map) {
  return map.mapped && !map.from.empty() && map.expr.empty() && map.null_values.empty() && map.time == TimeForm::none;
}

// A column that only the empty text makes NULL.
bool is_unset_by_empty(const ColumnMap& map) {
  return !map.mapped && !map.from.empty() && map.expr.empty() && map.time == TimeForm::none && map.null_values == std::vector<Value>{Value(std::string())};
}

bool is_plain_time(const ColumnMap& map) {
  return !map.mapped && !map.from.empty() && map.expr.empty() && map.time == TimeForm::rfc3339 && map.null_values.empty();
}

bool has_native(const ColumnMap& map) { return is_plain_map(map) || is_unset_by_empty(map) || is_plain_time(map); }

class Replacer {
 public:
  Replacer(std::string_view sql, const ResolvedStore& resolved, std::map<std::string, std::set<std::string>>& reads, bool in_sqlite)
      : sql_(sql), resolved_(resolved), reads_(reads), in_sqlite_(in_sqlite), tokens_(tokenize_sql(sql)) {
    for (const auto& use : table_uses(tokens_)) {
      const auto [known, is_new] = relation_of_.try_emplace(use.alias, use.name);
      if (!is_new && known->second != use.name) known->second.clear();  // one name for two things: left alone
    }
  }

  std::string replace() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      track(i);
      if (!in_condition_.back() || i == 0 || !starts_conjunct(i - 1)) continue;
      if (i + 3 < tokens_.size() && symbol(i + 1, ".")) try_replace(i);
    }
    out_.append(sql_.substr(done_));
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool word(std::size_t i, std::string_view text) const {
    return is_word(tokens_, i, text);
  }
  [[nodiscard]] bool symbol(std::size_t i, std::string_view text) const {
    return is_symbol(tokens_, i, text);
  }

  // Whether the token stands in a WHERE or ON of its own subquery, per depth of parentheses. A plain parenthesis is not one: what is in it may be negated.
  void track(std::size_t i) {
    if (symbol(i, "(")) in_condition_.push_back(false);
    if (symbol(i, ")") && in_condition_.size() > 1) in_condition_.pop_back();
    if (word(i, "where") || word(i, "on")) in_condition_.back() = true;
    for (const char* end : {"select", "group", "order", "having", "limit", "union", "join", "left"}) {
      if (word(i, end)) in_condition_.back() = false;
    }
  }

  [[nodiscard]] bool starts_conjunct(std::size_t i) const { return word(i, "where") || word(i, "on") || word(i, "and"); }

  [[nodiscard]] bool ends_conjunct(std::size_t i) const {
    if (i >= tokens_.size() || symbol(i, ")")) return true;
    const auto& words = {"and", "group", "order", "limit", "union", "join", "left", "where", "having"};
    return std::any_of(words.begin(), words.end(), [&](const char* each) { return word(i, each); });
  }

  // `= 'x'`, `<> 'x'`, `IN ('x', 'y')` or `NOT IN ('x', 'y')`; without values when it is none of these.
  struct Test {
    std::vector<std::string> values;
    bool negated = false;
    std::size_t end = 0;  // the token behind it
  };

  [[nodiscard]] Test read_test(std::size_t i) const {
    const auto text = [&](std::size_t at) { return at < tokens_.size() && tokens_[at].kind == SqlToken::Kind::text; };
    if (symbol(i, "=") && text(i + 1)) return {{tokens_[i + 1].text}, false, i + 2};
    // The tokenizer knows symbols of one character.
    if (symbol(i, "<") && symbol(i + 1, ">") && text(i + 2)) return {{tokens_[i + 2].text}, true, i + 3};
    Test test;
    test.negated = word(i, "not");
    if (test.negated) ++i;
    if (!word(i, "in") || !symbol(i + 1, "(")) return {};
    for (std::size_t at = i + 2; text(at); at += 2) {
      test.values.push_back(tokens_[at].text);
      test.end = at + 2;
      if (symbol(at + 1, ")")) return test;
      if (!symbol(at + 1, ",")) return {};
    }
    return {};
  }

  // The same test of the native column: true for the same rows. "" when there is none.
  static std::string native_test(const ColumnMap& map, const Test& test, const std::string& native) {
    const auto passes = [&](const Value& canonical) {
      const auto& values = test.values;
      return !is_null(canonical) && (std::find(values.begin(), values.end(), to_text(canonical)) != values.end()) != test.negated;
    };
    std::string passing;
    std::string failing;
    int compared = 0;
    for (const auto& [value, canonical] : map.map) {
      if (passes(canonical)) {
        passing += (passing.empty() ? "" : ", ") + sqlite::literal(value);
      } else {
        ++compared;
        failing += (failing.empty() ? "" : " AND ") + native + " IS NOT " + sqlite::literal(value);
      }
    }
    if (passes(map.otherwise)) return compared <= kFewValues ? failing : std::string();
    return passing.empty() ? std::string() : native + " IN (" + passing + ")";
  }

  // `IS NULL`, `IS NOT NULL`: the same of the native column; "" when it is neither.
  [[nodiscard]] std::string null_test(std::size_t i, const std::string& native, std::size_t& end) const {
    if (!word(i, "is")) return {};
    const bool negated = word(i + 1, "not");
    end = i + (negated ? 3 : 2);
    if (!word(end - 1, "null")) return {};
    return negated ? native + " <> ''" : "(" + native + " IS NULL OR " + native + " = '')";
  }

  // `alias.column` at a token whose relation is one table.
  struct Column {
    const ColumnMap* map = nullptr;  // nullptr: it is none that has a native twin
    std::string relation;
    std::string native_name;
    std::string native;  // as the query spells it
  };

  [[nodiscard]] Column column_at(std::size_t i) const {
    if (i + 2 >= tokens_.size() || !symbol(i + 1, ".")) return {};
    const auto relation = relation_of_.find(tokens_[i].text);
    if (relation == relation_of_.end()) return {};
    const auto mapping = resolved_.relations.find(relation->second);
    if (mapping == resolved_.relations.end() || mapping->second.parts.size() != 1) return {};
    const std::string& column = tokens_[i + 2].text;
    const ColumnMap* map = mapping->second.parts.front().column(column);
    if (map == nullptr || !has_native(*map)) return {};
    const std::string alias(sql_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin));
    return {map, relation->second, column + kNativeSuffix, alias + "." + sqlite::identifier(column + kNativeSuffix)};
  }

  // `a.time < b.time` or `>`: one look at both texts, which as a rule says no without reading them as times.
  std::string order_test(std::size_t i, const Column& left, std::size_t& end) {
    const bool less = symbol(i, "<");
    if (!less && !symbol(i, ">")) return {};
    const Column right = column_at(i + 1);
    end = i + 4;
    if (right.map == nullptr || !is_plain_time(*right.map) || !ends_conjunct(end)) return {};
    reads_[right.relation].insert(right.native_name);
    return less ? "audit_earlier(" + left.native + ", " + right.native + ")" : "audit_earlier(" + right.native + ", " + left.native + ")";
  }

  void try_replace(std::size_t i) {
    const Column column = column_at(i);
    if (column.map == nullptr) return;
    std::size_t end = 0;
    std::string replacement;
    if (is_plain_map(*column.map)) {
      const Test test = read_test(i + 3);
      if (!test.values.empty()) replacement = native_test(*column.map, test, column.native);
      end = test.end;
    } else if (in_sqlite_) {
      replacement = is_plain_time(*column.map) ? order_test(i + 3, column, end) : null_test(i + 3, column.native, end);
    }
    if (replacement.empty() || !ends_conjunct(end)) return;
    out_.append(sql_.substr(done_, tokens_[i].begin - done_)).append(replacement);
    done_ = tokens_[end - 1].end;
    reads_[column.relation].insert(column.native_name);
  }

  std::string_view sql_;
  const ResolvedStore& resolved_;
  std::map<std::string, std::set<std::string>>& reads_;
  bool in_sqlite_;
  std::vector<SqlToken> tokens_;
  std::map<std::string, std::string> relation_of_;
  std::vector<bool> in_condition_ = {false};
  std::string out_;
  std::size_t done_ = 0;
};

}  // namespace

void add_native_columns(RelationMapping& mapping) {
  for (auto& part : mapping.parts) {
    std::vector<std::pair<std::string, ColumnMap>> natives;
    for (const auto& [name, map] : part.columns) {
      if (!has_native(map)) continue;
      ColumnMap native;
      native.from = map.from;
      natives.emplace_back(name + kNativeSuffix, std::move(native));
    }
    part.columns.insert(part.columns.end(), natives.begin(), natives.end());
  }
}

std::string with_native_tests(std::string_view sql, const ResolvedStore& resolved, std::map<std::string, std::set<std::string>>& reads, bool in_sqlite) {
  return Replacer(sql, resolved, reads, in_sqlite).replace();
}

}  // namespace audit
