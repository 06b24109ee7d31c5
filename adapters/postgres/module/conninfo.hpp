#pragma once
// Connection strings: from what people write to what libpq takes, and to what may be shown.

#include <string>
#include <vector>

#include "auditor/model/store.hpp"

namespace audit::postgres {

struct Conninfo {
  std::string text;                  // keywords for libpq, with our defaults
  std::string location;              // "host=db1 dbname=app": may be shown
  std::vector<std::string> secrets;  // values that must never be
  bool sets_search_path = false;     // through "options"
};

// Takes URIs (also of SQLAlchemy: postgresql+asyncpg://…, ?ssl=require), keywords, "" for the environment alone. Throws
// Error(config).
[[nodiscard]] Conninfo parse_conninfo(std::string url, std::int64_t connect_timeout, const std::string& source);

// `text` with every secret replaced by ***.
[[nodiscard]] std::string without_secrets(std::string text, const std::vector<std::string>& secrets);

// Why a connection could not be made, and what to do about it.
[[nodiscard]] StoreUnavailable unavailable(const std::string& message, const std::vector<std::string>& secrets);

}  // namespace audit::postgres
