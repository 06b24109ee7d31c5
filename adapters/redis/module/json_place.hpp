#pragma once
// JSON values as JavaScript applications leave them in Redis.

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/value.hpp"

namespace audit::redis {

using JsonElement = simdjson::dom::element;
using JsonSteps = std::vector<std::string>;

// The steps of a JSON pointer. Throws Error(config) for what does not begin with '/'.
[[nodiscard]] JsonSteps json_steps(std::string_view pointer);

[[nodiscard]] bool find_json(const JsonElement& from, const JsonSteps& steps, JsonElement& found);

// A scalar as itself (true and false as 1 and 0), an object or list as its JSON text.
[[nodiscard]] Value json_value(const JsonElement& element);

// Reads one document at a time; what it found is valid until the next one.
class JsonReader {
 public:
  // False for what is not JSON. Halves of surrogate pairs and bytes that are not UTF-8 are let pass, as the application does.
  [[nodiscard]] bool parse(std::string_view text, JsonElement& root);

 private:
  simdjson::dom::parser parser_;
};

}  // namespace audit::redis
