#pragma once
// Lines of coloured text that fit a terminal.

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/report.hpp"
#include "reports/display.hpp"

namespace audit::text_report {

enum class Paint { plain, bold, dim, error, warning, note, good };

// Text in one colour. Must be harmless (Page::clean) when it is not our own.
struct Piece {
  std::string text;
  Paint paint = Paint::plain;
};
using Pieces = std::vector<Piece>;

[[nodiscard]] Paint paint_of(Severity severity);

// Writes to `out`, which must outlive it.
class Page {
 public:
  Page(const ReportStyle& style, std::ostream& out);

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] bool quiet() const { return quiet_; }

  // Text of unknown origin, fit to be shown.
  [[nodiscard]] std::string clean(std::string_view text) const;
  // The first form, or the second where the terminal has no Unicode.
  [[nodiscard]] const char* either(const char* unicode, const char* ascii) const;
  [[nodiscard]] const char* dot() const { return either("\u00b7", "-"); }
  [[nodiscard]] const char* ellipsis() const { return either("\u2026", "..."); }
  [[nodiscard]] const char* arrow() const { return either("\u2192", "->"); }

  // An empty line, unless nothing has been written yet.
  void blank();
  // Writes `lead` as it is and `body` after it, wrapped at blanks; further lines start at column `hang`. A lead that
  // leaves the body less than a dozen columns has its line to itself. At most `max_lines` lines of body (0: any
  // number); what is cut off is marked. A path that is longer than a line stays in one piece, on a line that is too long.
  void flow(const Pieces& lead, const Pieces& body, int hang, int max_lines = 0);
  // Writes what is known to fit on one line.
  void line(const Pieces& pieces) { write(pieces); }
  void paragraph(const Pieces& body, int hang, int max_lines = 0) { flow({}, body, hang, max_lines); }

 private:
  [[nodiscard]] int whole_path(int hang, int max_lines) const;
  bool flow_plain(const Pieces& lead, const Pieces& whole, int hang, int max_lines);
  void write(const Pieces& line);

  std::ostream& out_;
  int width_;
  bool color_;
  bool quiet_;
  bool unicode_;
  bool started_ = false;
};

using audit::columns_of;
[[nodiscard]] int columns_of(const Pieces& pieces);

}  // namespace audit::text_report
