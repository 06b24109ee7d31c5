#pragma once
// What the queries of repairs say about findings. Each is asked once, about all findings of its check in a profile.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "auditor/model/scan_result.hpp"

namespace audit {

class Questions {
 public:
  // `result` must outlive it and keep its rows.
  explicit Questions(const ScanResult& result) : result_(result) {}

  // What the query returned for this row of a finding; nullptr when it cannot be told.
  [[nodiscard]] const Answer* answer(OpenProfile& profile, const Check& check, const std::string& query, std::size_t row);

 private:
  struct Asked {
    bool told = false;
    std::map<std::size_t, Answer> answers;  // by row
  };
  [[nodiscard]] Asked ask(OpenProfile& profile, const Check& check, const std::string& query) const;

  const ScanResult& result_;
  std::map<std::string, Asked> asked_;  // profile, check and query
};

}  // namespace audit
