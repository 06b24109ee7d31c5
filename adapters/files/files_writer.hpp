#pragma once
// A directory of files, locked as its application locks it, and changed so that every change can be taken back (auditor/model/writer.hpp).

#include <memory>
#include <string>

#include "auditor/model/store.hpp"

namespace audit {

// Takes the locks. `root` is the directory as it was configured. Throws Error(repair) and what Cancellation::check throws.
[[nodiscard]] std::unique_ptr<Writer> make_files_writer(const StoreInfo& store, const std::string& root, const WriteRequest& request,
                                                        const Cancellation& cancel);

}  // namespace audit
