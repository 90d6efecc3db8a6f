#include <string>
#include <utility>
#include <vector>

#include "service/app/reports/report.h"
#include "service/app/rollouts/gate_words.h"
#include "service/tabular/xlsx_writer.h"

namespace kirikae::app {
namespace {

using domain::Sentence;
using tabular::Cell;
using tabular::Sheet;

double Number(int64_t count) { return static_cast<double>(count); }

std::vector<Cell> Texts(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

Sheet TableOf(const ReportWords& words, const Sentence& title,
              const std::vector<ProgressRow>& rows) {
  Sheet sheet{words.Say(title), {Texts(words.RowHeaders(words.Say(title)))}};
  std::vector<int64_t> sums(sheet.rows.front().size() - 1);
  for (const ProgressRow& row : rows) {
    std::vector<Cell>& cells = sheet.rows.emplace_back();
    cells.emplace_back(NameOf(row));
    const std::vector<int64_t> figures = RowFigures(row);
    for (size_t i = 0; i < figures.size(); ++i) {
      cells.emplace_back(Number(figures[i]));
      sums[i] += figures[i];
    }
  }
  std::vector<Cell>& total = sheet.rows.emplace_back();
  total.emplace_back(words.Say(Sentence("Total")));
  for (const int64_t sum : sums) total.emplace_back(Number(sum));
  return sheet;
}

Sheet SummaryOf(const ReportWords& words, const Progress& progress) {
  using State = domain::PlacementState;
  const domain::Tally& total = progress.total.tally;
  Sheet sheet{words.Say(Sentence("Summary")), {}};
  sheet.rows = {
      {words.Say(Sentence("Report on the change of log-on method")), progress.rollout.title},
      {words.Say(Sentence("As of $0", {words.Time(progress.time)})),
       words.Term(progress.rollout.state)},
      {words.Say(Sentence("Devices")), Number(total.Total())},
      {words.Say(Sentence("Done")), Number(total.Succeeded())},
      {words.Say(Sentence("Failed or switched back")), Number(total.Failures())},
      {words.Term(State::kDeferred), Number(total.Count(State::kDeferred))},
      {words.Term(State::kExempt), Number(total.Count(State::kExempt))}};
  if (total.Attempted() > 0) {
    sheet.rows.push_back({words.Say(Sentence("Success rate")),
                          Number(total.Succeeded()) / Number(total.Attempted())});
  }
  return sheet;
}

// What the phase waits for: why it is held, and what its gate requires.
std::string WaitsFor(const ReportWords& words, const PhaseNow& phase) {
  std::string waits = words.Hold(phase);
  for (const GateCondition& condition : OpenConditions(phase)) {
    if (!waits.empty()) waits += " / ";
    waits += words.Say(condition.sentence);
  }
  return waits;
}

// The success rate, or what the sample proves at least; "" while nothing was attempted.
Cell ShareOf(const domain::Tally& tally, bool proven) {
  if (tally.Attempted() == 0) return std::string();
  if (!proven) return Number(tally.Succeeded()) / Number(tally.Attempted());
  return domain::LowerBound(tally.Succeeded(), tally.Attempted(), domain::kShownConfidence);
}

Sheet GatesOf(const ReportWords& words, const Progress& progress) {
  Sheet sheet{words.Say(Sentence("Gates")), {}};
  std::vector<Cell>& headers = sheet.rows.emplace_back();
  for (const Sentence& header :
       {Sentence("Phase"), Sentence("State"), Sentence("Opened"), Sentence("Work done"),
        Sentence("Passed"), Sentence("Devices attempted"), Sentence("Switched"),
        Sentence("Success rate"), Sentence("Proves at least"), Sentence("Switched back"),
        Sentence("Released by"), Sentence("Remark"), Sentence("Waits for")}) {
    headers.emplace_back(words.Say(header));
  }
  for (const PhaseNow& phase : progress.gates) {
    const domain::PhaseStatus& status = phase.status;
    const domain::Tally& tally = phase.facts.tally;
    std::string remark = status.remark;
    if (status.overridden) {
      remark += " (" + words.Say(Sentence("although the gate's figures did not allow it")) + ")";
    }
    sheet.rows.push_back({NameOf(phase), words.Term(status.state), DayText(status.opened_on),
                          DayText(status.done_on), DayText(status.passed_on),
                          Number(tally.Attempted()), Number(tally.Succeeded()),
                          ShareOf(tally, false), ShareOf(tally, true), Number(tally.Incidents()),
                          status.released_by, remark, WaitsFor(words, phase)});
  }
  return sheet;
}

Sheet CausesOf(const ReportWords& words, const Progress& progress) {
  Sheet sheet{words.Say(Sentence("Failures by cause")),
              {{words.Say(Sentence("Cause")), words.Say(Sentence("Devices"))}}};
  for (const auto& [cause, count] : progress.causes) {
    sheet.rows.push_back({words.Term(cause), Number(count)});
  }
  return sheet;
}

Sheet DaysOf(const ReportWords& words, const Progress& progress) {
  Sheet sheet{words.Say(Sentence("By day")),
              {{words.Say(Sentence("Day")), words.Say(Sentence("Planned up to it")),
                words.Say(Sentence("Done up to it"))}}};
  for (const BurnUpPoint& point : progress.burn_up) {
    std::vector<Cell> row = {DayText(point.day), Number(point.planned)};
    if (point.done.has_value()) row.emplace_back(Number(*point.done));
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace

absl::StatusOr<std::string> XlsxReport(const Progress& progress, Language language) {
  const ReportWords words(language, progress.zone);
  return tabular::WriteSheets(
      {SummaryOf(words, progress), TableOf(words, Sentence("Phase"), progress.phases),
       TableOf(words, Sentence("Department"), progress.departments),
       TableOf(words, Sentence("Site"), progress.sites),
       TableOf(words, Sentence("Team"), progress.teams), CausesOf(words, progress),
       GatesOf(words, progress), DaysOf(words, progress)});
}

}  // namespace kirikae::app
