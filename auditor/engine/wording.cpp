#include "auditor/engine/wording.hpp"

#include <algorithm>
#include <cctype>

#include "auditor/sys/clock.hpp"

namespace audit {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kShortenFrom = 24;
constexpr std::size_t kListedMembers = 3;

// Long ids of hex digits and dashes are recognized by their ends; words and paths stay whole.
void append_shortened(std::string& out, const std::string& text) {
  const bool is_id = text.size() >= kShortenFrom && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isxdigit(c) != 0 || c == '-'; });
  if (is_id) {
    out.append(text, 0, 4).append("…").append(text, text.size() - 4, 4);
  } else {
    out += text;
  }
}

std::string time_in_words(std::int64_t at, std::int64_t now) { return at <= now ? span_in_words(now - at) + " ago" : "in " + span_in_words(at - now); }

}  // namespace

Wording::Wording(const Check& check, const std::vector<std::string>& columns, std::int64_t now) : now_(now) {
  const std::string& pattern = check.message;
  std::string text;
  const auto flush = [&] {
    if (!text.empty()) parts_.push_back({std::move(text), kNone});
    text.clear();
  };
  for (std::size_t i = 0; i < pattern.size();) {
    const char closing = pattern[i] == '{' ? '}' : pattern[i] == '[' ? ']' : '\0';
    const auto close = closing != '\0' ? pattern.find(closing, i) : std::string::npos;
    if (close == std::string::npos) {
      text += pattern[i++];
      continue;
    }
    const std::string inside = pattern.substr(i + 1, close - i - 1);
    if (closing == '}') {
      flush();
      add_placeholder(check, columns, inside, pattern.substr(i, close - i + 1));
      i = close + 1;
      continue;
    }
    std::string before = std::move(text);
    text.clear();
    if (!before.empty()) parts_.push_back({before, kNone});
    if (add_words(inside)) {
      i = close + 1;
      continue;
    }
    if (!before.empty()) parts_.pop_back();
    text = std::move(before) + pattern[i++];
  }
  flush();
}

void Wording::add_placeholder(const Check& check, const std::vector<std::string>& columns, const std::string& name, const std::string& as_it_stands) {
  const auto column = std::find(columns.begin(), columns.end(), name);
  const bool group = !check.group.empty() && (name == "count" || name == "members");
  if (column == columns.end() && !group) {
    parts_.push_back({as_it_stands, kNone});
    return;
  }
  parts_.push_back({name, column == columns.end() ? kNone : static_cast<std::size_t>(column - columns.begin()), group, is_time_column(name)});
}

bool Wording::add_words(const std::string& inside) {
  const auto bar = inside.find('|');
  const auto number = std::find_if(parts_.rbegin(), parts_.rend(), [](const Part& part) { return !part.counted && (part.group || part.column != kNone); });
  if (bar == std::string::npos || inside.find('{') != std::string::npos || number == parts_.rend()) return false;
  Part words = *number;
  words.counted = true;
  words.one = inside.substr(0, bar);
  words.text = inside.substr(bar + 1);
  parts_.push_back(std::move(words));
  return true;
}

bool Wording::is_one(const Part& part, const Row& row, const Finding& finding) {
  const auto one = [](const Value& value) { return std::holds_alternative<std::int64_t>(value) && std::get<std::int64_t>(value) == 1; };
  if (!part.group) return one(row[part.column]);
  return std::any_of(finding.evidence.begin(), finding.evidence.end(), [&](const Evidence& fact) { return fact.name == "count" && one(fact.value); });
}

void Wording::write(const Row& row, Finding& finding) const {
  finding.message.clear();
  finding.brief.clear();
  fill(finding.message, row, finding, Words::exact);
  fill(finding.brief, row, finding, Words::brief);
}

void Wording::fill(std::string& text, const Row& row, const Finding& finding, Words words) const {
  for (const Part& part : parts_) {
    if (part.counted) {
      text += is_one(part, row, finding) ? part.one : part.text;
    } else if (part.group) {
      const auto known = std::find_if(finding.evidence.begin(), finding.evidence.end(), [&](const Evidence& fact) { return fact.name == part.text; });
      append(text, *known, words);
    } else if (part.column == kNone) {
      text += part.text;
    } else {
      append(text, row[part.column], part.time, words);
    }
  }
}

void Wording::append(std::string& text, const Value& value, bool time, Words words) const {
  if (is_null(value)) {
    text += words == Words::exact ? "null" : "nothing";
  } else if (time && std::holds_alternative<std::int64_t>(value)) {
    const auto at = std::get<std::int64_t>(value);
    text += words == Words::exact ? format_time(at) : time_in_words(at, now_);
  } else if (const auto* own = std::get_if<std::string>(&value); own != nullptr && words == Words::exact) {
    text += *own;
  } else if (words == Words::exact) {
    text += to_text(value);
  } else {
    append_shortened(text, own != nullptr ? *own : to_text(value));
  }
}

void Wording::append(std::string& text, const Evidence& evidence, Words words) const {
  const bool time = is_time_column(evidence.name);
  if (!evidence.is_list) {
    append(text, evidence.value, time, words);
    return;
  }
  const std::size_t shown = words == Words::exact ? evidence.many.size() : std::min(evidence.many.size(), kListedMembers);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += ", ";
    append(text, evidence.many[i], time, words);
  }
  if (shown < evidence.many.size()) text += " and " + std::to_string(evidence.many.size() - shown) + " more";
}

std::string span_in_words(std::int64_t ms) {
  const std::int64_t seconds = ms / 1000;
  if (seconds < 120) return std::to_string(seconds) + " s";
  if (seconds < 2 * 3600) return std::to_string(seconds / 60) + " min";
  if (seconds < 2 * 86400) return std::to_string(seconds / 3600) + " h";
  if (seconds < 730 * 86400LL) return std::to_string(seconds / 86400) + " d";
  return std::to_string(seconds / (365 * 86400LL)) + " years";
}

}  // namespace audit
