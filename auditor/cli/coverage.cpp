#include "auditor/cli/coverage.hpp"

#include <algorithm>

#include "auditor/engine/bind.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace {

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool includes(const std::set<std::string>& columns, const std::set<std::string>& wanted) {
  return std::includes(columns.begin(), columns.end(), wanted.begin(), wanted.end());
}

// The columns that a profile's sources give by themselves. A source is made when it is first asked.
class Provided {
 public:
  Provided(const Profile& profile, const Catalog& catalog) : profile_(profile), catalog_(catalog) {}

  [[nodiscard]] std::vector<std::string> columns(const std::string& source, const std::string& table) {
    const auto [known, is_new] = sources_.try_emplace(source);
    if (is_new) known->second = make(source);
    return known->second == nullptr ? std::vector<std::string>() : known->second->provides(table);
  }

 private:
  // Nothing of an adapter whose library is not installed: of those the profile maps every column.
  [[nodiscard]] std::unique_ptr<Source> make(const std::string& name) const {
    for (const ProfileSource& source : profile_.sources()) {
      const Adapter* adapter = source.spec.name == name ? catalog_.adapter(source.spec.adapter) : nullptr;
      if (adapter == nullptr) continue;
      try {
        return adapter->source(source.spec, never_);
      } catch (const Error& error) {
        if (error.kind() != ErrorKind::config) throw;
      }
    }
    return nullptr;
  }

  const Profile& profile_;
  const Catalog& catalog_;
  Cancellation never_;
  std::map<std::string, std::unique_ptr<Source>> sources_;
};

// What one generation maps.
class Mapped {
 public:
  Mapped(const WrittenGeneration& written, const std::string& generation, Provided& provided) : provided_(provided) {
    for (const auto& [relation, parts] : written.relations) {
      for (const auto& variants : parts) {
        for (const WrittenPart& variant : variants) {
          if (variant.only.empty() || contains(variant.only, generation)) add(relation, variant.part);
        }
      }
    }
  }

  // True when one source has all these columns.
  [[nodiscard]] bool has(const std::string& relation, const std::set<std::string>& columns) {
    const auto found = relations_.find(relation);
    if (found == relations_.end()) return relation == "store";  // of every profile: which stores it has
    return std::any_of(found->second.begin(), found->second.end(), [&](auto& source) {
      if (includes(source.second.columns, columns)) return true;
      for (const std::string& table : source.second.tables) {
        for (const std::string& column : provided_.columns(source.first, table)) source.second.columns.insert(column);
      }
      return includes(source.second.columns, columns);
    });
  }

 private:
  struct Of {
    std::set<std::string> columns;  // of whichever variant
    std::set<std::string> tables;
  };

  void add(const std::string& relation, const RelationPart& part) {
    Of& of = relations_[relation][part.source];
    const std::vector<std::string> columns = part_columns(part);
    of.columns.insert(columns.begin(), columns.end());
    of.tables.insert(part.table);
  }

  Provided& provided_;
  std::map<std::string, std::map<std::string, Of>> relations_;  // by name and source
};

bool applies(const BoundCheck& bound, Mapped& mapped) {
  if (!bound.not_applicable.empty()) return false;
  return std::all_of(bound.reads.begin(), bound.reads.end(), [&](const auto& read) {
    return contains(bound.check->optional_relations, read.first) || mapped.has(read.first, read.second);
  });
}

WrittenProfile as_written(const std::string& name, const Catalog& catalog) {
  if (catalog.profiles().contains(name)) return catalog.written_profile(name);
  return read_profile(read_text_file(name), name);
}

}  // namespace

std::set<std::string> applicable_checks(const ProfileRequest& request, const Catalog& catalog) {
  const Profile profile = open_profile(request, catalog);
  const WrittenProfile written = as_written(request.name, catalog);
  std::vector<std::string> generations;
  for (const Generation& generation : written.generations) generations.push_back(generation.name);
  if (generations.empty()) generations.emplace_back();
  Provided provided(profile, catalog);
  Binder binder(written.shape);
  std::set<std::string> applicable;
  for (const std::string& generation : generations) {
    const WrittenGeneration& of = written.by_generation.at(generation);
    Mapped mapped(of, generation, provided);
    for (const Check& check : catalog.checks()) {
      if (!applicable.contains(check.id) && applies(binder.bind(check, of.traits), mapped)) applicable.insert(check.id);
    }
  }
  return applicable;
}

std::map<std::string, std::vector<std::string>> covered_profiles(const Catalog& catalog) {
  std::map<std::string, std::vector<std::string>> covered;
  for (const Check& check : catalog.checks()) covered[check.id];
  for (const auto& [name, text] : catalog.profiles()) {
    for (const std::string& id : applicable_checks({name, {}, ""}, catalog)) covered[id].push_back(name);
  }
  return covered;
}

}  // namespace audit
