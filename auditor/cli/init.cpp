// audit init: proposes a first profile for an application that has none.

#include <filesystem>
#include <ostream>

#include "auditor/cli/init_guess.hpp"
#include "auditor/cli/setup.hpp"
#include "auditor/model/error.hpp"

namespace audit {

namespace {

InitSource asked_source(const Options& options) {
  if (options.sqlite.empty() == options.postgres.empty()) {
    throw Error(ErrorKind::usage, "audit init: say which database",
                "usage: audit init --sqlite FILE, or audit init --postgres URI");
  }
  if (!options.sqlite.empty())
    return {"sqlite", "path", std::filesystem::absolute(options.sqlite).lexically_normal().string()};
  return {"postgres", "url", options.postgres};
}

// What may stand in a file: a connection string without its password, which PGPASSFILE or the environment gives
// instead.
std::string without_password(std::string url) {
  if (const auto scheme = url.find("://"); scheme != std::string::npos) {
    const auto from = scheme + 3;
    const auto at = url.rfind('@', url.find_first_of("/?", from));
    const auto colon = url.find(':', from);
    if (at != std::string::npos && colon < at) url.erase(colon, at - colon);
  }
  const auto word = url.find("password");
  const auto equals = word == std::string::npos ? word : url.find_first_not_of(' ', word + 8);
  if (equals == std::string::npos || url[equals] != '=') return url;
  const auto value = std::min(url.find_first_not_of(' ', equals + 1), url.size());
  auto end = url.find_first_of(" &", value);
  if (value < url.size() && url[value] == '\'') {
    end = value + 1;
    while (end < url.size() && url[end] != '\'') end += url[end] == '\\' ? 2 : 1;
    ++end;
  }
  url.erase(word, std::min(end, url.size()) - word);
  return url;
}

std::string profile_name(const InitSource& source) {
  std::string name =
      source.adapter == "sqlite" ? std::filesystem::path(source.location).stem().string() : "application";
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '-';
  }
  return name.empty() ? "application" : name;
}

}  // namespace

int run_init(Invocation& invocation) {
  InitSource source = asked_source(invocation.options);
  const auto catalog = make_catalog(invocation);
  const Adapter* adapter = catalog->adapter(source.adapter);
  if (adapter == nullptr) throw Error(ErrorKind::usage, "this program has no adapter for " + source.adapter);
  SourceSpec spec;
  spec.profile = "init";
  spec.name = "db";
  spec.adapter = source.adapter;
  spec.text[source.option] = source.location;
  const auto opened_source = adapter->source(spec, invocation.context.cancel);
  source.location = without_password(source.location);
  std::vector<std::unique_ptr<Store>> stores;
  try {
    stores = opened_source->open(opened_source->list().at(0), 1);
  } catch (const StoreUnavailable& why) {
    throw Error(ErrorKind::source, source.location + " " + why.detail, why.hint);
  }
  const std::string name = profile_name(source);
  const std::string text = propose_profile(name, source, read_schema(*stores.front(), source.adapter), *stores.front());
  const Profile proposed(text, name, {}, "", process_environment());  // what does not load is not proposed
  (void)proposed.resolve(*stores.front(), proposed.generation_of(*stores.front()),
                         [](const std::string&) { return std::vector<std::string>(); });
  invocation.context.out << text;
  invocation.context.error << "save it as " << name << ".json, then: audit --profile ./" << name << ".json\n";
  return 0;
}

}  // namespace audit
