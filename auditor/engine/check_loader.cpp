#include "auditor/engine/check_loader.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "auditor/engine/sql_text.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/duration.hpp"

namespace audit {

using Json = nlohmann::ordered_json;

namespace {

const std::vector<std::string> kHeaderKeys = {"id",       "severity", "subject", "title",    "message",
                                              "why",      "safety",   "repairs", "requires", "optional",
                                              "params",   "group",    "identity", "supersedes"};

Applicability applicability_from(const std::string& text, const ObjectReader& reader) {
  for (const auto value :
       {Applicability::safe, Applicability::unsafe, Applicability::irreversible, Applicability::manual}) {
    if (text == to_string(value)) return value;
  }
  reader.fail("applicability \"" + text + "\" is none of safe, unsafe, irreversible, manual");
}

Term parse_term(const Json& json, const std::string& where) {
  Term term;
  const Value value = json_value(json, where);
  const auto* text = std::get_if<std::string>(&value);
  if (text != nullptr && *text == ":now") {
    term.kind = Term::Kind::now;
  } else if (text != nullptr && text->size() > 2 && text->front() == '{' && text->back() == '}') {
    term.kind = Term::Kind::column;
    term.column = text->substr(1, text->size() - 2);
  } else {
    term.literal = value;
  }
  return term;
}

std::vector<std::pair<std::string, Term>> parse_terms(const Json& json, const std::string& where) {
  if (!json.is_object()) throw Error(ErrorKind::config, where + ": must be an object");
  std::vector<std::pair<std::string, Term>> terms;
  for (const auto& [column, value] : json.items()) terms.emplace_back(column, parse_term(value, where + "." + column));
  return terms;
}

// A query beside the check's own: a text, or a list of its lines.
std::string parse_query(const ObjectReader& reader, const std::string& key) {
  std::string text;
  for (const auto& line : reader.texts(key)) text += (text.empty() ? "" : "\n") + line;
  if (reader.has(key) && tokenize_sql(text).empty()) reader.fail("\"" + key + "\" is no query");
  return text;
}

ChangeTemplate parse_change(const Json& json, const std::string& where) {
  const ObjectReader reader(json, where);
  reader.allow({"update", "delete", "insert", "key", "set", "also", "each"});
  ChangeTemplate change;
  change.each = parse_query(reader, "each");
  int ops = 0;
  for (const auto op : {ChangeOp::update, ChangeOp::remove, ChangeOp::insert}) {
    if (!reader.has(to_string(op))) continue;
    ++ops;
    change.op = op;
    change.relation = reader.text(to_string(op));
  }
  if (ops != 1) reader.fail("exactly one of update, delete, insert");
  if (change.op == ChangeOp::insert && reader.has("key")) reader.fail("an insert has no \"key\"");
  if (change.op == ChangeOp::remove && (reader.has("set") || reader.has("also"))) reader.fail("a delete has no \"set\"");
  if (change.op != ChangeOp::insert) change.key = parse_terms(reader.at("key"), where + ".key");
  if (change.op != ChangeOp::remove) change.set = parse_terms(reader.at("set"), where + ".set");
  if (reader.has("also")) change.also = parse_terms(reader.at("also"), where + ".also");
  if (change.op != ChangeOp::insert && change.key.empty()) reader.fail("\"key\" names no column: that would be every row");
  if (change.op != ChangeOp::remove && change.set.empty()) reader.fail("\"set\" names no column");
  return change;
}

RepairTemplate parse_repair(const Json& json, const std::string& where) {
  const ObjectReader reader(json, where);
  reader.allow({"name", "applicability", "when", "changes"});
  RepairTemplate repair;
  repair.when = parse_query(reader, "when");
  repair.name = reader.text("name");
  repair.applicability = applicability_from(reader.text("applicability"), reader);
  if (reader.has("changes")) {
    if (!reader.at("changes").is_array()) reader.fail("\"changes\" must be a list");
    for (const auto& change : reader.at("changes")) repair.changes.push_back(parse_change(change, where + ".changes"));
  }
  if (repair.changes.empty() && repair.applicability != Applicability::manual) {
    reader.fail("a repair without changes is \"manual\"");
  }
  return repair;
}

std::map<std::string, Value> parse_params(const Json& json, const std::string& where) {
  if (!json.is_object()) throw Error(ErrorKind::config, where + ": must be an object");
  std::map<std::string, Value> params;
  for (const auto& [name, value] : json.items()) {
    if (name == "now" || name == "grace") throw Error(ErrorKind::config, where + ": \"" + name + "\" is given already");
    Value parsed = json_value(value, where + "." + name);
    if (const auto* text = std::get_if<std::string>(&parsed)) {
      if (const auto duration = parse_duration(*text)) parsed = *duration;
    }
    params[name] = parsed;
  }
  return params;
}

// A line number inside the header is that of the file: the header starts on its first line.
Check parse_header(const Json& json, const std::string& file) {
  const ObjectReader reader(json, file + ":1");
  reader.allow(kHeaderKeys);
  Check check;
  check.file = file;
  check.id = reader.text("id");
  const auto severity = severity_from(reader.text("severity"));
  if (!severity.has_value()) reader.fail("severity is none of error, warning, note");
  check.severity = *severity;
  check.subject = reader.text("subject");
  check.title = reader.text("title");
  check.message = reader.text("message");
  check.why = reader.text("why");
  check.safety = reader.text("safety", "");
  check.requires_traits = reader.texts("requires");
  check.optional_relations = reader.texts("optional");
  check.group = reader.texts("group");
  check.identity = reader.texts("identity");
  check.supersedes = reader.texts("supersedes");
  if (reader.has("params")) check.params = parse_params(reader.at("params"), file + ":1: params");
  if (reader.has("repairs")) {
    if (!reader.at("repairs").is_array()) reader.fail("\"repairs\" must be a list");
    for (const auto& written : reader.at("repairs")) {
      RepairTemplate repair = parse_repair(written, file + ":1: repairs");
      for (const auto& other : check.repairs) {
        if (other.name == repair.name) reader.fail("two repairs are named \"" + repair.name + "\"");
      }
      check.repairs.push_back(std::move(repair));
    }
  }
  if (std::find(check.supersedes.begin(), check.supersedes.end(), check.id) != check.supersedes.end()) {
    reader.fail("a check cannot supersede itself");
  }
  for (const auto* text : {&check.title, &check.message, &check.why}) {
    if (text->empty()) reader.fail("title, message and why must say something");
  }
  if (!check.repairs.empty() && check.safety.empty()) reader.fail("\"safety\" is missing: say what each repair keeps and loses");
  return check;
}

// The text up to the semicolons, comments and blanks that may follow a statement: it will be put in parentheses.
std::string one_statement(std::string_view text) {
  auto tokens = tokenize_sql(text);
  while (!tokens.empty() && tokens.back().kind == SqlToken::Kind::symbol && tokens.back().text == ";") tokens.pop_back();
  return tokens.empty() ? std::string() : std::string(text.substr(0, tokens.back().end));
}

}  // namespace

Check parse_check(std::string_view text, const std::string& file, const std::string& family) {
  const auto open = text.find("/*");
  if (open == std::string_view::npos || text.find_first_not_of(" \t\r\n") != open) {
    throw Error(ErrorKind::config, file + ":1: a check starts with a JSON header in /* … */");
  }
  // The header may hold */ inside a string only by mistake; the first one ends it.
  const auto close = text.find("*/", open);
  if (close == std::string_view::npos) throw Error(ErrorKind::config, file + ":1: the header is not closed by */");
  const auto lines_to = [&](std::size_t at) {
    return static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  };
  const std::string_view header = text.substr(open + 2, close - open - 2);
  Check check = parse_header(parse_json_file(header, file, 1 + lines_to(open)), file);
  const std::string stem = std::filesystem::path(file).stem().string();
  if (check.id != stem) {
    throw Error(ErrorKind::config, file + ":1: the id \"" + check.id + "\" is not the file's name \"" + stem + "\"");
  }
  check.family = family;
  const auto begin = text.find_first_not_of(" \t\r\n", close + 2);
  if (begin == std::string_view::npos) throw Error(ErrorKind::config, file + ": there is no query behind the header");
  check.sql_line = 1 + lines_to(begin);
  check.sql = one_statement(text.substr(begin));
  if (check.sql.empty()) throw Error(ErrorKind::config, file + ": there is no query behind the header");
  return check;
}

}  // namespace audit
