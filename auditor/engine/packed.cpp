#include "auditor/engine/packed.hpp"

#include "auditor/engine/packed_forms.hpp"

namespace audit {

std::string pack(const Check& check) {
  Packer packer;
  packer(check, *check.binding);
  return packer.take();
}

std::string pack(const WrittenProfile& profile) {
  Packer packer;
  packer(profile);
  return packer.take();
}

Check unpack_check(std::string_view bytes) {
  Check check;
  auto binding = std::make_shared<Binding>();
  Unpacker unpacker(bytes);
  unpacker(check, *binding);
  check.binding = std::move(binding);
  return check;
}

WrittenProfile unpack_profile(std::string_view bytes) {
  WrittenProfile profile;
  Unpacker unpacker(bytes);
  unpacker(profile);
  return profile;
}

}  // namespace audit
