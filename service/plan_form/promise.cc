// The promise of a plan in its public form.
#include <cmath>
#include <string>

#include "service/plan_form/day_text.h"
#include "service/plan_form/problem_and_solution.h"

namespace kirikae::plan_form {

void ToProto(const planner::Promise& promise, v1::PlanPromise* proto) {
  proto->set_confidence_percent(static_cast<int>(std::lround(promise.confidence * 100)));
  proto->set_finish(DayText(promise.finish));
  for (const planner::PromisedPhase& phase : promise.phases) {
    auto* const row = proto->add_phases();
    row->set_id(phase.id);
    row->set_last_day(absl::FormatCivilTime(phase.last_day));
    row->set_done_by(DayText(phase.done_by));
    row->set_attempted(static_cast<int>(phase.seen.attempted));
    row->set_failed_rate(phase.rates.failed);
    row->set_absent_rate(phase.rates.absent);
  }
  proto->set_held_share(promise.held_share);
  proto->set_runs(promise.runs);
  proto->mutable_reserve()->set_share(promise.reserve.share);
  proto->mutable_reserve()->set_days(static_cast<int>(promise.reserve.days));
  proto->set_tight_finish(DayText(promise.tight_finish));
  proto->set_tight_share(promise.tight_share);
  proto->set_open_days_later(static_cast<int>(promise.open_days_later));
  proto->set_phases_hold(promise.phases_hold);
}

}  // namespace kirikae::plan_form
