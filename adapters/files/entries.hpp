#pragma once
// What an entry of a registry says about files.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "adapters/files/document.hpp"
#include "adapters/files/layout.hpp"
#include "adapters/files/tree.hpp"

namespace audit {

struct EntryFacts {
  std::string key;
  std::int64_t position = 0;
  JsonElement element;
  std::string session_id;
  std::string named_session_id;
  std::string kind;
  std::string defect;
  bool names_file = false;
  ResolvedPath file;  // where it names one
  std::string old_root;
  ResolvedPath own;                                        // by the session id alone; path is "" where that gives none
  std::vector<std::pair<std::string, ResolvedPath>> refs;  // role and place: all files that it may mean
};

// Whether what the pattern says is there; where captures do not fill it, whether anything that fits is.
[[nodiscard]] bool stands_at(Tree& tree, const std::string& pattern, const Captures& captures);

// Where the documents of a layout are, without reading them.
[[nodiscard]] std::vector<Document> find_documents(Tree& tree, const DocumentLayout& layout);

// The documents of a layout, loaded. Where the application is configured to keep them elsewhere, those.
// `known` holds documents that were read already, by path.
[[nodiscard]] std::vector<Document> load_documents(Tree& tree, const DocumentLayout& layout,
                                                   const std::map<std::string, Document>& known);

// How much of an entry is looked at.
enum class EntryDepth { key, places, refs };

// Calls `each` for every entry of a good document; it returns false to stop.
void each_entry(Tree& tree, const EntryLayout& layout, const Document& document, EntryDepth depth,
                const std::function<bool(const EntryFacts&)>& each);

// One entry that was found before; `key` is its own.
[[nodiscard]] EntryFacts read_entry(Tree& tree, const EntryLayout& layout, const Document& document, EntryDepth depth,
                                    std::string_view key, std::int64_t position, const JsonElement& element);

// The number of entries; 0 where there is neither a map nor a list.
[[nodiscard]] std::int64_t count_entries(const DocumentLayout& layout, const Document& document);

}  // namespace audit
