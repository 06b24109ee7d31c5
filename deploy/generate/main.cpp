// Writes the manual pages and completions: audit_generate DIR SCHEMA. A part of the build, not of the program.

#include <filesystem>
#include <functional>
#include <iostream>

#include "adapters/all.hpp"
#include "auditor/model/embedded.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/text_file.hpp"
#include "deploy/generate/manual.hpp"

namespace {

using Write = std::function<void(std::ostream&)>;

// The version without what git adds to it: the page of a version is the same wherever it is built.
std::string plain_version() {
  const std::string version(audit::program_version());
  return version.substr(0, version.find('+'));
}

void write_all(const std::string& directory, const std::string& schema_file) {
  audit::Catalog catalog;
  audit::add_all_adapters(catalog);
  catalog.add_embedded(audit::embedded_files());
  const std::string version = plain_version();
  const std::string schema = audit::read_text_file(schema_file);
  const auto write = [&](const char* name, const Write& content) {
    audit::write_text_file(directory + "/" + name, content);
  };
  std::filesystem::create_directories(directory);
  write("audit.1", [&](std::ostream& out) { audit::write_command_page(version, out); });
  write("audit-config.5", [&](std::ostream& out) { audit::write_config_page(schema, version, out); });
  write("audit-checks.7", [&](std::ostream& out) { audit::write_checks_page(catalog, version, out); });
  write("audit.bash", [&](std::ostream& out) { audit::write_bash_completion(catalog, out); });
  write("audit.zsh", [&](std::ostream& out) { audit::write_zsh_completion(catalog, out); });
  write("audit.fish", [&](std::ostream& out) { audit::write_fish_completion(catalog, out); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: audit_generate DIR SCHEMA\n";
    return 2;
  }
  try {
    write_all(argv[1], argv[2]);
  } catch (const audit::Error& error) {
    std::cerr << "audit_generate: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
