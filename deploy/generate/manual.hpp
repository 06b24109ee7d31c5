#pragma once
// The pages and completions that are made out of what the program itself knows, so that they are never stale.

#include <iosfwd>
#include <string>
#include <string_view>

#include "auditor/engine/catalog.hpp"

namespace audit {

// Manual pages in roff.
void write_command_page(const std::string& version, std::ostream& out);  // audit(1)
void write_config_page(std::string_view schema, const std::string& version,
                       std::ostream& out);  // audit-config(5), of the JSON Schema
void write_checks_page(const Catalog& catalog, const std::string& version, std::ostream& out);  // audit-checks(7)

void write_bash_completion(const Catalog& catalog, std::ostream& out);
void write_zsh_completion(const Catalog& catalog, std::ostream& out);
void write_fish_completion(const Catalog& catalog, std::ostream& out);

}  // namespace audit
