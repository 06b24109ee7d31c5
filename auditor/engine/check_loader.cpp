#include "auditor/engine/check_loader.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "auditor/engine/json_document.hpp"
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

Applicability applicability_at(const JsonDocument& header, const JsonPath& path) {
  const std::string text = header.text(path);
  for (const auto value :
       {Applicability::safe, Applicability::unsafe, Applicability::irreversible, Applicability::manual}) {
    if (text == to_string(value)) return value;
  }
  header.fail(path, "applicability \"" + text + "\" is none of safe, unsafe, irreversible, manual");
}

// `name` is for messages.
Value value_at(const JsonDocument& header, const JsonPath& path, const std::string& name) {
  const Json& json = *header.find(path);
  return json_value(json, json.is_structured() ? header.where(path) + ": " + name : name);
}

Term term_at(const JsonDocument& header, const JsonPath& path, const std::string& name) {
  Term term;
  const Value value = value_at(header, path, name);
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

std::vector<std::pair<std::string, Term>> terms_at(const JsonDocument& header, const JsonPath& path) {
  if (!header.has(path)) header.fail(path, "\"" + path.back() + "\" is missing");
  std::vector<std::pair<std::string, Term>> terms;
  for (const auto& column : header.keys(path)) {
    terms.emplace_back(column, term_at(header, path / column, path.back() + "." + column));
  }
  return terms;
}

// A query beside the check's own: a text, or a list of its lines.
std::string query_at(const JsonDocument& header, const JsonPath& path) {
  std::string text;
  for (const auto& line : header.texts(path)) text += (text.empty() ? "" : "\n") + line;
  if (header.has(path) && tokenize_sql(text).empty()) header.fail(path, "\"" + path.back() + "\" is no query");
  return text;
}

// How many members a list has; nothing is an empty one.
std::size_t length_at(const JsonDocument& header, const JsonPath& path) {
  const Json* list = header.find(path);
  if (list == nullptr) return 0;
  if (!list->is_array()) header.fail(path, "\"" + path.back() + "\" must be a list");
  return list->size();
}

ChangeTemplate change_at(const JsonDocument& header, const JsonPath& path) {
  header.allow(path, {"update", "delete", "insert", "key", "set", "also", "each"});
  ChangeTemplate change;
  change.each = query_at(header, path / "each");
  int ops = 0;
  for (const auto op : {ChangeOp::update, ChangeOp::remove, ChangeOp::insert}) {
    if (!header.has(path / to_string(op))) continue;
    ++ops;
    change.op = op;
    change.relation = header.text(path / to_string(op));
  }
  const auto has = [&](const char* key) { return header.has(path / key); };
  if (ops != 1) header.fail(path, "exactly one of update, delete, insert");
  if (change.op == ChangeOp::insert && has("key")) header.fail(path / "key", "an insert has no \"key\"");
  if (change.op == ChangeOp::remove && (has("set") || has("also"))) header.fail(path / (has("set") ? "set" : "also"), "a delete has no \"set\"");
  if (change.op != ChangeOp::insert) change.key = terms_at(header, path / "key");
  if (change.op != ChangeOp::remove) change.set = terms_at(header, path / "set");
  if (has("also")) change.also = terms_at(header, path / "also");
  if (change.op != ChangeOp::insert && change.key.empty()) header.fail(path / "key", "\"key\" names no column: that would be every row");
  if (change.op != ChangeOp::remove && change.set.empty()) header.fail(path / "set", "\"set\" names no column");
  return change;
}

RepairTemplate repair_at(const JsonDocument& header, const JsonPath& path) {
  header.allow(path, {"name", "applicability", "when", "changes"});
  RepairTemplate repair;
  repair.when = query_at(header, path / "when");
  repair.name = header.text(path / "name");
  repair.applicability = applicability_at(header, path / "applicability");
  const std::size_t changes = length_at(header, path / "changes");
  for (std::size_t i = 0; i < changes; ++i) repair.changes.push_back(change_at(header, path / "changes" / std::to_string(i)));
  if (repair.changes.empty() && repair.applicability != Applicability::manual) {
    header.fail(path / "applicability", "a repair without changes is \"manual\"");
  }
  return repair;
}

std::map<std::string, Value> params_in(const JsonDocument& header) {
  std::map<std::string, Value> params;
  for (const auto& name : header.keys({"params"})) {
    const JsonPath path{"params", name};
    if (name == "now" || name == "grace") header.fail(path, "params: \"" + name + "\" is given already");
    Value parsed = value_at(header, path, "params." + name);
    if (const auto* text = std::get_if<std::string>(&parsed)) {
      if (const auto duration = parse_duration(*text)) parsed = *duration;
    }
    params[name] = parsed;
  }
  return params;
}

void read_repairs(const JsonDocument& header, Check& check) {
  const std::size_t repairs = length_at(header, {"repairs"});
  for (std::size_t i = 0; i < repairs; ++i) {
    const JsonPath path{"repairs", std::to_string(i)};
    RepairTemplate repair = repair_at(header, path);
    for (const auto& other : check.repairs) {
      if (other.name == repair.name) header.fail(path / "name", "two repairs are named \"" + repair.name + "\"");
    }
    check.repairs.push_back(std::move(repair));
  }
}

Check read_header(const JsonDocument& header) {
  header.allow({}, kHeaderKeys);
  Check check;
  check.file = header.file();
  check.id = header.text({"id"});
  const auto severity = severity_from(header.text({"severity"}));
  if (!severity.has_value()) header.fail({"severity"}, "severity is none of error, warning, note");
  check.severity = *severity;
  check.subject = header.text({"subject"});
  check.title = header.text({"title"});
  check.message = header.text({"message"});
  check.why = header.text({"why"});
  if (header.has({"safety"})) check.safety = header.text({"safety"});
  check.requires_traits = header.texts({"requires"});
  check.optional_relations = header.texts({"optional"});
  check.group = header.texts({"group"});
  check.identity = header.texts({"identity"});
  check.supersedes = header.texts({"supersedes"});
  check.params = params_in(header);
  read_repairs(header, check);
  if (std::find(check.supersedes.begin(), check.supersedes.end(), check.id) != check.supersedes.end()) {
    header.fail({"supersedes"}, "a check cannot supersede itself");
  }
  for (const char* key : {"title", "message", "why"}) {
    if (header.text({key}).empty()) header.fail({key}, "title, message and why must say something");
  }
  if (!check.repairs.empty() && check.safety.empty()) {
    header.fail({header.has({"safety"}) ? "safety" : "repairs"}, "\"safety\" is missing: say what each repair keeps and loses");
  }
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
  // What stands before it is a matter of lines alone, so that those of the header are those of the file.
  const JsonDocument header(std::string(static_cast<std::size_t>(lines_to(open)), '\n').append(text.substr(open + 2, close - open - 2)), file);
  Check check = read_header(header);
  const std::string stem = std::filesystem::path(file).stem().string();
  if (check.id != stem) header.fail({"id"}, "the id \"" + check.id + "\" is not the file's name \"" + stem + "\"");
  check.family = family;
  const auto begin = text.find_first_not_of(" \t\r\n", close + 2);
  if (begin == std::string_view::npos) throw Error(ErrorKind::config, file + ": there is no query behind the header");
  check.sql_line = 1 + lines_to(begin);
  check.sql = one_statement(text.substr(begin));
  if (check.sql.empty()) throw Error(ErrorKind::config, file + ": there is no query behind the header");
  return check;
}

}  // namespace audit
