#include "auditor/engine/packed.hpp"

#include "auditor/engine/packed_forms.hpp"

namespace audit {

std::string pack(const Check& check, const Binding& binding) {
  Packer packer;
  packer(check, binding);
  return packer.take();
}

std::string pack(const WrittenProfile& profile) {
  Packer packer;
  packer(profile);
  return packer.take();
}

Check unpack_check(std::string_view bytes) {
  Check check;
  Unpacker unpacker(bytes);
  unpacker(check);
  check.binding = unpacker.rest();
  return check;
}

Binding unpack_binding(const Check& check) {
  Binding binding;
  Unpacker unpacker(check.binding);
  unpacker(binding);
  binding.foreign = check.foreign;
  return binding;
}

WrittenProfile unpack_profile(std::string_view bytes) {
  WrittenProfile profile;
  Unpacker unpacker(bytes);
  unpacker(profile);
  return profile;
}

}  // namespace audit
