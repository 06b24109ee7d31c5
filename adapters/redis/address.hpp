#pragma once
// Where a Redis server is: from what people write to what a client takes, and to what may be shown.

#include <string>
#include <vector>

namespace audit::redis {

struct Address {
  bool tls = false;
  std::string host = "localhost";
  int port = 6379;
  std::string socket;  // path of a unix socket; "" = host and port
  std::string user;
  std::string password;
  int database = 0;

  [[nodiscard]] bool none() const { return socket.empty() && host.empty(); }
  // "redis://audit@db1:6379/2": without the password.
  [[nodiscard]] std::string location() const;
};

// Takes redis://, rediss:// and unix:// URLs ([user[:password]@]host[:port][/db]; unix://[user[:password]@]/path[/db], also
// ?db=N), host[:port] and the plain path of a socket. "" is no server at all. Throws Error(config) that shows no secret.
[[nodiscard]] Address parse_address(const std::string& url, const std::string& source);

// `text` with every one of these replaced by ***.
[[nodiscard]] std::string without_secrets(std::string text, const std::vector<std::string>& secrets);

}  // namespace audit::redis
