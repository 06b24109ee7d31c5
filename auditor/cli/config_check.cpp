// audit config check: whether the configuration file makes sense.

#include <ostream>

#include "auditor/cli/setup.hpp"
#include "auditor/model/error.hpp"

namespace audit {

int run_config(Invocation& invocation) {
  if (invocation.operands.front() != "check") {
    throw Error(ErrorKind::usage, "audit config: unknown '" + invocation.operands.front() + "'",
                "usage: audit config check --config FILE");
  }
  const std::string& file = invocation.options.config;
  if (file.empty())
    throw Error(ErrorKind::usage, "audit config check: say which file", "usage: audit config check --config FILE");
  const auto catalog = make_catalog(invocation);
  const Config config = load_config(invocation, *catalog);
  for (const ProfileRequest& request : profile_requests(invocation.options, config, *catalog)) {
    const Profile profile = open_profile(request, *catalog);
    for (const ProfileSource& source : profile.sources()) {
      const Adapter* adapter = catalog->adapter(source.spec.adapter);
      if (adapter == nullptr)
        throw Error(ErrorKind::config, request.name + ": there is no adapter '" + source.spec.adapter + "'");
      (void)adapter->source(source.spec, invocation.context.cancel);
    }
  }
  if (!config.baseline.empty()) (void)read_baseline(config.baseline);
  (void)scan_request(invocation.options, config, *catalog);
  invocation.context.out << file << " is good: " << config.profiles.size()
                         << (config.profiles.size() == 1 ? " profile, " : " profiles, ") << config.checks.size()
                         << (config.checks.size() == 1 ? " check" : " checks") << " set\n";
  return 0;
}

}  // namespace audit
