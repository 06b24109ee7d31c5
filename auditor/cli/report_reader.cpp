#include "auditor/cli/report_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "auditor/model/error.hpp"

namespace audit {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

std::string text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::int64_t number(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

class Reader {
 public:
  Reader(const std::string& file, const std::function<void(const WrittenFinding&)>& each) : file_(file), each_(each) {}

  WrittenReport read() {
    std::error_code error;
    if (fs::is_directory(file_, error)) throw Error(ErrorKind::config, "cannot read the report " + file_ + ": it is a directory", hint());
    errno = 0;
    std::ifstream in(file_, std::ios::binary);
    if (!in) {
      const char* const why = errno != 0 ? std::strerror(errno) : "it cannot be opened";
      throw Error(ErrorKind::config, "cannot read the report " + file_ + ": " + why, hint());
    }
    try {
      if (has_lines(in)) {
        for (std::string line; std::getline(in, line);) take_line(Json::parse(line));
      } else {
        take_document(in);
      }
    } catch (const Json::parse_error&) {
      throw Error(ErrorKind::config, file_ + ": not a report: it is not JSON, or ends too early", hint());
    } catch (const Json::exception&) {
      throw Error(ErrorKind::config, file_ + ": not a report: something in it is of another type", hint());
    }
    if (!whole_) throw Error(ErrorKind::config, file_ + ": not a whole report of the form audit-report/1", hint());
    return std::move(report_);
  }

 private:
  static const char* hint() { return "audit --format json=FILE writes one"; }

  // True for a document per line; the stream stands at its start again.
  static bool has_lines(std::ifstream& in) {
    std::string first;
    std::getline(in, first);
    const bool lines = first.find("\"type\"") != std::string::npos && Json::accept(first);
    in.clear();
    in.seekg(0);
    return lines;
  }

  void take_line(const Json& line) {
    const std::string type = text(line, "type");
    if (type == "run") take_run(line, text(line, "schema"));
    if (type == "check") take_check(line);
    if (type == "finding") take_finding(line);
    if (type == "summary") take_summary(line);
  }

  // Elements of the long lists are dropped as soon as they are read.
  void take_document(std::ifstream& in) {
    std::string part;
    const auto callback = [&](int depth, Json::parse_event_t event, Json& parsed) {
      if (event == Json::parse_event_t::key && depth == 1) part = parsed.get<std::string>();
      if (event != Json::parse_event_t::object_end || depth < 2) return true;
      if (part == "findings" && depth == 2) take_finding(parsed);
      if (part == "checks" && depth == 2) take_check(parsed);
      return !(depth == 2 && (part == "findings" || part == "checks" || part == "absent")) && !(part == "plan" && depth >= 2);
    };
    const Json document = Json::parse(in, callback);
    if (!document.is_object() || !document.contains("run") || !document.contains("summary")) return;
    take_run(document.at("run"), text(document, "schema"));
    take_summary(document.at("summary"));
  }

  void take_run(const Json& run, const std::string& schema) {
    if (schema != "audit-report/1") throw Error(ErrorKind::config, file_ + ": not a report of the form audit-report/1", hint());
    report_.run.id = text(run, "id");
    report_.run.mode = text(run, "mode");
    report_.run.started_at = text(run, "started_at");
    report_.run.complete = run.value("complete", false);
  }

  void take_check(const Json& check) {
    if (text(check, "status") == "ran") report_.ran.emplace(text(check, "profile"), text(check, "check"));
  }

  void take_finding(const Json& json) {
    if (!each_) return;
    WrittenFinding finding;
    finding.check = text(json, "check");
    finding.profile = text(json, "profile");
    const auto severity = severity_from(text(json, "severity"));
    finding.fingerprint = text(json, "fingerprint");
    if (finding.fingerprint.empty() || !severity) {
      throw Error(ErrorKind::config, file_ + ": a finding without fingerprint or severity", hint());
    }
    finding.severity = *severity;
    if (const auto subject = json.find("subject"); subject != json.end() && subject->is_object()) {
      finding.subject = text(*subject, "id");
    }
    finding.message = text(json, "message");
    finding.status = text(json, "status");
    each_(finding);
  }

  void take_summary(const Json& summary) {
    report_.run.errors = number(summary, "errors");
    report_.run.warnings = number(summary, "warnings");
    report_.run.notes = number(summary, "notes");
    whole_ = true;
  }

  const std::string& file_;
  const std::function<void(const WrittenFinding&)>& each_;
  WrittenReport report_;
  bool whole_ = false;
};

}  // namespace

WrittenReport read_report(const std::string& file, const std::function<void(const WrittenFinding&)>& each) {
  return Reader(file, each).read();
}

std::vector<PastRun> read_past_runs(const std::string& state_directory, std::size_t most,
                                    const std::function<void(const std::string&)>& skipped) {
  std::vector<fs::path> files;
  std::error_code error;
  if (state_directory.empty()) return {};
  for (const auto& run : fs::directory_iterator(fs::path(state_directory) / "runs", error)) {
    const fs::path file = run.path() / "report.json";
    if (fs::is_regular_file(file, error)) files.push_back(file);
  }
  // The ids of runs sort by time.
  std::sort(files.begin(), files.end());
  if (files.size() > most) files.erase(files.begin(), files.end() - static_cast<std::ptrdiff_t>(most));
  std::vector<PastRun> runs;
  for (const fs::path& file : files) {
    try {
      runs.push_back(read_report(file.string(), {}).run);
    } catch (const Error& problem) {
      skipped(problem.what());
    }
  }
  return runs;
}

}  // namespace audit
