#include "auditor/cli/confirm.hpp"

#include <iostream>
#include <ostream>
#include <string>

#include "auditor/model/error.hpp"

namespace audit {

bool confirm(Invocation& invocation, const std::string& question, std::int64_t number, bool risky) {
  if (invocation.options.yes) return true;
  CommandContext& context = invocation.context;
  if (!context.terminal.in || !context.terminal.error) {
    throw Error(ErrorKind::usage, "nothing was changed: there is no terminal to ask at", "agree beforehand with --yes");
  }
  const std::string wanted = risky ? std::to_string(number) : "yes";
  context.error << question << (risky ? " Type " + wanted + " to go on: " : " Type yes to go on: ") << std::flush;
  std::string answer;
  if (!std::getline(std::cin, answer)) answer.clear();
  context.cancel.check();
  if (answer == wanted || (!risky && answer == "y")) return true;
  context.error << "nothing was changed\n";
  return false;
}

}  // namespace audit
