#include "adapters/files/paths.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "auditor/model/error.hpp"

namespace audit {
namespace {

constexpr const char* kRelation = "file";

enum Field : std::size_t { f_source, f_scope, f_defect, f_path, f_real_path, f_kind, f_size, f_modified_at, f_count };
constexpr std::array<const char*, f_count> kColumns{"source",    "scope", "defect", "path",
                                                    "real_path", "kind",  "size",   "modified_at"};
using FileRow = std::array<Value, f_count>;

std::size_t column_or_fail(const std::string& name) {
  const auto found = std::find(kColumns.begin(), kColumns.end(), name);
  if (found == kColumns.end()) {
    throw Error(ErrorKind::config, "file has no column '" + name + "'", "see `audit explain file`");
  }
  return static_cast<std::size_t>(found - kColumns.begin());
}

void set_unknown(FileRow& row, const std::string& why) {
  row[f_kind] = std::string("unknown");
  row[f_defect] = why;
}

void set_facts(FileRow& row, const struct stat& status, const char* kind) {
  row[f_kind] = std::string(kind);
  row[f_size] = static_cast<std::int64_t>(status.st_size);
  row[f_modified_at] = static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1000 +
                       static_cast<std::int64_t>(status.st_mtim.tv_nsec) / 1'000'000;
}

const char* kind_of(const struct stat& status) {
  if (S_ISREG(status.st_mode)) return "file";
  if (S_ISDIR(status.st_mode)) return "directory";
  return "other";
}

bool means_missing(int error) { return error == ENOENT || error == ENOTDIR; }

FileRow look_at(const std::string& source, const std::string& path) {
  FileRow row;
  row[f_source] = source;
  row[f_scope] = std::string();
  row[f_path] = path;
  if (path.empty() || path[0] != '/' || path.find('\0') != std::string::npos) {
    set_unknown(row, "not an absolute path");
    return row;
  }
  struct stat own {};
  if (::lstat(path.c_str(), &own) != 0) {
    const int error = errno;
    if (means_missing(error)) {
      row[f_kind] = std::string("missing");
    } else {
      set_unknown(row, std::strerror(error));
    }
    return row;
  }
  struct stat target {};
  if (::stat(path.c_str(), &target) != 0) {
    const int error = errno;
    if (means_missing(error) || error == ELOOP) {
      set_facts(row, own, "symlink");
    } else {
      set_unknown(row, std::strerror(error));
    }
    return row;
  }
  set_facts(row, target, kind_of(target));
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  if (real) row[f_real_path] = std::string(real.get());
  return row;
}

class PathsStore : public Store {
 public:
  PathsStore(StoreInfo info, std::shared_ptr<const std::vector<std::string>> paths, const Cancellation& cancel)
      : info_(std::move(info)), paths_(std::move(paths)), cancel_(cancel) {}

  [[nodiscard]] const StoreInfo& info() const override { return info_; }

  [[nodiscard]] bool has(const std::string& table, const std::string& column) override {
    return table == kRelation &&
           (column.empty() || std::find(kColumns.begin(), kColumns.end(), column) != kColumns.end());
  }

  [[nodiscard]] Value probe(const std::string& /*sql*/) override {
    throw Error(ErrorKind::config, "source '" + info_.source + "' is a list of paths: it cannot be asked with SQL",
                "probe a source of another adapter");
  }

  void scan(const RelationMapping& relation, const std::vector<std::string>& columns, const RowSink& sink) override {
    std::vector<std::size_t> wanted;
    for (const std::string& name : columns) wanted.push_back(column_or_fail(name));
    Row row(columns.size());
    for (std::size_t part = 0; part < relation.parts.size(); ++part) {
      for (const std::string& path : *paths_) {
        cancel_.check();
        const FileRow file = look_at(info_.source, path);
        for (std::size_t i = 0; i < wanted.size(); ++i) row[i] = file[wanted[i]];
        if (!sink(row)) return;
      }
    }
  }

  [[nodiscard]] Host* host() override { return nullptr; }

  [[nodiscard]] std::vector<std::pair<std::string, Value>> native_row(
      const RelationPart& /*part*/, const std::vector<std::pair<std::string, Value>>& key) override {
    for (const std::string& path : *paths_) {
      const FileRow file = look_at(info_.source, path);
      const auto same = [&file](const std::pair<std::string, Value>& cell) {
        const Value& mine = file[column_or_fail(cell.first)];
        return !is_null(mine) && !is_null(cell.second) && to_text(mine) == to_text(cell.second);
      };
      if (key.empty() || !std::all_of(key.begin(), key.end(), same)) continue;
      std::vector<std::pair<std::string, Value>> cells;
      for (std::size_t i = f_path; i < f_count; ++i) cells.emplace_back(kColumns[i], file[i]);
      return cells;
    }
    return {};
  }

 private:
  StoreInfo info_;
  std::shared_ptr<const std::vector<std::string>> paths_;
  const Cancellation& cancel_;
};

class PathsSource : public Source {
 public:
  PathsSource(std::string name, std::vector<std::string> of, const Cancellation& cancel)
      : name_(std::move(name)), of_(std::move(of)), cancel_(cancel) {}

  [[nodiscard]] std::vector<StoreInfo> list() override { return {make_info()}; }

  [[nodiscard]] std::vector<std::unique_ptr<Store>> open(const StoreInfo& /*store*/, int count) override {
    const auto paths = std::make_shared<const std::vector<std::string>>(told_paths());
    std::vector<std::unique_ptr<Store>> stores;
    do {
      stores.push_back(std::make_unique<PathsStore>(make_info(), paths, cancel_));
    } while (static_cast<int>(stores.size()) < count);
    return stores;
  }

  [[nodiscard]] std::vector<std::string> provides(const std::string& relation) const override {
    if (relation != kRelation) return {};
    return {kColumns.begin(), kColumns.end()};
  }

  [[nodiscard]] std::vector<std::string> asks_for() const override { return of_; }

  void tell(const std::string& column, std::vector<std::string> values) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    told_[column] = std::move(values);
  }

 private:
  [[nodiscard]] StoreInfo make_info() const {
    StoreInfo info;
    info.source = name_;
    info.location = "paths named by ";
    for (const std::string& column : of_) info.location += (&column == &of_.front() ? "" : ", ") + column;
    return info;
  }

  // Sorted, each once. What was told is given away: a source is opened once.
  [[nodiscard]] std::vector<std::string> told_paths() {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::vector<std::string> paths;
    for (auto& [column, values] : told_) std::move(values.begin(), values.end(), std::back_inserter(paths));
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    if (!paths.empty() && paths.front().empty()) paths.erase(paths.begin());
    return paths;
  }

  std::string name_;
  std::vector<std::string> of_;
  const Cancellation& cancel_;
  std::mutex mutex_;
  std::map<std::string, std::vector<std::string>> told_;
};

class PathsAdapter : public Adapter {
 public:
  [[nodiscard]] const char* name() const override { return "paths"; }

  [[nodiscard]] std::vector<AdapterOption> options() const override {
    return {{"of", "list of \"relation.column\" whose values are the paths to look at"}};
  }

  [[nodiscard]] std::unique_ptr<Source> source(const SourceSpec& spec, const Cancellation& cancel) const override {
    std::vector<std::string> of;
    if (const auto list = spec.lists.find("of"); list != spec.lists.end()) of = list->second;
    if (const auto one = spec.text.find("of"); one != spec.text.end()) of.push_back(one->second);
    if (of.empty()) {
      throw Error(ErrorKind::config, "source '" + spec.name + "': option of is missing",
                  "say which columns hold paths, like \"of\": [\"workspace.path\"]");
    }
    for (const std::string& column : of) {
      const std::size_t dot = column.find('.');
      if (dot != std::string::npos && dot > 0 && dot + 1 < column.size() &&
          column.find('.', dot + 1) == std::string::npos) {
        continue;
      }
      throw Error(ErrorKind::config, "source '" + spec.name + "': '" + column + "' is no relation and column",
                  "write it like workspace.path");
    }
    return std::make_unique<PathsSource>(spec.name, std::move(of), cancel);
  }
};

}  // namespace

std::unique_ptr<Adapter> make_paths_adapter() { return std::make_unique<PathsAdapter>(); }

}  // namespace audit
