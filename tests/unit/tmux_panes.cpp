// How an answer of tmux is read. The answers were recorded from tmux 3.3a; `|` stands for the mark of the call.

#include "adapters/tmux/panes.hpp"

#include <algorithm>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using namespace audit;
using namespace audit::tmux;

namespace {

const std::string kMark = "Zk3mark9Q";

std::string marked(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at)) text.replace(at, 1, kMark);
  return text;
}

const std::string kHead = "H|4711|1795228345|.\n";
const std::string kEnd = "E|.\n";

ListAnswer parse(const std::string& text, const OwnPlace& own = {}) { return parse_answer(marked(text), kMark, own); }

Value number(std::int64_t n) { return n; }
Value text(const std::string& s) { return s; }

}  // namespace

TEST_CASE("one pane is one row with every column") {
  const ListAnswer answer = parse(kHead + "P|1795228300|2|@7|1|%9|5613|0|1|main|vim|nvim|/home/x|.\n" + kEnd);
  REQUIRE(answer.complete);
  CHECK(answer.server.pid == 4711);
  CHECK(answer.server.started_at == 1795228345000);
  REQUIRE(answer.server.windows.size() == 1);
  const Window& window = answer.server.windows[0];
  CHECK(window[window_id] == text("@7"));
  CHECK(window[server_pid] == number(4711));
  CHECK(window[server_started_at] == number(1795228345000));
  CHECK(window[session_name] == text("main"));
  CHECK(window[window_name] == text("vim"));
  CHECK(window[pane_pid] == number(5613));
  CHECK(window[pane_dead] == number(0));
  CHECK(window[command] == text("nvim"));
  CHECK(window[path] == text("/home/x"));
  CHECK(window[created_at] == number(1795228300000));
  CHECK(window[active] == number(1));
  CHECK(window[attached] == number(2));
  CHECK(window[own] == number(0));
  CHECK(is_null(window[owned]));
}

TEST_CASE("the panes of a window are one row: the active pane speaks, one living pane keeps it alive") {
  const ListAnswer answer = parse(kHead +
                                  "P|1|0|@1|0|%1|11|1|0|s|w|sh||.\n"
                                  "P|1|0|@1|0|%2|12|1|1|s|w|vi|/b|.\n"
                                  "P|1|0|@1|0|%3|13|0|0|s|w|top|/c|.\n"
                                  "P|1|0|@2|1|%4|14|1|1|s|w|exit||.\n" +
                                  kEnd);
  REQUIRE(answer.server.windows.size() == 2);
  CHECK(answer.server.windows[0][pane_pid] == number(12));
  CHECK(answer.server.windows[0][command] == text("vi"));
  CHECK(answer.server.windows[0][path] == text("/b"));
  CHECK(answer.server.windows[0][pane_dead] == number(0));
  CHECK(answer.server.windows[1][pane_dead] == number(1));
  CHECK(is_null(answer.server.windows[1][path]));
}

TEST_CASE("a window that two tmux sessions show is two rows") {
  const ListAnswer answer = parse(kHead +
                                  "P|1|0|@1|1|%1|11|0|1|a|w|sh|/|.\n"
                                  "P|2|3|@1|0|%1|11|0|1|b|w|sh|/|.\n" +
                                  kEnd);
  REQUIRE(answer.server.windows.size() == 2);
  CHECK(answer.server.windows[0][session_name] == text("a"));
  CHECK(answer.server.windows[0][active] == number(1));
  CHECK(answer.server.windows[1][session_name] == text("b"));
  CHECK(answer.server.windows[1][active] == number(0));
  CHECK(answer.server.windows[1][attached] == number(3));
}

TEST_CASE("names and directories that look like an answer are just names and directories") {
  const std::string nasty = "/t/d\ne\tw\x1f\xff\nP 1 0 @99 E\n";
  const ListAnswer answer = parse(kHead + "P|1|0|@1|1|%1|11|0|1|s|a\tb,\"q\" 'p' \xc3\xa9|x/y\n\tz\xff//|" + nasty +
                                  "|.\n" + "P|1|0|@2|0|%2|12|0|1|s|plain|sh|/|.\n" + kEnd);
  REQUIRE(answer.complete);
  REQUIRE(answer.server.windows.size() == 2);
  CHECK(answer.server.windows[0][window_name] == text("a\tb,\"q\" 'p' \xc3\xa9"));
  CHECK(answer.server.windows[0][command] == text("x/y\n\tz\xff//"));
  CHECK(answer.server.windows[0][path] == text(nasty));
}

TEST_CASE("an answer that is cut off anywhere is never a shorter answer") {
  const std::string whole =
      marked(kHead + "P|1|0|@1|1|%1|11|0|1|s|one|sh|/a|.\n" + "P|1|0|@2|0|%2|12|0|1|s|two|sh|/b|.\n" + kEnd);
  REQUIRE(parse_answer(whole, kMark, {}).complete);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    INFO("cut after " << length << " bytes");
    bool complete = false;
    try {
      complete = parse_answer(std::string_view(whole).substr(0, length), kMark, {}).complete;
    } catch (const StoreUnavailable& unavailable) {
      CHECK(unavailable.status == StoreStatus::unknown);
      CHECK_FALSE(unavailable.hint.empty());
    }
    CHECK_FALSE(complete);
  }
}

TEST_CASE("an answer of another form is refused") {
  for (const std::string& answer : {std::string("hello\n"),                                       // no mark at all
                                    "P|1|0|@1|1|%1|11|0|1|s|one|sh|/a|.\n" + kEnd,                // no head
                                    kHead + "P|1|0|@1|1|%1|11|0|1|s|one|sh|/a|extra|.\n" + kEnd,  // a field too many
                                    kHead + "P|1|0|@1|1|%1|11|0|1|s|one|sh|.\n" + kEnd,           // one too few
                                    kHead + "P|1|0|1|1|%1|11|0|1|s|one|sh|/a|.\n" + kEnd,         // no window id
                                    kHead + "P|x|0|@1|1|%1|11|0|1|s|one|sh|/a|.\n" + kEnd,        // no time
                                    kHead + kEnd + "P|1|0|@1|1|%1|11|0|1|s|one|sh|/a|.\n",        // after the end
                                    "H||1795228345|.\n" + kEnd,                                   // no pid
                                    "\n" + kHead + kEnd}) {
    INFO(answer);
    bool accepted = true;
    try {
      accepted = parse(answer).complete;
    } catch (const StoreUnavailable&) {
      accepted = false;
    }
    CHECK_FALSE(accepted);
  }
}

TEST_CASE("a server without windows, and no server at all") {
  const ListAnswer none = parse(kHead + kEnd);
  CHECK(none.head);
  CHECK(none.complete);
  CHECK(none.server.windows.empty());
  const ListAnswer nothing = parse("");
  CHECK_FALSE(nothing.head);
  CHECK_FALSE(nothing.complete);
}

TEST_CASE("own is the window of our pane, on our server only") {
  const std::string answer = kHead +
                             "P|1|0|@1|1|%1|11|0|1|s|w|sh|/|.\n"
                             "P|1|0|@2|0|%2|12|0|1|s|w|sh|/|.\n"
                             "P|1|0|@2|0|%12|13|0|0|s|w|sh|/|.\n" +
                             kEnd;
  const auto own_of = [&](const OwnPlace& place) {
    const ListAnswer parsed = parse(answer, place);
    return std::pair(parsed.server.windows[0][own], parsed.server.windows[1][own]);
  };
  CHECK(own_of({"/tmp/tmux-0/default,4711,0", "%12"}) == std::pair(number(0), number(1)));
  CHECK(own_of({"/tmp/a,b,4711,0", "%1"}) == std::pair(number(1), number(0)));
  CHECK(own_of({"/tmp/tmux-0/default,4712,0", "%12"}) == std::pair(number(0), number(0)));
  CHECK(own_of({"", "%12"}) == std::pair(number(0), number(0)));
  CHECK(own_of({"/tmp/tmux-0/default,4711,0", ""}) == std::pair(number(0), number(0)));
}

TEST_CASE("escaped names are the names that were set") {
  // As tmux 3.3a shows what rename-window was given.
  CHECK(unescape_name("plain") == "plain");
  CHECK(unescape_name("nl\\nx\\ty\\\\z \"q\" 's'") == "nl\nx\ty\\z \"q\" 's'");
  CHECK(unescape_name("\\$HOME \\${x} $1 \\\\\\$HOME") == "$HOME ${x} $1 \\$HOME");
  CHECK(unescape_name("\xc3\xa9\xe6\xbc\xa2 \\377\\376 \\001\\033\\r\\b\\a7 \\177") ==
        "\xc3\xa9\xe6\xbc\xa2 \xff\xfe \x01\x1b\r\b\a"
        "7 \x7f");
  CHECK(unescape_name("a\\\\b") == "a\\b");
  CHECK(unescape_name("\\\\n") == "\\n");
}

TEST_CASE("names that tmux cannot have escaped stay as they are") {
  CHECK(unescape_name("back\\slash") == "back\\slash");
  CHECK(unescape_name("end\\") == "end\\");
  CHECK(unescape_name("\\9 \\12") == "\\9 \\12");
  CHECK(unescape_name("\\477") == "\\477");
  CHECK(unescape_name("price \\$1") == "price \\$1");
  CHECK(unescape_name("raw\tand \\n") == "raw\tand \\n");
  CHECK(unescape_name("\\n and raw\n") == "\\n and raw\n");
}

TEST_CASE("the mark is drawn anew and no command can start a server") {
  const std::string mark = make_mark();
  CHECK(mark.size() == 16);
  CHECK(mark != make_mark());
  CHECK(mark.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos);
  const std::vector<std::string> arguments = list_arguments(mark);
  CHECK(std::count(arguments.begin(), arguments.end(), "list-panes") == 1);
  CHECK(std::count(arguments.begin(), arguments.end(), ";") == 2);
  for (const char* command : {"new-session", "start-server", "attach-session", "kill-window"}) {
    CHECK(std::count(arguments.begin(), arguments.end(), command) == 0);
  }
}
