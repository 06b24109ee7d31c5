#include "auditor/cli/coverage.hpp"

#include "auditor/engine/bind.hpp"
#include "auditor/engine/profile.hpp"

namespace audit {

namespace {

std::vector<std::string> generation_names(const Profile& profile) {
  std::vector<std::string> names;
  for (const Generation& generation : profile.generations()) names.push_back(generation.name);
  if (names.empty()) names.emplace_back();
  return names;
}

}  // namespace

std::map<std::string, std::vector<std::string>> covered_profiles(const Catalog& catalog) {
  std::map<std::string, std::vector<std::string>> covered;
  for (const Check& check : catalog.checks()) covered[check.id];
  for (const auto& [name, text] : catalog.profiles()) {
    const Profile profile(catalog.written_profile(name), {}, "", process_environment());
    Binder binder(profile.shape());
    for (const Check& check : catalog.checks()) {
      for (const std::string& generation : generation_names(profile)) {
        if (!binder.bind(check, profile.traits(generation)).not_applicable.empty()) continue;
        covered[check.id].push_back(name);
        break;
      }
    }
  }
  return covered;
}

}  // namespace audit
