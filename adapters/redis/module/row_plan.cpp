#include "adapters/redis/module/row_plan.hpp"

#include <algorithm>
#include <array>

#include "auditor/model/error.hpp"

namespace audit::redis {
namespace {

using Kind = PlannedColumn::Kind;

constexpr std::array<std::pair<const char*, Kind>, 10> kFixed{{{"source", Kind::source},
                                                              {"scope", Kind::nothing},
                                                              {"key", Kind::key},
                                                              {"ttl", Kind::ttl},
                                                              {"expires_at", Kind::expires_at},
                                                              {"index", Kind::index},
                                                              {"member", Kind::member},
                                                              {"score", Kind::score},
                                                              {"value", Kind::value},
                                                              {"defect", Kind::defect}}};

bool is_list_take(Derived::Take take) {
  return take != Derived::Take::ttl && take != Derived::Take::expires_at && take != Derived::Take::exists;
}

class Planner {
 public:
  Planner(KeyLayout layout, const std::string& table) : table_(table), plan_{std::move(layout), {}, {}, false, false, false} {}

  RowPlan plan(const std::vector<std::string>& columns) {
    const ValueForm form = plan_.layout.value;
    const bool many = form == ValueForm::list || form == ValueForm::set || form == ValueForm::zset;
    plan_.items = many && !plan_.layout.per_key;
    plan_.value = plan_.items;
    for (const auto& name : columns) plan_.columns.push_back(column(name));
    if (plan_.layout.unless.has_value()) {
      for (const auto& hole : plan_.layout.unless->names()) plan_.value = plan_.value || hole.starts_with('/');
    }
    if (many && !plan_.items) plan_.value = false;  // what is derived reads it
    return std::move(plan_);
  }

 private:
  [[noreturn]] void fail(const std::string& name, const std::string& what) const {
    throw Error(ErrorKind::config, table_ + " has no column \"" + name + "\": " + what, "docs/profiles.md lists what the redis adapter gives");
  }

  PlannedColumn column(const std::string& name) {
    for (const auto& [known, kind] : kFixed) {
      if (name == known) return fixed(kind);
    }
    if (name.starts_with('/')) {
      if (plan_.layout.value == ValueForm::none) fail(name, "the value is not read");
      plan_.value = true;
      return {Kind::pointer, 0, json_steps(name)};
    }
    if (name.starts_with('{') && name.ends_with('}')) {
      const auto& names = plan_.layout.key.names();
      const auto found = std::find(names.begin(), names.end(), name.substr(1, name.size() - 2));
      if (found == names.end()) fail(name, "the key has no such hole");
      return {Kind::capture, static_cast<std::size_t>(found - names.begin()), {}};
    }
    if (name.starts_with('@')) return derived(name);
    fail(name, "it is written \"{hole}\", \"/pointer\" or \"@derived\"");
  }

  PlannedColumn fixed(Kind kind) {
    plan_.ttl = plan_.ttl || kind == Kind::ttl || kind == Kind::expires_at;
    const bool reads = kind == Kind::value || kind == Kind::defect || kind == Kind::member || kind == Kind::score || kind == Kind::index;
    plan_.value = plan_.value || (reads && plan_.layout.value != ValueForm::none);
    return {kind, 0, {}};
  }

  PlannedColumn derived(const std::string& name) {
    auto& all = plan_.layout.derived;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Derived& d) { return "@" + d.name == name; });
    if (found == all.end()) fail(name, "nothing of this name is derived");
    const auto at = static_cast<std::size_t>(found - all.begin());
    const std::string key = found->of.glob() + '\0' + (found->of.names().empty() ? "" : found->of.names().front());
    auto side = std::find_if(plan_.sides.begin(), plan_.sides.end(), [&](const SideKey& s) {
      return s.key.glob() + '\0' + (s.key.names().empty() ? "" : s.key.names().front()) == key;
    });
    if (side == plan_.sides.end()) side = plan_.sides.insert(plan_.sides.end(), SideKey{found->of, false, false, -1, false, {}});
    side->elements = side->elements || is_list_take(found->take);
    side->exists = side->exists || found->take == Derived::Take::exists;
    if (found->take == Derived::Take::ttl || found->take == Derived::Take::expires_at) {
      const bool always = found->near < 0 || (side->ttl && side->near < 0);
      side->near = always ? -1 : std::max(side->near, found->near);
      side->ttl = true;
      plan_.ttl = plan_.ttl || !always;
    }
    if (std::find(side->derived.begin(), side->derived.end(), at) == side->derived.end()) side->derived.push_back(at);
    return {Kind::derived, at, {}};
  }

  std::string table_;
  RowPlan plan_;
};

}  // namespace

RowPlan plan_rows(KeyLayout layout, const std::vector<std::string>& columns, const std::string& table) {
  return Planner(std::move(layout), table).plan(columns);
}

bool is_column_name(const std::string& name) {
  if (name.size() > 1 && (name.front() == '/' || name.front() == '@' || (name.front() == '{' && name.back() == '}'))) return true;
  return std::any_of(kFixed.begin(), kFixed.end(), [&](const auto& known) { return name == known.first; });
}

}  // namespace audit::redis
