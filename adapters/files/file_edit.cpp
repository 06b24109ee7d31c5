#include "adapters/files/file_edit.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "auditor/model/error.hpp"
#include "auditor/sys/digest.hpp"

namespace audit {
namespace {

using Json = nlohmann::ordered_json;

// Bytes before a cut that tell whether a file is still the one that was cut.
constexpr std::int64_t kLookedBack = 4096;

std::string bytes_at(const Place& place, std::int64_t from, std::int64_t length) {
  const Descriptor file = place.open(O_RDONLY);
  std::string bytes(static_cast<std::size_t>(std::max<std::int64_t>(length, 0)), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::pread(file.get(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(from) + static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) place.fail("read", errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

std::string hash_before(const Place& place, std::int64_t offset) {
  const std::int64_t from = std::max<std::int64_t>(0, offset - kLookedBack);
  return sha256_hex(bytes_at(place, from, offset - from));
}

std::int64_t number_at(const Cells& cells, const char* name) {
  const Value* value = cell_at(cells, name);
  return value == nullptr ? -1 : to_integer(*value, -1);
}

std::string kept_bytes(const std::string& kept) {
  const std::filesystem::path path(kept);
  std::error_code error;
  const auto folder = std::filesystem::canonical(path.parent_path(), error);
  if (error) throw Error(ErrorKind::repair, "what was kept in " + kept + " is gone", "without it this cannot be taken back");
  return Place("/", (folder / path.filename()).string()).read();
}

Cells with(Cells cells, Cells more) {
  cells.insert(cells.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return cells;
}

std::string absolute_path(const Place& place, const std::string& root) { return place.path().starts_with('/') ? place.path() : root + "/" + place.path(); }

}  // namespace

std::vector<const HeldLock*> FileEdits::held() const {
  std::vector<const HeldLock*> locks;
  for (const auto& [path, lock] : held_) locks.push_back(lock.get());
  return locks;
}

std::optional<Place> FileEdits::place_of(const std::string& path, std::string& why) const {
  const ResolvedPath real = site_.view->tree().resolve(path, "");
  if (path.empty() || path.starts_with('/') || real.state == ResolvedPath::State::outside || real.path != path || real.real_path.starts_with('/')) {
    why = path + " does not lie in the directory";
    return std::nullopt;
  }
  // Where the name itself is a link, the link counts and not what it leads to.
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash);
  const ResolvedPath parent = folder.empty() ? ResolvedPath{ResolvedPath::State::exists, "", ""} : site_.view->tree().resolve(folder, "");
  if (parent.state != ResolvedPath::State::exists) {
    why = "the directory of " + path + " is not there";
    return std::nullopt;
  }
  try {
    return Place(site_.root, join_path(parent.real_path, path.substr(slash == std::string::npos ? 0 : slash + 1)));
  } catch (const Error& error) {
    why = error.what();
    return std::nullopt;
  }
}

std::optional<FileEdits::Found> FileEdits::find(const std::string& path, std::string& why) const {
  auto place = place_of(path, why);
  if (!place) return std::nullopt;
  HeldLock* lock = nullptr;
  if (const auto mine = locks_.find(place->path()); mine != locks_.end()) {
    lock = mine->second;
    place = lock->aside();
  }
  const auto identity = place->identity();
  if (!identity) why = path + " is not there any more";
  if (identity && !identity->regular) why = path + " is a link or no file";
  if (!identity || !identity->regular) return std::nullopt;
  return Found{std::move(*place), *identity, lock};
}

// Whether the row is still what the plan says.
Verdict FileEdits::as_planned(const Change& change) const {
  for (const RelationPart* part : site_.parts(change.relation, change.table)) {
    const Cells now = site_.view->native_row(*part, change.key);
    if (now.empty()) continue;
    for (const auto& [column, value] : change.before) {
      const Value* cell = cell_at(now, column);
      if (cell != nullptr && !(*cell == value)) return changed(text_at(change.row, "path") + " has another " + column + " by now");
    }
    return {};
  }
  return changed(text_at(change.row, "path") + " is not there any more");
}

std::optional<LockProtocol> FileEdits::protocol(const Change& change) const {
  for (const char* relation : {"transcript", "transcript_line"}) {
    if (change.table != "transcript" && change.table != "transcript_line") break;
    for (const RelationPart* part : site_.parts(relation, relation)) {
      const TranscriptLayout layout = transcript_layout(part->options);
      if (!layout.lock.empty()) return layout.protocol;
    }
  }
  return std::nullopt;
}

// A transcript that somebody writes is not touched; while we do, it is locked.
Verdict FileEdits::take_lock(const Change& change, const std::string& path) {
  const auto protocol = this->protocol(change);
  if (!protocol || held_.contains(path)) return {};
  const LockWish wish{&*protocol, site_.root, fill_name(protocol->path, {{"document", path}}).value_or(""), site_.request->run_id, std::chrono::milliseconds(0)};
  try {
    if (protocol->content.empty()) {
      wait_for_lock(wish, cancel_);
    } else {
      held_[path] = std::make_unique<HeldLock>(wish, cancel_);
    }
  } catch (const Error& error) {
    held_.erase(path);
    if (error.kind() == ErrorKind::interrupted) throw;
    return refused(error.what());
  }
  return {};
}

void FileEdits::release(const Change& change) {
  touched_.erase(text_at(change.row, "path"));
  if (change.op == ChangeOp::update) touched_.erase(text_at(change.after, "path"));
}

Verdict FileEdits::plan(const Change& change, Change& effect, std::unique_ptr<FileChange>& made) {
  const std::string path = text_at(change.row, "path").empty() ? text_at(change.after, "path") : text_at(change.row, "path");
  const bool restore = site_.request->mode == WriteMode::restore;
  if (touched_.contains(path)) return changed(path + " is changed by another repair of this run");
  if (change.op == ChangeOp::update) return move(change, effect, made);
  if (Verdict verdict = take_lock(change, path); verdict.kind != UnitOutcome::Kind::applied) return verdict;
  effect = change;
  effect.before.clear();
  effect.after.clear();
  Verdict verdict;
  if (change.table == "transcript_line") {
    if (change.op == ChangeOp::remove) {
      const bool header = cell_at(change.before, "text") != nullptr;
      verdict = !restore ? cut(change, effect, made) : header ? take_header(change, effect, made) : cut_again(change, effect, made);
    } else {
      const bool tail = restore && cell_at(change.after, "offset") != nullptr;
      verdict = tail ? uncut(change, effect, made) : add_header(change, effect, made);
    }
  } else {
    if (change.op == ChangeOp::insert && !restore) return refused("a file cannot be made");
    verdict = change.op == ChangeOp::insert ? come_back(change, effect, made) : removal(change, effect, made);
  }
  if (verdict.kind == UnitOutcome::Kind::applied && !verdict.made) {
    effect.row = change.row.empty() ? Cells{{"path", path}, {"line", std::int64_t{1}}} : change.row;
    touched_.insert(path);
  }
  return verdict;
}

Verdict FileEdits::removal(const Change& change, Change& effect, std::unique_ptr<FileChange>& made) {
  const std::string path = text_at(change.row, "path");
  const bool restore = site_.request->mode == WriteMode::restore;
  std::string why;
  auto found = find(path, why);
  if (!found) return restore && why.ends_with("not there any more") ? Verdict{UnitOutcome::Kind::applied, "", true} : why.ends_with("any more") ? changed(why) : refused(why);
  if (restore && !found->identity.fits(change.before)) return changed(path + " was changed since");
  if (!restore) {
    if (Verdict verdict = as_planned(change); verdict.kind != UnitOutcome::Kind::applied) return verdict;
  }
  if (::faccessat(found->place.directory(), ".", W_OK | X_OK, AT_EACCESS) != 0) return refused("the directory of " + path + " cannot be written");
  const auto kept = keeper_.name_for(found->place.name());
  auto removal = std::make_unique<FileRemoval>(found->place, found->identity, kept, found->lock);
  if (change.table == "lock" && !restore) {
    LockForm form;
    for (const RelationPart* part : site_.parts(change.relation, change.table)) form = lock_layout(part->options).form;
    const std::string file = absolute_path(found->place, site_.root);
    const std::int64_t written = found->identity.modified_ns / 1'000'000;
    const auto gone = [=, pid = number_at(change.before, "pid")] {
      const LockFacts lock = read_lock(file, form, written);
      if (!is_gone(lock) || (pid > 0 && lock.pid != pid)) throw TryAgain("the lock " + path + " is held by " + owner_words(lock) + " by now");
    };
    try {
      gone();
    } catch (const TryAgain& error) {
      return changed(error.what());
    }
    removal->also_check(gone);
  }
  effect.before = with({{"kept", kept.string()}}, found->identity.cells());
  made = std::move(removal);
  return {};
}

// Another name; nothing else of a file can be written.
Verdict FileEdits::move(const Change& change, Change& effect, std::unique_ptr<FileChange>& made) {
  const bool restore = site_.request->mode == WriteMode::restore;
  const std::string from = text_at(change.before, "path");
  const std::string to = text_at(change.after, "path");
  if (from.empty() || to.empty() || change.table == "lock" || change.table == "transcript_line" || (!restore && change.after.size() != 1)) {
    return refused("of a row of " + change.table + " no more than the path of a file can be written");
  }
  if (touched_.contains(from) || touched_.contains(to)) return changed(to + " is changed by another repair of this run");
  if (Verdict verdict = take_lock(change, from); verdict.kind != UnitOutcome::Kind::applied) return verdict;
  std::string why;
  const auto target = place_of(to, why);
  if (!target) return restore ? changed(why) : refused(why);
  const auto there = target->identity();
  const auto found = find(from, why);
  if (!found && restore && there && there->fits(change.after)) return {UnitOutcome::Kind::applied, "", true};
  if (!found) return why.ends_with("any more") ? changed(why) : refused(why);
  if (restore && !found->identity.fits(change.before)) return changed(from + " was changed since");
  if (!restore) {
    if (Verdict verdict = as_planned(change); verdict.kind != UnitOutcome::Kind::applied) return verdict;
  }
  const bool half = restore && there && *there == found->identity;
  if (there && !half) return changed("there is another " + to + " by now");
  for (const Place* place : {&found->place, &*target}) {
    if (::faccessat(place->directory(), ".", W_OK | X_OK, AT_EACCESS) != 0) return refused("the directory of " + place->path() + " cannot be written");
  }
  struct stat folder {};
  if (::fstat(target->directory(), &folder) != 0 || static_cast<std::int64_t>(folder.st_dev) != found->identity.device) {
    return refused("the directory of " + to + " is on another file system");
  }
  effect = change;
  effect.row = {{"path", to}};
  effect.before = with({{"path", from}}, found->identity.cells());
  effect.after = with({{"path", to}}, found->identity.cells());
  made = std::make_unique<FileMove>(found->place, found->identity, *target, half);
  touched_.insert(from);
  touched_.insert(to);
  return {};
}

Verdict FileEdits::come_back(const Change& change, Change& effect, std::unique_ptr<FileChange>& made) {
  const std::string path = text_at(change.row, "path");
  std::string why;
  auto place = place_of(path, why);
  if (!place) return changed(why);
  HeldLock* lock = nullptr;
  if (const auto mine = locks_.find(place->path()); mine != locks_.end()) {
    lock = mine->second;
    place = lock->aside();
  }
  if (const auto there = place->identity()) {
    if (there->fits(change.after)) return {UnitOutcome::Kind::applied, "", true};
    return changed("there is another " + path + " by now");
  }
  const std::string kept = text_at(change.after, "kept");
  std::error_code error;
  const auto folder = std::filesystem::canonical(std::filesystem::path(kept).parent_path(), error);
  const auto file = error ? std::nullopt : Place("/", (folder / std::filesystem::path(kept).filename()).string()).identity();
  if (!file || !file->fits(change.after)) return refused("what was kept of " + path + " in " + kept + " is gone or was changed");
  if (!can_own(*file)) return refused(path + " belongs to another user, and the new one would be ours");
  effect.after = with({{"kept", kept}}, file->cells());
  made = std::make_unique<FileReturn>(std::move(*place), kept, lock);
  return {};
}

TranscriptFacts FileEdits::facts(const Change& change, const std::string& path) const {
  for (const RelationPart* part : site_.parts(change.relation, change.table)) {
    const TranscriptLayout layout = transcript_layout(part->options);
    return TranscriptReader(layout.form, cancel_).read(path, {});
  }
  throw Error(ErrorKind::repair, "the profile maps no " + change.relation);
}

Verdict FileEdits::cut(const Change& change, Change& effect, std::unique_ptr<FileChange>& made) {
  const std::string path = text_at(change.row, "path");
  std::string why;
  const auto found = find(path, why);
  if (!found) return why.ends_with("any more") ? changed(why) : refused(why);
  const std::int64_t offset = number_at(change.before, "offset");
  const std::int64_t length = number_at(change.before, "length");
  const TranscriptFacts now = facts(change, absolute_path(found->place, site_.root));
  const bool listed = std::any_of(now.bad.begin(), now.bad.end(), [&](const BadLine& bad) { return bad.offset == offset && bad.length == length; });
  if (!listed) return changed(path + " does not end as it did");
  if (offset <= 0) return refused("nothing of " + path + " would be left");
  if (found->identity.size > offset + length + 1) return refused("line " + text_at(change.before, "line") + " of " + path + " is not its end; lines inside are never removed");
  const std::string bytes = bytes_at(found->place, offset, found->identity.size - offset);
  const std::string last = bytes_at(found->place, offset - 1, 1);
  if (last != "\n" && bytes.find_first_not_of('\0') != std::string::npos) return refused(path + " has no whole line before its end");
  const auto kept = keeper_.name_for(found->place.name() + ".tail");
  effect.before = with({{"offset", offset}, {"kept", kept.string()}, {"head", hash_before(found->place, offset)}}, found->identity.cells());
  auto tail = std::make_unique<TailChange>(found->place, found->identity, offset, "", found->identity.modified_ns);
  tail->keep(bytes, kept);
  made = std::move(tail);
  return {};
}

// The tail that an undo had brought back goes once more.
Verdict FileEdits::cut_again(const Change& change, Change& effect, std::unique_ptr<FileChange>& made) {
  const std::string path = text_at(change.row, "path");
  std::string why;
  const auto found = find(path, why);
  if (!found) return changed(why);
  const std::int64_t offset = number_at(change.before, "offset");
  if (found->identity.size == offset) return {UnitOutcome::Kind::applied, "", true};
  if (found->identity.size < offset) return changed(path + " was changed since");
  // A beginning of the tail is what a crash in the middle of bringing it back leaves.
  const std::string tail_now = bytes_at(found->place, offset, found->identity.size - offset);
  const bool whole = found->identity.fits(change.before);
  const bool part = !whole && found->identity.size < number_at(change.before, "size") && kept_bytes(text_at(change.before, "kept")).starts_with(tail_now);
  if ((!whole && !part) || hash_before(found->place, offset) != text_at(change.before, "head")) return changed(path + " was changed since");
  const auto kept = keeper_.name_for(found->place.name() + ".tail");
  effect.before = with({{"offset", offset}, {"kept", kept.string()}, {"head", text_at(change.before, "head")}}, found->identity.cells());
  auto tail = std::make_unique<TailChange>(found->place, found->identity, offset, "", part ? number_at(change.before, "modified_ns") : found->identity.modified_ns);
  tail->keep(tail_now, kept);
  made = std::move(tail);
  return {};
}

Verdict FileEdits::uncut(const Change& change, Change& effect, std::unique_ptr<FileChange>& made) {
  const std::string path = text_at(change.row, "path");
  std::string why;
  const auto found = find(path, why);
  if (!found) return changed(why);
  const std::int64_t offset = number_at(change.after, "offset");
  const std::int64_t size = number_at(change.after, "size");
  const std::string kept = kept_bytes(text_at(change.after, "kept"));
  if (static_cast<std::int64_t>(kept.size()) != size - offset) return refused("what was kept of " + path + " was changed");
  const bool head = found->identity.size >= offset && hash_before(found->place, offset) == text_at(change.after, "head");
  const std::string there = head ? bytes_at(found->place, offset, size - offset) : "";
  if (head && found->identity.size == size && there == kept) return {UnitOutcome::Kind::applied, "", true};
  // A beginning of the tail is what a crash in the middle of this leaves.
  if (!head || found->identity.size > size || !kept.starts_with(there)) return changed(path + " was written since");
  effect.after = with({{"offset", offset}, {"kept", text_at(change.after, "kept")}, {"head", text_at(change.after, "head")}}, {});
  for (const char* name : {"size", "modified_ns", "mode", "uid", "gid", "inode"}) effect.after.emplace_back(name, number_at(change.after, name));
  made = std::make_unique<TailChange>(found->place, found->identity, offset, kept, number_at(change.after, "modified_ns"));
  return {};
}

Verdict FileEdits::add_header(const Change& change, Change& effect, std::unique_ptr<FileChange>& made) {
  const std::string path = text_at(change.row, "path").empty() ? text_at(change.after, "path") : text_at(change.row, "path");
  const bool restore = site_.request->mode == WriteMode::restore;
  std::string why;
  const auto found = find(path, why);
  if (!found) return why.ends_with("any more") ? changed(why) : refused(why);
  if (!can_own(found->identity)) return refused(path + " belongs to another user, and the new one would be ours");
  std::string line = text_at(change.after, "text");
  if (restore) {
    if (bytes_at(found->place, 0, static_cast<std::int64_t>(line.size())) == line) return {UnitOutcome::Kind::applied, "", true};
    if (!found->identity.fits(change.after)) return changed(path + " was changed since");
  } else {
    if (facts(change, absolute_path(found->place, site_.root)).header == "ok") return changed(path + " has a header by now");
    Json header = Json::object();
    for (const auto& [column, value] : change.after) {
      if (!column.starts_with('/') || is_null(value)) continue;
      Json* at = &header;
      for (const auto& step : pointer_steps(column)) at = &(*at)[step];
      *at = value.index() == 1 ? Json(std::get<std::int64_t>(value)) : Json(to_text(value));
    }
    if (header.empty()) return refused("nothing says what the header of " + path + " holds");
    line = header.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  const auto kept = keeper_.name_for(found->place.name());
  effect.after = with({{"text", line}, {"kept", kept.string()}}, found->identity.cells());
  auto replacement = std::make_unique<FileReplacement>(found->place, found->identity, kept);
  replacement->set_text(line + found->place.read(), true);
  made = std::move(replacement);
  return {};
}

Verdict FileEdits::take_header(const Change& change, Change& effect, std::unique_ptr<FileChange>& made) {
  const std::string path = text_at(change.row, "path");
  std::string why;
  const auto found = find(path, why);
  if (!found) return changed(why);
  const std::string line = text_at(change.before, "text");
  if (found->identity.fits(change.before)) return {UnitOutcome::Kind::applied, "", true};
  const bool ours = bytes_at(found->place, 0, static_cast<std::int64_t>(line.size())) == line &&
                    found->identity.size == number_at(change.before, "size") + static_cast<std::int64_t>(line.size()) &&
                    found->identity.modified_ns == number_at(change.before, "modified_ns");
  if (!ours) return changed(path + " was written since");
  const std::string old = text_at(change.before, "kept");
  if (static_cast<std::int64_t>(kept_bytes(old).size()) != number_at(change.before, "size")) return refused("what was kept of " + path + " was changed");
  const auto kept = keeper_.name_for(found->place.name());
  effect.before = {{"text", line}, {"kept", kept.string()}};
  for (const char* name : {"size", "modified_ns", "mode", "uid", "gid", "inode"}) effect.before.emplace_back(name, number_at(change.before, name));
  auto replacement = std::make_unique<FileReplacement>(found->place, found->identity, kept);
  replacement->set_file(old);
  made = std::move(replacement);
  return {};
}

// Under both names at once it has moved half: taking it back makes that whole.
Presence FileEdits::move_presence(const Change& effect) const {
  std::string why;
  const auto at = [&](const Cells& cells) {
    const auto place = place_of(text_at(cells, "path"), why);
    return place ? place->identity() : std::nullopt;
  };
  const auto old_one = at(effect.before);
  const auto new_one = at(effect.after);
  if (old_one && new_one && !(*old_one == *new_one)) return Presence::other;
  if (new_one) return new_one->fits(effect.after) ? Presence::after : Presence::other;
  return old_one && old_one->fits(effect.before) ? Presence::before : Presence::other;
}

Presence FileEdits::presence(const Change& effect) {
  if (effect.op == ChangeOp::update) return move_presence(effect);
  std::string why;
  const auto found = find(text_at(effect.row, "path"), why);
  const bool inserted = effect.op == ChangeOp::insert;
  if (effect.table == "transcript_line") return found ? line_presence(effect, *found) : Presence::other;
  if (!found && !why.ends_with("any more")) return Presence::other;
  if (!found) return inserted ? Presence::before : Presence::after;
  if (!found->identity.fits(inserted ? effect.after : effect.before)) return Presence::other;
  return inserted ? Presence::after : Presence::before;
}

Presence FileEdits::line_presence(const Change& effect, const Found& found) const {
  const bool inserted = effect.op == ChangeOp::insert;
  const Cells& facts = inserted ? effect.after : effect.before;
  const Presence there = inserted ? Presence::after : Presence::before;
  const Presence gone = inserted ? Presence::before : Presence::after;
  if (const std::string line = text_at(facts, "text"); !line.empty()) {
    if (bytes_at(found.place, 0, static_cast<std::int64_t>(line.size())) == line) return there;
    return found.identity.fits(facts) ? gone : Presence::other;
  }
  const std::int64_t offset = number_at(facts, "offset");
  const std::int64_t size = number_at(facts, "size");
  if (found.identity.size < offset || hash_before(found.place, offset) != text_at(facts, "head")) return Presence::other;
  if (found.identity.size == offset) return gone;
  const std::string tail = bytes_at(found.place, offset, size - offset);
  if (found.identity.size == size && (found.identity.fits(facts) || tail == kept_bytes(text_at(facts, "kept")))) return there;
  // Where it was coming back, a part of it has to go again; where it was cut, what brings it back completes it.
  const bool part = !inserted && found.identity.size < size && kept_bytes(text_at(facts, "kept")).starts_with(tail);
  return part ? gone : Presence::other;
}

}  // namespace audit
