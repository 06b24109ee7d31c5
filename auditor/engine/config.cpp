#include "auditor/engine/config.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "auditor/engine/json_document.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace fs = std::filesystem;

namespace {

// `path` as seen from the directory of the configuration file.
std::string from_directory(const std::string& directory, const std::string& path) {
  if (directory.empty() || path.empty() || path.front() == '/') return path;
  return (fs::path(directory) / path).lexically_normal().string();
}

class ConfigReader {
 public:
  ConfigReader(const JsonDocument& document, const Catalog& catalog)
      : document_(document), catalog_(catalog), directory_(fs::path(document.file()).parent_path().string()) {}

  Config read() {
    document_.allow({}, {"profiles", "checks", "exclude", "grace", "jobs", "fail_on", "baseline"});
    Config config;
    read_profiles(config);
    for (const std::string& id : document_.keys({"checks"})) config.checks[id] = check(id);
    config.exclude = document_.texts({"exclude"});
    if (document_.has({"grace"})) config.grace = document_.duration({"grace"});
    if (document_.has({"jobs"})) config.jobs = static_cast<int>(document_.integer({"jobs"}, 1, 256));
    if (document_.has({"fail_on"})) {
      config.fail_on = fail_on_from(document_.text({"fail_on"}));
      if (!config.fail_on) document_.fail({"fail_on"}, "\"fail_on\" must be error, warning, note or never");
    }
    if (document_.has({"baseline"})) config.baseline = from_directory(directory_, document_.text({"baseline"}));
    return config;
  }

 private:
  void read_profiles(Config& config) const {
    const auto* list = document_.find({"profiles"});
    if (list == nullptr) return;
    if (!list->is_array()) document_.fail({"profiles"}, "\"profiles\" must be a list");
    for (std::size_t i = 0; i < list->size(); ++i) {
      config.profiles.push_back(profile({"profiles", std::to_string(i)}));
    }
  }

  [[nodiscard]] ProfileRequest profile(const JsonPath& place) const {
    ProfileRequest request;
    request.directory = directory_;
    JsonPath name = place;
    if (document_.find(place)->is_object()) {
      document_.allow(place, {"profile", "set"});
      name = place / "profile";
      for (const std::string& option : document_.keys(place / "set")) {
        request.set[option] = option_value(place / "set" / option);
      }
    } else if (!document_.find(place)->is_string()) {
      document_.fail(place, "a profile is a name or an object with \"profile\" and \"set\"");
    }
    request.name = document_.text(name);
    if (is_profile_file(request.name)) {
      request.name = from_directory(directory_, request.name);
    } else if (!catalog_.profiles().contains(request.name)) {
      std::vector<std::string> known;
      for (const auto& [built_in, text] : catalog_.profiles()) known.push_back(built_in);
      const std::string near = nearest(request.name, known);
      document_.fail(
          name, "there is no profile '" + request.name + "'",
          near.empty() ? "`audit profiles` lists them; a file is named with its path" : "did you mean " + near + "?");
    }
    return request;
  }

  [[nodiscard]] std::string option_value(const JsonPath& place) const {
    const auto* value = document_.find(place);
    if (value->is_boolean()) return value->get<bool>() ? "true" : "false";
    if (value->is_structured())
      document_.fail(place, "\"" + place.back() + "\" must be a string, a number, true or false");
    return to_text(json_value(*value, document_.where(place)));
  }

  [[nodiscard]] CheckSettings check(const std::string& id) const {
    const JsonPath place{"checks", id};
    if (catalog_.check(id) == nullptr) {
      std::vector<std::string> known;
      for (const Check& other : catalog_.checks()) known.push_back(other.id);
      const std::string near = nearest(id, known);
      document_.fail(place, "there is no check '" + id + "'",
                     near.empty() ? "`audit checks` lists them" : "did you mean " + near + "?");
    }
    document_.allow(place, {"severity", "enabled"});
    CheckSettings settings;
    if (document_.has(place / "enabled")) settings.enabled = document_.flag(place / "enabled");
    if (document_.has(place / "severity")) {
      settings.severity = severity_from(document_.text(place / "severity"));
      if (!settings.severity) document_.fail(place / "severity", "\"severity\" must be error, warning or note");
    }
    return settings;
  }

  const JsonDocument& document_;
  const Catalog& catalog_;
  std::string directory_;
};

}  // namespace

std::optional<FailOn> fail_on_from(const std::string& text) {
  if (text == "never") return FailOn::never;
  const auto severity = severity_from(text);
  if (!severity) return std::nullopt;
  switch (*severity) {
    case Severity::note:
      return FailOn::note;
    case Severity::warning:
      return FailOn::warning;
    case Severity::error:
      break;
  }
  return FailOn::error;
}

bool is_profile_file(const std::string& name) { return name.find('/') != std::string::npos || name.ends_with(".json"); }

Config parse_config(const std::string& text, const std::string& file, const Catalog& catalog) {
  const JsonDocument document(text, file);
  return ConfigReader(document, catalog).read();
}

Config read_config(const std::string& file, const Catalog& catalog) {
  return parse_config(read_text_file(file), file, catalog);
}

}  // namespace audit
