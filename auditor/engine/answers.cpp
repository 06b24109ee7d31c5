#include "auditor/engine/answers.hpp"

#include <algorithm>

#include "auditor/model/cells.hpp"
#include "auditor/sys/digest.hpp"

namespace audit {

namespace {

void spell(std::string& text, const std::string& part) { text += std::to_string(part.size()) + ":" + part; }

void spell(std::string& text, const Value& value) {
  text += std::to_string(value.index());
  spell(text, to_text(value));
}

std::string spelled(const Cells& cells) {
  std::string text;
  for (const auto& [column, value] : cells) {
    spell(text, column);
    spell(text, value);
  }
  return text;
}

// The order of rows is the store's.
std::string spelled(const Answer& answer) {
  std::vector<std::string> rows;
  for (const auto& row : answer) rows.push_back(spelled(row));
  std::sort(rows.begin(), rows.end());
  std::string text;
  for (const auto& row : rows) spell(text, row);
  return text;
}

std::string name_of(const FindingRow& row, const std::string& scope) {
  std::string name;
  spell(name, scope);
  return name + spelled(row.cells);
}

}  // namespace

std::vector<Answer> answers_of(const Check& check, const BoundCheck& question, const RowList& rows, const std::vector<const FindingRow*>& asked,
                               const std::vector<std::string>& scopes) {
  std::vector<std::string> telling = {question.id_column};
  telling.insert(telling.end(), check.group.begin(), check.group.end());
  telling.insert(telling.end(), check.identity.begin(), check.identity.end());
  const auto& outputs = question.outputs;
  std::erase_if(telling, [&](const std::string& column) { return std::find(outputs.begin(), outputs.end(), column) == outputs.end(); });
  const bool scoped = std::find(outputs.begin(), outputs.end(), "scope") != outputs.end();
  const auto name = [&](const Cells& cells, const std::string& scope) {
    std::string text;
    if (scoped) spell(text, scope);
    for (const auto& column : telling) spell(text, to_text(cell_of(cells, column)));
    return text;
  };
  std::map<std::string, Answer> by_name;
  for (const auto& row : rows) {
    Cells cells;
    for (std::size_t i = 0; i < outputs.size(); ++i) cells.emplace_back(outputs[i], row[i]);
    const std::string of = name(cells, to_text(cell_of(cells, "scope")));
    by_name[of].push_back(std::move(cells));
  }
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto found = by_name.find(name(asked[i]->cells, scopes[i]));
    answers.push_back(found == by_name.end() ? Answer{} : found->second);
  }
  return answers;
}

std::vector<std::string> scopes_of(const std::vector<const FindingRow*>& rows, const Report& report) {
  std::vector<std::string> scopes;
  Finding finding;
  for (const FindingRow* row : rows) {
    report.findings.read_head(row->finding, finding);
    scopes.push_back(finding.subject.scope);
  }
  return scopes;
}

Terms::Terms(const Check& check) {
  for (const auto& repair : check.repairs) {
    for (const auto& change : repair.changes) {
      for (const auto* terms : {&change.key, &change.set, &change.also}) {
        for (const auto& [column, term] : *terms) {
          if (term.kind == Term::Kind::column) columns_.insert(term.column);
        }
      }
    }
  }
}

std::string Terms::spelled(const Cells& row) const {
  std::string text;
  for (const auto& column : columns_) spell(text, cell_of(row, column));
  return text;
}

std::string Terms::spelled(const std::vector<std::string>& columns, const Row& row) const {
  std::string text;
  for (const auto& column : columns_) {
    const auto found = std::find(columns.begin(), columns.end(), column);
    spell(text, found == columns.end() ? Value{} : row[static_cast<std::size_t>(found - columns.begin())]);
  }
  return text;
}

void TermsSum::add(std::string_view spelled) {
  const Digest128 one = digest128(spelled);
  sum[0] += one[0];
  sum[1] += one[1];
  ++number;
}

Agreement::Agreement(const BoundCheck& bound, const std::string& profile) : bound_(bound), terms_(*bound.check), print_of_(fingerprinter(bound, profile)) {}

void Agreement::listen_to(CheckRun& run) {
  run.wanted = terms_.columns();
  run.wanted.merge(identity_columns(bound_));
  run.each = [this](const Row& row) { add(row); };
}

void Agreement::add(const Row& row) { now_[print_of_(row)].add(terms_.spelled(bound_.outputs, row)); }

std::vector<bool> Agreement::with(const FindingRows& all, const std::vector<std::size_t>& rows, const Report& report) const {
  std::vector<bool> agree(rows.size());
  Finding head;
  FindingRow row;
  for (std::size_t begin = 0; begin < rows.size();) {
    const std::size_t finding = all.finding_of(rows[begin]);
    TermsSum before;
    std::size_t end = begin;
    for (; end < rows.size() && all.finding_of(rows[end]) == finding; ++end) {
      all.read(rows[end], row);
      before.add(terms_.spelled(row.cells));
    }
    report.findings.read_head(finding, head);
    const auto found = now_.find(packed_fingerprint(head.fingerprint));
    const bool same = found != now_.end() && found->second == before;
    for (; begin < end; ++begin) agree[begin] = same;
  }
  return agree;
}

void insert_same(const ValuesOf& before, const ValuesOf& now, Fingerprints& same) {
  for (const auto& [print, values] : before) {
    const auto found = now.find(print);
    if (found != now.end() && found->second == values) same.insert(print);
  }
}

void Remembered::keep(const Check& check, const std::string& query, const std::vector<const FindingRow*>& asked, const std::vector<std::string>& scopes,
                      const std::vector<Answer>& answers) {
  Question& question = questions_.emplace_back();
  question.check = &check;
  question.query = query;
  for (std::size_t i = 0; i < asked.size(); ++i) question.answers[name_of(*asked[i], scopes[i])] = spelled(answers[i]);
}

std::vector<const Remembered::Question*> Remembered::of(const Check& check) const {
  std::vector<const Question*> found;
  for (const auto& question : questions_) {
    if (question.check->id == check.id) found.push_back(&question);
  }
  return found;
}

bool Remembered::agrees(const Question& question, const FindingRow& row, const std::string& scope, const Answer& answer) {
  const auto before = question.answers.find(name_of(row, scope));
  return before == question.answers.end() || before->second == spelled(answer);
}

}  // namespace audit
