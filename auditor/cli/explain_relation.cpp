#include "auditor/cli/explain_relation.hpp"

#include <ostream>
#include <vector>

#include "auditor/cli/table.hpp"
#include "auditor/model/vocabulary.hpp"

namespace audit {

namespace {

void list_relations(std::ostream& out, int width) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& relation : Vocabulary::canonical().relations()) rows.push_back({relation.name, relation.doc});
  print_table(out, rows, width);
}

void describe(std::ostream& out, const VocabularyRelation& relation, const Catalog& catalog, int width) {
  out << relation.name << " · relation" << (relation.key.empty() ? "" : " · its key is " + relation.key) << "\n\nwhat\n";
  print_paragraph(out, relation.doc, width, "  ");
  std::vector<std::vector<std::string>> rows;
  for (const auto& column : relation.columns) rows.push_back({column.name, column.type, column.doc + (column.sensitive ? " (never shown)" : "")});
  out << "\ncolumns\n";
  print_table(out, rows, width, "  ");
  std::string profiles;
  for (const auto& [name, text] : catalog.profiles()) {
    if (catalog.written_profile(name).shape.contains(relation.name)) profiles += (profiles.empty() ? "" : ", ") + name;
  }
  out << "\nmapped by\n";
  print_paragraph(out, profiles.empty() ? "none of the built-in profiles" : profiles, width, "  ");
}

}  // namespace

bool explain_relation(std::ostream& out, const std::string& name, const Catalog& catalog, int width) {
  const VocabularyRelation* relation = Vocabulary::canonical().find(name);
  if (name == "relations") {
    list_relations(out, width);
  } else if (relation != nullptr) {
    describe(out, *relation, catalog, width);
  }
  return name == "relations" || relation != nullptr;
}

}  // namespace audit
