#include "auditor/cli/command.hpp"

#include <algorithm>
#include <iomanip>
#include <ostream>

#include "auditor/cli/output.hpp"
#include "auditor/cli/setup.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"

namespace audit {

namespace {

constexpr int kInternalError = 3;

int code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
    case ErrorKind::config:
      return 2;
    case ErrorKind::source:
    case ErrorKind::check:
      return 3;
    case ErrorKind::repair:
      return 4;
    case ErrorKind::locked:
      return 5;
    case ErrorKind::interrupted:
      return 130;
  }
  return kInternalError;
}

const Command* find_command(const std::string& name) {
  for (const Command& command : commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

[[noreturn]] void unknown_command(const std::string& word) {
  std::vector<std::string> known;
  for (const Command& command : commands()) {
    if (command.built) known.emplace_back(command.name);
  }
  const std::string near = nearest(word, known);
  throw Error(ErrorKind::usage, "unknown command '" + word + "'",
              near.empty() ? "`audit --help` lists the commands" : "did you mean audit " + near + "?");
}

[[noreturn]] void not_built(const std::string& name) {
  throw Error(ErrorKind::usage,
              "'" + name + "' is not part of this version", "`audit --help` lists the commands");
}

void expect_operands(const Command& command, const std::vector<std::string>& operands) {
  const std::string usage = std::string("audit ") + command.name + (*command.operands == '\0' ? "" : " ") + command.operands;
  if (operands.size() < command.least_operands) {
    throw Error(ErrorKind::usage, std::string("audit ") + command.name + ": " + command.operands + " is missing",
                "usage: " + usage);
  }
  if (operands.size() > command.most_operands) {
    throw Error(ErrorKind::usage,
                std::string("audit ") + command.name + ": unexpected '" + operands[command.most_operands] + "'",
                "usage: " + usage);
  }
}

void print_help(CommandContext& context, const Command* command) {
  std::ostream& out = context.out;
  if (command != nullptr) {
    out << "audit " << command->name << " " << command->operands << (*command->operands != '\0' ? " " : "")
        << "[OPTION]...\n  " << command->summary << "\n";
  } else {
    out << "audit " << context.version
        << ": finds what the stores of a session system disagree about, and repairs it.\n"
        << "\nusage: audit [COMMAND] [OPTION]...\n\n";
    for (const Command& each : commands()) {
      if (!each.built) continue;
      out << "  " << std::left << std::setw(24) << std::string(each.name).append(" ").append(each.operands)
          << each.summary << "\n";
    }
  }
  out << options_help(context.terminal.width)
      << "\nExit: 0 clean (or all repaired), 1 findings, 2 usage or configuration, 3 incomplete audit, 4 nothing or not everything was\n"
         "repaired or taken back, 5 another repair is running, 130 interrupted.\n";
}

std::vector<std::string> command_names(bool with_operands_only) {
  std::vector<std::string> names;
  for (const Command& command : commands()) {
    if (!with_operands_only || command.most_operands > 0) names.emplace_back(command.name);
  }
  return names;
}

// A dry run wins over everything that would change something.
std::string command_name(const Arguments& arguments, const Options& options) {
  const bool scans = arguments.command.empty() || arguments.command == "scan";
  if (options.repair && !scans) throw Error(ErrorKind::usage, "--repair goes with no command but scan", "audit repair");
  const std::string name = options.repair ? "repair" : scans ? "scan" : arguments.command;
  if (options.dry_run && (name == "record" || (name == "test" && options.update)))
    throw Error(ErrorKind::usage, "audit " + name + (options.update ? " --update" : "") + " writes what it is asked for: --dry-run does not go with it", "leave one of them out");
  return name == "repair" && options.dry_run ? "scan" : name;
}

// A scheduled run that meets the one before leaves a line in the log, and cron nothing to mail where the log is a file.
int run_quietly(const Command& command, Invocation& invocation) {
  try {
    return command.run(invocation);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::locked || !invocation.options.quiet) throw;
    invocation.log.warning(error.what());
    return code_of(error.kind());
  }
}

int dispatch(CommandContext& context, std::unique_ptr<Log>& log) {
  const Arguments arguments = split_arguments(context.arguments, command_names(false), command_names(true));
  const Options options = read_options(arguments.options);
  if (options.version) {
    context.out << "audit " << context.version << "\n";
    flush_output(context);
    return 0;
  }
  if (arguments.command.empty() && !arguments.operands.empty()) unknown_command(arguments.operands.front());
  const Command* command = find_command(command_name(arguments, options));
  if (!command->built) not_built(command->name);
  if (options.help) {
    print_help(context, arguments.command.empty() ? nullptr : command);
    flush_output(context);
    return 0;
  }
  expect_operands(*command, arguments.operands);
  if (options.timeout)
    context.cancel.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(*options.timeout);
  log = std::make_unique<Log>(log_request(options, {}), context.error);
  Invocation invocation{context, options, arguments.operands, call_again(arguments.options), *log};
  const int code = run_quietly(*command, invocation);
  flush_output(context);
  return code;
}

void print_error(CommandContext& context, const std::string& what, const std::string& hint) {
  context.error << "audit: " << what << "\n";
  if (!hint.empty()) context.error << "  hint: " << hint << "\n";
  context.error.flush();
}

// Where standard error is read by programs, or is not where the log goes, the log gets the error in its own form.
void tell_error(CommandContext& context, Log* log, const std::string& what, const std::string& hint) {
  const bool file = log != nullptr && !log->request().file.empty();
  if (log != nullptr && (file || log->request().json || log->request().journal)) log->error(what, hint);
  if (log == nullptr || file || !(log->request().json || log->request().journal)) print_error(context, what, hint);
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> table{
      {"scan", "", "audit and show the plan (the default)", true, run_scan},
      {"checks", "", "list the checks", true, run_checks},
      {"explain", "CHECK", "what a check finds, why it matters, how it is repaired; a relation's columns", true, run_explain, 1, 1},
      {"profiles", "[show NAME]", "list the known systems; show one's sources and options", true, run_profiles, 0, 2},
      {"record", "DIR", "make a fixture case for audit test of what the stores hold now", true, run_record, 1, 1},
      {"config", "check", "read the file of --config and say what is wrong with it", true, run_config, 1, 1},
      {"test", "DIR...", "run fixture cases: profiles and checks against expected findings", true, run_test, 1, 1000},
      {"repair", "", "make the plan real, with backups and a journal", true, run_repair},
      {"undo", "RUN", "take a run back (RUN: its id, a part of it, or last)", true, run_undo, 1, 1},
      {"recover", "", "bring a run that died to an end: complete it or take it back", true, run_recover},
      {"runs", "[show RUN | prune]", "what was repaired and undone; one run's changes; clear old runs away", true, run_runs, 0, 2},
      {"diff", "OLD NEW", "what is new, gone and unchanged between two reports (json or jsonl)", true, run_diff, 2, 2},
      {"init", "", "propose a profile for the database of --sqlite or --postgres", true, run_init},
  };
  return table;
}

int run_command(CommandContext& context) {
  std::unique_ptr<Log> log;
  try {
    return dispatch(context, log);
  } catch (const Error& error) {
    const bool interrupted = error.kind() == ErrorKind::interrupted;
    tell_error(context, log.get(), interrupted ? "interrupted" : error.what(), error.hint());
    return code_of(error.kind());
  } catch (const std::exception& error) {
    tell_error(context, log.get(), std::string("internal error: ") + error.what(), "");
  } catch (...) {
    tell_error(context, log.get(), "internal error", "");
  }
  return kInternalError;
}

}  // namespace audit
