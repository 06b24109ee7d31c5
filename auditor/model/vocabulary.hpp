#pragma once
// The canonical relations, read from relations.sql (which is part of the program).

#include <string>
#include <string_view>
#include <vector>

namespace audit {

struct VocabularyColumn {
  std::string name;
  std::string type;  // TEXT or INTEGER
  std::string doc;   // empty where the name says it all
  bool sensitive = false;
};

struct VocabularyRelation {
  std::string name;
  std::string doc;
  std::string key;                          // column that names a subject
  std::vector<VocabularyColumn> columns;    // source, scope and defect first
  std::vector<std::string> join_columns;    // worth an index when rows are gathered
  std::string create;                       // its CREATE TABLE statement

  [[nodiscard]] const VocabularyColumn* column(std::string_view name) const;
};

// Immutable after construction; safe to share between threads.
class Vocabulary {
 public:
  // The vocabulary that is built into the program.
  static const Vocabulary& canonical();
  // Reads the text of a relations.sql. Throws Error(config) that names the line.
  explicit Vocabulary(std::string_view sql);

  [[nodiscard]] const std::vector<VocabularyRelation>& relations() const { return relations_; }
  // nullptr when there is none of that name.
  [[nodiscard]] const VocabularyRelation* find(std::string_view name) const;

 private:
  std::vector<VocabularyRelation> relations_;
};

}  // namespace audit
