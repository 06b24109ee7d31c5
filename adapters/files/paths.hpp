#pragma once
// Files and directories that other stores name, as a source: relation `file`, a row for every path that it was told.
//
// kind says what a path leads to, symbolic links followed: file, directory, other; `symlink` for a link that leads
// nowhere; `missing` when there is nothing of that name; `unknown` when it cannot be told (no permission, a relative
// path), with a defect that says why. Nothing is opened.

#include <memory>

#include "auditor/model/store.hpp"

namespace audit {

[[nodiscard]] std::unique_ptr<Adapter> make_paths_adapter();

}  // namespace audit
