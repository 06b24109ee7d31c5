#include "adapters/sqlite/sqlite_record.hpp"

#include <cmath>
#include <cstdio>
#include <span>

#include "adapters/sqlite/table_shape.hpp"
#include "auditor/model/utf8.hpp"
#include "auditor/sys/disguise.hpp"
#include "auditor/sys/recorded_value.hpp"

namespace audit {
namespace {

constexpr std::size_t kRowsPerInsert = 500;

struct SchemaItem {
  std::string type;
  std::string name;
  std::string sql;
};

// Halves of halves: SQLite takes no expression that is a thousand deep.
std::string joined(std::span<const std::string> pieces) {
  if (pieces.size() == 1) return pieces.front();
  const std::size_t half = pieces.size() / 2;
  return "(" + joined(pieces.first(half)) + "||" + joined(pieces.subspan(half)) + ")";
}

// An expression that gives this text in a database of any encoding, and in which "${" stays what it is, and the end of a line what it was.
std::string text_sql(const std::string& text) {
  if (!is_utf8(text)) return "CAST(x'" + to_text(Value(Blob{text})) + "' AS TEXT)";
  std::vector<std::string> pieces;
  std::size_t from = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const bool end = at == text.size();
    const bool sign = !end && (text[at] == '\0' || text[at] == '\r');
    const bool place = !end && text[at] == '{' && at > from && text[at - 1] == '$';
    if (!end && !sign && !place) continue;
    if (at > from || (end && pieces.empty())) pieces.push_back(sqlite::literal(std::string_view(text).substr(from, at - from)));
    if (sign) pieces.emplace_back(text[at] == '\0' ? "char(0)" : "char(13)");
    from = sign ? at + 1 : at;
  }
  return joined(pieces);
}

std::string real_sql(double number) {
  if (std::isinf(number)) return number > 0 ? "9e999" : "-9e999";
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", number);
  const std::string sql = text;
  return sql.find_first_of(".en") == std::string::npos ? sql + ".0" : sql;
}

std::string value_sql(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    const bool placed = text->starts_with(kRecordedPaths);
    return placed ? "'" + std::string(kRecordedPaths) + sqlite::literal(std::string_view(*text).substr(kRecordedPaths.size())).substr(1) : text_sql(*text);
  }
  if (const auto* number = std::get_if<double>(&value)) return real_sql(*number);
  return sqlite::literal(value);
}

// "fts5" of CREATE VIRTUAL TABLE x USING fts5(…).
std::string module_of(const std::string& sql) {
  const std::string small = lower_case(sql);
  for (std::size_t at = small.find("using"); at != std::string::npos; at = small.find("using", at + 1)) {
    std::size_t begin = small.find_first_not_of(" \t\r\n", at + 5);
    if (begin == std::string::npos || begin == at + 5) continue;
    std::size_t end = begin;
    while (end < small.size() && (std::isalnum(static_cast<unsigned char>(small[end])) != 0 || small[end] == '_')) ++end;
    return small.substr(begin, end - begin);
  }
  return "";
}

bool is_full_text(const std::string& module) { return module == "fts5" || module == "fts4" || module == "fts3"; }

// A full-text index that keeps no texts of its own and knows of no table that has them cannot be built anew.
bool is_contentless(const std::string& sql) {
  std::string close;
  for (const char c : lower_case(sql)) {
    if (c != ' ' && c != '\t' && c != '\n') close += c;
  }
  return close.find("content=''") != std::string::npos || close.find("content=\"\"") != std::string::npos;
}

class SqliteRecorder {
 public:
  SqliteRecorder(sqlite::Connection& connection, const RecordOrder& order, std::vector<std::string>& notes)
      : connection_(connection), order_(order), notes_(notes), shapes_(connection) {}

  std::string run() {
    read_schema();
    settings();
    out_ += "BEGIN;\n";
    for (const SchemaItem& item : schema_) {
      if (item.type == "table") table(item);
    }
    counters();
    for (const std::string& rebuild : rebuilds_) out_ += rebuild;
    for (const char* type : {"index", "view", "trigger"}) {
      for (const SchemaItem& item : schema_) {
        if (item.type == type) statement(item.sql);
      }
    }
    out_ += "COMMIT;\nPRAGMA ignore_check_constraints = OFF;\n";
    return std::move(out_);
  }

 private:
  void read_schema() {
    auto items = connection_.prepare("SELECT type, name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid");
    while (items.step()) schema_.push_back({to_text(items.value(0)), to_text(items.value(1)), to_text(items.value(2))});
    for (const SchemaItem& item : schema_) {
      if (item.type != "table") continue;
      const TableShape& shape = shapes_.of(item.name);
      for (const ForeignKey& key : shape.children) {
        for (const std::string& column : key.from) linked_.emplace(lower_case(key.child), lower_case(column));
        for (const std::string& column : key.to) linked_.emplace(lower_case(item.name), lower_case(column));
      }
      for (const std::string& column : shape.key) linked_.emplace(lower_case(item.name), lower_case(column));
    }
    auto modules = connection_.prepare("SELECT name FROM pragma_module_list");
    while (modules.step()) modules_.insert(to_text(modules.value(0)));
  }

  void statement(const std::string& sql) {
    order_.limit->take(sql.size(), 0);
    // A comment at the end of the text would swallow the semicolon.
    out_ += sql + (sql.find("--") == std::string::npos ? ";\n" : "\n;\n");
  }

  void settings() {
    const std::string encoding = to_text(connection_.single("PRAGMA main.encoding"));
    if (encoding != "UTF-8") out_ += "PRAGMA encoding = '" + encoding + "';\n";
    for (const char* name : {"auto_vacuum", "application_id", "user_version"}) {
      const std::int64_t value = to_integer(connection_.single(std::string("PRAGMA main.") + name));
      if (value != 0) out_ += std::string("PRAGMA ") + name + " = " + std::to_string(value) + ";\n";
    }
    // Rows may be older than a constraint.
    out_ += "PRAGMA ignore_check_constraints = ON;\n";
  }

  [[nodiscard]] bool is_read(const std::string& table) const {
    for (const auto& [name, relation] : *order_.relations) {
      for (const RelationPart& part : relation.parts) {
        if (lower_case(part.table) == lower_case(table)) return true;
      }
    }
    return false;
  }

  void leave_out(const std::string& table, const std::string& why) {
    if (is_read(table)) throw Error(ErrorKind::source, "table " + table + " cannot be recorded: " + why);
    notes_.push_back("table " + table + " is not in it: " + why);
  }

  void table(const SchemaItem& item) {
    if (lower_case(item.sql).find("virtual") != std::string::npos && !shapes_.of(item.name).is_table) {
      virtual_table(item);
      return;
    }
    const std::string owner = shapes_.shadow_of(item.name);
    if (owner.empty()) {
      statement(item.sql);
      rows(item.name);
    } else if (copied_.contains(lower_case(owner)) || (rebuilt_.contains(lower_case(owner)) && is_content_of(item.name, owner))) {
      // Made with its table, with rows of its own.
      out_ += "DELETE FROM " + sqlite::identifier(item.name) + ";\n";
      rows(item.name);
    }
  }

  static bool is_content_of(const std::string& shadow, const std::string& owner) { return lower_case(shadow) == lower_case(owner) + "_content"; }

  void virtual_table(const SchemaItem& item) {
    const std::string module = module_of(item.sql);
    if (!modules_.contains(module)) {
      leave_out(item.name, "this program has no module '" + module + "'");
      return;
    }
    statement(item.sql);
    if (order_.disguise == nullptr) {
      copied_.insert(lower_case(item.name));
    } else if (is_full_text(module) && !is_contentless(item.sql)) {
      rebuilt_.insert(lower_case(item.name));
      const std::string name = sqlite::identifier(item.name);
      rebuilds_.push_back("INSERT INTO " + name + "(" + name + ") VALUES('rebuild');\n");
    } else {
      notes_.push_back("table " + item.name + " is empty in it: what it holds cannot be made of other rows");
    }
  }

  void rows(const std::string& table) {
    const TableShape& shape = shapes_.of(table);
    std::string columns;
    std::vector<bool> linked;
    const std::vector<std::string> image = shape.image();
    for (const std::string& column : image) {
      columns += (columns.empty() ? "" : ", ") + sqlite::identifier(column);
      linked.push_back(column == shape.rowid || linked_.contains({lower_case(table), lower_case(column)}));
    }
    auto statement = connection_.prepare("SELECT " + columns + " FROM main." + sqlite::identifier(table));
    std::size_t count = 0;
    while (statement.step()) {
      std::string row = "(";
      for (std::size_t i = 0; i < image.size(); ++i) {
        const Value value = recorded_value(order_, table, image[i], statement.value(static_cast<int>(i)), linked[i]);
        row += (i > 0 ? ", " : "") + value_sql(value);
      }
      row += ")";
      order_.limit->take(row.size());
      const bool first = count++ % kRowsPerInsert == 0;
      out_ += (first ? (count > 1 ? ";\nINSERT INTO " : "INSERT INTO ") + sqlite::identifier(table) + "(" + columns + ") VALUES\n" : ",\n") + row;
    }
    if (count > 0) out_ += ";\n";
  }

  // Of AUTOINCREMENT: the numbers that were given before.
  void counters() {
    if (!shapes_.of("sqlite_sequence").exists) return;
    out_ += "DELETE FROM sqlite_sequence;\n";
    auto statement = connection_.prepare("SELECT name, seq FROM main.sqlite_sequence ORDER BY rowid");
    while (statement.step()) out_ += "INSERT INTO sqlite_sequence(name, seq) VALUES (" + value_sql(statement.value(0)) + ", " + value_sql(statement.value(1)) + ");\n";
  }

  sqlite::Connection& connection_;
  const RecordOrder& order_;
  std::vector<std::string>& notes_;
  TableShapes shapes_;
  std::vector<SchemaItem> schema_;
  std::set<std::pair<std::string, std::string>> linked_;
  std::set<std::string> modules_;
  std::set<std::string> copied_;   // virtual tables whose shadows are recorded as they are
  std::set<std::string> rebuilt_;  // those whose index is built anew
  std::vector<std::string> rebuilds_;
  std::string out_;
};

}  // namespace

std::string record_sqlite(sqlite::Connection& connection, const RecordOrder& order, std::vector<std::string>& notes) {
  return SqliteRecorder(connection, order, notes).run();
}

}  // namespace audit
