#include "service/domain/plan_states.h"

#include <cstddef>

namespace kirikae::domain {
namespace {

using State = PlanState;
using Next = std::optional<PlanState>;
constexpr Next kNone = std::nullopt;

struct Transition {
  State from;
  Next after[4];  // in the order of PlanEvent
};

constexpr Transition kTable[] = {
    // submit, approve, reject, supersede
    {State::kDraft, {State::kSubmitted, kNone, kNone, kNone}},
    {State::kSubmitted, {kNone, State::kApproved, State::kRejected, kNone}},
    {State::kApproved, {kNone, kNone, kNone, State::kSuperseded}},
    {State::kSuperseded, {kNone, kNone, kNone, kNone}},
    {State::kRejected, {kNone, kNone, kNone, kNone}},
};

}  // namespace

std::optional<PlanState> AfterEvent(PlanState from, PlanEvent event) {
  for (const Transition& row : kTable) {
    if (row.from == from) return row.after[static_cast<size_t>(event) - 1];
  }
  return std::nullopt;
}

PlanState StateFor(PlanEvent event) {
  for (const Transition& row : kTable) {
    if (row.after[static_cast<size_t>(event) - 1].has_value()) return row.from;
  }
  return State::kDraft;
}

}  // namespace kirikae::domain
