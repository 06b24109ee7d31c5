#pragma once
// Reads transcripts, one JSON document per line, in constant memory.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/files/json_text.hpp"
#include "adapters/files/name_pattern.hpp"
#include "auditor/model/store.hpp"

namespace audit {

// Where in a line things are: names of members, and pointers.
struct LineForm {
  std::string type = "type";
  std::string header = "session";   // type of the first line
  std::string message = "message";  // type of a message
  std::string header_id = "id";
  std::string id = "id";
  std::string parent = "parentId";
  std::string at = "timestamp";
  std::vector<std::vector<std::string>> texts;              // pointers to what was said
  std::vector<std::string> role;                            // pointer to who said it
  std::string asks = "user";                                // the role that asks
  std::vector<std::pair<NamePattern, std::string>> claims;  // first text asked → key
  std::string keyed;                                        // beginning of a bracket "[…]" at the end of a line of a message that came through a key
  std::vector<std::vector<std::string>> model;              // pointers, in any line; the last one counts
  std::vector<std::vector<std::string>> provider;           // the same
  std::string directory;                                    // member of the header
};

struct BadLine {
  std::int64_t line = 0;    // from 1
  std::int64_t offset = 0;  // bytes
  std::int64_t length = 0;  // bytes
  std::string defect;
};

struct TranscriptFacts {
  std::string header_id;
  std::string header;  // ok, missing, cut; "" when the file holds nothing, or nothing but NUL bytes
  std::string tail;    // ok, unterminated, cut, nul; "" when the file holds nothing
  std::string state;   // as relation transcript says
  std::string claimed_key;
  std::string unreadable;  // why it could not be read to its end; "" when it could
  std::int64_t lines = 0;
  std::int64_t messages = 0;
  std::int64_t bad_lines = 0;  // the header and a cut tail do not count
  std::int64_t bad_line = 0;   // the first of them; 0: none
  std::int64_t broken_parents = 0;
  std::int64_t first_at = 0;  // ms; 0: none
  std::int64_t last_at = 0;
  std::int64_t size = -1;         // bytes when it was opened; -1: it is no file that can be opened
  std::int64_t modified_at = 0;   // ms, then
  bool keyed = false;
  std::int64_t unlinked = 0;  // messages without an id
  std::string model;
  std::string provider;
  std::string directory;
  std::vector<BadLine> bad;  // of header, lines and tail; at most the first hundred
};

// Keeps its buffers from file to file. One thread at a time.
class TranscriptReader {
 public:
  TranscriptReader(const LineForm& form, const Cancellation& cancel);
  ~TranscriptReader();
  TranscriptReader(const TranscriptReader&) = delete;
  TranscriptReader& operator=(const TranscriptReader&) = delete;

  // `path` is absolute, `known` fills keys that claims name. Never throws for what the file holds or that it is gone.
  [[nodiscard]] TranscriptFacts read(const std::string& path, const Captures& known);
  // The same for a text in memory.
  [[nodiscard]] TranscriptFacts read_text(std::string_view text, const Captures& known);

 private:
  struct Pass;
  std::unique_ptr<Pass> pass_;
};

// The value at `steps` of the first line of a file as text; "" when there is none.
[[nodiscard]] std::string first_line_value(const std::string& path, const std::vector<std::string>& steps);

}  // namespace audit
