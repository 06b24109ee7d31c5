#include "auditor/engine/bind.hpp"

#include <algorithm>

#include "auditor/engine/disclosure.hpp"
#include "auditor/engine/packed.hpp"
#include "auditor/engine/specialize.hpp"
#include "auditor/engine/sql_text.hpp"

namespace audit {

namespace {

// What a check may call. Nothing here reads anything but its arguments.
const std::set<std::string>& allowed_functions() {
  static const std::set<std::string> functions = {
      "abs",   "coalesce",   "count", "max",        "min",     "sum",    "avg",         "total",     "length",
      "lower", "upper",      "substr", "substring", "replace", "trim",   "ltrim",       "rtrim",     "nullif",
      "round", "row_number", "rank",  "dense_rank", "lag",     "lead",   "first_value", "last_value", "like"};
  return functions;
}

struct Trace {
  std::map<std::string, std::set<std::string>> reads;
  std::string denied;
  std::string culprit;  // what was denied, as the text spells it
};

int deny(Trace& trace, const std::string& why, const char* culprit) {
  trace.denied = why;
  trace.culprit = culprit == nullptr ? "" : culprit;
  return SQLITE_DENY;
}

int authorize(void* context, int action, const char* first, const char* second, const char*, const char*) {
  auto& trace = *static_cast<Trace*>(context);
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_FUNCTION:
      if (second != nullptr && allowed_functions().contains(second)) return SQLITE_OK;
      return deny(trace, std::string("function ") + (second == nullptr ? "" : second) + "() is not allowed", second);
    case SQLITE_READ: {
      const std::string table = first == nullptr ? "" : first;
      if (table.starts_with("sqlite_") || table.starts_with("pragma_")) {
        return deny(trace, "table " + table + " is not a relation", first);
      }
      if (second != nullptr && std::string_view(second) == "ROWID") {
        return deny(trace, "relation " + table + " has no rowid: rows are named by their key", second);
      }
      auto& columns = trace.reads[table];
      if (second != nullptr && *second != '\0') columns.insert(second);
      return SQLITE_OK;
    }
    default: return deny(trace, "only SELECT is allowed", nullptr);
  }
}

// Sets the authorizer for as long as it lives.
class Authorizer {
 public:
  Authorizer(sqlite::Connection& connection, Trace& trace) : connection_(connection) {
    sqlite3_set_authorizer(connection.get(), authorize, &trace);
  }
  ~Authorizer() { sqlite3_set_authorizer(connection_.get(), nullptr, nullptr); }
  Authorizer(const Authorizer&) = delete;
  Authorizer& operator=(const Authorizer&) = delete;

 private:
  sqlite::Connection& connection_;
};

// Line of the SQL, from 1, where a failed prepare stopped.
int failed_line(sqlite::Connection& connection, const std::string& sql) {
  const int offset = sqlite3_error_offset(connection.get());
  if (offset < 0) return 1;
  return 1 + static_cast<int>(std::count(sql.begin(), sql.begin() + std::min<std::ptrdiff_t>(offset, std::ssize(sql)), '\n'));
}

std::vector<std::string> placeholders(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
    const auto close = text.find('}', open);
    if (close == std::string::npos) break;
    names.push_back(text.substr(open + 1, close - open - 1));
  }
  return names;
}

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// True when it is a relation that only some profile has ("agenterm_command"): the check is for that profile.
bool belongs_elsewhere(const std::string& relation) {
  return Vocabulary::canonical().find(relation) == nullptr && relation.find('_') != std::string::npos &&
         !relation.starts_with("sqlite_") && !relation.starts_with("pragma_") && !relation.starts_with("pg_");
}

// Names that WITH gives, in lower case: `name AS (`, `name (columns) AS NOT MATERIALIZED (`.
std::set<std::string> with_tables(const std::vector<SqlToken>& tokens) {
  std::set<std::string> names;
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (tokens[i].kind != SqlToken::Kind::word || tokens[i].lower != "as") continue;
    if (!is_symbol(tokens, i + 1, "(") && tokens[i + 1].lower != "materialized" && tokens[i + 1].lower != "not") continue;
    std::size_t name = i - 1;
    if (is_symbol(tokens, name, ")")) {
      while (name > 0 && !is_symbol(tokens, name, "(")) --name;
      if (name == 0) continue;
      --name;
    }
    names.insert(tokens[name].lower);
  }
  return names;
}

// The line of the SQL, from 1, where a word stands first; 1 when it is not there.
int line_of(const std::vector<SqlToken>& tokens, SqlToken::Kind kind, std::string word) {
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto found = std::find_if(tokens.begin(), tokens.end(),
                                  [&](const SqlToken& token) { return token.kind == kind && token.lower == word; });
  return found == tokens.end() ? 1 : found->line;
}

}  // namespace

sqlite::Connection& Binder::schema() {
  if (schema_.has_value()) return *schema_;
  sqlite::Connection& schema = schema_.emplace(":memory:", SQLITE_OPEN_READWRITE);
  for (const auto& relation : Vocabulary::canonical().relations()) {
    schema.exec(relation.create);
    const auto added = shape_.find(relation.name);
    if (added == shape_.end()) continue;
    for (const auto& column : added->second) {
      if (relation.column(column) != nullptr) continue;
      schema.exec("ALTER TABLE " + sqlite::identifier(relation.name) + " ADD COLUMN " + sqlite::identifier(column));
    }
  }
  for (const auto& [name, columns] : shape_) {
    if (Vocabulary::canonical().find(name) != nullptr) continue;
    std::string list = "source, scope, defect";
    for (const auto& column : columns) {
      if (column != "source" && column != "scope" && column != "defect") list += ", " + sqlite::identifier(column);
    }
    schema.exec("CREATE TABLE " + sqlite::identifier(name) + " (" + list + ")");
  }
  return schema;
}

void Binder::fail(const Check& check, int line, const std::string& what, const std::string& hint) const {
  throw Error(ErrorKind::config,
              check.file + ":" + std::to_string(check.sql_line + line - 1) + ": check " + check.id + ": " + what, hint);
}

// Relations that are no canonical ones. A name without '_' is a mistake, not some profile's relation.
void Binder::find_foreign(const Check& check, const std::vector<SqlToken>& tokens, BoundCheck& bound) const {
  const std::set<std::string> with = with_tables(tokens);
  for (const auto& use : table_uses(tokens)) {
    if (with.contains(tokens[use.token].lower) || Vocabulary::canonical().find(use.name) != nullptr) continue;
    const int line = tokens[use.token].line;
    if (!shape_.contains(use.name)) {
      if (is_symbol(tokens, use.token + 1, "(")) fail(check, line, use.name + "() is not a relation", {});
      if (!belongs_elsewhere(use.name)) fail(check, line, "there is no relation " + use.name, "`audit explain relations` lists them");
      bound.not_applicable = "reads " + use.name + ", which this profile does not have";
      bound.is_foreign = true;
      return;
    }
    if (!contains(bound.foreign, use.name)) bound.foreign.push_back(use.name);
  }
}

// What SQLite would accept and nobody should write.
void Binder::check_text(const Check& check, const std::vector<SqlToken>& tokens) const {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const SqlToken& token = tokens[i];
    if (token.kind == SqlToken::Kind::word && (token.lower == "using" || token.lower == "natural")) {
      fail(check, token.line, "USING and NATURAL hide which columns are joined", "write ON a.x = b.x");
    }
    if (is_symbol(tokens, i, ";")) fail(check, token.line, "there is a second statement", "a check is one SELECT");
    const bool named = i > 0 && (is_symbol(tokens, i - 1, ".") || (tokens[i - 1].kind == SqlToken::Kind::word &&
                                                                   (tokens[i - 1].lower == "from" || tokens[i - 1].lower == "join")));
    if (token.kind == SqlToken::Kind::text && named) {
      fail(check, token.line, "'" + token.text + "' is text, not a name", "names that need quotes take double ones");
    }
  }
}

// Sensitive columns may decide which rows there are; nothing that is made of them may be in a row.
void Binder::check_disclosure(const Check& check, const BoundCheck& bound, const std::vector<SqlToken>& tokens) const {
  std::set<std::string> sensitive;
  std::string named;
  for (const auto& [relation, columns] : bound.reads) {
    const auto* known = Vocabulary::canonical().find(relation);
    if (known == nullptr) continue;
    for (const auto& column : known->columns) {
      if (!column.sensitive || !columns.contains(column.name)) continue;
      sensitive.insert(column.name);
      named += (named.empty() ? "" : ", ") + relation + "." + column.name;
    }
  }
  if (sensitive.empty()) return;
  if (const auto token = disclosed(tokens, sensitive)) {
    fail(check, token->line, "column " + named + " may be compared, never shown",
         "use it in ON, WHERE, HAVING, GROUP BY, PARTITION BY or ORDER BY alone, and name the columns that are returned");
  }
}

BoundCheck Binder::prepare(const Check& check) {
  BoundCheck bound;
  bound.check = &check;
  const auto tokens = tokenize_sql(check.sql);
  check_text(check, tokens);
  find_foreign(check, tokens, bound);
  if (!bound.not_applicable.empty()) return bound;
  sqlite::Connection& empty = schema();
  Trace trace;
  try {
    const Authorizer authorizer(empty, trace);
    const sqlite::Statement statement = empty.prepare(check.sql);
    read_statement(check, statement, bound);
  } catch (const sqlite::Failure& failure) {
    if (trace.denied.empty()) fail(check, failed_line(empty, check.sql), failure.what(), {});
    fail(check, trace.culprit.empty() ? 1 : line_of(tokens, SqlToken::Kind::word, trace.culprit), trace.denied, {});
  }
  // A table of a WITH clause of which no column is used is reported like a relation.
  std::erase_if(trace.reads, [&](const auto& read) {
    return Vocabulary::canonical().find(read.first) == nullptr && !shape_.contains(read.first);
  });
  bound.reads = std::move(trace.reads);
  check_disclosure(check, bound, tokens);
  std::vector<std::string> relations;
  for (const auto& [relation, columns] : bound.reads) relations.push_back(relation);
  bound.per_scope = joins_equate_scope(tokens, relations);
  bound.driving = driving_relation(tokens, relations);
  return bound;
}

void Binder::read_statement(const Check& check, const sqlite::Statement& statement, BoundCheck& bound) const {
  for (int i = 0; i < statement.columns(); ++i) {
    const std::string name = statement.column_name(i);
    if (contains(bound.outputs, name)) fail(check, 1, "two result columns are named " + name, {});
    bound.outputs.push_back(name);
  }
  for (int i = 1; i <= sqlite3_bind_parameter_count(statement.get()); ++i) {
    const char* name = sqlite3_bind_parameter_name(statement.get(), i);
    if (name == nullptr || *name != ':') fail(check, 1, "parameters are written :name", {});
    bound.parameters.emplace_back(name + 1);
  }
}

// A change names a relation and columns of it that exist.
void Binder::check_change(const Check& check, const RepairTemplate& repair, const ChangeTemplate& change) const {
  const auto* canonical = Vocabulary::canonical().find(change.relation);
  const auto shape = shape_.find(change.relation);
  if (canonical == nullptr && shape == shape_.end()) {
    if (belongs_elsewhere(change.relation)) return;
    fail(check, 1, "repair " + repair.name + " changes " + change.relation + ", which is no relation", {});
  }
  for (const auto* terms : {&change.key, &change.set, &change.also}) {
    for (const auto& [column, term] : *terms) {
      if (canonical != nullptr && canonical->column(column) != nullptr) continue;
      if (shape != shape_.end() && shape->second.contains(column)) continue;
      if (canonical != nullptr && column.find('_') != std::string::npos) continue;  // another profile may add it
      fail(check, 1, "repair " + repair.name + " names " + change.relation + "." + column + ", which is no column", {});
    }
  }
}

// What a repair asks beyond the finding can be asked, and every value that it names is returned.
void Binder::check_repair(const Check& check, const BoundCheck& bound, const RepairTemplate& repair) {
  const auto outputs_of = [&](const std::string& query) -> std::optional<std::vector<std::string>> {
    Check made;
    const BoundCheck asked = bind_question(check, query, made);
    if (!asked.not_applicable.empty()) return std::nullopt;  // it is about another profile
    if (!contains(asked.outputs, bound.id_column)) {
      fail(check, 1, "a query of repair " + repair.name + " does not return " + bound.id_column + ", which tells the finding", {});
    }
    return asked.outputs;
  };
  if (!repair.when.empty()) (void)outputs_of(repair.when);
  for (const auto& change : repair.changes) {
    check_change(check, repair, change);
    std::vector<std::string> known = bound.outputs;
    if (!change.each.empty()) {
      const auto more = outputs_of(change.each);
      if (!more.has_value()) continue;
      known.insert(known.end(), more->begin(), more->end());
    }
    for (const auto* terms : {&change.key, &change.set, &change.also}) {
      for (const auto& [column, term] : *terms) {
        if (term.kind != Term::Kind::column || contains(known, term.column)) continue;
        fail(check, 1, "repair " + repair.name + " names {" + term.column + "}, which the query does not return", {});
      }
    }
  }
}

void Binder::check_names(const Check& check, BoundCheck& bound) {
  const auto* subject = Vocabulary::canonical().find(check.subject);
  if (subject == nullptr && !shape_.contains(check.subject)) {
    if (!belongs_elsewhere(check.subject)) fail(check, 1, "the subject " + check.subject + " is not a relation", {});
    bound.not_applicable = "is about " + check.subject + ", which this profile does not have";
    bound.is_foreign = true;
    return;
  }
  bound.id_column = contains(bound.outputs, "id") ? "id" : subject != nullptr ? subject->key : "";
  if (bound.id_column.empty() || !contains(bound.outputs, bound.id_column)) {
    fail(check, 1, "the result has no column id that names the subject", {});
  }
  if (!contains(bound.outputs, "source")) fail(check, 1, "the result has no column source", {});
  const bool grouped = !check.group.empty();
  const auto known = [&](const std::string& name) {
    return contains(bound.outputs, name) || (grouped && (name == "members" || name == "count"));
  };
  for (const auto* text : {&check.message, &check.title}) {
    for (const auto& name : placeholders(*text)) {
      if (!known(name)) fail(check, 1, "the message names {" + name + "}, which the query does not return", {});
    }
  }
  for (const auto* list : {&check.group, &check.identity}) {
    for (const auto& name : *list) {
      if (!contains(bound.outputs, name)) fail(check, 1, "the query does not return " + name + " (group, identity)", {});
    }
  }
  for (const auto& repair : check.repairs) check_repair(check, bound, repair);
  for (const auto& name : bound.parameters) {
    if (name != "now" && name != "grace" && !check.params.contains(name)) {
      fail(check, line_of(tokenize_sql(check.sql), SqlToken::Kind::parameter, ":" + name), "parameter :" + name + " is not in \"params\"", {});
    }
  }
}

BoundCheck Binder::bind(const Check& check, const std::set<std::string>& traits) {
  for (const auto& trait : check.requires_traits) {
    if (traits.contains(trait)) continue;
    BoundCheck bound;
    bound.check = &check;
    bound.not_applicable = "the application does not have the trait " + trait;
    return bound;
  }
  if (!check.binding.empty()) return with_binding(check);
  BoundCheck bound = prepare(check);
  if (bound.not_applicable.empty()) check_names(check, bound);
  return bound;
}

BoundCheck Binder::with_binding(const Check& check) const {
  BoundCheck bound;
  bound.check = &check;
  for (const auto& relation : check.foreign) {
    if (shape_.contains(relation)) continue;
    bound.not_applicable = "reads " + relation + ", which this profile does not have";
    bound.is_foreign = true;
    return bound;
  }
  if (Vocabulary::canonical().find(check.subject) == nullptr && !shape_.contains(check.subject)) {
    bound.not_applicable = "is about " + check.subject + ", which this profile does not have";
    bound.is_foreign = true;
    return bound;
  }
  static_cast<Binding&>(bound) = unpack_binding(check);
  return bound;
}

BoundCheck Binder::bind_question(const Check& check, const std::string& query, Check& made) {
  made.id = check.id;
  made.subject = check.subject;
  made.requires_traits = check.requires_traits;
  made.optional_relations = check.optional_relations;
  made.params = check.params;
  made.file = check.file;
  made.sql = with_findings(query, check.sql);
  made.sql_line = 1;
  BoundCheck bound = prepare(made);
  if (!bound.not_applicable.empty()) return bound;
  for (const auto& name : bound.parameters) {
    if (name != "now" && name != "grace" && !check.params.contains(name)) fail(check, 1, "parameter :" + name + " is not in \"params\"", {});
  }
  const auto* subject = Vocabulary::canonical().find(check.subject);
  bound.id_column = contains(bound.outputs, "id") ? "id" : subject != nullptr ? subject->key : "";
  return bound;
}

BoundCheck Binder::bind_condition(const Check& condition) { return prepare(condition); }

}  // namespace audit
