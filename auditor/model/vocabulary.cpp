#include "auditor/model/vocabulary.hpp"

#include <algorithm>

#include "auditor/model/embedded.hpp"
#include "auditor/model/error.hpp"

namespace audit {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  const auto last = text.find_last_not_of(" \t\r,");
  return last == std::string_view::npos || last < first ? std::string_view() : text.substr(first, last - first + 1);
}

std::string_view unquoted(std::string_view name) {
  return name.size() > 2 && name.front() == '"' ? name.substr(1, name.size() - 2) : name;
}

// Takes the first word off a line.
std::string_view word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
  const std::string_view first = line.substr(0, line.find_first_of(" \t\r"));
  line.remove_prefix(first.size());
  return first;
}

// Reads the file line by line: its form is ours (one column a line, one statement a block).
class Reader {
 public:
  std::vector<VocabularyRelation> read(std::string_view sql) {
    while (!sql.empty()) {
      const auto end = std::min(sql.find('\n'), sql.size());
      ++number_;
      statement(sql.substr(0, end));
      sql.remove_prefix(std::min(end + 1, sql.size()));
    }
    if (open_) fail("the statement is not closed");
    return std::move(relations_);
  }

 private:
  void statement(std::string_view line) {
    if (open_) {
      relations_.back().create.append(line) += '\n';
      if (line.starts_with(")")) {
        open_ = false;
      } else {
        column(line);
      }
    } else if (line.starts_with("--")) {
      comment_.append(comment_.empty() ? "" : " ").append(trimmed(line.substr(2)));
    } else if (line.starts_with("CREATE TABLE ")) {
      relations_.push_back({});
      relations_.back().name = line.substr(13, line.find(' ', 13) - 13);
      relations_.back().doc = comment_;
      relations_.back().create.append(line) += '\n';
      open_ = true;
    } else if (line.starts_with("CREATE INDEX ")) {
      index(line);
    } else if (trimmed(line).empty()) {
      comment_.clear();
    } else {
      fail("neither a comment, CREATE TABLE nor CREATE INDEX");
    }
  }

  void column(std::string_view line) {
    const auto comment = line.find("--");
    std::string_view words = line.substr(0, comment);
    VocabularyColumn column;
    column.name = unquoted(word(words));
    column.type = trimmed(word(words));
    if (column.type != "TEXT" && column.type != "INTEGER") fail("a column is TEXT or INTEGER");
    if (comment != std::string_view::npos) column.doc = trimmed(line.substr(comment + 2));
    column.sensitive = column.doc.starts_with("sensitive");
    if (line.find("PRIMARY KEY") != std::string_view::npos) relations_.back().key = column.name;
    relations_.back().columns.push_back(std::move(column));
  }

  void index(std::string_view line) {
    const auto open = line.find('(');
    const auto close = line.find(')');
    const std::string_view name = line.substr(line.find(" ON ") + 4, open - line.find(" ON ") - 4);
    for (auto& relation : relations_) {
      if (relation.name == name) {
        relation.join_columns.emplace_back(unquoted(line.substr(open + 1, close - open - 1)));
        return;
      }
    }
    fail("an index on a relation that is not there");
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorKind::config, "relations.sql:" + std::to_string(number_) + ": " + what);
  }

  std::vector<VocabularyRelation> relations_;
  std::string comment_;
  int number_ = 0;
  bool open_ = false;
};

}  // namespace

const VocabularyColumn* VocabularyRelation::column(std::string_view wanted) const {
  for (const auto& column : columns) {
    if (column.name == wanted) return &column;
  }
  return nullptr;
}

Vocabulary::Vocabulary(std::string_view sql) : relations_(Reader().read(sql)) {}

const Vocabulary& Vocabulary::canonical() {
  static const Vocabulary vocabulary(embedded_relations_sql());
  return vocabulary;
}

const VocabularyRelation* Vocabulary::find(std::string_view name) const {
  for (const auto& relation : relations_) {
    if (relation.name == name) return &relation;
  }
  return nullptr;
}

}  // namespace audit
