#include "service/domain/wave_states.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace kirikae::domain {
namespace {

TEST(WaveStates, EveryPairOfStateAndEventIsDecided) {
  using State = WaveState;
  // A letter an event: start, finish, reopen, cancel; - where it is refused.
  const std::map<State, std::string> expected = {{State::kPlanned, "IDPC"},
                                                 {State::kInProgress, "IDIC"},
                                                 {State::kDone, "-DI-"},
                                                 {State::kCancelled, "---C"}};
  const std::map<char, std::optional<State>> states = {{'P', State::kPlanned},
                                                       {'I', State::kInProgress},
                                                       {'D', State::kDone},
                                                       {'C', State::kCancelled},
                                                       {'-', std::nullopt}};
  ASSERT_EQ(expected.size(), 4U);
  for (const auto& [from, letters] : expected) {
    for (size_t i = 0; i < letters.size(); ++i) {
      EXPECT_EQ(AfterEvent(from, static_cast<WaveEvent>(i + 1)), states.at(letters[i]))
          << Name(from) << " event " << i + 1;
    }
  }
}

TEST(PlacementStates, EveryPairOfStateAndEventIsDecided) {
  using State = PlacementState;
  // A letter an event: plan, wave starts, drop, soak passed, lift; - where it is refused.
  const std::map<State, std::string> expected = {
      {State::kUnplanned, "P-U--"},  {State::kPlanned, "PDU--"},  {State::kDue, "PDU--"},
      {State::kMigrated, "---V-"},   {State::kVerified, "---V-"}, {State::kFailed, "P----"},
      {State::kRolledBack, "P----"}, {State::kDeferred, "P----"}, {State::kExempt, "----U"}};
  const std::map<char, std::optional<State>> states = {{'U', State::kUnplanned},
                                                       {'P', State::kPlanned},
                                                       {'D', State::kDue},
                                                       {'V', State::kVerified},
                                                       {'-', std::nullopt}};
  ASSERT_EQ(expected.size(), 9U);
  for (const auto& [from, letters] : expected) {
    for (size_t i = 0; i < letters.size(); ++i) {
      EXPECT_EQ(AfterEvent(from, static_cast<PlacementEvent>(i + 1)), states.at(letters[i]))
          << Name(from) << " event " << i + 1;
    }
  }
}

}  // namespace
}  // namespace kirikae::domain
