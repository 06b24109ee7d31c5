#include "adapters/files/registry_edit.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <compare>
#include <set>

#include "adapters/files/json5.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/digest.hpp"

namespace audit {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kText = "text";             // of the entry
constexpr const char* kFollows = "follows";       // key of the entry before
constexpr const char* kOld = "document_before";   // SHA-256 of the whole document
constexpr const char* kNew = "document_after";    // the same
constexpr const char* kOf = "of";                 // effects that led from the one to the other
constexpr const char* kKept = "kept";             // the old document

Json parsed(std::string_view text) { return Json::parse(plain_json(text), nullptr, false); }

bool same_value(std::string_view a, std::string_view b) {
  if (a == b) return true;
  // The order of members means nothing.
  const auto left = nlohmann::json::parse(plain_json(a), nullptr, false);
  return !left.is_discarded() && left == nlohmann::json::parse(plain_json(b), nullptr, false);
}

Json json_of(const Value& value, bool flag, const std::string& column) {
  switch (value.index()) {
    case 1:
      return flag ? Json(std::get<std::int64_t>(value) != 0) : Json(std::get<std::int64_t>(value));
    case 2:
      return std::get<double>(value);
    case 3:
      return std::get<std::string>(value);
    default:
      throw Error(ErrorKind::repair, column + " has a value that a registry cannot hold");
  }
}

// Entries as they are read, minified; NULL for a text that cannot be read any more.
std::optional<std::vector<std::pair<std::string, std::string>>> entries_of(const std::string& text, const DocumentLayout& layout) {
  simdjson::dom::parser parser;
  JsonElement root;
  JsonElement rows;
  std::string_view bytes = text;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (parser.parse(std::string(bytes)).get(root) != simdjson::SUCCESS) {
    const std::string lenient = harmless_json(layout.json5 ? plain_json(bytes) : std::string(bytes));
    if (parser.parse(lenient).get(root) != simdjson::SUCCESS) return std::nullopt;
  }
  if (!find_json(root, layout.rows, rows)) return std::nullopt;
  std::vector<std::pair<std::string, std::string>> entries;
  if (rows.is_object()) {
    for (const auto field : simdjson::dom::object(rows)) entries.emplace_back(field.key, simdjson::minify(field.value));
  } else if (rows.is_array()) {
    for (const auto item : simdjson::dom::array(rows)) entries.emplace_back(std::to_string(entries.size()), simdjson::minify(item));
  } else {
    return std::nullopt;
  }
  return entries;
}

}  // namespace

Verdict changed(std::string reason) { return {UnitOutcome::Kind::changed, std::move(reason), false}; }
Verdict refused(std::string reason) { return {UnitOutcome::Kind::refused, std::move(reason), false}; }

const Value* cell_at(const Cells& cells, std::string_view name) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const auto& cell) { return cell.first == name; });
  return found == cells.end() ? nullptr : &found->second;
}

std::string text_at(const Cells& cells, std::string_view name) {
  const Value* value = cell_at(cells, name);
  return value == nullptr ? "" : to_text(*value);
}

std::vector<const RelationPart*> WriteSite::parts(const std::string& relation, const std::string& table) const {
  std::vector<const RelationPart*> parts;
  for (const auto& mapping : request->relations) {
    if (mapping.name != relation) continue;
    for (const auto& part : mapping.parts) {
      if (part.table == table) parts.push_back(&part);
    }
  }
  return parts;
}

struct RegistryEdits::Edit {
  const RelationPart* part = nullptr;
  EntryLayout layout;
  std::string path;       // as entries name the document
  std::string directory;
  std::optional<Place> place;
  FileIdentity identity;
  std::string old_text;
  std::string old_hash;
  std::optional<JsonMembers> members;
  std::set<std::string> keys;  // of entries that differ
  std::set<std::string> gone;  // keys that this run inserted or removed
  std::int64_t effects = 0;
  std::int64_t labelled = 0;  // of them, those that finish() has seen
  std::string hash;           // of the text as of then
  // Restored effects by the texts that they led from and to.
  struct Step {
    std::string before, after, kept;
    std::int64_t of = 0;
    auto operator<=>(const Step&) const = default;
  };
  std::map<Step, std::int64_t> undone;
  // The kept document that stood at the beginning of the steps, when all of them are undone and nothing else happened.
  [[nodiscard]] std::filesystem::path whole(std::string& text) const;
  std::string new_text;
  std::filesystem::path exact;  // kept document that comes back as a whole
  std::filesystem::path kept;
};

std::filesystem::path RegistryEdits::Edit::whole(std::string& text) const {
  std::string at = old_hash;
  std::int64_t counted = 0;
  std::string first;
  for (auto left = undone; !left.empty();) {
    const auto step = std::find_if(left.begin(), left.end(), [&](const auto& one) { return one.first.after == at && one.second == one.first.of; });
    if (step == left.end()) return {};
    at = step->first.before;
    first = step->first.kept;
    counted += step->second;
    left.erase(step);
  }
  std::error_code missing;
  if (counted != effects || counted == 0 || !std::filesystem::is_regular_file(first, missing)) return {};
  const std::filesystem::path from(first);
  text = Place("/", (std::filesystem::canonical(from.parent_path()) / from.filename()).string()).read();
  return sha256_hex(text) == at ? from : std::filesystem::path();
}

const RelationPart* RegistryEdits::part_of(const Change& change) const {
  const std::string document = text_at(change.row, "document").empty() ? text_at(change.after, "document") : text_at(change.row, "document");
  const auto parts = site_.parts(change.relation, change.table);
  for (const RelationPart* part : parts) {
    for (const auto& known : site_.view->documents(entry_layout(part->options).where)) {
      if (known.path == document) return part;
    }
  }
  return nullptr;
}

// The document that a change is about, opened for editing; nullptr and `why` when that cannot be.
RegistryEdits::Edit* RegistryEdits::open(const Change& change, std::string& why) {
  std::string path = text_at(change.row, "document");
  if (path.empty()) path = text_at(change.after, "document");
  if (const auto known = edits_.find(path); known != edits_.end()) return known->second.get();
  const RelationPart* part = part_of(change);
  if (part == nullptr) {
    why = path.empty() ? "nothing says which registry the entry belongs to" : "the profile maps no entries in " + path;
    return nullptr;
  }
  auto edit = std::make_shared<Edit>();
  edit->part = part;
  edit->layout = entry_layout(part->options);
  edit->path = path;
  edit->directory = path.substr(0, path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
  const ResolvedPath real = path.starts_with('/') ? ResolvedPath{ResolvedPath::State::exists, path, path} : site_.view->tree().resolve(path, "");
  if (real.state != ResolvedPath::State::exists) {
    why = path + " is not there";
    return nullptr;
  }
  edit->place.emplace(site_.root, real.real_path);
  const auto identity = edit->place->identity();
  const auto expected = expected_.find(path);
  if (!identity || !identity->regular || expected == expected_.end() || !(expected->second == *identity)) {
    why = path + " was changed by another program meanwhile";
    return nullptr;
  }
  if (!can_own(*identity)) {
    why = path + " belongs to another user, and the new one would be ours";
    return nullptr;
  }
  edit->identity = *identity;
  edit->old_text = edit->place->read();
  edit->old_hash = sha256_hex(edit->old_text);
  edit->members = JsonMembers::open(edit->old_text, edit->layout.where.rows);
  if (!edit->members || !entries_of(edit->old_text, edit->layout.where)) {
    why = path + " cannot be read as a registry";
    return nullptr;
  }
  return (edits_[path] = std::move(edit)).get();
}

Verdict RegistryEdits::examine(const Change& change) {
  std::string why;
  Edit* edit = open(change, why);
  if (edit == nullptr) return why.ends_with("meanwhile") ? changed(why) : refused(why);
  const std::string key = text_at(change.row, "key");
  if (edit->gone.contains(key)) return changed("entry " + key + " is changed by another repair of this run");
  return site_.request->mode == WriteMode::restore ? examine_restore(change, *edit) : examine_repair(change, *edit);
}

Verdict RegistryEdits::examine_repair(const Change& change, Edit& edit) {
  if (change.op == ChangeOp::insert) {
    const std::string key = text_at(change.after, "key");
    if (!edit.members->is_list() && key.empty()) return refused("nothing says which key the new entry has");
    if (!edit.members->is_list() && edit.members->count(key) > 0) return changed("entry " + key + " is there already");
    if (edit.gone.contains(key)) return changed("entry " + key + " is changed by another repair of this run");
    try {
      static_cast<void>(new_entry(change, edit).dump());
    } catch (const Error& error) {
      return refused(error.what());
    } catch (const Json::exception&) {
      return refused("entry " + key + " would hold text that is not UTF-8");
    }
    return {};
  }
  const std::string key = text_at(change.row, "key");
  if (edit.members->count(key) > 1) return refused("entry " + key + " is in " + edit.path + " more than once");
  const Cells now = edit.members->count(key) == 0 ? Cells{} : site_.view->native_row(*edit.part, change.key);
  if (now.empty()) return changed("entry " + key + " is not there any more");
  for (const auto& [column, value] : change.before) {
    if (column == "position") continue;
    const Value* cell = cell_at(now, column);
    if (cell == nullptr || !(*cell == value)) return changed("entry " + key + " has another " + column + " by now");
  }
  if (change.op == ChangeOp::remove) return {};
  try {
    static_cast<void>(updated(change, edit));
  } catch (const Error& error) {
    return refused(error.what());
  } catch (const Json::exception&) {
    return refused("entry " + key + " would hold text that is not UTF-8");
  }
  return {};
}

Verdict RegistryEdits::examine_restore(const Change& change, Edit& edit) {
  const std::string key = text_at(change.row, "key");
  const bool whole = edit.old_hash == text_at(change.op == ChangeOp::insert ? change.after : change.before, kNew) ||
                     edit.old_hash == text_at(change.after, kNew);
  if (edit.members->is_list() && !whole) return changed(edit.path + " was written since, and its entries have no keys");
  if (edit.members->count(key) > 1) return changed("entry " + key + " is in " + edit.path + " more than once");
  const auto value = edit.members->value(key);
  const std::string before = text_at(change.before, kText);
  const std::string after = text_at(change.after, kText);
  if (change.op == ChangeOp::remove) {
    if (!value) return {UnitOutcome::Kind::applied, "", true};
    return same_value(*value, before) ? Verdict{} : changed("entry " + key + " was changed since");
  }
  if (value && same_value(*value, after)) return {UnitOutcome::Kind::applied, "", true};
  if (change.op == ChangeOp::insert) return value ? changed("an entry " + key + " was made since") : Verdict{};
  if (!value) return changed("entry " + key + " is not there any more");
  return same_value(*value, before) ? Verdict{} : changed("entry " + key + " was changed since");
}

// A file name as the entry has it, or as new entries have it: absolute, or seen from the document.
std::string RegistryEdits::file_name(const Edit& edit, const std::string& path, const std::string& old) const {
  const bool absolute = old.empty() ? edit.layout.absolute : old.starts_with('/');
  if (path.starts_with('/')) return path;
  if (absolute) return (old.starts_with(site_.root + "/") ? site_.root : site_.given) + "/" + path;
  return std::filesystem::path("/" + path).lexically_relative("/" + edit.directory).string();
}

std::string RegistryEdits::updated(const Change& change, const Edit& edit) const {
  std::string text(*edit.members->value(text_at(change.row, "key")));
  for (const auto& [column, value] : change.after) {
    const bool file = column == "path" && !edit.layout.file.empty();
    if (!file && !column.starts_with('/')) throw Error(ErrorKind::repair, column + " of an entry cannot be written");
    const Steps steps = file ? edit.layout.file : pointer_steps(column);
    std::optional<Json> json;
    Json old = parsed(text);
    for (const auto& step : steps) old = old.is_object() && old.contains(step) ? old[step] : Json();
    const bool flag = old.is_boolean() || std::find(edit.layout.flags.begin(), edit.layout.flags.end(), steps) != edit.layout.flags.end();
    if (!is_null(value)) json = file ? Json(file_name(edit, to_text(value), old.is_string() ? old.get<std::string>() : "")) : json_of(value, flag, column);
    auto next = with_member(text, steps, json);
    if (!next) throw Error(ErrorKind::repair, "the entry has no place for " + column);
    text = std::move(*next);
  }
  return text;
}

Json RegistryEdits::new_entry(const Change& change, const Edit& edit) const {
  Json entry = Json::object();
  for (const auto& [column, value] : change.after) {
    const bool file = column == "path" && !edit.layout.file.empty();
    if (column == "key" || column == "document" || is_null(value)) continue;
    if (!file && !column.starts_with('/')) throw Error(ErrorKind::repair, column + " of an entry cannot be written");
    const Steps steps = file ? edit.layout.file : pointer_steps(column);
    const bool flag = std::find(edit.layout.flags.begin(), edit.layout.flags.end(), steps) != edit.layout.flags.end();
    Json* at = &entry;
    for (const auto& step : steps) at = &(*at)[step];
    *at = file ? Json(file_name(edit, to_text(value), "")) : json_of(value, flag, column);
  }
  return entry;
}

Change RegistryEdits::make(const Change& change) {
  std::string ignored;
  Edit& edit = *open(change, ignored);
  const bool restore = site_.request->mode == WriteMode::restore;
  Change effect = change;
  JsonMembers& members = *edit.members;
  std::string key = text_at(change.row, "key");
  if (change.op == ChangeOp::insert && !restore) key = members.is_list() ? std::to_string(members.size()) : text_at(change.after, "key");
  effect.row = {{"document", edit.path}, {"key", key}};
  effect.before.clear();
  effect.after.clear();
  if (restore) {
    const Cells& facts = change.op == ChangeOp::insert ? change.after : change.before;
    const Cells& other = cell_at(facts, kNew) == nullptr ? change.after : facts;
    const Value* of = cell_at(other, kOf);
    ++edit.undone[{text_at(other, kOld), text_at(other, kNew), text_at(other, kKept), of == nullptr ? 0 : to_integer(*of)}];
  }
  if (change.op != ChangeOp::insert) {
    effect.before = {{kText, std::string(*members.value(key))}};
    const auto follows = members.before(key);
    effect.before.emplace_back(kFollows, follows ? Value(*follows) : Value{});
  }
  if (change.op == ChangeOp::remove) {
    members.remove(key);
  } else if (change.op == ChangeOp::update) {
    const std::string text = restore ? text_at(change.after, kText) : updated(change, edit);
    members.set(key, text);
    effect.after = {{kText, text}};
  } else {
    const std::string text = restore ? text_at(change.after, kText) : members.styled(new_entry(change, edit));
    const Value* follows = restore ? cell_at(change.after, kFollows) : nullptr;
    if (follows != nullptr) {
      members.insert(key, text, is_null(*follows) ? std::nullopt : std::optional<std::string>(to_text(*follows)));
    } else {
      members.append(key, text);
    }
    effect.after = {{kText, text}};
  }
  if (change.op != ChangeOp::update) edit.gone.insert(key);
  edit.keys.insert(key);
  ++edit.effects;
  return effect;
}

void RegistryEdits::finish(std::vector<UnitOutcome>& outcomes, Keeper& keeper) {
  for (auto& [path, edit] : edits_) {
    if (edit->effects == edit->labelled) continue;
    if (edit->kept.empty()) edit->kept = keeper.name_for(edit->place->name());
    std::string old;
    edit->exact = edit->whole(old);
    edit->new_text = edit->exact.empty() ? edit->members->text() : std::move(old);
    auto was = entries_of(edit->old_text, edit->layout.where);
    auto is = entries_of(edit->new_text, edit->layout.where);
    const auto differs = [&keys = edit->keys](const auto& entry) { return keys.contains(entry.first); };
    if (was) std::erase_if(*was, differs);
    if (is) std::erase_if(*is, differs);
    const bool good = was && is && (edit->members->is_list() || *was == *is);
    if (!good) throw Error(ErrorKind::repair, "the new " + path + " would differ in more than the entries that are repaired", "report this; nothing was changed");
    const std::string new_hash = sha256_hex(edit->new_text);
    for (auto& outcome : outcomes) {
      for (auto& effect : outcome.effects) {
        if (effect.table != edit->part->table || text_at(effect.row, "document") != path) continue;
        Cells& facts = effect.op == ChangeOp::insert ? effect.after : effect.before;
        facts.emplace_back(kOld, edit->labelled == 0 ? edit->old_hash : edit->hash);
        facts.emplace_back(kNew, new_hash);
        facts.emplace_back(kOf, edit->effects - edit->labelled);
        facts.emplace_back(kKept, edit->kept.string());
      }
    }
    edit->labelled = edit->effects;
    edit->hash = new_hash;
  }
}

std::vector<std::unique_ptr<FileChange>> RegistryEdits::changes() {
  std::vector<std::unique_ptr<FileChange>> changes;
  for (auto& [path, edit] : edits_) {
    if (edit->effects == 0) continue;
    auto change = std::make_unique<FileReplacement>(*edit->place, edit->identity, edit->kept);
    if (edit->exact.empty()) {
      change->set_text(std::move(edit->new_text), false);
    } else {
      change->set_file(edit->exact);
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

Presence RegistryEdits::presence(const Change& effect) {
  std::string why;
  Edit* edit = open(effect, why);
  if (edit == nullptr) return Presence::other;
  const std::string key = text_at(effect.row, "key");
  const Cells& facts = effect.op == ChangeOp::insert ? effect.after : effect.before;
  if (edit->old_hash == text_at(facts, kNew)) return Presence::after;
  if (edit->old_hash == text_at(facts, kOld)) return Presence::before;
  if (edit->members->is_list() || edit->members->count(key) > 1) return Presence::other;
  const auto value = edit->members->value(key);
  const auto is = [&](const Cells& cells) { return value && same_value(*value, text_at(cells, kText)); };
  if (effect.op == ChangeOp::insert ? is(effect.after) : effect.op == ChangeOp::remove ? !value : is(effect.after)) return Presence::after;
  if (effect.op == ChangeOp::insert ? !value : is(effect.before)) return Presence::before;
  return Presence::other;
}

}  // namespace audit
