#include "adapters/redis/module/connection.hpp"

#include <poll.h>

#include <chrono>

#ifdef AUDIT_REDIS_TLS
#include <hiredis/hiredis_ssl.h>
#endif

namespace audit::redis {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kSliceMs = 20;  // between two looks at the cancellation

timeval seconds(std::int64_t ms) { return {static_cast<time_t>(ms / 1000), static_cast<suseconds_t>(ms % 1000 * 1000)}; }

}  // namespace

Explained explain(std::string_view answer, std::string_view command) {
  const auto begins = [&](std::string_view word) { return answer.starts_with(word); };
  const std::string text(answer.substr(0, answer.find('\n')));
  if (begins("NOAUTH")) return {"the server wants a password", "put it into the url, redis://:password@host, or set REDIS_URL"};
  if (begins("WRONGPASS") || begins("ERR invalid password")) {
    return {"the server refuses the user or the password", "check both in the url; characters such as @ / : are written %40 %2F %3A"};
  }
  if (begins("ERR AUTH") || begins("ERR Client sent AUTH")) {
    return {"the server has no password set, and the url has one", "leave the password out of the url"};
  }
  if (begins("NOPERM")) {
    return {"the user may not run " + std::string(command) + " here (" + text + ")",
            "grant it: ACL SETUSER audit on >password ~PREFIX* +@read +scan +select +info"};
  }
  if (begins("LOADING")) return {"the server is still loading its data", "run again when it has finished"};
  if (begins("MASTERDOWN")) return {"the replica has lost its master and answers nothing", "audit the master, or wait"};
  if (begins("MOVED") || begins("ASK") || begins("CLUSTERDOWN") || begins("CROSSSLOT")) {
    return {"the server is a node of a Redis Cluster, which is not supported",
            "audit a single server or a replica that holds all keys"};
  }
  if (begins("ERR DB index") || begins("ERR invalid DB index")) return {"the server has no such database: " + text, "check the number at the end of the url"};
  return {std::string(command) + " failed: " + text, ""};
}

Connection::Connection(const RedisSettings& settings, const Cancellation& cancel) : settings_(settings), cancel_(cancel) {
  connect();
  try {
    introduce();
    look_around();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::source) throw;
    unavailable(error.what(), error.hint());
  }
}

void Connection::unavailable(const std::string& what, const std::string& hint) const {
  throw StoreUnavailable{StoreStatus::unknown, without_secrets(what, {settings_.address.password}), hint};
}

void Connection::connect() {
  const Address& address = settings_.address;
  const timeval limit = seconds(settings_.connect_timeout);
  cancel_.check();
  context_.reset(address.socket.empty() ? redisConnectWithTimeout(address.host.c_str(), address.port, limit)
                                        : redisConnectUnixWithTimeout(address.socket.c_str(), limit));
  if (!context_) unavailable("no memory for a connection", "");
  if (context_->err != 0) {
    unavailable(std::string("no connection: ") + context_->errstr, "check that the server runs, and its address in the url");
  }
  if (address.tls) secure();
}

#ifdef AUDIT_REDIS_TLS
void Connection::secure() {
  redisInitOpenSSL();
  redisSSLContextError error = REDIS_SSL_CTX_NONE;
  const char* const trusted = settings_.ca_file.empty() ? nullptr : settings_.ca_file.c_str();
  const char* const everywhere = settings_.ca_file.empty() ? "/etc/ssl/certs" : nullptr;
  redisSSLContext* const made =
      redisCreateSSLContext(trusted, everywhere, nullptr, nullptr, settings_.address.host.c_str(), &error);
  if (made == nullptr) unavailable(std::string("TLS cannot be used: ") + redisSSLContextGetError(error), "check ca_file");
  tls_ = std::shared_ptr<void>(made, [](void* context) { redisFreeSSLContext(static_cast<redisSSLContext*>(context)); });
  if (redisInitiateSSLWithContext(context_.get(), made) != REDIS_OK) {
    unavailable(std::string("no TLS connection: ") + context_->errstr, "check that the port speaks TLS, and ca_file");
  }
}
#else
void Connection::secure() {
  unavailable("TLS is not supported: hiredis was built without it here",
              "build with hiredis_ssl, or use a tunnel (stunnel, ssh -L) and redis://");
}
#endif

void Connection::introduce() {
  const Address& address = settings_.address;
  if (!address.password.empty() || !address.user.empty()) {
    std::vector<std::string_view> words = {"AUTH"};
    if (!address.user.empty()) words.emplace_back(address.user);
    words.emplace_back(address.password);
    static_cast<void>(ask_good(words));
  }
  if (address.database != 0) static_cast<void>(ask_good({"SELECT", std::to_string(address.database)}));
}

// A node of a cluster holds a part of the keys only. A server that is loading answers nothing else. Reading need not look
// like use to a server that evicts what is not used.
void Connection::look_around() {
  const Reply info = ask({"INFO"});
  if (is_error(*info) && !text_of(*info).starts_with("NOPERM")) fail("INFO", *info);
  const std::string_view text = is_error(*info) ? std::string_view() : text_of(*info);
  if (text.find("\ncluster_enabled:1") != std::string_view::npos || text.find("\nredis_mode:cluster") != std::string_view::npos) {
    const auto why = explain("MOVED", "");
    unavailable(why.what, why.hint);
  }
  if (text.find("\nredis_mode:sentinel") != std::string_view::npos) {
    unavailable("this is a Sentinel, which holds no data", "name the server that it watches");
  }
  if (text.find("\nloading:1") != std::string_view::npos) {
    const auto why = explain("LOADING", "");
    unavailable(why.what, why.hint);
  }
  static_cast<void>(ask({"CLIENT", "NO-TOUCH", "ON"}));  // since Redis 7.2; older servers refuse
}

void Connection::append(const std::vector<std::string_view>& words) {
  words_.clear();
  lengths_.clear();
  for (const auto& word : words) {
    words_.push_back(word.data());
    lengths_.push_back(word.size());
  }
  if (redisAppendCommandArgv(context_.get(), static_cast<int>(words_.size()), words_.data(), lengths_.data()) != REDIS_OK) lost();
}

void Connection::lost() const {
  throw Error(ErrorKind::source, without_secrets(std::string("the connection was lost: ") + context_->errstr, {settings_.address.password}),
              "check that the server runs, and its log");
}

void Connection::wait(bool for_writing) {
  const auto started = Clock::now();
  pollfd descriptor{context_->fd, static_cast<short>(for_writing ? POLLOUT | POLLIN : POLLIN), 0};
  while (::poll(&descriptor, 1, kSliceMs) <= 0) {
    cancel_.check();
    if (settings_.read_timeout > 0 && Clock::now() - started > std::chrono::milliseconds(settings_.read_timeout)) {
      throw Error(ErrorKind::source, "the server did not answer in time", "look at what blocks it (SLOWLOG, INFO), or set read_timeout higher");
    }
  }
}

void Connection::flush() {
  int done = 0;
  while (done == 0) {
    if (redisBufferWrite(context_.get(), &done) != REDIS_OK) lost();
    if (done == 0) wait(true);
  }
}

Reply Connection::read() {
  void* found = nullptr;
  if (redisGetReplyFromReader(context_.get(), &found) != REDIS_OK) lost();
  if (found == nullptr) flush();
  while (found == nullptr) {
    wait(false);
    if (redisBufferRead(context_.get()) != REDIS_OK) lost();
    if (redisGetReplyFromReader(context_.get(), &found) != REDIS_OK) lost();
  }
  return Reply(static_cast<redisReply*>(found));
}

void Connection::fail(std::string_view command, const redisReply& reply) const {
  const auto why = explain(text_of(reply), command);
  throw Error(ErrorKind::source, without_secrets(why.what, {settings_.address.password}), why.hint);
}

Reply Connection::read_good(std::string_view command) {
  Reply reply = read();
  if (is_error(*reply)) fail(command, *reply);
  return reply;
}

Reply Connection::ask(const std::vector<std::string_view>& words) {
  append(words);
  return read();
}

Reply Connection::ask_good(const std::vector<std::string_view>& words) {
  append(words);
  return read_good(words.front());
}

}  // namespace audit::redis
