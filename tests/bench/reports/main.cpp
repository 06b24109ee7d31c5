// Writes a report of many findings in every format: findings per second, and how far the writer's memory grows beyond the
// report itself. reports [--findings N] [--most-growth KB] [--most-peak KB] [FORMAT...]: with --most-growth it fails for a
// format that grows further, with --most-peak when the process, the report included, was ever larger.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <ostream>
#include <streambuf>
#include <string>

#include "reports/formats.hpp"

namespace {

using namespace audit;

// Takes everything and counts it.
class Counter : public std::streambuf {
 public:
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }

 protected:
  int overflow(int c) override {
    ++bytes_;
    return c;
  }
  std::streamsize xsputn(const char*, std::streamsize count) override {
    bytes_ += count;
    return count;
  }

 private:
  std::int64_t bytes_ = 0;
};

// kB; the peak is counted from here on where `reset`.
std::int64_t resident_peak(bool reset) {
  if (reset) std::ofstream("/proc/self/clear_refs") << "5";
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::atoll(line.c_str() + 6);
  }
  return -1;
}

std::string id_of(std::size_t number) {
  char text[40];
  std::snprintf(text, sizeof text, "%08zx-1f2e-4d3c-8b5a-%012zx", number * 2654435761U % 0xffffffffU, number);
  return text;
}

Finding finding(std::size_t number) {
  static const char* const kChecks[] = {"half-created-session", "transcript-without-entry", "superseded-transcript"};
  Finding found;
  found.check = kChecks[number % 3];
  found.profile = "bench";
  found.severity = static_cast<Severity>(2 - number % 3);
  const std::string id = id_of(number);
  found.subject = {"session", "db", "project-" + std::to_string(number % 1000), id};
  found.message = "session " + id + " is working, was created 2026-02-27T10:00:00Z and has no window";
  found.brief = "session is working and has no window";
  found.evidence = {{"status", std::string("working"), {}, false},
                    {"created_at", std::int64_t{1'772'197'770'042}, {}, false},
                    {"task_id", id_of(number + 7), {}, false}};
  found.fingerprint = (id + id).substr(0, 32);
  found.repairs = {{"mark-failed", Applicability::safe, false}, {"delete", Applicability::unsafe, false}};
  return found;
}

Report make_report(std::size_t findings) {
  Report report;
  report.run_id = "bench";
  report.mode = "dry-run";
  report.version = "bench";
  report.sources = {{"bench", "db", "sqlite", "/srv/bench.db", "ok", "", "", true, {}}};
  for (const char* check : {"half-created-session", "transcript-without-entry", "superseded-transcript"}) {
    CheckReport line;
    line.check = check;
    line.profile = "bench";
    line.title = "a check";
    line.why = "because";
    report.checks.push_back(line);
  }
  for (std::size_t i = 0; i < findings; ++i) report.findings.push_back(finding(i));
  return report;
}

// Growth in kB.
std::int64_t measure(const ReportFormatEntry& format, const Report& report) {
  Counter counter;
  std::ostream out(&counter);
  const std::int64_t before = resident_peak(true);
  const auto started = std::chrono::steady_clock::now();
  format.make()->write(report, {}, out);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  const std::int64_t growth = resident_peak(false) - before;
  std::printf("%-11s %8.2f s %12.0f findings/s %10.1f MB %8lld kB growth\n", format.name, seconds,
              static_cast<double>(report.findings.size()) / seconds, static_cast<double>(counter.bytes()) / 1e6,
              static_cast<long long>(growth));
  return growth;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t findings = 1'000'000;
  long long most = -1;
  long long most_peak = -1;
  std::string wanted = " ";
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--findings" && i + 1 < argc) {
      findings = static_cast<std::size_t>(std::atoll(argv[++i]));
    } else if (word == "--most-growth" && i + 1 < argc) {
      most = std::atoll(argv[++i]);
    } else if (word == "--most-peak" && i + 1 < argc) {
      most_peak = std::atoll(argv[++i]);
    } else {
      wanted += word + " ";
    }
  }
  const audit::Report report = make_report(findings);
  std::int64_t peak = resident_peak(false);
  std::printf("a report of %zu findings: %lld kB\n", findings, static_cast<long long>(peak));
  int failed = 0;
  int measured = 0;
  for (const audit::ReportFormatEntry& format : audit::report_formats()) {
    if (wanted != " " && wanted.find(" " + std::string(format.name) + " ") == std::string::npos) continue;
    ++measured;
    const std::int64_t growth = measure(format, report);
    peak = std::max(peak, resident_peak(false));
    if (most >= 0 && growth > most) {
      std::printf("%s takes more than %lld kB\n", format.name, most);
      ++failed;
    }
  }
  if (most_peak >= 0 && peak > most_peak) {
    std::printf("the process took %lld kB, more than %lld\n", static_cast<long long>(peak), most_peak);
    ++failed;
  }
  if (measured == 0) std::printf("there is no such format\n");
  return failed > 0 || measured == 0 ? 1 : 0;
}
