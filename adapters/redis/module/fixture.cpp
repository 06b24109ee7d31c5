#include "adapters/redis/module/fixture.hpp"

#include <sstream>

#include "adapters/redis/module/connection.hpp"

namespace audit::redis {
namespace {

constexpr int kMostDatabases = 4096;
constexpr const char* kClaim = "audit:test:claim:";
constexpr const char* kClaimSeconds = "900";

// A database of the server that nobody else has, empty at the start and again at the end.
class Database {
 public:
  explicit Database(const Address& address) {
    settings_.address = address;
    settings_.connect_timeout = 10'000;
    settings_.read_timeout = 30'000;
    claims_ = connect(settings_);
    const Reply count = claims_->ask_good({"CONFIG", "GET", "databases"});
    const int databases = count->elements == 2 ? std::min(kMostDatabases, std::atoi(count->element[1]->str)) : 16;
    for (number_ = 1; number_ < databases; ++number_) {
      const Reply claimed = claims_->ask_good({"SET", kClaim + std::to_string(number_), "1", "NX", "EX", kClaimSeconds});
      if (claimed->type == REDIS_REPLY_NIL) continue;
      own_ = settings_;
      own_.address.database = number_;
      line_ = connect(own_);
      if (line_->ask_good({"DBSIZE"})->integer == 0) return;
      line_.reset();  // somebody's data: leave it, and its claim until it runs out
    }
    throw Error(ErrorKind::source, "no database of the server is empty", "give the tests a server of their own: tests/redis start DIR");
  }
  ~Database() {
    try {
      static_cast<void>(line_->ask({"FLUSHDB"}));
      static_cast<void>(claims_->ask({"DEL", kClaim + std::to_string(number_)}));
    } catch (const Error&) {
      // The server is gone, and the database with it.
    }
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] Connection& line() { return *line_; }
  [[nodiscard]] int number() const { return number_; }

 private:
  std::unique_ptr<Connection> connect(const RedisSettings& settings) {
    try {
      return std::make_unique<Connection>(settings, never_);
    } catch (const StoreUnavailable& why) {
      throw Error(ErrorKind::source, "the server for tests: " + why.detail, why.hint);
    }
  }

  Cancellation never_;
  RedisSettings settings_;
  RedisSettings own_;
  std::unique_ptr<Connection> claims_;
  std::unique_ptr<Connection> line_;
  int number_ = 0;
};

std::string with_database(const Address& address, int number) {
  std::string login;
  if (!address.user.empty() || !address.password.empty()) login = address.user + ":" + address.password + "@";
  if (!address.socket.empty()) return "unix://" + login + address.socket + "?db=" + std::to_string(number);
  return (address.tls ? "rediss://" : "redis://") + login + address.host + ":" + std::to_string(address.port) + "/" + std::to_string(number);
}

void run_script(Connection& line, const std::string& name, const std::string& text) {
  std::istringstream lines(text);
  std::string command;
  for (int number = 1; std::getline(lines, command); ++number) {
    try {
      const auto words = command_words(command);
      if (words.empty()) continue;
      const Reply reply = line.ask({words.begin(), words.end()});
      if (is_error(*reply)) throw Error(ErrorKind::config, std::string(text_of(*reply)));
    } catch (const Error& error) {
      throw Error(ErrorKind::config, name + ":" + std::to_string(number) + ": " + error.what());
    }
  }
}

}  // namespace

std::vector<std::string> command_words(std::string_view line) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == ' ' || line[i] == '\t' || line[i] == '\r') {
      ++i;
      continue;
    }
    if (words.empty() && line[i] == '#') return words;
    std::string word;
    const char quote = line[i] == '\'' || line[i] == '"' ? line[i++] : '\0';
    for (; i < line.size(); ++i) {
      const char c = line[i];
      if (quote == '\0' ? (c == ' ' || c == '\t' || c == '\r') : c == quote) break;
      const char next = i + 1 < line.size() ? line[i + 1] : '\0';
      if (c != '\\' || quote == '\0' || (quote == '\'' && next != '\'')) {
        word += c;
      } else if (next == 'x' && i + 3 < line.size()) {
        word += static_cast<char>(std::stoi(std::string(line.substr(i + 2, 2)), nullptr, 16));
        i += 3;
      } else {
        word += next == 'n' ? '\n' : next == 'r' ? '\r' : next == 't' ? '\t' : next;
        ++i;
      }
    }
    if (quote != '\0' && i++ >= line.size()) throw Error(ErrorKind::config, "a quote does not end");
    words.push_back(std::move(word));
  }
  return words;
}

RedisFixture make_fixture(const Address& address, const std::vector<std::pair<std::string, std::string>>& scripts) {
  const auto database = std::make_shared<Database>(address);
  for (const auto& [name, text] : scripts) run_script(database->line(), name, text);
  return {with_database(address, database->number()), database};
}

}  // namespace audit::redis
