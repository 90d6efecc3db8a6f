#include "service/app/rollouts/phases.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "service/app/rollouts/count.h"
#include "service/app/rollouts/working_days.h"
#include "service/planner/model.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::PhaseState;

// The facts that the phase's rules use. `before_passed`: the previous phase has passed.
domain::PhaseFacts FactsOf(const Ward& ward, const domain::Rollout& rollout, const PhaseSpec& spec,
                           const PhaseCount& count, bool before_passed) {
  domain::PhaseFacts facts;
  facts.now = ward.now();
  facts.today = ward.DayOf(facts.now);
  facts.tally = count.tally;
  facts.may_open = rollout.state == domain::RolloutState::kActive && before_passed &&
                   (!spec.not_before.has_value() || *spec.not_before <= facts.today);
  if (count.last_work.has_value()) facts.last_work = ward.DayOf(*count.last_work);
  return facts;
}

}  // namespace

bool SoakPassed(const CalendarSpec& calendar, const OfficeCalendar& office, absl::CivilDay done_on,
                int soak_days, absl::CivilDay today) {
  if (soak_days <= 0) return true;
  if (today - done_on <= soak_days) return false;
  const auto passed = planner::OpenDays(CalendarOf(calendar, office, done_on + 1, today - 1));
  return passed.size() >= static_cast<size_t>(soak_days);
}

absl::StatusOr<std::vector<domain::PhaseStatus>> StatusesOf(store::ReadView& view,
                                                            const domain::Rollout& rollout,
                                                            const ParsedRollout& file) {
  ASSIGN_OR_RETURN(const std::vector<domain::PhaseStatus> kept, view.ListPhases(rollout.id));
  std::vector<domain::PhaseStatus> statuses;
  for (const PhaseSpec& spec : file.file().phases) {
    const auto found = std::find_if(kept.begin(), kept.end(),
                                    [&](const auto& each) { return each.id == spec.id; });
    domain::PhaseStatus status;
    status.rollout = rollout.id;
    status.id = spec.id;
    statuses.push_back(found == kept.end() ? status : *found);
  }
  return statuses;
}

absl::StatusOr<std::vector<PhaseNow>> PhasesNow(const Ward& ward, store::ReadView& view,
                                                const domain::Rollout& rollout,
                                                const ParsedRollout& file) {
  ASSIGN_OR_RETURN(auto counts, CountPhases(view, rollout, file));
  return PhasesNow(ward, view, rollout, file, std::move(counts));
}

absl::StatusOr<std::vector<PhaseNow>> PhasesNow(const Ward& ward, store::ReadView& view,
                                                const domain::Rollout& rollout,
                                                const ParsedRollout& file,
                                                std::map<std::string, PhaseCount> counts) {
  ASSIGN_OR_RETURN(std::vector<domain::PhaseStatus> statuses, StatusesOf(view, rollout, file));
  ASSIGN_OR_RETURN(const OfficeCalendar office, OfficeCalendar::Read(view));
  std::vector<PhaseNow> phases;
  bool before_passed = true;
  for (size_t i = 0; i < statuses.size(); ++i) {
    PhaseNow phase;
    phase.spec = file.file().phases[i];
    phase.status = std::move(statuses[i]);
    PhaseCount& count = counts[phase.spec.id];
    phase.facts = FactsOf(ward, rollout, phase.spec, count, before_passed);
    phase.open = std::move(count.open);
    phase.blocked = std::move(count.blocked);
    phase.blocked_count = count.blocked_count;
    const std::optional<absl::CivilDay> done =
        phase.status.done_on.has_value() ? phase.status.done_on : phase.facts.last_work;
    phase.facts.soak_passed =
        !done.has_value() ||
        SoakPassed(file.file().calendar, office, *done, phase.spec.soak_days, phase.facts.today);
    before_passed = phase.status.state == PhaseState::kPassed;
    phases.push_back(std::move(phase));
  }
  return phases;
}

}  // namespace kirikae::app
