#pragma once
// The options of the command line: one table of what there is, and their values.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/engine/config.hpp"

namespace audit {

struct OptionSpec {
  const char* name;
  char letter;        // '\0': none
  const char* value;  // what --help calls its value; nullptr: a switch
  bool many;          // may be given several times, and take several words
  const char* group;  // heading in --help; nullptr: not listed
  const char* help;
};
[[nodiscard]] const std::vector<OptionSpec>& option_specs();
// nullptr when there is none of that name.
[[nodiscard]] const OptionSpec* find_option(std::string_view name);

// The command line cut into words with a meaning.
struct Arguments {
  std::string command;                // "" when none was named
  std::vector<std::string> options;   // "--name" or "--name=value"
  std::vector<std::string> operands;  // what is left
};
// `operand_commands` are those commands among `commands` that take operands: there a word after an option of many
// values is an operand. Throws Error(usage) for an option that does not exist or lacks its value, with a suggestion.
[[nodiscard]] Arguments split_arguments(const std::vector<std::string>& words, const std::vector<std::string>& commands,
                                        const std::vector<std::string>& operand_commands);

enum class ColorChoice { automatic, always, never };

// Where one report goes.
struct FormatRequest {
  std::string name;
  std::string file;        // "": standard output
  std::string where = {};  // FILE:LINE of the configuration that asks for it; "": the command line
};

// Values as typed, checked for their form. What was not given is empty.
struct Options {
  std::vector<std::string> given;  // names of the options that the command line has, as they stand there
  std::string config;
  std::vector<std::string> profiles;
  std::map<std::string, std::string> set;  // "source.option" → value
  std::vector<std::string> check, exclude, checks_directories, only;
  std::map<std::string, std::string> allow;  // check → repair, "" = its first
  std::vector<FormatRequest> formats;
  bool unsafe = false, irreversible = false, write_baseline = false, update = false;
  bool anonymize = false;
  std::optional<std::int64_t> max_rows, max_size;  // of record; MiB
  bool yes = false, full_backup = false, skip_changed = false;
  std::optional<std::int64_t> batch, keep, wait;  // changes; runs; ms
  bool dry_run = false, repair = false, quiet = false, no_progress = false, help = false, version = false;
  std::optional<std::int64_t> max_changes;
  std::optional<double> max_fraction;
  std::optional<FailOn> fail_on;
  std::string baseline;
  std::optional<std::int64_t> grace, now, timeout;  // ms
  std::optional<int> jobs;
  std::string state_directory, log_file, log_level, log_format;  // "": not given
  std::string sqlite, postgres;  // of init: file, URI
  ColorChoice color = ColorChoice::automatic;
};
// Throws Error(usage).
[[nodiscard]] Options read_options(const std::vector<std::string>& options);
// Throws Error(usage) for an option that was given and that the command ("audit test") does not take.
void expect_options(const Options& options, const char* command, const std::vector<std::string>& taken);

// The part of --help that lists the options.
[[nodiscard]] std::string options_help(int width);

// How to call the program again with the same sources and choices: "audit --profile agenterm". Quoted for a shell.
[[nodiscard]] std::string call_again(const std::vector<std::string>& options);

}  // namespace audit
