#include "adapters/files/tree.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "auditor/model/error.hpp"
#include "auditor/sys/warm_memory.hpp"

namespace audit {
namespace {

constexpr std::size_t kBytesOfName = 600;  // that a file found takes in small blocks: paths and captures

std::optional<std::string> real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? std::optional<std::string>(real.get()) : std::nullopt;
}

std::vector<std::string_view> components(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    if (slash > at) parts.push_back(path.substr(at, slash - at));
    at = slash + 1;
  }
  return parts;
}

// Without "." and ".."; nothing when it climbs out.
std::optional<std::string> normal(std::string_view path) {
  std::vector<std::string_view> parts;
  for (const auto part : components(path)) {
    if (part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      return std::nullopt;
    } else {
      parts.pop_back();
    }
  }
  std::string result;
  for (const auto part : parts) result = join_path(result, part);
  return result;
}

std::pair<std::string, std::string> split(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return {"", path};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

}  // namespace

std::string join_path(const std::string& directory, std::string_view name) {
  return directory.empty() ? std::string(name) : directory + "/" + std::string(name);
}

Tree::Tree(const std::string& root, const Cancellation& cancel) : given_(root), cancel_(cancel) {
  while (given_.size() > 1 && given_.back() == '/') given_.pop_back();
  const auto real_root = real_path(given_);
  if (!real_root) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR)
      throw StoreUnavailable{StoreStatus::absent, "does not exist", "check the path"};
    throw StoreUnavailable{StoreStatus::unknown, std::string("cannot be read: ") + std::strerror(error),
                           "check the permissions"};
  }
  root_ = *real_root;
  struct stat status {};
  if (::stat(root_.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    throw StoreUnavailable{StoreStatus::unknown, "is not a directory",
                           "name the directory that holds the application's files"};
  }
  list("");
  if (const auto why = unreadable_.find(""); why != unreadable_.end()) {
    throw StoreUnavailable{StoreStatus::unknown, "cannot be read: " + why->second, "check the permissions"};
  }
}

std::string Tree::absolute(const std::string& path) const {
  if (seen_ != nullptr) seen_->insert(path);
  if (path.empty()) return root_;
  return path.front() == '/' ? path : (root_ == "/" ? "/" : root_ + "/") + path;
}

std::optional<std::string> Tree::inside(const std::string& absolute) const {
  for (const std::string* root : {&root_, &given_}) {
    if (absolute == *root) return "";
    const std::string prefix = root->back() == '/' ? *root : *root + "/";
    if (absolute.starts_with(prefix)) return absolute.substr(prefix.size());
  }
  return std::nullopt;
}

std::optional<std::string> Tree::real(const std::string& path) const {
  const auto resolved = real_path(absolute(path));
  if (!resolved) return std::nullopt;
  if (*resolved == root_) return "";
  const std::string prefix = root_ == "/" ? "/" : root_ + "/";
  if (!resolved->starts_with(prefix)) return std::nullopt;
  return resolved->substr(prefix.size());
}

Tree::Type Tree::type_of(const std::string& path) const {
  struct stat status {};
  if (::lstat(absolute(path).c_str(), &status) != 0) return Type::other;
  if (S_ISREG(status.st_mode)) return Type::file;
  if (S_ISDIR(status.st_mode)) return Type::directory;
  return S_ISLNK(status.st_mode) ? Type::link : Type::other;
}

void Tree::read(const std::string& directory, Listing& listing) {
  const auto resolved = directory.empty() ? std::optional<std::string>("") : real(directory);
  struct stat status {};
  listing.there = ::stat(absolute(directory).c_str(), &status) == 0 && S_ISDIR(status.st_mode);
  listing.outside = listing.there && !resolved.has_value();
  if (!listing.there || listing.outside) return;
  listing.real = *resolved;
  const int fd = ::open(absolute(directory).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(fd < 0 ? nullptr : ::fdopendir(fd), &::closedir);
  if (!stream) {
    unreadable_[directory] = std::strerror(errno);
    return;
  }
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    listing.names.emplace_back(name);
    Type type = Type::other;
    switch (entry->d_type) {
      case DT_REG:
        type = Type::file;
        break;
      case DT_DIR:
        type = Type::directory;
        break;
      case DT_LNK:
        type = Type::link;
        break;
      case DT_UNKNOWN:
        type = type_of(join_path(directory, name));
        break;
      default:
        break;
    }
    listing.types.push_back(type);
    if (listing.names.size() % 1024 == 0) cancel_.check();
  }
}

Tree::Listing& Tree::list(const std::string& directory) {
  auto& listing = listings_[directory];
  if (!listing) {
    listing = std::make_unique<Listing>();
    read(directory, *listing);
  }
  return *listing;
}

const std::vector<std::string>& Tree::names(const std::string& directory) { return list(directory).names; }

void Tree::add(const Listing& listing, std::size_t i, const std::string& directory, Captures captures,
               std::vector<FoundFile>& found) const {
  FoundFile file;
  file.name = listing.names[i];
  file.directory = directory;
  file.path = join_path(directory, file.name);
  file.captures = std::move(captures);
  if (seen_ != nullptr) seen_->insert(file.path);
  file.real_path = listing.types[i] == Type::link ? real(file.path).value_or("") : join_path(listing.real, file.name);
  found.push_back(std::move(file));
}

void Tree::descend(const std::vector<NamePattern>& parts, std::size_t part, const std::string& directory,
                   const Captures& captures, std::vector<FoundFile>& found) {
  Listing& listing = list(directory);
  const bool last = part + 1 == parts.size();
  bool any = false;
  if (last && !parts[part].literal()) {
    found.reserve(found.size() + listing.names.size());
    expect_writes(found.data(), found.capacity() * sizeof(FoundFile));
    expect_small_blocks(listing.names.size() * kBytesOfName);
  }
  for (std::size_t i = 0; i < listing.names.size(); ++i) {
    const Type type = listing.types[i];
    const bool worth = last ? type == Type::file || type == Type::link : type == Type::directory || type == Type::link;
    if (!worth) continue;
    if (!parts[part].match(listing.names[i], nullptr)) continue;
    any = true;
    Captures mine = captures;
    if (parts[part].keeps()) static_cast<void>(parts[part].match(listing.names[i], &mine));
    if (!last) {
      descend(parts, part + 1, join_path(directory, listing.names[i]), mine, found);
    } else if (type == Type::file ||
               facts(join_path(directory, listing.names[i])).value_or(FileFacts{}).kind != FileFacts::Kind::directory) {
      add(listing, i, directory, std::move(mine), found);
    }
  }
  if (last && !any && listing.there && parts[part].literal()) {
    FoundFile missing;
    missing.name = parts[part].text();
    missing.directory = directory;
    missing.path = join_path(directory, missing.name);
    missing.captures = captures;
    missing.exists = false;
    missing.real_path = listing.outside ? "" : join_path(listing.real, missing.name);
    found.push_back(std::move(missing));
  }
}

std::vector<FoundFile> Tree::find(const std::string& pattern) {
  std::vector<NamePattern> parts;
  for (const auto part : components(pattern)) parts.emplace_back(part);
  std::vector<FoundFile> found;
  if (parts.empty()) return found;
  descend(parts, 0, "", {}, found);
  // A file that several names lead to is there once, by its own name where it has one here.
  const auto own = [](const FoundFile& file) { return file.real_path == file.path; };
  if (std::all_of(found.begin(), found.end(), own)) return found;
  const auto linked = std::stable_partition(found.begin(), found.end(), own);
  std::set<std::string> seen;
  for (auto file = found.begin(); file != linked; ++file) seen.insert(file->real_path);
  found.erase(std::remove_if(linked, found.end(),
                             [&](const FoundFile& file) {
                               return !file.real_path.empty() && !seen.insert(file.real_path).second;
                             }),
              found.end());
  return found;
}

ResolvedPath Tree::resolve(std::string_view named, const std::string& directory) {
  ResolvedPath result;
  std::optional<std::string> relative;
  if (named.starts_with('/')) {
    const auto clean = normal(named);
    relative = clean ? inside("/" + *clean) : std::nullopt;
  } else if (directory.starts_with('/')) {
    const auto clean = normal(directory + "/" + std::string(named));
    relative = clean ? inside("/" + *clean) : std::nullopt;
    if (!relative) named = "";
  } else {
    relative = normal(join_path(directory, named));
  }
  if (!relative) {
    result.path = named;
    result.real_path = named;
    struct stat status {};
    const bool there = !named.empty() && ::stat(result.path.c_str(), &status) == 0;
    const auto back = there ? real(result.path) : std::nullopt;
    if (!back) {
      result.state = there || !named.starts_with('/') ? ResolvedPath::State::outside : ResolvedPath::State::missing;
      return result;
    }
    relative = back;  // another name of a place inside
  }
  result.path = *relative;
  result.real_path = *relative;
  const auto [folder, leaf] = split(*relative);
  Listing& listing = list(folder);
  if (listing.outside) {
    result.state = ResolvedPath::State::outside;
    return result;
  }
  if (!listing.there) return result;
  if (listing.index.empty()) {
    for (std::size_t i = 0; i < listing.names.size(); ++i) listing.index.emplace(listing.names[i], i);
  }
  const auto known = listing.index.find(leaf);
  const Type type = known != listing.index.end() ? listing.types[known->second] : type_of(*relative);
  if (known == listing.index.end() && type == Type::other) return result;
  result.real_path = join_path(listing.real, leaf);
  result.state = ResolvedPath::State::exists;
  if (seen_ != nullptr) seen_->insert(result.real_path);
  if (type == Type::link) {
    struct stat status {};
    const auto target = real(*relative);
    if (target) {
      result.real_path = *target;
    } else {
      result.state = ::stat(absolute(*relative).c_str(), &status) == 0 ? ResolvedPath::State::outside
                                                                       : ResolvedPath::State::missing;
    }
  }
  return result;
}

std::optional<FileFacts> Tree::facts(const std::string& path) const {
  struct stat status {};
  if (::stat(absolute(path).c_str(), &status) != 0) return std::nullopt;
  FileFacts facts;
  facts.kind = S_ISREG(status.st_mode)   ? FileFacts::Kind::file
               : S_ISDIR(status.st_mode) ? FileFacts::Kind::directory
                                         : FileFacts::Kind::other;
  facts.size = static_cast<std::int64_t>(status.st_size);
  facts.modified_at = static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1000 +
                      static_cast<std::int64_t>(status.st_mtim.tv_nsec) / 1'000'000;
  return facts;
}

}  // namespace audit
