#pragma once
// The subcommands: one table, one file each.

#include <string>
#include <vector>

#include "auditor/cli/context.hpp"
#include "auditor/cli/log.hpp"
#include "auditor/cli/options.hpp"

namespace audit {

// One call of one subcommand.
struct Invocation {
  CommandContext& context;
  Options options;  // with what the configuration adds, once it has been read
  std::vector<std::string> operands;
  std::string call;  // how to call again with the same sources
  Log& log;
};

struct Command {
  const char* name;
  const char* operands;  // as in --help: "CHECK"
  const char* summary;
  bool built;  // false: part of the contract, not of this version
  int (*run)(Invocation&);
  std::size_t least_operands = 0;
  std::size_t most_operands = 0;
};
[[nodiscard]] const std::vector<Command>& commands();

// Each returns the exit code and throws Error.
int run_scan(Invocation& invocation);
int run_checks(Invocation& invocation);
int run_explain(Invocation& invocation);
int run_profiles(Invocation& invocation);
int run_record(Invocation& invocation);
int run_config(Invocation& invocation);
int run_test(Invocation& invocation);
int run_diff(Invocation& invocation);
int run_init(Invocation& invocation);
int run_repair(Invocation& invocation);
int run_undo(Invocation& invocation);
int run_recover(Invocation& invocation);
int run_runs(Invocation& invocation);

}  // namespace audit
