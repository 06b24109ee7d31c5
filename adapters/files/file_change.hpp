#pragma once
// One file that a run changes: what it does in the steps of a Writer. Everything throws Error(repair).

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/files/held_lock.hpp"
#include "adapters/files/place.hpp"

namespace audit {

class FileChange {
 public:
  virtual ~FileChange() = default;
  FileChange() = default;
  FileChange(const FileChange&) = delete;
  FileChange& operator=(const FileChange&) = delete;

  // Makes all that is new, durable, beside what is there.
  virtual void prepare(Keeper& keeper, const std::string& run_id) = 0;
  // Throws when anybody touched the file since it was looked at.
  virtual void check() const = 0;
  virtual void commit() = 0;
};

// A file goes; the run keeps it.
class FileRemoval : public FileChange {
 public:
  // `lock`: the lock of ours that stands in its place (it is then the file that was put aside); nullptr for any other file.
  FileRemoval(Place place, FileIdentity identity, std::filesystem::path kept, HeldLock* lock);
  // Looked at once more right before.
  void also_check(std::function<void()> check) { also_ = std::move(check); }
  void prepare(Keeper& keeper, const std::string& run_id) override;
  void check() const override;
  void commit() override;

 private:
  Place place_;
  FileIdentity identity_;
  std::filesystem::path kept_;
  HeldLock* lock_;
  std::function<void()> also_;
};

// A file gets another name, in the same file system. It has both for a moment: a power cut leaves at least one.
class FileMove : public FileChange {
 public:
  // `half`: it has both names already.
  FileMove(Place place, FileIdentity identity, Place target, bool half);
  void prepare(Keeper& /*keeper*/, const std::string& /*run_id*/) override {}
  void check() const override;
  void commit() override;

 private:
  Place place_;
  FileIdentity identity_;
  Place target_;
  bool half_;
};

// A kept file comes back under a name that is free.
class FileReturn : public FileChange {
 public:
  FileReturn(Place place, std::filesystem::path kept, HeldLock* lock);
  void prepare(Keeper& keeper, const std::string& run_id) override;
  void check() const override;
  void commit() override;

 private:
  Place place_;
  std::filesystem::path kept_;
  HeldLock* lock_;
  std::unique_ptr<NewFile> file_;
};

// A file gets other contents: new ones, or a kept file takes its place.
class FileReplacement : public FileChange {
 public:
  FileReplacement(Place place, FileIdentity identity, std::filesystem::path kept);
  // Keeps the times of the file when asked.
  void set_text(std::string text, bool times);
  void set_file(std::filesystem::path existing) { existing_ = std::move(existing); }
  [[nodiscard]] const Place& place() const { return place_; }
  void prepare(Keeper& keeper, const std::string& run_id) override;
  void check() const override;
  void commit() override;

 private:
  Place place_;
  FileIdentity identity_;
  std::filesystem::path kept_;
  std::string text_;
  bool times_ = false;
  std::filesystem::path existing_;
  std::unique_ptr<NewFile> file_;
};

// The end of a file goes or comes back; the file keeps its time.
class TailChange : public FileChange {
 public:
  // Cuts at `offset`, and writes `tail` there. `modified_ns`: what its time shall be.
  TailChange(Place place, FileIdentity identity, std::int64_t offset, std::string tail, std::int64_t modified_ns);
  // Keeps what is cut off.
  void keep(std::string bytes, std::filesystem::path kept);
  void prepare(Keeper& keeper, const std::string& run_id) override;
  void check() const override;
  void commit() override;

 private:
  Place place_;
  FileIdentity identity_;
  std::int64_t offset_;
  std::string tail_;
  std::int64_t modified_ns_;
  std::string cut_;
  std::filesystem::path kept_;
};

}  // namespace audit
