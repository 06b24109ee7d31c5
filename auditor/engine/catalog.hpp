#pragma once
// All that the engine works with: adapters, checks and the texts of the built-in profiles.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/engine/written_profile.hpp"
#include "auditor/model/check.hpp"
#include "auditor/model/embedded.hpp"
#include "auditor/model/store.hpp"
#include "auditor/model/vocabulary.hpp"

namespace audit {

// Filled once by the composition root, then only read.
class Catalog {
 public:
  Catalog() = default;
  Catalog(const Catalog&) = delete;
  Catalog& operator=(const Catalog&) = delete;

  // Adds the built-in checks and profiles; what is not packed is parsed, what is packed is unpacked when it is first asked for. Throws Error(config) that names the file and line.
  void add_embedded(const std::vector<EmbeddedFile>& files);
  // Loads the checks of a directory, recursively. Throws Error(config), also for an id that exists already.
  void add_checks_directory(const std::string& directory);
  void add_adapter(std::unique_ptr<Adapter> adapter);

  [[nodiscard]] const std::vector<Check>& checks() const;  // sorted by id
  [[nodiscard]] const Check* check(std::string_view id) const;
  [[nodiscard]] const Adapter* adapter(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> adapter_names() const;
  // Built-in profile name → JSON text.
  [[nodiscard]] const std::map<std::string, std::string_view>& profiles() const { return profiles_; }
  // One of them, read.
  [[nodiscard]] WrittenProfile written_profile(const std::string& name) const;

 private:
  void unpack() const;

  mutable std::mutex unpacking_;
  mutable std::vector<std::string_view> packed_checks_;  // none once checks_ has them
  mutable std::vector<Check> checks_;
  std::vector<std::unique_ptr<Adapter>> adapters_;
  std::map<std::string, std::string_view> profiles_;
  std::map<std::string, std::string_view> packed_profiles_;
};

}  // namespace audit
