#pragma once
// Adapter `files`: a directory tree that holds registries, transcripts, locks and other files. What lies where is said
// by the profile alone.

#include <memory>

#include "auditor/model/store.hpp"

namespace audit {

[[nodiscard]] std::unique_ptr<Adapter> make_files_adapter();

}  // namespace audit
