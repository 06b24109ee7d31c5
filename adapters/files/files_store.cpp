#include "adapters/files/files_store.hpp"

#include <algorithm>

#include "adapters/files/fields.hpp"
#include "adapters/files/row_builder.hpp"
#include "auditor/model/error.hpp"

namespace audit {
namespace {

constexpr std::size_t kCancelEvery = 256;

template <std::size_t N>
std::vector<std::string> listed(const std::array<const char*, N>& names) {
  return {names.begin(), names.end()};
}

const char* state_word(ResolvedPath::State state) {
  switch (state) {
    case ResolvedPath::State::exists:
      return "exists";
    case ResolvedPath::State::missing:
      return "missing";
    case ResolvedPath::State::outside:
      return "outside";
  }
  return "missing";
}

}  // namespace

std::vector<std::string> files_columns(const std::string& relation) {
  if (relation == "entry") return listed(kEntry);
  if (relation == "session_ref") return listed(kRef);
  if (relation == "registry") return listed(kRegistry);
  if (relation == "transcript") return listed(kTranscript);
  if (relation == "transcript_line") return listed(kLine);
  if (relation == "lock") return listed(kLock);
  if (relation == "file") return listed(kFile);
  if (relation == "document") return listed(kDocument);
  return {};
}

FilesStore::FilesStore(StoreInfo info, const std::string& root, int threads, const Cancellation& cancel)
    : info_(std::move(info)), cancel_(cancel), threads_(threads), tree_(root, cancel) {}

bool FilesStore::has(const std::string& table, const std::string& column) {
  const auto columns = files_columns(table);
  if (columns.empty()) return column.empty() && holds(table, "");
  return column.empty() || std::find(columns.begin(), columns.end(), column) != columns.end() ||
         ((table == "entry" || table == "document" || table == "transcript_line") && column.starts_with('/')) ||
         (table == "document" && column.starts_with('{'));
}

bool FilesStore::holds(const std::string& pattern, const std::string& pointer) {
  const auto added = held_.try_emplace(pattern + "#" + pointer, false);
  bool& held = added.first->second;
  if (!added.second) return held;
  const auto steps = pointer_steps(pointer);
  for (const auto& file : tree_.find(pattern)) {
    if (!file.exists || file.real_path.empty()) continue;
    if (pointer.empty()) return held = true;
    Document document;
    if (const auto known = probed_.find(file.path); known != probed_.end()) {
      document = known->second;
    } else {
      document.path = file.path;
      document.directory = file.directory;
      document.name = file.name;
      load_document(tree_, true, document);
      // Under another rule for comments it would be read just the same.
      if (document.ok() && document.format == "json") probed_[file.path] = document;
    }
    if (document.ok()) {
      each_json(document.root, steps, 0, [&](const JsonElement&) { return !(held = true); });
    }
    if (held) return true;
  }
  return false;
}

Value FilesStore::probe(const std::string& text) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t bar = std::min(text.find(" | ", at), text.size());
    const std::string one = text.substr(at, bar - at);
    const auto mark = one.find('#');
    if (holds(one.substr(0, mark), mark == std::string::npos ? "" : one.substr(mark + 1))) return std::int64_t{1};
    at = bar + 3;
  }
  return std::int64_t{0};
}

void FilesStore::scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) {
  using Reader = bool (FilesStore::*)(const RelationPart&, const Columns&, const RowSink&);
  static const std::map<std::string, Reader> kReaders = {{"entry", &FilesStore::entries},
                                                         {"session_ref", &FilesStore::references},
                                                         {"registry", &FilesStore::registries},
                                                         {"transcript", &FilesStore::transcripts},
                                                         {"transcript_line", &FilesStore::lines},
                                                         {"lock", &FilesStore::locks},
                                                         {"file", &FilesStore::files},
                                                         {"document", &FilesStore::whole_documents}};
  for (const auto& part : relation.parts) {
    const auto reader = kReaders.find(part.table);
    if (reader == kReaders.end()) {
      throw Error(ErrorKind::config, "source '" + info_.source + "' gives no relation '" + part.table + "'",
                  "files give entry, session_ref, registry, transcript, transcript_line, lock, file and document");
    }
    if (!(this->*reader->second)(part, columns, sink)) return;
  }
}

const std::vector<Document>& FilesStore::documents(const DocumentLayout& layout) {
  const auto known = documents_.find(layout.key);
  if (known != documents_.end()) return known->second;
  return documents_[layout.key] = load_documents(tree_, layout, probed_);
}

bool FilesStore::entries(const RelationPart& part, const Columns& columns, const RowSink& sink) {
  const EntryLayout layout = entry_layout(part.options);
  RowBuilder row("entry", columns, kEntry, true);
  bool more = true;
  std::size_t count = 0;
  bool deep = false;
  for (const EntryField field : {e_defect, e_session_id, e_named_session_id, e_path, e_real_path, e_own_path,
                                 e_path_state, e_own_state, e_old_root, e_kind}) {
    deep = deep || row.wants(field);
  }
  for (const auto& document : documents(layout.where)) {
    if (!more) break;
    each_entry(tree_, layout, document, deep ? EntryDepth::places : EntryDepth::key, [&](const EntryFacts& entry) {
      if (++count % kCancelEvery == 0) cancel_.check();
      fill_entry(row, document, entry);
      return more = row.give(sink);
    });
  }
  return more;
}

void FilesStore::fill_entry(RowBuilder& row, const Document& document, const EntryFacts& entry) const {
  common(row, info_, document.captures, entry.defect);
  row.set(e_key, entry.key);
  row.set(e_position, entry.position);
  row.set_text(e_session_id, entry.session_id);
  row.set_text(e_named_session_id, entry.named_session_id);
  row.set_text(e_kind, entry.kind);
  row.set(e_path_state, std::string(entry.names_file ? state_word(entry.file.state) : "none"));
  if (entry.names_file) {
    row.set_text(e_path, entry.file.path);
    row.set_text(e_real_path, entry.file.real_path);
  }
  row.set_text(e_old_root, entry.old_root);
  row.set(e_own_state, std::string(entry.own.path.empty() ? "none" : state_word(entry.own.state)));
  row.set_text(e_own_path, entry.own.path);
  row.set_text(e_document, document.path);
  row.set_members(entry.element);
}

const FilesStore::EntryIndex& FilesStore::entry_index(const RelationPart& part) {
  const auto [known, is_new] = entry_index_.try_emplace(part.options);
  EntryIndex& index = known->second;
  if (!is_new) return index;
  index.layout = entry_layout(part.options);
  for (const auto& document : documents(index.layout.where)) {
    each_entry(tree_, index.layout, document, EntryDepth::key, [&](const EntryFacts& entry) {
      index.places.emplace(entry.key, EntryIndex::Place{&document, entry.position, entry.element});
      return true;
    });
  }
  return index;
}

// The row of the entry with this native key; empty when there is none. Of several with one key the last one counts.
Cells FilesStore::entry_row(const RelationPart& part, const Columns& columns,
                            const std::vector<std::pair<std::size_t, std::string>>& wanted) {
  const EntryIndex& index = entry_index(part);
  const auto key = std::find_if(wanted.begin(), wanted.end(), [&](const auto& want) { return columns[want.first] == kEntry[e_key]; });
  RowBuilder row("entry", columns, kEntry, true);
  Cells cells;
  std::int64_t last = -1;
  const auto [from, to] = index.places.equal_range(key->second);
  for (auto place = from; place != to; ++place) {
    const auto& [document, position, element] = place->second;
    fill_entry(row, *document, read_entry(tree_, index.layout, *document, EntryDepth::places, key->second, position, element));
    static_cast<void>(row.give([&, at = position](std::span<const Value> values) {
      const bool fits = std::all_of(wanted.begin(), wanted.end(), [&](const auto& want) {
        return !is_null(values[want.first]) && to_text(values[want.first]) == want.second;
      });
      if (!fits || at < last) return true;
      last = at;
      cells.clear();
      for (std::size_t i = 0; i < columns.size(); ++i) cells.emplace_back(columns[i], values[i]);
      return true;
    }));
  }
  return cells;
}

bool FilesStore::references(const RelationPart& part, const Columns& columns, const RowSink& sink) {
  const EntryLayout layout = entry_layout(part.options);
  RowBuilder row("session_ref", columns, kRef, false);
  bool more = true;
  for (const auto& document : documents(layout.where)) {
    if (!more) break;
    each_entry(tree_, layout, document, EntryDepth::refs, [&](const EntryFacts& entry) {
      for (const auto& [role, place] : entry.refs) {
        common(row, info_, document.captures, "");
        row.set_text(r_session_id, entry.session_id);
        row.set_text(r_path, place.real_path);
        row.set(r_from_relation, std::string("entry"));
        row.set_text(r_from_id, entry.key);
        row.set(r_role, role);
        if (!(more = row.give(sink))) return false;
      }
      return true;
    });
  }
  return more;
}

// The newest temporary copy that parses.
std::string FilesStore::good_temp(const RegistryLayout& layout, const Document& document) {
  if (layout.temp.empty() || document.status == "outside") return "";
  const NamePattern pattern(fill_name(layout.temp, {{"name", document.name}}).value_or(""));
  std::string best;
  std::int64_t best_time = 0;
  for (const auto& name : tree_.names(document.directory)) {
    if (!pattern.match(name, nullptr)) continue;
    Document copy;
    copy.path = join_path(document.directory, name);
    load_document(tree_, layout.where.json5, copy);
    if (!copy.ok() || (!best.empty() && copy.modified_at < best_time)) continue;
    best = copy.path;
    best_time = copy.modified_at;
  }
  return best;
}

bool FilesStore::registries(const RelationPart& part, const Columns& columns, const RowSink& sink) {
  const RegistryLayout layout = registry_layout(part.options);
  RowBuilder row("registry", columns, kRegistry, false);
  for (const auto& document : documents(layout.where)) {
    common(row, info_, document.captures, document.defect);
    row.set_text(g_path, document.path);
    row.set_text(g_status, document.status);
    row.set_time(g_modified_at, document.modified_at);
    if (document.ok()) {
      row.set(g_format, document.format);
      if (row.wants(g_entries)) row.set(g_entries, count_entries(layout.where, document));
    } else if (row.wants(g_good_temp)) {
      row.set_text(g_good_temp, good_temp(layout, document));
    }
    if (row.wants(g_transcripts) && !document.directory.starts_with('/')) {
      const auto& names = tree_.names(document.directory);
      row.set(g_transcripts,
              static_cast<std::int64_t>(std::count_if(names.begin(), names.end(), [&](const std::string& name) {
                return std::any_of(layout.transcripts.begin(), layout.transcripts.end(),
                                   [&](const NamePattern& pattern) { return pattern.match(name, nullptr); });
              })));
    }
    if (!row.give(sink)) return false;
  }
  return true;
}

bool FilesStore::locks(const RelationPart& part, const Columns& columns, const RowSink& sink) {
  const LockLayout layout = lock_layout(part.options);
  RowBuilder row("lock", columns, kLock, false);
  for (const auto& pattern : layout.files) {
    for (const auto& file : tree_.find(pattern)) {
      std::string real = file.exists ? file.real_path : "";
      if (const auto ours = stand_ins_.find(real); ours != stand_ins_.end()) real = ours->second;
      const auto facts = real.empty() ? std::nullopt : tree_.facts(real);
      if (!facts) continue;
      const LockFacts lock = read_lock(tree_.absolute(real), layout.form, facts->modified_at);
      common(row, info_, file.captures, lock.defect);
      row.set(k_path, file.path);
      if (!layout.ending.empty() && file.path.ends_with(layout.ending)) {
        row.set(k_target, file.path.substr(0, file.path.size() - layout.ending.size()));
      }
      if (lock.pid > 0) row.set(k_pid, lock.pid);
      row.set_time(k_pid_started_at, lock.pid_started_at);
      row.set_time(k_taken_at, lock.taken_at);
      row.set(k_modified_at, facts->modified_at);
      row.set(k_owner, lock.owner);
      if (!row.give(sink)) return false;
    }
  }
  return true;
}

bool FilesStore::files(const RelationPart& part, const Columns& columns, const RowSink& sink) {
  const FileLayout layout = file_layout(part.options);
  RowBuilder row("file", columns, kFile, false);
  for (const auto& pattern : layout.files) {
    for (const auto& file : tree_.find(pattern)) {
      if (!file.exists || stands_at(tree_, layout.instead, file.captures)) continue;
      common(row, info_, file.captures, "");
      row.set(f_path, file.path);
      row.set_text(f_real_path, file.real_path);
      row.set(f_kind, std::string(file.real_path == file.path ? "file" : "symlink"));
      if (!file.real_path.empty() && (row.wants(f_size) || row.wants(f_modified_at))) {
        const auto facts = tree_.facts(file.real_path);
        if (!facts) continue;
        row.set(f_size, facts->size);
        row.set(f_modified_at, facts->modified_at);
      }
      if (!row.give(sink)) return false;
    }
  }
  return true;
}

Cells FilesStore::native_row(const RelationPart& part, const Cells& key) {
  if (key.empty()) return {};
  // Contents are not part of a row's image: what a repair changes of a file is its name, its lines or that it is there.
  static const std::map<std::string, Columns> kImage = {{"transcript", {"path", "real_path", "size", "modified_at"}}};
  const auto image = kImage.find(part.table);
  Columns columns = image != kImage.end() ? image->second : files_columns(part.table);
  std::vector<std::pair<std::size_t, std::string>> wanted;
  for (const auto& [name, value] : key) {
    const ColumnMap* map = part.column(name);
    const std::string native = map == nullptr || map->from.empty() ? name : map->from;
    auto at = std::find(columns.begin(), columns.end(), native);
    if (at == columns.end()) at = columns.insert(columns.end(), native);
    wanted.emplace_back(static_cast<std::size_t>(at - columns.begin()), to_text(value));
  }
  for (const auto& [name, map] : part.columns) {
    if (map.from.starts_with('/') && std::find(columns.begin(), columns.end(), map.from) == columns.end())
      columns.push_back(map.from);
  }
  const bool by_key = std::any_of(wanted.begin(), wanted.end(), [&](const auto& want) { return columns[want.first] == kEntry[e_key]; });
  if (part.table == "entry" && by_key) return entry_row(part, columns, wanted);
  Cells cells;
  RelationMapping one{part.table, {part}};
  scan(one, columns, [&](std::span<const Value> row) {
    for (const auto& [at, text] : wanted) {
      if (is_null(row[at]) || to_text(row[at]) != text) return true;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) cells.emplace_back(columns[i], row[i]);
    return false;
  });
  return cells;
}

}  // namespace audit
