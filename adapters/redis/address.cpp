#include "adapters/redis/address.hpp"

#include <algorithm>

#include "auditor/model/error.hpp"

namespace audit::redis {
namespace {

constexpr int kDefaultPort = 6379;
constexpr int kMostDatabases = 1'000'000;

bool is_number(const std::string& text) {
  return !text.empty() && text.size() <= 6 && text.find_first_not_of("0123456789") == std::string::npos;
}

class Parser {
 public:
  explicit Parser(std::string source) : source_(std::move(source)) {}

  Address parse(std::string url) {
    Address address;
    if (url.empty()) {
      address.host.clear();
      return address;
    }
    const std::string scheme = take_scheme(url);
    address.tls = scheme == "rediss";
    take_query(url, address);
    const bool socket = scheme == "unix" || (scheme.empty() && url.starts_with('/'));
    take_login(url, address);
    if (socket) {
      take_socket(url, address);
    } else {
      take_host(url, address);
    }
    return address;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorKind::config, "source '" + source_ + "': " + what,
                "write it as redis://user:password@host:6379/0, rediss://… or unix:///path/redis.sock");
  }

  std::string take_scheme(std::string& url) const {
    const auto end = url.find("://");
    if (end == std::string::npos) return {};
    std::string scheme = url.substr(0, end);
    std::transform(scheme.begin(), scheme.end(), scheme.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (scheme == "redis+unix" || scheme == "redis-socket") scheme = "unix";
    if (scheme != "redis" && scheme != "rediss" && scheme != "unix") fail("url is none of redis://, rediss:// and unix://");
    url.erase(0, end + 3);
    return scheme;
  }

  void take_query(std::string& url, Address& address) const {
    const auto mark = url.find('?');
    if (mark == std::string::npos) return;
    std::string query = url.substr(mark + 1);
    url.erase(mark);
    while (!query.empty()) {
      const auto end = std::min(query.find('&'), query.size());
      const std::string pair = query.substr(0, end);
      query.erase(0, end + 1);
      if (pair.starts_with("db=") && is_number(pair.substr(3))) {
        address.database = std::stoi(pair.substr(3));
      } else if (!pair.empty()) {
        fail("url has a parameter that is not known: " + pair.substr(0, pair.find('=')));
      }
    }
  }

  void take_login(std::string& url, Address& address) const {
    const auto at = url.rfind('@');
    if (at == std::string::npos) return;
    const std::string login = url.substr(0, at);
    url.erase(0, at + 1);
    const auto colon = login.find(':');
    address.user = decoded(login.substr(0, colon));
    if (colon != std::string::npos) address.password = decoded(login.substr(colon + 1));
  }

  // "/run/redis.sock/2" is database 2.
  void take_socket(std::string path, Address& address) const {
    const auto slash = path.rfind('/');
    if (slash != std::string::npos && slash > 0 && is_number(path.substr(slash + 1))) {
      address.database = database(path.substr(slash + 1));
      path.erase(slash);
    }
    if (!path.starts_with('/')) fail("url names no socket: the path must begin with /");
    address.socket = decoded(path);
    address.host.clear();
  }

  void take_host(std::string rest, Address& address) const {
    const auto slash = rest.find('/');
    if (slash != std::string::npos) {
      const std::string number = rest.substr(slash + 1);
      rest.erase(slash);
      if (!number.empty()) address.database = database(number);
    }
    const auto bracket = rest.rfind(']');
    const auto colon = rest.rfind(':');
    if (colon != std::string::npos && (bracket == std::string::npos || colon > bracket)) {
      const std::string port = rest.substr(colon + 1);
      if (!is_number(port) || std::stoi(port) > 65535) fail("url has no valid port");
      address.port = std::stoi(port);
      rest.erase(colon);
    }
    if (rest.starts_with('[') && rest.ends_with(']')) rest = rest.substr(1, rest.size() - 2);
    if (!rest.empty()) address.host = decoded(rest);
  }

  [[nodiscard]] int database(const std::string& text) const {
    if (!is_number(text) || std::stoi(text) > kMostDatabases) fail("url has no valid database number");
    return std::stoi(text);
  }

  [[nodiscard]] std::string decoded(const std::string& text) const {
    static const std::string kDigits = "0123456789abcdef";
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '%' || i + 2 >= text.size()) {
        plain += text[i];
        continue;
      }
      const auto high = kDigits.find(static_cast<char>(text[i + 1] | 0x20));
      const auto low = kDigits.find(static_cast<char>(text[i + 2] | 0x20));
      if (high == std::string::npos || low == std::string::npos) fail("url has a % that begins no escape");
      plain += static_cast<char>(high * 16 + low);
      i += 2;
    }
    return plain;
  }

  std::string source_;
};

}  // namespace

std::string Address::location() const {
  if (none()) return "no server";
  const std::string login = user.empty() ? "" : user + "@";
  const std::string number = database == 0 ? "" : "/" + std::to_string(database);
  if (!socket.empty()) return "unix://" + login + socket + number;
  const bool bare = host.find(':') == std::string::npos;
  return (tls ? "rediss://" : "redis://") + login + (bare ? host : "[" + host + "]") +
         (port == kDefaultPort ? "" : ":" + std::to_string(port)) + number;
}

Address parse_address(const std::string& url, const std::string& source) { return Parser(source).parse(url); }

std::string without_secrets(std::string text, const std::vector<std::string>& secrets) {
  for (const auto& secret : secrets) {
    if (secret.empty()) continue;
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3)) text.replace(at, secret.size(), "***");
  }
  return text;
}

}  // namespace audit::redis
