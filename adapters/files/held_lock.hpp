#pragma once
// A lock file taken as its application's own protocol says, and given back as it was found.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/files/locks.hpp"
#include "adapters/files/name_pattern.hpp"
#include "adapters/files/place.hpp"
#include "auditor/model/store.hpp"

namespace audit {

// What a profile says about a lock (docs/profiles.md).
struct LockProtocol {
  std::string path;                 // template; "" when there is no lock
  std::vector<std::string> hashed;  // templates: {hash} is the beginning of the SHA-256 of the first; locks of the others are only waited for
  std::size_t hash_length = 8;
  std::string content;           // JSON whose strings are templates; "" when the lock is only waited for
  std::int64_t stale_after = 0;  // ms; a lock of this age whose owner is gone is nobody's
  LockForm form;
};

// Places where locks of this protocol may be, the one to take first. `known` fills the templates.
[[nodiscard]] std::vector<std::string> lock_paths(const LockProtocol& protocol, Captures known);

struct LockWish {
  const LockProtocol* protocol = nullptr;
  std::string root;
  std::string path;   // below the root, or absolute
  std::string run_id;
  std::chrono::milliseconds timeout{0};
};

// Waits until no living process holds the lock. Throws Error(repair) that names the owner when the time is over, and what Cancellation::check throws.
// A lock whose directory is not there is free.
void wait_for_lock(const LockWish& wish, const Cancellation& cancel);

// Held from construction to destruction. A stale lock that was in its place is put aside and comes back at the end.
class HeldLock {
 public:
  // Waits as above.
  HeldLock(const LockWish& wish, const Cancellation& cancel);
  ~HeldLock();
  HeldLock(const HeldLock&) = delete;
  HeldLock& operator=(const HeldLock&) = delete;

  [[nodiscard]] const std::string& path() const { return place_.path(); }
  // False when another process took it away.
  [[nodiscard]] bool ours() const;
  // So that nobody takes it for stale.
  void touch() const;
  // The file that was in its place; nothing when there was none. Its name is where it may be moved.
  [[nodiscard]] Place aside() const;
  [[nodiscard]] bool has_aside() const { return has_aside_; }
  // From now on a file with the name of aside() takes the place of the lock at the end; or none does.
  void set_aside(bool there) { has_aside_ = there; }

 private:
  bool take(const LockWish& wish);
  void clear();
  void put_back() const;

  Place place_;
  std::string aside_name_;
  Descriptor file_;
  FileIdentity made_;
  bool has_aside_ = false;
};

// "process 4711 (node)" of a lock's owner, as far as it can be told.
[[nodiscard]] std::string owner_words(const LockFacts& lock);
// The run that made a lock; "" when it was none of ours.
[[nodiscard]] std::string lock_run(const Place& lock);

}  // namespace audit
