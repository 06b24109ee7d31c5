#include "auditor/repair/native_value.hpp"

#include "auditor/sys/clock.hpp"

namespace audit {

namespace {

Value native_time(TimeForm form, std::int64_t ms) {
  switch (form) {
    case TimeForm::rfc3339: return format_time(ms - ((ms % 1000) + 1000) % 1000);  // whole seconds: every reader takes them
    case TimeForm::iso8601:
    case TimeForm::timestamp: return format_time(ms);
    case TimeForm::epoch_s: return ms / 1000;
    case TimeForm::epoch_us: return ms * 1000;
    case TimeForm::epoch_ns: return ms * 1'000'000;
    case TimeForm::epoch_ms:
    case TimeForm::none: break;
  }
  return ms;
}

}  // namespace

std::optional<Value> native_value(const ColumnMap& map, const Value& canonical) {
  if (map.from.empty()) return std::nullopt;
  for (const auto& [value, native] : map.write) {
    if (to_text(value) == to_text(canonical) && is_null(value) == is_null(canonical)) return native;
  }
  if (!map.writable_as_is) return std::nullopt;
  if (is_null(canonical)) return map.null_values.empty() ? Value{} : map.null_values.front();
  if (map.time == TimeForm::none) return canonical;
  const auto* ms = std::get_if<std::int64_t>(&canonical);
  return ms == nullptr ? std::nullopt : std::optional<Value>(native_time(map.time, *ms));
}

}  // namespace audit
