#include "auditor/engine/profile_options.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"

namespace audit {

using Json = nlohmann::ordered_json;

namespace {

bool is_path_option(const std::string& option) { return option == "path" || option == "snapshot"; }

// Position of the brace that closes the "${" at `open`.
std::size_t closing_brace(const std::string& text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i;
  }
  return std::string::npos;
}

constexpr const char* kWild = "*?[";

// Whether a text is a pattern by what it says itself, outside of "${…}".
bool is_pattern(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto close = text.compare(i, 2, "${") == 0 ? closing_brace(text, i) : std::string::npos;
    if (close != std::string::npos) {
      i = close;
    } else if (std::string_view(kWild).find(text[i]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// The place that another option names, as part of a pattern: what its name has of a pattern's characters stands for itself.
std::string within_pattern(const std::string& place) {
  std::error_code ignored;
  if (place.find_first_of("*?[\\") == std::string::npos || !std::filesystem::exists(place, ignored)) return place;
  std::string text;
  for (const char c : place) {
    if (c == '\\' || std::string_view(kWild).find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  return text;
}

std::string option_text(const Json& value, const std::string& where) {
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  return to_text(json_value(value, where));
}

// Three keys of a source are not options of its adapter.
void set_option(ProfileSource& source, const std::string& option, const std::string& value, const std::string& where) {
  if (option == "adapter") {
    source.spec.adapter = value;
  } else if (option == "needed_when") {
    source.needed_when = value;
  } else if (option == "optional") {
    if (value != "true" && value != "false") throw Error(ErrorKind::usage, where + ": must be true or false");
    source.optional = value == "true";
  } else {
    source.spec.lists.erase(option);
    source.spec.objects.erase(option);
    source.spec.text[option] = value;
  }
}

}  // namespace

void apply_options(std::vector<ProfileSource>& sources, const std::map<std::string, std::string>& set, const std::string& directory,
                   const std::string& profile) {
  for (const auto& [name, value] : set) {
    const auto dot = name.find('.');
    const std::string source = name.substr(0, dot);
    if (dot == std::string::npos || dot + 1 == name.size()) {
      throw Error(ErrorKind::usage, "--set " + name + ": write it as SOURCE.OPTION=VALUE");
    }
    const auto found = std::find_if(sources.begin(), sources.end(), [&](const ProfileSource& one) { return one.spec.name == source; });
    if (found == sources.end()) {
      std::vector<std::string> known;
      for (const auto& one : sources) known.push_back(one.spec.name);
      const std::string near = nearest(source, known);
      throw Error(ErrorKind::usage, "--set " + name + ": profile " + profile + " has no source '" + source + "'",
                  near.empty() ? "audit profiles show " + profile + " lists them" : "did you mean " + near + name.substr(dot) + "?");
    }
    const std::string option = name.substr(dot + 1);
    const bool relative = is_path_option(option) && !directory.empty() && !value.empty() && value[0] != '/' && value[0] != '~' && !value.starts_with("${");
    set_option(*found, option, relative ? directory + "/" + value : value, "--set " + name);
  }
}

SourceSpec source_spec(const Json& options, const std::string& profile, const std::string& name,
                       const std::string& file) {
  const std::string where = file + ": sources." + name;
  SourceSpec spec;
  spec.profile = profile;
  spec.name = name;
  spec.adapter = ObjectReader(options, where).text("adapter");
  for (const auto& [key, value] : options.items()) {
    if (key == "adapter" || key == "optional" || key == "needed_when") continue;
    if (value.is_array()) {
      auto& list = spec.lists[key];
      for (const auto& item : value) list.push_back(option_text(item, where + "." + key));
    } else if (value.is_object()) {
      auto& object = spec.objects[key];
      for (const auto& [inner, text] : value.items()) object[inner] = option_text(text, where + "." + key);
    } else {
      spec.text[key] = option_text(value, where + "." + key);
    }
  }
  return spec;
}

void expand_options(std::vector<ProfileSource>& sources, const Environment& environment) {
  const std::vector<ProfileSource> written = sources;
  const Environment within = [&](const std::string& name) -> std::optional<std::string> {
    const auto dot = name.find('.');
    const auto source = std::find_if(written.begin(), written.end(),
                                     [&](const ProfileSource& one) { return dot != std::string::npos && one.spec.name == name.substr(0, dot); });
    if (source == written.end()) return environment(name);
    const auto option = source->spec.text.find(name.substr(dot + 1));
    if (option == source->spec.text.end()) return std::nullopt;
    return expand_text(option->second, environment);
  };
  const Environment in_pattern = [&](const std::string& name) -> std::optional<std::string> {
    const auto value = within(name);
    return value && name.find('.') != std::string::npos ? within_pattern(*value) : value;
  };
  for (auto& source : sources) {
    for (auto& [option, text] : source.spec.text) text = expand_text(text, is_path_option(option) && is_pattern(text) ? in_pattern : within);
    for (auto& [option, list] : source.spec.lists) {
      for (auto& text : list) text = expand_text(text, within);
    }
  }
}

std::string expand_text(const std::string& text, const Environment& environment) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto close = text.compare(i, 2, "${") == 0 ? closing_brace(text, i) : std::string::npos;
    if (close == std::string::npos) {
      result += text[i++];
      continue;
    }
    const std::string inside = text.substr(i + 2, close - i - 2);
    const auto mark = inside.find(":-");
    const auto value = environment(inside.substr(0, mark));
    if (value.has_value() && !value->empty()) {
      result += *value;
    } else if (mark != std::string::npos) {
      result += expand_text(inside.substr(mark + 2), environment);
    }
    i = close + 1;
  }
  if (result.starts_with("~/")) result = environment("HOME").value_or("") + result.substr(1);
  return result;
}

}  // namespace audit
