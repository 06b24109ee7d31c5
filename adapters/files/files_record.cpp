// A directory tree as files of a case (`audit record`): what the profile reads of it, and nothing else.

#include <algorithm>

#include "adapters/files/fields.hpp"
#include "adapters/files/files_store.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/utf8.hpp"
#include "auditor/sys/disguise.hpp"
#include "auditor/sys/disguise_json.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace {

constexpr const char* kStore = "${STORE}";

// Places of this machine → as a case names them.
using Places = std::vector<std::pair<std::string, std::string>>;

std::string with_places(std::string text, const Places& places) {
  for (const auto& [from, to] : places) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
      const std::size_t end = at + from.size();
      const bool whole = end == text.size() || std::string_view("/\"'\\ \n,").find(text[end]) != std::string_view::npos;
      if (whole) text.replace(at, from.size(), to);
      at += whole ? to.size() : 1;
    }
  }
  return text;
}

std::string disguised_contents(const Disguise& disguise, const std::string& path, const std::string& text) {
  if (path.find(".json") != std::string::npos || looks_like_json(text)) return disguise_json(disguise, text);
  return is_utf8(text) ? disguise.prose(text) : disguise.bytes(text);
}

}  // namespace

FilesStore::Read FilesStore::files_read(const RecordOrder& order, std::vector<std::string>& notes) {
  documents_.clear();
  probed_.clear();
  held_.clear();
  transcripts_.clear();
  entry_index_.clear();
  threads_ = 1;
  Read read;
  std::set<std::string> held;
  tree_.watch(&read.files);
  for (const std::string& text : order.probes) (void)probe(text);
  for (const auto& [name, relation] : *order.relations) {
    for (const RelationPart& part : relation.parts) {
      const Columns columns = files_columns(part.table);
      scan({name, {part}}, columns, [&](std::span<const Value> row) {
        if (part.table == "entry" && to_text(row[e_path_state]) == "outside" && to_text(row[e_path]).starts_with('/')) read.outside.insert(to_text(row[e_path]));
        if (part.table == "lock" && to_text(row[k_owner]) == "alive") held.insert(to_text(row[k_path]));
        return true;
      });
    }
  }
  tree_.watch(nullptr);
  for (const std::string& path : held) {
    read.files.erase(path);
    notes.push_back("lock " + path + " is not in it: the process that holds it is of this machine");
  }
  return read;
}

void FilesStore::record(const RecordOrder& order, Recording& recording) {
  const Read read = files_read(order, recording.notes);
  Places places;
  for (const std::string& path : read.outside) {
    const std::string other = order.disguise == nullptr ? path : order.disguise->name(path);
    recording.outside.insert(other);
    places.emplace_back(path, std::string(kRecordedOutside) + other);
  }
  for (const std::string& root : {tree_.root(), tree_.given()}) places.emplace_back(root, kStore);
  std::optional<Disguise> disguise;
  if (order.disguise != nullptr) {
    disguise = *order.disguise;
    for (const auto& [from, to] : places) disguise->place(from, to);
  }
  for (const std::string& path : read.files) {
    cancel_.check();
    const auto facts = path.empty() || path.front() == '/' ? std::nullopt : tree_.facts(path);
    if (!facts || facts->kind != FileFacts::Kind::file || order.elsewhere.contains(tree_.absolute(path))) continue;
    if (const ResolvedPath place = tree_.resolve(path, ""); place.real_path != path) {
      recording.notes.push_back("link " + path + " is not in it");
      continue;
    }
    order.limit->take(static_cast<std::size_t>(facts->size));
    std::string text = read_text_file(tree_.absolute(path));
    if (text.find("${CASE}") != std::string::npos || text.find(kStore) != std::string::npos)
      throw Error(ErrorKind::source, path + " cannot be recorded: it holds the text ${CASE} or ${STORE}, which means something in a case");
    text = disguise ? disguised_contents(*disguise, path, text) : with_places(std::move(text), places);
    recording.files[disguise ? disguise->name(path) : path] = {std::move(text), facts->modified_at};
  }
}

}  // namespace audit
