#pragma once
// A JSON document that holds entries, read as one consistent whole while its application may replace it.

#include <memory>
#include <string>

#include "adapters/files/json_text.hpp"
#include "adapters/files/tree.hpp"

namespace audit {

struct Document {
  std::string path;  // relative to the root; absolute when it is elsewhere
  std::string directory;
  std::string name;
  Captures captures;
  std::string status;                             // ok, absent, empty, unparseable, unreadable
  std::string defect;                             // what is wrong and where; "" when nothing is
  std::string format = "json";                    // json, json5
  bool marked = false;                            // begins with a byte order mark
  std::int64_t modified_at = 0;                   // ms
  std::shared_ptr<simdjson::dom::parser> parser;  // copies of a document share it
  JsonElement root;                               // valid while status is ok

  [[nodiscard]] bool ok() const { return status == "ok"; }
};

// Reads and parses; never throws for what the file holds. A file that changes meanwhile is read again.
void load_document(const Tree& tree, bool json5, Document& document);

// What a reader that takes no byte order mark makes of a document that begins with one.
void refuse_mark(Document& document);

}  // namespace audit
