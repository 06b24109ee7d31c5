#pragma once
// A SQLite VFS that reads other programs' databases and leaves nothing behind.
//
// Plain `mode=ro` creates -wal and -shm beside a WAL database that has none, and may remake a stale -shm; `immutable=1` ignores the WAL. This VFS
// passes the database through and
//   - opens -wal only when it exists, read-only; otherwise shows SQLite an empty one,
//   - never creates or maps a -shm for writing: a live writer's is shared read-only (its locks are honoured), without one
//     SQLite builds its WAL index in memory,
//   - deletes nothing and creates no journal.
// Without a live writer's -shm no lock keeps a writer away that starts meanwhile: compare the files' identity afterwards.

#include <sqlite3.h>

namespace audit {

// Name to give to sqlite3_open_v2; open with the URI parameter readonly_shm=1. Registers the VFS on first use; thread safe.
[[nodiscard]] const char* read_only_vfs();
// True when the main database of a connection of this VFS shares a -shm with a live process, so that its read locks protect the snapshot.
[[nodiscard]] bool shares_live_wal(sqlite3* connection);

}  // namespace audit
