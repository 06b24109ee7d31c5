#include "auditor/engine/config.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "auditor/engine/json_document.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/sys/duration.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace fs = std::filesystem;

namespace {

// `path` as seen from the directory of the configuration file.
std::string from_directory(const std::string& directory, const std::string& path) {
  if (directory.empty() || path.empty() || path.front() == '/') return path;
  return (fs::path(directory) / path).lexically_normal().string();
}

// "debug, info or off"
std::string either(const std::vector<std::string>& choices) {
  std::string text;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) text += i + 1 < choices.size() ? ", " : " or ";
    text += choices[i];
  }
  return text;
}

std::vector<std::string> check_ids(const Catalog& catalog) {
  std::vector<std::string> ids;
  for (const Check& check : catalog.checks()) ids.push_back(check.id);
  return ids;
}

class ConfigReader {
 public:
  ConfigReader(const JsonDocument& document, Catalog& catalog)
      : document_(document), catalog_(catalog), directory_(fs::path(document.file()).parent_path().string()) {}

  Config read() {
    allow({}, "");
    document_.expect_unique_keys();
    if (document_.has({"$schema"})) (void)document_.text({"$schema"});
    Config config;
    config.checks_directories = paths({"checks_directories"});
    for (const std::string& directory : config.checks_directories) catalog_.add_checks_directory(directory);
    read_profiles(config);
    for (const std::string& id : document_.keys({"checks"})) config.checks[id] = check(id);
    config.exclude = document_.texts({"exclude"});
    config.grace = duration({"grace"});
    config.timeout = duration({"timeout"});
    if (document_.has({"jobs"})) config.jobs = static_cast<int>(document_.integer({"jobs"}, 1, 256));
    if (document_.has({"fail_on"})) {
      config.fail_on = fail_on_from(choice({"fail_on"}, {"error", "warning", "note", "never"}));
    }
    config.baseline = path({"baseline"});
    config.state_directory = path({"state_dir"});
    read_reports(config);
    read_repair(config.repair);
    read_retention(config.retention);
    read_log(config.log);
    read_notify(config.notify);
    read_schedule(config.schedule);
    return config;
  }

 private:
  void allow(const JsonPath& place, const char* name) const { document_.allow(place, config_keys().at(name)); }

  [[nodiscard]] std::string choice(const JsonPath& place, const std::vector<std::string>& choices) const {
    std::string word = document_.text(place);
    if (std::find(choices.begin(), choices.end(), word) != choices.end()) return word;
    const std::string near = nearest(word, choices);
    document_.fail(place, "\"" + place.back() + "\" must be " + either(choices),
                   near.empty() ? "" : "did you mean \"" + near + "\"?");
  }

  [[nodiscard]] std::optional<std::int64_t> duration(const JsonPath& place) const {
    if (!document_.has(place)) return std::nullopt;
    return document_.duration(place);
  }

  [[nodiscard]] std::string path(const JsonPath& place) const {
    return document_.has(place) ? from_directory(directory_, document_.text(place)) : "";
  }

  [[nodiscard]] std::vector<std::string> paths(const JsonPath& place) const {
    std::vector<std::string> list = document_.texts(place);
    for (std::string& one : list) one = from_directory(directory_, one);
    return list;
  }

  // Places of the items of a list; none when it is not there.
  [[nodiscard]] std::vector<JsonPath> items(const JsonPath& place) const {
    std::vector<JsonPath> places;
    const auto* list = document_.find(place);
    if (list == nullptr) return places;
    if (!list->is_array()) document_.fail(place, "\"" + place.back() + "\" must be a list");
    for (std::size_t i = 0; i < list->size(); ++i) places.push_back(place / std::to_string(i));
    return places;
  }

  void expect_check(const JsonPath& place, const std::string& id) const {
    if (catalog_.check(id) != nullptr) return;
    const std::string near = nearest(id, check_ids(catalog_));
    document_.fail(place, "there is no check '" + id + "'",
                   near.empty() ? "`audit checks` lists them" : "did you mean " + near + "?");
  }

  void read_profiles(Config& config) const {
    std::set<std::string> seen;
    for (const JsonPath& place : items({"profiles"})) {
      config.profiles.push_back(profile(place));
      const ProfileRequest& request = config.profiles.back();
      const std::string& name = request.label.empty() ? request.name : request.label;
      if (!seen.insert(name).second) {
        document_.fail(place, "there are two profiles '" + name + "'", "tell them apart with \"name\"");
      }
    }
  }

  [[nodiscard]] ProfileRequest profile(const JsonPath& place) const {
    ProfileRequest request;
    request.directory = directory_;
    JsonPath name = place;
    if (document_.find(place)->is_object()) {
      allow(place, "profiles[]");
      name = place / "profile";
      if (document_.has(place / "name")) request.label = label(place / "name");
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
    if (!request.set.empty()) expect_options(place / "set", request);
    return request;
  }

  // Each is an option that one of the profile's sources has.
  void expect_options(const JsonPath& place, const ProfileRequest& request) const {
    const bool built_in = catalog_.profiles().contains(request.name);
    if (!built_in && !fs::exists(request.name)) return;  // said where it is opened, as what follows for adapters
    const WrittenProfile profile = built_in ? catalog_.written_profile(request.name)
                                            : read_profile(read_text_file(request.name), request.name);
    std::vector<std::string> known;
    for (const ProfileSource& source : profile.sources) {
      const Adapter* adapter = catalog_.adapter(source.spec.adapter);
      if (adapter == nullptr) return;
      for (const AdapterOption& option : adapter->options()) known.push_back(source.spec.name + "." + option.name);
      for (const char* option : {"adapter", "optional", "needed_when"}) known.push_back(source.spec.name + "." + option);
    }
    for (const auto& [option, value] : request.set) {
      if (std::find(known.begin(), known.end(), option) != known.end()) continue;
      const std::string near = nearest(option, known);
      document_.fail(place / option, "no source of profile " + request.name + " has an option '" + option + "'",
                     near.empty() ? "`audit profiles show " + request.name + "` lists them"
                                  : "did you mean \"" + near + "\"?");
    }
  }

  // Good in a report, in a file name and on the command line.
  [[nodiscard]] std::string label(const JsonPath& place) const {
    std::string name = document_.text(place);
    const auto plain = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
             c == '@' || c == '.';
    };
    if (name.empty() || name.front() == '.' || !std::all_of(name.begin(), name.end(), plain)) {
      document_.fail(place, "\"name\" must be letters, digits and - _ @ .");
    }
    return name;
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
    expect_check(place, id);
    allow(place, "checks.*");
    CheckSettings settings;
    if (document_.has(place / "enabled")) settings.enabled = document_.flag(place / "enabled");
    if (document_.has(place / "max")) {
      settings.allowed = document_.integer(place / "max", 0, std::numeric_limits<std::int64_t>::max());
    }
    if (document_.has(place / "severity")) {
      settings.severity = severity_from(choice(place / "severity", {"error", "warning", "note"}));
    }
    settings.grace = duration(place / "grace");
    if (settings.grace && catalog_.check(id)->sql.find(":grace") == std::string::npos) {
      document_.fail(place / "grace", id + " leaves out nothing that is young: it has no grace",
                     "`audit explain " + id + "` shows its query");
    }
    for (const std::string& name : document_.keys(place / "params")) {
      settings.params[name] = param(place / "params" / name, *catalog_.check(id));
    }
    return settings;
  }

  // A value of the kind that the check's own is.
  [[nodiscard]] Value param(const JsonPath& place, const Check& check) const {
    const auto own = check.params.find(place.back());
    if (own == check.params.end()) {
      std::vector<std::string> known;
      for (const auto& [name, value] : check.params) known.push_back(name);
      const std::string near = nearest(place.back(), known);
      document_.fail(place, check.id + " has no parameter '" + place.back() + "'",
                     near.empty() ? "`audit explain " + check.id + "` lists them" : "did you mean \"" + near + "\"?");
    }
    const auto* json = document_.find(place);
    if (json->is_structured()) document_.fail(place, "\"" + place.back() + "\" must be a string or a number");
    Value value = json_value(*json, document_.where(place));
    if (const auto* text = std::get_if<std::string>(&value)) {
      if (const auto span = parse_duration(*text)) value = *span;
    }
    if (std::holds_alternative<std::string>(value) != std::holds_alternative<std::string>(own->second) ||
        is_null(value)) {
      document_.fail(place, "\"" + place.back() + "\" is of another kind than the check's own, " + to_text(own->second),
                     "a span of time is written as 10m, 1h30m or 500ms");
    }
    return value;
  }

  void read_reports(Config& config) const {
    for (const JsonPath& place : items({"reports"})) {
      allow(place, "reports[]");
      config.reports.push_back({document_.text(place / "format"),
                                from_directory(directory_, document_.text(place / "file")),
                                document_.where(place / "format")});
    }
  }

  void read_repair(RepairSettings& repair) const {
    const JsonPath place{"repair"};
    if (!document_.has(place)) return;
    allow(place, "repair");
    if (document_.has(place / "unsafe")) repair.unsafe = document_.flag(place / "unsafe");
    for (const std::string& id : document_.keys(place / "allow")) {
      const JsonPath allowed = place / "allow" / id;
      expect_check(allowed, id);
      if (document_.find(allowed)->is_boolean() && document_.flag(allowed)) {
        repair.allow[id] = "";
      } else {
        repair.allow[id] = offered_repair(allowed, *catalog_.check(id));
      }
    }
    repair.only = document_.texts(place / "only");
    for (std::size_t i = 0; i < repair.only.size(); ++i)
      expect_check(place / "only" / std::to_string(i), repair.only[i]);
    if (document_.has(place / "max_changes")) {
      repair.max_changes = document_.integer(place / "max_changes", 0, std::numeric_limits<std::int64_t>::max());
    }
    if (document_.has(place / "max_fraction")) repair.max_fraction = fraction(place / "max_fraction");
  }

  [[nodiscard]] std::string offered_repair(const JsonPath& place, const Check& check) const {
    if (!document_.find(place)->is_string())
      document_.fail(place, "\"" + place.back() + "\" must be true or the name of a repair");
    std::vector<std::string> names;
    for (const RepairTemplate& repair : check.repairs) names.push_back(repair.name);
    std::string name = document_.text(place);
    if (std::find(names.begin(), names.end(), name) != names.end()) return name;
    const std::string near = nearest(name, names);
    document_.fail(place, check.id + " has no repair '" + name + "'",
                   near.empty() ? "`audit explain " + check.id + "` lists them" : "did you mean \"" + near + "\"?");
  }

  [[nodiscard]] double fraction(const JsonPath& place) const {
    const auto* value = document_.find(place);
    if (!value->is_number() || *value < 0 || *value > 1)
      document_.fail(place, "\"" + place.back() + "\" must be a number from 0 to 1");
    return value->get<double>();
  }

  void read_retention(Retention& retention) const {
    const JsonPath place{"retention"};
    if (!document_.has(place)) return;
    allow(place, "retention");
    if (document_.has(place / "runs")) retention.runs = document_.integer(place / "runs", 1, 1'000'000);
    retention.age = duration(place / "age");
  }

  void read_log(LogSettings& log) const {
    const JsonPath place{"log"};
    if (!document_.has(place)) return;
    allow(place, "log");
    log.file = path(place / "file");
    if (document_.has(place / "level"))
      log.level = choice(place / "level", {"debug", "info", "warning", "error", "off"});
    if (document_.has(place / "format")) log.format = choice(place / "format", {"text", "json"});
  }

  void read_notify(NotifySettings& notify) const {
    const JsonPath place{"notify"};
    if (!document_.has(place)) return;
    allow(place, "notify");
    notify.command = document_.texts(place / "command");
    if (notify.command.empty() || notify.command.front().empty()) {
      document_.fail(place, "\"notify\" needs a \"command\"", "a list: the program, then its arguments");
    }
    // A program with a '/' is a path like any other; one without is looked up in $PATH.
    std::string& program = notify.command.front();
    if (program.find('/') != std::string::npos) program = from_directory(directory_, program);
    if (document_.has(place / "on")) notify.on.clear();
    for (std::size_t i = 0; i < document_.texts(place / "on").size(); ++i)
      notify.on.push_back(occasion(place / "on", i));
    if (document_.has(place / "severity")) {
      notify.from = *severity_from(choice(place / "severity", {"error", "warning", "note"}));
    }
    notify.remind = duration(place / "remind").value_or(notify.remind);
    notify.timeout = duration(place / "timeout").value_or(notify.timeout);
  }

  [[nodiscard]] Occasion occasion(const JsonPath& list, std::size_t index) const {
    const std::string word = document_.texts(list)[index];
    std::vector<std::string> names;
    for (const Occasion each : {Occasion::findings, Occasion::repairs, Occasion::failures, Occasion::recovery}) {
      if (word == to_string(each)) return each;
      names.emplace_back(to_string(each));
    }
    const std::string near = nearest(word, names);
    document_.fail(list / std::to_string(index), "'" + word + "' is not " + either(names),
                   near.empty() ? "" : "did you mean \"" + near + "\"?");
  }

  void read_schedule(Schedule& schedule) const {
    const JsonPath place{"schedule"};
    if (!document_.has(place)) return;
    allow(place, "schedule");
    if (document_.has(place / "zone")) schedule.utc = choice(place / "zone", {"local", "utc"}) == "utc";
    for (const JsonPath& window : items(place / "repair")) schedule.repair.push_back(repair_window(window));
  }

  [[nodiscard]] Window repair_window(const JsonPath& place) const {
    allow(place, "schedule.repair[]");
    Window window;
    if (document_.has(place / "days")) window.days = 0;
    const auto days = document_.texts(place / "days");
    for (std::size_t i = 0; i < days.size(); ++i) {
      const auto bits = parse_days(days[i]);
      if (!bits) {
        document_.fail(place / "days" / std::to_string(i), "'" + days[i] + "' is not a day",
                       "write sun, mon, tue, wed, thu, fri, sat, or a range as mon-fri");
      }
      window.days |= *bits;
    }
    if (window.days == 0) document_.fail(place / "days", "\"days\" names no day", "leave it out for every day");
    window.from = clock(place / "from");
    window.to = clock(place / "to");
    return window;
  }

  [[nodiscard]] int clock(const JsonPath& place) const {
    const auto minutes = parse_clock(document_.text(place));
    if (!minutes) document_.fail(place, "\"" + place.back() + "\" must be a time of day", "write it as 22:00");
    return *minutes;
  }

  const JsonDocument& document_;
  Catalog& catalog_;
  std::string directory_;
};

}  // namespace

Config parse_config(const std::string& text, const std::string& file, Catalog& catalog) {
  const JsonDocument document(text, file);
  return ConfigReader(document, catalog).read();
}

Config read_config(const std::string& file, Catalog& catalog) {
  return parse_config(read_text_file(file), file, catalog);
}

}  // namespace audit
