// Which profiles there are to audit: by name, by file, or because their stores are on this machine.

#include <filesystem>

#include "auditor/engine/config.hpp"
#include "auditor/engine/homes.hpp"
#include "auditor/engine/profile.hpp"
#include "auditor/engine/scan.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace fs = std::filesystem;

namespace {

Profile find_profile(const ProfileRequest& request, const Catalog& catalog) {
  if (catalog.profiles().contains(request.name)) {
    return {catalog.written_profile(request.name), request.set, request.directory, process_environment()};
  }
  if (is_profile_file(request.name)) {
    return {read_text_file(request.name), request.name, request.set, request.directory, process_environment()};
  }
  std::vector<std::string> known;
  for (const auto& [name, text] : catalog.profiles()) known.push_back(name);
  const std::string near = nearest(request.name, known);
  throw Error(ErrorKind::usage, "there is no profile '" + request.name + "'",
              near.empty() ? "`audit profiles` lists them; a file is named with its path or its .json"
                           : "did you mean " + near + "?");
}

}  // namespace

Profile open_profile(const ProfileRequest& request, const Catalog& catalog) {
  Profile profile = find_profile(request, catalog);
  if (!request.label.empty()) profile.set_name(request.label);
  return profile;
}

std::vector<Discovered> discover(const Catalog& catalog, const Cancellation& cancel) {
  std::vector<Discovered> found;
  for (const auto& [name, text] : catalog.profiles()) {
    const Profile profile = std::move(open_homes({name, {}, ""}, catalog).front().profile);
    for (const auto& config : profile.sources()) {
      const auto path = config.spec.text.find("path");
      const Adapter* adapter = catalog.adapter(config.spec.adapter);
      if (config.optional || path == config.spec.text.end() || path->second.empty() || adapter == nullptr) continue;
      const auto stores = adapter->source(config.spec, cancel)->list();
      std::error_code ignored;
      if (stores.empty() || !fs::exists(stores.front().location, ignored)) continue;
      found.push_back({name, config.spec.name, stores.front().location});
      break;
    }
  }
  return found;
}

}  // namespace audit
