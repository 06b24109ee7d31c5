#pragma once
// Where runs keep their journals, backups and reports: <state directory>/runs/<run id>/. Directories are made with mode 0700, files with 0600.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auditor/repair/journal.hpp"

namespace audit {

// What `audit runs` says of one run.
struct RunSummary {
  std::string id;
  std::string mode;
  std::string undoes;
  std::string undone_by;  // a later run that undid it
  std::int64_t started_at = 0;
  std::string command;
  RunEnd end = RunEnd::open;
  std::int64_t changes = 0;  // that are in effect
  std::vector<JournalStore> stores;
  std::string problem;  // why its journal cannot be read
};

class StateDirectory {
 public:
  // Names it; makes nothing.
  explicit StateDirectory(std::filesystem::path path) : path_(std::move(path)) {}

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path run(const std::string& id) const { return path_ / "runs" / id; }
  [[nodiscard]] std::filesystem::path journal(const std::string& id) const { return run(id) / "journal"; }

  // Makes the directory and proves that it can be written: throws Error(repair) before anything else happens.
  void make() const;
  // Makes a run's own directory. Throws Error(repair).
  void make_run(const std::string& id) const;
  // Removes a run that changed nothing, or that is not wanted any more.
  void remove_run(const std::string& id) const;
  // All runs, oldest first; a directory without a journal is none.
  [[nodiscard]] std::vector<RunSummary> runs() const;
  // The run that is named by its id, by a part of it that no other run has, or by "last": the newest that changed anything. Throws Error(usage).
  [[nodiscard]] RunSummary find(const std::string& name) const;
  // A run that did not end; nullopt when there is none. Throws Error(repair) for a journal that cannot be read.
  [[nodiscard]] std::optional<RunSummary> unfinished() const;
  // Throws Error(repair) when there is one: nothing else is changed until it is settled.
  void expect_settled() const;

 private:
  std::filesystem::path path_;
};

// "20260301T120000123Z-1f3a9c04": sorts by time, and two at once differ.
[[nodiscard]] std::string make_run_id(std::int64_t started_at);

}  // namespace audit
