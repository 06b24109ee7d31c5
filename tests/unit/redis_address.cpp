// Addresses of Redis servers: what is taken, what is refused, what is shown.

#include "adapters/redis/address.hpp"

#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using audit::redis::Address;
using audit::redis::parse_address;

namespace {

Address parsed(const std::string& url) { return parse_address(url, "redis"); }

}  // namespace

TEST_CASE("Redis addresses: host, port, database and login") {
  const Address address = parsed("redis://audit:p%40ss%2Fword:1@db1:6380/2");
  CHECK(address.host == "db1");
  CHECK(address.port == 6380);
  CHECK(address.database == 2);
  CHECK(address.user == "audit");
  CHECK(address.password == "p@ss/word:1");
  CHECK_FALSE(address.tls);
  CHECK(address.location() == "redis://audit@db1:6380/2");
}

TEST_CASE("Redis addresses: what may be left out") {
  CHECK(parsed("redis://").host == "localhost");
  CHECK(parsed("redis://localhost/").database == 0);
  CHECK(parsed("redis://:secret@db1").user.empty());
  CHECK(parsed("redis://:secret@db1").password == "secret");
  CHECK(parsed("redis://:secret@db1").location() == "redis://db1");
  CHECK(parsed("db1:7000").port == 7000);
  CHECK(parsed("redis://db1?db=4").database == 4);
  CHECK(parsed("redis://[::1]:7000/1").host == "::1");
  CHECK(parsed("redis://[::1]:7000/1").location() == "redis://[::1]:7000/1");
  CHECK(parsed("rediss://db1").tls);
  CHECK(parsed("").none());
  CHECK(parsed("").location() == "no server");
}

TEST_CASE("Redis addresses: sockets") {
  CHECK(parsed("unix:///run/redis.sock").socket == "/run/redis.sock");
  CHECK(parsed("unix:///run/redis.sock/3").database == 3);
  CHECK(parsed("unix:///run/redis.sock?db=3").database == 3);
  CHECK(parsed("unix://audit:x@/run/redis.sock").password == "x");
  CHECK(parsed("unix://audit:x@/run/redis.sock").location() == "unix://audit@/run/redis.sock");
  CHECK(parsed("/run/redis.sock").socket == "/run/redis.sock");
}

TEST_CASE("Redis addresses: what makes no sense is refused without showing a secret") {
  for (const std::string url : {"http://x:hidden@db1", "redis://x:hidden@db1:port", "redis://x:hidden@db1/none", "redis://x:hidden@db1:70000",
                                "redis://x:hidden%zz@db1", "unix://x:hidden@run/redis.sock", "redis://x:hidden@db1?family=6"}) {
    CAPTURE(url);
    try {
      static_cast<void>(parsed(url));
      FAIL("taken");
    } catch (const audit::Error& error) {
      CHECK(error.kind() == audit::ErrorKind::config);
      CHECK(std::string(error.what()).find("hidden") == std::string::npos);
      CHECK(error.hint().find("hidden") == std::string::npos);
    }
  }
}

TEST_CASE("Redis addresses: secrets leave every text") {
  CHECK(audit::redis::without_secrets("AUTH open failed: open", {"open", ""}) == "AUTH *** failed: ***");
}
