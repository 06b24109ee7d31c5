#pragma once
// One directory tree, read without ever leaving it: symbolic links are followed only to places inside.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/files/name_pattern.hpp"
#include "auditor/model/store.hpp"

namespace audit {

struct FileFacts {
  enum class Kind { file, directory, other } kind = Kind::other;
  std::int64_t size = 0;         // bytes
  std::int64_t modified_at = 0;  // ms, rounded down
};

struct FoundFile {
  std::string path;       // relative to the root
  std::string directory;  // of path; "" is the root
  std::string name;
  std::string real_path;  // with links resolved; "" when it leads out of the root
  Captures captures;
  bool exists = true;  // false: a last name without holes that is not there
};

struct ResolvedPath {
  enum class State { exists, missing, outside } state = State::missing;
  std::string path;       // relative to the root; absolute when it is outside
  std::string real_path;  // relative to the root; equal to path for what is missing
};

// Paths are bytes. Directories are listed once: what appears later is seen only where it is asked for by name. One
// thread at a time.
class Tree {
 public:
  // Throws StoreUnavailable when the root is no directory that can be read.
  Tree(const std::string& root, const Cancellation& cancel);

  [[nodiscard]] const std::string& root() const { return root_; }  // real, absolute
  [[nodiscard]] const std::string& given() const { return given_; }  // as it was named
  // Files whose path fits, component by component, each real file once; the names of links come last. Includes, with
  // exists = false, the places where only the last component is missing, when that has no holes. A directory that
  // cannot be read is remembered.
  [[nodiscard]] std::vector<FoundFile> find(const std::string& pattern);
  // A path as something in `directory` names it.
  [[nodiscard]] ResolvedPath resolve(std::string_view named, const std::string& directory);
  [[nodiscard]] std::optional<FileFacts> facts(const std::string& path) const;
  [[nodiscard]] std::string absolute(const std::string& path) const;
  // Names in a directory, as listed; empty when it is not there.
  [[nodiscard]] const std::vector<std::string>& names(const std::string& directory);
  // From now on every path that is looked at goes there (relative to the root), until nullptr. Then one thread at a time holds for all that is const, too.
  void watch(std::set<std::string>* seen) { seen_ = seen; }
  // Directories that exist and could not be listed, with the reason.
  [[nodiscard]] const std::map<std::string, std::string>& unreadable() const { return unreadable_; }

 private:
  enum class Type : std::uint8_t { file, directory, link, other };
  struct Listing {
    std::string real;  // relative to the root; the listing is empty when it is outside
    bool outside = false;
    bool there = false;
    std::vector<std::string> names;
    std::vector<Type> types;
    std::unordered_map<std::string_view, std::size_t> index;  // filled when first asked
  };

  Listing& list(const std::string& directory);
  void read(const std::string& directory, Listing& listing);
  [[nodiscard]] Type type_of(const std::string& path) const;
  // Real path relative to the root; nothing when it leads out of it or nowhere.
  [[nodiscard]] std::optional<std::string> real(const std::string& path) const;
  [[nodiscard]] std::optional<std::string> inside(const std::string& absolute) const;
  void descend(const std::vector<NamePattern>& parts, std::size_t part, const std::string& directory,
               const Captures& captures, std::vector<FoundFile>& found);
  void add(const Listing& listing, std::size_t i, const std::string& directory, Captures captures,
           std::vector<FoundFile>& found) const;

  std::string given_;
  std::string root_;
  const Cancellation& cancel_;
  std::map<std::string, std::unique_ptr<Listing>> listings_;
  std::map<std::string, std::string> unreadable_;
  std::set<std::string>* seen_ = nullptr;
};

// "a/b" + "c"; the root is "".
[[nodiscard]] std::string join_path(const std::string& directory, std::string_view name);

}  // namespace audit
