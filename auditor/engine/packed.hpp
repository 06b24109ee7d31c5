#pragma once
// Built-in checks and profiles in the form that the build puts into the program.

#include <string>
#include <string_view>

#include "auditor/engine/written_profile.hpp"
#include "auditor/model/check.hpp"

namespace audit {

[[nodiscard]] std::string pack(const Check& check, const Binding& binding);
[[nodiscard]] std::string pack(const WrittenProfile& profile);

// Throw std::logic_error for what was not packed by the same build. A check refers to `bytes` for its binding.
[[nodiscard]] Check unpack_check(std::string_view bytes);
[[nodiscard]] Binding unpack_binding(const Check& check);
[[nodiscard]] WrittenProfile unpack_profile(std::string_view bytes);

}  // namespace audit
