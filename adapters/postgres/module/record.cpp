#include "adapters/postgres/module/record.hpp"

#include "adapters/postgres/module/record_shape.hpp"
#include "auditor/sys/disguise.hpp"
#include "auditor/sys/disguise_json.hpp"
#include "auditor/sys/recorded_value.hpp"

namespace audit::postgres {

namespace {

constexpr std::size_t kRowsPerInsert = 500;

constexpr const char* kWords =
    "SELECT quote_literal(enumlabel) FROM pg_enum UNION ALL "
    "SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace "
    "WHERE k.contype IN ('c', 'x') AND n.nspname NOT IN ('pg_catalog', 'information_schema') UNION ALL "
    "SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d UNION ALL "
    "SELECT pg_get_expr(x.indpred, x.indrelid) FROM pg_index x WHERE x.indpred IS NOT NULL";

// A literal that may be of any type, and in which "${" stays what it is, and the end of a line what it was.
std::string value_sql(const std::string& text) {
  if (text.starts_with(kRecordedPaths)) return "'" + std::string(kRecordedPaths) + literal(std::string_view(text).substr(kRecordedPaths.size())).substr(1);
  if (text.find("${") == std::string::npos && text.find('\r') == std::string::npos) return literal(text);
  std::string sql = "E'";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$') {
      sql += "\\x24";
    } else if (text[i] == '\r') {
      sql += "\\r";
    } else {
      sql += text[i];
      if (text[i] == '\'' || text[i] == '\\') sql += text[i];
    }
  }
  return sql + "'";
}

class TableRecorder {
 public:
  TableRecorder(Connection& connection, const RecordOrder& order, std::vector<std::string>& notes) : connection_(connection), order_(order), notes_(notes) {}

  std::string run() {
    std::set<std::string> names;
    for (const auto& [name, relation] : *order_.relations) {
      for (const RelationPart& part : relation.parts) names.insert(part.table);
    }
    if (names.empty()) return {};
    const RecordedSchema schema = read_recorded_schema(connection_, names, order_.disguise != nullptr, notes_);
    for (const std::string& sql : schema.types) statement(sql);
    for (const RecordedTable& table : schema.tables) {
      std::string columns;
      for (const std::string& definition : table.definitions) columns += (columns.empty() ? "\n  " : ",\n  ") + definition;
      statement("CREATE TABLE " + identifier(table.name) + " (" + columns + "\n)");
    }
    for (const RecordedTable& table : schema.tables) rows(table);
    for (const std::string& sql : schema.constraints) statement(sql);
    for (const std::string& sql : schema.numbers) statement(sql);
    return std::move(out_);
  }

 private:
  void statement(const std::string& sql) {
    order_.limit->take(sql.size(), 0);
    out_ += sql + ";\n";
  }

  void rows(const RecordedTable& table) {
    if (table.columns.empty()) return;
    std::string names;
    std::string texts;
    std::vector<bool> lost(table.columns.size(), false);
    for (const RecordedColumn& column : table.columns) {
      names += (names.empty() ? "" : ", ") + identifier(column.name);
      texts += (texts.empty() ? "" : ", ") + identifier(column.name) + "::text";
    }
    std::size_t count = 0;
    connection_.stream("SELECT " + texts + " FROM " + (table.only ? "ONLY " : "") + identifier(table.name), {}, [&](std::span<const Value> row) {
      std::string line = "(";
      for (std::size_t i = 0; i < row.size(); ++i) {
        const Value value = is_null(row[i]) ? row[i] : recorded(table, table.columns[i], to_text(row[i]));
        if (is_null(value) && !is_null(row[i]) && !lost[i]) {
          lost[i] = true;
          notes_.push_back(table.name + "." + table.columns[i].name + " is NULL in it: there is no other word for a value of the type " + table.columns[i].type);
        }
        line += (i > 0 ? ", " : "") + (is_null(value) ? std::string("NULL") : value_sql(to_text(value)));
      }
      line += ")";
      order_.limit->take(line.size());
      const std::string head = "INSERT INTO " + identifier(table.name) + " (" + names + ")" + (table.identity ? " OVERRIDING SYSTEM VALUE" : "") + " VALUES\n";
      out_ += (count % kRowsPerInsert == 0 ? (count > 0 ? ";\n" : "") + head : ",\n") + line;
      ++count;
      return true;
    }, true);
    if (count > 0) out_ += ";\n";
  }

  // NULL where nothing can take its place.
  [[nodiscard]] Value recorded(const RecordedTable& table, const RecordedColumn& column, const std::string& text) const {
    static const std::set<std::string> kTexts = {"text", "varchar", "bpchar", "name", "char", "xml"};
    static const std::set<std::string> kKept = {"bool", "timestamp", "timestamptz", "date", "time", "timetz", "interval", "oid"};
    static const std::set<std::string> kNumbers = {"numeric", "float4", "float8"};
    const Disguise* disguise = order_.disguise;
    if (disguise == nullptr || kTexts.contains(column.kind)) return recorded_value(order_, table.name, column.name, text, column.linked);
    if (column.kind.starts_with("int") && column.kind.size() == 4) return recorded_value(order_, table.name, column.name, std::int64_t{std::stoll(text)}, column.linked);
    if (kNumbers.contains(column.kind)) {
      const bool needed = column.linked || has_column(order_.read, table.name, column.name) || text.find_first_of("Ny") != std::string::npos;
      return needed ? text : disguise->number(std::string_view(text));
    }
    if (column.kind == "json" || column.kind == "jsonb" || column.kind == "[]") return disguise_json(*disguise, text);
    if (column.kind == "uuid" || column.kind == "macaddr") return disguise->name(text);
    if (column.kind == "bytea") return "\\x" + to_text(Value(Blob{disguise->bytes(text).substr(0, text.size() / 2 - 1)}));
    if (kKept.contains(column.kind) || disguise->text(text) == text) return text;
    if (column.kind == "inet") return address(disguise->bytes(text));
    if (!column.nullable)
      throw Error(ErrorKind::source, table.name + "." + column.name + " cannot be anonymised: there is no other word for a value of the type " + column.type,
                  "record without --anonymize, or give the table another type");
    return {};
  }

  static std::string address(const std::string& bytes) {
    std::string text = "10";
    for (std::size_t i = 0; i < 3; ++i) text += "." + std::to_string(static_cast<unsigned char>(i < bytes.size() ? bytes[i] : '\0'));
    return text;
  }

  Connection& connection_;
  const RecordOrder& order_;
  std::vector<std::string>& notes_;
  std::string out_;
};

}  // namespace

std::string record_tables(Connection& connection, const RecordOrder& order, std::vector<std::string>& notes) {
  return TableRecorder(connection, order, notes).run();
}

std::vector<std::string> schema_words(Connection& connection) {
  std::vector<std::string> words;
  const pqxx::result rows = connection.exec(kWords);
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    for (std::string& word : sql_strings(to_text(value_of(rows, i, 0)))) words.push_back(std::move(word));
  }
  return words;
}

}  // namespace audit::postgres
