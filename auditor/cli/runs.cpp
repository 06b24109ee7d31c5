// audit runs [show RUN | prune]: what was done, and clearing it away.

#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "auditor/cli/setup.hpp"
#include "auditor/cli/table.hpp"
#include "auditor/model/error.hpp"
#include "auditor/repair/effect_text.hpp"
#include "auditor/repair/run_lock.hpp"
#include "auditor/repair/state_directory.hpp"
#include "auditor/sys/clock.hpp"

namespace audit {

namespace {

using Json = nlohmann::ordered_json;

// text or json; nothing else, and not into files.
bool wants_json(const Invocation& invocation) {
  const auto& formats = invocation.options.formats;
  if (formats.empty()) return false;
  const std::string& name = formats.front().name;
  if (formats.size() > 1 || !formats.front().file.empty() || (name != "json" && name != "text")) {
    throw Error(ErrorKind::usage, "audit runs: only --format text or json, to standard output", "");
  }
  return name == "json";
}

std::string end_of(const RunSummary& run) {
  if (!run.problem.empty()) return "unreadable";
  if (!run.undone_by.empty()) return "undone by " + run.undone_by;
  return to_string(run.end);
}

Json summary_of(const RunSummary& run) {
  Json json{{"id", run.id}, {"mode", run.mode}, {"undoes", nullptr}, {"undone_by", nullptr}, {"started_at", format_time(run.started_at)}, {"command", run.command}, {"changes", run.changes}};
  if (!run.undoes.empty()) json["undoes"] = run.undoes;
  if (!run.undone_by.empty()) json["undone_by"] = run.undone_by;
  json["end"] = run.problem.empty() ? to_string(run.end) : "unreadable";
  if (!run.problem.empty()) json["problem"] = run.problem;
  return json;
}

// Hostile names are shown, not believed.
std::string spelled(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

int list_json(std::ostream& out, const StateDirectory& state) {
  Json runs = Json::array();
  for (const auto& run : state.runs()) runs.push_back(summary_of(run));
  out << spelled({{"schema", "audit-runs/1"}, {"runs", std::move(runs)}}) << "\n";
  return 0;
}

// The changes one by one: a run may have a million of them.
int show_json(std::ostream& out, const StateDirectory& state, const RunSummary& run) {
  Json json{{"schema", "audit-run/1"}};
  json.update(summary_of(run));
  json["kept_in"] = state.run(run.id).string();
  json["stores"] = Json::array();
  for (const auto& store : run.stores) json["stores"].push_back({{"profile", store.profile}, {"source", store.source}, {"adapter", store.adapter}, {"location", store.location}});
  const std::string head = spelled(json);
  out << std::string_view(head).substr(0, head.size() - 1) << ",\"effects\":[";
  if (run.problem.empty()) {
    const Journal journal(state.journal(run.id));
    const char* before = "\n";
    for (const auto& place : journal.effects()) {
      if (!journal.in_effect(place)) continue;
      std::string effect;
      append_effect(effect, journal.effect(place));
      out << before << effect;
      before = ",\n";
    }
  }
  out << "]}\n";
  return run.problem.empty() ? 0 : 4;
}

int list(Invocation& invocation, const StateDirectory& state) {
  if (wants_json(invocation)) return list_json(invocation.context.out, state);
  const auto runs = state.runs();
  std::ostream& out = invocation.context.out;
  if (runs.empty()) {
    out << "no runs in " << state.path().string() << "\n";
    return 0;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& run : runs) {
    const std::string changes = std::to_string(run.changes) + (run.changes == 1 ? " change" : " changes");
    rows.push_back({run.id, run.mode + (run.undoes.empty() ? "" : " of " + run.undoes), changes, end_of(run)});
  }
  print_table(out, rows, invocation.context.terminal.width);
  return 0;
}

int show(Invocation& invocation, const StateDirectory& state, const std::string& name) {
  const RunSummary run = state.find(name);
  std::ostream& out = invocation.context.out;
  if (wants_json(invocation)) return show_json(out, state, run);
  out << "run      " << run.id << "\nwhat     " << run.mode << (run.undoes.empty() ? "" : " of " + run.undoes) << "\nstarted  " << format_time(run.started_at)
      << "\ncommand  " << run.command << "\nend      " << end_of(run) << "\nkept in  " << state.run(run.id).string() << "\n";
  if (!run.problem.empty()) {
    out << "problem  " << run.problem << "\n";
    return 4;
  }
  for (const auto& store : run.stores) out << "store    " << store.profile << " " << store.source << " (" << store.adapter << ") " << store.location << "\n";
  const Journal journal(state.journal(run.id));
  for (const auto& place : journal.effects()) {
    if (!journal.in_effect(place)) continue;
    std::string line;
    append_effect(line, journal.effect(place));
    out << line << "\n";
  }
  return 0;
}

int prune(Invocation& invocation, const StateDirectory& state) {
  if (!invocation.options.keep.has_value()) throw Error(ErrorKind::usage, "audit runs prune: say how many to keep, with --keep N", "");
  const bool shows = invocation.options.dry_run;
  std::optional<RunLock> lock;
  if (!shows) lock.emplace(state.path(), std::chrono::milliseconds(invocation.options.wait.value_or(0)), invocation.context.cancel);
  auto runs = state.runs();
  std::erase_if(runs, [](const RunSummary& run) { return run.end == RunEnd::open; });
  const auto keep = static_cast<std::size_t>(*invocation.options.keep);
  const std::size_t gone = runs.size() > keep ? runs.size() - keep : 0;
  for (std::size_t i = 0; i < gone; ++i) {
    if (shows) {
      invocation.context.out << runs[i].id << "\n";
    } else {
      state.remove_run(runs[i].id);
    }
  }
  invocation.context.out << (shows ? "would remove " : "removed ") << gone << (gone == 1 ? " run" : " runs") << (shows ? ", keep " : ", kept ") << runs.size() - gone << "\n";
  return 0;
}

}  // namespace

int run_runs(Invocation& invocation) {
  const auto catalog = make_catalog(invocation);
  const StateDirectory state = open_state(invocation.options, load_config(invocation, *catalog));
  const auto& words = invocation.operands;
  if (words.empty()) return list(invocation, state);
  if (words.front() == "show" && words.size() == 2) return show(invocation, state, words[1]);
  if (words.front() == "prune" && words.size() == 1) return prune(invocation, state);
  throw Error(ErrorKind::usage, "audit runs: unexpected '" + words.back() + "'", "audit runs, audit runs show RUN, or audit runs prune --keep N");
}

}  // namespace audit
