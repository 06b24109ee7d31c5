#include "auditor/cli/retention.hpp"

namespace audit {

void apply_retention(const StateDirectory& state, const Retention& retention, std::int64_t now, Log& log) {
  if (!retention.runs && !retention.age) return;
  try {
    auto runs = state.runs();  // oldest first
    std::erase_if(runs, [](const RunSummary& run) { return run.end == RunEnd::open || !run.problem.empty(); });
    const auto most = retention.runs ? static_cast<std::size_t>(*retention.runs) : runs.size();
    std::size_t removed = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const bool too_many = runs.size() - i > most;
      const bool too_old = retention.age && now - runs[i].started_at > *retention.age;
      if (!too_many && !too_old) continue;
      state.remove_run(runs[i].id);
      ++removed;
    }
    if (removed > 0) log.info("retention: removed " + std::to_string(removed) + (removed == 1 ? " run" : " runs"));
  } catch (const std::exception& error) {
    log.warning(std::string("retention: ") + error.what());
  }
}

}  // namespace audit
