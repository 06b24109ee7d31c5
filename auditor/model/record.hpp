#pragma once
// A store as the files of a fixture case (`audit record`, docs/cases.md).

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auditor/model/mapping.hpp"

namespace audit {

class Disguise;  // auditor/sys/disguise.hpp

// How much may be recorded. Shared by the stores of one case.
class RecordLimit {
 public:
  RecordLimit(std::int64_t rows, std::int64_t bytes) : rows_(rows), bytes_(bytes), most_rows_(rows), most_bytes_(bytes) {}
  // One row, key or line, and so many bytes of text. Throws Error(usage) that names the option when it is too much.
  void take(std::size_t bytes, std::int64_t rows = 1);

 private:
  std::int64_t rows_, bytes_;
  std::int64_t most_rows_, most_bytes_;
};

struct RecordOrder {
  const std::map<std::string, RelationMapping>* relations = nullptr;  // what the profile reads of this store
  std::vector<std::string> probes;                                    // what it asks the store to know its generation: tables, queries
  const Disguise* disguise = nullptr;                                 // nullptr: everything as it is
  RecordLimit* limit = nullptr;
  // Native columns, in small letters; of no table ("") where it is not known of which.
  using Columns = std::set<std::pair<std::string, std::string>>;
  Columns read;   // that the profile reads: their numbers are needed
  Columns times;  // that hold times
  Columns prose;  // that hold what somebody wrote
  Columns paths;  // that hold paths of this machine: an absolute one becomes kRecordedPaths + itself
  std::set<std::string> elsewhere;  // absolute paths of files that other sources record
};

inline constexpr std::string_view kRecordedPaths = "${CASE}/given/paths";
inline constexpr std::string_view kRecordedOutside = "${CASE}/given/outside";

[[nodiscard]] bool has_column(const RecordOrder::Columns& columns, const std::string& table, const std::string& column);

struct RecordedFile {
  std::string text;
  std::optional<std::int64_t> modified;  // ms
};

struct Recording {
  // Path below the place of the store → file. Of a store that becomes one script: "" → it.
  std::map<std::string, RecordedFile> files;
  std::set<std::string> outside;           // what the texts name as kRecordedOutside + this, and is there
  std::map<std::string, std::string> set;  // options of the source that the copy needs
  std::vector<std::string> notes;          // what is not in it, for people
};

// What an open store is as well when it can write down what it holds.
class Recordable {
 public:
  virtual ~Recordable() = default;
  // Writes down what the profile reads. Throws Error(usage) when it is more than the order allows, Error(source).
  virtual void record(const RecordOrder& order, Recording& recording) = 0;
  // Texts in its schema that values are compared with: no disguise may change them.
  [[nodiscard]] virtual std::vector<std::string> record_words() { return {}; }
};

}  // namespace audit
