#include "adapters/sqlite/sqlite_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cerrno>
#include <cstring>
#include <limits>
#include <vector>

#include "adapters/sqlite/read_only_vfs.hpp"

namespace audit {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHeaderBytes = 512;
constexpr std::int64_t kSecond = 1'000'000'000;  // ns
// Two ticks of the slowest clock that a kernel takes times from; where a file system keeps whole seconds, the coarsest has even ones.
constexpr std::int64_t kTicks = kSecond / 50;
constexpr std::int64_t kWholeSeconds = 3 * kSecond;

[[noreturn]] void not_a_database(const std::string& head) {
  // The start of an encrypted database is random: nearly every byte value is as likely as any other.
  std::bitset<256> seen;
  std::size_t printable = 0;
  for (const char c : head) {
    seen.set(static_cast<unsigned char>(c));
    if (c == '\n' || c == '\t' || (c >= ' ' && c <= '~')) ++printable;
  }
  if (head.size() == kHeaderBytes && seen.count() > 180) {
    throw StoreUnavailable{StoreStatus::unknown, "is encrypted: its first page is random bytes",
                           "decrypt a copy (sqlcipher_export) and audit that"};
  }
  throw StoreUnavailable{StoreStatus::unknown,
                         printable == head.size() ? "is not a SQLite database: it is a text file"
                                                  : "is not a SQLite database: its header is wrong",
                         "check the path"};
}

[[noreturn]] void cannot_open(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR: throw StoreUnavailable{StoreStatus::absent, "does not exist", "check the path"};
    case EACCES:
    case EPERM:
      throw StoreUnavailable{StoreStatus::unknown, "permission denied",
                             "run as a user who may read it; reading is all that is needed"};
    default: throw StoreUnavailable{StoreStatus::unknown, std::strerror(error), ""};
  }
}

// The path as the file part of a URI: what has a meaning there is escaped.
std::string uri(const std::string& path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string text = "file:";
  for (const char c : fs::absolute(path).string()) {
    if (c == '?' || c == '#' || c == '%') {
      const auto byte = static_cast<unsigned char>(c);
      text += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      text += c;
    }
  }
  return text + "?mode=ro&readonly_shm=1";
}

// Bytes 18 and 19 of a database: how it is written and how it is read.
bool in_wal_mode(const unsigned char* head) { return head[18] == 2 || head[19] == 2; }

// SQLite keeps log and journal beside the file that a link leads to.
std::string real_path(const std::string& path) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  return error ? path : real.string();
}

FileState::One state_of(const std::string& path) {
  struct stat info {};
  FileState::One one;
  if (::stat(path.c_str(), &info) != 0) return one;
  one.exists = true;
  one.device = info.st_dev;
  one.inode = info.st_ino;
  one.size = info.st_size;
  one.modified = info.st_mtim.tv_sec * kSecond + info.st_mtim.tv_nsec;
  return one;
}

// A file as SQLite opens it. Any other descriptor would, when it is closed, take away the locks that this process holds on the file.
class RawFile {
 public:
  explicit RawFile(const std::string& path)
      : memory_(static_cast<std::size_t>(vfs()->szOsFile)), name_(sqlite3_create_filename(real_path(path).c_str(), "", "", 0, nullptr)) {
    errno = 0;
    if (vfs()->xOpen(vfs(), name_.get(), file(), SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, nullptr) != SQLITE_OK) cannot_open(errno != 0 ? errno : EIO);
  }
  ~RawFile() {
    if (file()->pMethods != nullptr) file()->pMethods->xClose(file());
  }
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;
  // The first bytes; fewer when the file is shorter.
  [[nodiscard]] std::string head(std::size_t bytes) {
    std::string text(bytes, '\0');
    const int code = file()->pMethods->xRead(file(), text.data(), static_cast<int>(bytes), 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) cannot_open(EIO);
    return text;
  }

 private:
  static sqlite3_vfs* vfs() {
    sqlite::prepare_library();
    return sqlite3_vfs_find("unix");
  }
  sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(memory_.data()); }
  struct Free {
    void operator()(const char* name) const { sqlite3_free_filename(const_cast<char*>(name)); }
  };
  std::vector<char> memory_;
  std::unique_ptr<const char, Free> name_;
};

}  // namespace

SqliteHeader read_sqlite_header(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) cannot_open(errno);
  if (S_ISDIR(info.st_mode)) {
    throw StoreUnavailable{StoreStatus::unknown, "is a directory", "name the database file, or a glob such as " + path + "/*.sqlite"};
  }
  if (!S_ISREG(info.st_mode)) throw StoreUnavailable{StoreStatus::unknown, "is not a regular file", "check the path"};
  if (::access(path.c_str(), R_OK) != 0) cannot_open(errno);
  if (info.st_size == 0) {
    throw StoreUnavailable{StoreStatus::unknown, "is empty (0 bytes)",
                           "the application has not created its tables, or the file was truncated: look for a backup"};
  }
  std::string head = RawFile(path).head(kHeaderBytes);
  head.resize(std::min(kHeaderBytes, static_cast<std::size_t>(info.st_size)));
  if (!head.starts_with(std::string("SQLite format 3\0", 16))) not_a_database(head);
  if (head.size() < 100) throw StoreUnavailable{StoreStatus::unknown, "is cut off inside its header", "look for a backup"};
  return {.wal = in_wal_mode(reinterpret_cast<const unsigned char*>(head.data())), .size = info.st_size};
}

FileState FileState::of(const std::string& named) {
  const std::string path = real_path(named);
  const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  FileState state{state_of(path), state_of(path + "-wal")};
  const auto is_settled = [&](const One& one) {
    return one.modified < now - (one.modified % kSecond == 0 ? kWholeSeconds : kTicks);
  };
  state.settled = is_settled(state.database) && is_settled(state.wal);
  return state;
}

PrivateDirectory::PrivateDirectory() {
  std::string name = (fs::temp_directory_path() / "audit-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw StoreUnavailable{StoreStatus::unknown, "no private copy can be made in " + fs::temp_directory_path().string() + ": " + std::strerror(errno),
                           "set TMPDIR to a writable directory"};
  }
  path_ = name;
}

PrivateDirectory::~PrivateDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::unique_ptr<sqlite::Connection> open_in_place(const std::string& path, std::chrono::milliseconds busy_timeout) {
  auto connection =
      std::make_unique<sqlite::Connection>(uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, read_only_vfs());
  sqlite3_busy_timeout(connection->get(), static_cast<int>(busy_timeout.count()));
  sqlite3_db_config(connection->get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return connection;
}

DatabaseImage::DatabaseImage(const std::string& path, std::chrono::milliseconds busy_timeout) {
  const auto original = open_in_place(path, busy_timeout);
  sqlite::Statement hold = original->prepare("PRAGMA main.data_version");
  (void)hold.step();  // takes the lock, which stays until `hold` ends; looks at no schema
  sqlite3_file* file = nullptr;
  sqlite3_int64 size = 0;
  int code = sqlite3_file_control(original->get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code == SQLITE_OK) code = file->pMethods->xFileSize(file, &size);
  if (code != SQLITE_OK) original->fail(code, "");
  // Its application may have changed all that since its header was read: it is looked at again.
  if (size < static_cast<sqlite3_int64>(kHeaderBytes) || size > std::numeric_limits<int>::max()) throw sqlite::Failure(SQLITE_PROTOCOL, "was just then made anew");
  size_ = static_cast<std::size_t>(size);
  void* const room = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (room == MAP_FAILED) throw sqlite::Failure(SQLITE_NOMEM, sqlite3_errstr(SQLITE_NOMEM));
  bytes_.reset(static_cast<unsigned char*>(room));
  bytes_.get_deleter().size = size_;
  code = file->pMethods->xRead(file, bytes_.get(), static_cast<int>(size), 0);
  if (code != SQLITE_OK) throw sqlite::Failure(code, sqlite3_errstr(code));
  if (in_wal_mode(bytes_.get())) throw sqlite::Failure(SQLITE_PROTOCOL, "was just then put into WAL mode");
}

void UnmapPages::operator()(unsigned char* bytes) const { ::munmap(bytes, size); }

std::unique_ptr<sqlite::Connection> open_image(const DatabaseImage& image) {
  auto connection = std::make_unique<sqlite::Connection>(":memory:", SQLITE_OPEN_READWRITE);
  const auto size = static_cast<sqlite3_int64>(image.size());
  // Read-only: SQLite takes a pointer that it may write to for other uses.
  const int code = sqlite3_deserialize(connection->get(), "main", const_cast<unsigned char*>(image.bytes()), size, size, SQLITE_DESERIALIZE_READONLY);
  if (code != SQLITE_OK) connection->fail(code, "");
  connection->exec("PRAGMA main.mmap_size = " + std::to_string(size));  // pages are read where they are
  return connection;
}

std::unique_ptr<sqlite::Connection> open_rolled_back(const std::string& path, const PrivateDirectory& directory) {
  const fs::path copy = directory.path() / "copy.db";
  std::error_code error;
  fs::copy_file(path, copy, error);
  if (!error) fs::copy_file(real_path(path) + "-journal", copy.string() + "-journal", error);
  if (error) {
    throw StoreUnavailable{StoreStatus::unknown, "has a hot journal and cannot be copied aside: " + error.message(),
                           "free space in the temporary directory, or set TMPDIR"};
  }
  return std::make_unique<sqlite::Connection>(copy.string(), SQLITE_OPEN_READWRITE);
}

StoreUnavailable unavailable(const sqlite::Failure& failure) {
  switch (failure.primary()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {StoreStatus::unknown, "is locked by another process",
              "wait for it to finish, or raise the source's busy_timeout"};
    case SQLITE_CORRUPT:
      return {StoreStatus::unknown, std::string("is malformed: ") + failure.what(),
              "do not write to it; restore a backup, or salvage a copy with the sqlite3 shell's .recover"};
    case SQLITE_NOTADB: return {StoreStatus::unknown, "is not a SQLite database, or is encrypted", "check the path"};
    case SQLITE_CANTOPEN: return {StoreStatus::unknown, "cannot be opened", "check permissions of the file and its folder"};
    case SQLITE_IOERR: return {StoreStatus::unknown, std::string("cannot be read: ") + failure.what(), "check the disk"};
    case SQLITE_PERM:
    case SQLITE_AUTH: return {StoreStatus::unknown, "permission denied", "run as a user who may read it"};
    default: return {StoreStatus::unknown, failure.what(), ""};
  }
}

}  // namespace audit
