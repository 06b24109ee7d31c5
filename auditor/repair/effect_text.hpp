#pragma once
// Changes as JSON text: one line of the journal each (docs/journal.md).

#include <string>
#include <string_view>

#include "auditor/model/change.hpp"

namespace audit {

// A JSON string, quotes included. What is not UTF-8 is the caller's to avoid.
void append_json_text(std::string& out, std::string_view text);
// null, a number, "text", {"r": "hex float"}, {"t": "base64 of text that is not UTF-8"}, {"b": "base64 of a blob"}: every value comes back exactly.
void append_json_value(std::string& out, const Value& value);
// {"op":…,"relation":…,"table":…,"key":{…},"row":{…},"before":{…},"after":{…},…}. Profile, source and location are the store's and not repeated.
void append_effect(std::string& out, const Change& effect);

// The way back. Throws Error(repair) for text that is not an effect.
[[nodiscard]] Change effect_from(std::string_view json);

}  // namespace audit
