#pragma once
// The one question before something is changed.

#include "auditor/cli/command.hpp"

namespace audit {

// True when the user agrees. Throws Error(usage) when there is nobody to ask. `risky`: the answer is the number itself.
[[nodiscard]] bool confirm(Invocation& invocation, const std::string& question, std::int64_t number, bool risky);

}  // namespace audit
