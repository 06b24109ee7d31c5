#pragma once
// The columns that the files adapter gives for each of its relations, by place.

#include <array>
#include <cstdint>
#include <string>

#include "adapters/files/name_pattern.hpp"
#include "adapters/files/row_builder.hpp"
#include "auditor/model/store.hpp"

namespace audit {

enum EntryField : std::size_t {
  e_source,
  e_scope,
  e_defect,
  e_key,
  e_position,
  e_session_id,
  e_named_session_id,
  e_path,
  e_real_path,
  e_own_path,
  e_path_state,
  e_own_state,
  e_old_root,
  e_has_run,
  e_file_expected,
  e_kind,
  e_updated_at,
  e_document,
  e_count
};
inline constexpr std::array<const char*, e_count> kEntry{
    "source",           "scope",   "defect",        "key",      "position",   "session_id",
    "named_session_id", "path",    "real_path",     "own_path", "path_state", "own_state",
    "old_root",         "has_run", "file_expected", "kind",     "updated_at", "document"};

enum RefField : std::size_t {
  r_source,
  r_scope,
  r_defect,
  r_session_id,
  r_path,
  r_from_relation,
  r_from_id,
  r_from_column,
  r_role,
  r_count
};
inline constexpr std::array<const char*, r_count> kRef{"source",        "scope",   "defect",      "session_id", "path",
                                                       "from_relation", "from_id", "from_column", "role"};

enum RegistryField : std::size_t {
  g_source,
  g_scope,
  g_defect,
  g_path,
  g_status,
  g_format,
  g_entries,
  g_transcripts,
  g_good_temp,
  g_modified_at,
  g_count
};
inline constexpr std::array<const char*, g_count> kRegistry{
    "source", "scope", "defect", "path", "status", "format", "entries", "transcripts", "good_temp", "modified_at"};

enum TranscriptField : std::size_t {
  t_source,
  t_scope,
  t_defect,
  t_path,
  t_real_path,
  t_kind,
  t_name_id,
  t_header_id,
  t_claimed_key,
  t_state,
  t_messages,
  t_has_started,
  t_first_at,
  t_last_at,
  t_size,
  t_modified_at,
  t_busy,
  t_header,
  t_tail,
  t_lines,
  t_bad_lines,
  t_bad_line,
  t_broken_parents,
  t_keyed,
  t_linked,
  t_model,
  t_model_provider,
  t_channel,
  t_directory,
  t_count
};
inline constexpr std::array<const char*, t_count> kTranscript{
    "source",      "scope",  "defect",   "path",        "real_path", "kind",     "name_id",        "header_id",
    "claimed_key", "state",  "messages", "has_started", "first_at",  "last_at",  "size",           "modified_at",
    "busy",        "header", "tail",     "lines",       "bad_lines", "bad_line", "broken_parents", "keyed",
    "linked",      "model",  "model_provider", "channel", "directory"};

enum LineField : std::size_t {
  l_source,
  l_scope,
  l_defect,
  l_path,
  l_real_path,
  l_line,
  l_offset,
  l_length,
  l_header_id,
  l_at,
  l_directory,
  l_count
};
inline constexpr std::array<const char*, l_count> kLine{"source", "scope",  "defect", "path",      "real_path", "line",
                                                        "offset", "length", "header_id", "at", "directory"};

enum LockField : std::size_t {
  k_source,
  k_scope,
  k_defect,
  k_path,
  k_target,
  k_pid,
  k_pid_started_at,
  k_taken_at,
  k_modified_at,
  k_owner,
  k_count
};
inline constexpr std::array<const char*, k_count> kLock{"source", "scope",          "defect",   "path",        "target",
                                                        "pid",    "pid_started_at", "taken_at", "modified_at", "owner"};

enum FileField : std::size_t {
  f_source,
  f_scope,
  f_defect,
  f_path,
  f_real_path,
  f_kind,
  f_size,
  f_modified_at,
  f_count
};
inline constexpr std::array<const char*, f_count> kFile{"source",    "scope", "defect", "path",
                                                        "real_path", "kind",  "size",   "modified_at"};

enum DocumentField : std::size_t {
  d_source,
  d_scope,
  d_defect,
  d_path,
  d_real_path,
  d_status,
  d_size,
  d_modified_at,
  d_count
};
inline constexpr std::array<const char*, d_count> kDocument{"source",    "scope",  "defect", "path",
                                                            "real_path", "status", "size",   "modified_at"};

// What a hole of a name took; "" when there is none of that name.
inline std::string captured(const Captures& captures, const char* name) {
  const auto found = captures.find(name);
  return found == captures.end() ? "" : found->second;
}

// The first fields of every relation are source, scope and defect.
inline void common(RowBuilder& row, const StoreInfo& info, const Captures& captures, const std::string& defect) {
  row.set(0, info.source);
  row.set(1, captured(captures, "scope"));
  row.set_text(2, defect);
}

}  // namespace audit
