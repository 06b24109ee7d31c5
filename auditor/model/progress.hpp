#pragma once
// How long work tells what it is doing. Called from several threads; must not throw.

#include <cstdint>
#include <functional>
#include <string>

namespace audit {

// `what` is for people ("agenterm: half-created-session"); done and total count checks.
using Progress = std::function<void(const std::string& what, std::int64_t done, std::int64_t total)>;

// A line for the log at debug level: how a check was placed and why.
using DebugLog = std::function<void(const std::string& line)>;

}  // namespace audit
