#include <string>
#include <vector>

#include "service/app/reports/report.h"
#include "service/tabular/xlsx_writer.h"

namespace kirikae::app {
namespace {

using domain::Sentence;
using tabular::Cell;
using tabular::Sheet;

using Rows = google::protobuf::RepeatedPtrField<v1::ProgressRow>;

std::vector<Cell> Texts(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

Sheet TableOf(const ReportWords& words, const Sentence& title, const Rows& rows) {
  Sheet sheet{words.Say(title), {Texts(words.RowHeaders(words.Say(title)))}};
  std::vector<double> sums(sheet.rows.front().size() - 1);
  for (const v1::ProgressRow& row : rows) {
    std::vector<Cell>& cells = sheet.rows.emplace_back();
    cells.emplace_back(row.title().empty() ? row.id() : row.title());
    const std::vector<int> figures = RowFigures(row);
    for (size_t i = 0; i < figures.size(); ++i) {
      cells.emplace_back(static_cast<double>(figures[i]));
      sums[i] += figures[i];
    }
  }
  std::vector<Cell>& total = sheet.rows.emplace_back();
  total.emplace_back(words.Say(Sentence("Total")));
  for (const double sum : sums) total.emplace_back(sum);
  return sheet;
}

Sheet SummaryOf(const ReportWords& words, const v1::Progress& progress) {
  const v1::ProgressRow& total = progress.total();
  const auto number = [](int value) { return static_cast<double>(value); };
  Sheet sheet{words.Say(Sentence("Summary")), {}};
  sheet.rows = {{words.Say(Sentence("Report on the change of log-on method")), progress.title()},
                {words.Say(Sentence("As of $0", {ShownTime(progress.time())})),
                 words.State(progress.state())},
                {words.Say(Sentence("Devices")), number(total.total())},
                {words.Say(Sentence("Done")), number(total.succeeded())},
                {words.Say(Sentence("Failed or switched back")),
                 number(total.failed() + total.rolled_back())},
                {words.Say(Sentence("Put off")), number(total.deferred())},
                {words.Say(Sentence("Exempt")), number(total.exempt())}};
  if (total.attempted() > 0) {
    sheet.rows.push_back({words.Say(Sentence("Success rate")),
                          number(total.succeeded()) / number(total.attempted())});
  }
  return sheet;
}

Sheet GatesOf(const ReportWords& words, const v1::Progress& progress) {
  Sheet sheet{words.Say(Sentence("Gates")), {}};
  std::vector<Cell>& headers = sheet.rows.emplace_back();
  for (const Sentence& header :
       {Sentence("Phase"), Sentence("State"), Sentence("Opened"), Sentence("Work done"),
        Sentence("Passed"), Sentence("Devices attempted"), Sentence("Switched"),
        Sentence("Switched back"), Sentence("Released by"), Sentence("Remark"),
        Sentence("Waits for")}) {
    headers.emplace_back(words.Say(header));
  }
  for (const v1::Phase& phase : progress.gates()) {
    std::string waits = phase.has_hold() ? words.Say(phase.hold().text()) : "";
    for (const v1::GateCondition& condition : phase.open_conditions()) {
      if (!waits.empty()) waits += " / ";
      waits += words.Say(condition.text());
    }
    std::string remark = phase.remark();
    if (phase.overridden()) {
      remark += " (" + words.Say(Sentence("although the gate's figures did not allow it")) + ")";
    }
    sheet.rows.push_back(
        {phase.title().empty() ? phase.id() : phase.title(), words.State(phase.state()),
         phase.opened_on(), phase.done_on(), phase.passed_on(),
         static_cast<double>(phase.attempted()), static_cast<double>(phase.succeeded()),
         static_cast<double>(phase.incidents()), phase.released_by(), remark, waits});
  }
  return sheet;
}

Sheet CausesOf(const ReportWords& words, const v1::Progress& progress) {
  Sheet sheet{words.Say(Sentence("Failures by cause")),
              {{words.Say(Sentence("Cause")), words.Say(Sentence("Devices"))}}};
  for (const v1::CauseCount& cause : progress.causes()) {
    sheet.rows.push_back({words.Cause(cause.cause()), static_cast<double>(cause.count())});
  }
  return sheet;
}

Sheet DaysOf(const ReportWords& words, const v1::Progress& progress) {
  Sheet sheet{words.Say(Sentence("By day")),
              {{words.Say(Sentence("Day")), words.Say(Sentence("Planned up to it")),
                words.Say(Sentence("Done up to it"))}}};
  for (const v1::BurnUpPoint& point : progress.burn_up()) {
    std::vector<Cell> row = {point.day(), static_cast<double>(point.planned())};
    if (point.done() >= 0) row.emplace_back(static_cast<double>(point.done()));
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace

absl::StatusOr<std::string> XlsxReport(const v1::Progress& progress, Language language) {
  const ReportWords words(language);
  return tabular::WriteSheets(
      {SummaryOf(words, progress), TableOf(words, Sentence("Phase"), progress.phases()),
       TableOf(words, Sentence("Department"), progress.departments()),
       TableOf(words, Sentence("Site"), progress.sites()),
       TableOf(words, Sentence("Team"), progress.teams()), CausesOf(words, progress),
       GatesOf(words, progress), DaysOf(words, progress)});
}

}  // namespace kirikae::app
