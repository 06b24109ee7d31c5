#include "adapters/sqlite/row_access.hpp"

#include <algorithm>
#include <set>

namespace audit {

namespace {

// More than that does not fit a plan that a person can judge.
constexpr std::size_t kMostConsequences = 100'000;

std::string condition(const std::vector<std::string>& columns) {
  std::string sql;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    sql += (i == 0 ? "" : " AND ") + sqlite::identifier(columns[i]) + " = ?" + std::to_string(i + 1);
  }
  return sql;
}

std::string row_name(const std::string& table, const Cells& name) {
  std::string text = lower_case(table);
  for (const auto& [column, value] : name) text += '\0' + std::to_string(value.index()) + to_text(value);
  return text;
}

}  // namespace

Value cell(const Cells& cells, const std::string& column) {
  for (const auto& [name, value] : cells) {
    if (name == column) return value;
  }
  return {};
}

Cells RowAccess::Use::cells() const {
  Cells cells;
  cells.reserve(kept_.names.size());
  for (std::size_t i = 0; i < kept_.names.size(); ++i) cells.emplace_back(kept_.names[i], kept_.statement.value(static_cast<int>(i)));
  return cells;
}

RowAccess::Kept& RowAccess::kept(const std::string& sql) {
  Kept& known = statements_[sql];
  if (!known.statement) {
    known.statement = connection_.prepare(sql);
    for (int i = 0; i < known.statement.columns(); ++i) known.names.push_back(known.statement.column_name(i));
  }
  return known;
}

std::vector<Cells> RowAccess::rows(const TableShape& shape, const std::vector<std::string>& columns, const Row& values, std::size_t limit) {
  std::string asked = shape.name;
  for (const auto& column : columns) asked.append(1, '\0').append(column);
  Kept*& known = selects_[asked.append(1, '\0').append(std::to_string(limit))];
  if (known == nullptr) {
    const auto wanted = shape.image();
    std::string list;
    for (const auto& column : wanted) list += (list.empty() ? "" : ", ") + sqlite::identifier(column);
    const std::string sql = "SELECT " + list + " FROM main." + sqlite::identifier(shape.name) + " WHERE " + condition(columns) + " LIMIT " + std::to_string(limit);
    (void)use(sql);
    Kept& made = statements_.at(sql);
    made.names = wanted;  // as the schema spells them
    known = &made;
  }
  Use select(*known);
  for (std::size_t i = 0; i < values.size(); ++i) select->bind(static_cast<int>(i + 1), values[i]);
  std::vector<Cells> found;
  while (select->step()) found.push_back(select.cells());
  return found;
}

Cells RowAccess::name_of(const TableShape& shape, const Cells& image) {
  Cells name;
  for (const auto& column : shape.key) {
    name.emplace_back(column, cell(image, column));
    if (is_null(name.back().second) && !shape.rowid.empty()) return {{shape.rowid, cell(image, shape.rowid)}};
  }
  return name;
}

bool RowAccess::is_empty(const std::string& table) {
  const auto [known, is_new] = empty_.try_emplace(table, false);
  if (is_new) known->second = !use("SELECT 1 FROM main." + sqlite::identifier(table) + " LIMIT 1")->step();
  return known->second;
}

struct RowAccess::Walk {
  const RelationPart& part;
  const Change& removal;
  Store::Consequences found;
  std::set<std::string> seen;  // rows that go
  std::map<std::string, std::vector<const Cells*>> moved{};  // table and column → rows that changes before this one make refer to something else

  [[nodiscard]] bool is_moved(const ForeignKey& key, const Cells& row) const {
    return std::any_of(key.from.begin(), key.from.end(), [&](const std::string& column) {
      const auto there = moved.find(lower_case(key.child + '\0' + column));
      return there != moved.end() && std::any_of(there->second.begin(), there->second.end(), [&](const Cells* name) {
               return std::all_of(name->begin(), name->end(), [&](const auto& one) { return cell(row, one.first) == one.second; });
             });
    });
  }
};

Store::Consequences RowAccess::consequences(const RelationPart& part, const Change& removal, std::span<const Change> first) {
  const TableShape& shape = shapes_.of(removal.table);
  if (!shape.exists) return {};
  if (!shape.is_table) return {{}, removal.table + " is not a table whose rows can be removed"};
  Walk walk{part, removal, {}, {}};
  for (const auto& change : first) {
    if (change.op != ChangeOp::update) continue;
    for (const auto& [column, value] : change.after) walk.moved[lower_case(change.table + '\0' + column)].push_back(&change.row);
  }
  walk.seen.insert(row_name(shape.name, name_of(shape, removal.before)));
  follow(walk, shape, removal.before);
  for (const auto& dependent : part.dependents) {
    const TableShape& child = shapes_.of(dependent.table);
    if (!child.is_table || removal.key.empty() || !walk.found.blocked.empty()) continue;
    const bool by_key = std::any_of(shape.children.begin(), shape.children.end(), [&](const ForeignKey& key) {
      return lower_case(key.child) == lower_case(dependent.table) && key.from == std::vector<std::string>{dependent.column};
    });
    if (by_key) continue;  // followed already
    const ForeignKey key{child.name, {dependent.column}, {part.key.empty() ? std::string() : part.key.front()}, "CASCADE"};
    follow_key(walk, key, removal.before);
  }
  return std::move(walk.found);
}

void RowAccess::follow(Walk& walk, const TableShape& parent, const Cells& image) {
  for (const auto& key : parent.children) {
    if (!walk.found.blocked.empty()) return;
    follow_key(walk, key, image);
  }
}

void RowAccess::follow_key(Walk& walk, const ForeignKey& key, const Cells& image) {
  if (is_empty(key.child)) return;
  Row values;
  for (const auto& column : key.to) {
    values.push_back(cell(image, column));
    if (is_null(values.back())) return;
  }
  const TableShape& child = shapes_.of(key.child);
  const bool declared = std::any_of(walk.part.dependents.begin(), walk.part.dependents.end(), [&](const Dependent& dependent) {
    return lower_case(dependent.table) == lower_case(key.child) && key.from == std::vector<std::string>{dependent.column};
  });
  const auto found = rows(child, key.from, values, kMostConsequences + 1);
  for (const auto& row : found) {
    const Cells name = name_of(child, row);
    if (walk.seen.contains(row_name(child.name, name)) || walk.is_moved(key, row)) continue;
    if (walk.found.changes.size() >= kMostConsequences) {
      walk.found.blocked = "more than " + std::to_string(kMostConsequences) + " rows go with it";
      return;
    }
    Change change;
    change.profile = walk.removal.profile;
    change.relation = child.name;
    change.source = walk.removal.source;
    change.location = walk.removal.location;
    change.table = child.name;
    change.key = name;
    change.row = name;
    change.consequence = true;
    if (key.on_delete == "CASCADE" || declared) {
      walk.seen.insert(row_name(child.name, name));
      change.op = ChangeOp::remove;
      change.before = row;
      follow(walk, child, row);
      if (!walk.found.blocked.empty()) return;
    } else if (key.on_delete == "SET NULL" || key.on_delete == "SET DEFAULT") {
      change.op = ChangeOp::update;
      for (const auto& column : key.from) {
        const auto usual = child.defaults.find(column);
        const bool set_default = key.on_delete == "SET DEFAULT" && usual != child.defaults.end();
        change.before.emplace_back(column, cell(row, column));
        change.after.emplace_back(column, set_default ? connection_.single("SELECT " + usual->second) : Value{});
      }
    } else {
      walk.found.blocked = std::to_string(found.size()) + (found.size() == 1 ? " row of " : " rows of ") + child.name + " (" + key.from.front() +
                           ") refer to it, and the schema does not say what becomes of them";
      return;
    }
    walk.found.changes.push_back(std::move(change));
  }
}

}  // namespace audit
