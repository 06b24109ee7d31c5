// audit profiles: the systems that are known, and what can be set about their sources.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "auditor/cli/output.hpp"
#include "auditor/cli/setup.hpp"
#include "auditor/cli/table.hpp"
#include "auditor/engine/json_document.hpp"
#include "auditor/engine/strict_json.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/text_file.hpp"

namespace audit {

namespace {

// Without the password of a connection string.
std::string without_secrets(std::string value) {
  const auto scheme = value.find("://");
  const auto at = scheme == std::string::npos ? scheme : value.find('@', scheme);
  const auto colon = at == std::string::npos ? at : value.find(':', scheme + 3);
  if (colon != std::string::npos && colon < at) value.replace(colon + 1, at - colon - 1, "***");
  if (const auto word = value.find("password="); word != std::string::npos) {
    const auto begin = word + 9;
    value.replace(begin, std::min(value.find(' ', begin), value.size()) - begin, "***");
  }
  return value;
}

// An option as the profile spells it, with ${NAME} still in it.
std::string option_text(const nlohmann::ordered_json& value) {
  if (value.is_string()) return without_secrets(value.get<std::string>());
  return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string where_looked(const Profile& profile) {
  for (const ProfileSource& source : profile.sources()) {
    if (const auto path = source.spec.text.find("path"); path != source.spec.text.end()) return path->second;
  }
  return "";
}

void list_profiles(Invocation& invocation, const Catalog& catalog) {
  const auto found = discover(catalog, invocation.context.cancel);
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, text] : catalog.profiles()) {
    const Profile profile(catalog.written_profile(name), {}, "", process_environment());
    std::string sources;
    for (const ProfileSource& source : profile.sources()) {
      sources.append(sources.empty() ? "" : ", ").append(source.spec.name + " (" + source.spec.adapter + ")");
    }
    const auto here =
        std::find_if(found.begin(), found.end(), [&wanted = name](const Discovered& one) { return one.profile == wanted; });
    const std::string looked = where_looked(profile);
    const std::string missing = looked.empty() ? "not looked for: it has no usual place" : "not at " + looked;
    rows.push_back({name, sources, here != found.end() ? "found: " + here->location : missing});
  }
  print_table(invocation.context.out, rows, invocation.context.terminal.width);
  invocation.context.out << "audit profiles show NAME lists the options of one\n";
}

// Two rows for an option that has a value: what it means, then the value.
void add_option(std::vector<std::vector<std::string>>& rows, const std::string& name, const std::string& help,
                const nlohmann::ordered_json* value) {
  if (!help.empty()) rows.push_back({name, help});
  if (value != nullptr) rows.push_back({help.empty() ? name : "", "= " + option_text(*value)});
}

// The options of one source: those of its adapter first, then what else the profile says.
std::vector<std::vector<std::string>> option_rows(const nlohmann::ordered_json& source, const std::string& name,
                                                  const Adapter* adapter) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> known{"adapter"};
  const auto add = [&](const std::string& option, const std::string& help) {
    known.push_back(option);
    add_option(rows, name + "." + option, help, source.contains(option) ? &source[option] : nullptr);
  };
  if (adapter != nullptr) {
    for (const AdapterOption& option : adapter->options()) add(option.name, option.help);
  }
  if (source.contains("optional")) add("optional", "the audit is complete without it");
  if (source.contains("needed_when")) add("needed_when", "but not when this holds");
  for (const auto& [option, value] : source.items()) {
    if (std::find(known.begin(), known.end(), option) == known.end()) add_option(rows, name + "." + option, "", &value);
  }
  return rows;
}

void show_profile(Invocation& invocation, const Catalog& catalog, const std::string& name) {
  const Profile profile = open_profile({name, {}, ""}, catalog);
  const auto built_in = catalog.profiles().find(name);
  const JsonDocument document(built_in != catalog.profiles().end() ? std::string(built_in->second) : read_text_file(name), name);
  std::ostream& out = invocation.context.out;
  out << profile.title() << '\n';
  for (const ProfileSource& source : profile.sources()) {
    const Adapter* adapter = catalog.adapter(source.spec.adapter);
    out << '\n' << source.spec.name << " (" << source.spec.adapter << ")\n";
    print_table(out, option_rows(*document.find({"sources", source.spec.name}), source.spec.name, adapter),
                invocation.context.terminal.width, "  ");
  }
  std::string relations;
  for (const auto& [relation, columns] : profile.shape()) relations += (relations.empty() ? "" : ", ") + relation;
  out << "\nrelations\n";
  print_paragraph(out, relations, invocation.context.terminal.width, "  ");
  out << "\naudit --profile " << name << " --set SOURCE.OPTION=VALUE audits it elsewhere\n";
}

}  // namespace

int run_profiles(Invocation& invocation) {
  expect_text_only(invocation, "audit profiles");
  const auto catalog = make_catalog(invocation);
  const auto& operands = invocation.operands;
  if (operands.empty()) {
    list_profiles(invocation, *catalog);
  } else if (operands.front() == "show" && operands.size() == 2) {
    show_profile(invocation, *catalog, operands[1]);
  } else {
    throw Error(ErrorKind::usage,
                operands.front() == "show" ? "audit profiles show: NAME is missing"
                                           : "audit profiles: unknown '" + operands.front() + "'",
                "usage: audit profiles [show NAME]");
  }
  return 0;
}

}  // namespace audit
