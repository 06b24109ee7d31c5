#include "auditor/cli/test_case.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "auditor/engine/json_document.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

GivenSource read_given(const JsonDocument& document, const JsonPath& place) {
  GivenSource given;
  const Json* value = document.find(place);
  if (value->is_null()) return given;
  if (value->is_object() && value->contains("many")) {
    document.allow(place, {"many"});
    for (const std::string& file : document.keys(place / "many")) {
      const JsonPath one = place / "many" / file;
      given.many[file] = document.texts(one);
      if (file.find('/') != std::string::npos) document.fail(one, "\"" + file + "\" must be a file name");
      if (given.many[file].empty()) document.fail(one, "\"" + file + "\" is made of no file");
    }
    return given;
  }
  for (const std::string server : {"postgres", "redis"}) {
    if (!value->is_object() || !value->contains(server)) continue;
    document.allow(place, {server});
    given.server = server;
    given.files = document.texts(place / server);
    if (given.files.empty()) document.fail(place / server, "\"" + server + "\" names no script");
    return given;
  }
  if (value->is_object()) {
    document.allow(place, {"option", "copy", "modified"});
    if (document.has(place / "option")) given.option = document.text(place / "option");
    given.files = {document.text(place / "copy")};
    for (const std::string& file : document.keys(place / "modified")) {
      const auto time = parse_time(document.text(place / "modified" / file));
      if (!time) document.fail(place / "modified" / file, "not a time", "write it as 2026-03-01T12:00:00Z");
      given.modified[file] = *time;
    }
    return given;
  }
  given.files = document.texts(place);
  if (given.files.empty())
    document.fail(place, "\"" + place.back() + "\" names no file", "null is a source that is not there");
  if (given.files.size() > 1) {
    for (const std::string& file : given.files) {
      if (!file.ends_with(".sql")) document.fail(place, "only SQL scripts can be several: " + file);
    }
  }
  return given;
}

void read_given_sources(const JsonDocument& document, TestCase& result) {
  for (const std::string& source : document.keys({"given"})) {
    // A profile is no source: it may be given here or at the top.
    if (source == "profile") {
      result.profile = document.text({"given", "profile"});
    } else {
      result.given[source] = read_given(document, {"given", source});
    }
  }
}

void check_entries(const JsonDocument& document, const std::string& list, const std::vector<std::string>& required,
                   std::vector<std::string> allowed, const std::set<std::string>& objects) {
  const Json* entries = document.find({list});
  if (entries == nullptr || !entries->is_array()) document.fail({list}, "\"" + list + "\" must be a list");
  allowed.insert(allowed.end(), required.begin(), required.end());
  for (std::size_t i = 0; i < entries->size(); ++i) {
    const JsonPath place{list, std::to_string(i)};
    document.allow(place, allowed);
    for (const std::string& key : required) {
      if (!document.has(place / key)) document.fail(place, "\"" + key + "\" is missing");
    }
    for (const auto& [key, value] : (*entries)[i].items()) {
      if (objects.contains(key) ? !(value.is_object() || value.is_null()) : !value.is_string()) {
        document.fail(place / key, "\"" + key + "\" must be " + (objects.contains(key) ? "an object" : "a string"));
      }
    }
  }
}

void read_expected(const JsonDocument& document, TestCase& result) {
  result.exit = static_cast<int>(document.integer({"exit"}, 0, 255));
  if (document.has({"complete"})) result.complete = document.flag({"complete"});
  for (const std::string& name : document.keys({"sources"})) result.sources[name] = document.text({"sources", name});
  result.not_applicable = document.texts({"not_applicable"});
  check_entries(document, "findings", {"check", "id"},
                {"severity", "evidence", "relation", "source", "scope", "message"}, {"evidence"});
  result.findings = std::make_unique<Json>(*document.find({"findings"}));
  result.left = document.texts({"left"});
  if (!document.has({"plan"})) return;
  check_entries(document, "plan", {"op", "relation", "key"}, {"before", "after", "source", "table", "check"},
                {"key", "before", "after"});
  result.plan = std::make_unique<Json>(*document.find({"plan"}));
}

}  // namespace

TestCase::TestCase() = default;
TestCase::~TestCase() = default;
TestCase::TestCase(TestCase&&) noexcept = default;

TestCase read_case(const std::string& directory) {
  const std::string file = (fs::path(directory) / "expect.json").string();
  const JsonDocument document(read_text_file(file), file);
  document.allow({}, {"title", "profile", "now", "grace", "unsafe", "allow", "checks", "given", "set", "exit",
                      "complete", "sources", "not_applicable", "findings", "plan", "left"});
  TestCase result;
  result.directory = directory;
  result.title = document.text({"title"});
  if (document.has({"profile"})) result.profile = document.text({"profile"});
  const auto now = parse_time(document.text({"now"}));
  if (!now) document.fail({"now"}, "\"now\" is not a time", "write it as 2026-03-01T12:00:00Z");
  result.now = *now;
  if (document.has({"grace"})) result.grace = document.duration({"grace"});
  if (document.has({"unsafe"})) result.unsafe = document.flag({"unsafe"});
  result.allow = document.texts({"allow"});
  result.checks = document.texts({"checks"});
  read_given_sources(document, result);
  if (result.profile.empty()) document.fail({}, "\"profile\" is missing");
  for (const std::string& option : document.keys({"set"})) result.set[option] = document.text({"set", option});
  read_expected(document, result);
  return result;
}

std::vector<std::string> find_cases(const std::vector<std::string>& directories) {
  std::set<std::string> found;
  for (const std::string& directory : directories) {
    std::error_code error;
    if (!fs::is_directory(directory, error))
      throw Error(ErrorKind::usage, "audit test: " + directory + (fs::exists(directory, error) ? " is not a directory" : " does not exist"),
                  "a case is a directory with an expect.json");
    if (fs::exists(fs::path(directory) / "expect.json", error))
      found.insert(fs::path(directory).lexically_normal().string());
    for (const auto& item : fs::recursive_directory_iterator(directory)) {
      if (item.path().filename() == "expect.json") found.insert(item.path().parent_path().lexically_normal().string());
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace audit
