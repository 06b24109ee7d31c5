#include "auditor/cli/options.hpp"

#include <algorithm>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/variables_map.hpp>
#include <charconv>
#include <limits>
#include <sstream>

#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/duration.hpp"

namespace audit {

namespace po = boost::program_options;

namespace {

po::options_description description() {
  po::options_description all;
  for (const OptionSpec& spec : option_specs()) {
    if (spec.value == nullptr) {
      all.add_options()(spec.name, po::bool_switch());
    } else if (spec.many) {
      all.add_options()(spec.name, po::value<std::vector<std::string>>()->composing());
    } else {
      all.add_options()(spec.name, po::value<std::string>());
    }
  }
  return all;
}

po::variables_map parse(const std::vector<std::string>& options) {
  const int style = po::command_line_style::allow_long | po::command_line_style::long_allow_adjacent;
  po::variables_map values;
  try {
    po::store(po::command_line_parser(options).options(description()).style(style).run(), values);
  } catch (const po::multiple_occurrences& error) {
    throw Error(ErrorKind::usage, "option " + error.get_option_name() + " was given more than once");
  } catch (const po::error& error) {
    throw Error(ErrorKind::usage, error.what(), "`audit --help` lists the options");
  }
  return values;
}

// Typed values of one parsed command line.
class Values {
 public:
  explicit Values(po::variables_map values) : values_(std::move(values)) {}

  [[nodiscard]] bool flag(const char* name) const { return values_[name].as<bool>(); }
  [[nodiscard]] bool has(const char* name) const { return values_.count(name) > 0; }
  [[nodiscard]] std::string text(const char* name) const { return has(name) ? values_[name].as<std::string>() : ""; }
  [[nodiscard]] std::vector<std::string> texts(const char* name) const {
    return has(name) ? values_[name].as<std::vector<std::string>>() : std::vector<std::string>();
  }

  [[nodiscard]] std::optional<std::int64_t> duration(const char* name) const {
    if (!has(name)) return std::nullopt;
    const auto value = parse_duration(text(name));
    if (!value) fail(name, "not a duration", "write it as 10m, 1h30m or 500ms");
    return value;
  }

  [[nodiscard]] std::optional<std::int64_t> time(const char* name) const {
    if (!has(name)) return std::nullopt;
    const auto value = parse_time(text(name));
    if (!value) fail(name, "not a time", "write it as 2026-03-01T12:00:00Z");
    return value;
  }

  template <typename Number>
  static std::string spelled(Number number) {
    std::ostringstream text;
    text << number;
    return text.str();
  }

  template <typename Number>
  [[nodiscard]] std::optional<Number> number(const char* name, Number least, Number most) const {
    if (!has(name)) return std::nullopt;
    const std::string word = text(name);
    Number value{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    const bool whole_word = error == std::errc() && end == word.data() + word.size();
    if (!whole_word || !(value >= least && value <= most))
      fail(name, "must be a number from " + spelled(least) + " to " + spelled(most), "");
    return value;
  }

  // The value's place among `choices`.
  [[nodiscard]] std::size_t choice(const char* name, const std::vector<std::string>& choices) const {
    const std::string word = text(name);
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (choices[i] == word) return i;
    }
    std::string list;
    for (const std::string& choice : choices) list += (list.empty() ? "" : ", ") + choice;
    const std::string near = nearest(word, choices);
    fail(name, "not one of " + list, near.empty() ? "" : "did you mean " + near + "?");
  }

  [[noreturn]] void fail(const char* name, const std::string& what, const std::string& hint) const {
    throw Error(ErrorKind::usage, std::string("--") + name + " " + text(name) + ": " + what, hint);
  }

 private:
  po::variables_map values_;
};

// "a=b" → {a, b}; without '=' the second part is empty.
std::pair<std::string, std::string> cut(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos) return {text, ""};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

std::map<std::string, std::string> read_set(const std::vector<std::string>& words) {
  std::map<std::string, std::string> set;
  for (const std::string& word : words) {
    auto [name, value] = cut(word);
    const auto dot = name.find('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == name.size() || word.find('=') == std::string::npos) {
      throw Error(ErrorKind::usage, "--set " + word + ": write it as SOURCE.OPTION=VALUE",
                  "as in --set db.path=/srv/agenterm.db");
    }
    set[name] = value;
  }
  return set;
}

std::vector<FormatRequest> read_formats(const std::vector<std::string>& words) {
  std::vector<FormatRequest> formats;
  bool printed = false;
  for (const std::string& word : words) {
    auto [name, file] = cut(word);
    if (file.empty() && word.find('=') != std::string::npos)
      throw Error(ErrorKind::usage, "--format " + word + ": the file is missing");
    if (file.empty() && printed) {
      throw Error(ErrorKind::usage, "--format " + word + ": only one format can go to standard output",
                  "write the others to files: --format " + word + "=FILE");
    }
    printed = printed || file.empty();
    formats.push_back({name, file});
  }
  return formats;
}

}  // namespace

Options read_options(const std::vector<std::string>& options) {
  const Values values(parse(options));
  Options result;
  for (const std::string& option : options) result.given.push_back(cut(option).first.substr(2));
  result.config = values.text("config");
  result.profiles = values.texts("profile");
  result.set = read_set(values.texts("set"));
  result.check = values.texts("check");
  result.exclude = values.texts("exclude");
  result.checks_directories = values.texts("checks");
  result.only = values.texts("only");
  for (const std::string& word : values.texts("allow")) result.allow.insert(cut(word));
  result.formats = read_formats(values.texts("format"));
  result.unsafe = values.flag("unsafe");
  result.irreversible = values.flag("irreversible");
  result.write_baseline = values.flag("write-baseline");
  result.yes = values.flag("yes");
  result.skip_changed = values.flag("skip-changed");
  if (values.has("backup")) result.full_backup = values.choice("backup", {"rows", "full"}) == 1;
  result.batch = values.number<std::int64_t>("batch", 1, std::numeric_limits<std::int64_t>::max());
  result.keep = values.number<std::int64_t>("keep", 0, std::numeric_limits<std::int64_t>::max());
  result.wait = values.duration("wait");
  result.update = values.flag("update");
  result.dry_run = values.flag("dry-run");
  result.repair = values.flag("repair");
  result.quiet = values.flag("quiet");
  result.no_progress = values.flag("no-progress");
  result.help = values.flag("help");
  result.version = values.flag("version");
  result.max_changes = values.number<std::int64_t>("max-changes", 0, std::numeric_limits<std::int64_t>::max());
  result.max_fraction = values.number<double>("max-fraction", 0.0, 1.0);
  result.jobs = values.number<int>("jobs", 1, 256);
  result.anonymize = values.flag("anonymize");
  result.max_rows = values.number<std::int64_t>("max-rows", 1, std::numeric_limits<std::int64_t>::max());
  result.max_size = values.number<std::int64_t>("max-size", 1, 1'048'576);
  if (values.has("sqlite")) result.sqlite = values.text("sqlite");
  if (values.has("postgres")) result.postgres = values.text("postgres");
  if (values.has("fail-on")) {
    (void)values.choice("fail-on", {"error", "warning", "note", "never"});
    result.fail_on = fail_on_from(values.text("fail-on"));
  }
  result.baseline = values.text("baseline");
  result.grace = values.duration("grace");
  result.timeout = values.duration("timeout");
  result.now = values.time("now");
  result.state_directory = values.text("state-dir");
  result.log_file = values.text("log-file");
  if (values.has("log-level")) {
    (void)values.choice("log-level", {"debug", "info", "warning", "error", "off"});
    result.log_level = values.text("log-level");
  }
  if (values.has("log-format")) {
    (void)values.choice("log-format", {"text", "json"});
    result.log_format = values.text("log-format");
  }
  if (values.has("color")) result.color = static_cast<ColorChoice>(values.choice("color", {"auto", "always", "never"}));
  return result;
}

void expect_options(const Options& options, const char* command, const std::vector<std::string>& taken) {
  for (const std::string& name : options.given) {
    if (std::find(taken.begin(), taken.end(), name) != taken.end()) continue;
    std::string list;
    for (const std::string& one : taken) list += (list.empty() ? "--" : ", --") + one;
    throw Error(ErrorKind::usage, std::string(command) + " takes no --" + name, "it takes " + list);
  }
}

}  // namespace audit
