#include "adapters/postgres/module/back_up.hpp"

namespace audit::postgres {

void back_up_tables(Connection&, Catalog&, const Settings&, const std::filesystem::path&) {
  throw Error(ErrorKind::repair, "not yet");
}

}  // namespace audit::postgres
