#pragma once
// Names of keys with holes: "sessions:{id}", "reminder:instance:{id}:{reminder}", "sessions:{/sessionId}".

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/redis/module/json_place.hpp"

namespace audit::redis {

// What holes are filled from.
struct KnownOf {
  const std::vector<std::string>* names = nullptr;  // of captures
  const std::vector<std::string>* captures = nullptr;
  std::string_view member;           // {member}: of a set
  const JsonElement* json = nullptr;  // {/pointer}: into the value
};

// Immutable. A hole takes at least one character, the leftmost as little as it can.
class KeyPattern {
 public:
  // Throws Error(config) for a hole that does not end. `prefix` is what every key begins with.
  KeyPattern(const std::string& prefix, const std::string& text);

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }  // of its holes
  [[nodiscard]] bool fixed() const { return names_.empty(); }
  [[nodiscard]] bool match(std::string_view key, std::vector<std::string>& captures) const;
  // For SCAN MATCH: holes are `*`, everything else is itself.
  [[nodiscard]] std::string glob() const;
  // The text before the first hole.
  [[nodiscard]] std::string head() const;
  // Nothing where a hole is not known.
  [[nodiscard]] std::optional<std::string> fill(const KnownOf& known) const;

 private:
  struct Piece {
    std::string text;  // of a hole its name
    bool hole = false;
    JsonSteps steps;  // of a hole that begins with '/'
  };
  [[nodiscard]] bool match_from(std::size_t piece, std::string_view rest, std::vector<std::string>& captures) const;

  std::vector<Piece> pieces_;
  std::vector<std::string> names_;
};

}  // namespace audit::redis
