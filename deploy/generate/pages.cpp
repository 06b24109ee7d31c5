// audit(1) and audit-checks(7).

#include <ostream>
#include <set>

#include "auditor/cli/command.hpp"
#include "auditor/cli/coverage.hpp"
#include "auditor/cli/options.hpp"
#include "deploy/generate/manual.hpp"
#include "deploy/generate/roff.hpp"

namespace audit {

namespace {

class Page {
 public:
  Page(std::ostream& out, const char* name, const char* section, const std::string& version, const char* title)
      : out_(out) {
    out_ << ".\\\" Generated out of the program; do not edit.\n.TH " << name << ' ' << section << " \"\" "
         << roff_argument("audit " + version) << ' ' << roff_argument(title) << '\n';
  }
  void section(const char* name) { out_ << ".SH " << roff_argument(name) << '\n'; }
  void subsection(const std::string& name) { out_ << ".SS " << roff_argument(name) << '\n'; }
  void text(const std::string& words) { out_ << ".PP\n" << roff(words) << '\n'; }
  void tagged(const std::string& tag, const std::string& words) {
    out_ << ".TP\n.B " << roff_argument(tag) << '\n' << roff(words) << '\n';
  }
  void example(const std::string& line) { out_ << ".PP\n.nf\n.RS\n" << roff(line) << "\n.RE\n.fi\n"; }

 private:
  std::ostream& out_;
};

std::string option_tag(const OptionSpec& spec) {
  std::string tag;
  if (spec.letter != '\0') tag.append("-").append(1, spec.letter).append(", ");
  tag.append("--").append(spec.name);
  if (spec.value != nullptr) tag.append(" ").append(spec.value);
  if (spec.many) tag += "...";
  return tag;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

void exit_codes(Page& page) {
  page.section("EXIT STATUS");
  page.tagged("0", "Clean, or all repaired and verified.");
  page.tagged("1", "Findings at or above --fail-on.");
  page.tagged("2", "Usage or configuration.");
  page.tagged("3", "Incomplete: a store could not be read, or a check failed, or time ran out. Never 0.");
  page.tagged("4", "Not everything, or nothing, was repaired or taken back: the plan was refused (--max-changes, --max-fraction), a repair failed and was taken back or needs "
                   "audit recover, or the state directory cannot be used.");
  page.tagged("5", "Another repair holds the lock.");
  page.tagged("130", "Interrupted.");
}

}  // namespace

void write_command_page(const std::string& version, std::ostream& out) {
  Page page(out, "AUDIT", "1", version, "User Commands");
  page.section("NAME");
  out << "audit \\- find what the stores of a session system disagree about, and plan the repair\n";
  page.section("SYNOPSIS");
  out << ".B audit\n[\\fICOMMAND\\fR] [\\fIOPTION\\fR]...\n";
  page.section("DESCRIPTION");
  page.text(
      "audit reads every place that a system keeps its sessions in (a tmux server, registries of files, SQL "
      "databases), finds what those "
      "places disagree about, and shows what would mend it. It leaves nothing behind in what it reads.");
  page.text(
      "Without --config and --profile it looks for every known system at its default place on this machine. "
      "The checks are described in audit-checks(7), the configuration file in audit-config(5).");
  page.section("COMMANDS");
  for (const Command& command : commands()) {
    if (!command.built) continue;
    page.tagged(std::string(command.name).append(*command.operands == 0 ? "" : " ").append(command.operands),
                command.summary);
  }
  page.section("OPTIONS");
  std::string group;
  for (const OptionSpec& spec : option_specs()) {
    if (spec.group == nullptr) continue;
    if (group != spec.group) page.subsection(group = spec.group);
    page.tagged(option_tag(spec), spec.help);
  }
  exit_codes(page);
  page.section("ENVIRONMENT");
  page.tagged("XDG_STATE_HOME, STATE_DIRECTORY", "Where runs are kept, unless --state-dir says so.");
  page.tagged("JOURNAL_STREAM", "Set by systemd: lines of the log carry their priority.");
  page.tagged("NO_COLOR, TERM, COLUMNS, LC_ALL, LANG", "How text is shown.");
  page.tagged("DATABASE_URL, PGPASSFILE, AGENTERM_DB, ...",
              "As the profiles name them; `audit profiles show NAME` lists them.");
  page.section("EXAMPLES");
  for (const char* line :
       {"audit", "audit --profile agenterm --set db.path=/srv/agenterm.db", "audit --check 'half-*' --format json",
        "audit explain half-created-session", "audit --config /etc/session-audit/config.json --quiet"}) {
    page.example(line);
  }
  page.section("SEE ALSO");
  out << ".BR audit\\-config (5),\n.BR audit\\-checks (7)\n";
}

void write_checks_page(const Catalog& catalog, const std::string& version, std::ostream& out) {
  Page page(out, "AUDIT-CHECKS", "7", version, "Checks of audit");
  page.section("NAME");
  out << "audit\\-checks \\- what audit finds, why it matters, and how safe its repairs are\n";
  page.section("DESCRIPTION");
  page.text(
      "Every check is one query over the relations of a profile; `audit explain CHECK` prints it. A check runs where a "
      "profile gives the relations that it reads.");
  page.text(
      "Repairs are `safe` (they keep everything that a person could miss), `unsafe` (they remove something and can be "
      "undone), `irreversible`, or `manual` (shown, never done).");
  const auto covered = covered_profiles(catalog);
  std::set<std::string> families;
  for (const Check& check : catalog.checks()) families.insert(check.family);
  for (const std::string& family : families) {
    page.section(family.c_str());
    for (const Check& check : catalog.checks()) {
      if (check.family != family) continue;
      page.tagged(check.id + " (" + to_string(check.severity) + ")", check.title + ".");
      out << ".IP\n" << roff("Why: " + check.why + ".") << '\n';
      if (!check.safety.empty()) out << ".IP\n" << roff("Safety: " + check.safety + ".") << '\n';
      std::vector<std::string> repairs;
      for (const RepairTemplate& repair : check.repairs)
        repairs.push_back(repair.name + " (" + to_string(repair.applicability) + ")");
      if (!repairs.empty()) out << ".IP\n" << roff("Repairs: " + joined(repairs) + ".") << '\n';
      const auto& profiles = covered.at(check.id);
      if (!profiles.empty()) out << ".IP\n" << roff("Profiles: " + joined(profiles) + ".") << '\n';
    }
  }
  page.section("SEE ALSO");
  out << ".BR audit (1),\n.BR audit\\-config (5)\n";
}

}  // namespace audit
