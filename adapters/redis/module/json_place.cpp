#include "adapters/redis/module/json_place.hpp"

#include <charconv>

#include "auditor/model/error.hpp"

namespace audit::redis {
namespace {

// The length of the UTF-8 sequence that begins here; 0 when none does.
std::size_t sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : '\0'); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first >= 0xC2 && first < 0xE0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool surrogate = (first == 0xED && byte(1) >= 0xA0) || (first == 0xF4 && byte(1) >= 0x90);
  return overlong || surrogate ? 0 : length;
}

// "\ud83d": an escape of half a character, whole or not.
bool is_surrogate_escape(std::string_view text) {
  return text.size() >= 6 && text[0] == '\\' && text[1] == 'u' && (text[2] | 0x20) == 'd' &&
         std::string_view("89abcdefABCDEF").find(text[3]) != std::string_view::npos;
}

std::string harmless(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    if (is_surrogate_escape(text.substr(i))) {
      plain += "\\ufffd";
      i += 6;
    } else if (text[i] == '\\' && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0x80) {
      plain += text.substr(i, 2);
      i += 2;
    } else if (const std::size_t length = sequence(text.substr(i)); length > 0) {
      plain += text.substr(i, length);
      i += length;
    } else {
      plain += '?';
      ++i;
    }
  }
  return plain;
}

}  // namespace

JsonSteps json_steps(std::string_view pointer) {
  JsonSteps steps;
  if (!pointer.starts_with('/')) throw Error(ErrorKind::config, "\"" + std::string(pointer) + "\" is no JSON pointer", "write it as /status");
  for (std::size_t at = 1; at <= pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', at), pointer.size());
    std::string step(pointer.substr(at, end - at));
    for (auto tilde = step.find('~'); tilde != std::string::npos; tilde = step.find('~', tilde + 1)) {
      const bool slash = tilde + 1 < step.size() && step[tilde + 1] == '1';
      step.replace(tilde, 2, slash ? "/" : "~");
    }
    steps.push_back(std::move(step));
    at = end + 1;
  }
  return steps;
}

bool find_json(const JsonElement& from, const JsonSteps& steps, JsonElement& found) {
  found = from;
  for (const auto& step : steps) {
    simdjson::dom::object object;
    simdjson::dom::array list;
    if (found.get(object) == simdjson::SUCCESS) {
      if (object.at_key(step).get(found) != simdjson::SUCCESS) return false;
    } else if (found.get(list) == simdjson::SUCCESS) {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
      if (error != std::errc() || end != step.data() + step.size() || list.at(index).get(found) != simdjson::SUCCESS) return false;
    } else {
      return false;
    }
  }
  return true;
}

Value json_value(const JsonElement& element) {
  switch (element.type()) {
    case simdjson::dom::element_type::STRING: return std::string(element.get_string().value_unsafe());
    case simdjson::dom::element_type::INT64: return element.get_int64().value_unsafe();
    case simdjson::dom::element_type::BOOL: return std::int64_t{element.get_bool().value_unsafe() ? 1 : 0};
    case simdjson::dom::element_type::UINT64:
    case simdjson::dom::element_type::DOUBLE: return element.get_double().value_unsafe();
    case simdjson::dom::element_type::NULL_VALUE: return Value{};
    default: return simdjson::minify(element);
  }
}

bool JsonReader::parse(std::string_view text, JsonElement& root) {
  if (parser_.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS) return true;
  const std::string plain = harmless(text);
  return parser_.parse(plain).get(root) == simdjson::SUCCESS;
}

}  // namespace audit::redis
