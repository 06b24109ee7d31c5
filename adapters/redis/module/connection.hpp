#pragma once
// One connection to a Redis server: commands go out in pipelines, answers come back in their order.

#include <hiredis/hiredis.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/redis/module.hpp"
#include "auditor/model/error.hpp"
#include "auditor/model/store.hpp"

namespace audit::redis {

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

[[nodiscard]] inline bool is_error(const redisReply& reply) { return reply.type == REDIS_REPLY_ERROR; }
[[nodiscard]] inline bool is_text(const redisReply& reply) {
  return reply.type == REDIS_REPLY_STRING || reply.type == REDIS_REPLY_STATUS;
}
[[nodiscard]] inline std::string_view text_of(const redisReply& reply) { return {reply.str, reply.len}; }

// Used by one thread. The settings and the cancellation must outlive it.
class Connection {
 public:
  // Connects, says who it is and takes the database. Throws StoreUnavailable; Error(interrupted).
  Connection(const RedisSettings& settings, const Cancellation& cancel);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Queues a command; it is sent with the next read() or flush().
  void append(const std::vector<std::string_view>& words);
  // Sends what is queued as far as the server takes it now.
  void flush();
  // The next answer; error answers too. Throws Error(source) when the connection is lost or the server does not answer in
  // time, Error(interrupted).
  [[nodiscard]] Reply read();
  // The same, where an error answer is a failure: Error(source) with what to do.
  [[nodiscard]] Reply read_good(std::string_view command);
  [[nodiscard]] Reply ask(const std::vector<std::string_view>& words);
  [[nodiscard]] Reply ask_good(const std::vector<std::string_view>& words);
  // Turns an error answer into Error(source). No secret is in it.
  [[noreturn]] void fail(std::string_view command, const redisReply& reply) const;

 private:
  void connect();
  void secure();
  void introduce();
  void look_around();
  void wait(bool for_writing);
  [[noreturn]] void lost() const;
  [[noreturn]] void unavailable(const std::string& what, const std::string& hint) const;

  struct Free {
    void operator()(redisContext* context) const { redisFree(context); }
  };
  const RedisSettings& settings_;
  const Cancellation& cancel_;
  std::shared_ptr<void> tls_;  // must outlive the context
  std::unique_ptr<redisContext, Free> context_;
  std::vector<const char*> words_;
  std::vector<std::size_t> lengths_;
};

// What to do about an error answer of the server, and the same as one clear sentence.
struct Explained {
  std::string what;
  std::string hint;
};
[[nodiscard]] Explained explain(std::string_view answer, std::string_view command);

}  // namespace audit::redis
