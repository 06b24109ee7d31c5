#include "auditor/engine/row_mapper.hpp"

#include <algorithm>
#include <cmath>

#include "auditor/sys/sqlite_functions.hpp"

namespace audit {
namespace {

bool equal(const Value& a, const Value& b) {
  const auto* integer = std::get_if<std::int64_t>(&a);
  const auto* real = std::get_if<double>(&b);
  if (integer != nullptr && real != nullptr) return static_cast<double>(*integer) == *real;
  const auto* left = std::get_if<double>(&a);
  const auto* right = std::get_if<std::int64_t>(&b);
  if (left != nullptr && right != nullptr) return *left == static_cast<double>(*right);
  return a == b;
}

Value unset_guarded(const ColumnMap& map, const Value& value) {
  const bool unset = std::any_of(map.null_values.begin(), map.null_values.end(), [&](const Value& other) { return equal(value, other); });
  return unset ? Value{} : value;
}

Value scaled(const Value& value, std::int64_t numerator, std::int64_t denominator) {
  if (const auto* real = std::get_if<double>(&value)) {
    return numerator > 1 ? static_cast<std::int64_t>(std::llround(*real * static_cast<double>(numerator)))
                         : static_cast<std::int64_t>(*real) / denominator;
  }
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer == nullptr ? Value{} : Value(*integer * numerator / denominator);
}

Value text_time(const Value& value, std::optional<std::int64_t> (*parse)(std::string_view)) {
  const auto* text = std::get_if<std::string>(&value);
  const auto ms = text == nullptr ? std::nullopt : parse(*text);
  return ms.has_value() ? Value(*ms) : Value{};
}

Value time_of(const Value& value, TimeForm form) {
  switch (form) {
    case TimeForm::none: return value;
    case TimeForm::rfc3339: return text_time(value, sqlite::parse_rfc3339);
    case TimeForm::iso8601:
    case TimeForm::timestamp: return text_time(value, sqlite::parse_iso8601);
    case TimeForm::epoch_s: return scaled(value, 1000, 1);
    case TimeForm::epoch_ms: return scaled(value, 1, 1);
    case TimeForm::epoch_us: return scaled(value, 1, 1000);
    case TimeForm::epoch_ns: return scaled(value, 1, 1'000'000);
  }
  return value;
}

Value made_of(const ColumnMap& map, const Value& native) {
  Value value = unset_guarded(map, native);
  if (map.mapped) {
    const auto found = std::find_if(map.map.begin(), map.map.end(),
                                    [&](const auto& pair) { return !is_null(value) && equal(value, pair.first); });
    value = found == map.map.end() ? map.otherwise : found->second;
  }
  return time_of(value, map.time);
}

}  // namespace

std::size_t RowMapper::take(const std::string& name) {
  const auto found = std::find(native_.begin(), native_.end(), name);
  if (found != native_.end()) return static_cast<std::size_t>(found - native_.begin());
  native_.push_back(name);
  return native_.size() - 1;
}

std::optional<RowMapper> RowMapper::make(const RelationPart& part, const std::vector<std::string>& columns) {
  if (!part.where.empty()) return std::nullopt;
  RowMapper mapper;
  for (const auto& column : columns) {
    const ColumnMap* map = part.column(column);
    Made made;
    if (map != nullptr && !map->expr.empty()) return std::nullopt;
    if (map != nullptr && map->value.has_value()) {
      made.is_constant = true;
      made.constant = *map->value;
    } else if (map != nullptr) {
      made.map = map;
      made.at = mapper.take(map->from);
    } else if (column == "scope" && part.scope.empty()) {
      made.is_constant = true;
      made.constant = part.scope_value;
    } else {
      made.at = mapper.take(column == "scope" ? part.scope : column);
      made.is_defect = column == "defect";
    }
    mapper.columns_.push_back(std::move(made));
  }
  const bool tells = std::any_of(mapper.columns_.begin(), mapper.columns_.end(), [](const Made& made) { return made.is_defect; });
  for (const auto& [name, map] : part.columns) {
    if (!tells || map.time == TimeForm::none || map.value.has_value()) continue;
    if (!map.expr.empty()) return std::nullopt;
    Made made;
    made.map = &map;
    made.at = mapper.take(map.from);
    mapper.times_.emplace_back(name, std::move(made));
  }
  if (mapper.native_.empty()) mapper.take("source");
  return mapper;
}

// What the adapter says of the row, and times that are none.
Value RowMapper::defect(std::span<const Value> native, const Made& made) const {
  std::string text = to_text(native[made.at]);
  for (const auto& [name, time] : times_) {
    if (is_null(unset_guarded(*time.map, native[time.at])) || !is_null(made_of(*time.map, native[time.at]))) continue;
    text += (text.empty() ? "" : "; ") + ("bad time in " + name);
  }
  return text.empty() ? Value{} : Value(std::move(text));
}

void RowMapper::map(std::span<const Value> native, std::vector<Value>& row) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Made& made = columns_[i];
    if (made.is_constant) {
      row[i] = made.constant;
    } else if (made.is_defect) {
      row[i] = defect(native, made);
    } else {
      row[i] = made.map == nullptr ? native[made.at] : made_of(*made.map, native[made.at]);
    }
  }
}

}  // namespace audit
