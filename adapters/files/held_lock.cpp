#include "adapters/files/held_lock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "auditor/model/error.hpp"
#include "auditor/sys/clock.hpp"
#include "auditor/sys/digest.hpp"

namespace audit {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::milliseconds kPoll{25};
constexpr const char* kRun = "audit";  // member of our locks that names the run

std::string temporary_directory() {
  const char* named = std::getenv("TMPDIR");
  std::string path = named != nullptr && *named != '\0' ? named : "/tmp";
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

std::string process_name(std::int64_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/comm");
  std::string name;
  std::getline(file, name);
  return name;
}

// Whoever waits for the lock waits in vain: its owner is gone, and it is old enough for the application to think so, too.
bool abandoned(const LockFacts& lock, const FileIdentity& file, const LockProtocol& protocol, bool made_by_us) {
  const std::int64_t age = current_time() - file.modified_ns / 1'000'000;
  return is_gone(lock) && ((made_by_us && lock.pid != 0) || age > protocol.stale_after);
}

enum class LockState { none, held, abandoned };

LockState look(const Place& place, const std::string& root, const LockProtocol& protocol, LockFacts& facts) {
  const auto file = place.identity();
  if (!file) return LockState::none;
  if (!file->regular) throw Error(ErrorKind::repair, "the lock " + place.path() + " is not a file", "look what it is, and move it away");
  const std::string absolute = place.path().starts_with('/') ? place.path() : root + "/" + place.path();
  facts = read_lock(absolute, protocol.form, file->modified_ns / 1'000'000);
  return abandoned(facts, *file, protocol, !lock_run(place).empty()) ? LockState::abandoned : LockState::held;
}

Json filled(const Json& form, const Captures& known) {
  if (form.is_object()) {
    Json result = Json::object();
    for (const auto& [key, value] : form.items()) result[key] = filled(value, known);
    return result;
  }
  if (!form.is_string()) return form;
  const std::string text = form.get<std::string>();
  if (text == "{pid}") return static_cast<std::int64_t>(::getpid());
  if (text == "{now}") return current_time();
  if (text == "{now_iso}") return format_time(current_time());
  return fill_name(text, known).value_or(text);
}

[[noreturn]] void still_held(const std::string& path, const LockFacts& facts) {
  const bool dead = facts.owner == "dead" || facts.owner == "recycled";
  throw Error(ErrorKind::repair, path + " is locked by " + owner_words(facts) + (dead ? ", which is gone; the lock is not old enough to be taken over" : ""),
              dead ? "run again in a minute" : "wait until it is done or stop it, then run again");
}

std::optional<Place> place_of(const LockWish& wish) {
  std::error_code ignored;
  const std::filesystem::path full = wish.path.starts_with('/') ? wish.path : wish.root + "/" + wish.path;
  if (!std::filesystem::is_directory(full.parent_path(), ignored)) return std::nullopt;
  return Place(wish.root, wish.path);
}

template <typename Free>
void wait_until(const LockWish& wish, const Place& place, const Cancellation& cancel, const Free& free) {
  const auto deadline = std::chrono::steady_clock::now() + wish.timeout;
  for (;;) {
    cancel.check();
    LockFacts facts;
    const LockState state = look(place, wish.root, *wish.protocol, facts);
    if (free(state)) return;
    if (state == LockState::held && std::chrono::steady_clock::now() >= deadline) still_held(place.path(), facts);
    std::this_thread::sleep_for(kPoll);
  }
}

}  // namespace

std::string owner_words(const LockFacts& lock) {
  if (lock.pid == 0) return "an unknown process";
  const std::string name = lock.owner == "alive" ? process_name(lock.pid) : "";
  return "process " + std::to_string(lock.pid) + (name.empty() ? "" : " (" + name + ")");
}

std::string lock_run(const Place& lock) {
  const auto file = lock.identity();
  if (!file || !file->regular || file->size > (1 << 16)) return "";
  const Json json = Json::parse(lock.read(), nullptr, false);
  return json.is_object() && json.contains(kRun) && json[kRun].is_string() ? json[kRun].get<std::string>() : "";
}

std::vector<std::string> lock_paths(const LockProtocol& protocol, Captures known) {
  known["tmp"] = temporary_directory();
  std::vector<std::string> paths;
  const auto add = [&] {
    const auto path = fill_name(protocol.path, known);
    if (path && std::find(paths.begin(), paths.end(), *path) == paths.end()) paths.push_back(*path);
  };
  for (const auto& hashed : protocol.hashed) {
    known["hash"] = sha256_hex(fill_name(hashed, known).value_or("")).substr(0, protocol.hash_length);
    add();
  }
  if (protocol.hashed.empty()) add();
  return paths;
}

void wait_for_lock(const LockWish& wish, const Cancellation& cancel) {
  const auto place = place_of(wish);
  if (place) wait_until(wish, *place, cancel, [](LockState state) { return state != LockState::held; });
}

HeldLock::HeldLock(const LockWish& wish, const Cancellation& cancel)
    : place_(wish.root, wish.path), aside_name_(temporary_name(place_.name(), wish.run_id, "aside")) {
  try {
    wait_until(wish, place_, cancel, [&](LockState state) {
      if (state == LockState::held) return false;
      if (state == LockState::abandoned) clear();
      return take(wish);
    });
  } catch (...) {
    if (has_aside_) put_back();
    throw;
  }
}

// Where nobody took the lock meanwhile. A disk that is full has no room for a second name.
void HeldLock::put_back() const {
  const Place from = aside();
  if (::renameat2(from.directory(), from.name().c_str(), place_.directory(), place_.name().c_str(), RENAME_NOREPLACE) == 0) return;
  if (errno != EEXIST && from.link_to(place_)) from.remove();
}

// Puts an abandoned lock aside; one that a run of ours left goes.
void HeldLock::clear() {
  const auto before = place_.identity();
  if (!before) return;
  if (!lock_run(place_).empty()) return place_.remove();
  if (has_aside_) return place_.remove();  // somebody took it after us and left it, too
  const Place aside = place_.beside(aside_name_);
  place_.rename_to(aside);
  has_aside_ = true;
  const auto moved = aside.identity();
  if (moved && *moved == *before) return;
  // Another process was faster: what was moved is its lock.
  put_back();
  has_aside_ = false;
}

// The lock is there with all that it holds, or not at all: an empty one that a crash left would be nobody's.
bool HeldLock::take(const LockWish& wish) {
  // Not the name of a draft of the lock's own file, which the run may be about to bring back.
  const Place draft = place_.beside(temporary_name(place_.name() + ".held", wish.run_id));
  ::unlinkat(draft.directory(), draft.name().c_str(), 0);  // of the same run, before it died
  file_ = Descriptor(::openat(draft.directory(), draft.name().c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file_.open()) draft.fail("take the lock", errno);
  struct stat status {};
  if (::fstat(file_.get(), &status) == 0) made_ = identity_of(status);
  Json content = filled(Json::parse(wish.protocol->content), {{"root", wish.root}});
  content[kRun] = wish.run_id;
  const std::string text = content.dump(2);
  // Synced: a name whose bytes a power cut took would be a lock of nobody's.
  if (::write(file_.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) || ::fsync(file_.get()) != 0) {
    const int error = errno;
    draft.remove();
    place_.fail("write the lock", error);
  }
  if (::linkat(draft.directory(), draft.name().c_str(), place_.directory(), place_.name().c_str(), 0) == 0) {
    draft.remove();
    return true;
  }
  int error = errno;
  const bool no_links = error == EPERM || error == EOPNOTSUPP || error == EMLINK;
  if (no_links && ::renameat2(draft.directory(), draft.name().c_str(), place_.directory(), place_.name().c_str(), RENAME_NOREPLACE) == 0) return true;
  if (no_links) error = errno;
  draft.remove();
  file_ = Descriptor();
  if (error == EEXIST) return false;
  place_.fail("take the lock", error);
}

bool HeldLock::ours() const {
  const auto now = place_.identity();
  return now && now->inode == made_.inode && now->device == made_.device;
}

void HeldLock::touch() const { ::futimens(file_.get(), nullptr); }

Place HeldLock::aside() const { return place_.beside(aside_name_); }

HeldLock::~HeldLock() {
  try {
    const bool mine = ours();
    if (has_aside_ && mine && aside().identity()) {
      aside().rename_to(place_);
    } else if (mine) {
      place_.remove();
    } else if (has_aside_) {
      aside().remove();  // its protocol lets others take it away, and one did
    }
    // The journal says next that all is done: nobody would look for what a power cut brought back.
    if (has_aside_ || mine) place_.sync_directory();
  } catch (const Error&) {  // what is left is taken away by sweep(), or goes stale
  }
}

}  // namespace audit
