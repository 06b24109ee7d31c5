#pragma once
// Many rows.

#include <string>
#include <utility>
#include <vector>

#include "auditor/model/spill_list.hpp"

namespace audit {

struct RowForm {
  static void encode(RecordWriter& record, const Row& row) {
    record.number(row.size());
    for (const Value& value : row) record.value(value);
  }
  static void decode(RecordReader& record, Row& row, bool /*head*/) {
    row.resize(record.number());
    for (Value& value : row) record.value(value);
  }
  static void apply(std::uint16_t /*mark*/, Row& /*row*/) {}
};

using RowList = SpillList<Row, RowForm>;

struct CellsForm {
  static void encode(RecordWriter& record, const Cells& cells) { record.cells(cells); }
  static void decode(RecordReader& record, Cells& cells, bool /*head*/) { record.cells(cells); }
  static void apply(std::uint16_t /*mark*/, Cells& /*cells*/) {}
};

// One row of a check's query. A grouped finding has several.
struct FindingRow {
  std::size_t finding = 0;  // position among the findings
  Cells cells;
};

// Rows behind findings, in the order of these.
class FindingRows {
 public:
  FindingRows() = default;
  explicit FindingRows(std::shared_ptr<Shelf> shelf) : cells_(std::move(shelf)) {}

  [[nodiscard]] std::size_t size() const { return finding_.size(); }
  [[nodiscard]] bool empty() const { return finding_.empty(); }
  [[nodiscard]] std::size_t finding_of(std::size_t position) const { return finding_[position]; }
  void read(std::size_t position, FindingRow& into) const {
    into.finding = finding_[position];
    cells_.read(position, into.cells);
  }
  [[nodiscard]] const FindingRow operator[](std::size_t position) const { return {finding_[position], cells_[position]}; }

  void push_back(const FindingRow& row) { add(row.finding, row.cells); }
  void add(std::size_t finding, const Cells& cells) {
    cells_.push_back(cells);
    finding_.push_back(static_cast<std::uint32_t>(finding));
  }
  // One of another list, for a finding that may have another position here.
  void take(const FindingRows& other, std::size_t position, std::size_t finding) {
    cells_.take(other.cells_, position);
    finding_.push_back(static_cast<std::uint32_t>(finding));
  }
  void clear() {
    cells_.clear();
    finding_.clear();
  }

 private:
  SpillList<Cells, CellsForm> cells_;
  std::vector<std::uint32_t> finding_;
};

}  // namespace audit
