#pragma once
// JSON under other words (auditor/sys/disguise.hpp).

#include <string>
#include <string_view>

#include "auditor/sys/disguise.hpp"

namespace audit {

// Begins as an object or a list does.
[[nodiscard]] bool looks_like_json(std::string_view text);

// Keys become names; strings are replaced as texts of their own, numbers where their key is not known. Everything between them stays as it is, whether it is JSON or not; words that
// are no value of JSON are names. Also for many documents, one a line.
[[nodiscard]] std::string disguise_json(const Disguise& disguise, std::string_view text);

}  // namespace audit
