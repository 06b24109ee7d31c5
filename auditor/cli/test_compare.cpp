#include "auditor/cli/test_compare.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace audit {

using Json = nlohmann::ordered_json;

namespace {

Json as_json(const Value& value) {
  switch (value.index()) {
    case 1:
      return std::get<std::int64_t>(value);
    case 2:
      return std::get<double>(value);
    case 3:
      return std::get<std::string>(value);
    case 4:
      return to_text(value);
    default:
      return nullptr;
  }
}

Json as_json(const Cells& cells) {
  Json json = Json::object();
  for (const auto& [name, value] : cells) json[name] = as_json(value);
  return json;
}

}  // namespace

Json finding_json(const Finding& finding) {
  Json evidence = Json::object();
  for (const Evidence& item : finding.evidence) {
    Json many = Json::array();
    for (const Value& value : item.many) many.push_back(as_json(value));
    evidence[item.name] = item.is_list ? many : as_json(item.value);
  }
  return {{"check", finding.check},
          {"id", finding.subject.id},
          {"severity", to_string(finding.severity)},
          {"relation", finding.subject.relation},
          {"source", finding.subject.source},
          {"scope", finding.subject.scope},
          {"message", finding.message},
          {"evidence", evidence}};
}

Json change_json(const Change& change) {
  return {{"op", to_string(change.op)},
          {"relation", change.relation},
          {"source", change.source},
          {"table", change.table},
          {"key", as_json(change.key)},
          {"before", change.op == ChangeOp::insert ? Json(nullptr) : as_json(change.before)},
          {"after", change.op == ChangeOp::remove ? Json(nullptr) : as_json(change.after)},
          {"check", change.check}};
}

namespace {

std::string spelled(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// Equal text for equal values: keys in order, true and false as the numbers that stores hold.
nlohmann::json normal(const Json& json) {
  if (json.is_boolean()) return json.get<bool>() ? 1 : 0;
  nlohmann::json result = json.is_object() ? nlohmann::json::object() : nlohmann::json::array();
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) result[key] = normal(value);
    return result;
  }
  if (json.is_array()) {
    for (const Json& value : json) result.push_back(normal(value));
    return result;
  }
  return nlohmann::json(json);
}

bool equal(const Json& a, const Json& b) { return normal(a) == normal(b); }

// Pairs expected entries with actual ones of the same identity and tells what is left or differs.
class Matcher {
 public:
  Matcher(std::string what, std::vector<std::string> identity)
      : what_(std::move(what)), identity_(std::move(identity)) {}

  void match(const Json& expected, const std::vector<Json>& actual, std::vector<std::string>& differences) const {
    std::vector<bool> used(actual.size(), false);
    std::vector<const Json*> open;
    // Those that fit in everything first, so that of two with one identity each finds its own.
    for (const Json& entry : expected) {
      if (!take(actual, used,
                [&](const Json& one) { return same_identity(entry, one) && unlike(entry, one).empty(); })) {
        open.push_back(&entry);
      }
    }
    for (const Json* entry : open) {
      const Json* near = take(actual, used, [&](const Json& one) { return same_identity(*entry, one); });
      differences.push_back(near == nullptr ? "missing " + what_ + ": " + spelled(*entry) : different(*entry, *near));
    }
    for (std::size_t i = 0; i < actual.size(); ++i) {
      if (!used[i]) differences.push_back("unexpected " + what_ + ": " + spelled(actual[i]));
    }
  }

 private:
  template <typename Fits>
  static const Json* take(const std::vector<Json>& actual, std::vector<bool>& used, const Fits& fits) {
    for (std::size_t i = 0; i < actual.size(); ++i) {
      if (used[i] || !fits(actual[i])) continue;
      used[i] = true;
      return &actual[i];
    }
    return nullptr;
  }

  [[nodiscard]] bool same_identity(const Json& expected, const Json& actual) const {
    return std::all_of(identity_.begin(), identity_.end(),
                       [&](const std::string& key) { return equal(expected.at(key), actual.at(key)); });
  }

  static std::vector<std::string> unlike(const Json& expected, const Json& actual) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : expected.items()) {
      if (!equal(value, actual.at(key))) keys.push_back(key);
    }
    return keys;
  }

  [[nodiscard]] std::string different(const Json& expected, const Json& actual) const {
    std::string text = "different " + what_ + ": " + spelled(actual);
    for (const std::string& key : unlike(expected, actual)) {
      text += "\n  " + key + " expected " + spelled(expected.at(key)) + "\n  " + std::string(key.size(), ' ') +
              " got      " + spelled(actual.at(key));
    }
    return text;
  }

  std::string what_;
  std::vector<std::string> identity_;
};

void compare_sources(const TestCase& test, const Report& report, std::vector<std::string>& differences) {
  for (const auto& [name, status] : test.sources) {
    const auto found = std::find_if(report.sources.begin(), report.sources.end(),
                                    [&wanted = name](const SourceReport& source) { return source.name == wanted; });
    const std::string got = found == report.sources.end() ? "no such source" : found->status;
    if (got != status) differences.push_back("source " + name + ": expected " + status + ", got " + got);
  }
}

void compare_checks(const TestCase& test, const Report& report, std::vector<std::string>& differences) {
  for (const std::string& id : test.not_applicable) {
    const auto found = std::find_if(report.checks.begin(), report.checks.end(),
                                    [&](const CheckReport& check) { return check.check == id; });
    const std::string got = found == report.checks.end() ? "no such check" : to_string(found->status);
    if (got != "not-applicable") differences.push_back("check " + id + ": expected not-applicable, got " + got);
  }
  for (const CheckReport& check : report.checks) {
    if (check.status == CheckStatus::failed && test.complete) {
      differences.push_back("check " + check.check + " failed: " + check.reason);
    }
  }
}

}  // namespace

std::vector<std::string> compare_case(const TestCase& test, const Report& report, int exit) {
  std::vector<std::string> differences;
  if (exit != test.exit)
    differences.push_back("exit: expected " + std::to_string(test.exit) + ", got " + std::to_string(exit));
  if (report.complete != test.complete) {
    differences.push_back(std::string("complete: expected ") + (test.complete ? "true" : "false") + ", got " +
                          (report.complete ? "true" : "false"));
    for (const SourceReport& source : report.sources) {
      if (source.status != "ok")
        differences.push_back("source " + source.name + " is " + source.status + ": " + source.detail);
    }
  }
  compare_sources(test, report, differences);
  compare_checks(test, report, differences);
  std::vector<Json> findings;
  for (const Finding& finding : report.findings) findings.push_back(finding_json(finding));
  Matcher("finding", {"check", "id"}).match(*test.findings, findings, differences);
  if (test.plan == nullptr) return differences;
  std::vector<Json> changes;
  for (const Change& change : report.plan.changes) changes.push_back(change_json(change));
  Matcher("change", {"op", "relation", "key"}).match(*test.plan, changes, differences);
  return differences;
}

}  // namespace audit
