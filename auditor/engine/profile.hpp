#pragma once
// A profile: how one application's stores show the canonical relations (docs/profiles.md).

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/engine/written_profile.hpp"

namespace audit {

// Value of an environment variable; nullopt when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
[[nodiscard]] Environment process_environment();

// What a store of the profile turned out to hold.
struct ResolvedStore {
  std::string generation;
  std::map<std::string, RelationMapping> relations;
  std::map<std::string, std::string> missing;  // relation → what the store lacks for it
};

class Profile {
 public:
  // `set` maps "source.option" to a value; relative paths among them are relative to `directory` when that is not empty. Throws Error(config), and
  // Error(usage) for an option of a source that is not there.
  Profile(WrittenProfile written, const std::map<std::string, std::string>& set, const std::string& directory,
          const Environment& environment);
  // The same for a text that is read first (read_profile).
  Profile(std::string_view text, const std::string& file, const std::map<std::string, std::string>& set,
          const std::string& directory, const Environment& environment);

  [[nodiscard]] const std::string& name() const { return written_.name; }
  [[nodiscard]] const std::string& title() const { return written_.title; }
  [[nodiscard]] const std::string& prefix() const { return written_.prefix; }
  // "source.option" whose matches are audited one by one (an application may have several homes); "" = none.
  [[nodiscard]] const std::string& each() const { return written_.each; }
  // The name that tells this home from others of the same application.
  void set_name(const std::string& name) { written_.name = name; }
  [[nodiscard]] const std::vector<ProfileSource>& sources() const { return written_.sources; }
  [[nodiscard]] const std::vector<Generation>& generations() const { return written_.generations; }

  // Relations that it maps in some generation, and the columns that it maps for them. Columns that an adapter provides by itself are not listed.
  [[nodiscard]] const Shape& shape() const { return written_.shape; }
  // Sources that give rows of a relation.
  [[nodiscard]] const std::set<std::string>& sources_of(const std::string& relation) const;
  // Sources whose rows decide about generations of this one: itself, or the first one that any `when` names.
  [[nodiscard]] std::string deciding_source(const std::string& source) const;
  // First generation whose condition holds in the store; "" when the profile has none.
  [[nodiscard]] std::string generation_of(Store& store) const;

  [[nodiscard]] const std::set<std::string>& traits(const std::string& generation) const;
  // Values for a check's parameters; only those that the profile sets.
  [[nodiscard]] const std::map<std::string, Value>& params(const std::string& check, const std::string& generation) const;
  // The mappings of all relations that come from the store's source. `provides` are the columns that the adapter gives by itself.
  [[nodiscard]] ResolvedStore resolve(Store& store, const std::string& generation,
                                      const std::function<std::vector<std::string>(const std::string&)>& provides) const;

 private:
  [[nodiscard]] const WrittenGeneration& of(const std::string& generation) const;

  WrittenProfile written_;
};

}  // namespace audit
