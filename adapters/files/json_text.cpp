#include "adapters/files/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "auditor/model/error.hpp"
#include "auditor/model/utf8.hpp"

namespace audit {
namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// The code unit of "\uXXXX" at the start of `text`, or -1.
int code_unit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u' || !std::all_of(text.begin() + 2, text.begin() + 6, is_hex))
    return -1;
  int unit = 0;
  std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  return unit;
}

class Harmless {
 public:
  explicit Harmless(std::string_view json) : json_(json) { out_.reserve(json.size() + 16); }

  std::string run() {
    while (at_ < json_.size()) {
      const char c = json_[at_];
      if (c == '"') {
        string();
      } else if (c == '-' || (c >= '0' && c <= '9')) {
        number();
      } else {
        out_ += c;
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  void string() {
    out_ += json_[at_++];
    while (at_ < json_.size() && json_[at_] != '"') {
      if (json_[at_] == '\\') {
        escape();
        continue;
      }
      const std::size_t length = utf8_length(json_.substr(at_));
      out_ += length == 0 ? "?" : json_.substr(at_, length);
      at_ += std::max<std::size_t>(length, 1);
    }
    if (at_ < json_.size()) out_ += json_[at_++];
  }

  void escape() {
    const int unit = code_unit(json_.substr(at_));
    std::size_t length = unit < 0 ? 2 : 6;
    bool lone = unit >= 0xD800 && unit <= 0xDFFF;
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      const int second = code_unit(json_.substr(std::min(at_ + 6, json_.size())));
      if (second >= 0xDC00 && second <= 0xDFFF) {
        lone = false;
        length = 12;
      }
    }
    length = std::min(length, json_.size() - at_);
    out_ += lone ? "\\ufffd" : json_.substr(at_, length);
    at_ += length;
  }

  // A number that JSON allows and 64 bits or a double may not hold becomes one that fits.
  void number() {
    std::size_t end = at_;
    while (end < json_.size() && std::string_view("+-.eE0123456789").find(json_[end]) != std::string_view::npos) ++end;
    const std::string_view text = json_.substr(at_, end - at_);
    const std::size_t digits = text.find_first_of("eE.");
    const bool long_one = std::min(digits, text.size()) > 18 || text.find_first_of("eE") != std::string_view::npos;
    if (long_one && grammatical(text)) {
      out_ += "1e18";
    } else {
      out_ += text;
    }
    at_ = end;
  }

  static bool grammatical(std::string_view text) {
    std::size_t i = 0;
    const auto digits = [&] {
      const std::size_t from = i;
      while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
      return i > from;
    };
    if (i < text.size() && text[i] == '-') ++i;
    const bool zero = i < text.size() && text[i] == '0';
    const std::size_t whole = i;
    if (!digits() || (zero && i > whole + 1)) return false;
    if (i < text.size() && text[i] == '.' && (++i, !digits())) return false;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
      ++i;
      if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
      if (!digits()) return false;
    }
    return i == text.size();
  }

  std::string_view json_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::vector<std::string> pointer_steps(std::string_view pointer) {
  std::vector<std::string> steps;
  if (pointer.empty()) return steps;
  if (pointer.front() != '/')
    throw Error(ErrorKind::config, "'" + std::string(pointer) + "' is no JSON pointer", "write it as /a/b");
  for (std::size_t at = 1; at <= pointer.size();) {
    const std::size_t slash = std::min(pointer.find('/', at), pointer.size());
    std::string step;
    for (std::size_t i = at; i < slash; ++i) {
      if (pointer[i] == '~' && i + 1 < slash) {
        step += pointer[++i] == '1' ? '/' : '~';
      } else {
        step += pointer[i];
      }
    }
    steps.push_back(std::move(step));
    at = slash + 1;
  }
  return steps;
}

bool find_json(const JsonElement& from, const std::vector<std::string>& steps, JsonElement& found) {
  found = from;
  for (const auto& step : steps) {
    simdjson::error_code error = simdjson::NO_SUCH_FIELD;
    if (found.is_object()) {
      // The last of several members with one name is the one that counts.
      JsonElement last;
      for (const auto field : simdjson::dom::object(found)) {
        if (field.key == step) {
          last = field.value;
          error = simdjson::SUCCESS;
        }
      }
      if (error == simdjson::SUCCESS) found = last;
    } else if (found.is_array()) {
      std::size_t index = 0;
      const auto [end, bad] = std::from_chars(step.data(), step.data() + step.size(), index);
      if (bad == std::errc() && end == step.data() + step.size())
        error = simdjson::dom::array(found).at(index).get(found);
    }
    if (error != simdjson::SUCCESS) return false;
  }
  return true;
}

Value json_to_value(const JsonElement& element) {
  switch (element.type()) {
    case simdjson::dom::element_type::STRING:
      return std::string(std::string_view(element));
    case simdjson::dom::element_type::INT64:
      return std::int64_t(element);
    case simdjson::dom::element_type::UINT64:
      return static_cast<double>(std::uint64_t(element));
    case simdjson::dom::element_type::DOUBLE:
      return double(element);
    case simdjson::dom::element_type::BOOL:
      return static_cast<std::int64_t>(bool(element) ? 1 : 0);
    case simdjson::dom::element_type::NULL_VALUE:
      return {};
    default:
      return std::string(simdjson::minify(element));
  }
}

std::string harmless_json(std::string_view json) { return Harmless(json).run(); }

std::string json_mistake(std::string_view json) {
  try {
    const auto ignored = nlohmann::json::parse(json, nullptr, true);
    return "";
  } catch (const nlohmann::json::parse_error& error) {
    const std::size_t byte = std::min(error.byte == 0 ? 0 : error.byte - 1, json.size());
    const auto line = 1 + std::count(json.begin(), json.begin() + static_cast<std::ptrdiff_t>(byte), '\n');
    const auto start = json.substr(0, byte).rfind('\n');
    const auto column = byte - (start == std::string_view::npos ? 0 : start + 1) + 1;
    std::string what = error.what();
    for (const char* mark : {"syntax error ", "column "}) {
      const auto at = what.find(mark);
      if (at == std::string::npos) continue;
      what = what.substr(at + std::string_view(mark).size());
      if (mark == std::string_view("column ")) what = what.substr(std::min(what.find(": "), what.size() - 2) + 2);
      break;
    }
    return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + what;
  } catch (const nlohmann::json::exception& error) {
    return error.what();
  }
}

}  // namespace audit
