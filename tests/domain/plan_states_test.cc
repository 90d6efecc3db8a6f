#include "service/domain/plan_states.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "service/domain/records.h"

namespace kirikae::domain {
namespace {

using State = PlanState;

// A letter an event: submit, approve, reject, supersede; - where it is refused.
const std::map<State, std::string>& Expected() {
  static const std::map<State, std::string> expected = {{State::kDraft, "S---"},
                                                        {State::kSubmitted, "-AR-"},
                                                        {State::kApproved, "---P"},
                                                        {State::kSuperseded, "----"},
                                                        {State::kRejected, "----"}};
  return expected;
}

TEST(PlanStates, EveryPairOfStateAndEventIsDecided) {
  const std::map<char, std::optional<State>> states = {{'S', State::kSubmitted},
                                                       {'A', State::kApproved},
                                                       {'R', State::kRejected},
                                                       {'P', State::kSuperseded},
                                                       {'-', std::nullopt}};
  ASSERT_EQ(Expected().size(), 5U);
  for (const auto& [from, letters] : Expected()) {
    for (size_t i = 0; i < letters.size(); ++i) {
      EXPECT_EQ(AfterEvent(from, static_cast<PlanEvent>(i + 1)), states.at(letters[i]))
          << Name(from) << " event " << i + 1;
    }
  }
}

// An error names the state that a plan must be in, so each event needs exactly one.
TEST(PlanStates, EachEventIsAllowedInOneState) {
  for (size_t i = 0; i < 4; ++i) {
    const auto event = static_cast<PlanEvent>(i + 1);
    int allowed = 0;
    for (const auto& [from, letters] : Expected()) allowed += letters[i] != '-' ? 1 : 0;
    EXPECT_EQ(allowed, 1);
    EXPECT_TRUE(AfterEvent(StateFor(event), event).has_value());
  }
}

TEST(States, NewRecordsBeginAsTheirStructsSay) {
  EXPECT_EQ(Rollout().state, RolloutState::kDraft);
  EXPECT_EQ(Plan().state, PlanState::kDraft);
  EXPECT_EQ(Wave().state, WaveState::kPlanned);
  EXPECT_EQ(PhaseStatus().state, PhaseState::kWaiting);
  EXPECT_EQ(Placement().state, PlacementState::kUnplanned);
}

}  // namespace
}  // namespace kirikae::domain
