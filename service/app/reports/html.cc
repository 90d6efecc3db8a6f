#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "service/app/reports/charts.h"
#include "service/app/reports/report.h"
#include "service/app/rollouts/gate_words.h"
#include "service/domain/proportion.h"
#include "service/domain/record_name.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr std::string_view kStyle = R"css(
@page { size: A4; margin: 15mm 14mm 17mm;
  @bottom-center { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
* { box-sizing: border-box; }
body { font-family: "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "Hiragino Sans", sans-serif;
  font-size: 10.5pt; line-height: 1.5; color: #1a1a1a; max-width: 182mm; margin: 0 auto; }
h1 { font-size: 16pt; margin: 0 0 2mm; border-bottom: 2px solid #1a1a1a; }
h1, h2 { break-after: avoid; }
h2 { font-size: 12pt; margin: 6mm 0 2mm; }
p { margin: 1mm 0; }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; }
th, td { border: 1px solid #767676; padding: .6mm 1.2mm; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
td.n { white-space: nowrap; }
th { hyphens: auto; overflow-wrap: normal; }
thead { display: table-header-group; }
tr, figure { break-inside: avoid; }
figure { margin: 2mm 0; }
figcaption { font-size: 8.5pt; }
tfoot { display: table-row-group; }
tfoot td { font-weight: bold; }
.note { font-size: 8.5pt; }
.big { display: flex; gap: 8mm; margin: 3mm 0; }
.big div { border-left: 3px solid #1a1a1a; padding-left: 2mm; }
.big b { display: block; font-size: 16pt; }
svg { width: 100%; height: auto; }
)css";

// Rounds down, so that 96.96 % does not look like 97 %, a gate that it misses.
std::string Percent(int64_t part, int64_t whole) {
  if (whole == 0) return "-";
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  return absl::StrFormat("%.1f %%", std::floor(share * 1000 + 1e-9) / 10);
}

// What the sample proves at least.
std::string ProvenOf(const domain::Tally& tally) {
  if (tally.Attempted() == 0) return "-";
  return PercentDown(
             domain::LowerBound(tally.Succeeded(), tally.Attempted(), domain::kShownConfidence)) +
         " %";
}

// Writes the page piece by piece.
class Page {
 public:
  Page(const Progress& progress, const ReportOutlook& outlook, Language language)
      : progress_(progress), outlook_(outlook), words_(language, progress.zone) {}

  std::string Write() {
    const bool japanese = words_.language() == Language::kJapanese;
    const std::string title = Say(Sentence("Report on the change of log-on method"));
    out_ = "<!DOCTYPE html>\n<html lang=\"" + std::string(japanese ? "ja" : "en") +
           "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + Escaped(title) + " - " +
           Escaped(progress_.rollout.title) + "</title>\n<style>" + std::string(kStyle) +
           "</style>\n</head>\n<body>\n<h1>" + Escaped(title) + "</h1>\n";
    Heading();
    ApprovedPlan();
    out_ += BurnUpChart(progress_, words_);
    Forecast();
    out_ += PhaseChart(progress_, words_);
    Table("", Say(Sentence("Phase")), progress_.phases);
    Decisions();
    NextSteps();
    Table(Say(Sentence("By department")), Say(Sentence("Department")), progress_.departments);
    Table(Say(Sentence("By site")), Say(Sentence("Site")), progress_.sites);
    Table(Say(Sentence("By team")), Say(Sentence("Team")), progress_.teams);
    out_ += CauseChart(progress_, words_);
    return out_ + "</body>\n</html>\n";
  }

 private:
  std::string Say(const Sentence& sentence) const { return words_.Say(sentence); }

  void Heading() {
    const domain::Tally& total = progress_.total.tally;
    out_ += "<p>" + Escaped(progress_.rollout.title) + " (" +
            Escaped(domain::RolloutName(progress_.rollout.id)) + ")<br>" +
            Escaped(Say(Sentence("As of $0", {words_.Time(progress_.time)}))) + " / " +
            Escaped(words_.Term(progress_.rollout.state)) + "</p>\n<div class=\"big\">";
    Figure(Say(Sentence("Devices")), std::to_string(total.Total()));
    Figure(Say(Sentence("Done")), std::to_string(total.Succeeded()) + " (" +
                                      Percent(total.Succeeded(), total.Total()) + ")");
    Figure(Say(Sentence("Success rate")), Percent(total.Succeeded(), total.Attempted()));
    Figure(Say(Sentence("Failed or switched back")), std::to_string(total.Failures()));
    out_ += "</div>\n";
    Note(
        Sentence("Done counts the devices switched or confirmed, of all devices; the success rate "
                 "counts them of those attempted. What a sample proves at least is the lower "
                 "bound of the success rate with a confidence of 95 %."));
  }

  void Note(const Sentence& sentence) {
    out_ += "<p class=\"note\">" + Escaped(Say(sentence)) + "</p>\n";
  }

  void ApprovedPlan() {
    out_ += "<h2>" + Escaped(Say(Sentence("Approved plan"))) + "</h2>\n<p>";
    if (outlook_.plan.has_value()) {
      const domain::Plan& plan = *outlook_.plan;
      out_ +=
          Escaped(Say(Sentence("Plan $0, approved by $1 at $2: $3",
                               {std::to_string(plan.number), plan.approver,
                                words_.Time(plan.approve_time), plan.remark}))) +
          "<br>" +
          Escaped(Say(Sentence("$0 devices planned, $1 left out, $2 blocked.",
                               {std::to_string(plan.planned_count), std::to_string(plan.left_count),
                                std::to_string(plan.blocked_count)})));
    } else {
      out_ += Escaped(Say(Sentence("No plan is approved yet.")));
    }
    out_ += "</p>\n";
  }

  // A phase's name by its id; that of the whole rollout for "".
  std::string PhaseNamed(const std::string& id) const {
    if (id.empty()) return Say(Sentence("Total"));
    for (const PhaseNow& phase : progress_.gates) {
      if (phase.spec.id == id) return NameOf(phase);
    }
    return id;
  }

  void Forecast() {
    if (outlook_.phases.empty()) return;
    out_ += "<h2>" + Escaped(Say(Sentence("Forecast"))) + "</h2>\n<table><thead><tr>";
    for (const Sentence& header :
         {Sentence("Phase"), Sentence("Planned end"), Sentence("Half of the courses by"),
          Sentence("Nine of ten by"), Sentence("Still to do")}) {
      out_ += "<th>" + Escaped(Say(header)) + "</th>";
    }
    out_ += "</tr></thead><tbody>\n";
    for (const PhaseOutlook& phase : outlook_.phases) {
      out_ += "<tr>";
      for (const std::string& cell :
           {PhaseNamed(phase.phase), DayText(phase.planned), DayText(phase.half),
            DayText(phase.nine_of_ten), std::to_string(phase.remaining)}) {
        out_ += "<td>" + Escaped(cell.empty() ? "-" : cell) + "</td>";
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table>\n";
    Note(
        Sentence("The rest of the approved plan is simulated with the failures and absences seen "
                 "so far."));
  }

  void Figure(const std::string& name, const std::string& value) {
    out_ += "<div>" + Escaped(name) + "<b>" + Escaped(value) + "</b></div>";
  }

  void Table(const std::string& title, const std::string& first,
             const std::vector<ProgressRow>& rows) {
    if (rows.empty()) return;
    if (!title.empty()) out_ += "<h2>" + Escaped(title) + "</h2>\n";
    out_ += "<table><thead><tr>";
    const std::vector<std::string> headers = words_.RowHeaders(first);
    for (size_t i = 0; i < headers.size(); ++i) {
      out_ += (i == 0 ? "<th>" : "<th class=\"n\">") + Escaped(headers[i]) + "</th>";
    }
    out_ += "</tr></thead><tbody>\n";
    std::vector<int64_t> sums(headers.size() - 1);
    for (const ProgressRow& row : rows) {
      const std::vector<int64_t> figures = RowFigures(row);
      Row(NameOf(row), figures);
      for (size_t i = 0; i < figures.size(); ++i) sums[i] += figures[i];
    }
    out_ += "</tbody><tfoot>";
    Row(Say(Sentence("Total")), sums);
    out_ += "</tfoot></table>\n";
  }

  void Row(const std::string& name, const std::vector<int64_t>& figures) {
    out_ += "<tr><td>" + Escaped(name) + "</td>";
    for (const int64_t figure : figures) {
      out_ += "<td class=\"n\">" + std::to_string(figure) + "</td>";
    }
    out_ += "</tr>\n";
  }

  void Decisions() {
    out_ += "<h2>" + Escaped(Say(Sentence("Gates"))) + "</h2>\n<table><thead><tr>";
    for (const Sentence& header :
         {Sentence("Phase"), Sentence("State"), Sentence("Opened"), Sentence("Work done"),
          Sentence("Passed"), Sentence("Switched of attempted"), Sentence("Success rate"),
          Sentence("Proves at least"), Sentence("Decision")}) {
      out_ += "<th>" + Escaped(Say(header)) + "</th>";
    }
    out_ += "</tr></thead><tbody>\n";
    for (const PhaseNow& phase : progress_.gates) {
      const domain::Tally& tally = phase.facts.tally;
      out_ += "<tr>";
      for (const std::string& cell :
           {NameOf(phase), words_.Term(phase.status.state), DayText(phase.status.opened_on),
            DayText(phase.status.done_on), DayText(phase.status.passed_on),
            std::to_string(tally.Succeeded()) + " / " + std::to_string(tally.Attempted()),
            Percent(tally.Succeeded(), tally.Attempted()), ProvenOf(tally), DecisionOf(phase)}) {
        out_ += "<td>" + Escaped(cell) + "</td>";
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table>\n";
  }

  std::string DecisionOf(const PhaseNow& phase) const {
    const domain::PhaseStatus& status = phase.status;
    std::string text;
    if (IsHeld(status)) {
      text = Say(Sentence("Held: $0", {words_.Hold(phase)}));
      if (!status.held_by.empty()) text += " (" + status.held_by + ")";
    }
    if (status.released_by.empty()) return text;
    if (!text.empty()) text += " / ";
    const std::vector<std::string> who = {status.released_by, words_.Time(status.release_time),
                                          status.remark};
    return text + Say(status.overridden
                          ? Sentence("Opened by $0 at $1 although the gate's figures did not allow "
                                     "it: $2",
                                     who)
                          : Sentence("Released by $0 at $1: $2", who));
  }

  void NextSteps() {
    out_ += "<h2>" + Escaped(Say(Sentence("Next steps"))) + "</h2>\n<ul>\n";
    bool any = false;
    for (const PhaseNow& phase : progress_.gates) {
      for (const GateCondition& condition : OpenConditions(phase)) {
        any = true;
        out_ +=
            "<li>" + Escaped(NameOf(phase)) + ": " + Escaped(Say(condition.sentence)) + "</li>\n";
      }
    }
    if (!any) out_ += "<li>" + Escaped(Say(Sentence("No gate waits for anything."))) + "</li>\n";
    out_ += "</ul>\n";
  }

  const Progress& progress_;
  const ReportOutlook& outlook_;
  const ReportWords words_;
  std::string out_;
};

}  // namespace

std::string HtmlReport(const Progress& progress, const ReportOutlook& outlook, Language language) {
  return Page(progress, outlook, language).Write();
}

}  // namespace kirikae::app
