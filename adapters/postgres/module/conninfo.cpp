#include "adapters/postgres/module/conninfo.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "auditor/model/error.hpp"

namespace audit::postgres {

namespace {

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

bool is_secret(const std::string& keyword) { return keyword == "password" || keyword == "sslpassword"; }

// What drivers of other languages add to a URI and libpq does not know.
std::string for_libpq(std::string url) {
  const auto scheme = url.find("://");
  if (scheme == std::string::npos) return url;
  if (const auto plus = url.find('+'); plus < scheme) url.erase(plus, scheme - plus);
  const auto question = url.find('?');
  if (question == std::string::npos) return url;
  std::string result = url.substr(0, question);
  char separator = '?';
  for (auto at = question + 1; at <= url.size();) {
    const auto end = std::min(url.find('&', at), url.size());
    std::string item = url.substr(at, end - at);
    at = end + 1;
    if (item.starts_with("ssl=")) item = "sslmode=" + (item == "ssl=true" ? "require" : item.substr(4));
    const std::string name = item.substr(0, item.find('='));
    const std::vector<std::string> foreign = {"prepared_statement_cache_size",
                                              "statement_cache_size",
                                              "prepared_statement_name_func",
                                              "async_fallback",
                                              "pgbouncer",
                                              "connection_limit",
                                              "pool_timeout"};
    if (item.empty() || std::find(foreign.begin(), foreign.end(), name) != foreign.end()) continue;
    result += separator + item;
    separator = '&';
  }
  return result;
}

std::string quoted(const std::string& value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text + "'";
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

Conninfo parse_conninfo(std::string url, std::int64_t connect_timeout, const std::string& source) {
  // libpq's own message repeats parts of the text, and a misplaced password with them.
  const Options options(PQconninfoParse(for_libpq(std::move(url)).c_str(), nullptr));
  if (!options) {
    throw Error(ErrorKind::config, "source '" + source + "': url is no connection string",
                "write postgresql://user@host:port/database or host=… dbname=… (special characters in a URI as %XX)");
  }
  Conninfo result;
  bool has_timeout = std::getenv("PGCONNECT_TIMEOUT") != nullptr;
  bool has_name = false;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    const std::string keyword = option->keyword;
    const char* const environment = option->envvar == nullptr ? nullptr : std::getenv(option->envvar);
    const std::string value = option->val == nullptr ? "" : option->val;
    const std::string effective = value.empty() && environment != nullptr ? environment : value;
    if (is_secret(keyword) && !effective.empty()) result.secrets.push_back(effective);
    if (keyword == "options" && contains(effective, "search_path")) result.sets_search_path = true;
    const std::vector<std::string> shown = {"service", "host", "hostaddr", "port", "dbname", "user"};
    if (std::find(shown.begin(), shown.end(), keyword) != shown.end() && !effective.empty()) {
      result.location += (result.location.empty() ? "" : " ") + keyword + "=" + effective;
    }
    if (value.empty()) continue;
    if (keyword == "connect_timeout") has_timeout = true;
    if (keyword == "application_name") has_name = true;
    result.text += (result.text.empty() ? "" : " ") + keyword + "=" + quoted(value);
  }
  if (!has_timeout)
    result.text += " connect_timeout=" + std::to_string(std::max<std::int64_t>(2, connect_timeout / 1000));
  if (!has_name) result.text += " fallback_application_name=audit";
  result.text += " client_encoding=UTF8";
  if (result.location.empty()) result.location = "the default server";
  return result;
}

std::string without_secrets(std::string text, const std::vector<std::string>& secrets) {
  for (const auto& secret : secrets) {
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3))
      text.replace(at, secret.size(), "***");
  }
  return text;
}

StoreUnavailable unavailable(const std::string& message, const std::vector<std::string>& secrets) {
  std::string text = without_secrets(message, secrets);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  const auto fatal = text.rfind("FATAL:");
  const std::string why = fatal == std::string::npos ? text.substr(0, text.find('\n'))
                                                     : text.substr(text.find_first_not_of(' ', fatal + 6));
  if (contains(text, "authentication failed") || contains(text, "no password supplied")) {
    return {StoreStatus::unknown, why, "set the password in PGPASSFILE (~/.pgpass) or in the url of the source"};
  }
  if (contains(text, "no pg_hba.conf entry"))
    return {StoreStatus::unknown, why, "the server does not let this user in from here: its pg_hba.conf"};
  if (contains(text, "does not exist"))
    return {StoreStatus::absent, why, "check the database and the role in the url of the source"};
  if (contains(text, "definition of service"))
    return {StoreStatus::unknown, why, "check PGSERVICEFILE or ~/.pg_service.conf"};
  if (contains(text, "Connection refused") || contains(text, "No such file or directory") ||
      contains(text, "could not translate host name")) {
    return {StoreStatus::dead, why, "check that the server runs, and host and port in the url of the source"};
  }
  return {StoreStatus::unknown, why, "check the url of the source with psql"};
}

}  // namespace audit::postgres
