#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <random>

#include "adapters/files/transcript.hpp"

namespace {

const char* const kHeader = R"({"type":"session","version":3,"id":"S","timestamp":"2026-02-26T10:00:00.000Z"})";
const char* const kFirst =
    R"({"type":"message","id":"a1","parentId":null,"timestamp":"2026-02-26T10:01:00.000Z","message":{"role":"user","content":"hi"}})";
const char* const kSecond =
    R"({"type":"message","id":"a2","parentId":"a1","timestamp":"2026-02-26T10:02:00.000Z","message":{"role":"assistant","content":[{"type":"text","text":"yes"}]}})";

audit::LineForm form() {
  audit::LineForm form;
  form.role = {"message", "role"};
  form.texts = {{"message", "content"}, {"message", "content", "*", "text"}};
  form.keyed = "[message_id: ";
  form.claims.emplace_back(audit::NamePattern("[cron:{job} *"), "agent:{scope}:cron:{job}");
  return form;
}

audit::TranscriptFacts facts_of(const std::string& text) {
  const audit::Cancellation cancel;
  const audit::LineForm lines = form();
  audit::TranscriptReader reader(lines, cancel);
  return reader.read_text(text, {{"scope", "main"}});
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("a whole transcript is ok, with its header, times and count") {
  const auto facts = facts_of(joined({kHeader, kFirst, kSecond}));
  CHECK(facts.state == "ok");
  CHECK(facts.header_id == "S");
  CHECK(facts.messages == 2);
  CHECK(facts.lines == 3);
  CHECK(facts.first_at == 1772100000000);
  CHECK(facts.last_at == 1772100120000);
  CHECK(facts.broken_parents == 0);
  CHECK(facts.bad.empty());
  CHECK_FALSE(facts.keyed);
}

TEST_CASE("every way of being damaged has its own state") {
  CHECK(facts_of("").state == "empty");
  CHECK(facts_of("\n \n").state == "empty");
  CHECK(facts_of(joined({kHeader})).state == "header-only");
  CHECK(facts_of(joined({kFirst, kSecond})).header == "missing");
  CHECK(facts_of(joined({R"({"type":"sess)", kFirst})).header == "cut");
  CHECK(facts_of(R"({"type":"sess)").header == "cut");
  CHECK(facts_of(joined({kHeader, kFirst}) + R"({"type":"mess)").state == "truncated");
  CHECK(facts_of(joined({kHeader}) + kFirst).state == "unterminated");
  CHECK(facts_of(joined({kHeader, kFirst}) + std::string(4096, '\0')).state == "nul-tail");
  CHECK(facts_of(joined({kHeader, "null", kFirst})).state == "corrupt");
  CHECK(facts_of(joined({kHeader, std::string(10, '\0'), kFirst})).bad_lines == 1);
  CHECK(facts_of(joined({kHeader, kSecond})).broken_parents == 1);
}

TEST_CASE("NUL bytes are one fault wherever they stand") {
  const std::string nul(10, '\0');
  const auto alone = facts_of(nul);
  CHECK(alone.state == "nul-tail");
  CHECK(alone.header.empty());
  CHECK(alone.bad_lines == 0);
  const auto header = facts_of(joined({nul, kFirst, kSecond}));
  CHECK(header.header == "cut");
  CHECK(header.bad_lines == 0);
  const auto inside = facts_of(joined({kHeader, nul, kFirst}));
  CHECK(inside.bad_lines == 1);
  CHECK(inside.bad_line == 2);
  // What was cut off before them goes with them.
  const std::string whole = joined({kHeader, kFirst});
  const auto cut = facts_of(whole + "{\"type\":\"mess\xc3" + nul);
  CHECK(cut.tail == "nul");
  CHECK(cut.lines == 3);
  REQUIRE(cut.bad.size() == 1);
  CHECK(cut.bad[0].offset == static_cast<std::int64_t>(whole.size()));
  CHECK(cut.bad[0].length == 14 + 10);
  // A last line that is whole stays.
  const auto kept = facts_of(joined({kHeader}) + kFirst + nul);
  CHECK(kept.messages == 1);
  REQUIRE(kept.bad.size() == 1);
  CHECK(kept.bad[0].length == 10);
}

TEST_CASE("a bad line is told with its place") {
  const auto facts = facts_of(joined({kHeader, kFirst, "{bad", kSecond}));
  REQUIRE(facts.bad.size() == 1);
  CHECK(facts.bad[0].line == 3);
  CHECK(facts.bad[0].offset == static_cast<std::int64_t>(std::string(kHeader).size() + std::string(kFirst).size() + 2));
  CHECK(facts.bad[0].length == 4);
  CHECK(facts.bad_lines == 1);
}

TEST_CASE("what JavaScript reads is no fault: half a surrogate pair, bytes that are not UTF-8, large numbers") {
  CHECK(facts_of(joined({kHeader, R"({"type":"custom","t":"half \ud83d"})"})).state == "ok");
  CHECK(facts_of(joined({kHeader, "{\"type\":\"custom\",\"t\":\"\xff\xfe\"}"})).state == "ok");
  CHECK(facts_of(joined({kHeader, R"({"type":"custom","n":123456789012345678901234567890,"e":1e999})"})).state == "ok");
  CHECK(facts_of(joined({kHeader, R"({"type":"custom","n":01})"})).state == "corrupt");
  CHECK(facts_of(joined({kHeader, R"({"type":"custom","t":"\x"})"})).state == "corrupt");
}

TEST_CASE("where a session came from is read from what was asked") {
  const auto cron = facts_of(
      joined({kHeader, R"({"type":"message","id":"a","message":{"role":"user","content":"[cron:j1 nightly] go"}})"}));
  CHECK(cron.claimed_key == "agent:main:cron:j1");
  CHECK(cron.keyed);
  CHECK(facts_of(
            joined({kHeader, R"({"type":"message","id":"a","message":{"role":"user","content":"x [message_id: 5]"}})"}))
            .keyed);
  CHECK_FALSE(
      facts_of(joined({kHeader,
                       R"({"type":"message","id":"a","message":{"role":"assistant","content":"[message_id: 5]"}})"}))
          .keyed);
}

TEST_CASE("the sign of a channel ends a line, and in the middle of one it is only spoken of") {
  const auto keyed = [](const std::string& text) {
    return facts_of(joined({kHeader, R"({"type":"message","id":"a","message":{"role":"user","content":")" + text + "\"}}"})).keyed;
  };
  CHECK(keyed("hello\\n[message_id: 5]"));
  CHECK(keyed("hello\\n[message_id: 5] \\n"));
  CHECK(keyed("hello [message_id: 5]\\nand a signature"));
  CHECK(keyed("what is [message_id: 4] here?\\n[message_id: 5]"));
  CHECK_FALSE(keyed("what does [message_id: 5] mean"));
  CHECK_FALSE(keyed("[message_id: 5"));
  CHECK_FALSE(keyed("[message_id: 5\\n]"));
}

TEST_CASE("a line longer than any buffer is read whole or passed over, and said so") {
  const auto long_line = [](std::size_t size) {
    return R"({"type":"message","id":"b","message":{"role":"user","content":")" + std::string(size, 'x') + "\"}}";
  };
  CHECK(facts_of(joined({kHeader, long_line(3'000'000), kFirst})).messages == 2);
  const auto passed = facts_of(joined({kHeader, long_line(20'000'000), kFirst}));
  CHECK(passed.messages == 1);
  CHECK(passed.lines == 3);
  CHECK(passed.unreadable.find("16 MiB") != std::string::npos);
}

// Random transcripts with planted faults: exactly those are found.
TEST_CASE("planted faults are found, and nothing else") {
  std::mt19937 random(20260301);
  for (int round = 0; round < 400; ++round) {
    std::vector<std::string> lines = {kHeader};
    const int count = 1 + static_cast<int>(random() % 40);
    for (int i = 1; i <= count; ++i) {
      lines.push_back("{\"type\":\"message\",\"id\":\"" + std::to_string(i) +
                      "\",\"parentId\":" + (i == 1 ? "null" : "\"" + std::to_string(i - 1) + "\"") +
                      ",\"message\":{\"role\":\"user\",\"content\":\"" + std::string(random() % 300, 'y') + "\"}}");
    }
    std::int64_t bad = 0;
    for (std::size_t i = 1; i < lines.size(); ++i) {
      if (random() % 8 == 0) {
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(i), lines[i].substr(0, lines[i].size() / 2));
        ++bad;
        ++i;
      }
    }
    std::string text = joined(lines);
    const unsigned tail = random() % 4;
    std::string expected = "ok";
    if (tail == 1) text.pop_back(), expected = "unterminated";
    if (tail == 2) text += R"({"type":"mes)", expected = "cut";
    if (tail == 3) text += std::string(1 + random() % 9000, '\0'), expected = "nul";
    const auto facts = facts_of(text);
    CAPTURE(round, text.size());
    CHECK(facts.header == "ok");
    CHECK(facts.bad_lines == bad);
    CHECK(facts.tail == expected);
    CHECK(facts.messages == count);
    CHECK(facts.broken_parents == 0);
  }
}

TEST_CASE("a chain of more lines than are kept exactly is followed, and a link that is broken is still seen") {
  std::string text = std::string(kHeader) + "\n";
  const auto line = [&](int id, int parent) {
    text += R"({"type":"message","id":"m)" + std::to_string(id) + R"(","parentId":"m)" + std::to_string(parent) + "\"}\n";
  };
  text += R"({"type":"message","id":"m0","parentId":null})" "\n";
  constexpr int kLines = 300'000;
  for (int i = 1; i < kLines; ++i) line(i, i % 1000 == 0 ? i / 2 : i - 1);  // some lead far back
  CHECK(facts_of(text).broken_parents == 0);
  for (int i = 0; i < 100; ++i) line(kLines + i, 5'000'000 + i);
  const auto broken = facts_of(text).broken_parents;
  CHECK(broken <= 100);
  CHECK(broken >= 95);  // a filter may take some few for known, never the other way round
}
