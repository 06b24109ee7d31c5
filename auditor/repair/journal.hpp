#pragma once
// The journal of a run: what it was about to do and what it did, written before each effect (docs/journal.md has the format).

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "auditor/model/scan_result.hpp"
#include "auditor/sys/durable_file.hpp"

namespace audit {

inline constexpr int kJournalVersion = 1;

struct JournalHead {
  std::string run;
  std::string mode;       // repair, undo
  std::string undoes;     // the run that this one undoes
  std::int64_t started_at = 0;  // ms
  std::string program;    // version
  std::string command;
  std::vector<ProfileOrigin> profiles;  // to open the same stores again; no secrets
};

struct JournalStore {
  std::string profile;
  std::string source;
  std::string adapter;
  std::string location;
  int visibility = 0;
  bool atomic = true;
};

// How a run ended.
enum class RunEnd {
  open,        // it did not: it is running, or it died
  applied,     // every change that it began is made
  taken_back,  // nothing of its last round is left
};
[[nodiscard]] const char* to_string(RunEnd end);

// Writes the journal of one run. A round is one transaction over several stores; a run has one or more.
// Every member throws Error(repair); after that nothing more can be written.
class JournalWriter {
 public:
  // Makes the file; durable on return.
  JournalWriter(const std::filesystem::path& file, const JournalHead& head);
  // Goes on with the journal of a run that died, after its whole records: what follows them is cut off.
  JournalWriter(const std::filesystem::path& file, std::int64_t whole_bytes);

  // The number of the store in this run.
  int store(const JournalStore& store);
  void begin_round(int round);
  void effect(int store, std::int64_t unit, const Change& effect);
  // What was recorded is durable on return.
  void sync() { file_.sync(); }
  // All effects of the round are durable on return, and there is room for what is still to be said.
  void prepared(int round);
  // Durable on return. Seals what was written so far: an empty file beside the journal says how many bytes of it must be there, so that a journal which lost some
  // of them later is never taken for that of a run which had not come so far.
  void committing(int store);
  void committed(int store);
  void taking_back(int store);  // durable on return
  void taken_back(int store);
  void round_done(int round);
  void done(RunEnd end);  // durable on return

 private:
  void record(const std::string& json);

  AppendFile file_;
  int stores_ = 0;
  std::string line_;
};

// What a journal says. Effects stay in the file and are read one by one. Used by one thread at a time.
class Journal {
 public:
  // Reads as far as the journal is whole: a record that was cut by a crash, and what was written with it, is as if it had never been written. Throws Error(repair)
  // when it cannot be read, is of a newer version, is damaged before its end, or is shorter than it was sealed.
  explicit Journal(const std::filesystem::path& file);

  struct EffectPlace {
    std::int64_t offset = 0;
    std::uint32_t length = 0;
    int store = 0;
    int round = 0;
    std::int64_t unit = 0;
  };
  struct Round {
    int number = 0;
    bool prepared = false;
    bool done = false;
    std::set<int> committing, committed, taking_back, taken_back;
  };

  [[nodiscard]] const JournalHead& head() const { return head_; }
  [[nodiscard]] const std::vector<JournalStore>& stores() const { return stores_; }
  [[nodiscard]] const std::vector<EffectPlace>& effects() const { return effects_; }
  [[nodiscard]] const std::vector<Round>& rounds() const { return rounds_; }
  [[nodiscard]] RunEnd end() const { return end_; }
  // Whether the effect's store committed it and it was not taken back.
  [[nodiscard]] bool in_effect(const EffectPlace& place) const;
  [[nodiscard]] std::int64_t effects_in_effect() const;
  // Profile, source and location are those of its store.
  [[nodiscard]] Change effect(const EffectPlace& place) const;
  // Bytes that hold whole records; what follows them was cut by a crash.
  [[nodiscard]] std::int64_t whole_bytes() const { return whole_bytes_; }

 private:
  void read_record(std::string_view json, std::int64_t offset);
  Round& round_at_end();

  std::filesystem::path file_;
  mutable std::ifstream in_;
  JournalHead head_;
  std::vector<JournalStore> stores_;
  std::vector<EffectPlace> effects_;
  std::vector<Round> rounds_;
  RunEnd end_ = RunEnd::open;
  std::int64_t whole_bytes_ = 0;
};

}  // namespace audit
