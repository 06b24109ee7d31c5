#pragma once
// The stores of a fixture case, made in a private temporary directory.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "auditor/cli/context.hpp"
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

// The profile over the stores of a case. Stores on servers go with this object.
struct GivenStores {
  ProfileRequest request;
  std::vector<std::shared_ptr<void>> keep;
};

// Copies the case to ROOT/case, makes its stores in ROOT/stores (or on a server), and asks for its profile over them.
// Sources that the case does not give are not there. Throws Error.
[[nodiscard]] GivenStores make_stores(const TestCase& test, const std::string& root, const Catalog& catalog,
                                      const std::map<std::string, FixtureMaker>& fixtures);

}  // namespace audit
