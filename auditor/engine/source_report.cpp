#include "auditor/engine/source_report.hpp"

#include <algorithm>

#include "auditor/engine/workbench.hpp"
#include "auditor/model/error.hpp"

namespace audit {

namespace {

// What a healthy store is said to hold. Only what is counted in no time: a large table would cost a scan. All or nothing: beside one that is left out the
// others would look like all that there is.
void count_rows(const SourceState& state, std::int64_t few_rows, const Cancellation& cancel, SourceReport& line) {
  static const std::vector<std::pair<const char*, const char*>> kCounted = {
      {"session", "sessions"}, {"workspace", "workspaces"}, {"entry", "entries"},
      {"transcript", "transcripts"}, {"tmux_window", "windows"}};
  if (state.open.empty()) return;
  auto counts = line.counts;
  for (const auto& [relation, word] : kCounted) {
    const auto mapping = state.resolved.relations.find(relation);
    if (mapping == state.resolved.relations.end()) continue;
    Store& store = *state.open.front();
    try {
      if (Host* host = store.host(); host != nullptr) {
        host->define(mapping->second);
        if (host->estimate(relation) > few_rows) return;
      }
      std::int64_t rows = 0;
      scan_mapped(store, mapping->second, {"source"}, [&](std::span<const Value>) { return ++rows > 0; });
      counts.emplace_back(word, rows);
    } catch (const Error&) {
      cancel.check();  // what cannot be counted fails the checks that read it; here it only has no count
      return;
    }
  }
  line.counts = std::move(counts);
}

}  // namespace

void report_source(const std::string& profile, const SourceState& state, std::int64_t few_rows, const Cancellation& cancel, Report& report) {
  if (state.stores.empty() && !state.several) return;  // nothing asked for it
  SourceReport line;
  line.profile = profile;
  line.name = state.name();
  line.adapter = state.config->spec.adapter;
  line.needed = state.needed;
  const bool all = !state.many() || state.first_bad() == nullptr;
  line.location = state.many() ? state.config->spec.text.at("path") : state.stores.front().location;
  line.status = to_string(state.status());
  if (const StoreInfo* bad = state.first_bad()) {
    line.detail = bad->detail;
    line.hint = bad->hint;
    if (state.needed) report.complete = false;
  }
  if (state.many()) line.counts.emplace_back("stores", static_cast<std::int64_t>(state.stores.size()));
  if (all) count_rows(state, few_rows, cancel, line);
  if (!state.many() || line.status == std::string("ok")) {
    report.sources.push_back(std::move(line));
    return;
  }
  // Of many stores each that could not be read has a line of its own.
  const auto bad = std::count_if(state.stores.begin(), state.stores.end(),
                                 [](const StoreInfo& info) { return info.status != StoreStatus::ok; });
  line.detail = std::to_string(bad) + " of " + std::to_string(state.stores.size()) + " stores could not be read";
  report.sources.push_back(line);
  for (const auto& info : state.stores) {
    if (info.status == StoreStatus::ok) continue;
    SourceReport one = line;
    one.counts.clear();
    one.location = info.location;
    one.status = to_string(info.status);
    one.detail = info.detail;
    one.hint = info.hint;
    report.sources.push_back(std::move(one));
  }
}

}  // namespace audit
