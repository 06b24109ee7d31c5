#include "auditor/cli/test_update.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "auditor/cli/test_compare.hpp"
#include "auditor/engine/strict_json.hpp"

namespace audit {

using Json = nlohmann::ordered_json;

namespace {

std::string spelled(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

bool same(const Json& a, const Json& b, const std::vector<std::string>& identity) {
  return std::all_of(identity.begin(), identity.end(), [&](const std::string& key) {
    return a.contains(key) && b.contains(key) && nlohmann::json(a.at(key)) == nlohmann::json(b.at(key));
  });
}

// `actual` with the keys of `expected` alone.
Json narrowed(const Json& actual, const Json& expected) {
  Json entry = Json::object();
  for (const auto& [key, value] : expected.items()) entry[key] = actual.contains(key) ? actual.at(key) : value;
  return entry;
}

// What is found, in the order of what was expected; new entries at the end, with `keys`.
Json merged(const Json& expected, const std::vector<Json>& actual, const std::vector<std::string>& identity,
            const std::vector<std::string>& keys) {
  Json result = Json::array();
  std::vector<bool> used(actual.size(), false);
  for (const Json& entry : expected) {
    for (std::size_t i = 0; i < actual.size(); ++i) {
      if (used[i] || !same(entry, actual[i], identity)) continue;
      used[i] = true;
      result.push_back(narrowed(actual[i], entry));
      break;
    }
  }
  for (std::size_t i = 0; i < actual.size(); ++i) {
    if (used[i]) continue;
    Json entry = Json::object();
    for (const std::string& key : keys) {
      if (key != "scope" || actual[i].at(key) != "") entry[key] = actual[i].at(key);
    }
    result.push_back(std::move(entry));
  }
  return result;
}

void update_sources(Json& document, const Report& report) {
  if (!document.contains("sources")) return;
  for (auto& [name, status] : document["sources"].items()) {
    for (const SourceReport& source : report.sources) {
      if (source.name == name) status = source.status;
    }
  }
}

void update_not_applicable(Json& document, const Report& report) {
  if (!document.contains("not_applicable")) return;
  Json kept = Json::array();
  for (const Json& id : document["not_applicable"]) {
    const bool still = std::any_of(report.checks.begin(), report.checks.end(), [&](const CheckReport& check) {
      return id == check.check && check.status == CheckStatus::not_applicable;
    });
    if (still) kept.push_back(id);
  }
  document["not_applicable"] = kept;
}

}  // namespace

std::string updated_case(const std::string& text, const std::string& file, const Report& report, int exit) {
  Json document = parse_json_file(text, file);
  document["exit"] = exit;
  if (document.contains("complete") || !report.complete) document["complete"] = report.complete;
  update_sources(document, report);
  update_not_applicable(document, report);
  std::vector<Json> findings;
  for (const Finding& finding : report.findings) findings.push_back(finding_json(finding));
  document["findings"] = merged(document.at("findings"), findings, {"check", "id"},
                                {"check", "id", "severity", "scope"});
  if (document.contains("plan")) {
    std::vector<Json> changes;
    for (const Change& change : report.plan.changes) changes.push_back(change_json(change));
    document["plan"] = merged(document["plan"], changes, {"op", "relation", "key"},
                              {"op", "relation", "key", "before", "after"});
  }
  return case_text(document);
}

std::string case_text(const Json& document) {
  std::string text = "{";
  const char* separator = "\n  ";
  for (const auto& [key, value] : document.items()) {
    text += separator + spelled(key) + ": ";
    separator = ",\n  ";
    if (!value.is_array() || value.empty() || !value.front().is_object()) {
      text += spelled(value);
      continue;
    }
    const char* comma = "[\n    ";
    for (const Json& entry : value) {
      text += comma + spelled(entry);
      comma = ",\n    ";
    }
    text += "\n  ]";
  }
  return text + "\n}\n";
}

}  // namespace audit
