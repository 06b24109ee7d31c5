#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <map>
#include <sstream>

#include "auditor/cli/options.hpp"

namespace audit {

namespace po = boost::program_options;

namespace {

constexpr const char* kWhat = "What to audit";
constexpr const char* kFindings = "Findings";
constexpr const char* kPlan = "Plan";
constexpr const char* kOutput = "Output";
constexpr const char* kRun = "Run";

}  // namespace

const std::vector<OptionSpec>& option_specs() {
  static const std::vector<OptionSpec> specs{
      {"config", 'c', "FILE", false, kWhat, "configuration file (JSON with comments)"},
      {"profile", 'p', "NAME", true, kWhat,
       "built-in profile, or a profile file; without one, known systems are looked for"},
      {"set", 's', "SOURCE.OPTION=VALUE", true, kWhat, "replace an option of a source, as in db.path=/srv/agenterm.db"},
      {"check", '\0', "GLOB", true, kWhat, "run only these checks"},
      {"exclude", '\0', "GLOB", true, kWhat, "leave these checks out"},
      {"checks", '\0', "DIR", true, kWhat, "load more checks from a directory"},
      {"sqlite", '\0', "FILE", false, kWhat, "of init: the database to propose a profile for"},
      {"postgres", '\0', "URI", false, kWhat, "of init: likewise"},
      {"grace", '\0', "TIME", false, kFindings, "leave out what is younger than this (default 10m)"},
      {"now", '\0', "TIME", false, kFindings, "take this as the present (2026-03-01T12:00:00Z)"},
      {"fail-on", '\0', "SEVERITY", false, kFindings,
       "exit 1 from this severity on: error, warning (default), note, never"},
      {"baseline", '\0', "FILE", false, kFindings, "accepted findings, which do not count"},
      {"write-baseline", '\0', nullptr, false, kFindings, "accept all present findings: write them to the baseline"},
      {"update", '\0', nullptr, false, kFindings, "of test: write what was found as what is expected, for review"},
      {"anonymize", '\0', nullptr, false, kFindings, "of record: other ids, names and texts in place of those of the stores"},
      {"max-rows", '\0', "N", false, kFindings, "of record: refuse stores with more rows, keys and files (default 100000)"},
      {"max-size", '\0', "MIB", false, kFindings, "of record: refuse stores of more than so many MiB (default 64)"},
      {"dry-run", 'n', nullptr, false, kPlan, "only show what would be changed (the default without repair)"},
      {"unsafe", '\0', nullptr, false, kPlan, "also repairs that remove something (they can be undone)"},
      {"irreversible", '\0', nullptr, false, kPlan, "also what cannot be undone, like closing a window"},
      {"allow", '\0', "CHECK[=REPAIR]", true, kPlan, "also the unsafe repair of this check"},
      {"only", '\0', "CHECK", true, kPlan, "repair what these checks find alone"},
      {"max-changes", '\0', "N", false, kPlan, "refuse a plan with more changes (default 1000)"},
      {"max-fraction", '\0', "F", false, kPlan, "refuse a plan that changes more of a relation (default 0.2)"},
      {"yes", 'y', nullptr, false, kPlan, "of repair and undo: do not ask"},
      {"backup", '\0', "WHAT", false, kPlan, "of repair: what to keep: rows (default: those that change), or full (the whole store)"},
      {"batch", '\0', "N", false, kPlan, "of repair: at most about so many changes in one transaction; each is a run"},
      {"skip-changed", '\0', nullptr, false, kPlan, "of undo and recover: go on without what changed since or cannot be taken back"},
      {"keep", '\0', "N", false, kPlan, "of runs prune: how many runs to keep"},
      {"format", 'f', "FORMAT[=FILE]", true, kOutput,
       "text (default), json, jsonl, junit, sarif, markdown, html, github, gitlab or prometheus; one to standard output, "
       "any to files"},
      {"color", '\0', "WHEN", false, kOutput, "auto (default), always or never"},
      {"quiet", 'q', nullptr, false, kOutput, "only what is wrong"},
      {"no-progress", '\0', nullptr, false, kOutput, "no progress on the terminal"},
      {"log-level", '\0', "LEVEL", false, kOutput, "debug, info, warning (default), error or off; to standard error"},
      {"log-file", '\0', "FILE", false, kOutput, "append the log to a file instead (rotates at 10 MiB)"},
      {"log-format", '\0', "FORM", false, kOutput, "text (default), or json: one object per line"},
      {"jobs", 'j', "N", false, kRun, "threads (default: as many as cores, at most 4)"},
      {"timeout", '\0', "TIME", false, kRun, "give up after this time; what is missing then is reported"},
      {"state-dir", '\0', "DIR", false, kRun, "where runs and backups are kept"},
      {"wait", '\0', "TIME", false, kRun, "wait so long for another repair to finish (default: not at all)"},
      {"version", 'V', nullptr, false, kRun, "print the version"},
      {"help", 'h', nullptr, false, kRun, "print this"},
      {"repair", '\0', nullptr, false, kPlan, "the same as the command repair"},
  };
  return specs;
}

const OptionSpec* find_option(std::string_view name) {
  for (const OptionSpec& spec : option_specs()) {
    if (spec.name == name) return &spec;
  }
  return nullptr;
}

std::string options_help(int width) {
  std::ostringstream text;
  const auto columns = static_cast<unsigned>(width < 60 ? 60 : width > 120 ? 120 : width);
  for (const char* group : {kWhat, kFindings, kPlan, kOutput, kRun}) {
    po::options_description description(group, columns, columns / 2);
    for (const OptionSpec& spec : option_specs()) {
      if (spec.group != group) continue;
      std::string name = spec.name;
      if (spec.letter != '\0') name.append(",").append(1, spec.letter);
      if (spec.value == nullptr) {
        description.add_options()(name.c_str(), spec.help);
      } else {
        description.add_options()(name.c_str(), po::value<std::string>()->value_name(spec.value), spec.help);
      }
    }
    text << '\n' << description;
  }
  return text.str();
}

}  // namespace audit
