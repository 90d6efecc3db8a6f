#include "service/domain/rollout_states.h"

#include <cstddef>

namespace kirikae::domain {
namespace {

using State = RolloutState;
using Next = std::optional<RolloutState>;
constexpr Next kNone = std::nullopt;

struct Transition {
  State from;
  Next after[6];  // in the order of RolloutEvent
};

constexpr Transition kTable[] = {
    // approve plan, start, pause, resume, cancel, complete
    {State::kDraft, {State::kActive, kNone, kNone, kNone, State::kCancelled, kNone}},
    {State::kActive,
     {State::kActive, State::kActive, State::kPaused, State::kActive, State::kCancelled,
      State::kCompleted}},
    {State::kPaused,
     {State::kPaused, kNone, State::kPaused, State::kActive, State::kCancelled, kNone}},
    {State::kCompleted, {kNone, kNone, kNone, kNone, kNone, State::kCompleted}},
    {State::kCancelled, {kNone, kNone, kNone, kNone, State::kCancelled, kNone}},
};

}  // namespace

std::optional<RolloutState> AfterEvent(RolloutState from, RolloutEvent event) {
  for (const Transition& row : kTable) {
    if (row.from == from) return row.after[static_cast<size_t>(event) - 1];
  }
  return std::nullopt;
}

bool IsUnderWay(RolloutState state) {
  return state == RolloutState::kActive || state == RolloutState::kPaused;
}

bool IsOver(RolloutState state) {
  return state == RolloutState::kCompleted || state == RolloutState::kCancelled;
}

}  // namespace kirikae::domain
