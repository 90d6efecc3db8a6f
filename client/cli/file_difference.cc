#include "client/cli/file_difference.h"

#include <iostream>
#include <vector>

#include <dtl/dtl.hpp>

#include "absl/strings/str_split.h"
#include "client/cli/printer.h"

namespace kirikae::cli {
namespace {

constexpr size_t kAround = 2;

struct Line {
  std::string text;
  dtl::edit_t kind;
};

std::vector<Line> LinesOf(const std::string& before, const std::string& after) {
  std::vector<std::string> old_lines = absl::StrSplit(before, '\n');
  std::vector<std::string> new_lines = absl::StrSplit(after, '\n');
  dtl::Diff<std::string> diff(old_lines, new_lines);
  diff.compose();
  std::vector<Line> lines;
  for (const auto& [text, element] : diff.getSes().getSequence()) {
    lines.push_back({text, element.type});
  }
  return lines;
}

// Whether a line within kAround of this one differs.
bool IsNearChange(const std::vector<Line>& lines, size_t at) {
  const size_t begin = at < kAround ? 0 : at - kAround;
  for (size_t i = begin; i < lines.size() && i <= at + kAround; ++i) {
    if (lines[i].kind != dtl::SES_COMMON) return true;
  }
  return false;
}

char MarkOf(dtl::edit_t kind) {
  if (kind == dtl::SES_COMMON) return ' ';
  return kind == dtl::SES_ADD ? '+' : '-';
}

}  // namespace

void PrintFileDifference(const std::string& before, const std::string& after) {
  const std::vector<Line> lines = LinesOf(before, after);
  bool gap = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!IsNearChange(lines, i)) {
      gap = true;
      continue;
    }
    if (gap) std::cout << "...\n";
    gap = false;
    std::cout << MarkOf(lines[i].kind) << " " << Printable(lines[i].text) << "\n";
  }
}

}  // namespace kirikae::cli
