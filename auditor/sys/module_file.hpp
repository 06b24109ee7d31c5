#pragma once
// Parts of the program that are loaded when they are needed.

#include <string>

namespace audit {

// Where the module of this name is: in its folder when the program is installed, beside the program or its folder in a build tree; "" when it is nowhere. (A run path
// would do, but the loader then looks there for every library of every start.)
[[nodiscard]] std::string module_file(const std::string& name);

}  // namespace audit
