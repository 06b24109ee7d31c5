#pragma once
// Rows of one database by their key, whole: for before-images, verification and undo.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "adapters/sqlite/table_shape.hpp"
#include "auditor/model/change.hpp"
#include "auditor/model/store.hpp"

namespace audit {

// Used by one thread, on one connection that must outlive it.
class RowAccess {
 public:
  explicit RowAccess(sqlite::Connection& connection) : connection_(connection), shapes_(connection) {}

  // A prepared statement that is kept, with the names of its columns.
  struct Kept {
    sqlite::Statement statement;
    std::vector<std::string> names;
  };
  // Ready to be used again when this goes, also by an exception.
  class Use {
   public:
    explicit Use(Kept& kept) : kept_(kept) {}
    ~Use() { kept_.statement.reset(); }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    sqlite::Statement* operator->() { return &kept_.statement; }
    // The row that the statement stands on.
    [[nodiscard]] Cells cells() const;

   private:
    Kept& kept_;
  };
  [[nodiscard]] Use use(const std::string& sql) { return Use(kept(sql)); }
  // Stays where it is as long as this.
  [[nodiscard]] Kept& kept(const std::string& sql);
  TableShapes& shapes() { return shapes_; }
  // Native cells (rowid included where it is no column) of the rows where these columns have these values; at most `limit`.
  [[nodiscard]] std::vector<Cells> rows(const TableShape& shape, const std::vector<std::string>& columns, const Row& values, std::size_t limit);
  // The cells that name the row of this whole image.
  [[nodiscard]] static Cells name_of(const TableShape& shape, const Cells& image);
  // What goes or changes when the row with this image is removed (Store::consequences).
  [[nodiscard]] Store::Consequences consequences(const RelationPart& part, const Change& removal, std::span<const Change> first = {});

 private:
  struct Walk;
  void follow(Walk& walk, const TableShape& parent, const Cells& image);
  void follow_key(Walk& walk, const ForeignKey& key, const Cells& image);
  bool is_empty(const std::string& table);

  sqlite::Connection& connection_;
  TableShapes shapes_;
  std::map<std::string, Kept> statements_;
  std::map<std::string, Kept*> selects_;  // by table, columns and limit
  std::map<std::string, bool> empty_;
};

[[nodiscard]] Value cell(const Cells& cells, const std::string& column);

}  // namespace audit
