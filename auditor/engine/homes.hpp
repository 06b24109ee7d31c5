#pragma once
// An application may keep several homes on one machine; each is audited by itself.

#include <vector>

#include "auditor/engine/catalog.hpp"
#include "auditor/engine/scan.hpp"

namespace audit {

// The request once for every directory or file that its profile's `each` option matches (`*`, `?`, `[]`, `{a,b}`), in a
// stable order, each real one once; the request itself where nothing or nothing more than it is meant. Throws what
// open_profile throws.
[[nodiscard]] std::vector<ProfileRequest> each_home(const ProfileRequest& request, const Catalog& catalog);

}  // namespace audit
