#include "adapters/files/json_splice.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "adapters/files/json5.hpp"
#include "adapters/files/json_text.hpp"

namespace audit {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kNone = std::string_view::npos;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Where the last comment of a gap between two tokens ends, and whether only the end of its line ends it.
struct Comments {
  std::size_t end = 0;  // 0: there is none
  bool line = false;
};

Comments comments_of(std::string_view gap) {
  Comments found;
  for (std::size_t at = gap.find('/'); at != kNone; at = gap.find('/', at)) {
    found.line = gap.substr(at, 2) == "//";
    const std::size_t stop = gap.find(found.line ? "\n" : "*/", at + 2);
    found.end = stop == kNone ? gap.size() : stop + (found.line ? 0 : 2);
    at = found.end;
    if (found.line && gap[found.end - 1] == '\r') --found.end;
  }
  return found;
}

// Blanks that the last line of a gap begins with; nothing when it has no line end.
std::optional<std::string> indentation(std::string_view gap) {
  const std::size_t line = gap.rfind('\n');
  if (line == kNone) return std::nullopt;
  return std::string(gap.substr(line + 1));
}

std::string line_end(std::string_view text) { return text.find("\r\n") != kNone ? "\r\n" : "\n"; }

// Walks over tokens of a text that a lenient reader takes. Every step says whether it could be made.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  std::size_t at = 0;

  [[nodiscard]] char peek() const { return at < text_.size() ? text_[at] : '\0'; }
  [[nodiscard]] std::string_view from(std::size_t start) const { return text_.substr(start, at - start); }

  void gap() {
    if (at == 0 && text_.starts_with("\xEF\xBB\xBF")) at = 3;
    for (; at < text_.size(); ++at) {
      if (is_space(text_[at])) continue;
      const std::string_view two = text_.substr(at, 2);
      if (two != "//" && two != "/*") return;
      const std::size_t stop = text_.find(two == "//" ? "\n" : "*/", at + 2);
      at = stop == kNone ? text_.size() : stop + (two == "//" ? 0 : 1);
      if (at >= text_.size()) return;
    }
  }

  bool string() {
    const char quote = text_[at];
    for (++at; at < text_.size() && text_[at] != quote; ++at) {
      if (text_[at] == '\\') ++at;
    }
    if (at >= text_.size()) return false;
    ++at;
    return true;
  }

  bool word() {
    const std::size_t start = at;
    while (at < text_.size() && !is_space(text_[at]) && std::string_view(",:{}[]\"'/").find(text_[at]) == kNone) ++at;
    return at > start;
  }

  bool scalar() { return peek() == '"' || peek() == '\'' ? string() : word(); }

  bool value() {
    std::size_t depth = 0;
    do {
      gap();
      const char c = peek();
      if (c == '{' || c == '[') {
        ++depth;
        ++at;
      } else if (depth > 0 && (c == '}' || c == ']')) {
        --depth;
        ++at;
      } else if (depth > 0 && (c == ',' || c == ':')) {
        ++at;
      } else if (!scalar()) {
        return false;
      }
    } while (depth > 0);
    return true;
  }

 private:
  std::string_view text_;
};

std::string spelled_key(std::string_view token) {
  const bool quoted = token.starts_with('"') || token.starts_with('\'');
  if (!quoted) return std::string(token);
  if (token.find('\\') == kNone) return std::string(token.substr(1, token.size() - 2));
  simdjson::dom::parser parser;
  std::string_view key;
  if (parser.parse(harmless_json(plain_json(token))).get(key) == simdjson::SUCCESS) return std::string(key);
  return std::string(token);
}

}  // namespace

struct JsonMembers::Scan {
  // Reads the members of the map or list that begins at `walker`.
  static bool members(Walker& walker, JsonMembers& into) {
    const char close = walker.peek() == '{' ? '}' : ']';
    into.list_ = close == ']';
    into.items_.clear();
    into.trailing_comma_ = false;
    ++walker.at;
    for (std::size_t start = walker.at;; start = walker.at) {
      walker.gap();
      if (walker.peek() == close) {
        into.tail_ = walker.from(start);
        into.trailing_comma_ = !into.items_.empty();
        return true;
      }
      Item item;
      item.lead = walker.from(start);
      if (!named(walker, into, item)) return false;
      start = walker.at;
      if (!walker.value()) return false;
      item.value = walker.from(start);
      start = walker.at;
      walker.gap();
      if (walker.peek() == close) {
        into.items_.push_back(std::move(item));
        into.tail_ = walker.from(start);
        return true;
      }
      if (walker.peek() != ',') return false;
      item.trail = walker.from(start);
      into.items_.push_back(std::move(item));
      ++walker.at;
    }
  }

  static bool named(Walker& walker, const JsonMembers& into, Item& item) {
    if (into.list_) {
      item.key = std::to_string(into.items_.size());
      return true;
    }
    const std::size_t start = walker.at;
    if (!walker.scalar()) return false;
    item.key = spelled_key(walker.from(start));
    walker.gap();
    if (walker.peek() != ':') return false;
    ++walker.at;
    walker.gap();
    item.name = walker.from(start);
    return true;
  }
};

std::optional<JsonMembers> JsonMembers::open(std::string text, const std::vector<std::string>& steps) {
  std::size_t base = 0;
  std::size_t length = text.size();
  JsonMembers members;
  for (std::size_t step = 0;; ++step) {
    Walker walker(std::string_view(text).substr(base, length));
    walker.gap();
    if (walker.peek() != '{' && walker.peek() != '[') return std::nullopt;
    const std::size_t opened = base + walker.at + 1;
    if (!Scan::members(walker, members)) return std::nullopt;
    if (step == steps.size()) {
      members.head_ = text.substr(0, opened);
      members.rest_ = text.substr(base + walker.at);
      if (base == 0) {
        ++walker.at;
        walker.gap();
        if (walker.at < length) return std::nullopt;  // more follows the document
      }
      return members;
    }
    std::size_t at = opened;
    std::optional<std::pair<std::size_t, std::size_t>> found;
    for (const auto& item : members.items_) {
      at += item.lead.size() + item.name.size();
      if (item.key == steps[step]) found = {at, item.value.size()};
      at += item.value.size() + item.trail.size() + 1;
    }
    if (!found) return std::nullopt;
    std::tie(base, length) = *found;
  }
}

const JsonMembers::Item* JsonMembers::find(std::string_view key) const {
  const auto item = std::find_if(items_.rbegin(), items_.rend(), [&](const Item& one) { return !one.removed && one.key == key; });
  return item == items_.rend() ? nullptr : &*item;
}
JsonMembers::Item* JsonMembers::find(std::string_view key) { return const_cast<Item*>(std::as_const(*this).find(key)); }

std::size_t JsonMembers::count(std::string_view key) const {
  return static_cast<std::size_t>(std::count_if(items_.begin(), items_.end(), [&](const Item& item) { return !item.removed && item.key == key; }));
}

std::size_t JsonMembers::size() const {
  return static_cast<std::size_t>(std::count_if(items_.begin(), items_.end(), [](const Item& item) { return !item.removed; }));
}

std::optional<std::string_view> JsonMembers::value(std::string_view key) const {
  const Item* item = find(key);
  return item == nullptr ? std::nullopt : std::optional<std::string_view>(item->value);
}

std::optional<std::string> JsonMembers::before(std::string_view key) const {
  std::optional<std::string> last;
  std::optional<std::string> result;
  for (const auto& item : items_) {
    if (item.removed) continue;
    if (item.key == key) result = last;
    last = item.key;
  }
  return result;
}

// Blanks between a comma and a new member.
std::string JsonMembers::usual_lead() const {
  const auto item = std::find_if(items_.rbegin(), items_.rend(), [](const Item& one) { return comments_of(one.lead).end == 0; });
  if (item == items_.rend()) {
    const auto indent = items_.empty() ? std::nullopt : indentation(items_.back().lead);
    return indent ? line_end(items_.back().lead) + *indent : " ";
  }
  const bool first = &*item == &items_.front();
  if (first && item->lead.empty() && item->name.ends_with(' ')) return " ";
  return item->lead;
}

std::string JsonMembers::usual_name(const std::string& key) const {
  if (list_) return "";
  const std::string quoted = Json(key).dump();
  for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
    const std::size_t colon = item->name.rfind(':');
    const std::string_view behind = std::string_view(item->name).substr(colon + 1);
    if (comments_of(item->name).end == 0 && behind.find('\n') == kNone) return quoted + ":" + std::string(behind);
  }
  return quoted + ": ";
}

// The style of an empty map is that of the text around it: one member to a line.
void JsonMembers::open_up() {
  if (!items_.empty() || indentation(tail_).has_value()) return;
  const std::size_t line = head_.rfind('\n');
  const std::string_view last = std::string_view(head_).substr(line == kNone ? 0 : line + 1);
  const std::size_t blanks = std::min(last.find_first_not_of(" \t"), last.size());
  tail_ = tail_ + line_end(head_ + rest_) + std::string(last.substr(0, blanks));
}

std::string JsonMembers::styled(const Json& value) const {
  const std::string lead = items_.empty() ? "\n  " : usual_lead();
  const auto indent = indentation(lead);
  const bool flat = !items_.empty() && (items_.back().value.starts_with('{') || items_.back().value.starts_with('[')) &&
                    items_.back().value.size() > 2 && items_.back().value.find('\n') == kNone;
  if (!indent || flat || !value.is_structured()) return value.dump();
  std::string unit = "  ";
  for (const auto& item : items_) {
    const std::size_t line = item.value.find('\n');
    if (line == kNone) continue;
    const std::size_t inner = std::min(item.value.find_first_not_of(" \t", line + 1), item.value.size());
    if (inner - line - 1 > indent->size()) unit = item.value.substr(line + 1 + indent->size(), inner - line - 1 - indent->size());
    break;
  }
  const std::string text = value.dump(static_cast<int>(unit.size()), unit.front());
  std::string result;
  for (const char c : text) result += c == '\n' ? line_end(lead) + *indent : std::string(1, c);
  return result;
}

void JsonMembers::set(std::string_view key, std::string value) { find(key)->value = std::move(value); }

void JsonMembers::remove(std::string_view key) { find(key)->removed = true; }

void JsonMembers::append(const std::string& key, std::string value) { place(items_.size(), key, std::move(value)); }

void JsonMembers::insert(const std::string& key, std::string value, const std::optional<std::string>& after) {
  if (!after) return place(0, key, std::move(value));
  const Item* item = find(*after);
  place(item == nullptr ? items_.size() : static_cast<std::size_t>(item - items_.data()) + 1, key, std::move(value));
}

void JsonMembers::place(std::size_t at, const std::string& key, std::string value) {
  Item item;
  item.key = key;
  item.value = std::move(value);
  item.name = usual_name(key);
  if (items_.empty()) {
    open_up();
    const Comments comments = comments_of(tail_);
    const std::string indent = indentation(tail_).value_or("");
    item.lead = tail_.substr(0, comments.end) + line_end(tail_) + indent + "  ";
    tail_ = line_end(tail_) + indent;
  } else if (at == items_.size()) {
    const Comments comments = comments_of(tail_);
    std::string lead = usual_lead();
    if (comments.line && lead.find('\n') == kNone) lead = "\n" + lead;
    item.lead = tail_.substr(0, comments.end) + lead;
    if (comments.end > 0) tail_ = tail_.substr(comments.end);
  } else if (at == 0 && comments_of(items_.front().lead).end == 0) {
    item.lead = items_.front().lead;
    items_.front().lead = usual_lead();
  } else {
    item.lead = usual_lead();
  }
  items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(at), std::move(item));
}

std::string JsonMembers::text() const {
  std::string out = head_;
  std::string pending;  // comments of removed members
  bool line = false;    // the last of them ends with its line
  std::size_t left = size();
  const auto keep_comments = [&](const std::string& gap) {
    const Comments comments = comments_of(gap);
    if (comments.end == 0) return;
    pending += gap.substr(0, comments.end);
    line = comments.line;
  };
  const auto settle = [&](const std::string& next) {
    out += pending;
    if (line && !pending.empty() && !next.starts_with('\n') && !next.starts_with("\r\n")) out += "\n";
    pending.clear();
    line = false;
  };
  for (const auto& item : items_) {
    if (item.removed) {
      keep_comments(item.lead);
      keep_comments(item.trail);
      continue;
    }
    settle(item.lead);
    out += item.lead + item.name + item.value + item.trail;
    if (--left > 0 || trailing_comma_) out += ",";
  }
  if (size() == 0 && !items_.empty() && pending.empty() && comments_of(tail_).end == 0) return out + rest_;
  settle(tail_);
  return out + tail_ + rest_;
}

std::optional<std::string> with_member(std::string text, const std::vector<std::string>& steps, const std::optional<Json>& value) {
  std::vector<std::string> way(steps.begin(), steps.end() - 1);
  auto members = JsonMembers::open(text, way);
  if (!members) {
    if (way.empty() || !value) return std::nullopt;
    // A map on the way is missing: it comes with the value in it.
    const auto above = JsonMembers::open(text, {way.begin(), way.end() - 1});
    if (above && above->count(way.back()) > 0) return std::nullopt;
    return with_member(std::move(text), way, Json{{steps.back(), *value}});
  }
  if (members->is_list()) return std::nullopt;
  const std::string& key = steps.back();
  if (!value) {
    if (members->count(key) == 0) return text;
    members->remove(key);
  } else if (members->count(key) > 0) {
    members->set(key, members->styled(*value));
  } else {
    members->append(key, members->styled(*value));
  }
  return members->text();
}

}  // namespace audit
