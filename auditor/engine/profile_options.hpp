#pragma once
// The options of a profile's sources: --set, ${ENV} and ~/.

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "auditor/engine/profile.hpp"

namespace audit {

// Replaces options ("source.option" → value) of a profile's sources. Throws Error(usage) for a source that is not there.
void apply_options(std::vector<ProfileSource>& sources, const std::map<std::string, std::string>& set, const std::string& directory,
                   const std::string& profile);

// One source's options as they are written.
[[nodiscard]] SourceSpec source_spec(const nlohmann::ordered_json& options, const std::string& profile, const std::string& name,
                                     const std::string& file);

// Fills the environment into all options, and "${SOURCE.OPTION}" by that option of another source.
void expand_options(std::vector<ProfileSource>& sources, const Environment& environment);

// "${NAME}" and "${NAME:-default}" replaced, then a leading "~/" by the home directory. A name that is not set and has no default is empty.
[[nodiscard]] std::string expand_text(const std::string& text, const Environment& environment);

}  // namespace audit
