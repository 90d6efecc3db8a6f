// The report's words and figures in both languages.
#include "service/app/reports/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "service/app/reports/charts.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Progress Sample() {
  Progress progress;
  progress.rollout.id = "face";
  progress.rollout.title = "A & B";
  progress.rollout.state = domain::RolloutState::kActive;
  EXPECT_TRUE(absl::LoadTimeZone("Asia/Tokyo", &progress.zone));
  progress.time = absl::FromCivil(absl::CivilSecond(2025, 5, 8, 9, 30, 0), progress.zone);
  progress.total.tally.Add(PlacementState::kMigrated, 9696);
  progress.total.tally.Add(PlacementState::kFailed, 304);
  ProgressRow row = progress.total;
  row.id = "pilot";
  row.title = "試行";
  row.blocked = 7;
  progress.phases.push_back(row);
  progress.causes[domain::FailureCause::kNoCamera] = 304;
  progress.burn_up = {{absl::CivilDay(2025, 5, 8), 10, 5},
                      {absl::CivilDay(2025, 5, 9), 20, std::nullopt}};
  PhaseNow phase;
  phase.spec.id = "pilot";
  phase.status.state = domain::PhaseState::kHeld;
  phase.status.hold_rule = domain::HoldRule::kPerson;
  phase.status.hold_reason = "庁舎<停電>";
  phase.status.held_by = "山田";
  progress.gates.push_back(phase);
  return progress;
}

TEST(Report, WordsComeInTheReportsLanguage) {
  const absl::TimeZone zone = absl::UTCTimeZone();
  const ReportWords english(Language::kEnglish, zone);
  const ReportWords japanese(Language::kJapanese, zone);
  EXPECT_EQ(english.Term(domain::RolloutState::kPaused), "Paused");
  EXPECT_NE(japanese.Term(domain::RolloutState::kPaused), "Paused");
  EXPECT_EQ(english.Term(domain::PhaseState::kGate), "At its gate");
  EXPECT_EQ(english.Term(domain::FailureCause::kOther), "Other");
}

TEST(Report, EveryStateAndCauseHasItsOwnWord) {
  const ReportWords words(Language::kJapanese, absl::UTCTimeZone());
  std::set<std::string> seen;
  for (int cause = 1; cause <= static_cast<int>(domain::FailureCause::kOther); ++cause) {
    EXPECT_TRUE(seen.insert(words.Term(static_cast<domain::FailureCause>(cause))).second) << cause;
  }
  seen.clear();
  for (int state = 1; state <= static_cast<int>(domain::PhaseState::kHeld); ++state) {
    EXPECT_TRUE(seen.insert(words.Term(static_cast<domain::PhaseState>(state))).second) << state;
  }
}

TEST(Report, TimesAreTheWardsAndDaysMayBeMissing) {
  const Progress progress = Sample();
  const ReportWords words(Language::kEnglish, progress.zone);
  EXPECT_EQ(words.Time(progress.time), "2025-05-08 09:30");
  EXPECT_EQ(words.Time(std::nullopt), "");
  EXPECT_EQ(DayText(std::nullopt), "");
}

TEST(Report, FiguresFollowTheirHeaders) {
  const Progress progress = Sample();
  const ReportWords words(Language::kEnglish, progress.zone);
  const std::vector<int64_t> figures = RowFigures(progress.phases[0]);
  EXPECT_EQ(words.RowHeaders("Phase").size(), figures.size() + 1);
  EXPECT_THAT(figures, ElementsAre(10000, 0, 7, 0, 0, 9696, 0, 304, 0, 0, 0));
}

TEST(Report, HtmlRoundsARateDownAndEscapes) {
  const std::string html = HtmlReport(Sample(), {}, Language::kEnglish);
  EXPECT_THAT(html, HasSubstr("96.9 %"));
  EXPECT_THAT(html, HasSubstr("A &amp; B"));
  EXPECT_THAT(html, HasSubstr("庁舎&lt;停電&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("<停電>")));
  EXPECT_THAT(html, Not(HasSubstr("http")));
}

TEST(Report, HtmlTellsTheApprovedPlanAndTheForecast) {
  ReportOutlook outlook;
  EXPECT_THAT(HtmlReport(Sample(), outlook, Language::kEnglish),
              AllOf(HasSubstr("No plan is approved yet."), Not(HasSubstr("Forecast"))));
  domain::Plan& plan = outlook.plan.emplace();
  plan.number = 4;
  plan.approver = "佐藤";
  plan.remark = "案の<とおり>";
  plan.approve_time = Sample().time;
  plan.planned_count = 569;
  plan.left_count = 2;
  plan.blocked_count = 131;
  outlook.phases.resize(2);
  outlook.phases[0] = {"pilot", absl::CivilDay(2025, 5, 9), absl::CivilDay(2025, 5, 12),
                       absl::CivilDay(2025, 5, 14), 62};
  const std::string html = HtmlReport(Sample(), outlook, Language::kEnglish);
  EXPECT_THAT(html, HasSubstr("Plan 4, approved by 佐藤 at 2025-05-08 09:30: 案の&lt;とおり&gt;"));
  EXPECT_THAT(html, HasSubstr("569 devices planned, 2 left out, 131 blocked."));
  EXPECT_THAT(html, HasSubstr("<td>2025-05-09</td><td>2025-05-12</td><td>2025-05-14</td>"
                              "<td>62</td>"));
  EXPECT_THAT(html, HasSubstr("<tr><td>Total</td><td>-</td><td>-</td><td>-</td><td>0</td></tr>"));
}

TEST(Report, HtmlSaysWhatEachRateCounts) {
  EXPECT_THAT(HtmlReport(Sample(), {}, Language::kEnglish),
              HasSubstr("of all devices; the success rate counts them of those attempted."));
}

TEST(Report, ChartsHaveNoPointForDaysToCome) {
  const Progress progress = Sample();
  const ReportWords words(Language::kEnglish, progress.zone);
  const std::string chart = BurnUpChart(progress, words);
  EXPECT_THAT(chart, HasSubstr("2025-05-09"));
  Progress one_day = progress;
  one_day.burn_up.pop_back();
  EXPECT_EQ(BurnUpChart(one_day, words), "");
  one_day.causes.clear();
  EXPECT_EQ(CauseChart(one_day, words), "");
}

TEST(Report, TheWorkbookIsAWorkbook) {
  const auto workbook = XlsxReport(Sample(), Language::kJapanese);
  ASSERT_TRUE(workbook.ok()) << workbook.status();
  EXPECT_EQ(workbook->substr(0, 2), "PK");
}

}  // namespace
}  // namespace kirikae::app
