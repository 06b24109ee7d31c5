#include "adapters/redis/redis.hpp"

#include <dlfcn.h>

#include "adapters/redis/module.hpp"
#include "auditor/model/embedded.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/duration.hpp"
#include "auditor/sys/module_file.hpp"

namespace audit {

namespace {

constexpr std::int64_t kConnectTimeout = 10'000;
constexpr std::int64_t kReadTimeout = 30'000;

#ifdef AUDIT_WITH_REDIS
constexpr bool kBuilt = true;
#else
constexpr bool kBuilt = false;
#endif

// Never unloaded.
const RedisModule& redis_module() {
  if (!kBuilt) {
    throw Error(ErrorKind::config, "Redis cannot be read: this program was built without hiredis",
                "install libhiredis-dev and build again");
  }
  static const RedisModule* const loaded = [] {
    const std::string file = module_file(kRedisModuleFile);
    if (file.empty()) {
      throw Error(ErrorKind::config, std::string("Redis cannot be read: there is no ") + kRedisModuleFile + " with the program", "install the whole program");
    }
    void* const handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
      const char* const why = ::dlerror();
      throw Error(ErrorKind::config, std::string("Redis cannot be read: ") + (why == nullptr ? "" : why),
                  "install the whole program; it needs the library hiredis");
    }
    const auto entry = reinterpret_cast<RedisModuleEntry>(::dlsym(handle, kRedisModuleEntry));
    const RedisModule* const found = entry == nullptr ? nullptr : entry();
    if (found == nullptr || found->version != program_version()) {
      throw Error(ErrorKind::config, std::string(kRedisModuleFile) + " is of another version of the program",
                  "install the program and its modules together");
    }
    return found;
  }();
  return *loaded;
}

std::string text(const SourceSpec& spec, const char* option) {
  const auto found = spec.text.find(option);
  return found == spec.text.end() ? std::string() : found->second;
}

std::int64_t span(const SourceSpec& spec, const char* option, std::int64_t otherwise) {
  const std::string stated = text(spec, option);
  if (stated.empty()) return otherwise;
  const auto ms = parse_duration(stated);
  if (!ms.has_value() || *ms < 0) {
    throw Error(ErrorKind::config, "source '" + spec.name + "': " + option + " '" + stated + "' is not a duration",
                "write it as 30s or 500ms");
  }
  return *ms;
}

class RedisSource : public Source {
 public:
  RedisSource(const SourceSpec& spec, const Cancellation& cancel) : name_(spec.name), cancel_(cancel) {
    settings_.address = redis::parse_address(text(spec, "url"), name_);
    settings_.prefix = text(spec, "prefix");
    settings_.connect_timeout = span(spec, "connect_timeout", kConnectTimeout);
    settings_.read_timeout = span(spec, "read_timeout", kReadTimeout);
    settings_.ca_file = text(spec, "ca_file");
  }

  std::vector<StoreInfo> list() override {
    StoreInfo info;
    info.source = name_;
    info.location = settings_.address.location();
    return {info};
  }

  // One connection: a second one would only make the server answer twice as much.
  std::vector<std::unique_ptr<Store>> open(const StoreInfo& store, int /*count*/) override {
    if (settings_.address.none()) {
      throw StoreUnavailable{StoreStatus::absent, "has no url", "set " + name_ + ".url"};
    }
    std::vector<std::unique_ptr<Store>> stores;
    StoreInfo info = store;
    info.status = StoreStatus::ok;
    try {
      stores.push_back(redis_module().open(settings_, info, cancel_));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::config) throw;
      throw StoreUnavailable{StoreStatus::unknown, error.what(), error.hint()};
    }
    return stores;
  }

  std::vector<std::string> provides(const std::string&) const override { return {}; }

  CommitKind commits() const override { return {20, true}; }

  std::unique_ptr<Writer> write(const StoreInfo& store, const WriteRequest& request) override {
    return redis_module().write(settings_, store, request, cancel_);
  }

 private:
  std::string name_;
  const Cancellation& cancel_;
  RedisSettings settings_;
};

class RedisAdapter : public Adapter {
 public:
  [[nodiscard]] const char* name() const override { return "redis"; }

  [[nodiscard]] std::vector<AdapterOption> options() const override {
    return {{"url", "redis://[user:password@]host[:port][/db], rediss://… (TLS), unix://…/path.sock; empty: no server"},
            {"prefix", "what every key that counts begins with"},
            {"connect_timeout", "how long to wait for the server, 10s by default"},
            {"read_timeout", "how long to wait for an answer, 30s by default"},
            {"ca_file", "certificates to trust with rediss://; those of the system by default"}};
  }

  [[nodiscard]] std::unique_ptr<Source> source(const SourceSpec& spec, const Cancellation& cancel) const override {
    return std::make_unique<RedisSource>(spec, cancel);
  }
};

}  // namespace

std::unique_ptr<Adapter> make_redis_adapter() { return std::make_unique<RedisAdapter>(); }

RedisFixture make_redis_fixture(const std::string& url,
                                const std::vector<std::pair<std::string, std::string>>& scripts) {
  return redis_module().fixture(redis::parse_address(url, "AUDIT_TEST_REDIS"), scripts);
}

}  // namespace audit
