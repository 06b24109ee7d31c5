#include "auditor/cli/checks_page.hpp"

#include <ostream>

namespace audit {

namespace {

// What Markdown would read as markup. The words of check files are prose; these are what occurs in them.
std::string plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "`" : ", `") + word + "`";
  return text;
}

void print_check(std::ostream& out, const Check& check, const std::vector<std::string>& profiles) {
  out << "\n### " << check.id << "\n\n" << to_string(check.severity) << " about a `" << check.subject << "` in "
      << (profiles.empty() ? "no built-in profile" : joined(profiles)) << "\n\n- what: " << plain(check.title)
      << "\n- says: " << plain(check.message) << "\n- why: " << plain(check.why) << '\n';
  if (!check.safety.empty()) out << "- safety: " << plain(check.safety) << '\n';
  for (const RepairTemplate& repair : check.repairs) {
    out << "- repair `" << repair.name << "`: " << to_string(repair.applicability) << '\n';
  }
  if (!check.requires_traits.empty()) out << "- where a profile declares " << joined(check.requires_traits) << '\n';
  if (!check.supersedes.empty()) out << "- takes the place of " << joined(check.supersedes) << '\n';
}

}  // namespace

void print_checks_page(std::ostream& out, const std::vector<const Check*>& checks,
                       const std::map<std::string, std::vector<std::string>>& covered) {
  std::map<std::string, std::vector<const Check*>> families;
  for (const Check* check : checks) families[check->family].push_back(check);
  out << "# Checks\n\nMade from the files in `checks/` with `audit checks --format markdown`; do not edit it by hand. "
         "`audit explain CHECK` prints the query as well.\n\n| family | checks |\n|---|---|\n";
  for (const auto& [family, members] : families) {
    out << "| " << family << " | ";
    const char* separator = "";
    for (const Check* check : members) {
      out << separator << '[' << check->id << "](#" << check->id << ')';
      separator = ", ";
    }
    out << " |\n";
  }
  for (const auto& [family, members] : families) {
    out << "\n## " << family << '\n';
    for (const Check* check : members) print_check(out, *check, covered.at(check->id));
  }
}

}  // namespace audit
