// Any bytes as a transcript: no crash, and counts that agree with each other.

#include <cstdint>
#include <cstdlib>

#include "adapters/files/transcript.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const audit::Cancellation cancel;
  audit::LineForm form;
  form.role = {"message", "role"};
  form.texts = {{"message", "content"}, {"message", "content", "*", "text"}};
  form.keyed = "[message_id: ";
  form.claims.emplace_back(audit::NamePattern("[cron:{job} *"), "agent:{scope}:cron:{job}");
  audit::TranscriptReader reader(form, cancel);
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto facts = reader.read_text(text, {{"scope", "main"}});
  if (facts.state.empty() || facts.messages > facts.lines || facts.bad_lines > facts.lines) std::abort();
  for (const auto& bad : facts.bad) {
    if (bad.offset < 0 || bad.offset + bad.length > static_cast<std::int64_t>(size)) std::abort();
  }
  return 0;
}
