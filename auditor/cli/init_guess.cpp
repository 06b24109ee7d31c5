#include "auditor/cli/init_guess.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "auditor/model/error.hpp"

namespace audit {

namespace {

using Names = std::vector<std::string>;

std::string spelled(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Comments end at the line, whatever a table is called.
std::string in_comment(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < ' '; }, ' ');
  return text;
}

struct RelationGuess {
  const char* relation;
  Names tables;  // names that it usually has, the likeliest first
};

const std::vector<RelationGuess>& relation_guesses() {
  static const std::vector<RelationGuess> guesses = {
      {"session",
       {"sessions", "session", "chat_sessions", "agent_sessions", "conversations", "conversation", "chats", "chat",
        "threads", "thread"}},
      {"message", {"messages", "message", "chat_messages", "session_messages", "conversation_messages", "turns"}},
      {"workspace", {"workspaces", "workspace", "worktrees", "worktree", "sandboxes", "sandbox", "environments"}},
      {"task", {"tasks", "task", "jobs", "job", "todos", "issues", "tickets"}}};
  return guesses;
}

struct ColumnGuess {
  const char* column;
  Names names;
};

const std::vector<ColumnGuess>& column_guesses(const std::string& relation) {
  static const std::vector<ColumnGuess> kCommon = {
      {"status", {"status", "state"}},
      {"created_at", {"created_at", "createdat", "created", "started_at", "inserted_at", "timestamp", "time"}},
      {"updated_at", {"updated_at", "updatedat", "updated", "modified_at"}}};
  static const std::map<std::string, std::vector<ColumnGuess>> kGuesses = {
      {"session",
       {{"kind", {"kind", "type", "mode", "role"}},
        {"task_id", {"task_id", "taskid", "job_id"}},
        {"workspace_id", {"workspace_id", "workspaceid", "worktree_id", "sandbox_id"}},
        {"parent_id", {"parent_id", "parent_session_id", "forked_from"}},
        {"user_id", {"user_id", "userid", "owner_id", "created_by"}},
        {"window_id", {"tmux_window_id", "window_id"}},
        {"message_count", {"message_count", "messages_count", "num_messages"}},
        {"active_at", {"last_activity_at", "last_active_at", "active_at", "last_seen_at"}},
        {"ended_at", {"ended_at", "endedat", "finished_at", "completed_at", "closed_at", "stopped_at"}},
        {"expires_at", {"expires_at", "expiresat"}}}},
      {"message",
       {{"session_id", {"session_id", "sessionid", "chat_session_id", "conversation_id", "chat_id", "thread_id"}},
        {"seq", {"sequence", "seq", "position", "idx", "ordinal", "turn"}},
        {"role", {"role", "author", "sender"}},
        {"body", {"content", "body", "text", "message"}}}},
      {"workspace",
       {{"session_id", {"session_id", "chat_session_id"}},
        {"task_id", {"task_id", "taskid"}},
        {"path", {"path", "directory", "worktree_path", "dir"}}}},
      {"task",
       {{"kind", {"kind", "type", "mode"}},
        {"session_id", {"session_id", "chat_session_id"}},
        {"workspace_id", {"workspace_id", "worktree_id", "sandbox_id"}},
        {"parent_id", {"parent_id", "parent_task_id"}},
        {"ended_at", {"completed_at", "finished_at", "ended_at"}}}}};
  static const auto kAll = [] {
    auto all = kGuesses;
    for (auto& [name, list] : all) list.insert(list.end(), kCommon.begin(), kCommon.end());
    return all;
  }();
  return kAll.at(relation);
}

std::string state_for(const std::string& status) {
  static const std::map<std::string, Names> kStates = {
      {"draft", {"draft", "idea"}},
      {"pending",
       {"pending", "queued", "created", "creating", "starting", "new", "init", "initializing", "assigned",
        "delegated"}},
      {"active", {"active", "running", "working", "idle", "in_progress", "open", "busy", "started", "connected"}},
      {"waiting", {"waiting", "blocked", "reviewing", "waiting_review", "needs_input"}},
      {"suspended", {"suspended", "sleeping", "paused", "hibernated", "detached"}},
      {"ended",
       {"ended", "stopped", "completed", "complete", "done", "closed", "finished", "terminated", "archived", "deleted",
        "merged"}},
      {"failed", {"failed", "error", "errored", "crashed", "timeout"}},
      {"skipped", {"skipped", "cancelled", "canceled"}}};
  std::string word = status;
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const auto& [state, words] : kStates) {
    if (std::find(words.begin(), words.end(), word) != words.end()) return state;
  }
  return {};
}

// How a time is stored, and why that is believed; "" when the column already is one.
std::pair<std::string, std::string> time_form(const SchemaColumn& column, const Value& sample) {
  if (column.type.find("timestamp") != std::string::npos && !std::holds_alternative<std::string>(sample))
    return {"timestamp", "declared " + column.type};
  if (const auto* number = std::get_if<std::int64_t>(&sample)) {
    const char* form = *number > 100'000'000'000'000'000 ? "epoch_ns"
                       : *number > 100'000'000'000'000   ? "epoch_us"
                       : *number > 100'000'000'000       ? "epoch_ms"
                                                         : "epoch_s";
    return {form, "a value is " + to_text(sample)};
  }
  if (std::holds_alternative<double>(sample)) return {"epoch_s", "a value is " + to_text(sample)};
  if (std::holds_alternative<std::string>(sample)) return {"iso8601", "a value is " + to_text(sample)};
  if (column.type.find("timestamp") != std::string::npos) return {"timestamp", "declared " + column.type};
  if (column.type.find("int") != std::string::npos)
    return {"epoch_ms", "declared " + column.type + "; it holds nothing yet, check the unit"};
  return {"iso8601",
          "declared " + (column.type.empty() ? std::string("without a type") : column.type) + "; it holds nothing yet"};
}

class Proposal {
 public:
  Proposal(const std::vector<SchemaTable>& tables, Store& store, std::string adapter)
      : tables_(tables), store_(store), adapter_(std::move(adapter)) {
    std::set<std::string> taken;
    for (const auto& guess : relation_guesses()) {
      for (const auto& name : guess.tables) {
        const SchemaTable* table = find(name);
        if (table == nullptr || taken.contains(name) || !has_key(*table)) continue;
        const bool logins = table->column("token") != nullptr && table->column("ip_address") != nullptr;
        if (logins) {
          passed_over_.push_back(name);
          continue;
        }
        chosen_[guess.relation] = table;
        taken.insert(name);
        break;
      }
    }
  }

  std::string text(const std::string& name, const InitSource& source) {
    if (!chosen_.contains("session")) {
      std::string seen;
      for (const auto& table : tables_) seen += (seen.empty() ? "" : ", ") + table.name;
      throw Error(ErrorKind::usage,
                  "no table looks like one of sessions" + (seen.empty() ? std::string() : " (it has " + seen + ")"),
                  "write the profile by hand: docs/profiles.md begins with an empty one");
    }
    out_ << "// Proposed from the schema of " << in_comment(source.location)
         << ". Every comment is a guess to check; docs/profiles.md explains the language.\n"
         << "{\n  \"profile\": " << spelled(name)
         << ",\n  \"title\": " << spelled(name + ": say in a few words what it is") << ",\n"
         << "  \"sources\": {\"db\": {\"adapter\": " << spelled(source.adapter) << ", " << spelled(source.option)
         << ": " << spelled(source.location) << "}},\n"
         << "  // What is true of this application decides which checks may judge it. Take in what holds:\n"
         << "  //   sessions-need-messages, sessions-count-messages, messages-are-unique, sessions-need-tasks, "
            "one-session-per-task,\n"
         << "  //   links-are-cleared, pending-is-brief, ended-sessions-have-an-end\n"
         << "  \"traits\": [],\n  \"relations\": {\n";
    std::size_t left = chosen_.size();
    for (const auto& guess : relation_guesses()) {
      if (const auto table = chosen_.find(guess.relation); table != chosen_.end())
        relation(guess.relation, *table->second, --left > 0);
    }
    out_ << "  }\n}\n";
    return out_.str();
  }

 private:
  [[nodiscard]] const SchemaTable* find(const std::string& name) const {
    const auto found =
        std::find_if(tables_.begin(), tables_.end(), [&](const SchemaTable& table) { return table.name == name; });
    return found == tables_.end() ? nullptr : &*found;
  }

  static bool has_key(const SchemaTable& table) {
    return std::any_of(table.columns.begin(), table.columns.end(), [](const SchemaColumn& c) { return c.key; });
  }

  void relation(const std::string& name, const SchemaTable& table, bool more) {
    Names keys;
    for (const auto& column : table.columns) {
      if (column.key) keys.push_back(column.name);
    }
    out_ << "    // The table's name suggests it.";
    if (name == "session") {
      for (const auto& other : passed_over_)
        out_ << " " << in_comment(other) << " has tokens and addresses: logins, it seems.";
    }
    out_ << "\n    " << spelled(name) << ": {\n      \"source\": \"db\", \"table\": " << spelled(table.name)
         << ", \"key\": " << spelled(keys.front()) << ",";
    if (keys.size() > 1) out_ << "  // of a key of " << keys.size() << " columns: name all of them in a list";
    out_ << "\n      \"columns\": {\n";
    lines_.clear();
    add("id", spelled(keys.front()), "primary key");
    for (const auto& guess : column_guesses(name)) column(guess, table);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      out_ << "        " << lines_[i].first << (i + 1 < lines_.size() ? "," : "") << "  // "
           << in_comment(lines_[i].second) << "\n";
    }
    out_ << "      }\n    }" << (more ? ",\n" : "\n");
  }

  void add(const std::string& column, const std::string& value, const std::string& reason) {
    lines_.emplace_back(spelled(column) + ": " + value, reason);
  }

  // By the table that a foreign key names, else by the column's name.
  void column(const ColumnGuess& guess, const SchemaTable& table) {
    const std::string canonical = guess.column;
    for (const auto& native : table.columns) {
      if (native.refers_to.empty() || canonical.size() < 4 || !canonical.ends_with("_id")) continue;
      const auto target = chosen_.find(canonical == "parent_id" ? "" : canonical.substr(0, canonical.size() - 3));
      if (target == chosen_.end() || target->second->name != native.refers_to) continue;
      add(canonical, spelled(native.name), "foreign key to " + native.refers_to);
      return;
    }
    for (const auto& name : guess.names) {
      const auto native = std::find_if(table.columns.begin(), table.columns.end(), [&](const SchemaColumn& c) {
        std::string lower = c.name;
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](unsigned char x) { return static_cast<char>(std::tolower(x)); });
        return lower == name;
      });
      if (native == table.columns.end()) continue;
      if (canonical.ends_with("_at")) {
        const auto [form, reason] = time_form(*native, column_sample(store_, table.name, native->name));
        add(canonical, "{\"from\": " + spelled(native->name) + ", \"as\": " + spelled(form) + "}", reason);
      } else {
        add(canonical, spelled(native->name), "by its name");
      }
      if (canonical == "status") state(table, native->name);
      return;
    }
  }

  void state(const SchemaTable& table, const std::string& native) {
    std::string map;
    std::string unsure;
    for (const auto& value : column_values(store_, adapter_, table.name, native)) {
      const std::string state = state_for(value);
      if (state.empty()) {
        unsure += (unsure.empty() ? "" : ", ") + value;
        continue;
      }
      map += (map.empty() ? "" : ", ") + spelled(value) + ": " + spelled(state);
    }
    if (map.empty()) {
      lines_.back().second += "; no value says what it can be: add \"state\", or no check can tell what is active" +
                              (unsure.empty() ? "" : " (" + unsure + ")");
      return;
    }
    add("state", "{\"from\": " + spelled(native) + ", \"map\": {" + map + "}, \"else\": \"unknown\"}",
        "from the values that are there; add those that are not" +
            (unsure.empty() ? "" : ", and say what these mean: " + unsure));
  }

  const std::vector<SchemaTable>& tables_;
  Store& store_;
  std::string adapter_;
  std::map<std::string, const SchemaTable*> chosen_;
  Names passed_over_;
  std::vector<std::pair<std::string, std::string>> lines_;
  std::ostringstream out_;
};

}  // namespace

std::string propose_profile(const std::string& name, const InitSource& source, const std::vector<SchemaTable>& tables,
                            Store& store) {
  return Proposal(tables, store, source.adapter).text(name, source);
}

}  // namespace audit
