#include "auditor/repair/state_directory.hpp"

#include <unistd.h>

#include <algorithm>
#include <random>

#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/durable_file.hpp"

namespace audit {

namespace fs = std::filesystem;

namespace {

RunSummary summary_of(const fs::path& directory) {
  RunSummary run;
  run.id = directory.filename().string();
  try {
    const Journal journal(directory / "journal");
    run.mode = journal.head().mode;
    run.undoes = journal.head().undoes;
    run.started_at = journal.head().started_at;
    run.command = journal.head().command;
    run.end = journal.end();
    run.changes = journal.effects_in_effect();
    run.stores = journal.stores();
  } catch (const Error& error) {
    run.problem = error.what();
  }
  return run;
}

}  // namespace

void StateDirectory::make() const {
  make_private_directory(path_ / "runs");
  // Each process its own: two runs may start at once, and the lock comes later.
  const fs::path probe = path_ / (".writable." + std::to_string(::getpid()));
  write_durable_file(probe, "audit\n");
  std::error_code ignored;
  fs::remove(probe, ignored);
}

void StateDirectory::make_run(const std::string& id) const { make_private_directory(run(id)); }

void StateDirectory::remove_run(const std::string& id) const {
  std::error_code error;
  // The journal goes last: what is left without one is no run.
  for (const auto& item : fs::directory_iterator(run(id), error)) {
    if (item.path().filename() != "journal") fs::remove_all(item.path(), error);
  }
  fs::remove_all(run(id), error);
  if (error) throw Error(ErrorKind::repair, "cannot remove " + run(id).string() + ": " + error.message(), "check its permissions");
}

std::vector<RunSummary> StateDirectory::runs() const {
  std::vector<RunSummary> runs;
  std::error_code error;
  for (const auto& item : fs::directory_iterator(path_ / "runs", error)) {
    std::error_code ignored;
    if (fs::exists(item.path() / "journal", ignored)) runs.push_back(summary_of(item.path()));
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    throw Error(ErrorKind::repair, "cannot read " + (path_ / "runs").string() + ": " + error.message(), "check its permissions");
  }
  std::sort(runs.begin(), runs.end(), [](const RunSummary& a, const RunSummary& b) { return a.id < b.id; });
  for (const auto& run : runs) {
    if (run.undoes.empty() || run.end != RunEnd::applied) continue;
    for (auto& other : runs) {
      if (other.id == run.undoes) other.undone_by = run.id;
    }
  }
  return runs;
}

RunSummary StateDirectory::find(const std::string& name) const {
  const auto all = runs();
  if (all.empty()) throw Error(ErrorKind::usage, "there are no runs in " + path_.string(), "name the state directory with --state-dir DIR");
  if (name == "last") {
    const auto last = std::find_if(all.rbegin(), all.rend(), [](const RunSummary& run) { return run.changes > 0 || !run.problem.empty() || run.end == RunEnd::open; });
    return last == all.rend() ? all.back() : *last;
  }
  std::vector<RunSummary> found;
  for (const auto& run : all) {
    if (run.id == name) return run;
    if (run.id.find(name) != std::string::npos) found.push_back(run);
  }
  if (found.size() == 1) return found.front();
  throw Error(ErrorKind::usage, found.empty() ? "there is no run '" + name + "' in " + path_.string() : "'" + name + "' names several runs",
              "`audit runs` lists them");
}

std::optional<RunSummary> StateDirectory::unfinished() const {
  for (auto& run : runs()) {
    if (!run.problem.empty()) throw Error(ErrorKind::repair, "run " + run.id + " cannot be judged: " + run.problem,
                                          "mend or move away " + this->run(run.id).string());
    if (run.end == RunEnd::open) return std::move(run);
  }
  return std::nullopt;
}

void StateDirectory::expect_settled() const {
  const auto run = unfinished();
  if (!run.has_value()) return;
  throw Error(ErrorKind::repair, "run " + run->id + " died before it was finished; nothing else is changed until it is settled", "audit recover");
}

std::string make_run_id(std::int64_t started_at) {
  std::string id;
  // A full second would be spelled without its milliseconds and sort behind them.
  for (const char c : format_time(started_at % 1000 == 0 ? started_at + 1 : started_at)) {
    if (c != '-' && c != ':' && c != '.') id += c;
  }
  static constexpr char kDigits[] = "0123456789abcdef";
  std::random_device random;
  unsigned bits = random();
  id += '-';
  for (int i = 0; i < 8; ++i, bits >>= 4U) id += kDigits[bits & 15U];
  return id;
}

}  // namespace audit
