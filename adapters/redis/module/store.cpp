#include "adapters/redis/module/store.hpp"

#include <algorithm>

#include "adapters/redis/module/record.hpp"
#include "auditor/sys/disguise.hpp"

namespace audit::redis {

RedisStore::RedisStore(const RedisSettings& settings, StoreInfo info, const Cancellation& cancel)
    : settings_(settings), info_(std::move(info)), cancel_(cancel), lines_(settings_, cancel) {
  static_cast<void>(lines_.line(0));
}

bool RedisStore::has(const std::string& /*table*/, const std::string& column) { return column.empty() || is_column_name(column); }

Value RedisStore::probe(const std::string& pattern) {
  const KeyPattern wanted(settings_.prefix, pattern);
  const auto keys = feed(wanted);
  std::vector<std::string> found;
  std::vector<std::string> captures;
  Connection& line = lines_.line(0);
  bool there = false;
  for (keys->request(line); !keys->done();) {
    keys->take(line, found);
    if (!keys->done()) keys->request(line);
    for (const auto& key : found) there = there || wanted.match(key, captures);
  }
  return std::int64_t{there ? 1 : 0};
}

const Census& RedisStore::census() {
  if (!census_.has_value()) census_.emplace(lines_.line(0), settings_.prefix, cancel_);
  return *census_;
}

std::unique_ptr<KeyFeed> RedisStore::feed(const KeyPattern& pattern) {
  if (pattern.fixed()) return std::make_unique<ListedKeys>(std::vector<std::string>{pattern.head()});
  const auto* family = census().family(pattern);
  if (family != nullptr) return family->feed();
  return std::make_unique<ScannedKeys>(pattern.glob());
}

void RedisStore::scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) {
  for (const auto& part : relation.parts) {
    if (!scan_part(part, columns, sink)) return;
  }
}

bool RedisStore::scan_part(const RelationPart& part, const std::vector<std::string>& columns, const RowSink& sink) {
  const RowPlan plan = plan_rows(key_layout(part.options, part.table, settings_.prefix), columns, part.table);
  const bool only_counted = !plan.value && !plan.ttl && plan.sides.empty() && !plan.layout.unless.has_value() &&
                            std::all_of(plan.columns.begin(), plan.columns.end(), [](const PlannedColumn& column) {
                              return column.kind == PlannedColumn::Kind::source || column.kind == PlannedColumn::Kind::nothing;
                            });
  if (only_counted && !plan.layout.key.fixed()) {
    const auto* family = census().family(plan.layout.key);
    if (family != nullptr && family->spool) {
      Row row;
      for (const auto& column : columns) row.emplace_back(column == "source" ? info_.source : std::string());
      for (std::int64_t i = 0; i < family->count; ++i) {
        if (!sink(row)) return false;
      }
      return true;
    }
  }
  const auto keys = feed(plan.layout.key);
  return RowReader(lines_, plan, info_, cancel_, absent_).read(*keys, sink);
}

// Where that column alone makes the key.
bool RedisStore::scan_keys(const RelationMapping& relation, const std::vector<std::string>& columns, const std::string& key,
                           const std::vector<Value>& values, const RowSink& sink) {
  std::vector<RowPlan> plans;
  for (const auto& part : relation.parts) {
    plans.push_back(plan_rows(key_layout(part.options, part.table, settings_.prefix), columns, part.table));
    const auto& names = plans.back().layout.key.names();
    if (key != "key" && (names.size() != 1 || key != "{" + names.front() + "}")) return false;
  }
  for (const auto& plan : plans) {
    std::vector<std::string> keys;
    for (const auto& value : values) {
      const std::vector<std::string> captures = {to_text(value)};
      keys.push_back(key == "key" ? captures.front()
                                  : plan.layout.key.fill({&plan.layout.key.names(), &captures, {}, nullptr}).value_or(""));
    }
    ListedKeys feed(std::move(keys));
    if (!RowReader(lines_, plan, info_, cancel_, absent_).read(feed, sink)) break;
  }
  return true;
}

namespace {

// The key that holds a row, where its columns say it.
std::optional<std::string> key_of(const RelationPart& part, const KeyLayout& layout, const Cells& key) {
  std::vector<std::string> captures(layout.key.names().size());
  std::size_t known = 0;
  for (const auto& [name, value] : key) {
    const ColumnMap* map = part.column(name);
    const std::string native = map == nullptr ? name : map->from;
    if (native == "key") return to_text(value);
    for (std::size_t i = 0; i < captures.size(); ++i) {
      if (native != "{" + layout.key.names()[i] + "}") continue;
      captures[i] = to_text(value);
      ++known;
    }
  }
  if (known < captures.size()) return std::nullopt;
  return layout.key.fill({&layout.key.names(), &captures, {}, nullptr});
}

std::vector<std::string> native_columns(const RelationPart& part, const Cells& key) {
  std::vector<std::string> columns = part.key;
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(name);
  };
  for (const auto& [name, value] : key) {
    const ColumnMap* map = part.column(name);
    add(map == nullptr ? name : map->from);
  }
  // What is worked out from other keys is no part of the row.
  for (const auto& [name, map] : part.columns) {
    if (!map.from.starts_with('@')) add(map.from);
  }
  return columns;
}

}  // namespace

Cells RedisStore::native_row(const RelationPart& part, const Cells& given) {
  // What a part says of all its rows names none of them, but says whether the row can be one of its own.
  Cells key;
  for (const auto& [column, value] : given) {
    const ColumnMap* map = part.column(column);
    if (map == nullptr || !map->value.has_value()) {
      key.emplace_back(column, value);
    } else if (!(*map->value == value)) {
      return {};
    }
  }
  KeyLayout layout = key_layout(part.options, part.table, settings_.prefix);
  layout.unless.reset();
  const auto name = key_of(part, layout, key);
  const auto columns = native_columns(part, key);
  const RowPlan plan = plan_rows(layout, columns, part.table);
  std::unique_ptr<KeyFeed> keys;
  if (name.has_value()) {
    keys = std::make_unique<ListedKeys>(std::vector<std::string>{*name});
  } else {
    keys = feed(layout.key);
  }
  Cells cells;
  RowReader(lines_, plan, info_, cancel_).read(*keys, [&](std::span<const Value> row) {
    for (const auto& [column, value] : key) {
      const ColumnMap* map = part.column(column);
      const std::string native = map == nullptr ? column : map->from;
      const auto at = static_cast<std::size_t>(std::find(columns.begin(), columns.end(), native) - columns.begin());
      if (!cells.empty() || is_null(row[at]) || to_text(row[at]) != to_text(value)) return true;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) cells.emplace_back(columns[i], row[i]);
    return true;  // to the end: the lines stay open for the next row
  });
  return cells;
}

void RedisStore::record(const RecordOrder& order, Recording& recording) {
  const auto keys = [this](const KeyPattern& pattern) { return feed(pattern); };
  recording.files[""].text = record_keys(lines_.line(0), settings_.prefix, order, keys, recording.notes);
  recording.set["prefix"] = order.disguise == nullptr ? settings_.prefix : order.disguise->name(settings_.prefix);
}

}  // namespace audit::redis
