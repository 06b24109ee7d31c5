#include "auditor/repair/journal.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "auditor/model/error.hpp"
#include "auditor/repair/effect_text.hpp"
#include "auditor/sys/digest.hpp"

namespace audit {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t kChecksumDigits = 16;
constexpr std::int64_t kReserveBytes = 64 << 10;
constexpr std::string_view kStoreKey = "{\"store\":";
constexpr std::string_view kSeal = "sealed-";  // and a number of bytes: a file beside the journal

std::string head_text(const JournalHead& head) {
  Json json = {{"journal", kJournalVersion}, {"run", head.run}, {"mode", head.mode}};
  if (!head.undoes.empty()) json["undoes"] = head.undoes;
  json["started_at"] = head.started_at;
  json["program"] = head.program;
  json["command"] = head.command;
  json["profiles"] = Json::array();
  for (const auto& profile : head.profiles) {
    Json one = {{"name", profile.name}, {"set", profile.set}};
    if (!profile.label.empty()) one["label"] = profile.label;
    json["profiles"].push_back(std::move(one));
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string numbered(const char* name, int number) { return std::string("{\"") + name + "\":" + std::to_string(number) + "}"; }

JournalHead head_from(const Json& json) {
  JournalHead head;
  head.run = json.at("run").get<std::string>();
  head.mode = json.at("mode").get<std::string>();
  head.undoes = json.value("undoes", "");
  head.started_at = json.at("started_at").get<std::int64_t>();
  head.program = json.value("program", "");
  head.command = json.value("command", "");
  for (const auto& one : json.at("profiles")) {
    head.profiles.push_back({one.at("name").get<std::string>(), one.value("label", ""), one.at("set").get<std::map<std::string, std::string>>()});
  }
  return head;
}

JournalStore store_from(const Json& json) {
  return {json.at("profile").get<std::string>(), json.at("source").get<std::string>(),   json.at("adapter").get<std::string>(),
          json.at("location").get<std::string>(), json.at("visibility").get<int>(), json.value("atomic", true)};
}

[[noreturn]] void damaged(const fs::path& file, const std::string& why) {
  throw Error(ErrorKind::repair, "the journal " + file.string() + " is damaged: " + why,
              "nothing was changed; its before-images may still be read by hand (docs/journal.md)");
}

// The first bytes of the journal that were synced before something was committed: never may one of them be missing.
std::int64_t sealed_bytes(const fs::path& directory) {
  std::int64_t most = 0;
  std::error_code ignored;
  for (const auto& item : fs::directory_iterator(directory, ignored)) {
    const std::string name = item.path().filename().string();
    if (name.starts_with(kSeal)) most = std::max<std::int64_t>(most, std::strtoll(name.c_str() + kSeal.size(), nullptr, 10));
  }
  return most;
}

// A record that may be whole behind one that is not: all of them were on their way to the disk when the power went.
bool is_before_sync(std::string_view line) {
  const std::string_view json = line.substr(kChecksumDigits + 1);
  return json.starts_with(kStoreKey) || json.starts_with("{\"round\":") || json.starts_with("{\"new_store\":") || json.starts_with("{\"prepared\":");
}

// A record is whole when its checksum fits.
bool is_whole(std::string_view line) {
  return line.size() > kChecksumDigits + 1 && line[kChecksumDigits] == ' ' &&
         checksum_hex(line.substr(kChecksumDigits + 1)) == line.substr(0, kChecksumDigits);
}

}  // namespace

const char* to_string(RunEnd end) {
  switch (end) {
    case RunEnd::open: return "unfinished";
    case RunEnd::applied: return "applied";
    case RunEnd::taken_back: return "taken back";
  }
  return "";
}

JournalWriter::JournalWriter(const fs::path& file, const JournalHead& head) : file_(file, AppendFile::Open::create) {
  record(head_text(head));
  file_.sync();
  sync_directory(file.parent_path());
}

JournalWriter::JournalWriter(const fs::path& file, std::int64_t whole_bytes) : file_(file, AppendFile::Open::append) {
  file_.cut(whole_bytes);
}

void JournalWriter::record(const std::string& json) {
  file_.append(checksum_hex(json));
  file_.append(" ");
  file_.append(json);
  file_.append("\n");
}

int JournalWriter::store(const JournalStore& store) {
  const Json json = {{"profile", store.profile},   {"source", store.source},         {"adapter", store.adapter},
                     {"location", store.location}, {"visibility", store.visibility}, {"atomic", store.atomic}};
  record(Json{{"new_store", json}}.dump(-1, ' ', false, Json::error_handler_t::replace));
  return stores_++;
}

void JournalWriter::begin_round(int round) { record(numbered("round", round)); }

void JournalWriter::effect(int store, std::int64_t unit, const Change& effect) {
  line_ = kStoreKey;
  line_ += std::to_string(store) + ",\"unit\":" + std::to_string(unit) + ",\"effect\":";
  append_effect(line_, effect);
  line_ += '}';
  record(line_);
}

void JournalWriter::prepared(int round) {
  record(numbered("prepared", round));
  file_.sync();
  file_.reserve(kReserveBytes);
}

void JournalWriter::committing(int store) {
  record(numbered("committing", store));
  file_.sync();
  const fs::path directory = file_.path().parent_path();
  { const AppendFile seal(directory / (std::string(kSeal) + std::to_string(file_.size())), AppendFile::Open::create); }
  sync_directory(directory);
}

void JournalWriter::committed(int store) { record(numbered("committed", store)); }

void JournalWriter::taking_back(int store) {
  record(numbered("taking_back", store));
  file_.sync();
}

void JournalWriter::taken_back(int store) { record(numbered("taken_back", store)); }

void JournalWriter::round_done(int round) { record(numbered("round_done", round)); }

void JournalWriter::done(RunEnd end) {
  record(std::string("{\"done\":\"") + to_string(end) + "\"}");
  file_.sync();
}

Journal::Journal(const fs::path& file) : file_(file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(ErrorKind::repair, "cannot read the journal " + file.string(), "check its permissions");
  std::string line;
  bool torn = false;
  while (std::getline(in, line)) {
    const bool ended = !in.eof();
    const auto bytes = static_cast<std::int64_t>(line.size()) + (ended ? 1 : 0);
    if (!ended || !is_whole(line)) {
      torn = true;
      break;
    }
    try {
      read_record(std::string_view(line).substr(kChecksumDigits + 1), whole_bytes_ + static_cast<std::int64_t>(kChecksumDigits) + 1);
    } catch (const Json::exception& error) {
      damaged(file_, error.what());
    }
    whole_bytes_ += bytes;
  }
  while (torn && std::getline(in, line)) {
    if (is_whole(line) && !is_before_sync(line)) damaged(file_, "a record in the middle of it is not what was written");
  }
  if (const auto sealed = sealed_bytes(file_.parent_path()); whole_bytes_ < sealed) {
    damaged(file_, "only " + std::to_string(whole_bytes_) + " bytes of it are whole, and " + std::to_string(sealed) + " were written before a store was changed");
  }
  if (head_.run.empty() && whole_bytes_ > 0) damaged(file_, "it has no head");
}

Journal::Round& Journal::round_at_end() {
  if (rounds_.empty()) damaged(file_, "a record stands before the first round");
  return rounds_.back();
}

void Journal::read_record(std::string_view text, std::int64_t offset) {
  if (text.starts_with(kStoreKey)) {  // an effect: only where it is
    const std::size_t at = text.find(",\"effect\":");
    if (at == std::string_view::npos) damaged(file_, "an effect without its change");
    const Json place = Json::parse(std::string(text.substr(0, at)) + "}");
    constexpr std::size_t kName = 10;  // ,"effect":
    effects_.push_back({offset + static_cast<std::int64_t>(at + kName), static_cast<std::uint32_t>(text.size() - at - kName - 1),
                        place.at("store").get<int>(), round_at_end().number, place.at("unit").get<std::int64_t>()});
    if (effects_.back().store < 0 || effects_.back().store >= static_cast<int>(stores_.size())) damaged(file_, "an effect in an unknown store");
    return;
  }
  const Json json = Json::parse(text);
  const std::string kind = json.begin().key();
  if (kind == "journal") {
    if (json.front().get<int>() > kJournalVersion) {
      throw Error(ErrorKind::repair, "the journal " + file_.string() + " was written by a newer version of audit", "use that version");
    }
    head_ = head_from(json);
  } else if (kind == "new_store") {
    stores_.push_back(store_from(json.front()));
  } else if (kind == "round") {
    rounds_.push_back({});
    rounds_.back().number = json.front().get<int>();
  } else if (kind == "prepared") {
    round_at_end().prepared = true;
  } else if (kind == "committing") {
    round_at_end().committing.insert(json.front().get<int>());
  } else if (kind == "committed") {
    round_at_end().committed.insert(json.front().get<int>());
  } else if (kind == "taking_back") {
    round_at_end().taking_back.insert(json.front().get<int>());
  } else if (kind == "taken_back") {
    round_at_end().taken_back.insert(json.front().get<int>());
  } else if (kind == "round_done") {
    round_at_end().done = true;
  } else if (kind == "done") {
    end_ = json.front() == "applied" ? RunEnd::applied : RunEnd::taken_back;
  } else {
    damaged(file_, "it holds a record of the unknown kind '" + kind + "'");
  }
}

bool Journal::in_effect(const EffectPlace& place) const {
  const auto round = std::find_if(rounds_.begin(), rounds_.end(), [&](const Round& each) { return each.number == place.round; });
  return round != rounds_.end() && round->committed.contains(place.store) && !round->taken_back.contains(place.store);
}

std::int64_t Journal::effects_in_effect() const {
  return std::count_if(effects_.begin(), effects_.end(), [&](const EffectPlace& place) { return in_effect(place); });
}

Change Journal::effect(const EffectPlace& place) const {
  if (!in_.is_open()) in_.open(file_, std::ios::binary);
  std::string text(place.length, '\0');
  if (in_.tellg() != std::streampos(place.offset)) in_.seekg(place.offset);
  if (!in_.read(text.data(), static_cast<std::streamsize>(text.size()))) damaged(file_, "it became shorter");
  Change effect = effect_from(text);
  const JournalStore& store = stores_.at(static_cast<std::size_t>(place.store));
  effect.profile = store.profile;
  effect.source = store.source;
  effect.location = store.location;
  return effect;
}

}  // namespace audit
