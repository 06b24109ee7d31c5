#include "adapters/files/files_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "adapters/files/file_edit.hpp"
#include "adapters/files/files_store.hpp"
#include "adapters/files/registry_edit.hpp"
#include "auditor/model/error.hpp"

namespace audit {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLeastTouch = 1000;  // ms

// Keeps locks from looking stale while the writer is at work.
class LockKeeper {
 public:
  ~LockKeeper() {
    thread_.request_stop();
    thread_ = {};
  }
  void start(std::vector<const HeldLock*> locks, std::int64_t every) {
    if (locks.empty()) return;
    thread_ = std::jthread([this, locks = std::move(locks), every](const std::stop_token& stop) {
      std::mutex mutex;
      std::unique_lock lock(mutex);
      while (!wake_.wait_for(lock, stop, std::chrono::milliseconds(every), [] { return false; }) && !stop.stop_requested()) {
        for (const HeldLock* held : locks) held->touch();
      }
    });
  }

 private:
  std::condition_variable_any wake_;
  std::jthread thread_;
};

class FilesWriter : public Writer {
 public:
  FilesWriter(const StoreInfo& store, const std::string& root, const WriteRequest& request, const Cancellation& cancel)
      : request_(request), cancel_(cancel), keeper_(request.keep), edits_(site_), files_(site_, keeper_, locks_by_path_, cancel) {
    StoreInfo info = store;
    info.status = StoreStatus::ok;
    site_.request = &request_;
    site_.given = fs::absolute(root).lexically_normal().string();
    while (site_.given.size() > 1 && site_.given.back() == '/') site_.given.pop_back();
    try {
      Tree tree(root, cancel_);
      site_.root = tree.root();
      lock(tree);
      view_ = std::make_unique<FilesStore>(std::move(info), root, 1, cancel_);
    } catch (const StoreUnavailable& unavailable) {
      throw Error(ErrorKind::repair, root + " " + unavailable.detail, unavailable.hint);
    }
    site_.view = view_.get();
    view_->stand_in(asides());
    for (const auto& path : documents_) remember(path);
  }

  ~FilesWriter() override {
    changes_.clear();
    if (!committed_) keeper_.forget();
  }

  [[nodiscard]] Store& view() override { return *view_; }
  void back_up(const fs::path& directory) override;
  void apply(std::span<const Unit> units, const UnitSink& sink) override;
  void prepare() override;
  void commit() override;
  [[nodiscard]] Presence presence(const Change& effect) override;
  void sweep(const std::string& run_id) override;

 private:
  void lock(Tree& tree);
  void lock_document(Tree& tree, const EntryLayout& layout, const Document& document);
  void remember(const std::string& path);
  [[nodiscard]] std::map<std::string, std::string> asides() const;
  UnitOutcome make(const Unit& unit);
  void sweep_directory(const std::string& directory, const std::string& run_id);
  [[nodiscard]] static bool is_entry(const Change& change) { return change.table == "entry"; }

  WriteRequest request_;
  const Cancellation& cancel_;
  WriteSite site_;
  std::set<std::string> documents_;
  std::vector<std::unique_ptr<HeldLock>> locks_;
  std::map<std::string, HeldLock*> locks_by_path_;
  std::unique_ptr<FilesStore> view_;
  Keeper keeper_;
  RegistryEdits edits_;
  FileEdits files_;
  std::vector<std::unique_ptr<FileChange>> changes_;
  LockKeeper lock_keeper_;
  bool committed_ = false;
};

void FilesWriter::lock(Tree& tree) {
  std::int64_t stale_after = 0;
  for (const auto& mapping : request_.relations) {
    for (const auto& part : mapping.parts) {
      if (part.table != "entry" || part.options.empty()) continue;
      const EntryLayout layout = entry_layout(part.options);
      for (const auto& document : find_documents(tree, layout.where)) {
        if (document.status == "outside") continue;
        documents_.insert(document.path);
        if (!layout.lock.path.empty()) lock_document(tree, layout, document);
      }
      if (stale_after == 0 || layout.lock.stale_after < stale_after) stale_after = layout.lock.stale_after;
    }
  }
  std::vector<const HeldLock*> held;
  for (const auto& one : locks_) held.push_back(one.get());
  lock_keeper_.start(std::move(held), std::max(kLeastTouch, stale_after / 4));
}

void FilesWriter::lock_document(Tree& tree, const EntryLayout& layout, const Document& document) {
  Captures known = document.captures;
  const ResolvedPath real = document.path.starts_with('/') ? ResolvedPath{ResolvedPath::State::exists, document.path, document.path} : tree.resolve(document.path, "");
  struct stat status {};
  known["document"] = real.real_path;
  known["root"] = site_.given;
  if (::stat(site_.root.c_str(), &status) == 0) known["uid"] = std::to_string(status.st_uid);
  bool first = true;
  for (const auto& path : lock_paths(layout.lock, known)) {
    const LockWish wish{&layout.lock, site_.root, path, request_.run_id, request_.lock_timeout};
    std::error_code ignored;
    const fs::path full = path.starts_with('/') ? path : site_.root + "/" + path;
    const bool take = first && !layout.lock.content.empty() && fs::is_directory(full.parent_path(), ignored);
    first = false;
    if (locks_by_path_.contains(path)) continue;
    if (!take) {
      wait_for_lock(wish, cancel_);
      continue;
    }
    locks_.push_back(std::make_unique<HeldLock>(wish, cancel_));
    locks_by_path_[path] = locks_.back().get();
  }
}

// Our own locks are no rows; what they were put in the place of is.
std::map<std::string, std::string> FilesWriter::asides() const {
  std::map<std::string, std::string> asides;
  for (const auto& lock : locks_) asides[lock->path()] = lock->has_aside() ? lock->aside().path() : "";
  return asides;
}

void FilesWriter::remember(const std::string& path) {
  const ResolvedPath real = path.starts_with('/') ? ResolvedPath{ResolvedPath::State::exists, path, path} : view_->tree().resolve(path, "");
  if (real.state != ResolvedPath::State::exists) return;
  if (const auto identity = Place(site_.root, real.real_path).identity()) edits_.expect(path, *identity);
}

// All changes of a unit are examined before the first is made.
UnitOutcome FilesWriter::make(const Unit& unit) {
  UnitOutcome outcome;
  std::vector<std::unique_ptr<FileChange>> made;
  std::vector<const Change*> planned;
  std::vector<std::optional<Change>> effects(unit.changes.size());
  std::vector<bool> done(unit.changes.size(), false);
  for (std::size_t i = 0; i < unit.changes.size(); ++i) {
    const Change& change = *unit.changes[i];
    Change effect;
    std::unique_ptr<FileChange> file;
    Verdict verdict;
    if (is_entry(change)) {
      verdict = edits_.examine(change);
    } else if (site_.parts(change.relation, change.table).empty()) {
      verdict = refused("the profile maps no " + change.relation + " in this store");
    } else {
      verdict = files_.plan(change, effect, file);
    }
    if (verdict.kind != UnitOutcome::Kind::applied) {
      for (const Change* earlier : planned) files_.release(*earlier);
      return {verdict.kind, verdict.reason, {}};
    }
    done[i] = verdict.made;
    if (!file) continue;
    made.push_back(std::move(file));
    planned.push_back(&change);
    effects[i] = std::move(effect);
  }
  for (std::size_t i = 0; i < unit.changes.size(); ++i) {
    if (done[i]) continue;
    if (!effects[i]) effects[i] = edits_.make(*unit.changes[i]);
    effects[i]->consequence = false;
    outcome.effects.push_back(std::move(*effects[i]));
  }
  for (auto& change : made) changes_.push_back(std::move(change));
  return outcome;
}

void FilesWriter::apply(std::span<const Unit> units, const UnitSink& sink) {
  std::vector<UnitOutcome> outcomes;
  for (const auto& unit : units) {
    cancel_.check();
    outcomes.push_back(make(unit));
  }
  edits_.finish(outcomes, keeper_);
  for (std::size_t i = 0; i < outcomes.size(); ++i) sink(i, std::move(outcomes[i]));
}

void FilesWriter::prepare() {
  for (auto& change : edits_.changes()) changes_.push_back(std::move(change));
  for (const auto& change : changes_) {
    cancel_.check();
    change->prepare(keeper_, request_.run_id);
  }
  keeper_.sync();
}

void FilesWriter::commit() {
  const auto ours = [](const HeldLock& lock) {
    if (!lock.ours()) throw TryAgain("the lock " + lock.path() + " was taken away by another program");
  };
  for (const auto& lock : locks_) ours(*lock);
  for (const HeldLock* lock : files_.held()) ours(*lock);
  for (const auto& change : changes_) {
    try {
      change->check();
    } catch (const Error& error) {
      throw TryAgain(error.what());
    }
  }
  committed_ = !changes_.empty();
  for (const auto& change : changes_) change->commit();
}

Presence FilesWriter::presence(const Change& effect) { return is_entry(effect) ? edits_.presence(effect) : files_.presence(effect); }

void FilesWriter::back_up(const fs::path& directory) {
  for (const auto& path : documents_) {
    const ResolvedPath real = path.starts_with('/') ? ResolvedPath{ResolvedPath::State::exists, path, path} : view_->tree().resolve(path, "");
    if (real.state != ResolvedPath::State::exists) continue;
    const fs::path to = directory / fs::path(path).relative_path();
    const Place from(site_.root, real.real_path);
    const auto identity = from.identity();
    if (!identity || !identity->regular) continue;
    Keeper copy(to.parent_path());
    copy.keep_bytes(from.read(), to);
    copy.sync();
  }
}

void FilesWriter::sweep_directory(const std::string& directory, const std::string& run_id) {
  const std::string ending = ".audit-" + run_id;
  const std::vector<std::string> names = view_->tree().names(directory);
  std::optional<Place> changed;
  for (const auto& name : names) {
    const Place place(site_.root, join_path(directory, name));
    if (name.starts_with('.') && name.ends_with(ending + ".tmp")) {
      if (place.identity()) place.remove();
    } else if (name.ends_with(".lock") && !locks_by_path_.contains(place.path()) && lock_run(place) == run_id) {
      place.remove();
    } else {
      continue;
    }
    changed.emplace(site_.root, join_path(directory, name));
  }
  // Stale locks that the run put aside go back to where they were.
  for (const auto& name : names) {
    if (!name.starts_with('.') || !name.ends_with(ending + ".aside")) continue;
    const Place aside(site_.root, join_path(directory, name));
    const Place lock = aside.beside(name.substr(1, name.size() - 1 - (ending + ".aside").size()));
    const auto mine = locks_by_path_.find(lock.path());
    if (mine != locks_by_path_.end() && mine->second->has_aside()) continue;  // the run had put it back: it was put aside just now
    if (mine != locks_by_path_.end()) {
      aside.rename_to(mine->second->aside());
      mine->second->set_aside(true);
    } else if (lock.identity() || aside.link_to(lock)) {
      aside.remove();
    }
    changed.emplace(site_.root, join_path(directory, name));
  }
  // What was swept once is not looked for again.
  if (changed) changed->sync_directory();
  view_->stand_in(asides());
}

void FilesWriter::sweep(const std::string& run_id) {
  std::set<std::string> directories;
  const auto add = [&](const std::string& path) {
    const auto slash = path.rfind('/');
    const ResolvedPath folder = view_->tree().resolve(slash == std::string::npos ? "" : path.substr(0, slash), "");
    directories.insert(slash == std::string::npos ? "" : folder.real_path);
  };
  for (const auto& path : documents_) {
    if (!path.starts_with('/')) add(path);
  }
  for (const auto& mapping : request_.relations) {
    for (const auto& part : mapping.parts) {
      if (part.options.empty() || (part.table != "transcript" && part.table != "lock" && part.table != "file")) continue;
      std::vector<std::string> patterns = part.table == "transcript" ? transcript_layout(part.options).files
                                          : part.table == "lock"     ? lock_layout(part.options).files
                                                                     : file_layout(part.options).files;
      for (auto& pattern : patterns) {
        const auto slash = pattern.rfind('/');
        for (const auto& file : view_->tree().find(slash == std::string::npos ? "*" : pattern.substr(0, slash) + "/*")) add(file.path);
      }
    }
  }
  for (const auto& directory : directories) sweep_directory(directory, run_id);
}

}  // namespace

std::unique_ptr<Writer> make_files_writer(const StoreInfo& store, const std::string& root, const WriteRequest& request, const Cancellation& cancel) {
  return std::make_unique<FilesWriter>(store, root, request, cancel);
}

}  // namespace audit
