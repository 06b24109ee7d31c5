#pragma once
// The stores of a fixture case, made in a private temporary directory.

#include <map>
#include <string>

#include "auditor/cli/test_case.hpp"
#include "auditor/engine/catalog.hpp"
#include "auditor/engine/scan.hpp"

namespace audit {

// A directory that goes away with this object, with all that is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();  // throws Error(usage)
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Every file below a directory: relative path → kind, size, time of modification and contents, as one opaque text.
using FileStates = std::map<std::string, std::string>;
[[nodiscard]] FileStates file_states(const std::string& directory);

// Copies the case to ROOT/case, makes its stores in ROOT/stores, and asks for its profile over them. Sources that the
// case does not give are not there. Throws Error.
[[nodiscard]] ProfileRequest make_stores(const TestCase& test, const std::string& root, const Catalog& catalog);

}  // namespace audit
