#pragma once
// A fixture case: given stores, and what an audit of them must find. The format is in docs/cases.md.

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/value.hpp"

namespace audit {

// What stands for one source.
struct GivenSource {
  std::vector<std::string>
      files;           // as written: SQL scripts, one JSON file or one directory; none: the source is not there
  std::string option;  // option of the source that is set; "": by the kind of file
  std::string server;              // adapter of a server on which the scripts make a store of their own; "": files
  // A source of many stores: name of each file → what it is made of.
  std::map<std::string, std::vector<std::string>> many;
  std::map<std::string, std::int64_t> modified;  // of a directory: file → time (ms); all others are a day old
};

// Values in here are compared with nlohmann::ordered_json; objects regardless of the order of keys.
struct TestCase {
  TestCase();
  ~TestCase();
  TestCase(TestCase&&) noexcept;

  std::string directory;
  std::string title;
  std::string profile;  // built-in name, or path below the directory
  std::int64_t now = 0;
  std::optional<std::int64_t> grace;  // ms
  bool unsafe = false;
  std::vector<std::string> allow;   // CHECK[=REPAIR]
  std::vector<std::string> checks;  // globs; empty: all
  std::map<std::string, GivenSource> given;
  std::map<std::string, std::string> set;

  int exit = 0;
  bool complete = true;
  std::map<std::string, std::string> sources;  // name → status
  std::vector<std::string> not_applicable;
  std::unique_ptr<nlohmann::ordered_json> findings;  // list
  std::unique_ptr<nlohmann::ordered_json> plan;      // list; nullptr: not compared
  std::vector<std::string> left;                     // "check id": findings that stand after the repair although it was about them, or because of it
};

// Reads DIRECTORY/expect.json. Throws Error(config) that names the file and the line.
[[nodiscard]] TestCase read_case(const std::string& directory);

// Directories at or below these that hold an expect.json, sorted, each once. Throws Error(usage) for what is no
// directory.
[[nodiscard]] std::vector<std::string> find_cases(const std::vector<std::string>& directories);

}  // namespace audit
