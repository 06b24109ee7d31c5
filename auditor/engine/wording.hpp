#pragma once
// What is said of a finding: the check's message with the values of its row.

#include <cstdint>
#include <string>
#include <vector>

#include "auditor/model/check.hpp"
#include "auditor/model/finding.hpp"

namespace audit {

// Takes the message apart once, for many findings. "{n} [line|lines]" takes the word that suits the number before it.
class Wording {
 public:
  // `columns` are those of the rows; both must outlive it. `now` in ms.
  Wording(const Check& check, const std::vector<std::string>& columns, std::int64_t now);
  // Fills in message and brief. The evidence of a group has to be there already.
  void write(const Row& row, Finding& finding) const;

 private:
  struct Part {
    std::string text;                    // as it stands, where there is no column
    std::size_t column = static_cast<std::size_t>(-1);
    bool group = false;                  // of a group: the evidence of this name comes first
    bool time = false;
    bool counted = false;  // `text` suits any number but one, `one` suits that; the number is what column or group say
    std::string one = {};
  };
  enum class Words { exact, brief };

  void add_placeholder(const Check& check, const std::vector<std::string>& columns, const std::string& name, const std::string& as_it_stands);
  // Two words for what was counted, as [one|many]; false when it is not that.
  [[nodiscard]] bool add_words(const std::string& inside);
  [[nodiscard]] static bool is_one(const Part& part, const Row& row, const Finding& finding);
  void fill(std::string& text, const Row& row, const Finding& finding, Words words) const;
  void append(std::string& text, const Value& value, bool time, Words words) const;
  void append(std::string& text, const Evidence& evidence, Words words) const;

  std::vector<Part> parts_;
  std::int64_t now_;
};

// "2 h", "5 d": a span of time in words for people.
[[nodiscard]] std::string span_in_words(std::int64_t ms);

}  // namespace audit
