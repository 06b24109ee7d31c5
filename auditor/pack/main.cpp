// audit_pack ROOT LIST OUTPUT: part of the build. Reads the checks and profiles that LIST names (one path a line, relative to ROOT) as strictly as
// anybody's, binds the checks, and writes the source file that holds them. What is wrong with one of them ends the build.

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "auditor/engine/bind.hpp"
#include "auditor/engine/catalog.hpp"
#include "auditor/engine/packed.hpp"
#include "auditor/model/error.hpp"

namespace {

struct File {
  std::string path;
  std::string text;
  std::string packed;
};

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw audit::Error(audit::ErrorKind::config, "cannot read " + path);
  return text.str();
}

std::vector<File> read_files(const std::string& root, const std::string& list) {
  std::vector<File> files;
  std::istringstream lines(read_file(list));
  for (std::string path; std::getline(lines, path);) {
    if (!path.empty()) files.push_back({path, read_file(root + "/" + path), {}});
  }
  return files;
}

bool is_profile(const File& file) { return file.path.ends_with(".json"); }

std::string stem(const std::string& path) {
  const auto slash = path.rfind('/') + 1;
  return path.substr(slash, path.rfind('.') - slash);
}

// A literal of any bytes, in lines.
void write_literal(std::ostream& out, const std::string& bytes) {
  constexpr std::size_t kLine = 4000;
  out << "{";
  for (std::size_t start = 0; start == 0 || start < bytes.size(); start += kLine) {
    out << "\n    \"";
    for (const char c : bytes.substr(start, kLine)) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\' || c == '?') {
        out << '\\' << c;
      } else if (byte >= 0x20 && byte < 0x7f) {
        out << c;
      } else {
        char octal[5];
        std::snprintf(octal, sizeof octal, "\\%03o", byte);  // three digits: what follows cannot join them
        out << octal;
      }
    }
    out << '"';
  }
  out << ", " << bytes.size() << "}";
}

void write_source(std::ostream& out, const std::vector<File>& files) {
  out << "#include \"auditor/model/embedded.hpp\"\n\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\nnamespace audit {\n\n"
         "const std::vector<EmbeddedFile>& embedded_files() {\n  static const std::vector<EmbeddedFile> files = {\n";
  for (const auto& file : files) {
    out << "   {\"" << file.path << "\",\n    ";
    write_literal(out, is_profile(file) ? file.text : std::string());
    out << ",\n    ";
    write_literal(out, file.packed);
    out << "},\n";
  }
  out << "  };\n  return files;\n}\n\n}  // namespace audit\n";
}

// The profiles, and the relations of all of them.
audit::Shape pack_profiles(std::vector<File>& files) {
  audit::Shape shape;
  for (auto& file : files) {
    if (!is_profile(file)) continue;
    const auto profile = audit::read_profile(file.text, stem(file.path));
    for (const auto& [relation, columns] : profile.shape) shape[relation].insert(columns.begin(), columns.end());
    file.packed = audit::pack(profile);
  }
  return shape;
}

void pack_checks(std::vector<File>& files, const audit::Shape& shape) {
  audit::Catalog catalog;
  std::vector<audit::EmbeddedFile> texts;
  for (const auto& file : files) texts.push_back({file.path, file.text});
  catalog.add_embedded(texts);
  audit::Binder binder(shape);
  for (auto& file : files) {
    if (is_profile(file)) continue;
    audit::Check check = *catalog.check(stem(file.path));
    const std::set<std::string> traits(check.requires_traits.begin(), check.requires_traits.end());
    const auto bound = binder.bind(check, traits);
    if (!bound.not_applicable.empty()) {
      throw audit::Error(audit::ErrorKind::config, file.path + ": it " + bound.not_applicable.substr(0, bound.not_applicable.find(',')) +
                                                       ", which no built-in profile has");
    }
    check.foreign = bound.foreign;
    file.packed = audit::pack(check, bound);
  }
}

void run(const std::string& root, const std::string& list, const std::string& output) {
  auto files = read_files(root, list);
  pack_checks(files, pack_profiles(files));
  std::ofstream out(output, std::ios::binary | std::ios::trunc);
  write_source(out, files);
  out.close();
  if (!out) throw audit::Error(audit::ErrorKind::config, "cannot write " + output);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: audit_pack ROOT LIST OUTPUT\n";
    return 2;
  }
  try {
    run(argv[1], argv[2], argv[3]);
    return 0;
  } catch (const audit::Error& error) {
    std::cerr << error.what() << (error.hint().empty() ? "" : "\n  " + error.hint()) << '\n';
  } catch (const std::exception& error) {
    std::cerr << "audit_pack: " << error.what() << '\n';
  }
  std::remove(argv[3]);
  return 1;
}
