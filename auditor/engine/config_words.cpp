// The words of a configuration file.

#include "auditor/engine/config.hpp"

namespace audit {

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

const char* to_string(Occasion occasion) {
  switch (occasion) {
    case Occasion::findings:
      return "findings";
    case Occasion::repairs:
      return "repairs";
    case Occasion::failures:
      return "failures";
    case Occasion::recovery:
      break;
  }
  return "recovery";
}

const std::map<std::string, std::vector<std::string>>& config_keys() {
  static const std::map<std::string, std::vector<std::string>> keys{
      {"",
       {"$schema", "profiles", "checks", "checks_directories", "exclude", "grace", "timeout", "jobs", "fail_on",
        "baseline", "state_dir", "reports", "repair", "retention", "log", "notify", "schedule"}},
      {"profiles[]", {"profile", "name", "set"}},
      {"checks.*", {"severity", "enabled", "grace", "params", "max"}},
      {"reports[]", {"format", "file"}},
      {"repair", {"unsafe", "allow", "only", "max_changes", "max_fraction"}},
      {"retention", {"runs", "age"}},
      {"log", {"file", "level", "format"}},
      {"notify", {"command", "on", "severity", "remind", "timeout"}},
      {"schedule", {"zone", "repair"}},
      {"schedule.repair[]", {"days", "from", "to"}},
  };
  return keys;
}

bool is_profile_file(const std::string& name) { return name.find('/') != std::string::npos || name.ends_with(".json"); }

}  // namespace audit
