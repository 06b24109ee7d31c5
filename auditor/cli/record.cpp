// audit record DIR: what the servers of a profile hold, as files that stand in for them.

#include <filesystem>
#include <ostream>

#include "auditor/cli/setup.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace {

namespace fs = std::filesystem;

std::string record_store(Source& source, const StoreInfo& info, const Recorder& recorder) {
  try {
    return recorder.store(*source.open(info, 1).front());
  } catch (const StoreUnavailable& unavailable) {
    return recorder.unavailable(unavailable);
  }
}

// Number of files written.
int record_profile(Invocation& invocation, const Catalog& catalog, const Profile& profile, const fs::path& directory) {
  int written = 0;
  for (const ProfileSource& config : profile.sources()) {
    const auto recorder = invocation.context.recorders.find(config.spec.adapter);
    const Adapter* adapter = catalog.adapter(config.spec.adapter);
    if (recorder == invocation.context.recorders.end() || adapter == nullptr) continue;
    const auto source = adapter->source(config.spec, invocation.context.cancel);
    const auto stores = source->list();
    for (std::size_t i = 0; i < stores.size(); ++i) {
      const std::string name = config.spec.name + (i > 0 ? "-" + std::to_string(i + 1) : "") + ".json";
      const std::string text = record_store(*source, stores[i], recorder->second);
      write_text_file((directory / name).string(), [&](std::ostream& out) { out << text; });
      invocation.context.out << (directory / name).string() << "  " << stores[i].location << '\n';
      ++written;
    }
  }
  return written;
}

}  // namespace

int run_record(Invocation& invocation) {
  const auto catalog = make_catalog(invocation);
  const Config config = load_config(invocation, *catalog);
  auto requests = profile_requests(invocation.options, config, *catalog);
  if (requests.empty()) {
    for (const Discovered& found : discover(*catalog, invocation.context.cancel))
      requests.push_back({found.profile, {}, ""});
  }
  if (requests.empty())
    throw Error(ErrorKind::usage, "audit record: no known system was found", "say which: --profile NAME");
  const fs::path directory = invocation.operands.front();
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) throw Error(ErrorKind::usage, "cannot make " + directory.string() + ": " + error.message());
  int written = 0;
  for (const ProfileRequest& request : requests) {
    const fs::path place = requests.size() > 1 ? directory / (request.label.empty() ? fs::path(request.name).stem().string() : request.label) : directory;
    fs::create_directories(place, error);
    written += record_profile(invocation, *catalog, open_profile(request, *catalog), place);
  }
  if (written == 0) throw Error(ErrorKind::usage, "audit record: no source of these profiles can be recorded");
  return 0;
}

}  // namespace audit
