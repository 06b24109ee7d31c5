// Relation `document`: one row per file that holds one JSON document. Read, told and forgotten one by one: there may be very many.

#include <algorithm>

#include "adapters/files/fields.hpp"
#include "adapters/files/files_store.hpp"
#include "auditor/model/error.hpp"

namespace audit {
namespace {

// A column of a document: one of the fields, a capture of its path, or a place in it.
struct Part {
  std::size_t field = d_count;
  std::string capture;
  Steps steps;
  bool many = false;  // the steps have a "*": a list of all that is there
};

Part part_of(const std::string& column) {
  Part part;
  const auto known = std::find(kDocument.begin(), kDocument.end(), column);
  if (known != kDocument.end()) {
    part.field = static_cast<std::size_t>(known - kDocument.begin());
  } else if (column.starts_with('{') && column.ends_with('}')) {
    part.capture = column.substr(1, column.size() - 2);
  } else if (column.starts_with('/')) {
    part.steps = pointer_steps(column);
    part.many = std::find(part.steps.begin(), part.steps.end(), "*") != part.steps.end();
  } else {
    throw Error(ErrorKind::config, "document has no column '" + column + "'", "docs/profiles.md lists what the files adapter gives");
  }
  return part;
}

Value text_or_null(const std::string& text) { return text.empty() ? Value{} : Value(text); }

Value place(const Document& document, const Part& part) {
  if (!document.ok()) return {};
  if (!part.many) {
    JsonElement found;
    return find_json(document.root, part.steps, found) ? json_to_value(found) : Value{};
  }
  std::string list = "[";
  each_json(document.root, part.steps, 0, [&](const JsonElement& found) {
    list += (list.size() > 1 ? "," : "") + simdjson::minify(found);
    return true;
  });
  return list + "]";
}

}  // namespace

bool FilesStore::whole_documents(const RelationPart& part, const Columns& columns, const RowSink& sink) {
  const FileLayout layout = file_layout(part.options);
  std::vector<Part> parts;
  for (const auto& column : columns) parts.push_back(part_of(column));
  // What the name says needs no look inside.
  const bool opened = std::any_of(parts.begin(), parts.end(), [](const Part& p) {
    return !p.steps.empty() || p.field == d_status || p.field == d_defect;
  });
  Row row(columns.size());
  for (const auto& pattern : layout.files) {
    for (const auto& file : tree_.find(pattern)) {
      const auto facts = file.exists && !file.real_path.empty() ? tree_.facts(file.real_path) : std::nullopt;
      if (!facts || facts->kind != FileFacts::Kind::file) continue;
      cancel_.check();
      Document document;
      document.path = file.path;
      if (opened) load_document(tree_, false, document);
      if (document.status == "absent") continue;  // gone since it was listed
      const std::vector<Value> fields = {info_.source, captured(file.captures, "scope"), text_or_null(document.defect), file.path,
                                         file.real_path, document.status, facts->size, facts->modified_at};
      for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].field < d_count) {
          row[i] = fields[parts[i].field];
        } else {
          row[i] = parts[i].capture.empty() ? place(document, parts[i]) : text_or_null(captured(file.captures, parts[i].capture.c_str()));
        }
      }
      if (!sink(row)) return false;
    }
  }
  return true;
}

}  // namespace audit
