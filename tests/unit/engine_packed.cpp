// What the build has packed is what reading the same texts gives.

#include "auditor/engine/packed.hpp"

#include <stdexcept>

#include "auditor/engine/bind.hpp"
#include "auditor/engine/catalog.hpp"
#include "auditor/engine/check_loader.hpp"
#include "auditor/engine/pack.hpp"
#include "auditor/engine/profile.hpp"
#include "auditor/sys/text_file.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

void fill(Catalog& catalog) { catalog.add_embedded(embedded_files()); }

std::string source_file(std::string_view path) { return std::string(AUDIT_SOURCE_DIR) + "/" + std::string(path); }

// The binding by itself, as it compares.
auto facts(const Binding& binding) {
  return std::make_tuple(binding.reads, binding.foreign, binding.outputs, binding.parameters, binding.id_column, binding.driving,
                         binding.per_scope);
}

}  // namespace

TEST_CASE("values survive packing, and what is cut off is refused", "[packed]") {
  const std::vector<Value> values = {Value{}, std::int64_t{0}, std::int64_t{-1}, std::int64_t{1} << 62, 0.25, -1e300,
                                     std::string("a\0\"b", 4), std::string(1000, 'x'), Blob{std::string("\x00\xff", 2)}};
  Packer packer;
  packer(values, std::map<std::string, std::set<std::string>>{{"a", {}}, {"b", {"c", "d"}}}, std::optional<Value>(), true);
  const std::string bytes = packer.take();
  const auto unpack = [](std::string_view packed) {
    std::vector<Value> list;
    std::map<std::string, std::set<std::string>> map;
    std::optional<Value> none = Value{};
    bool flag = false;
    Unpacker unpacker(packed);
    unpacker(list, map, none, flag);
    CHECK(map.at("b") == std::set<std::string>{"c", "d"});
    CHECK_FALSE(none.has_value());
    CHECK(flag);
    return list;
  };
  CHECK(unpack(bytes) == values);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    CHECK_THROWS_AS(unpack(std::string_view(bytes).substr(0, length)), std::logic_error);
  }
}

TEST_CASE("every built-in check and profile is packed as it is written", "[packed]") {
  Catalog catalog;
  fill(catalog);
  std::size_t checks = 0;
  std::size_t profiles = 0;
  for (const auto& file : embedded_files()) {
    INFO(file.path);
    REQUIRE_FALSE(file.packed.empty());
    const std::string text = read_text_file(source_file(file.path));
    const std::string path(file.path);
    if (path.ends_with(".json")) {
      const std::string name = path.substr(path.rfind('/') + 1, path.rfind('.') - path.rfind('/') - 1);
      CHECK(pack(read_profile(text, name)) == file.packed);
      CHECK(pack(catalog.written_profile(name)) == file.packed);
      CHECK(catalog.profiles().at(name) == text);
      ++profiles;
      continue;
    }
    const auto slash = path.rfind('/');
    Check read = parse_check(text, path, path.substr(7, slash - 7));
    const Check* packed = catalog.check(read.id);
    REQUIRE(packed != nullptr);
    read.foreign = packed->foreign;
    CHECK(pack(read, unpack_binding(*packed)) == file.packed);
    ++checks;
  }
  CHECK(checks == catalog.checks().size());
  CHECK(profiles == catalog.profiles().size());
  CHECK(checks > 100);
}

TEST_CASE("a check reads over the relations of all profiles what it reads over those of its own", "[packed]") {
  Catalog catalog;
  fill(catalog);
  std::size_t compared = 0;
  for (const auto& [name, text] : catalog.profiles()) {
    const WrittenProfile profile = catalog.written_profile(name);
    std::set<std::string> traits;
    for (const auto& [generation, written] : profile.by_generation) traits.insert(written.traits.begin(), written.traits.end());
    Binder binder(profile.shape);
    for (const Check& check : catalog.checks()) {
      INFO(name << ": " << check.id);
      Check alone = check;
      alone.binding = {};
      const auto& needs = check.requires_traits;
      if (!std::all_of(needs.begin(), needs.end(), [&](const std::string& trait) { return traits.contains(trait); })) continue;
      const BoundCheck packed = binder.bind(check, traits);
      const BoundCheck prepared = binder.bind(alone, traits);
      CHECK(packed.not_applicable == prepared.not_applicable);
      if (packed.not_applicable.empty()) CHECK(facts(packed) == facts(prepared));
      ++compared;
    }
  }
  CHECK(compared > catalog.checks().size());
}
