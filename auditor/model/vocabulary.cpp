#include "auditor/model/vocabulary.hpp"

#include <sstream>

#include "auditor/model/embedded.hpp"
#include "auditor/model/error.hpp"

namespace audit {

namespace {

std::string trimmed(std::string text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  const auto last = text.find_last_not_of(" \t\r,");
  return last == std::string::npos || last < first ? std::string() : text.substr(first, last - first + 1);
}

std::string unquoted(const std::string& name) {
  return name.size() > 2 && name.front() == '"' ? name.substr(1, name.size() - 2) : name;
}

// Reads the file line by line: its form is ours (one column a line, one statement a block).
class Reader {
 public:
  std::vector<VocabularyRelation> read(std::string_view sql) {
    std::istringstream lines{std::string(sql)};
    for (std::string line; std::getline(lines, line);) {
      ++number_;
      statement(line);
    }
    if (open_) fail("the statement is not closed");
    return std::move(relations_);
  }

 private:
  void statement(const std::string& line) {
    if (open_) {
      relations_.back().create += line + "\n";
      if (line.starts_with(")")) {
        open_ = false;
      } else {
        column(line);
      }
    } else if (line.starts_with("--")) {
      comment_ += (comment_.empty() ? "" : " ") + trimmed(line.substr(2));
    } else if (line.starts_with("CREATE TABLE ")) {
      relations_.push_back({});
      relations_.back().name = line.substr(13, line.find(' ', 13) - 13);
      relations_.back().doc = comment_;
      relations_.back().create = line + "\n";
      open_ = true;
    } else if (line.starts_with("CREATE INDEX ")) {
      index(line);
    } else if (trimmed(line).empty()) {
      comment_.clear();
    } else {
      fail("neither a comment, CREATE TABLE nor CREATE INDEX");
    }
  }

  void column(const std::string& line) {
    const auto comment = line.find("--");
    std::istringstream words(line.substr(0, comment));
    VocabularyColumn column;
    words >> column.name >> column.type;
    column.name = unquoted(column.name);
    column.type = trimmed(column.type);
    if (column.type != "TEXT" && column.type != "INTEGER") fail("a column is TEXT or INTEGER");
    if (comment != std::string::npos) column.doc = trimmed(line.substr(comment + 2));
    column.sensitive = column.doc.starts_with("sensitive");
    if (line.find("PRIMARY KEY") != std::string::npos) relations_.back().key = column.name;
    relations_.back().columns.push_back(std::move(column));
  }

  void index(const std::string& line) {
    const auto open = line.find('(');
    const auto close = line.find(')');
    const std::string name = line.substr(line.find(" ON ") + 4, open - line.find(" ON ") - 4);
    for (auto& relation : relations_) {
      if (relation.name == name) {
        relation.join_columns.push_back(unquoted(line.substr(open + 1, close - open - 1)));
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
