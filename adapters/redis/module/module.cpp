// What the module offers.

#include "adapters/redis/module.hpp"

#include "adapters/redis/module/fixture.hpp"
#include "adapters/redis/module/store.hpp"
#include "adapters/redis/module/writer.hpp"
#include "auditor/model/embedded.hpp"

namespace audit::redis {

namespace {

std::unique_ptr<Writer> open_writer(const RedisSettings& settings, const StoreInfo& info, const WriteRequest& request,
                                    const Cancellation& cancel) {
  try {
    return std::make_unique<RedisWriter>(settings, info, request, cancel);
  } catch (const StoreUnavailable& why) {
    throw Error(ErrorKind::repair, info.location + ": " + why.detail, why.hint);
  }
}

const RedisModule kModule = {std::string(program_version()),
                             [](const RedisSettings& settings, const StoreInfo& info, const Cancellation& cancel) -> std::unique_ptr<Store> {
                               return std::make_unique<RedisStore>(settings, info, cancel);
                             },
                             open_writer,
                             make_fixture};

}  // namespace

}  // namespace audit::redis

extern "C" __attribute__((visibility("default"))) const audit::RedisModule* audit_redis_module() {
  return &audit::redis::kModule;
}
