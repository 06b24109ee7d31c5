#include "auditor/sys/module_file.hpp"

#include <filesystem>

namespace audit {

std::string module_file(const std::string& name) {
  std::error_code error;
  const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (const char* place : {AUDIT_MODULE_FOLDER, ".", ".."}) {
    const auto file = folder / place / name;
    if (!error && std::filesystem::exists(file, error)) return file.string();
  }
  return {};
}

}  // namespace audit
