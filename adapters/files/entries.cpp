#include "adapters/files/entries.hpp"

#include <algorithm>
#include <map>

namespace audit {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); !what.empty() && at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

Document document_at(std::string path, Captures captures) {
  Document document;
  const auto slash = path.rfind('/');
  document.directory = slash == std::string::npos ? "" : path.substr(0, slash);
  document.name = slash == std::string::npos ? path : path.substr(slash + 1);
  document.path = std::move(path);
  document.captures = std::move(captures);
  return document;
}

// The place that the application is configured to keep its documents in; "" for the usual one.
std::string configured_place(const Tree& tree, const DocumentLayout& layout) {
  for (const auto& name : layout.configured_in) {
    Document config = document_at(name, {});
    if (!tree.facts(name)) continue;
    load_document(tree, true, config);
    JsonElement found;
    std::string_view text;
    if (config.ok() && find_json(config.root, layout.configured_at, found) && found.get(text) == simdjson::SUCCESS) {
      std::string place(text);
      const std::string home = tree.root().substr(0, tree.root().rfind('/'));
      if (place.starts_with("~/")) place = home + place.substr(1);
      return replaced(place, layout.configured_hole, "{scope}");
    }
  }
  return "";
}

void add_found(Tree& tree, const std::string& pattern, std::vector<Document>& documents) {
  for (auto& file : tree.find(pattern)) {
    Document document = document_at(file.path, std::move(file.captures));
    if (file.real_path.empty()) {
      document.status = "outside";
      document.defect = "lies behind a symbolic link that leads out of the directory";
    } else if (!file.exists) {
      document.status = "absent";
    }
    documents.push_back(std::move(document));
  }
}

void add_configured(Tree& tree, const std::string& place, std::vector<Document>& documents) {
  const std::string prefix = tree.root() + "/";
  if (!place.starts_with('/')) {
    add_found(tree, place, documents);
  } else if (place.starts_with(prefix)) {
    add_found(tree, place.substr(prefix.size()), documents);
  } else if (place.find("{scope}") == std::string::npos) {
    documents.push_back(document_at(place, {}));
  } else {
    for (const auto& agent : tree.names("agents"))
      documents.push_back(document_at(replaced(place, "{scope}", agent), {{"scope", agent}}));
  }
}

// Whose the entries of a document are that several share: of those whose folder is not here, the files are not here either.
class Owners {
 public:
  Owners(Tree& tree, const EntryLayout& layout, const Document& document) : tree_(tree), layout_(layout) {
    shared_ = !layout.owned.empty() && !document.captures.contains("scope");
  }

  [[nodiscard]] bool strange(std::string_view key) {
    if (!shared_) return false;
    Captures captures;
    for (const auto& known : layout_.keys) {
      if (known.first.match(key, &captures)) break;
    }
    const auto folder = fill_name(layout_.owned, captures);
    if (!folder) return false;
    const auto [known, is_new] = known_.try_emplace(*folder, false);
    if (is_new) known->second = tree_.resolve(*folder, "").state != ResolvedPath::State::exists;
    return known->second;
  }

 private:
  Tree& tree_;
  const EntryLayout& layout_;
  bool shared_ = false;
  std::map<std::string, bool> known_;
};

class EntryReader {
 public:
  EntryReader(Tree& tree, const EntryLayout& layout, const Document& document, EntryDepth depth)
      : tree_(tree), layout_(layout), document_(document), depth_(depth), with_refs_(depth == EntryDepth::refs) {}

  EntryFacts read(std::string_view key, std::int64_t position, const JsonElement& element) {
    EntryFacts entry;
    entry.key = key;
    entry.position = position;
    entry.element = element;
    if (depth_ == EntryDepth::key) return entry;
    known_ = document_.captures;
    known_["dir"] = document_.directory;
    known_["key"] = entry.key;
    for (const auto& [pattern, kind] : layout_.keys) {
      if (!pattern.match(key, &known_)) continue;
      entry.kind = kind;
      break;
    }
    if (!element.is_object()) {
      entry.defect = "is not an object";
      return entry;
    }
    read_session(entry);
    read_numbers(entry);
    read_file(entry);
    read_own(entry);
    if (with_refs_) read_refs(entry);
    return entry;
  }

 private:
  void read_session(EntryFacts& entry) {
    JsonElement found;
    if (!find_json(entry.element, layout_.session, found) || found.is_null()) return;
    std::string_view text;
    if (found.get(text) != simdjson::SUCCESS) {
      entry.defect = "its session id is not a string";
    } else if (text.empty()) {
      entry.defect = "its session id is empty";
    } else if (!layout_.own.empty() && text.find('/') != std::string_view::npos) {
      entry.defect = "its session id cannot be the name of a file";
    } else {
      entry.session_id = text;
      known_["session"] = entry.session_id;
    }
  }

  void read_numbers(EntryFacts& entry) const {
    for (const auto& steps : layout_.numbers) {
      JsonElement found;
      if (find_json(entry.element, steps, found) && !found.is_null() && !found.is_number()) entry.defect = "its " + steps.back() + " is not a number";
    }
  }

  void read_file(EntryFacts& entry) {
    JsonElement found;
    std::string_view named;
    if (layout_.file.empty() || !find_json(entry.element, layout_.file, found) || found.is_null()) return;
    if (found.get(named) != simdjson::SUCCESS) {
      entry.defect = "its file name is not a string";
      return;
    }
    if (named.empty()) return;
    entry.names_file = true;
    entry.file = tree_.resolve(named, document_.directory);
    if (named.starts_with('/') && entry.file.path.starts_with('/')) find_old_root(named, entry);
    const auto slash = entry.file.path.rfind('/');
    const std::string name = slash == std::string::npos ? entry.file.path : entry.file.path.substr(slash + 1);
    for (const auto& pattern : layout_.names) {
      Captures captures;
      if (!pattern.match(name, &captures)) continue;
      entry.named_session_id = captures["id"];
      break;
    }
  }

  // An absolute path that goes on as a path below our root does: the directory lies elsewhere now.
  void find_old_root(std::string_view named, EntryFacts& entry) {
    if (layout_.marker.empty()) return;
    const auto at = named.rfind("/" + layout_.marker);
    if (at == std::string_view::npos) return;
    const ResolvedPath here = tree_.resolve(named.substr(at + 1), "");
    const bool gone = entry.file.state == ResolvedPath::State::missing;
    if (here.state != ResolvedPath::State::exists && !gone) return;
    entry.old_root = named.substr(0, at);
    entry.file = here;
  }

  void read_own(EntryFacts& entry) {
    for (const auto& pattern : layout_.own) {
      const auto name = fill_name(pattern, known_);
      if (!name) continue;
      ResolvedPath own = tree_.resolve(*name, "");
      if (own.state == ResolvedPath::State::exists || entry.own.path.empty()) {
        const bool exists = own.state == ResolvedPath::State::exists;
        if (entry.own.state != ResolvedPath::State::exists) entry.own = own;
        if (exists && !with_refs_) return;
      }
      if (with_refs_ && own.state == ResolvedPath::State::exists) entry.refs.emplace_back("own", std::move(own));
    }
  }

  void read_refs(EntryFacts& entry) {
    if (entry.names_file) entry.refs.emplace_back("file", entry.file);
    for (const auto& ref : layout_.refs) {
      const std::string& role = ref.second;
      each_json(entry.element, ref.first, 0, [&](const JsonElement& found) {
        std::string_view named;
        if (found.get(named) != simdjson::SUCCESS || named.empty()) return true;
        ResolvedPath place = tree_.resolve(named, document_.directory);
        if (place.state != ResolvedPath::State::exists && !layout_.marker.empty()) {
          const auto at = named.rfind("/" + layout_.marker);
          if (at != std::string_view::npos) place = tree_.resolve(named.substr(at + 1), "");
        }
        // A pointer may lead to a session id: the file is then the one of that session.
        if (place.state != ResolvedPath::State::exists && named.find('/') == std::string_view::npos) {
          Captures other = known_;
          other["session"] = named;
          for (const auto& pattern : layout_.own) {
            const auto name = fill_name(pattern, other);
            if (name && tree_.resolve(*name, "").state == ResolvedPath::State::exists)
              entry.refs.emplace_back(role, tree_.resolve(*name, ""));
          }
          return true;
        }
        entry.refs.emplace_back(role, std::move(place));
        return true;
      });
    }
  }

  Tree& tree_;
  const EntryLayout& layout_;
  const Document& document_;
  EntryDepth depth_;
  bool with_refs_;
  Captures known_;
};

}  // namespace

bool stands_at(Tree& tree, const std::string& pattern, const Captures& captures) {
  if (pattern.empty()) return false;
  if (const auto name = fill_name(pattern, captures)) return tree.resolve(*name, "").state == ResolvedPath::State::exists;
  const auto found = tree.find(pattern);
  return std::any_of(found.begin(), found.end(), [](const FoundFile& file) { return file.exists; });
}

std::vector<Document> find_documents(Tree& tree, const DocumentLayout& layout) {
  std::vector<Document> documents;
  const std::string place = configured_place(tree, layout);
  if (place.empty()) {
    for (const auto& pattern : layout.documents) add_found(tree, pattern, documents);
  } else {
    add_configured(tree, place, documents);
  }
  std::erase_if(documents, [&](const Document& document) {
    return (layout.present && document.status == "absent") || stands_at(tree, layout.instead, document.captures);
  });
  return documents;
}

std::vector<Document> load_documents(Tree& tree, const DocumentLayout& layout,
                                     const std::map<std::string, Document>& known) {
  std::vector<Document> documents = find_documents(tree, layout);
  for (auto& document : documents) {
    if (document.status.empty()) {
      const auto read = known.find(document.path);
      if (read != known.end()) {
        const Captures captures = std::move(document.captures);
        document = read->second;
        document.captures = captures;
        if (!layout.mark) refuse_mark(document);
      } else {
        load_document(tree, layout.json5, document);
        if (!layout.mark) refuse_mark(document);
      }
    }
    JsonElement rows;
    if (!document.ok()) continue;
    if (!find_json(document.root, layout.rows, rows) || !(rows.is_object() || (rows.is_array() && !layout.map))) {
      document.status = "unparseable";
      document.defect = layout.map ? "holds no map of entries" : "holds neither a map nor a list of entries";
    }
  }
  return documents;
}

void each_entry(Tree& tree, const EntryLayout& layout, const Document& document, EntryDepth depth,
                const std::function<bool(const EntryFacts&)>& each) {
  JsonElement rows;
  if (!document.ok() || !find_json(document.root, layout.where.rows, rows)) return;
  EntryReader reader(tree, layout, document, depth);
  Owners owners(tree, layout, document);
  std::int64_t position = 0;
  if (rows.is_object()) {
    for (const auto field : simdjson::dom::object(rows)) {
      if (owners.strange(field.key)) {
        ++position;
        continue;
      }
      if (!each(reader.read(field.key, position++, field.value))) return;
    }
  } else if (rows.is_array()) {
    for (const auto item : simdjson::dom::array(rows)) {
      if (!each(reader.read(std::to_string(position), position, item))) return;
      ++position;
    }
  }
}

EntryFacts read_entry(Tree& tree, const EntryLayout& layout, const Document& document, EntryDepth depth,
                      std::string_view key, std::int64_t position, const JsonElement& element) {
  return EntryReader(tree, layout, document, depth).read(key, position, element);
}

std::int64_t count_entries(const DocumentLayout& layout, const Document& document) {
  JsonElement rows;
  if (!document.ok() || !find_json(document.root, layout.rows, rows)) return 0;
  if (rows.is_object()) {
    std::int64_t count = 0;
    for (const auto field : simdjson::dom::object(rows)) count += field.key.data() != nullptr;
    return count;
  }
  return rows.is_array() ? static_cast<std::int64_t>(simdjson::dom::array(rows).size()) : 0;
}

}  // namespace audit
