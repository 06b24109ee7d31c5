#include "auditor/cli/record_stores.hpp"

#include <filesystem>

#include "auditor/cli/record_words.hpp"
#include "auditor/engine/source_set.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

std::string real(const std::string& path) {
  std::error_code ignored;
  const fs::path result = fs::weakly_canonical(path, ignored);
  return ignored ? path : result.string();
}

std::string option(const SourceState& state, const char* name) {
  const auto found = state.config->spec.text.find(name);
  return found == state.config->spec.text.end() ? "" : found->second;
}

const std::string& adapter(const SourceState& state) { return state.config->spec.adapter; }

class StoresRecorder {
 public:
  StoresRecorder(const Home& home, const Catalog& catalog, const CommandContext& context, Disguise* disguise, RecordLimit& limit)
      : home_(home), context_(context), disguise_(disguise), limit_(limit), sources_(catalog, home.profile, context.cancel) {}

  RecordedCase run() {
    sources_.open(1);
    std::set<std::string> relations;
    for (const auto& [relation, columns] : home_.profile.shape()) relations.insert(relation);
    relations.insert("file");
    for (SourceState& state : sources_.states()) {
      for (const std::string& asked : state.source->asks_for()) paths_.insert(asked);
      if (adapter(state) == "files") roots_[state.name()] = real(option(state, "path"));
    }
    sources_.open_asking(relations, 1);
    for (SourceState& state : sources_.states()) {
      if (adapter(state) == "sqlite") {
        for (const StoreInfo& info : state.stores) elsewhere_.insert(real(info.location));
      }
      if (disguise_ != nullptr) learn(state);
    }
    for (SourceState& state : sources_.states()) record(state);
    place_inner_databases();
    return std::move(case_);
  }

 private:
  // Texts of the schemas, before anything is disguised.
  void learn(SourceState& state) {
    for (const StoreInfo& info : state.stores) {
      try {
        if (!state.many() && state.open.empty()) continue;
        const auto visited = state.many() ? sources_.visit(state, info).store : nullptr;
        auto* const recordable = dynamic_cast<Recordable*>(visited ? visited.get() : state.open.front().get());
        if (recordable == nullptr) continue;
        for (const std::string& word : recordable->record_words()) disguise_->know(word);
      } catch (const StoreUnavailable&) {
        continue;
      }
    }
  }

  void record(SourceState& state) {
    const StoreInfo& first = state.stores.front();
    if (!state.source->asks_for().empty()) {
      record_paths(state);
    } else if (const auto recorder = context_.recorders.find(adapter(state)); recorder != context_.recorders.end()) {
      const std::string text = state.open.empty() ? recorder->second.unavailable({first.status, first.detail, first.hint}, disguise_) : recorder->second.store(*state.open.front(), disguise_);
      give(state, "given/" + state.name() + ".json", text, first);
    } else if (first.status == StoreStatus::absent && !state.many()) {
      case_.given[state.name()] = nullptr;
    } else if (adapter(state) == "sqlite") {
      record_databases(state);
    } else if (state.open.empty()) {
      throw Error(ErrorKind::source, "source " + state.name() + " (" + first.location + ") cannot be recorded: " + first.detail, first.hint);
    } else {
      record_store(state);
    }
  }

  void give(const SourceState& state, const std::string& file, const std::string& text, const StoreInfo& info) {
    case_.files[file] = text;
    case_.given[state.name()] = file;
    case_.sources.emplace_back(file, info.location);
  }

  Recording recording_of(const SourceState& state, Store& store, const ResolvedStore& resolved) {
    RecordOrder order;
    order.relations = &resolved.relations;
    for (const Generation& generation : home_.profile.generations()) {
      if (generation.source != state.name() || adapter(state) == "sqlite" || adapter(state) == "postgres") continue;
      for (const std::string& probe : {generation.table, generation.query}) {
        if (!probe.empty()) order.probes.push_back(probe);
      }
    }
    order.disguise = disguise_;
    order.limit = &limit_;
    order.elsewhere = elsewhere_;
    describe_columns(order, paths_);
    Recording recording;
    auto* const recordable = dynamic_cast<Recordable*>(&store);
    if (recordable == nullptr)
      throw Error(ErrorKind::source, "source " + state.name() + " cannot be recorded: the adapter " + adapter(state) + " has no form for it");
    recordable->record(order, recording);
    if (!store.still_valid())
      throw Error(ErrorKind::source, store.info().location + " changed while it was recorded", "try again when its application is at rest");
    const std::string folder = std::string(kRecordedOutside).substr(std::string_view("${CASE}/").size());
    for (const std::string& path : recording.outside) case_.files[folder + fs::path(path).lexically_normal().string()] = "";
    for (const std::string& note : recording.notes) case_.notes.push_back(state.name() + ": " + note);
    return recording;
  }

  // Of a server, or a directory.
  void record_store(SourceState& state) {
    const StoreInfo& info = state.stores.front();
    Recording recording = recording_of(state, *state.open.front(), state.resolved);
    for (const auto& [name, value] : recording.set) case_.set[state.name() + "." + name] = value;
    if (const auto script = recording.files.find(""); script != recording.files.end()) {
      const std::string file = "given/" + state.name() + (adapter(state) == "redis" ? ".redis" : ".sql");
      give(state, file, script->second.text, info);
      case_.given[state.name()] = {{adapter(state), Json::array({file})}};
      return;
    }
    Json modified = Json::object();
    const std::string folder = "given/" + state.name();
    for (const auto& [path, file] : recording.files) {
      case_.files[folder + "/" + path] = file.text;
      if (file.modified) modified[path] = format_time(*file.modified);
    }
    if (recording.files.empty()) case_.files[folder + "/.keep"] = "";
    case_.given[state.name()] = {{"copy", folder}, {"modified", modified}};
    case_.sources.emplace_back(folder, info.location);
  }

  void record_databases(SourceState& state) {
    const bool several = state.many() || option(state, "path").find_first_of("*?[{") != std::string::npos;
    for (const StoreInfo& info : state.stores) {
      std::string text;
      bool script = true;
      try {
        if (state.many()) {
          const SourceSet::Visit visit = sources_.visit(state, info);
          text = recording_of(state, *visit.store, visit.resolved).files[""].text;
        } else {
          if (state.open.empty()) throw StoreUnavailable{info.status, info.detail, info.hint};
          text = recording_of(state, *state.open.front(), state.resolved).files[""].text;
        }
      } catch (const StoreUnavailable& why) {
        text = unreadable(state, info, why);
        script = false;
      }
      give_database(state, info, several, script, std::move(text));
    }
  }

  // The bytes of a database that is none, so that it is none in the case either.
  std::string unreadable(const SourceState& state, const StoreInfo& info, const StoreUnavailable& why) {
    std::error_code error;
    const auto size = fs::is_regular_file(info.location, error) ? fs::file_size(info.location, error) : 0;
    if (error || size == 0) throw Error(ErrorKind::source, "source " + state.name() + " (" + info.location + ") cannot be recorded: " + why.detail, why.hint);
    limit_.take(size);
    case_.notes.push_back(state.name() + ": " + info.location + " " + why.detail + ": its bytes are in it" + (disguise_ != nullptr ? ", replaced by others" : ""));
    const std::string bytes = read_text_file(info.location);
    return disguise_ != nullptr ? disguise_->bytes(bytes) : bytes;
  }

  [[nodiscard]] std::string disguised(const std::string& name) const { return disguise_ != nullptr ? disguise_->name(name) : name; }

  void give_database(const SourceState& state, const StoreInfo& info, bool several, bool script, std::string text) {
    const std::string location = real(info.location);
    for (const auto& [source, root] : roots_) {
      if (!location.starts_with(root + "/")) continue;
      inner_.push_back({source, disguised(location.substr(root.size() + 1)), std::move(text), script, modified_at(location), info.location});
      return;
    }
    const std::string name = disguised(fs::path(info.location).filename().string());
    const std::string ending = script ? ".sql" : "";
    if (!several) {
      const std::string file = "given/" + state.name() + (script ? ".sql" : ".sqlite");
      give(state, file, text, info);
      if (!script) case_.given[state.name()] = {{"option", "path"}, {"copy", file}};
      return;
    }
    const std::string file = "given/" + state.name() + "/" + name + ending;
    if (case_.files.contains(file))
      throw Error(ErrorKind::source, "source " + state.name() + " cannot be recorded: several of its databases are called " + name, "record them one by one, with --set " + state.name() + ".path=FILE");
    case_.files[file] = std::move(text);
    case_.given[state.name()]["many"][name] = Json::array({file});
    case_.sources.emplace_back(file, info.location);
  }

  static std::int64_t modified_at(const std::string& path) {
    std::error_code ignored;
    const auto time = fs::last_write_time(path, ignored);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::file_clock::to_sys(time).time_since_epoch()).count();
  }

  // Databases that lie in a directory which is recorded: their sources are found through it.
  void place_inner_databases() {
    for (Inner& inner : inner_) {
      const std::string file = "given/" + inner.source + "/" + inner.path + (inner.script ? ".sql" : "");
      case_.files.erase("given/" + inner.source + "/.keep");
      case_.files[file] = std::move(inner.text);
      case_.given[inner.source]["modified"][inner.path] = format_time(inner.modified);
      case_.sources.emplace_back(file, inner.location);
    }
  }

  // Files and directories that are there, below a directory of the case.
  void record_paths(SourceState& state) {
    if (state.open.empty()) return;
    const std::string folder = std::string(kRecordedPaths).substr(std::string_view("${CASE}/").size());
    const RelationMapping relation{"file", {RelationPart{}}};
    std::size_t count = 0;
    state.open.front()->scan(relation, {"path", "kind"}, [&](std::span<const Value> row) {
      const std::string path = to_text(row[0]);
      const std::string kind = to_text(row[1]);
      if (kind != "directory" && kind != "file") return true;
      limit_.take(0);
      case_.files[folder + fs::path(disguised(path)).lexically_normal().string() + (kind == "directory" ? "/.keep" : "")] = "";
      ++count;
      return true;
    });
    if (count > 0) case_.sources.emplace_back(folder, std::to_string(count) + " of the " + state.stores.front().location);
  }

  struct Inner {
    std::string source;
    std::string path;  // below the place of that source
    std::string text;
    bool script;
    std::int64_t modified;
    std::string location;
  };

  const Home& home_;
  const CommandContext& context_;
  Disguise* disguise_;
  RecordLimit& limit_;
  SourceSet sources_;
  std::set<std::string> paths_;
  std::map<std::string, std::string> roots_;  // source of files → real path
  std::set<std::string> elsewhere_;
  std::vector<Inner> inner_;
  RecordedCase case_;
};

}  // namespace

RecordedCase record_stores(const Home& home, std::string_view text, const Catalog& catalog, const CommandContext& context, Disguise* disguise, RecordLimit& limit) {
  if (disguise != nullptr) know_profile(*disguise, text, home.profile.name(), catalog);
  return StoresRecorder(home, catalog, context, disguise, limit).run();
}

}  // namespace audit
