#include "adapters/sqlite/read_only_vfs.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <cstring>
#include <new>
#include <string>

#include "adapters/sqlite/read_ahead.hpp"
#include "auditor/sys/sqlite.hpp"

namespace audit {

namespace {

// SQLite allocates szOsFile bytes: this, and behind it the file of the VFS below.
struct File {
  sqlite3_file base;
  sqlite3_file* below;  // nullptr: the empty WAL
  ReadAhead* ahead;     // of a main database; owned; nullptr: every read goes to the VFS below
  char* shm_path;       // of a main database; owned
  bool shm_shared;      // a -shm is there and is asked through to the VFS below
  bool shm_live;        // some other process holds it open
};

// A file control of our own: whether a live process shares the -shm.
constexpr int kLiveWriterControl = 0x41554449;

File& self(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* below(sqlite3_file* file) { return self(file).below; }
sqlite3_vfs* root(sqlite3_vfs* vfs) { return static_cast<sqlite3_vfs*>(vfs->pAppData); }

int file_close(sqlite3_file* file) {
  File& own = self(file);
  int code = SQLITE_OK;
  if (own.below != nullptr && own.below->pMethods != nullptr) code = own.below->pMethods->xClose(own.below);
  delete[] own.shm_path;
  own.shm_path = nullptr;
  delete own.ahead;
  own.ahead = nullptr;
  return code;
}

// The bytes of the database stay what they are while a reader has its lock: of a rollback journal's database on the file, of a WAL's in the -shm (what a
// checkpoint overwrites meanwhile, this reader has from the WAL). Every change of a lock may be the end of that. Of a WAL without a -shm SQLite still asks for
// locks, which nobody sees, and for the -shm with every transaction: there, too, what was read is dropped, and the files are compared afterwards.
void drop_ahead(sqlite3_file* file) {
  if (self(file).ahead != nullptr) self(file).ahead->drop();
}

int file_read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
  if (self(file).ahead != nullptr) return self(file).ahead->read(*below(file), to, amount, offset);
  if (below(file) != nullptr) return below(file)->pMethods->xRead(below(file), to, amount, offset);
  std::memset(to, 0, static_cast<std::size_t>(amount));
  return SQLITE_IOERR_SHORT_READ;
}

int file_write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  if (below(file) == nullptr) return SQLITE_READONLY;
  return below(file)->pMethods->xWrite(below(file), from, amount, offset);
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
  return below(file) == nullptr ? SQLITE_READONLY : below(file)->pMethods->xTruncate(below(file), size);
}

int file_sync(sqlite3_file* file, int flags) {
  return below(file) == nullptr ? SQLITE_OK : below(file)->pMethods->xSync(below(file), flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  if (below(file) != nullptr) return below(file)->pMethods->xFileSize(below(file), size);
  *size = 0;
  return SQLITE_OK;
}

int file_lock(sqlite3_file* file, int level) {
  drop_ahead(file);
  return below(file) == nullptr ? SQLITE_OK : below(file)->pMethods->xLock(below(file), level);
}

int file_unlock(sqlite3_file* file, int level) {
  drop_ahead(file);
  return below(file) == nullptr ? SQLITE_OK : below(file)->pMethods->xUnlock(below(file), level);
}

int file_reserved(sqlite3_file* file, int* out) {
  if (below(file) != nullptr) return below(file)->pMethods->xCheckReservedLock(below(file), out);
  *out = 0;
  return SQLITE_OK;
}

int file_control(sqlite3_file* file, int op, void* argument) {
  if (op == kLiveWriterControl) {
    *static_cast<int*>(argument) = self(file).shm_live ? 1 : 0;
    return SQLITE_OK;
  }
  return below(file) == nullptr ? SQLITE_NOTFOUND : below(file)->pMethods->xFileControl(below(file), op, argument);
}

int file_sector(sqlite3_file* file) {
  return below(file) == nullptr ? 4096 : below(file)->pMethods->xSectorSize(below(file));
}

int file_characteristics(sqlite3_file* file) {
  return below(file) == nullptr ? 0 : below(file)->pMethods->xDeviceCharacteristics(below(file));
}

// SQLITE_READONLY_CANTINIT makes SQLite build the WAL index in memory.
int shm_map(sqlite3_file* file, int page, int page_size, int extend, void volatile** out) {
  File& own = self(file);
  *out = nullptr;
  drop_ahead(file);
  if (!own.shm_shared && (own.shm_path == nullptr || access(own.shm_path, F_OK) != 0)) return SQLITE_READONLY_CANTINIT;
  own.shm_shared = true;
  const int code = own.below->pMethods->xShmMap(own.below, page, page_size, extend, out);
  own.shm_live = code == SQLITE_OK || code == SQLITE_READONLY;
  return code;
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  drop_ahead(file);
  return self(file).shm_shared ? below(file)->pMethods->xShmLock(below(file), offset, count, flags) : SQLITE_OK;
}

void shm_barrier(sqlite3_file* file) {
  if (self(file).shm_shared) below(file)->pMethods->xShmBarrier(below(file));
}

int shm_unmap(sqlite3_file* file, int /*remove*/) {
  if (!self(file).shm_shared) return SQLITE_OK;
  self(file).shm_shared = false;
  return below(file)->pMethods->xShmUnmap(below(file), 0);
}

// No memory-mapped reading: a file that shrinks under the map would end the program.
int file_fetch(sqlite3_file*, sqlite3_int64, int, void** out) {
  *out = nullptr;
  return SQLITE_OK;
}

int file_unfetch(sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; }

constexpr sqlite3_io_methods kMethods = {
    3,          file_close,   file_read,     file_write,    file_truncate,        file_sync,  file_size,
    file_lock,  file_unlock,  file_reserved, file_control,  file_sector,          file_characteristics,
    shm_map,    shm_lock,     shm_barrier,   shm_unmap,     file_fetch,           file_unfetch};

int vfs_open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  auto& own = *new (file) File{};
  auto* under = reinterpret_cast<sqlite3_file*>(&own + 1);
  under->pMethods = nullptr;
  const bool wal = (flags & SQLITE_OPEN_WAL) != 0;
  const bool journal = (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
  const bool foreign = wal || journal || (flags & SQLITE_OPEN_MAIN_DB) != 0;
  if (foreign && name != nullptr) {
    flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_DELETEONCLOSE)) | SQLITE_OPEN_READONLY;
    if (wal && access(name, F_OK) != 0) {
      if (out_flags != nullptr) *out_flags = flags;
      own.base.pMethods = &kMethods;
      return SQLITE_OK;
    }
  }
  const int code = root(vfs)->xOpen(root(vfs), name, under, flags, out_flags);
  if (code != SQLITE_OK) return code;
  own.below = under;
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0 && name != nullptr) {
    own.ahead = new (std::nothrow) ReadAhead;
    const std::string path = std::string(name) + "-shm";
    own.shm_path = new (std::nothrow) char[path.size() + 1];
    if (own.shm_path != nullptr) std::memcpy(own.shm_path, path.c_str(), path.size() + 1);
  }
  own.base.pMethods = &kMethods;
  return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs*, const char*, int) { return SQLITE_OK; }

int vfs_access(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
  return root(vfs)->xAccess(root(vfs), name, flags, out);
}

int vfs_full_path(sqlite3_vfs* vfs, const char* name, int size, char* out) {
  return root(vfs)->xFullPathname(root(vfs), name, size, out);
}

int vfs_randomness(sqlite3_vfs* vfs, int size, char* out) { return root(vfs)->xRandomness(root(vfs), size, out); }
int vfs_sleep(sqlite3_vfs* vfs, int microseconds) { return root(vfs)->xSleep(root(vfs), microseconds); }
int vfs_time(sqlite3_vfs* vfs, double* out) { return root(vfs)->xCurrentTime(root(vfs), out); }
int vfs_time64(sqlite3_vfs* vfs, sqlite3_int64* out) { return root(vfs)->xCurrentTimeInt64(root(vfs), out); }
int vfs_error(sqlite3_vfs* vfs, int size, char* out) { return root(vfs)->xGetLastError(root(vfs), size, out); }

sqlite3_vfs make_vfs() {
  sqlite::prepare_library();
  sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
  sqlite3_vfs vfs{};
  vfs.iVersion = 2;
  vfs.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
  vfs.mxPathname = real->mxPathname;
  vfs.zName = "audit-read-only";
  vfs.pAppData = real;
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  vfs.xAccess = vfs_access;
  vfs.xFullPathname = vfs_full_path;
  vfs.xRandomness = vfs_randomness;
  vfs.xSleep = vfs_sleep;
  vfs.xCurrentTime = vfs_time;
  vfs.xGetLastError = vfs_error;
  vfs.xCurrentTimeInt64 = vfs_time64;
  return vfs;
}

}  // namespace

const char* read_only_vfs() {
  static sqlite3_vfs vfs = make_vfs();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  return registered == SQLITE_OK ? vfs.zName : nullptr;
}

bool shares_live_wal(sqlite3* connection) {
  int live = 0;
  return sqlite3_file_control(connection, "main", kLiveWriterControl, &live) == SQLITE_OK && live != 0;
}

}  // namespace audit
