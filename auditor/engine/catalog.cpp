#include "auditor/engine/catalog.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "auditor/engine/check_loader.hpp"
#include "auditor/engine/packed.hpp"
#include "auditor/model/error.hpp"

namespace audit {

namespace fs = std::filesystem;

namespace {

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw Error(ErrorKind::config, "cannot read " + path.string(), "check its permissions");
  return text.str();
}

bool by_id(const Check& a, const Check& b) { return a.id < b.id; }

}  // namespace

void Catalog::add_embedded(const std::vector<EmbeddedFile>& files) {
  for (const auto& file : files) {
    if (file.path.ends_with(".json")) {
      const std::string name = fs::path(file.path).stem().string();
      profiles_[name] = file.text;
      if (!file.packed.empty()) packed_profiles_[name] = file.packed;
    } else if (!file.packed.empty()) {
      packed_checks_.push_back(file.packed);
    } else {
      const fs::path path(file.path);
      checks_.push_back(parse_check(file.text, path.string(), path.parent_path().filename().string()));
    }
  }
  std::sort(checks_.begin(), checks_.end(), by_id);
}

void Catalog::unpack() const {
  const std::lock_guard lock(unpacking_);
  if (packed_checks_.empty()) return;
  checks_.reserve(checks_.size() + packed_checks_.size());
  for (const auto& packed : packed_checks_) checks_.push_back(unpack_check(packed));
  packed_checks_.clear();
  std::sort(checks_.begin(), checks_.end(), by_id);
}

const std::vector<Check>& Catalog::checks() const {
  unpack();
  return checks_;
}

WrittenProfile Catalog::written_profile(const std::string& name) const {
  const auto packed = packed_profiles_.find(name);
  return packed != packed_profiles_.end() ? unpack_profile(packed->second) : read_profile(profiles_.at(name), name);
}

void Catalog::add_checks_directory(const std::string& directory) {
  unpack();
  std::error_code error;
  fs::recursive_directory_iterator walk(directory, error);
  if (error) throw Error(ErrorKind::config, "cannot read the checks in " + directory + ": " + error.message(), "name a directory of check files (*.sql) with --checks DIR");
  std::vector<fs::path> paths;
  for (const auto& item : walk) {
    if (item.path().extension() == ".sql" && item.is_regular_file()) paths.push_back(item.path());
  }
  if (paths.empty()) throw Error(ErrorKind::config, "there is no .sql file below " + directory, "a check is a file CHECK.sql");
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> added;
  for (const auto& path : paths) {
    Check loaded = parse_check(read_text(path), path.string(), "custom");
    if (const Check* other = check(loaded.id)) {
      throw Error(ErrorKind::config, path.string() + ": there is a check \"" + loaded.id + "\" already (" + other->file + ")",
                  "give it another id");
    }
    added.push_back(loaded.id);
    checks_.push_back(std::move(loaded));
    std::sort(checks_.begin(), checks_.end(), by_id);
  }
  for (const auto& id : added) {
    for (const auto& other : check(id)->supersedes) {
      if (check(other) == nullptr) {
        throw Error(ErrorKind::config, check(id)->file + ": supersedes \"" + other + "\", and there is no such check", "audit checks lists them");
      }
    }
  }
}

void Catalog::add_adapter(std::unique_ptr<Adapter> adapter) { adapters_.push_back(std::move(adapter)); }

const Check* Catalog::check(std::string_view id) const {
  const auto& all = checks();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Check& check) { return check.id == id; });
  return found == all.end() ? nullptr : &*found;
}

const Adapter* Catalog::adapter(std::string_view name) const {
  for (const auto& adapter : adapters_) {
    if (name == adapter->name()) return adapter.get();
  }
  return nullptr;
}

std::vector<std::string> Catalog::adapter_names() const {
  std::vector<std::string> names;
  for (const auto& adapter : adapters_) names.emplace_back(adapter->name());
  return names;
}

}  // namespace audit
