// audit-config(5): the JSON Schema, told to people.

#include <nlohmann/json.hpp>
#include <ostream>

#include "deploy/generate/manual.hpp"
#include "deploy/generate/roff.hpp"

namespace audit {

namespace {

using Json = nlohmann::ordered_json;

class SchemaPage {
 public:
  SchemaPage(const Json& schema, std::ostream& out) : schema_(schema), out_(out) {}

  void object(const Json& object) {
    const Json required = object.value("required", Json::array());
    for (const auto& [key, value] : object.at("properties").items()) {
      out_ << ".TP\n.B " << roff_argument(key);
      const bool needed = std::find(required.begin(), required.end(), key) != required.end();
      out_ << '\n' << roff(kind(value) + (needed ? ", required. " : ". ") + description(value)) << '\n';
      if (const Json* inner = inner_object(value)) {
        out_ << ".RS\n";
        this->object(*inner);
        out_ << ".RE\n";
      }
    }
  }

 private:
  [[nodiscard]] const Json& target(const Json& value) const {
    if (!value.contains("$ref")) return value;
    const auto reference = value.at("$ref").get<std::string>();
    return schema_.at("$defs").at(reference.substr(reference.rfind('/') + 1));
  }

  [[nodiscard]] static std::string list(const Json& choices) {
    std::string text;
    for (const Json& choice : choices) text.append(text.empty() ? "" : " | ").append(choice.get<std::string>());
    return text;
  }

  [[nodiscard]] std::string kind(const Json& value) const {
    if (value.contains("$ref")) {
      const auto reference = value.at("$ref").get<std::string>();
      const std::string name = reference.substr(reference.rfind('/') + 1);
      if (name == "duration") return "Span of time";
      if (name == "path") return "Path";
      if (name == "texts") return "String or list of strings";
      if (name == "clock") return "HH:MM";
      if (name == "days") return "Day or range of days";
    }
    const Json& here = target(value);
    if (here.contains("enum")) return list(here.at("enum"));
    if (here.contains("const")) return here.at("const").dump();
    if (here.contains("oneOf")) {
      std::string text;
      for (const Json& choice : here.at("oneOf")) text.append(text.empty() ? "" : ", or ").append(kind(choice));
      return text;
    }
    if (!here.contains("type")) return "Any value";
    if (here.at("type").is_array()) return list(here.at("type"));
    const auto type = here.at("type").get<std::string>();
    if (type == "array") return here.contains("items") ? "List of: " + kind(here.at("items")) : "List";
    if (type == "object" && here.contains("additionalProperties") && here.at("additionalProperties").is_object()) {
      return "Object of name to: " + kind(here.at("additionalProperties"));
    }
    return type == "object"    ? "Object"
           : type == "integer" ? "Whole number"
           : type == "boolean" ? "true or false"
           : type == "number"  ? "Number"
                               : "String";
  }

  [[nodiscard]] std::string description(const Json& value) const {
    if (value.contains("description")) return value.at("description").get<std::string>();
    return target(value).value("description", "");
  }

  // The object whose keys are told below this one: itself, of its items, of its values.
  [[nodiscard]] const Json* inner_object(const Json& value) const {
    const Json& here = target(value);
    if (here.contains("properties")) return &here;
    if (here.contains("items")) return inner_object(here.at("items"));
    if (here.contains("additionalProperties") && here.at("additionalProperties").is_object())
      return inner_object(here.at("additionalProperties"));
    if (here.contains("oneOf")) {
      for (const Json& choice : here.at("oneOf")) {
        if (const Json* found = inner_object(choice)) return found;
      }
    }
    return nullptr;
  }

  const Json& schema_;
  std::ostream& out_;
};

}  // namespace

void write_config_page(std::string_view schema_text, const std::string& version, std::ostream& out) {
  const Json schema = Json::parse(schema_text);
  out << ".\\\" Generated out of the JSON Schema; do not edit.\n.TH AUDIT\\-CONFIG 5 \"\" "
      << roff_argument("audit " + version)
      << " \"File Formats\"\n.SH NAME\naudit\\-config \\- configuration file of audit\n.SH SYNOPSIS\n.B audit "
         "\\-\\-config\n.I FILE\n"
      << ".SH DESCRIPTION\n"
      << roff(schema.at("description").get<std::string>()) << "\n.PP\n"
      << roff(
             "`audit config check --config FILE` says whether a file makes sense and what was read. Spans of time are "
             "written as 10m, 1h30m or 500ms.")
      << "\n.SH KEYS\n";
  SchemaPage(schema, out).object(schema);
  out << ".SH EXAMPLE\n.nf\n"
      << roff(
             "// every half hour, nights only\n"
             "{ \"profiles\": [\"openclaw\", {\"profile\": \"agenterm\", \"set\": {\"db.path\": "
             "\"/srv/agenterm.db\"}}],\n"
             "  \"schedule\": {\"repair\": [{\"from\": \"22:00\", \"to\": \"06:00\"}]},\n"
             "  \"notify\": {\"command\": [\"/usr/local/bin/tell-ops\"]} }")
      << "\n.fi\n.SH SEE ALSO\n.BR audit (1),\n.BR audit\\-checks (7)\n";
}

}  // namespace audit
