// audit explain CHECK: everything that there is to say about one check; about a relation as well.

#include <algorithm>
#include <ostream>

#include "auditor/cli/coverage.hpp"
#include "auditor/cli/explain_relation.hpp"
#include "auditor/cli/output.hpp"
#include "auditor/cli/setup.hpp"
#include "auditor/cli/table.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/duration.hpp"

namespace audit {

namespace {

std::string term_text(const Term& term) {
  switch (term.kind) {
    case Term::Kind::column:
      return "{" + term.column + "}";
    case Term::Kind::now:
      return ":now";
    case Term::Kind::literal:
      break;
  }
  if (is_null(term.literal)) return "NULL";
  return std::holds_alternative<std::string>(term.literal) ? "'" + to_text(term.literal) + "'" : to_text(term.literal);
}

std::string terms_text(const std::vector<std::pair<std::string, Term>>& terms, const char* separator) {
  std::string text;
  for (const auto& [name, term] : terms)
    text.append(text.empty() ? "" : separator).append(name + " = " + term_text(term));
  return text;
}

std::string change_text(const ChangeTemplate& change) {
  std::string text = std::string(to_string(change.op)) + " " + change.relation;
  if (!change.set.empty()) text += " set " + terms_text(change.set, ", ");
  if (!change.also.empty()) text += ", and where it is kept " + terms_text(change.also, ", ");
  if (!change.key.empty()) text += " where " + terms_text(change.key, " and ");
  if (!change.each.empty()) text += ", for each of: " + change.each;
  return text;
}

class Page {
 public:
  Page(std::ostream& out, int width) : out_(out), width_(width) {}

  void section(const std::string& title, const std::string& text) {
    if (text.empty()) return;
    out_ << '\n' << title << '\n';
    print_paragraph(out_, text, width_, "  ");
  }
  void list(const std::string& title, const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    section(title, text);
  }

  void repairs(const Check& check) {
    if (check.repairs.empty()) return;
    out_ << "\nrepairs\n";
    for (const RepairTemplate& repair : check.repairs) {
      out_ << "  " << repair.name << " (" << to_string(repair.applicability) << ")\n";
      if (!repair.when.empty()) print_paragraph(out_, "for the findings of: " + repair.when, width_, "    ");
      for (const ChangeTemplate& change : repair.changes) print_paragraph(out_, change_text(change), width_, "    ");
    }
  }

  void query(const Check& check) {
    out_ << "\nquery (" << check.file << ":" << check.sql_line << ")\n";
    std::string line;
    const auto first = check.sql.find_first_not_of("\r\n");
    for (const char c : first == std::string::npos ? std::string() : check.sql.substr(first) + "\n") {
      if (c != '\n') {
        line += c;
        continue;
      }
      if (!line.empty()) out_ << "  " << line << '\n';
      line.clear();
    }
  }

 private:
  std::ostream& out_;
  int width_;
};

const Check& find_check(const Catalog& catalog, const std::string& id) {
  if (const Check* check = catalog.check(id)) return *check;
  std::vector<std::string> known;
  for (const Check& check : catalog.checks()) known.push_back(check.id);
  std::string near = nearest(id, known);
  // The beginning of an id, and no other's.
  const auto begins = [&](const std::string& other) { return id.size() >= 5 && other.starts_with(id.substr(0, std::max<std::size_t>(5, id.size() - 2))); };
  if (near.empty() && std::count_if(known.begin(), known.end(), begins) == 1) near = *std::find_if(known.begin(), known.end(), begins);
  throw Error(ErrorKind::usage, "there is no check '" + id + "'",
              near.empty() ? "`audit checks` lists them" : "did you mean " + near + "?");
}

}  // namespace

int run_explain(Invocation& invocation) {
  expect_text_only(invocation, "audit explain");
  const auto catalog = make_catalog(invocation);
  (void)load_config(invocation, *catalog);  // which may bring checks
  std::ostream& out = invocation.context.out;
  const std::string& asked = invocation.operands.front();
  if (catalog->check(asked) == nullptr && explain_relation(out, asked, *catalog, invocation.context.terminal.width)) return 0;
  const Check& check = find_check(*catalog, asked);
  out << check.id << " · " << to_string(check.severity) << " · about a " << check.subject << '\n';
  Page page(out, invocation.context.terminal.width);
  page.section("what", check.title + ". Says: " + check.message);
  page.section("why", check.why);
  page.section("safety", check.safety);
  page.repairs(check);
  std::vector<std::string> params;
  for (const auto& [name, value] : check.params) {
    const bool span = std::holds_alternative<std::int64_t>(value) && to_integer(value) >= 1000;
    params.push_back(name + " = " + to_text(value) +
                     (span ? " (as a time: " + format_duration(to_integer(value)) + ")" : ""));
  }
  page.list("parameters", params);
  page.list("takes the place of", check.supersedes);
  page.list("applies where a profile declares", check.requires_traits);
  auto profiles = covered_profiles(*catalog).at(check.id);
  if (profiles.empty()) profiles.emplace_back("none of the built-in ones");
  page.list("profiles", profiles);
  page.query(check);
  return 0;
}

}  // namespace audit
