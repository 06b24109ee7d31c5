// The command line, cut into words with a meaning.

#include "auditor/cli/options.hpp"
#include "auditor/model/error.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;

namespace {

using Line = std::vector<std::string>;

Arguments split(const Line& words) { return split_arguments(words, {"scan", "explain", "test"}, {"explain", "test"}); }

std::string refusal(const Line& words) {
  try {
    (void)read_options(split(words).options);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    return std::string(error.what()) + "|" + error.hint();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("the command may stand before or after options", "[cli]") {
  CHECK(split({}).command.empty());
  CHECK(split({"--quiet", "scan"}).command == "scan");
  const Arguments arguments = split({"--jobs", "2", "test", "a", "b"});
  CHECK(arguments.command == "test");
  CHECK(arguments.options == Line{"--jobs=2"});
  CHECK(arguments.operands == Line{"a", "b"});
}

TEST_CASE("an option of many values takes several words, unless the command has operands", "[cli]") {
  CHECK(split({"--profile", "a", "b", "--set", "x.y=1", "x.z=2", "scan"}).options ==
        Line{"--profile=a", "--profile=b", "--set=x.y=1", "--set=x.z=2"});
  const Arguments arguments = split({"explain", "--profile", "a", "b"});
  CHECK(arguments.options == Line{"--profile=a"});
  CHECK(arguments.operands == Line{"b"});
  CHECK(split({"--config", "a", "b"}).operands == Line{"b"});  // takes one
}

TEST_CASE("letters, and words after --", "[cli]") {
  CHECK(split({"-qp", "agenterm", "-j2"}).options == Line{"--quiet", "--profile=agenterm", "--jobs=2"});
  CHECK(split({"test", "--", "--odd"}).operands == Line{"--odd"});
}

TEST_CASE("values have types", "[cli]") {
  const Options options = read_options({"--grace=90s", "--now=1970-01-01T00:00:01Z", "--jobs=3", "--max-fraction=0.5",
                                        "--set=db.path=a=b", "--allow=x", "--allow=y=delete", "--format=text",
                                        "--format=json=out.json", "--fail-on=never", "--color=never"});
  CHECK(options.grace == 90'000);
  CHECK(options.now == 1000);
  CHECK(options.jobs == 3);
  CHECK(options.max_fraction == 0.5);
  CHECK(options.set.at("db.path") == "a=b");
  CHECK(options.allow == std::map<std::string, std::string>{{"x", ""}, {"y", "delete"}});
  REQUIRE(options.formats.size() == 2);
  CHECK(options.formats[1].name == "json");
  CHECK(options.formats[1].file == "out.json");
  CHECK(options.fail_on == FailOn::never);
  CHECK(options.color == ColorChoice::never);
  CHECK_FALSE(options.timeout.has_value());
}

TEST_CASE("mistakes are named, with what was probably meant", "[cli]") {
  CHECK(refusal({"--frmat", "json"}) == "unknown option --frmat|did you mean --format?");
  CHECK(refusal({"--prof", "x"}).starts_with("unknown option --prof|"));  // never guessed
  CHECK(refusal({"--config"}).starts_with("option --config needs a value"));
  CHECK(refusal({"--config", "--quiet"}).starts_with("option --config needs a value"));
  CHECK(refusal({"--quiet=1"}).starts_with("option --quiet takes no value"));
  CHECK(refusal({"--grace", "10"}).starts_with("--grace 10: not a duration"));
  CHECK(refusal({"--now", "today"}).starts_with("--now today: not a time"));
  CHECK(refusal({"--jobs", "0"}) == "--jobs 0: must be a number from 1 to 256|");
  CHECK(refusal({"--jobs", "2x"}).starts_with("--jobs 2x:"));
  CHECK(refusal({"--max-fraction", "nan"}).starts_with("--max-fraction nan:"));
  CHECK(refusal({"--set", "db=x"}).starts_with("--set db=x: write it as"));
  CHECK(refusal({"--fail-on", "warnings"}).ends_with("|did you mean warning?"));
  CHECK(refusal({"--format", "json", "--format", "text"}).starts_with("--format text: only one format"));
  CHECK(refusal({"--config", "a", "--config", "b"}).find("more than once") != std::string::npos);
  CHECK(refusal({"--format", "json=x", "--format", "jsonl=y", "--format", "text"}) == "accepted");
}

TEST_CASE("a call can be repeated with its sources and choices", "[cli]") {
  CHECK(call_again({}) == "audit");
  CHECK(call_again({"--profile=agenterm", "--format=json", "--quiet", "--set=db.path=/a b/it's.db", "--unsafe"}) ==
        "audit --profile agenterm --set 'db.path=/a b/it'\\''s.db' --unsafe");
}
