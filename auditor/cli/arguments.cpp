// Cutting the command line into command, options and operands.

#include <algorithm>

#include "auditor/cli/options.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"

namespace audit {

namespace {

bool has(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

[[noreturn]] void unknown_option(const std::string& name) {
  std::vector<std::string> known;
  for (const OptionSpec& spec : option_specs()) {
    if (spec.group != nullptr) known.emplace_back(spec.name);
  }
  const std::string near = nearest(name, known);
  throw Error(ErrorKind::usage, "unknown option --" + name,
              near.empty() ? "`audit --help` lists the options" : "did you mean --" + near + "?");
}

const OptionSpec& letter_option(char letter) {
  for (const OptionSpec& spec : option_specs()) {
    if (spec.letter == letter) return spec;
  }
  throw Error(ErrorKind::usage, std::string("unknown option -") + letter, "`audit --help` lists the options");
}

class Splitter {
 public:
  Splitter(const std::vector<std::string>& words, const std::vector<std::string>& commands,
           const std::vector<std::string>& operand_commands)
      : words_(words), commands_(commands), operand_commands_(operand_commands) {}

  Arguments split() {
    for (; at_ < words_.size(); ++at_) {
      const std::string& word = words_[at_];
      if (word == "--") {
        result_.operands.insert(result_.operands.end(), words_.begin() + static_cast<std::ptrdiff_t>(at_) + 1,
                                words_.end());
        break;
      }
      if (word.starts_with("--")) {
        long_option(word.substr(2));
      } else if (word.size() > 1 && word.front() == '-') {
        letters(word.substr(1));
      } else {
        plain(word);
      }
    }
    return std::move(result_);
  }

 private:
  void long_option(const std::string& text) {
    const auto equals = text.find('=');
    const OptionSpec* spec = find_option(text.substr(0, equals));
    if (spec == nullptr) unknown_option(text.substr(0, equals));
    if (equals == std::string::npos) return option(*spec);
    if (spec->value == nullptr)
      throw Error(ErrorKind::usage, std::string("option --") + spec->name + " takes no value");
    value(*spec, text.substr(equals + 1));
  }

  // -q, -qn, -p agenterm, -pagenterm
  void letters(const std::string& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const OptionSpec& spec = letter_option(text[i]);
      if (spec.value != nullptr && i + 1 < text.size()) return value(spec, text.substr(i + 1));
      option(spec);
    }
  }

  // An option whose value, if it takes one, is the next word.
  void option(const OptionSpec& spec) {
    open_ = nullptr;
    if (spec.value == nullptr) {
      result_.options.push_back(std::string("--") + spec.name);
    } else {
      const bool there = at_ + 1 < words_.size() && !words_[at_ + 1].starts_with("--");
      value(spec, there ? words_[++at_] : "");
    }
  }

  void value(const OptionSpec& spec, const std::string& text) {
    if (text.empty()) {
      throw Error(ErrorKind::usage, std::string("option --") + spec.name + " needs a value",
                  std::string("--") + spec.name + " " + spec.value);
    }
    result_.options.push_back(std::string("--") + spec.name + "=" + text);
    open_ = spec.many ? &spec : nullptr;
  }

  void plain(const std::string& word) {
    const bool first = result_.command.empty() && result_.operands.empty();
    if (first && has(commands_, word)) {
      result_.command = word;
      open_ = nullptr;
    } else if (open_ != nullptr && !has(operand_commands_, result_.command)) {
      value(*open_, word);
    } else {
      result_.operands.push_back(word);
    }
  }

  const std::vector<std::string>& words_;
  const std::vector<std::string>& commands_;
  const std::vector<std::string>& operand_commands_;
  Arguments result_;
  std::size_t at_ = 0;
  const OptionSpec* open_ = nullptr;  // option of many values that the next word may belong to
};

std::string quoted(const std::string& word) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./=:,@%+").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace

Arguments split_arguments(const std::vector<std::string>& words, const std::vector<std::string>& commands,
                          const std::vector<std::string>& operand_commands) {
  return Splitter(words, commands, operand_commands).split();
}

namespace {

// "db.url=postgresql://user:***@host/db": what is shown and kept holds no password.
std::string shown(std::string value) {
  const auto scheme = value.find("://");
  const auto at = value.find('@', scheme == std::string::npos ? 0 : scheme);
  const auto colon = scheme == std::string::npos ? std::string::npos : value.find(':', scheme + 3);
  if (colon != std::string::npos && at != std::string::npos && colon < at) value.replace(colon + 1, at - colon - 1, "***");
  for (auto found = value.find("password="); found != std::string::npos; found = value.find("password=", found + 9)) {
    const auto end = value.find_first_of(" &", found);
    value.replace(found + 9, (end == std::string::npos ? value.size() : end) - found - 9, "***");
  }
  return value;
}

}  // namespace

std::string call_again(const std::vector<std::string>& options) {
  static const std::vector<std::string> kept{
      "config",   "profile", "set",   "check", "exclude",   "checks",       "grace",       "now",
      "baseline", "unsafe",  "allow", "only",  "state-dir", "irreversible", "max-changes", "max-fraction"};
  std::string call = "audit";
  for (const std::string& option : options) {
    const auto equals = option.find('=');
    const std::string name = option.substr(2, equals == std::string::npos ? equals : equals - 2);
    if (!has(kept, name)) continue;
    call += " --" + name;
    if (equals != std::string::npos) call += " " + quoted(shown(option.substr(equals + 1)));
  }
  return call;
}

}  // namespace audit
