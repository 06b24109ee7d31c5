#pragma once
// Changes in a Redis server: every key is watched before it is read, and all commands run in one MULTI/EXEC, or none does. Keys whose absence makes a row what it
// is are watched as well: a session that comes back keeps its events.
//
// Effects name what they did by their cells: "value" (a string, whole), "element" (of a list; "at": its place, from 0), "member" (of a set),
// "expires_at" (ms; NULL: never) and "dump" (a key with all that is in it, as DUMP gives it). Times to live stay what they are. Durable as far as the server is (appendfsync).

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "adapters/redis/module/store.hpp"
#include "auditor/model/writer.hpp"

namespace audit::redis {

class RedisWriter : public Writer {
 public:
  // Throws Error(repair).
  RedisWriter(const RedisSettings& settings, const StoreInfo& info, const WriteRequest& request, const Cancellation& cancel);

  // What is committed: a server shows nothing of a transaction before it runs.
  [[nodiscard]] Store& view() override { return view_; }
  [[nodiscard]] bool holds_rows() const override { return true; }
  void hold(std::span<const Unit> units) override;
  // One file of RESTORE commands: `redis-cli --pipe` takes it.
  void back_up(const std::filesystem::path& directory) override;
  void apply(std::span<const Unit> units, const UnitSink& sink) override;
  void prepare() override {}
  // Throws TryAgain when a watched key changed: nothing is made then.
  void commit() override;
  [[nodiscard]] Presence presence(const Change& effect) override;

 private:
  using Words = std::vector<std::string>;
  // Why a change is not made; nothing is queued then.
  struct NotMade {
    UnitOutcome::Kind kind;
    std::string reason;
  };
  struct Work {  // of one unit, until it is known to be whole
    std::vector<Words> commands;
    std::vector<Change> effects;
    std::map<std::string, std::string> values;
    std::map<std::string, std::vector<std::string>> lists;
  };

  void make(const Change& change, Work& work);
  void update(const Change& change, Work& work);
  void insert(const Change& change, Work& work);
  void remove(const Change& change, Work& work);
  void restore(const Change& change, Work& work);
  void take_out(const std::string& key, const Change& change, Work& work);
  void bring_back(const std::string& key, const Change& change, Work& work);
  // Throws NotMade for text that is not UTF-8.
  [[nodiscard]] static std::string json_text(const nlohmann::ordered_json& document, const std::string& key);
  void watch_absent();
  [[nodiscard]] bool is(const std::string& key, const Cells& cells, const Work& work);
  [[nodiscard]] std::vector<std::string> list_of(const std::string& key, const Work& work);
  void watch(const std::string& key);
  // A string that the commands so far write; nullptr when they write none.
  [[nodiscard]] const std::string* left_behind(const std::string& key, const Work& work) const;
  // A string as this transaction leaves it; nothing when the key is not there. Throws NotMade for another kind of value.
  [[nodiscard]] std::optional<std::string> value_of(const std::string& key, const Work& work);
  [[nodiscard]] Value expiry_of(const std::string& key);
  [[nodiscard]] Reply ask(const Words& words);

  RedisSettings settings_;
  const Cancellation& cancel_;
  WriteMode mode_;
  RedisStore view_;
  Connection line_;
  bool tells_times_ = true;
  std::vector<std::string> absent_;  // keys that were not there when rows were verified that their absence makes
  std::vector<Words> commands_;
  std::map<std::string, std::string> values_;              // strings that the commands leave behind
  std::map<std::string, std::vector<std::string>> lists_;  // lists that they leave behind
};

}  // namespace audit::redis
