// Any bytes as a profile: it is a profile or an error of the file, and what stores make of it can be written as SQL.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "auditor/engine/packed.hpp"
#include "auditor/engine/profile.hpp"
#include "auditor/model/error.hpp"
#include "auditor/sys/sqlite_mapping.hpp"

namespace {

// A store that has every table and column.
class AnyStore : public audit::Store {
 public:
  explicit AnyStore(const std::string& source) { info_.source = source; }
  [[nodiscard]] const audit::StoreInfo& info() const override { return info_; }
  [[nodiscard]] bool has(const std::string&, const std::string&) override { return true; }
  [[nodiscard]] audit::Value probe(const std::string&) override { return std::int64_t{1}; }
  void scan(const audit::RelationMapping&, const std::vector<std::string>&, const audit::RowSink&) override {}
  [[nodiscard]] audit::Host* host() override { return nullptr; }
  [[nodiscard]] audit::Cells native_row(const audit::RelationPart&, const audit::Cells&) override { return {}; }

 private:
  audit::StoreInfo info_;
};

std::optional<std::string> environment(const std::string& name) {
  return name == "HOME" ? std::optional<std::string>("/home/u") : std::nullopt;
}

void use(const audit::Profile& profile) {
  for (const auto& source : profile.sources()) {
    AnyStore store(source.spec.name);
    (void)profile.generation_of(store);
    std::vector<std::string> names = {""};
    for (const auto& generation : profile.generations()) names.push_back(generation.name);
    for (const auto& name : names) {
      (void)profile.traits(name);
      const auto resolved = profile.resolve(store, name, [](const std::string&) { return std::vector<std::string>(); });
      for (const auto& [relation, mapping] : resolved.relations) {
        const auto columns = audit::part_columns(mapping.parts.front());
        if (audit::sqlite::relation_sql(mapping, columns, "main").empty()) std::abort();
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto written = audit::read_profile(text, "p.json");
    const std::string bytes = audit::pack(written);
    if (audit::pack(audit::unpack_profile(bytes)) != bytes) std::abort();
    use(audit::Profile(written, {}, "/somewhere", environment));
  } catch (const audit::Error& error) {
    if (error.kind() != audit::ErrorKind::config) std::abort();
  }
  return 0;
}
