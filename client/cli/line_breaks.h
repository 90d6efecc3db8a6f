// Widths of texts on a terminal, and where a line may end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kirikae::cli {

/// Number of terminal columns of a UTF-8 text: East Asian wide characters take two, combining marks
/// none (Unicode's annex 11).
int DisplayWidth(std::string_view text);

/// The parts of a text that stand in one line each, with the spaces behind them. A line may end
/// where Unicode's annex 14 allows it, but never after a hyphen: tags, days and flags stay whole.
std::vector<std::string> UnbrokenParts(const std::string& text);

/// The text in lines of at most `width` columns, without spaces at their ends. A part that is
/// longer than a line goes on in the next. At least one line.
std::vector<std::string> BrokenLines(const std::string& text, int width);

}  // namespace kirikae::cli
