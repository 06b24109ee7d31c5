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

}  // namespace

std::vector<ProfileRequest> each_home(const ProfileRequest& request, const Catalog& catalog) {
  const Profile profile = open_profile(request, catalog);
  if (profile.each().empty()) return {request};
  const std::string value = option_value(profile, profile.each());
  std::error_code ignored;
  if (value.find_first_of("*?[{") == std::string::npos || fs::exists(value, ignored)) return {request};
  const auto paths = matches(value);
  std::vector<ProfileRequest> requests;
  for (const auto& path : paths) {
    requests.push_back(request);
    requests.back().set[profile.each()] = fs::absolute(path).string();
    if (paths.size() > 1) requests.back().label = profile.name() + "@" + path;
  }
  return requests.empty() ? std::vector{request} : requests;
}

}  // namespace audit
