#include "service/app/reports/charts.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_format.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr int kWidth = 680;  // of a chart, in CSS pixels: A4 without its margins

// The opening tag of a chart of that height. `name` is its name for screen readers.
std::string Opening(int top, int height, const std::string& name) {
  return absl::StrFormat("<svg viewBox=\"0 %d %d %d\" role=\"img\" aria-label=\"%s\">", top, kWidth,
                         height, Escaped(name));
}

std::string Heading(const std::string& text) { return "<h2>" + Escaped(text) + "</h2>\n"; }

std::string Caption(const std::string& text) {
  return "<figcaption>" + Escaped(text) + "</figcaption>";
}

// Five lines across the chart with their counts.
std::string GridLines(int left, int bottom, int64_t high) {
  std::string lines;
  for (int part = 0; part <= 4; ++part) {
    const int64_t count = high * part / 4;
    const double y = bottom * (1 - static_cast<double>(count) / static_cast<double>(high));
    lines += absl::StrFormat(
        "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ccc\"/>"
        "<text x=\"%d\" y=\"%.1f\" font-size=\"10\" text-anchor=\"end\">%d</text>",
        left, y, kWidth, y, left - 4, y + 3, count);
  }
  return lines;
}

// A phase's bar from left to right: done, failed, excused, to do. `most` devices fill the width.
std::string Bar(const ProgressRow& row, int top, int height, int64_t most) {
  constexpr const char* kFills[] = {"#00558c", "#b3261e", "#9e9e9e", "#ffffff"};
  const domain::Tally& tally = row.tally;
  const int64_t done = tally.Succeeded();
  const int64_t failed = tally.Failures();
  const int64_t excused =
      tally.Count(domain::PlacementState::kDeferred) + tally.Count(domain::PlacementState::kExempt);
  const int64_t parts[] = {done, failed, excused, tally.Total() - done - failed - excused};
  std::string bar;
  double left = 0;
  for (size_t i = 0; i < std::size(parts); ++i) {
    const double width = static_cast<double>(parts[i]) * (kWidth - 2) / static_cast<double>(most);
    if (parts[i] == 0) continue;
    bar += absl::StrFormat(
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" "
        "stroke=\"#1a1a1a\" stroke-width=\"0.7\"/>",
        left + 0.5, top, width, height, kFills[i]);
    left += width;
  }
  return bar;
}

}  // namespace

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string BurnUpChart(const Progress& progress, const ReportWords& words) {
  const std::vector<BurnUpPoint>& points = progress.burn_up;
  if (points.size() < 2) return "";
  constexpr int kHeight = 220;
  constexpr int kLeft = 40;
  constexpr int kBottom = 20;
  const int64_t high = std::max({int64_t{1}, points.back().planned, progress.total.tally.Total()});
  const auto at = [&](size_t i, int64_t count) {
    const double x =
        kLeft + static_cast<double>(i) * (kWidth - kLeft) / static_cast<double>(points.size() - 1);
    const double y =
        (kHeight - kBottom) * (1 - static_cast<double>(count) / static_cast<double>(high));
    return absl::StrFormat("%.1f,%.1f ", x, y);
  };
  std::string planned;
  std::string done;
  for (size_t i = 0; i < points.size(); ++i) {
    planned += at(i, points[i].planned);
    if (points[i].done.has_value()) done += at(i, *points[i].done);
  }
  const std::string name = words.Say(Sentence("Done against plan"));
  return Heading(name) + "<figure>" + Opening(-8, kHeight + 8, name) +
         GridLines(kLeft, kHeight - kBottom, high) +
         "<polyline fill=\"none\" stroke=\"#555\" stroke-width=\"1.5\" stroke-dasharray=\"5 3\" "
         "points=\"" +
         planned + "\"/><polyline fill=\"none\" stroke=\"#00558c\" stroke-width=\"2.5\" points=\"" +
         done + "\"/>" +
         absl::StrFormat(
             "<text x=\"%d\" y=\"%d\" font-size=\"10\">%s</text>"
             "<text x=\"%d\" y=\"%d\" font-size=\"10\" text-anchor=\"end\">%s</text>",
             kLeft, kHeight - 4, DayText(points.front().day), kWidth, kHeight - 4,
             DayText(points.back().day)) +
         "</svg>" +
         Caption(words.Say(Sentence("Solid: done. Dashed: as planned now. Devices by day."))) +
         "</figure>\n";
}

std::string PhaseChart(const Progress& progress, const ReportWords& words) {
  constexpr int kBar = 14;
  constexpr int kRow = 34;
  int64_t most = 1;
  for (const ProgressRow& row : progress.phases) most = std::max(most, row.tally.Total());
  const std::string name = words.Say(Sentence("By phase"));
  std::string chart = Heading(name) + "<figure>" +
                      Opening(0, kRow * static_cast<int>(progress.phases.size()), name);
  int top = 0;
  for (const ProgressRow& row : progress.phases) {
    chart += absl::StrFormat("<text x=\"0\" y=\"%d\" font-size=\"11\">%s</text>", top + 11,
                             Escaped(absl::StrFormat("%s  %d / %d", NameOf(row),
                                                     row.tally.Succeeded(), row.tally.Total())));
    chart += Bar(row, top + kBar, kBar, most);
    top += kRow;
  }
  return chart + "</svg>" +
         Caption(
             words.Say(Sentence("From the left: done, failed or switched back, excused, to do."))) +
         "</figure>\n";
}

std::string CauseChart(const Progress& progress, const ReportWords& words) {
  if (progress.causes.empty()) return "";
  constexpr int kRow = 20;
  constexpr int kLabel = 220;
  int64_t most = 1;
  for (const auto& [cause, count] : progress.causes) most = std::max(most, count);
  const std::string name = words.Say(Sentence("Failures by cause"));
  std::string chart = Heading(name) + "<figure>" +
                      Opening(0, kRow * static_cast<int>(progress.causes.size()), name);
  int top = 0;
  for (const auto& [cause, count] : progress.causes) {
    const double width =
        static_cast<double>(count) * (kWidth - kLabel - 60) / static_cast<double>(most);
    chart += absl::StrFormat(
        "<text x=\"0\" y=\"%d\" font-size=\"11\">%s</text>"
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#b3261e\"/>"
        "<text x=\"%.1f\" y=\"%d\" font-size=\"11\">%d</text>",
        top + 14, Escaped(words.Cause(cause)), kLabel, top + 4, width, kRow - 8, kLabel + width + 6,
        top + 14, count);
    top += kRow;
  }
  return chart + "</svg></figure>\n";
}

}  // namespace kirikae::app
