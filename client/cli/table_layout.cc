// Lays a table out in lines.

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/line_breaks.h"
#include "client/cli/printer.h"
#include "client/cli/table.h"

namespace kirikae::cli {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 12;  // of a text that goes on in further lines
constexpr int kMostLines = 4;   // of such a text
constexpr size_t kIndent = 4;   // of what stands below its row

using Lines = std::vector<std::string>;

class Layout {
 public:
  Layout(const Table& table, bool headers, int width) : width_(width) {
    const bool drop_empty = width > 0 && !table.rows.empty();
    for (size_t c = 0; c < table.columns.size(); ++c) {
      Shown column{table.columns[c], {}, 0};
      bool empty = true;
      for (const auto& row : table.rows) {
        column.cells.push_back(Printable(row.at(c).text));
        empty = empty && column.cells.back().empty();
        column.width = std::max(column.width, DisplayWidth(column.cells.back()));
      }
      if (width > 0 && column.column.fit == Fit::kWide) continue;
      if (drop_empty && empty) continue;
      if (headers) column.width = std::max(column.width, DisplayWidth(column.column.header));
      columns_.push_back(std::move(column));
    }
    rows_ = table.rows.size();
    first_line_ = columns_.size();
  }

  // Makes it fit.
  void MakeFit(Lines& hidden) {
    HideSpareColumns(hidden);
    first_line_ = columns_.size();
    if (Total() <= width_ || Narrow()) return;
    // Columns from the end go below the row, texts first: they have most space there.
    std::stable_partition(columns_.begin(), columns_.end(),
                          [](const Shown& shown) { return shown.column.fit != Fit::kWrap; });
    first_line_ = columns_.size();
    while (first_line_ > 1 && Total() > width_) --first_line_;
  }

  void Print(bool headers, Lines& lines) const {
    if (headers) {
      std::vector<std::string> names;
      for (const Shown& shown : columns_) names.push_back(shown.column.header);
      Row(names, lines);
    }
    for (size_t row = 0; row < rows_; ++row) {
      std::vector<std::string> cells;
      for (const Shown& shown : columns_) cells.push_back(shown.cells[row]);
      Row(cells, lines);
      for (size_t c = first_line_; c < columns_.size(); ++c) Below(columns_[c], row, lines);
    }
  }

 private:
  struct Shown {
    Column column;
    Lines cells;
    int width;
  };

  // Keeps the spare columns that fit beside all others, the first ones before the last.
  void HideSpareColumns(Lines& hidden) {
    int taken = -kGap;
    for (const Shown& shown : columns_) {
      if (shown.column.fit != Fit::kSpare) taken += shown.width + kGap;
    }
    std::erase_if(columns_, [&](const Shown& shown) {
      if (shown.column.fit != Fit::kSpare) return false;
      const bool fits = taken + shown.width + kGap <= width_;
      if (fits) {
        taken += shown.width + kGap;
      } else {
        hidden.push_back(shown.column.header);
      }
      return !fits;
    });
  }

  int Total() const {
    const int gaps = kGap * std::max(0, static_cast<int>(first_line_) - 1);
    return std::accumulate(columns_.begin(), columns_.begin() + static_cast<int>(first_line_), gaps,
                           [](int sum, const Shown& shown) { return sum + shown.width; });
  }

  // Narrows the texts, the widest first; false, and nothing is changed, where that is not enough or
  // a text would go on in too many lines.
  bool Narrow() {
    std::vector<Shown*> texts;
    std::vector<int> widths;
    for (Shown& shown : columns_) {
      if (shown.column.fit != Fit::kWrap || shown.width <= kNarrowest) continue;
      texts.push_back(&shown);
      widths.push_back(shown.width);
    }
    const auto wider = [](const Shown* a, const Shown* b) { return a->width < b->width; };
    while (Total() > width_) {
      const auto widest = std::max_element(texts.begin(), texts.end(), wider);
      if (widest == texts.end() || (*widest)->width <= kNarrowest) break;
      --(*widest)->width;
    }
    if (Total() <= width_ && std::all_of(texts.begin(), texts.end(), IsShort)) return true;
    for (size_t i = 0; i < texts.size(); ++i) texts[i]->width = widths[i];
    return false;
  }

  // Whether no cell goes on in too many lines.
  static bool IsShort(const Shown* shown) {
    return std::all_of(shown->cells.begin(), shown->cells.end(), [shown](const std::string& cell) {
      return DisplayWidth(cell) <= kMostLines * shown->width;
    });
  }

  void Row(const std::vector<std::string>& cells, Lines& lines) const {
    std::vector<Lines> parts;
    size_t height = 1;
    for (size_t c = 0; c < first_line_; ++c) {
      const bool breaks = width_ > 0 && columns_[c].column.fit == Fit::kWrap;
      parts.push_back(breaks ? BrokenLines(cells[c], columns_[c].width) : Lines{cells[c]});
      height = std::max(height, parts.back().size());
    }
    for (size_t i = 0; i < height; ++i) {
      std::string line;
      int pad = 0;
      for (size_t c = 0; c < parts.size(); ++c) {
        const std::string part = i < parts[c].size() ? parts[c][i] : "";
        // Padding waits for the next text, so that no line ends in spaces.
        if (!part.empty()) line.append(static_cast<size_t>(std::exchange(pad, 0)), ' ');
        line += part;
        pad += columns_[c].width - DisplayWidth(part) + kGap;
      }
      lines.push_back(std::move(line));
    }
  }

  void Below(const Shown& shown, size_t row, Lines& lines) const {
    if (shown.cells[row].empty()) return;
    const std::string text = shown.column.header + ": " + shown.cells[row];
    size_t indent = kIndent;
    for (const std::string& part :
         BrokenLines(text, std::max(kNarrowest, width_ - static_cast<int>(kIndent) - kGap))) {
      lines.push_back(std::string(indent, ' ') + part);
      indent = kIndent + kGap;
    }
  }

  const int width_;
  std::vector<Shown> columns_;
  size_t rows_ = 0;
  size_t first_line_ = 0;  // number of columns that stand in the row's first line
};

}  // namespace

std::vector<std::string> LayOut(const Table& table, bool headers, int width,
                                std::vector<std::string>& hidden) {
  Layout layout(table, headers, width);
  if (width > 0) layout.MakeFit(hidden);
  Lines lines;
  layout.Print(headers, lines);
  return lines;
}

}  // namespace kirikae::cli
