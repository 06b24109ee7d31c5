#pragma once
// Files that are part of the program. The definitions are generated at build time.

#include <string_view>
#include <vector>

namespace audit {

// A check or a profile. Everything lives as long as the program.
struct EmbeddedFile {
  std::string_view path;         // relative to the root of the source tree: "checks/session/half-created-session.sql"
  std::string_view text;         // as it is written; "" of a check that is packed
  std::string_view packed = {};  // as the build has read it (auditor/pack); "" = to be read from the text
};

// The text of auditor/model/relations.sql.
[[nodiscard]] std::string_view embedded_relations_sql();

// The checks (checks/**/*.sql) and profiles (adapters/profiles/*.json), sorted by path.
[[nodiscard]] const std::vector<EmbeddedFile>& embedded_files();

// "0.1.0", or with the commit when the program was built from a git tree that is not exactly a release: "0.1.0+gabc1234".
[[nodiscard]] std::string_view program_version();

}  // namespace audit
