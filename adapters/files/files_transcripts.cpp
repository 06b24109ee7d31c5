// Transcripts and their lines as rows.

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <exception>
#include <mutex>
#include <thread>

#include "adapters/files/fields.hpp"
#include "adapters/files/files_store.hpp"
#include "adapters/files/row_builder.hpp"
#include "auditor/sys/warm_memory.hpp"

namespace audit {
namespace {

constexpr std::size_t kCancelEvery = 256;

void contents(RowBuilder& row, const TranscriptFacts& facts) {
  row.set_text(t_defect, facts.unreadable);
  if (facts.state.empty()) return;  // could not be read
  row.set_text(t_header_id, facts.header_id);
  row.set_text(t_state, facts.state);
  row.set_text(t_header, facts.header);
  row.set_text(t_tail, facts.tail);
  row.set(t_messages, facts.messages);
  row.set(t_has_started, static_cast<std::int64_t>(facts.messages > 0));
  row.set_time(t_first_at, facts.first_at);
  row.set_time(t_last_at, facts.last_at);
  row.set(t_lines, facts.lines);
  row.set(t_bad_lines, facts.bad_lines);
  if (facts.bad_line > 0) row.set(t_bad_line, facts.bad_line);
  row.set(t_broken_parents, facts.broken_parents);
  row.set(t_keyed, static_cast<std::int64_t>(facts.keyed));
  row.set(t_linked, static_cast<std::int64_t>(facts.messages > 0 && facts.unlinked == 0));
  row.set_text(t_model, facts.model);
  row.set_text(t_model_provider, facts.provider);
  row.set_text(t_directory, facts.directory);
}

std::string channel_of(const TranscriptLayout& layout, const std::string& key) {
  for (const auto& pattern : layout.channels) {
    Captures captures;
    if (pattern.match(key, &captures)) return captured(captures, "channel");
  }
  return "";
}

}  // namespace

// Whether files with these captures are transcripts still; `known` remembers the answers.
bool FilesStore::belongs(const TranscriptLayout& layout, const Captures& captures, std::map<Captures, bool>& known) {
  if (layout.instead.empty() && layout.beside.empty()) return true;
  const auto [answer, is_new] = known.try_emplace(captures, true);
  if (is_new) answer->second = !stands_at(tree_, layout.instead, captures) && (layout.beside.empty() || stands_at(tree_, layout.beside, captures));
  return answer->second;
}

FilesStore::Transcripts& FilesStore::transcripts_of(const RelationPart& part) {
  const auto [known, is_new] = transcripts_.try_emplace(part.options);
  Transcripts& transcripts = known->second;
  if (!is_new) return transcripts;
  transcripts.layout = transcript_layout(part.options);
  for (const auto& pattern : transcripts.layout.files) {
    std::map<Captures, bool> kept;
    auto found = tree_.find(pattern);
    transcripts.files.reserve(transcripts.files.size() + found.size());
    expect_writes(transcripts.files.data(), transcripts.files.capacity() * sizeof(NamedFile));
    for (auto& file : found) {
      if (!file.exists || !belongs(transcripts.layout, file.captures, kept)) continue;
      NamedFile named{std::move(file), nullptr};
      for (const auto& kind : transcripts.layout.names) {
        if (!kind.name.match(named.file.name, &named.file.captures)) continue;
        named.kind = &kind;
        break;
      }
      transcripts.files.push_back(std::move(named));
    }
  }
  return transcripts;
}

// Files are taken one by one by as many threads as there are; each has buffers of its own.
void FilesStore::read_contents(Transcripts& transcripts) {
  if (transcripts.facts.size() == transcripts.files.size()) return;
  std::vector<TranscriptFacts> facts;
  facts.reserve(transcripts.files.size());
  expect_writes(facts.data(), facts.capacity() * sizeof(TranscriptFacts));
  facts.resize(transcripts.files.size());
  std::vector<char> unlocked(facts.size(), 0);
  const std::string& ending = transcripts.layout.lock;
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      TranscriptReader reader(transcripts.layout.form, cancel_);
      for (std::size_t i = next++; i < facts.size() && !cancel_.expired(); i = next++) {
        const NamedFile& named = transcripts.files[i];
        const bool wanted = named.kind != nullptr && named.kind->lines && !named.file.real_path.empty();
        if (!wanted) continue;
        const std::string path = tree_.absolute(named.file.real_path);
        facts[i] = reader.read(path, named.file.captures);
        if (!ending.empty()) unlocked[i] = static_cast<char>(::access((path + ending).c_str(), F_OK) != 0 && errno == ENOENT);
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
      next = facts.size();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 1; i < threads_; ++i) threads.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
  cancel_.check();
  transcripts.facts = std::move(facts);
  transcripts.unlocked = std::move(unlocked);
}

std::string FilesStore::sidecar_key(const TranscriptLayout& layout, const FoundFile& file) {
  if (layout.sidecar.empty()) return "";
  Captures known = file.captures;
  known["stem"] = file.name.substr(0, file.name.rfind('.'));
  const auto name = fill_name(layout.sidecar, known);
  if (!name) return "";
  const ResolvedPath place = tree_.resolve(*name, file.directory);
  return place.state == ResolvedPath::State::exists
             ? first_line_value(tree_.absolute(place.real_path), layout.sidecar_key)
             : "";
}

bool FilesStore::busy(const TranscriptLayout& layout, const FoundFile& file) {
  if (layout.lock.empty()) return false;
  const ResolvedPath place = tree_.resolve(file.name + layout.lock, file.directory);
  if (place.state != ResolvedPath::State::exists) return false;
  const auto facts = tree_.facts(place.path);
  return facts && read_lock(tree_.absolute(place.real_path), layout.lock_form, facts->modified_at).owner == "alive";
}

bool FilesStore::transcripts(const RelationPart& part, const Columns& columns, const RowSink& sink) {
  RowBuilder row("transcript", columns, kTranscript, false);
  Transcripts& transcripts = transcripts_of(part);
  bool inside = false;
  for (const TranscriptField field :
       {t_header_id, t_claimed_key, t_state, t_messages, t_has_started, t_first_at, t_last_at, t_header, t_tail,
        t_lines, t_bad_lines, t_bad_line, t_broken_parents, t_keyed, t_linked, t_model, t_model_provider, t_channel,
        t_directory}) {
    inside = inside || row.wants(field);
  }
  if (inside) read_contents(transcripts);
  const bool outside = row.wants(t_size) || row.wants(t_modified_at);
  for (std::size_t i = 0; i < transcripts.files.size(); ++i) {
    if (i % kCancelEvery == 0) cancel_.check();
    const auto& [file, kind] = transcripts.files[i];
    common(row, info_, file.captures, file.real_path.empty() ? "leads out of the directory" : "");
    row.set(t_path, file.path);
    row.set_text(t_real_path, file.real_path);
    row.set(t_kind, std::string(kind == nullptr ? "unknown" : file.real_path.empty() ? "outside" : kind->kind));
    row.set_text(t_name_id, captured(file.captures, "id"));
    const bool was_read = inside && transcripts.facts[i].size >= 0;
    if (outside && was_read) {
      row.set(t_size, transcripts.facts[i].size);
      row.set(t_modified_at, transcripts.facts[i].modified_at);
    } else if (outside && !file.real_path.empty()) {
      const auto facts = tree_.facts(file.real_path);
      if (!facts) continue;  // gone since its directory was listed
      row.set(t_size, facts->size);
      row.set(t_modified_at, facts->modified_at);
    }
    if (inside) {
      const TranscriptFacts& facts = transcripts.facts[i];
      contents(row, facts);
      if ((row.wants(t_claimed_key) || row.wants(t_channel)) && kind != nullptr && kind->lines) {
        std::string key = sidecar_key(transcripts.layout, file);
        if (key.empty()) key = facts.claimed_key;
        row.set_text(t_claimed_key, key);
        row.set_text(t_channel, channel_of(transcripts.layout, key));
      }
    }
    if (row.wants(t_busy)) {
      const bool unlocked = was_read && transcripts.unlocked[i] != 0 && file.real_path == file.path;
      row.set(t_busy, static_cast<std::int64_t>(!unlocked && busy(transcripts.layout, file)));
    }
    if (!row.give(sink)) return false;
  }
  return true;
}

bool FilesStore::lines(const RelationPart& part, const Columns& columns, const RowSink& sink) {
  RowBuilder row("transcript_line", columns, kLine, true);
  Transcripts& transcripts = transcripts_of(part);
  read_contents(transcripts);
  for (std::size_t i = 0; i < transcripts.files.size(); ++i) {
    const FoundFile& file = transcripts.files[i].file;
    for (const auto& bad : transcripts.facts[i].bad) {
      common(row, info_, file.captures, bad.defect);
      row.set(l_path, file.path);
      row.set_text(l_real_path, file.real_path);
      row.set(l_line, bad.line);
      row.set(l_offset, bad.offset);
      row.set(l_length, bad.length);
      if (!row.give(sink)) return false;
    }
  }
  return true;
}

}  // namespace audit
