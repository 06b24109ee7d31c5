#pragma once
// One PostgreSQL database, open for writing: one SERIALIZABLE transaction.

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/postgres/module/statements.hpp"
#include "adapters/postgres/module/store.hpp"
#include "auditor/model/writer.hpp"

namespace audit::postgres {

class PostgresWriter : public Writer {
 public:
  // Throws Error(repair) where nothing can be written; StoreUnavailable.
  PostgresWriter(StoreInfo info, Settings settings, const Cancellation& cancel, const WriteRequest& request);

  [[nodiscard]] Store& view() override { return store_; }
  void back_up(const std::filesystem::path& directory) override;
  void apply(std::span<const Unit> units, const UnitSink& sink) override;
  void prepare() override;
  void commit() override;
  [[nodiscard]] Presence presence(const Change& effect) override;

 private:
  // Units that are made together.
  struct Batch {
    struct Member {
      std::size_t unit = 0;  // number in apply()'s list
      std::vector<Step> steps;
      UnitOutcome problem;  // applied: none
    };
    std::vector<Member> members;
    std::set<std::string> rows;  // that they name
    std::size_t steps = 0;
    std::size_t bytes = 0;
  };
  using Members = std::span<Batch::Member>;
  // What the server is making, with nobody waiting for it.
  struct Sent {
    Batch batch;
    std::vector<Step*> steps;
    std::string savepoint;
  };

  // The unit's steps; nothing, with the outcome given, when it cannot be made at all.
  [[nodiscard]] bool plan(const Unit& unit, std::size_t number, Batch::Member& member, const UnitSink& sink);
  [[nodiscard]] static std::vector<Step*> all_steps(Members members);  // as if nothing had been tried
  [[nodiscard]] std::vector<Step*> compare(Members members, bool may_be_late);
  void make(Batch batch, const UnitSink& sink);
  // Lets the server make it while the units before and after it are worked on.
  void send(Sent next, std::string sql, Parameters parameters, const UnitSink& sink);
  // Whether the tables that refer to those of the steps, and those that they refer to, were looked at already.
  [[nodiscard]] bool all_around_known(const std::vector<Step*>& steps);
  // "" where the steps are to be made with all care.
  [[nodiscard]] std::string plain_statement(const std::vector<Step*>& steps, Parameters& parameters);
  // Waits for what was sent. Taken back, and made with all care, when something speaks against it.
  void receive(const UnitSink& sink);
  void make_again(Sent sent, const UnitSink& sink);
  // Makes them in one go; where that fails, each half by itself.
  void make_members(Members members, const UnitSink& sink);
  void make_one_by_one(Batch::Member& member, const UnitSink& sink);
  [[nodiscard]] bool make_together_again(Members members, const UnitSink& sink);
  void make_waiting(const UnitSink& sink);
  void settle(Members members, const UnitSink& sink);
  void refuse_what_cannot_write();
  // Runs `work`; what the server says becomes Error(repair).
  template <typename Work>
  auto asked(const Work& work);

  Settings settings_;
  WriteMode mode_;
  std::string place_;  // "postgres 'db' (host=…)"
  std::shared_ptr<Connection> connection_;
  PostgresStore store_;
  std::optional<Sent> sent_;
  std::string first_savepoint_;  // of those that were sent; "" for none
  int savepoints_ = 0;
  std::vector<Batch::Member> waiting_;  // mode restore: rows that the others may bring what they refer to
};

}  // namespace audit::postgres
