#pragma once
// Changes single members of a JSON or JSON5 text; every other byte of it stays what it was.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace audit {

// The members of one map or list of a text. Comments, blanks, the order of members and the style of each stay; a new member takes the style of those that are there.
// A removed member takes its comma with it and leaves comments behind. One thread at a time.
class JsonMembers {
 public:
  // `steps` lead from the top of the text to the map or list. Nothing when it is not there or the text is none that a reader of JSON5 takes.
  [[nodiscard]] static std::optional<JsonMembers> open(std::string text, const std::vector<std::string>& steps);

  // Members with this key; of a list the key is the position, as it was when the text was opened.
  [[nodiscard]] std::size_t count(std::string_view key) const;
  // The text of the value, of several the last; nothing when there is none.
  [[nodiscard]] std::optional<std::string_view> value(std::string_view key) const;
  // The key of the member before; nothing when it is the first.
  [[nodiscard]] std::optional<std::string> before(std::string_view key) const;
  [[nodiscard]] bool is_list() const { return list_; }
  [[nodiscard]] std::size_t size() const;
  // A value in the style in which a new member of this map is written.
  [[nodiscard]] std::string styled(const nlohmann::ordered_json& value) const;

  // The key must be there.
  void set(std::string_view key, std::string value);
  void remove(std::string_view key);
  // Behind the member `after`, or as the first when that is nothing; last when there is no such member any more.
  void insert(const std::string& key, std::string value, const std::optional<std::string>& after);
  void append(const std::string& key, std::string value);

  [[nodiscard]] std::string text() const;

 private:
  struct Item {
    std::string key;
    std::string lead;   // blanks and comments before it
    std::string name;   // with the colon and what stands around it
    std::string value;
    std::string trail;  // between it and its comma
    bool removed = false;
  };
  struct Scan;

  JsonMembers() = default;
  [[nodiscard]] const Item* find(std::string_view key) const;
  [[nodiscard]] Item* find(std::string_view key);
  [[nodiscard]] std::string usual_lead() const;
  [[nodiscard]] std::string usual_name(const std::string& key) const;
  void open_up();
  void place(std::size_t at, const std::string& key, std::string value);

  std::string head_;  // up to and with the opening bracket
  std::vector<Item> items_;
  std::string tail_;  // behind the last member or its comma
  std::string rest_;  // from the closing bracket on
  bool trailing_comma_ = false;
  bool list_ = false;
};

// The text with the value at `steps` set, or taken away when `value` is nothing; maps on the way that are missing are made. `text` is one JSON value.
// Nothing when something on the way is no map.
[[nodiscard]] std::optional<std::string> with_member(std::string text, const std::vector<std::string>& steps,
                                                     const std::optional<nlohmann::ordered_json>& value);

}  // namespace audit
