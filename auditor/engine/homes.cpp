#include "auditor/engine/homes.hpp"

#include "auditor/engine/config.hpp"

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

// A connection string may carry a password: such an option has to be given again.
bool may_be_secret(const std::string& value) {
  const auto scheme = value.find("://");
  if (scheme != std::string::npos && value.find('@', scheme) != std::string::npos) return true;
  return value.find("password") != std::string::npos;
}

std::string absolute(const std::string& value, const std::string& directory) {
  if (value.empty() || value.front() == '/' || value.front() == '~') return value;
  return (directory.empty() ? fs::absolute(value) : fs::absolute(fs::path(directory) / value)).lexically_normal().string();
}

ProfileOrigin origin_of(const ProfileRequest& request) {
  ProfileOrigin origin;
  origin.name = is_profile_file(request.name) ? absolute(request.name, "") : request.name;
  origin.label = request.label;
  for (const auto& [option, value] : request.set) {
    if (may_be_secret(value)) continue;
    const bool path = option.ends_with(".path") || option.ends_with(".snapshot");
    origin.set[option] = path ? absolute(value, request.directory) : value;
  }
  return origin;
}

}  // namespace

std::vector<Home> open_homes(const ProfileRequest& request, const Catalog& catalog) {
  std::vector<Home> homes;
  Profile profile = open_profile(request, catalog);
  const auto paths = homes_of(profile);
  if (paths.empty()) homes.push_back({std::move(profile), origin_of(request)});
  for (const auto& path : paths) {
    ProfileRequest home = request;
    home.set[profile.each()] = fs::absolute(path).string();
    if (paths.size() > 1) home.label = profile.name() + "@" + path;
    homes.push_back({open_profile(home, catalog), origin_of(home)});
  }
  return homes;
}

}  // namespace audit
