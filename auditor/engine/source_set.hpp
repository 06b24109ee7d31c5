#pragma once
// The sources of one profile during one pass: which stores there are, which could be opened, and what they map.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "auditor/engine/catalog.hpp"
#include "auditor/engine/profile.hpp"

namespace audit {

struct SourceState {
  const ProfileSource* config = nullptr;
  std::unique_ptr<Source> source;
  std::vector<StoreInfo> stores;  // with the status found so far
  bool needed = true;             // false: optional, and its condition does not hold
  // Of a source that is one store: the store, opened once or several times on one snapshot. Many stores are opened when visited.
  std::vector<std::unique_ptr<Store>> open;
  ResolvedStore resolved;  // of that store

  [[nodiscard]] const std::string& name() const { return config->spec.name; }
  bool several = false;  // it was listed with more than one store
  bool awaited = false;  // not opened yet: what it was asked is not answered
  [[nodiscard]] bool many() const { return several; }
  // The worst status among its stores.
  [[nodiscard]] StoreStatus status() const;
  [[nodiscard]] const StoreInfo* first_bad() const;
  [[nodiscard]] bool all_bad() const;
};

class SourceSet {
 public:
  // Makes the sources and lists their stores. Throws Error(config). Opens nothing.
  SourceSet(const Catalog& catalog, const Profile& profile, const Cancellation& cancel);

  // These columns read as NULL where the profile maps their relation without them.
  void fill(std::map<std::string, std::set<std::string>> columns);
  // Of these sources only the stores at these locations count. Before open().
  void confine(std::map<std::string, std::set<std::string>> locations) { only_ = std::move(locations); }
  // A store that somebody has open already, to be read in place of one that would be opened anew. It must outlive this object.
  struct Loan {
    std::string source;
    std::string location;
    Store* store = nullptr;
  };
  void lend(std::vector<Loan> loans) { loans_ = std::move(loans); }
  // Takes the lists of stores from there instead of listing them again. Before open(). `listed` must outlive this object.
  void list_as(const SourceSet& listed) { listed_ = &listed; }
  // Opens every source that is one store, `jobs` times where it allows that; what cannot be read gets its status. Sources that ask for values
  // of others are left for open_asking(). Throws Error(interrupted).
  void open(int jobs);
  // The same in two steps: first what can be opened without waiting for an answer.
  void open_ready(int jobs);
  void open_awaited(int jobs);
  // Opens the sources that ask for values of others and give rows of one of these relations. The rest of them stay without stores.
  void open_asking(const std::set<std::string>& relations, int jobs);

  [[nodiscard]] const Profile& profile() const { return profile_; }
  [[nodiscard]] std::vector<SourceState>& states() { return states_; }
  [[nodiscard]] const std::vector<SourceState>& states() const { return states_; }
  [[nodiscard]] SourceState* find(const std::string& name);
  // Generation of the profile as a whole.
  [[nodiscard]] const std::string& generation() const { return generation_; }
  // Opens one of many stores and says what it maps. Throws StoreUnavailable.
  struct Visit {
    std::unique_ptr<Store> store;
    ResolvedStore resolved;
  };
  [[nodiscard]] Visit visit(SourceState& state, const StoreInfo& info);
  // Rows of the relation `store`.
  [[nodiscard]] Table store_table() const;
  [[nodiscard]] static Table store_form();  // the same without rows
  [[nodiscard]] static Row store_row(const StoreInfo& info);
  // False when a store changed under a reader without a lock.
  [[nodiscard]] bool still_valid();

 private:
  void open_state(SourceState& state, int jobs);
  [[nodiscard]] std::vector<StoreInfo> list(SourceState& state) const;
  [[nodiscard]] std::vector<std::unique_ptr<Store>> open_store(SourceState& state, const StoreInfo& info, int count);
  void decide_generation(SourceState& state);
  void open_one(SourceState& state, int jobs);
  void tell(SourceState& state);
  [[nodiscard]] ResolvedStore resolve(const SourceState& state, Store& store);
  void fill(ResolvedStore& resolved) const;

  const Profile& profile_;
  const Cancellation& cancel_;
  std::vector<SourceState> states_;
  std::map<std::string, std::set<std::string>> only_;  // source → locations
  std::map<std::string, std::set<std::string>> filled_;  // relation → columns
  std::string generation_;
  std::vector<Loan> loans_;
  const SourceSet* listed_ = nullptr;
};

}  // namespace audit
