#pragma once
// What there is to say about the relations that checks read.

#include <iosfwd>
#include <string>

#include "auditor/engine/catalog.hpp"

namespace audit {

// All of them, one a line; or one with its columns and who maps it. False when there is none of that name ("relations" is all).
[[nodiscard]] bool explain_relation(std::ostream& out, const std::string& name, const Catalog& catalog, int width);

}  // namespace audit
