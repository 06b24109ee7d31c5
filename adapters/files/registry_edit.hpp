#pragma once
// Changes of entries: which text each document of entries shall have.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/files/file_change.hpp"
#include "adapters/files/files_store.hpp"
#include "adapters/files/json_splice.hpp"
#include "auditor/model/writer.hpp"

namespace audit {

// Whether a change can be made, and whether there is anything left to do for it.
struct Verdict {
  UnitOutcome::Kind kind = UnitOutcome::Kind::applied;
  std::string reason;
  bool made = false;  // it is so already (mode restore)
};
[[nodiscard]] Verdict changed(std::string reason);
[[nodiscard]] Verdict refused(std::string reason);
// The cell of this name; nullptr when there is none.
[[nodiscard]] const Value* cell_at(const Cells& cells, std::string_view name);
[[nodiscard]] std::string text_at(const Cells& cells, std::string_view name);

// What an open writer is about.
struct WriteSite {
  std::string root;   // real, absolute
  std::string given;  // absolute, as it was configured
  const WriteRequest* request = nullptr;
  FilesStore* view = nullptr;
  // Parts of the mapped relation that are made of this table.
  [[nodiscard]] std::vector<const RelationPart*> parts(const std::string& relation, const std::string& table) const;
};

class RegistryEdits {
 public:
  explicit RegistryEdits(const WriteSite& site) : site_(site) {}

  // A document as it was when the store was locked; only such a one is changed.
  void expect(const std::string& path, const FileIdentity& identity) { expected_[path] = identity; }
  [[nodiscard]] Verdict examine(const Change& change);
  // After examine() has said that it can be made. Returns the effect, still without what only finish() knows.
  [[nodiscard]] Change make(const Change& change);
  // Once all are made: works the texts out, proves that nothing but the entries in question differs, and completes the effects.
  void finish(std::vector<UnitOutcome>& outcomes, Keeper& keeper);
  [[nodiscard]] std::vector<std::unique_ptr<FileChange>> changes();
  [[nodiscard]] Presence presence(const Change& effect);

 private:
  struct Edit;
  [[nodiscard]] const RelationPart* part_of(const Change& change) const;
  [[nodiscard]] Edit* open(const Change& change, std::string& why);
  [[nodiscard]] Verdict examine_repair(const Change& change, Edit& edit);
  [[nodiscard]] static Verdict examine_restore(const Change& change, Edit& edit);
  [[nodiscard]] std::string updated(const Change& change, const Edit& edit) const;
  [[nodiscard]] nlohmann::ordered_json new_entry(const Change& change, const Edit& edit) const;
  [[nodiscard]] std::string file_name(const Edit& edit, const std::string& path, const std::string& old) const;

  const WriteSite& site_;
  std::map<std::string, FileIdentity> expected_;
  std::map<std::string, std::shared_ptr<Edit>> edits_;  // by document
};

}  // namespace audit
