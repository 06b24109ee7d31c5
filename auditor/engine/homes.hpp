#pragma once
// An application may keep several homes on one machine; each is audited by itself.

#include <vector>

#include "auditor/engine/catalog.hpp"
#include "auditor/engine/scan.hpp"
#include "auditor/model/scan_result.hpp"

namespace audit {

struct Home {
  Profile profile;
  ProfileOrigin origin;
};

// The profile once for every directory or file that its `each` option matches (`*`, `?`, `[]`, `{a,b}`), in a stable
// order, each real one once; the profile itself where nothing or nothing more than it is meant. Never empty. Throws what
// open_profile throws.
[[nodiscard]] std::vector<Home> open_homes(const ProfileRequest& request, const Catalog& catalog);

}  // namespace audit
