#include "reports/text_page.hpp"

#include <algorithm>
#include <ostream>

namespace audit::text_report {

namespace {

constexpr int kNarrowest = 40;
constexpr int kLeastBody = 12;
constexpr int kLongestPath = 4096;  // columns; what is longer is no path that anybody copies

const char* sgr(Paint paint) {
  switch (paint) {
    case Paint::plain:
      return "";
    case Paint::bold:
      return "\x1b[1m";
    case Paint::dim:
      return "\x1b[2m";
    case Paint::error:
      return "\x1b[1;31m";
    case Paint::warning:
      return "\x1b[33m";
    case Paint::note:
      return "\x1b[36m";
    case Paint::good:
      return "\x1b[32m";
  }
  return "";
}

// Text without a blank in it, possibly in several colours.
struct Word {
  Pieces pieces;
  int blanks = 0;  // before it
};

void append(Pieces& pieces, std::string_view text, Paint paint) {
  if (text.empty()) return;
  if (pieces.empty() || pieces.back().paint != paint) pieces.push_back({"", paint});
  pieces.back().text += text;
}

std::vector<Word> words_of(const Pieces& body) {
  std::vector<Word> words;
  int blanks = 0;
  bool inside = false;
  for (const Piece& piece : body) {
    for (std::size_t at = 0; at < piece.text.size();) {
      const std::size_t blank = std::min(piece.text.find(' ', at), piece.text.size());
      if (blank > at) {
        if (!inside) words.push_back({{}, blanks});
        append(words.back().pieces, std::string_view(piece.text).substr(at, blank - at), piece.paint);
        inside = true;
        blanks = 0;
        at = blank;
      } else {
        inside = false;
        ++blanks;
        ++at;
      }
    }
  }
  return words;
}

bool is_path(std::string_view word) { return word.starts_with("/") || word.starts_with("~/") || std::count(word.begin(), word.end(), '/') > 1; }

bool is_path(const Word& word) {
  std::string text;
  for (const Piece& piece : word.pieces) text += piece.text;
  return is_path(text);
}

// An arrow never ends a line: it is one word with what it points to.
void join_arrows(std::vector<Word>& words) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const Pieces& pieces = words[i].pieces;
    if (pieces.size() != 1 || (pieces.front().text != "\u2192" && pieces.front().text != "->")) continue;
    append(words[i].pieces, std::string(static_cast<std::size_t>(words[i + 1].blanks), ' '), words[i + 1].pieces.front().paint);
    for (const Piece& piece : words[i + 1].pieces) append(words[i].pieces, piece.text, piece.paint);
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

// Takes as many columns off the front of `word` as fit, at least one unit.
Pieces split(Word& word, int columns) {
  Pieces front;
  int used = 0;
  while (!word.pieces.empty()) {
    Piece& piece = word.pieces.front();
    const Unit unit = unit_at(piece.text, 0);
    if (!front.empty() && used + unit.columns > columns) break;
    append(front, std::string_view(piece.text).substr(0, unit.bytes), piece.paint);
    piece.text.erase(0, unit.bytes);
    used += unit.columns;
    if (piece.text.empty()) word.pieces.erase(word.pieces.begin());
  }
  return front;
}

void append(Pieces& line, const Pieces& more) {
  for (const Piece& piece : more) append(line, piece.text, piece.paint);
}

// Breaks the body into lines of at most `first`, then `rest` columns. A path of at most `whole` columns is not broken, so that it can be copied: where
// it is longer than a line, the terminal breaks it.
std::vector<Pieces> wrap(const Pieces& body, int first, int rest, int whole) {
  std::vector<Pieces> lines;
  Pieces line;
  int room = first;
  int used = 0;
  const auto finish = [&] {
    lines.push_back(std::move(line));
    line.clear();
    room = rest;
    used = 0;
  };
  std::vector<Word> words = words_of(body);
  join_arrows(words);
  for (Word& word : words) {
    int columns = columns_of(word.pieces);
    const bool fits = used == 0 ? columns <= room : used + word.blanks + columns <= room;
    if (!fits && used > 0) finish();
    if (used > 0) {
      const Paint paint = word.pieces.front().paint;
      const bool same = line.back().paint == paint;
      append(line, std::string(static_cast<std::size_t>(word.blanks), ' '), same ? paint : Paint::plain);
      used += word.blanks;
    }
    while (columns > room - used && !(columns > rest && columns <= whole && is_path(word))) {
      append(line, split(word, room - used));
      finish();
      columns = columns_of(word.pieces);
    }
    append(line, word.pieces);
    used += columns;
  }
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

// What can be seen of the body on so many columns (0: all), so that a text of megabytes costs no more than what is
// shown of it.
Pieces front_of(const Pieces& body, int columns) {
  if (columns == 0) return body;
  Pieces front;
  for (const Piece& piece : body) {
    std::size_t end = 0;
    for (int used = 0; end < piece.text.size() && used <= columns; ++used) end += unit_at(piece.text, end).bytes;
    append(front, std::string_view(piece.text).substr(0, end), piece.paint);
  }
  return front;
}

// Ends the line with the mark, at the cost of what does not fit beside it; what is longer than a line is a path, and stays whole.
void mark_cut(Pieces& line, int room, const std::string& mark) {
  if (columns_of(line) > room) return append(line, " " + mark, Paint::dim);
  const int keep = room - columns_of(mark);
  Word word{std::move(line), 0};
  line.clear();
  if (keep > 0) line = columns_of(word.pieces) <= keep ? std::move(word.pieces) : split(word, keep);
  append(line, mark, Paint::dim);
}

}  // namespace

Paint paint_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return Paint::error;
    case Severity::warning:
      return Paint::warning;
    case Severity::note:
      return Paint::note;
  }
  return Paint::plain;
}

int columns_of(const Pieces& pieces) {
  int columns = 0;
  for (const Piece& piece : pieces) columns += columns_of(piece.text);
  return columns;
}

Page::Page(const ReportStyle& style, std::ostream& out)
    : out_(out),
      width_(std::max(style.width, kNarrowest)),
      color_(style.color),
      quiet_(style.quiet),
      unicode_(style.unicode) {}

std::string Page::clean(std::string_view text) const { return harmless(text, unicode_); }

const char* Page::either(const char* unicode, const char* ascii) const { return unicode_ ? unicode : ascii; }

void Page::blank() {
  if (started_) out_ << '\n';
}

void Page::flow(const Pieces& lead, const Pieces& whole, int hang, int max_lines) {
  hang = std::min(hang, width_ * 2 / 3);
  if (flow_plain(lead, whole, hang, max_lines)) return;
  const Pieces body = front_of(whole, max_lines > 0 ? (max_lines + 1) * width_ : 0);
  int start = columns_of(lead);
  const std::string indent(static_cast<std::size_t>(hang), ' ');
  Pieces line = lead;
  // A body whose first word would have to be cut gets a line of its own, where that helps.
  const std::vector<Word> words = words_of(body);
  const int first = words.empty() ? 0 : columns_of(words.front().pieces);
  const bool cut = first > width_ - start && first <= width_ - hang;
  if (start > 0 && (cut || width_ - start < std::min(kLeastBody, columns_of(body)))) {
    // A lead is made to fit by its writer; one that does not (a long id) is wrapped like any other text.
    const int margin = static_cast<int>(std::min(lead.front().text.find_first_not_of(' '), lead.front().text.size()));
    if (start > width_) {
      line = {{std::string(static_cast<std::size_t>(margin), ' '), Paint::plain}};
      flow(line, lead, hang);
    } else {
      write(line);
    }
    line = {{indent, Paint::plain}};
    start = hang;
  }
  std::vector<Pieces> lines = wrap(body, width_ - start, width_ - hang, whole_path(hang, max_lines));
  if (max_lines > 0 && lines.size() > static_cast<std::size_t>(max_lines)) {
    lines.resize(static_cast<std::size_t>(max_lines));
    mark_cut(lines.back(), max_lines == 1 ? width_ - start : width_ - hang, ellipsis());
  }
  for (const Pieces& part : lines) {
    append(line, part);
    write(line);
    line = {{indent, Paint::plain}};
  }
}

// So many columns may a path have that is not broken: no more than what is shown of a text.
int Page::whole_path(int hang, int max_lines) const { return max_lines > 0 ? max_lines * (width_ - hang) : kLongestPath; }

// The same without colours, for what needs no word cut: the usual case in a list of many. False when it is not that.
bool Page::flow_plain(const Pieces& lead, const Pieces& whole, int hang, int max_lines) {
  if (color_) return false;
  std::string text;
  for (const Piece& piece : whole) text += piece.text;
  const int start = columns_of(lead);
  const int all = columns_of(text);
  if (start > 0 && width_ - start < std::min(kLeastBody, all)) return false;
  if (max_lines > 0 && all > (max_lines + 1) * width_) return false;
  std::vector<std::string_view> lines;
  std::size_t begin = std::string::npos;  // of the line
  std::size_t end = 0;
  int room = width_ - start;
  int used = 0;
  for (std::size_t at = text.find_first_not_of(' '); at != std::string::npos;) {
    std::size_t after = std::min(text.find(' ', at), text.size());
    const std::string_view word = std::string_view(text).substr(at, after - at);
    if (word == "\u2192" || word == "->") {  // an arrow never ends a line
      if (const std::size_t next = text.find_first_not_of(' ', after); next != std::string::npos) after = std::min(text.find(' ', next), text.size());
    }
    const int columns = columns_of(std::string_view(text).substr(at, after - at));
    const int blanks = begin == std::string::npos ? 0 : static_cast<int>(at - end);
    if (begin != std::string::npos && used + blanks + columns > room) {
      lines.push_back(std::string_view(text).substr(begin, end - begin));
      begin = std::string::npos;
      room = width_ - hang;
      used = 0;
    }
    if (begin == std::string::npos) {
      const bool stays_whole = columns > width_ - hang && columns <= whole_path(hang, max_lines) && is_path(word) && word.size() == after - at;
      if (columns > room && !stays_whole) return false;
      begin = at;
      used = columns;
    } else {
      used += blanks + columns;
    }
    end = after;
    at = text.find_first_not_of(' ', after);
  }
  if (begin == std::string::npos || (max_lines > 0 && lines.size() >= static_cast<std::size_t>(max_lines))) return false;
  lines.push_back(std::string_view(text).substr(begin, end - begin));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == 0) {
      for (const Piece& piece : lead) out_ << piece.text;
    } else {
      out_ << std::string(static_cast<std::size_t>(hang), ' ');
    }
    out_ << lines[i] << '\n';
  }
  started_ = true;
  return true;
}

void Page::write(const Pieces& line) {
  std::string text;
  for (const Piece& piece : line) {
    if (color_ && piece.paint != Paint::plain && !piece.text.empty()) {
      text += sgr(piece.paint) + piece.text + "\x1b[0m";
    } else {
      text += piece.text;
    }
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  out_ << text << '\n';
  started_ = true;
}

}  // namespace audit::text_report
