#include "adapters/files/file_change.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "auditor/model/error.hpp"

namespace audit {
namespace {

[[noreturn]] void touched(const Place& place) {
  throw Error(ErrorKind::repair, place.path() + " was changed by another program meanwhile", "nothing was changed here; run again");
}

void expect(const Place& place, const FileIdentity& identity) {
  const auto now = place.identity();
  if (!now || !(*now == identity)) touched(place);
}

// A second name of a kept file, or a copy with its attributes.
void bring(NewFile& file, const std::filesystem::path& kept) {
  if (file.link_from(kept)) return;
  const Place from("/", std::filesystem::canonical(kept.parent_path()) / kept.filename());
  file.write(from.read());
  file.take_attributes(from.open(O_RDONLY), true);
  file.sync();
}

}  // namespace

FileRemoval::FileRemoval(Place place, FileIdentity identity, std::filesystem::path kept, HeldLock* lock)
    : place_(std::move(place)), identity_(identity), kept_(std::move(kept)), lock_(lock) {}

void FileRemoval::prepare(Keeper& keeper, const std::string& /*run_id*/) { keeper.keep(place_, identity_, kept_); }

void FileRemoval::check() const {
  expect(place_, identity_);
  if (also_) also_();
}

void FileRemoval::commit() {
  place_.remove();
  place_.sync_directory();
  if (lock_ != nullptr) lock_->set_aside(false);
}

FileMove::FileMove(Place place, FileIdentity identity, Place target, bool half)
    : place_(std::move(place)), identity_(identity), target_(std::move(target)), half_(half) {}

void FileMove::check() const {
  expect(place_, identity_);
  if (!half_ && target_.identity()) touched(target_);
}

void FileMove::commit() {
  if (!half_) {
    if (::linkat(place_.directory(), place_.name().c_str(), target_.directory(), target_.name().c_str(), 0) != 0) {
      if (errno == EEXIST) touched(target_);
      const bool no_links = errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK;
      if (!no_links || ::renameat2(place_.directory(), place_.name().c_str(), target_.directory(), target_.name().c_str(), RENAME_NOREPLACE) != 0) {
        target_.fail("make", errno);
      }
    }
    target_.sync_directory();
  }
  if (place_.identity()) place_.remove();
  place_.sync_directory();
}

FileReturn::FileReturn(Place place, std::filesystem::path kept, HeldLock* lock)
    : place_(std::move(place)), kept_(std::move(kept)), lock_(lock) {}

void FileReturn::prepare(Keeper& /*keeper*/, const std::string& run_id) {
  file_ = std::make_unique<NewFile>(place_, run_id);
  bring(*file_, kept_);
}

void FileReturn::check() const {
  if (place_.identity()) touched(place_);
}

void FileReturn::commit() {
  if (!file_->put()) touched(place_);
  place_.sync_directory();
  if (lock_ != nullptr) lock_->set_aside(true);
}

FileReplacement::FileReplacement(Place place, FileIdentity identity, std::filesystem::path kept)
    : place_(std::move(place)), identity_(identity), kept_(std::move(kept)) {}

void FileReplacement::set_text(std::string text, bool times) {
  text_ = std::move(text);
  times_ = times;
}

void FileReplacement::prepare(Keeper& keeper, const std::string& run_id) {
  keeper.keep(place_, identity_, kept_);
  file_ = std::make_unique<NewFile>(place_, run_id);
  if (!existing_.empty()) return bring(*file_, existing_);
  file_->write(text_);
  file_->take_attributes(place_.open(O_RDONLY), times_);
  file_->sync();
}

void FileReplacement::check() const { expect(place_, identity_); }

void FileReplacement::commit() {
  file_->replace();
  place_.sync_directory();
}

TailChange::TailChange(Place place, FileIdentity identity, std::int64_t offset, std::string tail, std::int64_t modified_ns)
    : place_(std::move(place)), identity_(identity), offset_(offset), tail_(std::move(tail)), modified_ns_(modified_ns) {}

void TailChange::keep(std::string bytes, std::filesystem::path kept) {
  cut_ = std::move(bytes);
  kept_ = std::move(kept);
}

void TailChange::prepare(Keeper& keeper, const std::string& /*run_id*/) {
  static_cast<void>(place_.open(O_RDWR));  // it can be written
  if (!kept_.empty()) keeper.keep_bytes(cut_, kept_);
}

void TailChange::check() const { expect(place_, identity_); }

void TailChange::commit() {
  const Descriptor file = place_.open(O_RDWR);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) place_.fail("look at", errno);
  // Where nothing is cut, not even the time changes before the first byte is written: what fails then has left the file as it was.
  if (status.st_size != offset_ && ::ftruncate(file.get(), static_cast<off_t>(offset_)) != 0) place_.fail("cut", errno);
  for (std::size_t done = 0; done < tail_.size();) {
    const ssize_t wrote = ::pwrite(file.get(), tail_.data() + done, tail_.size() - done, static_cast<off_t>(offset_) + static_cast<off_t>(done));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) place_.fail("write", errno);
    done += static_cast<std::size_t>(wrote);
  }
  const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, timespec{static_cast<time_t>(modified_ns_ / 1'000'000'000), static_cast<long>(modified_ns_ % 1'000'000'000)}};
  if (::futimens(file.get(), times.data()) != 0) place_.fail("keep the time of", errno);
  if (::fsync(file.get()) != 0) place_.fail("sync", errno);
}

}  // namespace audit
