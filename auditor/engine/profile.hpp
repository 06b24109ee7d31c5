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

#include "auditor/model/mapping.hpp"
#include "auditor/model/store.hpp"

namespace audit {

// Value of an environment variable; nullopt when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
[[nodiscard]] Environment process_environment();

struct ProfileSource {
  SourceSpec spec;
  bool optional = false;
  std::string needed_when;  // SQL condition over relations; "" = never
};

struct Generation {
  std::string name;
  bool always = true;
  std::string source;
  std::string table;
  std::string column;
  std::string query;
};

struct WrittenPart;

// What a store of the profile turned out to hold.
struct ResolvedStore {
  std::string generation;
  std::map<std::string, RelationMapping> relations;
  std::map<std::string, std::string> missing;  // relation → what the store lacks for it
};

class Profile {
 public:
  // Throws Error(config) that names the file and the place. `set` maps "source.option" to a value; relative paths among them are relative to
  // `directory` when that is not empty.
  Profile(std::string_view text, const std::string& file, const std::map<std::string, std::string>& set,
          const std::string& directory, const Environment& environment);
  ~Profile();
  Profile(Profile&&) noexcept;
  Profile& operator=(Profile&&) noexcept;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& title() const { return title_; }
  [[nodiscard]] const std::string& prefix() const { return prefix_; }
  // "source.option" whose matches are audited one by one (an application may have several homes); "" = none.
  [[nodiscard]] const std::string& each() const { return each_; }
  // The name that tells this home from others of the same application.
  void set_name(const std::string& name) { name_ = name; }
  [[nodiscard]] const std::vector<ProfileSource>& sources() const { return sources_; }
  [[nodiscard]] const std::vector<Generation>& generations() const { return generations_; }

  // Relations that it maps in some generation, and the columns that it maps for them. Columns that an adapter provides by itself are not listed.
  [[nodiscard]] const std::map<std::string, std::set<std::string>>& shape() const { return shape_; }
  // Sources that give rows of a relation.
  [[nodiscard]] std::set<std::string> sources_of(const std::string& relation) const;
  // Sources whose rows decide about generations of this one: itself, or the first one that any `when` names.
  [[nodiscard]] std::string deciding_source(const std::string& source) const;
  // First generation whose condition holds in the store; "" when the profile has none.
  [[nodiscard]] std::string generation_of(Store& store) const;

  [[nodiscard]] std::set<std::string> traits(const std::string& generation) const;
  // Values for a check's parameters; only those that the profile sets.
  [[nodiscard]] std::map<std::string, Value> params(const std::string& check, const std::string& generation) const;
  // The mappings of all relations that come from the store's source. `provides` are the columns that the adapter gives by itself.
  [[nodiscard]] ResolvedStore resolve(Store& store, const std::string& generation,
                                      const std::function<std::vector<std::string>(const std::string&)>& provides) const;

 private:
  struct Documents;  // JSON
  void read_sources(const std::map<std::string, std::string>& set, const std::string& directory,
                    const Environment& environment);
  void read_generations();
  void read_shape();
  [[nodiscard]] const std::map<std::string, std::vector<std::vector<WrittenPart>>>& written(const std::string& generation) const;

  std::string file_;
  std::string name_;
  std::string title_;
  std::string prefix_;
  std::string each_;
  std::vector<ProfileSource> sources_;
  std::vector<Generation> generations_;
  std::map<std::string, std::set<std::string>> shape_;
  std::map<std::string, std::set<std::string>> relation_sources_;
  std::unique_ptr<Documents> documents_;
};

}  // namespace audit
