#include "adapters/files/files.hpp"

#include "adapters/files/files_store.hpp"
#include "adapters/files/files_writer.hpp"
#include "auditor/model/error.hpp"

namespace audit {
namespace {

class FilesSource : public Source {
 public:
  FilesSource(std::string name, std::string path, const Cancellation& cancel)
      : name_(std::move(name)), path_(std::move(path)), cancel_(cancel) {}

  [[nodiscard]] std::vector<StoreInfo> list() override {
    StoreInfo info;
    info.source = name_;
    info.location = path_;
    return {info};
  }

  // One store: its threads share what was read once.
  [[nodiscard]] std::vector<std::unique_ptr<Store>> open(const StoreInfo& store, int count) override {
    StoreInfo info = store;
    info.status = StoreStatus::ok;
    std::vector<std::unique_ptr<Store>> stores;
    stores.push_back(std::make_unique<FilesStore>(std::move(info), store.location, count, cancel_));
    return stores;
  }

  [[nodiscard]] CommitKind commits() const override { return {30, false}; }
  [[nodiscard]] std::unique_ptr<Writer> write(const StoreInfo& store, const WriteRequest& request) override {
    return make_files_writer(store, store.location, request, cancel_);
  }

  [[nodiscard]] bool writes_by_mapping() const override { return true; }

  [[nodiscard]] std::vector<std::string> provides(const std::string& relation) const override {
    return files_columns(relation);
  }

 private:
  std::string name_;
  std::string path_;
  const Cancellation& cancel_;
};

class FilesAdapter : public Adapter {
 public:
  [[nodiscard]] const char* name() const override { return "files"; }

  [[nodiscard]] std::vector<AdapterOption> options() const override {
    return {{"path", "directory that holds everything"}};
  }

  [[nodiscard]] std::unique_ptr<Source> source(const SourceSpec& spec, const Cancellation& cancel) const override {
    const auto path = spec.text.find("path");
    if (path == spec.text.end() || path->second.empty()) {
      throw Error(ErrorKind::config, "source '" + spec.name + "': path is missing", "set " + spec.name + ".path");
    }
    return std::make_unique<FilesSource>(spec.name, path->second, cancel);
  }
};

}  // namespace

std::unique_ptr<Adapter> make_files_adapter() { return std::make_unique<FilesAdapter>(); }

}  // namespace audit
