// A year of the sample rollout, day by day on an injected clock: four phases, seeded failures, a
// held phase, a make-up wave, late joiners, a pause, a replaced plan.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/support/daemon.h"
#include "tests/support/rollout_driver.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;

class RolloutYear : public ::testing::Test {
 protected:
  void SetUp() override {
    ImportSampleWard(daemon_);
    ApproveSamplePlan(daemon_);
  }

  // Days from today on with a planned wave that is not over.
  std::set<absl::CivilDay> DaysToCome() {
    std::set<absl::CivilDay> days;
    for (const v1::Wave& wave : driver_.Waves()) {
      absl::CivilDay day;
      EXPECT_TRUE(absl::ParseCivilTime(wave.day(), &day));
      const bool live =
          wave.state() == v1::WAVE_STATE_PLANNED || wave.state() == v1::WAVE_STATE_IN_PROGRESS;
      if (live && day > driver_.today()) days.insert(day);
    }
    return days;
  }

  // A day's work. About one device in fifty fails.
  void Work() {
    std::vector<std::string> good;
    for (const std::string& tag : driver_.Due()) {
      if (random_() % 40 == 0) {
        EXPECT_EQ(driver_.Mark("failed", {tag}, {"--cause", "software-fault"}), 0);
      } else {
        good.push_back(tag);
      }
    }
    EXPECT_EQ(driver_.Mark("migrated", good, {"--partial"}), 0);
  }

  // Works through the phase's waves, day after day, until there are none.
  void WorkThrough(const std::string& phase) {
    for (int days = 0; days < 200; ++days) {
      Work();
      if (driver_.Phase(phase).state() == v1::PHASE_STATE_HELD) Release(phase, "原因を確認し続行");
      absl::CivilDay next = absl::CivilDay::max();
      for (const v1::Wave& wave : driver_.Waves()) {
        absl::CivilDay day;
        ASSERT_TRUE(absl::ParseCivilTime(wave.day(), &day));
        const bool live = wave.state() == v1::WAVE_STATE_PLANNED && wave.phase() == phase;
        if (live && day > driver_.today()) next = std::min(next, day);
      }
      if (next == absl::CivilDay::max()) return;
      driver_.GoTo(next);
    }
    FAIL() << phase << " never ends";
  }

  bool IsUnfinished(const std::string& phase) {
    const v1::Phase now = driver_.Phase(phase);
    return now.open_conditions_size() > 0 && now.open_conditions(0).code() == "UNFINISHED";
  }

  // Excuses the rest of the phase: an approver exempts blocked devices; the others are deferred.
  void ExcuseTheRest(const std::string& phase) {
    const v1::Phase now = driver_.Phase(phase);
    for (const v1::GateCondition& condition : now.open_conditions()) {
      if (condition.code() != "UNFINISHED") continue;
      EXPECT_EQ(
          driver_.Mark("exempt", {condition.asset_tags().begin(), condition.asset_tags().end()}),
          0);
    }
  }

  // Moves on a day at a time until the phase has that state.
  void WaitFor(const std::string& phase, v1::PhaseState state) {
    for (int days = 0; days < 40; ++days) {
      if (driver_.Phase(phase).state() == state) return;
      driver_.GoTo(driver_.today() + 1);
    }
    FAIL() << phase << " is " << v1::PhaseState_Name(driver_.Phase(phase).state());
  }

  // Uses a daemon that has just started and has done what was due. So no scheduler changes anything
  // while progress, report and inventory are compared.
  void Count() {
    driver_.GoTo(driver_.today(), 18);
    driver_.ExpectCountsAgree();
  }

  void Release(const std::string& phase, const std::string& remark) {
    const ProgramResult released =
        daemon_.Run({"phase", "release", phase, "--remark", remark, "--yes"});
    EXPECT_EQ(released.exit_code, 0) << released.err;
  }

  Daemon daemon_;
  RolloutDriver driver_{daemon_, "face2025"};
  std::mt19937 random_{20250407};
};

TEST_F(RolloutYear, GoesThroughAllPhasesAndStopsItself) {
  // The pilot: one failure too many among the first ten devices holds it, but not before the tenth.
  driver_.GoTo(absl::CivilDay(2025, 4, 7));
  EXPECT_EQ(driver_.Phase("pilot").state(), v1::PHASE_STATE_OPEN);
  EXPECT_EQ(driver_.Phase("managers").state(), v1::PHASE_STATE_WAITING);
  std::vector<std::string> tried;
  while (tried.size() < 10) {
    for (const std::string& tag : driver_.Due()) {
      if (tried.size() == 10) break;
      const bool fails = tried.empty();
      EXPECT_EQ(fails ? driver_.Mark("failed", {tag}, {"--cause", "camera-fault"})
                      : driver_.Mark("migrated", {tag}),
                0);
      tried.push_back(tag);
      if (tried.size() < 10) {
        ASSERT_EQ(driver_.Phase("pilot").state(), v1::PHASE_STATE_OPEN) << tried.size();
      }
    }
    if (tried.size() < 10) {
      const auto days = DaysToCome();
      ASSERT_FALSE(days.empty());
      driver_.GoTo(*days.begin());
    }
  }
  const v1::Phase held = driver_.Phase("pilot");
  ASSERT_EQ(held.state(), v1::PHASE_STATE_HELD);
  EXPECT_EQ(held.hold().rule(), v1::HOLD_RULE_SUCCESS_RATE);
  EXPECT_THAT(held.hold().text().en(), ::testing::AllOf(HasSubstr("9"), HasSubstr("10")));
  Count();

  // No wave starts while the phase is held; a release with a remark lets it go on.
  const auto after_hold = DaysToCome();
  ASSERT_FALSE(after_hold.empty());
  driver_.GoTo(*after_hold.begin());
  for (const v1::Wave& wave : driver_.Waves()) {
    if (wave.day() == absl::FormatCivilTime(driver_.today())) {
      EXPECT_EQ(wave.state(), v1::WAVE_STATE_PLANNED) << wave.name();
    }
  }
  Release("pilot", "カメラ交換済。続行してよい");
  driver_.GoTo(driver_.today(), 17);
  EXPECT_EQ(driver_.Phase("pilot").state(), v1::PHASE_STATE_OPEN);
  WorkThrough("pilot");

  // A make-up wave for the failed devices, and a device bought meanwhile, in a plan that replaces
  // the first.
  ASSERT_EQ(daemon_
                .Run({"device", "create", "TSM-09901", "--set", "department=政策経営部/企画課",
                      "--set", "site=本庁舎", "--set", "camera=BUILT_IN"})
                .exit_code,
            0);
  EXPECT_GT(driver_.Progress().total().unplanned(), 0);
  driver_.ApproveNewPlan();
  ASSERT_FALSE(HasFailure());
  const auto make_up = DaysToCome();
  ASSERT_FALSE(make_up.empty());
  driver_.GoTo(*make_up.begin());
  WorkThrough("pilot");
  ExcuseTheRest("pilot");
  Count();
  WaitFor("pilot", v1::PHASE_STATE_GATE);
  EXPECT_EQ(driver_.Phase("managers").state(), v1::PHASE_STATE_WAITING);
  Release("pilot", "検証結果良好。案のとおり承認");
  EXPECT_EQ(driver_.Phase("pilot").state(), v1::PHASE_STATE_PASSED);

  // The later phases; the last one with a pause over お盆.
  for (const std::string phase : {"managers", "promoters", "everyone"}) {
    WaitFor(phase, v1::PHASE_STATE_OPEN);
    driver_.ApproveNewPlan();
    if (phase == "everyone") {
      driver_.GoTo(std::max(driver_.today(), absl::CivilDay(2025, 8, 12)), 9);
      ASSERT_EQ(daemon_.Run({"rollout", "pause", "--reason", "お盆"}).exit_code, 0);
      driver_.GoTo(driver_.today() + 1);
      EXPECT_TRUE(driver_.Due().empty());
      driver_.GoTo(driver_.today() + 5);
      ASSERT_EQ(daemon_.Run({"rollout", "resume"}).exit_code, 0);
      driver_.ApproveNewPlan();
    }
    const auto days = DaysToCome();
    if (!days.empty()) driver_.GoTo(*days.begin());
    WorkThrough(phase);
    if (driver_.Phase(phase).state() == v1::PHASE_STATE_HELD) Release(phase, "原因を確認し続行");
    driver_.ApproveNewPlan();
    const auto again = DaysToCome();
    if (!again.empty()) driver_.GoTo(*again.begin());
    WorkThrough(phase);
    while (IsUnfinished(phase)) ExcuseTheRest(phase);
    if (driver_.Phase(phase).state() == v1::PHASE_STATE_HELD) Release(phase, "原因を確認し続行");
    Count();
    WaitFor(phase, phase == "managers" ? v1::PHASE_STATE_GATE : v1::PHASE_STATE_PASSED);
    if (phase == "managers") Release(phase, "案のとおり承認");
    EXPECT_EQ(driver_.Phase(phase).state(), v1::PHASE_STATE_PASSED) << phase;
  }
  driver_.GoTo(driver_.today() + 1);
  EXPECT_EQ(driver_.Rollout().state(), v1::ROLLOUT_STATE_COMPLETED);
  Count();
  EXPECT_THAT(driver_.Report(), HasSubstr("案のとおり承認"));
  driver_.GoTo(driver_.today() + 1);
}

}  // namespace
}  // namespace kirikae::testing
