#include "adapters/redis/module/row_reader.hpp"

#include <chrono>
#include <cmath>

namespace audit::redis {
namespace {

using Kind = PlannedColumn::Kind;
using Take = Derived::Take;

constexpr std::size_t kFirstElements = 256;
constexpr std::size_t kMoreElements = 2000;
constexpr const char* kMembers = "500";
constexpr const char* kWrongType = "holds another kind of value than it should";

std::int64_t clock_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

bool is_wrong_type(const redisReply& reply) { return is_error(reply) && text_of(reply).starts_with("WRONGTYPE"); }

bool less(const Value& a, const Value& b) {
  const auto* left = std::get_if<std::string>(&a);
  const auto* right = std::get_if<std::string>(&b);
  if (left != nullptr && right != nullptr) return *left < *right;
  return to_integer(a) < to_integer(b);
}

}  // namespace

Connection& Lines::line(std::size_t number) {
  while (lines_.size() <= number) lines_.push_back(nullptr);
  if (!lines_[number]) lines_[number] = std::make_unique<Connection>(settings_, cancel_);
  return *lines_[number];
}

RowReader::RowReader(Lines& lines, const RowPlan& plan, const StoreInfo& info, const Cancellation& cancel, std::vector<std::string>* absent)
    : lines_(lines), plan_(plan), info_(info), cancel_(cancel), absent_(absent), row_(plan.columns.size()) {
  if (plan.layout.unless.has_value()) {
    test_first_ = true;
    for (const auto& hole : plan.layout.unless->names()) test_first_ = test_first_ && !hole.starts_with('/') && hole != "member";
  }
  derived_.resize(plan.layout.derived.size());
  hash_.resize(plan.columns.size());
}

std::vector<RowReader::Pending> RowReader::matching(std::vector<std::string>& keys) const {
  std::vector<Pending> found;
  found.reserve(keys.size());
  Pending pending;
  for (auto& key : keys) {
    if (!plan_.layout.key.match(key, pending.captures)) continue;
    pending.key = std::move(key);
    found.push_back(std::move(pending));
    pending = {};
  }
  return found;
}

bool RowReader::read(KeyFeed& feed, const RowSink& sink) {
  try {
    const bool more = read_all(feed, sink);
    if (!more) lines_.close();
    return more;
  } catch (...) {
    lines_.close();
    throw;
  }
}

// On the line stand, in this order: the next SCAN, the commands for the keys of the last one. So the server is at work on both while the rows of
// the keys before are made.
bool RowReader::read_all(KeyFeed& feed, const RowSink& sink) {
  Connection& line = lines_.line(0);
  std::vector<std::string> keys;
  std::vector<Pending> waiting;
  feed.request(line);
  while (!feed.done() || !waiting.empty()) {
    cancel_.check();
    now_ = clock_ms();
    std::vector<Pending> next;
    if (!feed.done()) {
      feed.take(line, keys);
      if (!feed.done()) feed.request(line);
      next = matching(keys);
      ask_for(line, next);
      line.flush();
    }
    if (!(test_first_ ? survivors(waiting, sink) : rows_of(line, waiting, sink))) return false;
    waiting = std::move(next);
  }
  return true;
}

void RowReader::ask_for(Connection& line, const std::vector<Pending>& keys) {
  for (const auto& key : keys) {
    if (!test_first_) {
      append(line, key);
      continue;
    }
    const auto unless = plan_.layout.unless->fill({&plan_.layout.key.names(), &key.captures, {}, nullptr});
    line.append({"EXISTS", unless.value_or("")});
  }
}

bool RowReader::survivors(std::vector<Pending>& keys, const RowSink& sink) {
  std::vector<Pending> left;
  for (auto& key : keys) {
    const Reply exists = lines_.line(0).read_good("EXISTS");
    if (exists->integer != 0) continue;
    if (absent_ != nullptr) absent_->push_back(plan_.layout.unless->fill({&plan_.layout.key.names(), &key.captures, {}, nullptr}).value_or(""));
    left.push_back(std::move(key));
  }
  if (left.empty()) return true;
  Connection& line = lines_.line(1);
  for (const auto& key : left) append(line, key);
  return rows_of(line, left, sink);
}

void RowReader::append(Connection& line, const Pending& key) {
  if (plan_.value) append_value(line, key);
  if (plan_.ttl) line.append({"PTTL", key.key});
  for (const auto& side : plan_.sides) {
    const std::string name = side.key.fill({&plan_.layout.key.names(), &key.captures, {}, nullptr}).value_or("");
    static const std::string kLast = std::to_string(kFirstElements - 1);
    if (side.elements) line.append({"LRANGE", name, "0", kLast});
    if (side.ttl && side.near < 0) line.append({"PTTL", name});
    if (side.exists) line.append({"EXISTS", name});
  }
}

void RowReader::append_value(Connection& line, const Pending& key) {
  static const std::string kLast = std::to_string(kFirstElements - 1);
  switch (plan_.layout.value) {
    case ValueForm::json:
    case ValueForm::text: line.append({"GET", key.key}); break;
    case ValueForm::list: line.append({"LRANGE", key.key, "0", kLast}); break;
    case ValueForm::set: line.append({"SSCAN", key.key, "0", "COUNT", kMembers}); break;
    case ValueForm::zset: line.append({"ZSCAN", key.key, "0", "COUNT", kMembers}); break;
    case ValueForm::hash: {
      std::vector<std::string_view> words = {"HMGET", key.key};
      for (const auto& column : plan_.columns) words.emplace_back(column.kind == Kind::pointer ? column.steps.front() : std::string_view());
      line.append(words);
      break;
    }
    case ValueForm::none: break;
  }
}

bool RowReader::rows_of(Connection& line, std::vector<Pending>& keys, const RowSink& sink) {
  bool more = true;
  // All answers are taken even when no more rows are wanted: the line stays usable.
  for (const auto& key : keys) more = row_of(line, key, more ? sink : RowSink([](std::span<const Value>) { return false; })) && more;
  return give_held(sink) && more;
}

void RowReader::begin_row() {
  gone_ = false;
  has_json_ = false;
  has_text_ = false;
  ttl_ = Value{};
  index_ = Value{};
  score_ = Value{};
  member_ = {};
  defect_.clear();
  for (auto& value : hash_) value = Value{};
  for (auto& value : derived_) value = Value{};
}

void RowReader::note(const std::string& defect) {
  if (defect_.empty()) defect_ = defect;
}

bool RowReader::row_of(Connection& line, const Pending& key, const RowSink& sink) {
  begin_row();
  Reply value = plan_.value ? line.read() : nullptr;
  if (value && is_error(*value) && !is_wrong_type(*value)) line.fail("reading " + key.key, *value);
  if (plan_.ttl) read_ttl(line);
  for (const auto& side : plan_.sides) read_side(line, key, side);
  if (gone_) return true;
  if (value && is_wrong_type(*value)) {
    note(kWrongType);
    return plan_.items || give(key, sink);
  }
  const ValueForm form = plan_.layout.value;
  if (plan_.items) return form == ValueForm::list ? items(key, std::move(value), sink) : members(key, std::move(value), sink);
  if (value) read_value(*value);
  return gone_ || give(key, sink);
}

void RowReader::read_ttl(Connection& line) {
  const Reply reply = line.read_good("PTTL");
  gone_ = gone_ || reply->integer == -2;
  if (reply->integer >= 0) ttl_ = std::int64_t{reply->integer};
}

void RowReader::parse(std::string_view text) {
  has_text_ = true;
  text_ = text;
  if (plan_.layout.value == ValueForm::text) return;
  has_json_ = values_.parse(text, json_);
  if (!has_json_) {
    note("is not JSON");
  } else if (!json_.is_object()) {
    note("is not a JSON object");
  }
}

void RowReader::read_value(const redisReply& value) {
  if (value.type == REDIS_REPLY_NIL) {
    gone_ = true;  // between SCAN and now
  } else if (is_text(value)) {
    parse(text_of(value));
  } else if (value.type == REDIS_REPLY_ARRAY && plan_.layout.value == ValueForm::hash) {
    for (std::size_t i = 0; i < value.elements && i < hash_.size(); ++i) {
      if (is_text(*value.element[i])) hash_[i] = std::string(text_of(*value.element[i]));
    }
  }
}

// Calls `each` for all elements of a list whose first ones are known.
void RowReader::elements(const std::string& key, Reply first, const std::function<bool(const redisReply&)>& each) {
  std::size_t from = 0;
  std::size_t asked = kFirstElements;
  for (Reply chunk = std::move(first);;) {
    for (std::size_t i = 0; i < chunk->elements; ++i) {
      if (!each(*chunk->element[i])) return;
    }
    if (chunk->elements < asked) return;
    from += chunk->elements;
    asked = kMoreElements;
    chunk = lines_.line(2).ask_good({"LRANGE", key, std::to_string(from), std::to_string(from + asked - 1)});
  }
}

void RowReader::read_side(Connection& line, const Pending& key, const SideKey& side) {
  const std::string name = side.key.fill({&plan_.layout.key.names(), &key.captures, {}, nullptr}).value_or("");
  const auto set = [&](Take take, const Value& value) {
    for (const auto at : side.derived) {
      if (plan_.layout.derived[at].take == take) derived_[at] = value;
    }
  };
  if (side.elements) {
    Reply list = line.read();
    if (is_wrong_type(*list)) {
      note(name + " " + kWrongType);
    } else if (is_error(*list)) {
      line.fail("reading " + name, *list);
    } else {
      if (name == key.key && list->elements == 0) gone_ = true;
      set(Take::count, std::int64_t{0});
      elements(name, std::move(list), [&](const redisReply& element) {
        derive(side, key, element);
        return true;
      });
    }
  }
  const bool is_near = side.near >= 0 && !is_null(ttl_) && to_integer(ttl_) <= side.near;
  if (side.ttl && (side.near < 0 || is_near)) {
    const Reply ttl = is_near ? lines_.line(2).ask_good({"PTTL", name}) : line.read_good("PTTL");
    if (ttl->integer >= 0) {
      set(Take::ttl, std::int64_t{ttl->integer});
      set(Take::expires_at, now_ + ttl->integer);
    }
  }
  if (side.exists) set(Take::exists, std::int64_t{line.read_good("EXISTS")->integer});
}

void RowReader::derive(const SideKey& side, const Pending& key, const redisReply& element) {
  JsonElement root;
  bool parsed = false;
  bool tried = false;
  const KnownOf known{&plan_.layout.key.names(), &key.captures, {}, nullptr};
  const auto place = [&](const JsonSteps& steps, JsonElement& found) {
    if (!tried) parsed = items_.parse(text_of(element), root);
    tried = true;
    return parsed && find_json(root, steps, found);
  };
  const auto is = [&](const JsonElement& found, const KeyPattern& wanted) {
    std::string_view text;
    return found.get(text) == simdjson::SUCCESS && (wanted.fixed() ? wanted.head() == text : wanted.fill(known) == text);
  };
  const auto fits = [&](const Derived& derived) {
    JsonElement found;
    for (const auto& [steps, wanted] : derived.where) {
      if (!place(steps, found) || !is(found, wanted)) return false;
    }
    for (const auto& [steps, unwanted] : derived.where_not) {
      if (!place(steps, found) || found.is_null() || is(found, unwanted)) return false;
    }
    return true;
  };
  for (const auto at : side.derived) {
    const Derived& derived = plan_.layout.derived[at];
    Value& value = derived_[at];
    if (derived.take == Take::ttl || derived.take == Take::expires_at || derived.take == Take::exists) continue;
    if (derived.take == Take::first && !is_null(value)) continue;
    if (!fits(derived)) continue;
    if (derived.take == Take::count) {
      value = to_integer(value) + 1;
      continue;
    }
    JsonElement found;
    if (!place(derived.at, found)) continue;
    Value here = json_value(found);
    const bool better = is_null(value) || derived.take == Take::last || (derived.take == Take::min ? less(here, value) : less(value, here));
    if (!is_null(here) && better) value = std::move(here);
  }
}

bool RowReader::items(const Pending& key, Reply first, const RowSink& sink) {
  bool more = true;
  std::int64_t index = 0;
  elements(key.key, std::move(first), [&](const redisReply& element) {
    index_ = index++;
    defect_.clear();
    parse(text_of(element));
    return more = give(key, sink);
  });
  return more;
}

bool RowReader::members(const Pending& key, Reply first, const RowSink& sink) {
  const bool scored = plan_.layout.value == ValueForm::zset;
  for (Reply page = std::move(first);;) {
    const std::string cursor(text_of(*page->element[0]));
    const redisReply& found = *page->element[1];
    for (std::size_t i = 0; i + (scored ? 1 : 0) < found.elements; i += scored ? 2 : 1) {
      member_ = text_of(*found.element[i]);
      if (scored) score_ = std::strtod(found.element[i + 1]->str, nullptr);
      if (!give(key, sink)) return false;
    }
    if (cursor == "0") return true;
    page = lines_.line(2).ask_good({scored ? "ZSCAN" : "SSCAN", key.key, cursor, "COUNT", kMembers});
  }
}

Value RowReader::cell(const PlannedColumn& column, const Pending& key) const {
  switch (column.kind) {
    case Kind::nothing: return std::string();
    case Kind::source: return info_.source;
    case Kind::key: return key.key;
    case Kind::ttl: return ttl_;
    case Kind::expires_at: return is_null(ttl_) ? Value{} : Value(now_ + to_integer(ttl_));
    case Kind::index: return index_;
    case Kind::member: return std::string(member_);
    case Kind::score: return score_;
    case Kind::value: return has_text_ ? Value(std::string(text_)) : Value{};
    case Kind::defect: return defect_.empty() ? Value{} : Value(defect_);
    case Kind::capture: return key.captures[column.at];
    case Kind::derived: return derived_[column.at];
    case Kind::pointer: break;
  }
  JsonElement found;
  return has_json_ && find_json(json_, column.steps, found) ? json_value(found) : Value{};
}

bool RowReader::give(const Pending& key, const RowSink& sink) {
  const bool hash = plan_.layout.value == ValueForm::hash;
  for (std::size_t i = 0; i < row_.size(); ++i) {
    row_[i] = hash && plan_.columns[i].kind == Kind::pointer ? hash_[i] : cell(plan_.columns[i], key);
  }
  if (!plan_.layout.unless.has_value() || test_first_) return sink(row_);
  const KnownOf known{&plan_.layout.key.names(), &key.captures, member_, has_json_ ? &json_ : nullptr};
  if (auto unless = plan_.layout.unless->fill(known)) held_.push_back({std::move(*unless), row_});
  return held_.size() < kMoreElements || give_held(sink);
}

// Rows wait until it is known whether the other key is there.
bool RowReader::give_held(const RowSink& sink) {
  if (held_.empty()) return true;
  Connection& line = lines_.line(2);
  for (const auto& held : held_) line.append({"EXISTS", held.unless});
  bool more = true;
  for (const auto& held : held_) {
    const Reply exists = line.read_good("EXISTS");
    if (exists->integer != 0 || !more) continue;
    if (absent_ != nullptr) absent_->push_back(held.unless);
    more = sink(held.row);
  }
  held_.clear();
  return more;
}

}  // namespace audit::redis
