#include "service/domain/rollout_states.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace kirikae::domain {
namespace {

TEST(RolloutStatesTest, EveryPairOfStateAndEventIsDecided) {
  using State = RolloutState;
  // A letter an event: approve plan, start, pause, resume, cancel, complete; - where it is refused.
  const std::map<State, std::string> expected = {{State::kDraft, "A---C-"},
                                                 {State::kActive, "AAPACD"},
                                                 {State::kPaused, "P-PAC-"},
                                                 {State::kCompleted, "-----D"},
                                                 {State::kCancelled, "----C-"}};
  const std::map<char, std::optional<State>> states = {{'A', State::kActive},
                                                       {'P', State::kPaused},
                                                       {'C', State::kCancelled},
                                                       {'D', State::kCompleted},
                                                       {'-', std::nullopt}};
  ASSERT_EQ(expected.size(), 5);
  for (const auto& [from, letters] : expected) {
    for (size_t i = 0; i < letters.size(); ++i) {
      EXPECT_EQ(AfterEvent(from, static_cast<RolloutEvent>(i + 1)), states.at(letters[i]))
          << Name(from) << " event " << i + 1;
    }
  }
}

}  // namespace
}  // namespace kirikae::domain
