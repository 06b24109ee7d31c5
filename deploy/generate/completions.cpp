// Completions of bash, zsh and fish.

#include <algorithm>
#include <ostream>
#include <string_view>
#include <vector>

#include "auditor/cli/command.hpp"
#include "auditor/cli/options.hpp"
#include "deploy/generate/manual.hpp"
#include "reports/formats.hpp"

namespace audit {

namespace {

// What an option's value can be.
enum class ValueKind { none, file, directory, profile, check, choice, other };

struct ValueSet {
  ValueKind kind = ValueKind::other;
  std::vector<std::string> choices;
};

ValueSet values_of(const OptionSpec& spec) {
  const std::string name = spec.name;
  if (spec.value == nullptr) return {ValueKind::none, {}};
  if (name == "color") return {ValueKind::choice, {"auto", "always", "never"}};
  if (name == "fail-on") return {ValueKind::choice, {"error", "warning", "note", "never"}};
  if (name == "log-level") return {ValueKind::choice, {"debug", "info", "warning", "error", "off"}};
  if (name == "backup") return {ValueKind::choice, {"rows", "full"}};
  if (name == "log-format") return {ValueKind::choice, {"text", "json"}};
  if (name == "format") {
    ValueSet set{ValueKind::choice, {}};
    for (const ReportFormatEntry& entry : report_formats()) set.choices.emplace_back(entry.name);
    return set;
  }
  if (name == "profile") return {ValueKind::profile, {}};
  if (name == "check" || name == "exclude" || name == "only" || name == "allow") return {ValueKind::check, {}};
  const std::string value = spec.value;
  if (value == "DIR") return {ValueKind::directory, {}};
  return {value == "FILE" ? ValueKind::file : ValueKind::other, {}};
}

std::string words(const std::vector<std::string>& list, const char* separator = " ") {
  std::string text;
  for (const std::string& one : list) text.append(text.empty() ? "" : separator).append(one);
  return text;
}

std::vector<std::string> check_ids(const Catalog& catalog) {
  std::vector<std::string> ids;
  for (const Check& check : catalog.checks()) ids.push_back(check.id);
  return ids;
}

std::vector<std::string> profile_names(const Catalog& catalog) {
  std::vector<std::string> names;
  for (const auto& [name, text] : catalog.profiles()) names.push_back(name);
  return names;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : commands()) {
    if (command.built) names.emplace_back(command.name);
  }
  return names;
}

// What may follow a command: the words in its operands ("[show RUN | prune]"), or the last run.
std::vector<std::string> operand_words(const Command& command) {
  if (std::string(command.name) == "undo") return {"last"};
  std::vector<std::string> found;
  std::string word;
  for (const char c : std::string(command.operands) + " ") {
    if (c >= 'a' && c <= 'z') {
      word += c;
    } else if (!word.empty()) {
      found.push_back(std::move(word));
      word.clear();
    }
  }
  return found;
}

std::vector<const OptionSpec*> listed_options() {
  std::vector<const OptionSpec*> list;
  for (const OptionSpec& spec : option_specs()) {
    if (spec.group != nullptr) list.push_back(&spec);
  }
  return list;
}

// Inside single quotes.
std::string quoted(const std::string& text, const char* quote) {
  std::string out;
  for (const char c : text) out += c == '\'' ? std::string(quote) : std::string(1, c);
  return out;
}

std::string bash_action(const ValueSet& set) {
  switch (set.kind) {
    case ValueKind::file:
      return "COMPREPLY=($(compgen -f -- \"$word\")); compopt -o filenames 2>/dev/null";
    case ValueKind::directory:
      return "COMPREPLY=($(compgen -d -- \"$word\")); compopt -o filenames 2>/dev/null";
    case ValueKind::profile:
      return "COMPREPLY=($(compgen -W \"$profiles\" -- \"$word\"))";
    case ValueKind::check:
      return "COMPREPLY=($(compgen -W \"$checks\" -- \"$word\"))";
    case ValueKind::choice:
      return "COMPREPLY=($(compgen -W \"" + words(set.choices) + "\" -- \"$word\"))";
    case ValueKind::none:
    case ValueKind::other:
      break;
  }
  return "COMPREPLY=()";
}

std::string zsh_action(const OptionSpec& spec, const Catalog& catalog) {
  const ValueSet set = values_of(spec);
  switch (set.kind) {
    case ValueKind::none:
      return "";
    case ValueKind::file:
      return ":file:_files";
    case ValueKind::directory:
      return ":directory:_files -/";
    case ValueKind::profile:
      return ":profile:(" + words(profile_names(catalog)) + ")";
    case ValueKind::check:
      return ":check:(" + words(check_ids(catalog)) + ")";
    case ValueKind::choice:
      return ":value:(" + words(set.choices) + ")";
    case ValueKind::other:
      break;
  }
  return ":value: ";
}

// What zsh reads inside [...]: no bracket, no colon.
std::string zsh_help(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':') out += '\\';
    out += c;
  }
  return quoted(out, "'\\''");
}

// One word of a list that zsh evaluates once more, ((...)), inside single quotes.
std::string zsh_word(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view(" :()[];'\"\\`$&|<>*?#~!{}").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return quoted(out, "'\\''");
}

std::string fish_action(const OptionSpec& spec, const Catalog& catalog) {
  const ValueSet set = values_of(spec);
  switch (set.kind) {
    case ValueKind::none:
      return "";
    case ValueKind::file:
      return " -r -F";
    case ValueKind::directory:
      return " -x -a '(__fish_complete_directories)'";
    case ValueKind::profile:
      return " -x -a '" + words(profile_names(catalog)) + "'";
    case ValueKind::check:
      return " -x -a '" + words(check_ids(catalog)) + "'";
    case ValueKind::choice:
      return " -x -a '" + words(set.choices) + "'";
    case ValueKind::other:
      break;
  }
  return " -x";
}

}  // namespace

void write_bash_completion(const Catalog& catalog, std::ostream& out) {
  out << "# bash completion of audit. Generated out of the program; do not edit.\n_audit() {\n"
      << "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
      << "  local commands='" << words(command_names()) << "'\n"
      << "  local profiles='" << words(profile_names(catalog)) << "'\n"
      << "  local checks='" << words(check_ids(catalog)) << "'\n"
      << "  case $before in\n";
  std::string names;
  for (const OptionSpec* spec : listed_options()) {
    names.append(names.empty() ? "" : " ").append("--").append(spec->name);
    if (spec->value == nullptr) continue;
    out << "    --" << spec->name;
    if (spec->letter != '\0') out << " | -" << spec->letter;
    out << ") " << bash_action(values_of(*spec)) << "; return ;;\n";
  }
  for (const Command& command : commands()) {
    const auto follow = operand_words(command);
    if (!follow.empty())
      out << "    " << command.name << ") COMPREPLY=($(compgen -W '" << words(follow) << "' -- \"$word\")); return ;;\n";
  }
  out << "    explain) COMPREPLY=($(compgen -W \"$checks\" -- \"$word\")); return ;;\n"
      << "    show)\n      [[ \" ${COMP_WORDS[*]} \" == *' runs '* ]] && profiles=last\n"
      << "      COMPREPLY=($(compgen -W \"$profiles\" -- \"$word\")); return ;;\n"
      << "  esac\n"
      << "  if [[ $word == -* ]]; then\n    COMPREPLY=($(compgen -W '" << names << "' -- \"$word\"))\n"
      << "  elif [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W \"$commands\" -- \"$word\"))\n"
      << "  else\n    COMPREPLY=($(compgen -f -- \"$word\"))\n  fi\n}\ncomplete -F _audit audit\n";
}

void write_zsh_completion(const Catalog& catalog, std::ostream& out) {
  out << "#compdef audit\n# Generated out of the program; do not edit.\n_arguments -s \\\n";
  for (const OptionSpec* spec : listed_options()) {
    const std::string rest = "[" + zsh_help(spec->help) + "]" + zsh_action(*spec, catalog);
    const std::string many = spec->many ? "*" : "";
    out << "  '" << many << "--" << spec->name << (spec->value != nullptr ? "=" : "") << rest << "' \\\n";
    if (spec->letter != '\0') out << "  '" << many << "-" << spec->letter << rest << "' \\\n";
  }
  out << "  '1:command:((";
  bool first = true;
  for (const Command& command : commands()) {
    if (!command.built) continue;
    out << (first ? "" : " ") << command.name << "\\:" << zsh_word(command.summary);
    first = false;
  }
  out << "))' \\\n  '*::operand:->operand' && return\ncase $words[1] in\n"
      << "  explain) compadd " << words(check_ids(catalog)) << " ;;\n";
  for (const Command& command : commands()) {
    const auto follow = operand_words(command);
    if (follow.empty()) continue;
    out << "  " << command.name << ") if (( CURRENT == 2 )); then compadd " << words(follow);
    if (follow.front() == "show")
      out << "; else compadd " << (std::string(command.name) == "runs" ? "last" : words(profile_names(catalog)));
    out << "; fi ;;\n";
  }
  out << "  *) _files ;;\nesac\n";
}

void write_fish_completion(const Catalog& catalog, std::ostream& out) {
  out << "# fish completion of audit. Generated out of the program; do not edit.\n";
  for (const Command& command : commands()) {
    if (!command.built) continue;
    out << "complete -c audit -n __fish_use_subcommand -f -a " << command.name << " -d '"
        << quoted(command.summary, "\\'") << "'\n";
  }
  out << "complete -c audit -n '__fish_seen_subcommand_from explain' -f -a '" << words(check_ids(catalog)) << "'\n";
  for (const Command& command : commands()) {
    auto follow = operand_words(command);
    if (follow.empty()) continue;
    const std::string seen = std::string("__fish_seen_subcommand_from ") + command.name;
    const bool shows = follow.front() == "show";
    out << "complete -c audit -n '" << seen << (shows ? "; and not __fish_seen_subcommand_from show" : "") << "' -f -a '"
        << words(follow) << "'\n";
    if (shows)
      out << "complete -c audit -n '" << seen << "; and __fish_seen_subcommand_from show' -f -a '"
          << (std::string(command.name) == "runs" ? "last" : words(profile_names(catalog))) << "'\n";
  }
  for (const OptionSpec* spec : listed_options()) {
    out << "complete -c audit -l " << spec->name;
    if (spec->letter != '\0') out << " -s " << spec->letter;
    out << " -d '" << quoted(spec->help, "\\'") << "'" << fish_action(*spec, catalog) << '\n';
  }
}

}  // namespace audit
