#pragma once
// Whole text files.

#include <functional>
#include <iosfwd>
#include <string>

namespace audit {

// The bytes of a file. Throws Error(config) that says why it cannot be read.
[[nodiscard]] std::string read_text_file(const std::string& path);

// Writes a file so that no reader ever sees half of it: beside it, synced, then renamed over it; a symbolic link keeps
// pointing to it. What is not a regular file (/dev/null, a pipe) is written directly. Throws Error(usage); nothing is
// left beside the file then.
void write_text_file(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace audit
