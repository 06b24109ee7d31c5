// audit record DIR: a fixture case of what the stores hold now.

#include <filesystem>
#include <optional>
#include <ostream>

#include "auditor/cli/record_expect.hpp"
#include "auditor/cli/record_stores.hpp"
#include "auditor/cli/setup.hpp"
#include "auditor/cli/test_update.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/disguise.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::int64_t kRows = 100'000;
constexpr std::int64_t kMebibytes = 64;
constexpr std::int64_t kMebibyte = 1'048'576;

// What is recorded is other people's data: nobody else may read it until its owner says so.
void make_empty(const fs::path& directory) {
  std::error_code error;
  if (fs::exists(directory, error) && (!fs::is_directory(directory, error) || !fs::is_empty(directory, error)))
    throw Error(ErrorKind::usage, "audit record: " + directory.string() + " is there and not empty", "name a directory that is new");
  const bool made = fs::create_directories(directory, error);
  if (error) throw Error(ErrorKind::usage, "cannot make " + directory.string() + ": " + error.message());
  if (made) fs::permissions(directory, fs::perms::owner_all, error);
}

void write(const fs::path& file, const std::string& text) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) throw Error(ErrorKind::usage, "cannot make " + file.parent_path().string() + ": " + error.message());
  write_text_file(file.string(), [&](std::ostream& out) { out << text; });
}

// A profile of one's own without the places of its stores: they are the case's, and a url may hold a password. What lies in another source stays there.
std::string without_places(const std::string& text, const std::string& file) {
  Json profile = parse_json_file(text, file);
  if (!profile.contains("sources") || !profile["sources"].is_object()) return text;
  for (auto& [name, source] : profile["sources"].items()) {
    for (const char* option : {"path", "url", "socket", "snapshot"}) {
      if (!source.contains(option) || !source[option].is_string()) continue;
      const std::string value = source[option].get<std::string>();
      const bool inner = value.starts_with("${") && profile["sources"].contains(value.substr(2, value.find('.') - 2));
      if (!inner) source.erase(option);
    }
  }
  return profile.dump(2) + "\n";
}

class CaseRecorder {
 public:
  CaseRecorder(Invocation& invocation, const Catalog& catalog, const Config& config, Disguise* disguise)
      : invocation_(invocation), options_(invocation.options), catalog_(catalog), request_(scan_request(invocation.options, config, catalog)), disguise_(disguise),
        limit_(options_.max_rows.value_or(kRows), options_.max_size.value_or(kMebibytes) * kMebibyte) {
    // A case knows of no settings of checks: what is compared is what they find without.
    request_.settings.clear();
    request_.exclude.clear();
  }

  // False when an audit of the case does not find what is found now.
  bool record(const Home& home, const ProfileRequest& request, const fs::path& directory) {
    const std::string& name = request.name;
    const bool built_in = catalog_.profiles().contains(name);
    const std::string text = built_in ? std::string(catalog_.profiles().at(name)) : read_text_file(name);
    const RecordedCase recorded = record_stores(home, text, catalog_, invocation_.context, disguise_, limit_);
    const Report live = found_now(request);
    make_empty(directory);
    for (const auto& [file, contents] : recorded.files) write(directory / file, contents);
    if (!built_in) write(directory / "given/profile.json", without_places(text, name));
    write(directory / "expect.json", case_text(expectation(name, recorded, built_in)));
    std::ostream& out = invocation_.context.out;
    for (const auto& [file, location] : recorded.sources) out << (directory / file).string() << "  " << location << '\n';
    for (const std::string& note : recorded.notes) out << "  note: " << note << '\n';
    if (!options_.checks_directories.empty()) out << "  note: audit test needs --checks as well\n";
    return conclude(directory, live);
  }

 private:
  Report found_now(const ProfileRequest& profile) {
    ScanRequest request = request_;
    request.profiles = {profile};
    return scan(catalog_, request, invocation_.context.cancel, {}, {}).report;
  }

  [[nodiscard]] Json expectation(const std::string& name, const RecordedCase& recorded, bool built_in) const {
    Json document{{"title", fs::path(name).stem().string() + " as it was found"}, {"profile", built_in ? name : "given/profile.json"}, {"now", format_time(request_.now)}};
    if (request_.grace != ScanRequest().grace) document["grace"] = std::to_string(request_.grace) + "ms";
    if (options_.unsafe) document["unsafe"] = true;
    for (const auto& [check, repair] : options_.allow) document["allow"].push_back(repair.empty() ? check : check + "=" + repair);
    for (const std::string& glob : options_.check) document["checks"].push_back(glob);
    document["given"] = recorded.given;
    if (!recorded.set.empty()) document["set"] = recorded.set;
    document["exit"] = 0;
    document["findings"] = Json::array();
    document["plan"] = Json::array();
    return document;
  }

  bool conclude(const fs::path& directory, const Report& live) {
    std::map<std::string, std::int64_t> now;
    for (const Finding& finding : live.findings) ++now[finding.check];
    Expectation expected;
    try {
      expected = expect_what_is_found(directory.string(), catalog_, invocation_.context);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::interrupted) throw;
      throw Error(ErrorKind::source, "the case is written, but it does not run, and expects nothing yet: " + std::string(error.what()),
                  error.hint() + (error.hint().empty() ? "" : "; ") + "then: audit test " + directory.string() + " --update");
    }
    std::ostream& out = invocation_.context.out;
    for (const std::string& note : expected.notes) out << "  note: " << note << '\n';
    bool same = true;
    for (const auto& [check, count] : now) expected.found.try_emplace(check, 0);
    std::int64_t total = 0;
    for (const auto& [check, count] : expected.found) {
      total += count;
      const auto found = now.find(check);
      const std::int64_t here = found == now.end() ? 0 : found->second;
      if (here == count) continue;
      same = false;
      out << "  " << check << ": " << here << " in the stores, " << count << " in the case\n";
    }
    out << (directory / "expect.json").string() << "  " << total << (total == 1 ? " finding" : " findings") << (same ? ", as in the stores" : "") << '\n';
    return same;
  }

  Invocation& invocation_;
  const Options& options_;
  const Catalog& catalog_;
  ScanRequest request_;
  Disguise* disguise_;
  RecordLimit limit_;
};

struct Recorded {
  Home home;
  ProfileRequest request;  // of this home alone, with all that was asked for
};

std::vector<Recorded> homes_of(const std::vector<ProfileRequest>& requests, const Catalog& catalog) {
  std::vector<Recorded> all;
  for (const ProfileRequest& request : requests) {
    for (Home& home : open_homes(request, catalog)) {
      ProfileRequest one = request;
      for (const auto& [option, value] : home.origin.set) one.set[option] = value;
      one.label = home.origin.label;
      all.push_back({std::move(home), std::move(one)});
    }
  }
  return all;
}

// A case for each: named after its profile, and counted where there are several of it.
fs::path place_of(const std::vector<Recorded>& all, std::size_t i, const fs::path& directory) {
  if (all.size() == 1) return directory;
  const auto stem = [&](std::size_t k) { return fs::path(all[k].request.name).stem().string(); };
  std::size_t number = 1;
  for (std::size_t k = 0; k < i; ++k) number += stem(k) == stem(i) ? 1 : 0;
  return directory / (stem(i) + (number > 1 ? "-" + std::to_string(number) : ""));
}

}  // namespace

int run_record(Invocation& invocation) {
  const auto catalog = make_catalog(invocation);
  const Config config = load_config(invocation, *catalog);
  auto requests = profile_requests(invocation.options, config, *catalog);
  if (requests.empty()) {
    for (const Discovered& found : discover(*catalog, invocation.context.cancel)) requests.push_back({found.profile, {}, ""});
  }
  if (requests.empty()) throw Error(ErrorKind::usage, "audit record: no known system was found", "say which: --profile NAME");
  std::optional<Disguise> disguise;
  if (invocation.options.anonymize) disguise.emplace(Disguise::random_key());
  const fs::path directory = invocation.operands.front();
  make_empty(directory);
  bool same = true;
  CaseRecorder recorder(invocation, *catalog, config, disguise ? &*disguise : nullptr);
  const std::vector<Recorded> all = homes_of(requests, *catalog);
  for (std::size_t i = 0; i < all.size(); ++i) same = recorder.record(all[i].home, all[i].request, place_of(all, i, directory)) && same;
  if (same) return 0;
  throw Error(ErrorKind::source, "an audit of the case does not find what an audit of the stores finds", "what the stores hold may have changed in between: record again when they are at rest");
}

}  // namespace audit
