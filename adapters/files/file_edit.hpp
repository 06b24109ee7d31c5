#pragma once
// Changes of whole files (transcripts, locks, leftover files) and of the lines at either end of a transcript.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/files/registry_edit.hpp"

namespace audit {

class FileEdits {
 public:
  // `locks`: those that this run holds, by path.
  FileEdits(const WriteSite& site, Keeper& keeper, const std::map<std::string, HeldLock*>& locks, const Cancellation& cancel)
      : site_(site), keeper_(keeper), locks_(locks), cancel_(cancel) {}

  // Examines and plans one change; nothing is done before the changes are prepared. `effect` is filled when the verdict is that it can be made.
  [[nodiscard]] Verdict plan(const Change& change, Change& effect, std::unique_ptr<FileChange>& made);
  [[nodiscard]] Presence presence(const Change& effect);
  // Paths that changes were planned for. A unit that is not made gives its own back.
  void release(const Change& change);
  // Locks of transcripts that are held.
  [[nodiscard]] std::vector<const HeldLock*> held() const;

 private:
  struct Found {
    Place place;
    FileIdentity identity;
    HeldLock* lock = nullptr;
  };
  [[nodiscard]] std::optional<Place> place_of(const std::string& path, std::string& why) const;
  [[nodiscard]] std::optional<Found> find(const std::string& path, std::string& why) const;
  [[nodiscard]] Verdict as_planned(const Change& change) const;
  [[nodiscard]] Verdict take_lock(const Change& change, const std::string& path);
  [[nodiscard]] Verdict removal(const Change& change, Change& effect, std::unique_ptr<FileChange>& made);
  [[nodiscard]] Verdict move(const Change& change, Change& effect, std::unique_ptr<FileChange>& made);
  [[nodiscard]] Verdict come_back(const Change& change, Change& effect, std::unique_ptr<FileChange>& made);
  [[nodiscard]] Verdict cut(const Change& change, Change& effect, std::unique_ptr<FileChange>& made);
  [[nodiscard]] Verdict cut_again(const Change& change, Change& effect, std::unique_ptr<FileChange>& made);
  [[nodiscard]] Verdict uncut(const Change& change, Change& effect, std::unique_ptr<FileChange>& made);
  [[nodiscard]] Verdict add_header(const Change& change, Change& effect, std::unique_ptr<FileChange>& made);
  [[nodiscard]] Verdict take_header(const Change& change, Change& effect, std::unique_ptr<FileChange>& made);
  [[nodiscard]] TranscriptFacts facts(const Change& change, const std::string& path) const;
  [[nodiscard]] std::optional<LockProtocol> protocol(const Change& change) const;
  [[nodiscard]] Presence move_presence(const Change& effect) const;
  [[nodiscard]] Presence line_presence(const Change& effect, const Found& found) const;

  const WriteSite& site_;
  Keeper& keeper_;
  const std::map<std::string, HeldLock*>& locks_;
  const Cancellation& cancel_;
  std::set<std::string> touched_;
  std::map<std::string, std::unique_ptr<HeldLock>> held_;  // of transcripts
};

}  // namespace audit
