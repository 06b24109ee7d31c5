#include "adapters/files/layout.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "auditor/model/error.hpp"
#include "auditor/sys/duration.hpp"

namespace audit {
namespace {

using Json = nlohmann::ordered_json;

class Reader {
 public:
  Reader(const Json& json, std::string where) : json_(json), where_(std::move(where)) {
    if (!json_.is_object()) fail("must be an object");
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorKind::config, where_ + " " + what, "docs/profiles.md lists the options of the files adapter");
  }

  void allow(const std::vector<std::string>& keys) const {
    for (const auto& [key, value] : json_.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) fail("has no key \"" + key + "\"");
    }
  }

  [[nodiscard]] bool has(const char* key) const { return json_.contains(key); }
  [[nodiscard]] const Json& at(const char* key) const { return json_.at(key); }
  [[nodiscard]] Reader object(const char* key) const { return {json_.at(key), where_ + "." + key}; }

  [[nodiscard]] std::string text(const char* key, const std::string& otherwise = "") const {
    if (!has(key)) return otherwise;
    if (!at(key).is_string()) fail("\"" + std::string(key) + "\" must be a string");
    return at(key).get<std::string>();
  }

  [[nodiscard]] bool flag(const char* key) const {
    if (!has(key)) return false;
    if (!at(key).is_boolean()) fail("\"" + std::string(key) + "\" must be true or false");
    return at(key).get<bool>();
  }

  [[nodiscard]] std::vector<std::string> texts(const char* key) const {
    if (!has(key)) return {};
    if (at(key).is_string()) return {at(key).get<std::string>()};
    std::vector<std::string> list;
    if (!at(key).is_array()) fail("\"" + std::string(key) + "\" must be a list of strings");
    for (const auto& item : at(key)) {
      if (!item.is_string()) fail("\"" + std::string(key) + "\" must be a list of strings");
      list.push_back(item.get<std::string>());
    }
    return list;
  }

  [[nodiscard]] Steps steps(const char* key) const { return pointer_steps(text(key)); }

  [[nodiscard]] std::vector<Steps> pointers(const char* key) const {
    std::vector<Steps> list;
    for (const auto& pointer : texts(key)) list.push_back(pointer_steps(pointer));
    return list;
  }

  [[nodiscard]] std::vector<Reader> objects(const char* key) const {
    std::vector<Reader> list;
    if (!has(key)) return list;
    if (!at(key).is_array()) fail("\"" + std::string(key) + "\" must be a list");
    for (const auto& item : at(key)) list.emplace_back(item, where_ + "." + key);
    return list;
  }

 private:
  const Json& json_;
  std::string where_;
};

Json parsed(const std::string& options, const char* table) {
  if (options.empty()) {
    throw Error(ErrorKind::config, std::string("the mapping of ") + table + " has no \"options\"",
                "say which files hold its rows");
  }
  return Json::parse(options);
}

std::vector<std::string> files_of(const Reader& reader) {
  auto files = reader.texts("files");
  if (files.empty()) reader.fail("\"files\" is missing");
  return files;
}

DocumentLayout document_layout(const Reader& reader) {
  DocumentLayout layout;
  layout.documents = reader.texts("documents");
  if (layout.documents.empty()) reader.fail("\"documents\" is missing");
  layout.json5 = reader.flag("json5");
  layout.mark = !reader.has("mark") || reader.flag("mark");
  layout.map = reader.flag("map");
  layout.instead = reader.text("instead");
  layout.present = reader.flag("present");
  layout.rows = reader.steps("rows");
  if (reader.has("configured")) {
    const Reader configured = reader.object("configured");
    configured.allow({"in", "at", "hole"});
    layout.configured_in = configured.texts("in");
    layout.configured_at = configured.steps("at");
    layout.configured_hole = configured.text("hole");
  }
  for (const char* key : {"documents", "configured", "json5", "mark", "map", "instead", "present", "rows"})
    layout.key += reader.has(key) ? reader.at(key).dump() + "\n" : "\n";
  return layout;
}

LockForm lock_form(const Reader& reader) {
  reader.allow({"pid", "taken", "start_ticks"});
  return {reader.steps("pid"), reader.pointers("taken"), reader.steps("start_ticks")};
}

std::int64_t duration_of(const Reader& reader, const char* key, const char* otherwise) {
  const auto ms = parse_duration(reader.text(key, otherwise));
  if (!ms) reader.fail("\"" + std::string(key) + "\" must be a time like 30s");
  return *ms;
}

// The JSON that a lock of ours holds; "" when we only wait for locks.
std::string lock_content(const Reader& reader) {
  if (!reader.has("content")) return "";
  if (!reader.at("content").is_object()) reader.fail("\"content\" must be an object");
  return reader.at("content").dump();
}

LockProtocol lock_protocol(const Reader& reader) {
  reader.allow({"path", "hash", "content", "form", "stale_after"});
  LockProtocol protocol;
  protocol.path = reader.text("path");
  if (protocol.path.empty()) reader.fail("\"path\" is missing");
  if (reader.has("hash")) {
    const Reader hash = reader.object("hash");
    hash.allow({"of", "length"});
    protocol.hashed = hash.texts("of");
    if (hash.has("length")) {
      if (!hash.at("length").is_number_unsigned()) hash.fail("\"length\" must be a number");
      protocol.hash_length = hash.at("length").get<std::size_t>();
    }
  }
  protocol.content = lock_content(reader);
  protocol.stale_after = duration_of(reader, "stale_after", "30s");
  if (reader.has("form")) protocol.form = lock_form(reader.object("form"));
  return protocol;
}

LineForm line_form(const Reader& reader) {
  reader.allow(
      {"type", "header", "header_id", "message", "id", "parent", "at", "role", "asks", "texts", "claims", "keyed", "model", "provider",
       "directory"});
  LineForm form;
  form.type = reader.text("type", form.type);
  form.header = reader.text("header", form.header);
  form.header_id = reader.text("header_id", form.header_id);
  form.message = reader.text("message", form.message);
  form.id = reader.text("id", form.id);
  form.parent = reader.text("parent", form.parent);
  form.at = reader.text("at", form.at);
  form.role = reader.steps("role");
  form.asks = reader.text("asks", form.asks);
  form.texts = reader.pointers("texts");
  form.keyed = reader.text("keyed");
  form.model = reader.pointers("model");
  form.provider = reader.pointers("provider");
  form.directory = reader.text("directory");
  for (const auto& claim : reader.objects("claims")) {
    claim.allow({"text", "key"});
    form.claims.emplace_back(NamePattern(claim.text("text")), claim.text("key"));
  }
  return form;
}

}  // namespace

EntryLayout entry_layout(const std::string& options) {
  const Json json = parsed(options, "entry");
  const Reader reader(json, "options of entry:");
  reader.allow(
      {"documents", "configured", "json5", "mark", "map", "instead", "present", "rows", "session", "file", "own", "keys", "names", "marker", "refs", "lock",
       "absolute", "flags", "numbers", "owned"});
  EntryLayout layout;
  layout.where = document_layout(reader);
  layout.session = reader.steps("session");
  layout.file = reader.steps("file");
  layout.own = reader.texts("own");
  layout.marker = reader.text("marker");
  for (const auto& key : reader.objects("keys")) {
    key.allow({"key", "kind"});
    layout.keys.emplace_back(NamePattern(key.text("key")), key.text("kind"));
  }
  for (const auto& name : reader.texts("names")) layout.names.emplace_back(name);
  for (const auto& ref : reader.objects("refs")) {
    ref.allow({"at", "role"});
    layout.refs.emplace_back(ref.steps("at"), ref.text("role", "file"));
  }
  if (reader.has("lock")) layout.lock = lock_protocol(reader.object("lock"));
  layout.absolute = reader.flag("absolute");
  layout.flags = reader.pointers("flags");
  layout.numbers = reader.pointers("numbers");
  layout.owned = reader.text("owned");
  return layout;
}

RegistryLayout registry_layout(const std::string& options) {
  const Json json = parsed(options, "registry");
  const Reader reader(json, "options of registry:");
  reader.allow({"documents", "configured", "json5", "mark", "map", "instead", "present", "rows", "temp", "transcripts"});
  RegistryLayout layout;
  layout.where = document_layout(reader);
  layout.temp = reader.text("temp");
  for (const auto& name : reader.texts("transcripts")) layout.transcripts.emplace_back(name);
  return layout;
}

TranscriptLayout transcript_layout(const std::string& options) {
  const Json json = parsed(options, "transcript");
  const Reader reader(json, "options of transcript:");
  reader.allow({"files", "instead", "beside", "names", "lines", "sidecar", "lock", "channels"});
  TranscriptLayout layout;
  layout.files = files_of(reader);
  layout.instead = reader.text("instead");
  layout.beside = reader.text("beside");
  for (const auto& name : reader.objects("names")) {
    name.allow({"name", "kind", "lines"});
    layout.names.push_back({NamePattern(name.text("name")), name.text("kind", "transcript"), name.flag("lines")});
  }
  for (const auto& channel : reader.texts("channels")) layout.channels.emplace_back(channel);
  if (reader.has("lines")) layout.form = line_form(reader.object("lines"));
  if (reader.has("sidecar")) {
    const Reader sidecar = reader.object("sidecar");
    sidecar.allow({"name", "key"});
    layout.sidecar = sidecar.text("name");
    layout.sidecar_key = sidecar.steps("key");
  }
  if (reader.has("lock")) {
    const Reader lock = reader.object("lock");
    lock.allow({"ending", "form", "content", "stale_after"});
    layout.lock = lock.text("ending");
    if (lock.has("form")) layout.lock_form = lock_form(lock.object("form"));
    layout.protocol.path = "{document}" + layout.lock;
    layout.protocol.form = layout.lock_form;
    layout.protocol.content = lock_content(lock);
    layout.protocol.stale_after = duration_of(lock, "stale_after", "30s");
  }
  return layout;
}

LockLayout lock_layout(const std::string& options) {
  const Json json = parsed(options, "lock");
  const Reader reader(json, "options of lock:");
  reader.allow({"files", "ending", "form"});
  LockLayout layout;
  layout.files = files_of(reader);
  layout.ending = reader.text("ending");
  if (reader.has("form")) layout.form = lock_form(reader.object("form"));
  return layout;
}

FileLayout file_layout(const std::string& options) {
  const Json json = parsed(options, "file");
  const Reader reader(json, "options of file:");
  reader.allow({"files", "instead"});
  return {files_of(reader), reader.text("instead")};
}

}  // namespace audit
