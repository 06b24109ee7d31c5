// Any bytes as a check file: it is a check or an error of the file, and what is made of its text keeps to the rules of that.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "auditor/engine/bind.hpp"
#include "auditor/engine/check_loader.hpp"
#include "auditor/engine/packed.hpp"
#include "auditor/engine/specialize.hpp"
#include "auditor/engine/sql_text.hpp"
#include "auditor/model/error.hpp"

namespace {

// A check is named like its file. The first id in the text names the file, so that not every input ends there.
std::string file_name(const std::string& text) {
  const std::string mark = "\"id\": \"";
  const auto begin = text.find(mark);
  const auto end = begin == std::string::npos ? begin : text.find('"', begin + mark.size());
  if (end == std::string::npos) return "c.sql";
  return text.substr(begin + mark.size(), end - begin - mark.size()) + ".sql";
}

const audit::Shape& shape() {
  static const audit::Shape own = {{"session", {"id", "terminal_name"}}, {"agenterm_command", {"id", "session_id", "status", "created_at"}}};
  return own;
}

void use(const audit::Check& check) {
  audit::Binder binder(shape());
  const auto bound = binder.bind(check, {check.requires_traits.begin(), check.requires_traits.end()});
  (void)audit::with_constant_scope(check.sql, "db", "it's");
  (void)audit::keys_first(check.sql, " (lazy)");
  if (!bound.not_applicable.empty()) return;
  if (bound.outputs.empty() || bound.id_column.empty()) std::abort();
  if (!bound.driving.empty() && !bound.reads.contains(bound.driving)) std::abort();
  const std::string bytes = audit::pack(check, bound);
  const audit::Check again = audit::unpack_check(bytes);
  if (audit::pack(again, audit::unpack_binding(again)) != bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const auto& token : audit::tokenize_sql(text)) {
    if (token.begin > token.end || token.end > size) std::abort();
  }
  try {
    use(audit::parse_check(text, file_name(text), "f"));
  } catch (const audit::Error& error) {
    if (error.kind() != audit::ErrorKind::config) std::abort();
  }
  return 0;
}
