#include "auditor/cli/table.hpp"

#include <algorithm>
#include <ostream>
#include <sstream>

namespace audit {

namespace {

std::size_t columns_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::vector<std::string> wrap(const std::string& text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    std::string& line = lines.back();
    if (!line.empty() && columns_of(line) + 1 + columns_of(word) > width) {
      lines.push_back(word);
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
  }
  return lines;
}

std::string padded(const std::string& text, std::size_t columns) {
  const std::size_t present = columns_of(text);
  return text + std::string(columns > present ? columns - present : 0, ' ');
}

}  // namespace

void print_table(std::ostream& out, const std::vector<std::vector<std::string>>& rows, int width,
                 const std::string& indent) {
  if (rows.empty()) return;
  const std::size_t last = rows.front().size() - 1;
  std::vector<std::size_t> widths(last, 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < last; ++i) widths[i] = std::max(widths[i], columns_of(row[i]));
  }
  std::size_t used = indent.size();
  for (const std::size_t columns : widths) used += columns + 2;
  const std::size_t room =
      std::max<std::size_t>(20, static_cast<std::size_t>(std::max(width, 0)) -
                                    std::min<std::size_t>(used, static_cast<std::size_t>(std::max(width, 0))));
  for (const auto& row : rows) {
    std::string line = indent;
    for (std::size_t i = 0; i < last; ++i) line += padded(row[i], widths[i] + 2);
    for (const std::string& part : wrap(row[last], room)) {
      line += part;
      line.erase(line.find_last_not_of(' ') + 1);
      out << line << '\n';
      line = std::string(used, ' ');
    }
  }
}

void print_paragraph(std::ostream& out, const std::string& text, int width, const std::string& indent) {
  const auto room = static_cast<std::size_t>(std::max(20, width - static_cast<int>(indent.size())));
  for (const std::string& line : wrap(text, room)) out << indent << line << '\n';
}

}  // namespace audit
