#pragma once
// What `audit record` must know of a profile: which words mean something, and which columns hold what.

#include <map>
#include <set>
#include <string>

#include "auditor/engine/catalog.hpp"
#include "auditor/model/mapping.hpp"
#include "auditor/model/record.hpp"
#include "auditor/sys/disguise.hpp"

namespace audit {

// The words of a profile's text and of the texts that checks compare with. Of where its stores are only the names of files count.
void know_profile(Disguise& disguise, std::string_view text, const std::string& file, const Catalog& catalog);

// Fills in the columns of an order from its relations. `paths` are those that a source of paths asks for ("workspace.path").
void describe_columns(RecordOrder& order, const std::set<std::string>& paths);

}  // namespace audit
