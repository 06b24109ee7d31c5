#pragma once
// The one exception type of the project. Below cli/ nothing prints and nothing exits: it throws this.

#include <stdexcept>
#include <string>

namespace audit {

enum class ErrorKind {
  usage,        // the command line                                  exit 2
  config,       // a config, profile, check or case file             exit 2
  source,       // a store cannot be read                            exit 3
  check,        // a check failed while it ran                       exit 3
  repair,       // a repair could not be carried out                 exit 4
  locked,       // another repair holds the lock                     exit 5
  interrupted,  // the user stopped the run                          exit 130
};

// what() says what was being done, to what, and what went wrong; hint says what to do next (may be empty).
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& what, std::string hint = {})
      : std::runtime_error(what), kind_(kind), hint_(std::move(hint)) {}
  [[nodiscard]] ErrorKind kind() const { return kind_; }
  [[nodiscard]] const std::string& hint() const { return hint_; }

 private:
  ErrorKind kind_;
  std::string hint_;
};

}  // namespace audit
