#include "auditor/engine/homes.hpp"

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace audit {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> matches(const std::string& pattern) {
  glob_t found{};
  std::vector<std::string> paths;
  if (::glob(pattern.c_str(), GLOB_BRACE, nullptr, &found) == 0)
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  ::globfree(&found);
  std::set<std::string> seen;
  std::erase_if(paths, [&](const std::string& path) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    return error || !seen.insert(real.string()).second;
  });
  return paths;
}

std::string option_value(const Profile& profile, const std::string& option) {
  const auto dot = option.find('.');
  for (const auto& source : profile.sources()) {
    const auto value = source.spec.text.find(option.substr(std::min(dot, option.size() - 1) + 1));
    if (source.spec.name == option.substr(0, dot) && value != source.spec.text.end()) return value->second;
  }
  return "";
}

// What the profile's `each` option matches; nothing when it names one home or none.
std::vector<std::string> homes_of(const Profile& profile) {
  if (profile.each().empty()) return {};
  const std::string value = option_value(profile, profile.each());
  std::error_code ignored;
  if (value.find_first_of("*?[{") == std::string::npos || fs::exists(value, ignored)) return {};
  return matches(value);
}

}  // namespace

std::vector<Profile> open_homes(const ProfileRequest& request, const Catalog& catalog) {
  std::vector<Profile> homes;
  Profile profile = open_profile(request, catalog);
  const auto paths = homes_of(profile);
  if (paths.empty()) homes.push_back(std::move(profile));
  for (const auto& path : paths) {
    ProfileRequest home = request;
    home.set[profile.each()] = fs::absolute(path).string();
    if (paths.size() > 1) home.label = profile.name() + "@" + path;
    homes.push_back(open_profile(home, catalog));
  }
  return homes;
}

}  // namespace audit
