#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "service/app/reports/report.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr int kWidth = 680;  // of a chart, in CSS pixels: A4 less its margins

constexpr std::string_view kStyle = R"css(
@page { size: A4; margin: 15mm 14mm; }
* { box-sizing: border-box; }
body { font-family: "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "Hiragino Sans", sans-serif;
  font-size: 10.5pt; line-height: 1.5; color: #1a1a1a; max-width: 182mm; margin: 0 auto; }
h1 { font-size: 16pt; margin: 0 0 2mm; border-bottom: 2px solid #1a1a1a; }
h2 { font-size: 12pt; margin: 6mm 0 2mm; }
p { margin: 1mm 0; }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; }
th, td { border: 1px solid #767676; padding: .6mm 1.2mm; text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead { display: table-header-group; }
tr, figure { break-inside: avoid; }
figure { margin: 2mm 0; }
figcaption { font-size: 8.5pt; }
tfoot td { font-weight: bold; }
.big { display: flex; gap: 8mm; margin: 3mm 0; }
.big div { border-left: 3px solid #1a1a1a; padding-left: 2mm; }
.big b { display: block; font-size: 16pt; }
svg { width: 100%; height: auto; }
)css";

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

std::string Percent(int part, int whole) {
  if (whole == 0) return "-";
  return absl::StrFormat("%.1f %%", std::floor(part * 1000.0 / whole) / 10);
}

// Writes the page piece by piece.
class Page {
 public:
  Page(const v1::Progress& progress, Language language) : progress_(progress), words_(language) {}

  std::string Write() {
    const bool japanese = words_.language() == Language::kJapanese;
    const std::string title = Say(Sentence("Report on the change of log-on method"));
    out_ = "<!DOCTYPE html>\n<html lang=\"" + std::string(japanese ? "ja" : "en") +
           "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + Escaped(title) + " - " +
           Escaped(progress_.title()) + "</title>\n<style>" + std::string(kStyle) +
           "</style>\n</head>\n<body>\n<h1>" + Escaped(title) + "</h1>\n";
    Heading();
    BurnUp();
    Phases();
    Decisions();
    NextSteps();
    Table(Say(Sentence("By department")), Say(Sentence("Department")), progress_.departments());
    Table(Say(Sentence("By site")), Say(Sentence("Site")), progress_.sites());
    Table(Say(Sentence("By team")), Say(Sentence("Team")), progress_.teams());
    Causes();
    return out_ + "</body>\n</html>\n";
  }

 private:
  std::string Say(const Sentence& sentence) const { return words_.Say(sentence); }

  void Heading() {
    const v1::ProgressRow& total = progress_.total();
    out_ += "<p>" + Escaped(progress_.title()) + " (" + Escaped(progress_.name()) + ")<br>" +
            Escaped(Say(Sentence("As of $0", {ShownTime(progress_.time())}))) + " / " +
            Escaped(words_.State(progress_.state())) + "</p>\n<div class=\"big\">";
    Figure(Say(Sentence("Devices")), std::to_string(total.total()));
    Figure(Say(Sentence("Done")), std::to_string(total.succeeded()) + " (" +
                                      Percent(total.succeeded(), total.total()) + ")");
    Figure(Say(Sentence("Success rate")), Percent(total.succeeded(), total.attempted()));
    Figure(Say(Sentence("Failed or switched back")),
           std::to_string(total.failed() + total.rolled_back()));
    out_ += "</div>\n";
  }

  void Figure(const std::string& name, const std::string& value) {
    out_ += "<div>" + Escaped(name) + "<b>" + Escaped(value) + "</b></div>";
  }

  // The two curves, a step a day; planned dashed, so that print without colour tells them apart.
  void BurnUp() {
    const auto& points = progress_.burn_up();
    if (points.size() < 2) return;
    constexpr int kHeight = 220;
    constexpr int kLeft = 40;
    constexpr int kBottom = 20;
    const int most = std::max(1, points.rbegin()->planned());
    const int high = std::max(most, progress_.total().total());
    const auto x = [&](int i) {
      return kLeft + static_cast<double>(i) * (kWidth - kLeft) / (points.size() - 1);
    };
    const auto y = [&](int count) {
      return (kHeight - kBottom) * (1 - static_cast<double>(count) / high);
    };
    std::string planned;
    std::string done;
    for (int i = 0; i < points.size(); ++i) {
      planned += absl::StrFormat("%.1f,%.1f ", x(i), y(points[i].planned()));
      if (points[i].done() >= 0) done += absl::StrFormat("%.1f,%.1f ", x(i), y(points[i].done()));
    }
    out_ += "<h2>" + Escaped(Say(Sentence("Done against plan"))) + "</h2>\n<figure>" +
            absl::StrFormat("<svg viewBox=\"0 -8 %d %d\" role=\"img\" aria-label=\"%s\">", kWidth,
                            kHeight + 8, Escaped(Say(Sentence("Done against plan"))));
    for (int part = 0; part <= 4; ++part) {
      const int count = high * part / 4;
      out_ += absl::StrFormat(
          "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ccc\"/>"
          "<text x=\"%d\" y=\"%.1f\" font-size=\"10\" text-anchor=\"end\">%d</text>",
          kLeft, y(count), kWidth, y(count), kLeft - 4, y(count) + 3, count);
    }
    out_ +=
        "<polyline fill=\"none\" stroke=\"#555\" stroke-width=\"1.5\" stroke-dasharray=\"5 3\" "
        "points=\"" +
        planned +
        "\"/><polyline fill=\"none\" stroke=\"#00558c\" "
        "stroke-width=\"2.5\" points=\"" +
        done + "\"/>";
    out_ += absl::StrFormat(
        "<text x=\"%d\" y=\"%d\" font-size=\"10\">%s</text>"
        "<text x=\"%d\" y=\"%d\" font-size=\"10\" text-anchor=\"end\">%s</text>",
        kLeft, kHeight - 4, points[0].day(), kWidth, kHeight - 4, points.rbegin()->day());
    out_ += "</svg><figcaption>" +
            Escaped(Say(Sentence("Solid: done. Dashed: as planned now. Devices by day."))) +
            "</figcaption></figure>\n";
  }

  // A bar a phase: done, failed, excused, to do, side by side; each labelled in the table below it.
  void Phases() {
    constexpr int kBar = 18;
    constexpr int kRow = 34;
    int most = 1;
    for (const v1::ProgressRow& row : progress_.phases()) most = std::max(most, row.total());
    out_ += "<h2>" + Escaped(Say(Sentence("By phase"))) + "</h2>\n<figure>" +
            absl::StrFormat("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", kWidth,
                            kRow * progress_.phases_size(), Escaped(Say(Sentence("By phase"))));
    int top = 0;
    for (const v1::ProgressRow& row : progress_.phases()) {
      out_ += absl::StrFormat(
          "<text x=\"0\" y=\"%d\" font-size=\"11\">%s</text>", top + 11,
          Escaped((row.title().empty() ? row.id() : row.title()) + "  " +
                  std::to_string(row.succeeded()) + " / " + std::to_string(row.total())));
      const int failed = row.failed() + row.rolled_back();
      const int excused = row.deferred() + row.exempt();
      const int parts[] = {row.succeeded(), failed, excused,
                           row.total() - row.succeeded() - failed - excused};
      constexpr const char* kFills[] = {"#00558c", "#b3261e", "#9e9e9e", "#ffffff"};
      double left = 0;
      for (int i = 0; i < 4; ++i) {
        const double width = static_cast<double>(parts[i]) * (kWidth - 2) / most;
        if (parts[i] == 0) continue;
        out_ += absl::StrFormat(
            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" "
            "stroke=\"#1a1a1a\" stroke-width=\"0.7\"/>",
            left + 0.5, top + 14, width, kBar - 4, kFills[i]);
        left += width;
      }
      top += kRow;
    }
    out_ +=
        "</svg><figcaption>" +
        Escaped(Say(Sentence("From the left: done, failed or switched back, excused, to do."))) +
        "</figcaption></figure>\n";
    Table("", Say(Sentence("Phase")), progress_.phases());
  }

  void Table(const std::string& title, const std::string& first,
             const google::protobuf::RepeatedPtrField<v1::ProgressRow>& rows) {
    if (rows.empty()) return;
    if (!title.empty()) out_ += "<h2>" + Escaped(title) + "</h2>\n";
    out_ += "<table><thead><tr>";
    const std::vector<std::string> headers = words_.RowHeaders(first);
    for (size_t i = 0; i < headers.size(); ++i) {
      out_ += (i == 0 ? "<th>" : "<th class=\"n\">") + Escaped(headers[i]) + "</th>";
    }
    out_ += "</tr></thead><tbody>\n";
    std::vector<int> sums(headers.size() - 1);
    for (const v1::ProgressRow& row : rows) {
      const std::vector<int> figures = RowFigures(row);
      Row(row.title().empty() ? row.id() : row.title(), figures);
      for (size_t i = 0; i < figures.size(); ++i) sums[i] += figures[i];
    }
    out_ += "</tbody><tfoot>";
    Row(Say(Sentence("Total")), sums);
    out_ += "</tfoot></table>\n";
  }

  void Row(const std::string& name, const std::vector<int>& figures) {
    out_ += "<tr><td>" + Escaped(name) + "</td>";
    for (const int figure : figures) out_ += "<td class=\"n\">" + std::to_string(figure) + "</td>";
    out_ += "</tr>\n";
  }

  void Causes() {
    if (progress_.causes().empty()) return;
    constexpr int kRow = 20;
    constexpr int kLabel = 220;
    int most = 1;
    for (const v1::CauseCount& cause : progress_.causes()) most = std::max(most, cause.count());
    out_ += "<h2>" + Escaped(Say(Sentence("Failures by cause"))) + "</h2>\n<figure>" +
            absl::StrFormat("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", kWidth,
                            kRow * progress_.causes_size(),
                            Escaped(Say(Sentence("Failures by cause"))));
    int top = 0;
    for (const v1::CauseCount& cause : progress_.causes()) {
      const double width = static_cast<double>(cause.count()) * (kWidth - kLabel - 60) / most;
      out_ += absl::StrFormat(
          "<text x=\"0\" y=\"%d\" font-size=\"11\">%s</text>"
          "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#b3261e\"/>"
          "<text x=\"%.1f\" y=\"%d\" font-size=\"11\">%d</text>",
          top + 14, Escaped(words_.Cause(cause.cause())), kLabel, top + 4, width, kRow - 8,
          kLabel + width + 6, top + 14, cause.count());
      top += kRow;
    }
    out_ += "</svg></figure>\n";
  }

  void Decisions() {
    out_ += "<h2>" + Escaped(Say(Sentence("Gates"))) + "</h2>\n<table><thead><tr>";
    for (const Sentence& header :
         {Sentence("Phase"), Sentence("State"), Sentence("Opened"), Sentence("Work done"),
          Sentence("Passed"), Sentence("Success rate"), Sentence("Decision")}) {
      out_ += "<th>" + Escaped(Say(header)) + "</th>";
    }
    out_ += "</tr></thead><tbody>\n";
    for (const v1::Phase& phase : progress_.gates()) {
      out_ += "<tr><td>" + Escaped(phase.title().empty() ? phase.id() : phase.title()) +
              "</td><td>" + Escaped(words_.State(phase.state())) + "</td><td>" +
              Escaped(phase.opened_on()) + "</td><td>" + Escaped(phase.done_on()) + "</td><td>" +
              Escaped(phase.passed_on()) + "</td><td>" +
              Escaped(Percent(phase.succeeded(), phase.attempted())) + "</td><td>" +
              Escaped(DecisionOf(phase)) + "</td></tr>\n";
    }
    out_ += "</tbody></table>\n";
  }

  std::string DecisionOf(const v1::Phase& phase) const {
    std::string text;
    if (phase.has_hold()) {
      text = Say(Sentence("Held: $0", {words_.Say(phase.hold().text())}));
      if (!phase.hold().held_by().empty()) text += " (" + phase.hold().held_by() + ")";
    }
    if (phase.released_by().empty()) return text;
    if (!text.empty()) text += " / ";
    const std::vector<std::string> who = {phase.released_by(), ShownTime(phase.release_time()),
                                          phase.remark()};
    return text + Say(phase.overridden()
                          ? Sentence("Opened by $0 at $1 although the gate's figures did not allow "
                                     "it: $2",
                                     who)
                          : Sentence("Released by $0 at $1: $2", who));
  }

  void NextSteps() {
    out_ += "<h2>" + Escaped(Say(Sentence("Next steps"))) + "</h2>\n<ul>\n";
    bool any = false;
    for (const v1::Phase& phase : progress_.gates()) {
      for (const v1::GateCondition& condition : phase.open_conditions()) {
        any = true;
        out_ += "<li>" + Escaped(phase.title().empty() ? phase.id() : phase.title()) + ": " +
                Escaped(words_.Say(condition.text())) + "</li>\n";
      }
    }
    if (!any) out_ += "<li>" + Escaped(Say(Sentence("No gate waits for anything."))) + "</li>\n";
    out_ += "</ul>\n";
  }

  const v1::Progress& progress_;
  const ReportWords words_;
  std::string out_;
};

}  // namespace

std::string HtmlReport(const v1::Progress& progress, Language language) {
  return Page(progress, language).Write();
}

}  // namespace kirikae::app
