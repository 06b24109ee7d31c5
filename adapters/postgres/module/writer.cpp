#include "adapters/postgres/module/writer.hpp"

#include <algorithm>
#include <utility>

#include "adapters/postgres/module/back_up.hpp"

namespace audit::postgres {

namespace {

constexpr std::size_t kSteps = 1000;
constexpr std::size_t kBytes = 4U << 20U;
constexpr const char* kMissingParent = "23503";

std::size_t size_of(const Cells& cells) {
  std::size_t bytes = 0;
  for (const auto& [column, value] : cells) {
    bytes += 16;
    if (const auto* text = std::get_if<std::string>(&value)) bytes += text->size();
    if (const auto* blob = std::get_if<Blob>(&value)) bytes += 2 * blob->bytes.size();
  }
  return bytes;
}

Settings for_writing(Settings settings, const WriteRequest& request) {
  settings.lock_timeout = std::max<std::int64_t>(1, request.lock_timeout.count());
  return settings;
}

// What no single unit is to blame for.
bool is_of_all(const Failure& failure) {
  return failure.kind() != ErrorKind::check || failure.state() == "55P03" || failure.state() == "57014";
}

std::string spelled_row(const Step& step) {
  std::string text = step.table->sql;
  for (const auto& [column, value] : step.row) text += '\0' + column + spelled({value});
  return text;
}

std::string hint_to_write(const std::string& state) {
  if (state == "42501") return "grant what the message names, or connect as a role that has it";
  if (state == "55P03") return "something holds a lock on the rows; run again, or set lock_timeout higher";
  if (state == "57014")
    return "the statement timeout stopped it; set statement_timeout of the source higher, or repair less at once with "
           "--batch";
  if (state == "25006") return "the transaction may not write; connect to the primary server, as a role that may write";
  return {};
}

}  // namespace

template <typename Work>
auto PostgresWriter::asked(const Work& work) {
  try {
    return work();
  } catch (const TryAgain& again) {
    throw TryAgain(place_ + ": " + again.what());
  } catch (const Failure& failure) {
    const std::string hint = hint_to_write(failure.state());
    throw Error(ErrorKind::repair, place_ + ": " + failure.what(), hint.empty() ? failure.hint() : hint);
  }
}

PostgresWriter::PostgresWriter(StoreInfo info, Settings settings, const Cancellation& cancel,
                               const WriteRequest& request)
    : settings_(for_writing(std::move(settings), request)),
      mode_(request.mode),
      place_("postgres '" + info.source + "' (" + info.location + ")"),
      connection_(std::make_shared<Connection>(settings_, cancel, "", Access::write)),
      store_(std::move(info), connection_) {
  asked([this] { refuse_what_cannot_write(); });
}

void PostgresWriter::refuse_what_cannot_write() {
  const pqxx::result is = connection_->exec(
      "SELECT pg_is_in_recovery()::integer, (current_setting('transaction_read_only') = 'on' OR "
      "current_setting('default_transaction_read_only') = 'on')::integer, current_user");
  if (to_integer(value_of(is, 0, 0)) != 0)
    throw Error(ErrorKind::repair, place_ + " is a standby and can only be read", "set url to the primary server");
  if (to_integer(value_of(is, 0, 1)) != 0) {
    throw Error(ErrorKind::repair,
                place_ + ": transactions of role " + to_text(value_of(is, 0, 2)) + " are read-only by default",
                "connect as a role that may write, or add options=-cdefault_transaction_read_only=off to the url");
  }
  // What is wrong is to show in the unit that it is wrong with, not at the end.
  static_cast<void>(connection_->exec("SET CONSTRAINTS ALL IMMEDIATE"));
}

void PostgresWriter::back_up(const std::filesystem::path& directory) {
  asked([&] { back_up_tables(*connection_, store_.catalog(), settings_, directory); });
}

bool PostgresWriter::plan(const Unit& unit, std::size_t number, Batch::Member& member, const UnitSink& sink) {
  member.unit = number;
  for (const Change* const change : unit.changes) {
    std::string obstacle;
    // To look at a table means to ask; what is on its way is to fail by itself.
    if (!store_.catalog().known().contains(change->table)) receive(sink);
    try {
      member.steps.push_back(make_step(number, *change, store_.catalog(), obstacle));
    } catch (const TryAgain&) {
      throw;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::repair) throw;
      obstacle = error.what();
    }
    if (obstacle.empty()) continue;
    sink(number, {UnitOutcome::Kind::refused, obstacle, {}});
    return false;
  }
  return true;
}

void PostgresWriter::apply(std::span<const Unit> units, const UnitSink& sink) {
  asked([&] {
    Batch batch;
    for (std::size_t i = 0; i < units.size(); ++i) {
      Batch::Member member;
      if (!plan(units[i], i, member, sink)) continue;
      std::set<std::string> rows;
      bool again = false;
      std::size_t bytes = 0;
      for (const auto& step : member.steps) {
        if (!step.row.empty() && !rows.insert(spelled_row(step)).second) again = true;
        bytes += size_of(step.change->before) + size_of(step.change->after);
      }
      const bool meets =
          std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return batch.rows.contains(row); });
      if (again || meets || batch.steps + member.steps.size() > kSteps || batch.bytes + bytes > kBytes) {
        if (!batch.members.empty()) make(std::exchange(batch, {}), sink);
      }
      if (again) {
        receive(sink);
        make_one_by_one(member, sink);
        continue;
      }
      batch.rows.merge(rows);
      batch.steps += member.steps.size();
      batch.bytes += bytes;
      batch.members.push_back(std::move(member));
    }
    if (!batch.members.empty()) make(std::move(batch), sink);
    receive(sink);
    if (!first_savepoint_.empty()) connection_->release(std::exchange(first_savepoint_, {}));
    make_waiting(sink);
  });
}

void PostgresWriter::settle(Members members, const UnitSink& sink) {
  for (auto& member : members) {
    UnitOutcome outcome = std::move(member.problem);
    for (auto& step : member.steps) {
      if (outcome.kind == UnitOutcome::Kind::applied && !step.made) outcome.effects.push_back(std::move(step.effect));
    }
    sink(member.unit, std::move(outcome));
  }
}

std::vector<Step*> PostgresWriter::all_steps(Members members) {
  std::vector<Step*> all;
  for (auto& member : members) {
    member.problem = {};
    for (auto& step : member.steps) {
      step.image.reset();
      all.push_back(&step);
    }
  }
  return all;
}

// Locks and compares the members' rows; the steps of those that can be made. In the same savepoint as the changes: a
// lock and a change of one row by different ones cost the server a record of both. Rows that only go are compared as
// they go.
std::vector<Step*> PostgresWriter::compare(Members members, bool may_be_late) {
  std::vector<Step*> all = all_steps(members);
  const auto is_removal = [](const Step* step) { return step->change->op == ChangeOp::remove; };
  if (may_be_late && mode_ == WriteMode::repair && std::all_of(all.begin(), all.end(), is_removal)) return all;
  load(*connection_, all);
  std::vector<Step*> ready;
  for (auto& member : members) {
    for (auto& step : member.steps) {
      auto problem = judge(step, mode_);
      if (!problem.has_value()) continue;
      member.problem = std::move(*problem);
      break;
    }
    if (member.problem.kind != UnitOutcome::Kind::applied) continue;
    for (auto& step : member.steps) {
      if (!step.made) ready.push_back(&step);
    }
  }
  return ready;
}

void PostgresWriter::make(Batch batch, const UnitSink& sink) {
  if (mode_ == WriteMode::repair) {
    auto steps = all_steps(batch.members);
    if (!all_around_known(steps)) receive(sink);
    Parameters parameters;
    std::string sql = plain_statement(steps, parameters);
    if (!sql.empty()) return send({std::move(batch), std::move(steps), ""}, std::move(sql), std::move(parameters), sink);
  }
  receive(sink);
  make_members(batch.members, sink);
}

bool PostgresWriter::all_around_known(const std::vector<Step*>& steps) {
  const auto& known = store_.catalog().known();
  const TableFacts* last = nullptr;
  return std::all_of(steps.begin(), steps.end(), [&](const Step* step) {
    if (std::exchange(last, step->table) == step->table) return true;
    const auto& children = step->table->children;
    const auto& parents = step->table->parents;
    return std::all_of(children.begin(), children.end(), [&](const auto& key) { return known.contains(key.child); }) &&
           std::all_of(parents.begin(), parents.end(), [&](const auto& key) { return known.contains(key.parent); });
  });
}

// A table around that may not be looked at need not matter: the careful way finds out.
std::string PostgresWriter::plain_statement(const std::vector<Step*>& steps, Parameters& parameters) {
  try {
    return is_plain_removal(store_.catalog(), steps) ? plain_removal(store_.catalog(), steps, parameters) : "";
  } catch (const TryAgain&) {
    throw;
  } catch (const Failure& failure) {
    if (is_of_all(failure)) throw;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::repair) throw;
  }
  return "";
}

void PostgresWriter::send(Sent next, std::string sql, Parameters parameters, const UnitSink& sink) {
  next.savepoint = "sent" + std::to_string(++savepoints_);
  std::optional<Sent> before = std::exchange(sent_, std::nullopt);
  pqxx::result gone;
  try {
    if (before.has_value()) gone = connection_->answer();
  } catch (const Failure& failure) {
    if (is_of_all(failure)) throw;
    make_again(std::move(*before), sink);
    before.reset();
  }
  connection_->ask(std::move(sql), std::move(parameters), next.savepoint);
  if (first_savepoint_.empty()) first_savepoint_ = next.savepoint;
  sent_ = std::move(next);
  if (!before.has_value()) return;
  if (note_plain_removal(gone, before->steps)) return settle(before->batch.members, sink);
  next = std::move(*std::exchange(sent_, std::nullopt));
  static_cast<void>(connection_->forget_answer());
  make_again(std::move(*before), sink);
  make_members(next.batch.members, sink);
}

void PostgresWriter::receive(const UnitSink& sink) {
  if (!sent_.has_value()) return;
  Sent sent = std::move(*std::exchange(sent_, std::nullopt));
  try {
    if (note_plain_removal(connection_->answer(), sent.steps)) return settle(sent.batch.members, sink);
  } catch (const Failure& failure) {
    if (is_of_all(failure)) throw;
  }
  make_again(std::move(sent), sink);
}

void PostgresWriter::make_again(Sent sent, const UnitSink& sink) {
  connection_->back_to(sent.savepoint);
  make_members(sent.batch.members, sink);
}

void PostgresWriter::make_members(Members members, const UnitSink& sink) {
  UnitOutcome why;
  bool circle = false;
  try {
    connection_->attempt([&] { make_steps(*connection_, store_.catalog(), compare(members, true)); });
    return settle(members, sink);
  } catch (const CannotMake& cannot) {
    why = {cannot.kind, cannot.reason, {}};
    circle = true;
  } catch (const Failure& failure) {
    if (is_of_all(failure)) throw;
    why = {UnitOutcome::Kind::refused, failure.what(), {}};
    circle = failure.state() == kMissingParent;
  }
  if (members.size() > 1) {
    make_members(members.subspan(0, members.size() / 2), sink);
    make_members(members.subspan(members.size() / 2), sink);
    return;
  }
  Batch::Member& member = members.front();
  if (circle && member.steps.size() > 1 && make_together_again(members, sink)) return;
  if (circle && mode_ == WriteMode::restore) {
    waiting_.push_back(std::move(member));
    return;
  }
  member.problem = std::move(why);
  settle(members, sink);
}

bool PostgresWriter::make_together_again(Members members, const UnitSink& sink) {
  try {
    connection_->attempt([&] { make_together(*connection_, store_.catalog(), compare(members, false)); });
  } catch (const CannotMake&) {
    return false;
  } catch (const Failure& failure) {
    if (is_of_all(failure)) throw;
    return false;
  }
  settle(members, sink);
  return true;
}

// Changes of one row, one after the other: each finds what the one before it left.
void PostgresWriter::make_one_by_one(Batch::Member& member, const UnitSink& sink) {
  UnitOutcome outcome;
  try {
    connection_->attempt([&] {
      for (auto& step : member.steps) {
        load(*connection_, {&step});
        if (auto problem = judge(step, mode_)) throw CannotMake{problem->kind, problem->reason};
        if (step.made) continue;
        make_steps(*connection_, store_.catalog(), {&step});
        outcome.effects.push_back(std::move(step.effect));
      }
    });
  } catch (const CannotMake& cannot) {
    outcome = {cannot.kind, cannot.reason, {}};
  } catch (const Failure& failure) {
    if (is_of_all(failure)) throw;
    outcome = {UnitOutcome::Kind::refused, failure.what(), {}};
  }
  sink(member.unit, std::move(outcome));
}

// Now all the others are back: what they refer to may be there, or they refer to each other.
void PostgresWriter::make_waiting(const UnitSink& sink) {
  std::vector<Batch::Member> waiting = std::move(waiting_);
  waiting_.clear();
  if (waiting.empty() || make_together_again(waiting, sink)) return;
  for (auto& member : waiting) {
    if (make_together_again({&member, 1}, sink)) continue;
    sink(member.unit, {UnitOutcome::Kind::refused,
                       "a row that " + member.steps.front().table->shown + " refers to is not there any more",
                       {}});
  }
}

void PostgresWriter::prepare() {
  asked([this] { static_cast<void>(connection_->exec("SET CONSTRAINTS ALL IMMEDIATE")); });
}

void PostgresWriter::commit() {
  asked([this] { connection_->commit(); });
}

Presence PostgresWriter::presence(const Change& effect) {
  return asked([&] {
    std::string ignored;
    Step step = make_step(0, effect, store_.catalog(), ignored);
    load(*connection_, {&step});
    const TableFacts& table = *step.table;
    if (!step.image.has_value()) {
      if (effect.op == ChangeOp::remove) return Presence::after;
      return effect.op == ChangeOp::insert ? Presence::before : Presence::other;
    }
    if (effect.op != ChangeOp::remove && holds(*step.image, effect.after, table)) return Presence::after;
    return effect.op != ChangeOp::insert && holds(*step.image, effect.before, table) ? Presence::before
                                                                                     : Presence::other;
  });
}

}  // namespace audit::postgres
