// Any bytes as a registry, JSON and JSON5: no crash, no error but a status.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/files/entries.hpp"
#include "adapters/files/json5.hpp"

namespace {

std::string root() {
  static const std::string path = [] {
    std::string pattern = (std::filesystem::temp_directory_path() / "audit-fuzz-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    return pattern;
  }();
  return path;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const audit::Cancellation cancel;
  const std::string file = root() + "/sessions.json";
  std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  // Old enough not to be waited for.
  std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  for (
      const char* options :
      {R"({"documents": "sessions.json", "session": "/sessionId", "file": "/sessionFile", "own": "{session}.jsonl", "marker": "agents/", "json5": true})",
       R"({"documents": "sessions.json", "session": "/sessionId", "file": "/sessionFile"})"}) {
    audit::Tree tree(root(), cancel);
    const auto layout = audit::entry_layout(options);
    for (const auto& document : audit::load_documents(tree, layout.where, {})) {
      if (document.status.empty()) std::abort();
      std::int64_t entries = 0;
      audit::each_entry(tree, layout, document, audit::EntryDepth::refs,
                        [&](const audit::EntryFacts&) { return ++entries > 0; });
      if (entries != audit::count_entries(layout.where, document)) std::abort();
    }
  }
  return 0;
}
