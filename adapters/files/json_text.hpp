#pragma once
// JSON as applications leave it: parsed by simdjson, with a second look at what only a stricter parser refuses.

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/value.hpp"

namespace audit {

using JsonElement = simdjson::dom::element;

// The steps of a JSON pointer. "*" stands for every member. Throws Error(config) for what does not begin with '/'; ""
// has no steps.
[[nodiscard]] std::vector<std::string> pointer_steps(std::string_view pointer);

// What is at that place; nothing when it is not there. `steps` has no "*".
[[nodiscard]] bool find_json(const JsonElement& from, const std::vector<std::string>& steps, JsonElement& found);

// Calls `each` for all places that the steps lead to; it returns false to stop.
template <typename Each>
bool each_json(const JsonElement& from, const std::vector<std::string>& steps, std::size_t step, const Each& each) {
  if (step == steps.size()) return each(from);
  if (steps[step] == "*") {
    if (from.is_object()) {
      for (const auto field : simdjson::dom::object(from)) {
        if (!each_json(field.value, steps, step + 1, each)) return false;
      }
    } else if (from.is_array()) {
      for (const auto item : simdjson::dom::array(from)) {
        if (!each_json(item, steps, step + 1, each)) return false;
      }
    }
    return true;
  }
  JsonElement next;
  return !find_json(from, {steps[step]}, next) || each_json(next, steps, step + 1, each);
}

// A scalar as itself (true and false as 1 and 0), an object or list as its JSON text.
[[nodiscard]] Value json_to_value(const JsonElement& element);

// The text again, with what JavaScript's parser takes and a strict one does not made harmless: bytes that are not
// UTF-8, halves of surrogate pairs, numbers that are too large.
[[nodiscard]] std::string harmless_json(std::string_view json);

// "line 3, column 14: ..." for a text that is not JSON; "" when it is.
[[nodiscard]] std::string json_mistake(std::string_view json);

}  // namespace audit
