#pragma once
// What the composition root gives to the command line.

#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "auditor/engine/catalog.hpp"
#include "auditor/model/report.hpp"
#include "auditor/model/store.hpp"

namespace audit {

class Disguise;  // auditor/sys/disguise.hpp

// What the program writes to and who sits in front of it.
struct Terminal {
  bool in = false;     // standard input is a terminal
  bool out = false;    // standard output is one
  bool error = false;  // standard error is one
  bool color = true;   // neither NO_COLOR nor TERM=dumb forbids it
  bool unicode = true;
  int width = 80;  // columns
};
// Asks the process's own streams and environment.
[[nodiscard]] Terminal process_terminal();

// How an adapter's store becomes one file that stands in for it, also when it cannot be read (`audit record`); under a disguise where there is one. Other stores record themselves.
struct Recorder {
  std::function<std::string(Store&, const Disguise*)> store;
  std::function<std::string(const StoreUnavailable&, const Disguise*)> unavailable;
};

// A store on a server, made for one case of `audit test`: the options of the source that name it. It goes with `keep`.
struct Fixture {
  std::map<std::string, std::string> options;
  std::shared_ptr<void> keep;
};
// Makes one out of scripts (name and text). Throws Error.
using FixtureMaker = std::function<Fixture(const std::vector<std::pair<std::string, std::string>>& scripts)>;

// Everything here outlives the command.
struct CommandContext {
  std::vector<std::string> arguments;  // without the program's name
  std::string version;
  std::function<void(Catalog&)> fill_catalog;  // adapters, built-in checks and profiles; throws Error
  const std::vector<ReportFormatEntry>& formats;
  std::map<std::string, Recorder> recorders;  // by adapter
  Terminal terminal;
  std::ostream& out;
  std::ostream& error;
  Cancellation& cancel;
  std::map<std::string, FixtureMaker> fixtures;  // by adapter
};

// Runs the command line and returns the exit code. Throws nothing.
[[nodiscard]] int run_command(CommandContext& context);

}  // namespace audit
