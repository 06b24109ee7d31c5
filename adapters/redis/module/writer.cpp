#include "adapters/redis/module/writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace audit::redis {
namespace {

using Json = nlohmann::ordered_json;

std::int64_t clock_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

const Value* cell(const Cells& cells, const std::string& name) {
  for (const auto& [column, value] : cells) {
    if (column == name) return &value;
  }
  return nullptr;
}

std::string text(const Cells& cells, const std::string& name) {
  const Value* found = cell(cells, name);
  return found == nullptr ? std::string() : to_text(*found);
}

std::string bytes(const Value& value) {
  const auto* blob = std::get_if<Blob>(&value);
  return blob == nullptr ? to_text(value) : blob->bytes;
}

Json json_of(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return is_null(value) ? Json() : Json(to_text(value));
}

// As the reader spells a scalar of a document.
Value value_at(const Json& document, const std::string& pointer) {
  const Json::json_pointer place(pointer);
  if (!document.contains(place)) return {};
  const Json& found = document.at(place);
  if (found.is_null()) return {};
  if (found.is_boolean()) return std::int64_t{found.get<bool>() ? 1 : 0};
  if (found.is_number_integer()) return found.get<std::int64_t>();
  if (found.is_number()) return found.get<double>();
  return found.is_string() ? found.get<std::string>() : found.dump();
}

// What is not set has no member.
void set_at(Json& document, const std::string& pointer, const Value& value) {
  const Json::json_pointer place(pointer);
  if (!is_null(value)) {
    document[place] = json_of(value);
  } else if (document.contains(place)) {
    document.at(place.parent_pointer()).erase(place.back());
  }
}

std::string encoded(const std::vector<std::string>& words) {
  std::string command = "*" + std::to_string(words.size()) + "\r\n";
  for (const auto& word : words) command += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
  return command;
}

}  // namespace

RedisWriter::RedisWriter(const RedisSettings& settings, const StoreInfo& info, const WriteRequest& request, const Cancellation& cancel)
    : settings_(settings), cancel_(cancel), mode_(request.mode), view_(settings, info, cancel), line_(settings_, cancel) {
  view_.note_absent(&absent_);
}

Reply RedisWriter::ask(const Words& words) {
  Reply reply = line_.ask({words.begin(), words.end()});
  if (!is_error(*reply)) return reply;
  const auto why = explain(text_of(*reply), words.front());
  throw Error(ErrorKind::repair, without_secrets(why.what, {settings_.address.password}),
              text_of(*reply).starts_with("NOPERM") ? "grant it: ACL SETUSER audit +@read +@write +watch +multi +exec" : why.hint);
}

void RedisWriter::watch(const std::string& key) { static_cast<void>(ask({"WATCH", key})); }

void RedisWriter::hold(std::span<const Unit> units) {
  for (const auto& unit : units) {
    for (const Change* change : unit.changes) {
      if (const std::string key = text(change->row, "key"); !key.empty()) watch(key);
    }
  }
}

// What was not there has to stay away until all is made.
void RedisWriter::watch_absent() {
  std::sort(absent_.begin(), absent_.end());
  absent_.erase(std::unique(absent_.begin(), absent_.end()), absent_.end());
  for (const auto& key : absent_) {
    watch(key);
    if (ask({"EXISTS", key})->integer != 0) throw TryAgain(key + " came back while what it had left was repaired");
  }
  absent_.clear();
}

const std::string* RedisWriter::left_behind(const std::string& key, const Work& work) const {
  if (const auto known = work.values.find(key); known != work.values.end()) return &known->second;
  const auto known = values_.find(key);
  return known == values_.end() ? nullptr : &known->second;
}

std::optional<std::string> RedisWriter::value_of(const std::string& key, const Work& work) {
  if (const std::string* known = left_behind(key, work); known != nullptr) return *known;
  watch(key);
  if (text_of(*ask({"TYPE", key})) == "none") return std::nullopt;
  const Reply reply = line_.ask({"GET", key});
  if (is_error(*reply)) throw NotMade{UnitOutcome::Kind::changed, key + " holds another kind of value now"};
  return reply->type == REDIS_REPLY_NIL ? std::nullopt : std::optional<std::string>(text_of(*reply));
}

// Servers before 7.0 know only how long it is until then.
Value RedisWriter::expiry_of(const std::string& key) {
  if (tells_times_) {
    const Reply at = line_.ask({"PEXPIRETIME", key});
    if (!is_error(*at)) return at->integer < 0 ? Value{} : Value(static_cast<std::int64_t>(at->integer));
    tells_times_ = false;
  }
  const Reply left = ask({"PTTL", key});
  return left->integer < 0 ? Value{} : Value(clock_ms() + left->integer);
}

void RedisWriter::apply(std::span<const Unit> units, const UnitSink& sink) {
  watch_absent();
  for (std::size_t i = 0; i < units.size(); ++i) {
    cancel_.check();
    UnitOutcome outcome;
    Work work;
    try {
      for (const Change* change : units[i].changes) mode_ == WriteMode::restore ? restore(*change, work) : make(*change, work);
      std::move(work.commands.begin(), work.commands.end(), std::back_inserter(commands_));
      for (auto& [key, value] : work.values) values_[key] = std::move(value);
      for (auto& [key, list] : work.lists) lists_[key] = std::move(list);
      outcome.effects = std::move(work.effects);
    } catch (const NotMade& why) {
      outcome.kind = why.kind;
      outcome.reason = why.reason;
    }
    sink(i, std::move(outcome));
  }
}

void RedisWriter::make(const Change& change, Work& work) {
  switch (change.op) {
    case ChangeOp::insert: insert(change, work); break;
    case ChangeOp::update: update(change, work); break;
    case ChangeOp::remove: remove(change, work); break;
  }
}

std::string RedisWriter::json_text(const nlohmann::ordered_json& document, const std::string& key) {
  try {
    return document.dump();
  } catch (const Json::type_error&) {
    throw NotMade{UnitOutcome::Kind::refused, key + ": what is to be written is not UTF-8, and JSON holds nothing else"};
  }
}

// Members of the document that is the value. All others stay as they are.
void RedisWriter::update(const Change& change, Work& work) {
  const std::string key = text(change.row, "key");
  const auto old = value_of(key, work);
  if (!old.has_value()) throw NotMade{UnitOutcome::Kind::changed, key + " is not there any more"};
  Json document = Json::parse(*old, nullptr, false);
  if (!document.is_object()) throw NotMade{UnitOutcome::Kind::refused, key + " holds no JSON object that can be written back as it is"};
  for (const auto& [place, value] : change.before) {
    if (!place.starts_with('/')) throw NotMade{UnitOutcome::Kind::refused, "\"" + place + "\" cannot be written"};
    if (!(value_at(document, place) == value)) throw NotMade{UnitOutcome::Kind::changed, key + " has another " + place.substr(1) + " now"};
  }
  for (const auto& [place, value] : change.after) {
    if (!place.starts_with('/')) throw NotMade{UnitOutcome::Kind::refused, "\"" + place + "\" cannot be written"};
    set_at(document, place, value);
  }
  const std::string written = json_text(document, key);
  work.commands.push_back({"SET", key, written, "KEEPTTL"});
  work.values[key] = written;
  Change effect = change;
  effect.before = {{"value", *old}};
  effect.after = {{"value", written}};
  work.effects.push_back(std::move(effect));
}

// One more element at the end of a list. A list that this begins expires with the key that the profile names.
void RedisWriter::insert(const Change& change, Work& work) {
  if (text(change.after, "@value") != "list") throw NotMade{UnitOutcome::Kind::refused, "only elements of lists can be added"};
  std::vector<std::string> names;
  std::vector<std::string> captures;
  Json element = Json::object();
  for (const auto& [column, value] : change.after) {
    if (column.starts_with('{')) {
      names.push_back(column.substr(1, column.size() - 2));
      captures.push_back(to_text(value));
    } else if (column.starts_with('/')) {
      set_at(element, column, value);
    }
  }
  const KnownOf known{&names, &captures, {}, nullptr};
  const auto key = KeyPattern(settings_.prefix, change.table).fill(known);
  const auto with = KeyPattern(settings_.prefix, text(change.after, "@expires_with")).fill(known);
  if (!key.has_value() || !with.has_value()) throw NotMade{UnitOutcome::Kind::refused, "the profile does not say which list it is"};
  watch(*key);
  watch(*with);
  const std::string type(text_of(*ask({"TYPE", *key})));
  if (type != "list" && type != "none") throw NotMade{UnitOutcome::Kind::changed, *key + " holds another kind of value now"};
  if (ask({"EXISTS", *with})->integer == 0) throw NotMade{UnitOutcome::Kind::changed, *with + " is not there any more"};
  const std::string written = json_text(element, *key);
  work.commands.push_back({"RPUSH", *key, written});
  const Value expiry = expiry_of(*with);
  if (type == "none" && !is_null(expiry)) work.commands.push_back({"PEXPIREAT", *key, to_text(expiry)});
  Change effect = change;
  effect.row = {{"key", *key}};
  effect.before = {};
  effect.after = {{"element", written}};
  work.effects.push_back(std::move(effect));
}

void RedisWriter::remove(const Change& change, Work& work) {
  const std::string key = text(change.row, "key");
  const Value* member = cell(change.row, "member");
  Change effect = change;
  effect.after = {};
  watch(key);
  if (member != nullptr) {
    if (ask({"SISMEMBER", key, to_text(*member)})->integer == 0) throw NotMade{UnitOutcome::Kind::changed, key + " does not hold " + to_text(*member) + " any more"};
    work.commands.push_back({"SREM", key, to_text(*member)});
    effect.row = {{"key", key}};
    effect.before = {{"member", *member}, {"expires_at", expiry_of(key)}};
  } else {
    const Reply dump = ask({"DUMP", key});
    if (dump->type == REDIS_REPLY_NIL) throw NotMade{UnitOutcome::Kind::changed, key + " is not there any more"};
    effect.before = {{"dump", Blob{std::string(text_of(*dump))}}, {"expires_at", expiry_of(key)}};
    work.commands.push_back({"DEL", key});
  }
  work.effects.push_back(std::move(effect));
}

// An inverse effect: what is there must be what the run left.
void RedisWriter::restore(const Change& change, Work& work) {
  const std::string key = text(change.row, "key");
  watch(key);
  if (change.op == ChangeOp::remove ? !is(key, change.before, work) : is(key, change.after, work)) return;
  switch (change.op) {
    case ChangeOp::update:
      if (!is(key, change.before, work)) throw NotMade{UnitOutcome::Kind::changed, key + " was changed since"};
      work.commands.push_back({"SET", key, text(change.after, "value"), "KEEPTTL"});
      work.values[key] = text(change.after, "value");
      work.effects.push_back(change);
      break;
    case ChangeOp::remove: take_out(key, change, work); break;
    case ChangeOp::insert: bring_back(key, change, work); break;
  }
}

// What a repair added, or what an undo that is itself taken back had brought back: still the same.
void RedisWriter::take_out(const std::string& key, const Change& change, Work& work) {
  Change effect = change;
  if (const Value* element = cell(change.before, "element"); element != nullptr) {
    std::vector<std::string> list = list_of(key, work);
    const auto last = std::find(list.rbegin(), list.rend(), to_text(*element));
    if (last == list.rend()) throw NotMade{UnitOutcome::Kind::changed, key + " was changed since"};
    work.commands.push_back({"LREM", key, "-1", to_text(*element)});
    const auto at = list.rend() - last - 1;
    effect.before = {{"element", *element}, {"at", static_cast<std::int64_t>(at)}, {"expires_at", expiry_of(key)}};
    list.erase(list.begin() + at);
    work.lists[key] = std::move(list);
  } else if (const Value* member = cell(change.before, "member"); member != nullptr) {
    work.commands.push_back({"SREM", key, to_text(*member)});
    effect.before = {{"member", *member}, {"expires_at", expiry_of(key)}};
  } else if (cell(change.before, "dump") != nullptr) {
    work.commands.push_back({"DEL", key});
  } else {
    throw NotMade{UnitOutcome::Kind::refused, key + ": nothing is known of what it held"};
  }
  work.effects.push_back(std::move(effect));
}

// A list or set that is still there keeps its own time to live; one that went with its last element or member gets back the one that it had.
void RedisWriter::bring_back(const std::string& key, const Change& change, Work& work) {
  const Value* element = cell(change.after, "element");
  std::vector<std::string> list;
  if (element != nullptr) list = list_of(key, work);
  const bool there = element != nullptr ? !list.empty() : ask({"EXISTS", key})->integer != 0;
  const Value* noted = cell(change.after, "expires_at");
  const Value expiry = there || noted == nullptr ? Value{} : *noted;
  if (!is_null(expiry) && to_integer(expiry) <= clock_ms()) throw NotMade{UnitOutcome::Kind::changed, key + " would have expired by now"};
  if (const Value* dump = cell(change.after, "dump"); dump != nullptr) {
    if (there) throw NotMade{UnitOutcome::Kind::changed, key + " is there again, with something else"};
    work.commands.push_back({"RESTORE", key, is_null(expiry) ? "0" : to_text(expiry), bytes(*dump), "ABSTTL"});
    work.effects.push_back(change);
    return;
  }
  if (const Value* member = cell(change.after, "member"); member != nullptr) {
    work.commands.push_back({"SADD", key, to_text(*member)});
  } else if (element != nullptr) {
    const Value* noted_at = cell(change.after, "at");
    const std::size_t at = noted_at == nullptr ? list.size() : static_cast<std::size_t>(to_integer(*noted_at));
    if (at > list.size()) throw NotMade{UnitOutcome::Kind::changed, key + " was changed since"};
    // At its place: the list is never emptied meanwhile, so that it keeps its time to live.
    if (at > 0 && at < list.size()) {
      Words back = {"RPUSH", key, to_text(*element)};
      back.insert(back.end(), list.begin() + static_cast<std::ptrdiff_t>(at), list.end());
      work.commands.push_back({"LTRIM", key, "0", std::to_string(at - 1)});
      work.commands.push_back(std::move(back));
    } else {
      work.commands.push_back({at == 0 ? "LPUSH" : "RPUSH", key, to_text(*element)});
    }
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(at), to_text(*element));
    work.lists[key] = std::move(list);
  } else {
    throw NotMade{UnitOutcome::Kind::refused, key + ": nothing is known of what it held"};
  }
  if (!is_null(expiry)) work.commands.push_back({"PEXPIREAT", key, to_text(expiry)});
  work.effects.push_back(change);
}

// A list as this transaction leaves it; empty when the key is not there. Throws NotMade for another kind of value.
std::vector<std::string> RedisWriter::list_of(const std::string& key, const Work& work) {
  if (const auto known = work.lists.find(key); known != work.lists.end()) return known->second;
  if (const auto known = lists_.find(key); known != lists_.end()) return known->second;
  watch(key);
  const Reply all = line_.ask({"LRANGE", key, "0", "-1"});
  if (is_error(*all)) throw NotMade{UnitOutcome::Kind::changed, key + " holds another kind of value now"};
  std::vector<std::string> list;
  for (std::size_t i = 0; i < all->elements; ++i) list.emplace_back(text_of(*all->element[i]));
  return list;
}

// Whether what the cells say is in the store, as this transaction leaves it: one run may have changed a key twice.
bool RedisWriter::is(const std::string& key, const Cells& cells, const Work& work) {
  for (const auto& [column, value] : cells) {
    if (column == "value") {
      if (const std::string* known = left_behind(key, work); known != nullptr) {
        if (*known != to_text(value)) return false;
        continue;
      }
      const Reply now = line_.ask({"GET", key});
      if (!is_text(*now) || text_of(*now) != to_text(value)) return false;
    } else if (column == "element") {
      if (text_of(*ask({"TYPE", key})) != "list") return false;
      const std::vector<std::string> list = list_of(key, work);
      if (std::find(list.begin(), list.end(), to_text(value)) == list.end()) return false;
    } else if (column == "member") {
      if (ask({"SISMEMBER", key, to_text(value)})->integer == 0) return false;
    } else if (column == "dump") {
      const Reply now = ask({"DUMP", key});
      if (now->type == REDIS_REPLY_NIL || text_of(*now) != bytes(value)) return false;
    }
  }
  return true;
}

Presence RedisWriter::presence(const Change& effect) {
  const std::string key = text(effect.row, "key");
  if (effect.op == ChangeOp::insert) return is(key, effect.after, {}) ? Presence::after : Presence::before;
  if (effect.op == ChangeOp::update) {
    if (is(key, effect.after, {})) return Presence::after;
    return is(key, effect.before, {}) ? Presence::before : Presence::other;
  }
  if (is(key, effect.before, {})) return Presence::before;
  return cell(effect.before, "dump") == nullptr || ask({"EXISTS", key})->integer == 0 ? Presence::after : Presence::other;
}

void RedisWriter::commit() {
  if (commands_.empty()) return;
  line_.append({"MULTI"});
  for (const auto& words : commands_) line_.append({words.begin(), words.end()});
  line_.append({"EXEC"});
  std::string refused;
  try {
    for (std::size_t i = 0; i <= commands_.size(); ++i) {
      const Reply queued = line_.read();
      if (is_error(*queued) && refused.empty()) refused = text_of(*queued);
    }
    const Reply results = line_.read();
    if (is_error(*results)) throw Error(ErrorKind::repair, "nothing was written: " + (refused.empty() ? std::string(text_of(*results)) : refused));
    if (results->type == REDIS_REPLY_NIL) throw TryAgain("a key was changed by somebody else while it was repaired");
    for (std::size_t i = 0; i < results->elements; ++i) {
      if (is_error(*results->element[i])) throw Error(ErrorKind::repair, commands_[i].front() + " " + commands_[i][1] + " failed: " + std::string(text_of(*results->element[i])));
    }
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::source) throw Error(ErrorKind::repair, error.what(), error.hint());
    throw;
  }
  commands_.clear();
}

void RedisWriter::back_up(const std::filesystem::path& directory) {
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const std::string path = (directory / "keys.redis").string();
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "wb"));
  bool good = file != nullptr;
  std::string cursor = "0";
  do {
    cancel_.check();
    const Reply page = ask({"SCAN", cursor, "MATCH", glob_of_prefix(settings_.prefix), "COUNT", "500"});
    cursor = text_of(*page->element[0]);
    for (std::size_t i = 0; good && i < page->element[1]->elements; ++i) {
      const std::string key(text_of(*page->element[1]->element[i]));
      const Reply dump = ask({"DUMP", key});
      if (dump->type == REDIS_REPLY_NIL) continue;
      const Value expiry = expiry_of(key);
      const std::string command = encoded({"RESTORE", key, is_null(expiry) ? "0" : to_text(expiry), std::string(text_of(*dump)), "ABSTTL", "REPLACE"});
      good = std::fwrite(command.data(), 1, command.size(), file.get()) == command.size();
    }
  } while (good && cursor != "0");
  good = good && std::fflush(file.get()) == 0 && ::fsync(::fileno(file.get())) == 0;
  const int folder = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  good = good && folder >= 0 && ::fsync(folder) == 0;
  if (folder >= 0) ::close(folder);
  if (!good) throw Error(ErrorKind::repair, "the backup " + path + " cannot be written", "make room, or choose another --state-dir");
}

}  // namespace audit::redis
