#pragma once
// An open directory tree: its relations as rows.

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/files/entries.hpp"
#include "adapters/files/layout.hpp"
#include "adapters/files/tree.hpp"
#include "auditor/model/record.hpp"
#include "auditor/model/store.hpp"

namespace audit {

class RowBuilder;

// Columns of the relations that the adapter gives by itself; empty for any other.
[[nodiscard]] std::vector<std::string> files_columns(const std::string& relation);

// Names and documents are read once and kept; contents of transcripts only when a column asks for them, then once.
class FilesStore : public Store, public Recordable {
 public:
  // `threads` read contents. Throws StoreUnavailable.
  FilesStore(StoreInfo info, const std::string& root, int threads, const Cancellation& cancel);

  [[nodiscard]] const StoreInfo& info() const override { return info_; }
  // A relation that the adapter gives (and its column, or a JSON pointer); or a pattern of paths, true when a file
  // fits.
  [[nodiscard]] bool has(const std::string& table, const std::string& column) override;
  // "PATTERN" or "PATTERN#POINTER", several divided by " | ": 1 when there is such a file, or such a place in one.
  [[nodiscard]] Value probe(const std::string& text) override;
  void scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) override;
  [[nodiscard]] Host* host() override { return nullptr; }
  [[nodiscard]] Cells native_row(const RelationPart& part, const Cells& key) override;

  void record(const RecordOrder& order, Recording& recording) override;

  // For whoever writes it.
  [[nodiscard]] Tree& tree() { return tree_; }
  const std::vector<Document>& documents(const DocumentLayout& layout);
  // Locks of ours, by path, are no rows; a file that another path names takes the place of one where that is not "".
  void stand_in(std::map<std::string, std::string> locks) { stand_ins_ = std::move(locks); }

 private:
  using Columns = std::vector<std::string>;
  // Each returns false when no more rows are wanted.
  bool entries(const RelationPart& part, const Columns& columns, const RowSink& sink);
  void fill_entry(RowBuilder& row, const Document& document, const EntryFacts& entry) const;
  bool references(const RelationPart& part, const Columns& columns, const RowSink& sink);
  bool registries(const RelationPart& part, const Columns& columns, const RowSink& sink);
  bool transcripts(const RelationPart& part, const Columns& columns, const RowSink& sink);
  bool lines(const RelationPart& part, const Columns& columns, const RowSink& sink);
  bool locks(const RelationPart& part, const Columns& columns, const RowSink& sink);
  bool files(const RelationPart& part, const Columns& columns, const RowSink& sink);
  bool whole_documents(const RelationPart& part, const Columns& columns, const RowSink& sink);

  struct Read {
    std::set<std::string> files;    // below the root
    std::set<std::string> outside;  // absolute paths that entries name and that are there
  };
  [[nodiscard]] Read files_read(const RecordOrder& order, std::vector<std::string>& notes);

  struct NamedFile {
    FoundFile file;
    const NamedKind* kind = nullptr;
  };
  struct Transcripts {
    TranscriptLayout layout;
    std::vector<NamedFile> files;
    std::vector<TranscriptFacts> facts;  // parallel to files, once they have been read
    std::vector<char> unlocked;          // parallel to them: no lock was beside the file when it had been read
  };
  [[nodiscard]] bool belongs(const TranscriptLayout& layout, const Captures& captures, std::map<Captures, bool>& known);
  Transcripts& transcripts_of(const RelationPart& part);
  void read_contents(Transcripts& transcripts);
  [[nodiscard]] std::string sidecar_key(const TranscriptLayout& layout, const FoundFile& file);
  [[nodiscard]] bool busy(const TranscriptLayout& layout, const FoundFile& file);
  [[nodiscard]] std::string good_temp(const RegistryLayout& layout, const Document& document);
  [[nodiscard]] bool holds(const std::string& pattern, const std::string& pointer);

  // Where the entries of a mapping are by their key, so that the image of one does not cost a walk over all.
  struct EntryIndex {
    struct Place {
      const Document* document;
      std::int64_t position;
      JsonElement element;
    };
    EntryLayout layout;
    std::unordered_multimap<std::string, Place> places;
  };
  const EntryIndex& entry_index(const RelationPart& part);
  [[nodiscard]] Cells entry_row(const RelationPart& part, const Columns& columns, const std::vector<std::pair<std::size_t, std::string>>& wanted);

  StoreInfo info_;
  const Cancellation& cancel_;
  int threads_;
  Tree tree_;
  std::map<std::string, std::vector<Document>> documents_;
  std::map<std::string, Document> probed_;  // good plain JSON, by path
  std::map<std::string, bool> held_;        // answers of probes
  std::map<std::string, Transcripts> transcripts_;
  std::map<std::string, EntryIndex> entry_index_;  // by options
  std::map<std::string, std::string> stand_ins_;
};

}  // namespace audit
