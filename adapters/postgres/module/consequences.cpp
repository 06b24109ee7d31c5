#include "adapters/postgres/module/consequences.hpp"

#include <algorithm>
#include <set>

#include "adapters/postgres/module/rows.hpp"

namespace audit::postgres {

namespace {

// More rows than this read ahead for one constraint are worth less than their memory.
constexpr std::size_t kMostAhead = 5'000;
// A row that takes more than this with it is no small mistake to mend.
constexpr std::size_t kMostWith = 100'000;

std::string place_of(const std::string& child, const std::vector<std::string>& columns) {
  std::string place = child;
  for (const auto& column : columns) place += '\0' + column;
  return place;
}

// Thrown within this file: the row cannot be removed.
struct Blocked {
  std::string why;
};

class Descent {
 public:
  Descent(Catalog& catalog, Referrers& referrers, const RelationPart& part, const Change& removal, std::span<const Change> first)
      : catalog_(catalog), referrers_(referrers), part_(part), removal_(removal) {
    for (const auto& change : first) {
      if (change.op != ChangeOp::update) continue;
      const std::string table = catalog_.find(change.table).sql;
      for (const auto& [column, value] : change.after) moved_[table + '\0' + column].push_back(&change.row);
    }
  }

  std::vector<Change> run() {
    const TableFacts& table = catalog_.find(removal_.table);
    require(obstacle(table, ChangeOp::remove, {}));
    going_.insert(name_of(table, removal_.before));
    follow(table, removal_.before);
    for (const auto& dependent : part_.dependents) follow_dependent(table, dependent);
    // A row that goes needs no other change.
    std::erase_if(changes_, [&](const Change& change) {
      return change.op == ChangeOp::update && going_.contains(spelled_row(catalog_.find(change.table), change.row));
    });
    return std::move(changes_);
  }

 private:
  static void require(const std::string& why_not) {
    if (!why_not.empty()) throw Blocked{why_not};
  }
  static std::string spelled_row(const TableFacts& table, const Cells& row) {
    return table.sql + '\0' + spelled(values_of(row, table.key));
  }
  static std::string name_of(const TableFacts& table, const Cells& cells) { return spelled_row(table, cells); }

  [[nodiscard]] bool declared(const ForeignKey& key) const {
    return key.child_columns.size() == 1 &&
           std::any_of(part_.dependents.begin(), part_.dependents.end(), [&](const Dependent& each) {
             return each.column == key.child_columns.front() &&
                    catalog_.find(each.table).sql == catalog_.find(key.child).sql;
           });
  }

  void follow(const TableFacts& table, const Cells& row) {
    for (const auto& key : table.children) {
      if (key.on_delete != OnDelete::refuse) require(catalog_.find(key.child).hidden);
      const auto values = values_of(row, key.parent_columns);
      if (std::any_of(values.begin(), values.end(), [](const Value& value) { return is_null(value); })) continue;
      const auto rows = referrers_.find(key.child, key.child_columns, values);
      if (rows.empty()) continue;
      if (key.of_one_partition)
        throw Blocked{"rows of " + key.child + " refer to one partition of " + table.shown + " (" + key.name + ")"};
      const TableFacts& child = catalog_.find(key.child);
      for (const auto& each : rows) meet(key, child, each);
    }
  }

  // Whether a change before this one makes the row refer to something else by one of these columns.
  [[nodiscard]] bool is_moved(const TableFacts& child, const std::vector<std::string>& columns, const Cells& row) const {
    return std::any_of(columns.begin(), columns.end(), [&](const std::string& column) {
      const auto moved = moved_.find(child.sql + '\0' + column);
      return moved != moved_.end() && std::any_of(moved->second.begin(), moved->second.end(), [&](const Cells* name) {
               return std::all_of(name->begin(), name->end(), [&](const auto& cell) { return std::find(row.begin(), row.end(), cell) != row.end(); });
             });
    });
  }

  void meet(const ForeignKey& key, const TableFacts& child, const Cells& row) {
    if (is_moved(child, key.child_columns, row)) return;
    if (child.key.empty())
      throw Blocked{"rows of " + child.shown + " go with it, and the table has no primary key to bring them back by"};
    if (key.on_delete == OnDelete::cascade || (key.on_delete == OnDelete::refuse && declared(key)))
      return remove(child, row);
    if (key.on_delete != OnDelete::refuse) return unset(key, child, row);
    if (going_.contains(name_of(child, row))) return;
    throw Blocked{row_name(some_of(row, child.key), child) + " refers to it (" + key.name + ")"};
  }

  void follow_dependent(const TableFacts& table, const Dependent& dependent) {
    const TableFacts& child = catalog_.find(dependent.table);
    const std::vector<std::string>& key = part_.key.empty() ? table.key : part_.key;
    if (key.size() != 1) throw Blocked{"dependents of " + table.shown + " cannot be told: its key has several columns"};
    const auto rows = referrers_.find(dependent.table, {dependent.column}, values_of(removal_.before, key));
    for (const auto& row : rows) {
      if (is_moved(child, {dependent.column}, row)) continue;
      if (child.key.empty())
        throw Blocked{"rows of " + child.shown + " go with it, and the table has no primary key to bring them back by"};
      remove(child, row);
    }
  }

  void remove(const TableFacts& child, const Cells& row) {
    if (!going_.insert(name_of(child, row)).second) return;
    require(obstacle(child, ChangeOp::remove, {}));
    follow(child, row);
    Change& change = add(child, row);
    change.op = ChangeOp::remove;
    change.before = row;
  }

  void unset(const ForeignKey& key, const TableFacts& child, const Cells& row) {
    require(obstacle(child, ChangeOp::update, key.set_columns));
    Cells after;
    for (const auto& column : key.set_columns) {
      const std::optional<Value> value =
          key.on_delete == OnDelete::set_null ? Value{} : referrers_.otherwise(*child.column(column));
      if (!value.has_value())
        throw Blocked{row_name(some_of(row, child.key), child) + " would get a new value (" + key.name + ")"};
      after.emplace_back(column, *value);
    }
    Change& change = add(child, row);
    change.op = ChangeOp::update;
    change.before = some_of(row, key.set_columns);
    change.after = std::move(after);
  }

  Change& add(const TableFacts& table, const Cells& row) {
    if (changes_.size() >= kMostWith) throw Blocked{"more than " + std::to_string(kMostWith) + " rows go with it"};
    Change change;
    change.profile = removal_.profile;
    change.source = removal_.source;
    change.location = removal_.location;
    change.relation = table.shown;
    change.table = table.shown;
    change.row = some_of(row, table.key);
    change.key = change.row;
    change.consequence = true;
    changes_.push_back(std::move(change));
    return changes_.back();
  }

  Catalog& catalog_;
  Referrers& referrers_;
  const RelationPart& part_;
  const Change& removal_;
  std::map<std::string, std::vector<const Cells*>> moved_;  // table and column → rows
  std::set<std::string> going_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Cells> Referrers::find(const std::string& child, const std::vector<std::string>& columns,
                                   const std::vector<Value>& values) {
  if (const auto ahead = ahead_.find(place_of(child, columns)); ahead != ahead_.end()) {
    if (const auto rows = ahead->second.find(spelled(values)); rows != ahead->second.end()) return rows->second;
  }
  std::vector<Cells> found;
  const std::vector<std::vector<Value>> wanted = {values};
  select_rows(connection_, catalog_.find(child), {.columns = columns, .values = wanted, .limit = kMostWith + 1},
              [&](std::size_t, Cells row) { found.push_back(std::move(row)); });
  return found;
}

bool Referrers::expect(const std::string& child, const std::vector<std::string>& columns,
                       const std::vector<std::vector<Value>>& values) {
  const std::string place = place_of(child, columns);
  ahead_.erase(place);
  Rows rows;
  for (const auto& each : values) rows[spelled(each)];
  std::size_t count = 0;
  select_rows(connection_, catalog_.find(child), {.columns = columns, .values = values, .limit = kMostAhead + 1},
              [&](std::size_t position, Cells row) {
                ++count;
                rows[spelled(values[position])].push_back(std::move(row));
              });
  if (count > kMostAhead) return false;
  ahead_[place] = std::move(rows);  // not before: what could not be read is not what nobody refers to
  return true;
}

// A constant; what a function gives may differ from call to call.
std::optional<Value> Referrers::otherwise(const TableColumn& column) {
  if (column.otherwise.empty()) return Value{};
  if (column.otherwise.find('(', column.otherwise.starts_with("(-") ? 1 : 0) != std::string::npos) return std::nullopt;
  return value_of(connection_.exec("SELECT (" + column.otherwise + ")::" + column.type), 0, 0, true);
}

Store::Consequences consequences_of(Catalog& catalog, Referrers& referrers, const RelationPart& part,
                                    const Change& removal, std::span<const Change> first) {
  Store::Consequences result;
  try {
    result.changes = Descent(catalog, referrers, part, removal, first).run();
  } catch (const Blocked& blocked) {
    result.blocked = blocked.why;
  } catch (const Failure& failure) {
    if (failure.kind() != ErrorKind::check) throw;
    result.blocked = std::string("what goes with it cannot be read: ") + failure.what();
  } catch (const TryAgain&) {
    throw;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::repair) throw;
    result.blocked = error.what();
  }
  return result;
}

}  // namespace audit::postgres
