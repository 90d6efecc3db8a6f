#include "service/app/plans/approval.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "service/api/convert/request_text.h"
#include "service/app/rollouts/waves.h"
#include "service/domain/errors.h"
#include "service/domain/placement_states.h"
#include "service/domain/plan_states.h"
#include "service/domain/record_name.h"
#include "service/domain/rollout_states.h"
#include "service/domain/wave_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using WaveStates = std::map<int64_t, domain::WaveState>;

// Whether a wave that has begun keeps the device.
bool Keeps(const domain::Placement& placement, const WaveStates& waves, absl::CivilDay today) {
  const auto wave = waves.find(placement.wave);
  return domain::HasBegun(placement,
                          wave == waves.end() ? domain::WaveState::kPlanned : wave->second, today);
}

// Whether the plan leaves the device in a wave that had begun when the plan was made.
bool IsThereAlready(const domain::Placement& placement, const domain::Wave& wave,
                    absl::CivilDay today) {
  return domain::IsOpen(placement.state) && wave.day <= today && placement.day == wave.day &&
         placement.slot == wave.slot && placement.team == wave.team;
}

bool FailedBefore(const domain::Placement& placement) {
  return placement.failures + placement.absences > 0;
}

// Phases are not in the solution's placements: an item's phase is that of the problem; the plan's
// placements carry it through the phase's first and last day, which do not overlap.
std::string PhaseOf(const v1::PlanSolution& solution, const std::string& day) {
  for (const v1::PlanPhaseResult& phase : solution.phases()) {
    if (!phase.first_day().empty() && phase.first_day() <= day && day <= phase.last_day()) {
      return phase.id();
    }
  }
  return "";
}

// Makes waves and placements in the order day, slot, team.
absl::Status AddWaves(store::ReadView& view, const domain::Plan& plan,
                      const v1::PlanSolution& solution, const WaveStates& waves,
                      absl::CivilDay today, std::vector<store::Edit>& edits) {
  int64_t number = waves.empty() ? 0 : waves.rbegin()->first;
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<std::string>> slots;
  for (const v1::PlanPlacement& placement : solution.placements()) {
    slots[{placement.day(), placement.slot(), placement.team()}].push_back(placement.item());
  }
  for (const auto& [slot, tags] : slots) {
    bool used = false;
    bool make_up = true;
    domain::Wave wave;
    wave.rollout = plan.rollout;
    wave.number = number + 1;
    wave.plan = plan.number;
    wave.phase = PhaseOf(solution, std::get<0>(slot));
    ASSIGN_OR_RETURN(wave.day, api::ParseDay(std::get<0>(slot), "day"));
    wave.slot = std::get<1>(slot);
    wave.team = std::get<2>(slot);
    for (const std::string& tag : tags) {
      ASSIGN_OR_RETURN(const auto old, view.FindPlacement(plan.rollout, tag));
      domain::Placement placement = old.value_or(domain::Placement());
      const auto next = domain::AfterEvent(placement.state, domain::PlacementEvent::kPlan);
      if (!next.has_value() || Keeps(placement, waves, today) ||
          IsThereAlready(placement, wave, today)) {
        continue;
      }
      make_up = make_up && FailedBefore(placement);
      placement.rollout = plan.rollout;
      placement.asset_tag = tag;
      placement.wave = wave.number;
      placement.phase = wave.phase;
      placement.day = wave.day;
      placement.slot = wave.slot;
      placement.team = wave.team;
      placement.state = *next;
      placement.cause.reset();
      placement.off_schedule = false;
      placement.until.reset();
      edits.emplace_back(std::move(placement));
      used = true;
    }
    // All of them may have been switched since the plan was made.
    if (!used) continue;
    ++number;
    wave.make_up = make_up;
    edits.emplace_back(std::move(wave));
  }
  return absl::OkStatus();
}

// Placements of the plan before that the new one does not place are planned no more.
absl::Status DropOthers(store::ReadView& view, const domain::Plan& plan,
                        const v1::PlanSolution& solution, const WaveStates& waves,
                        absl::CivilDay today, std::vector<store::Edit>& edits) {
  ASSIGN_OR_RETURN(
      const std::vector<domain::Placement> open,
      view.ListPlacements(
          {.rollout = plan.rollout, .team = "", .until = std::nullopt, .open_only = true}));
  std::map<std::string, bool> placed;
  for (const v1::PlanPlacement& placement : solution.placements()) placed[placement.item()] = true;
  for (domain::Placement placement : open) {
    if (placed.count(placement.asset_tag) != 0 || Keeps(placement, waves, today)) continue;
    edits.emplace_back(Dropped(std::move(placement)));
  }
  return absl::OkStatus();
}

// Replaces the approved plan. `edits` has the new placements: an older wave that no device is left
// in is cancelled; one in which something was switched or failed stays as it happened.
absl::Status Supersede(store::ReadView& view, const std::string& rollout, int64_t number,
                       absl::CivilDay today, std::vector<store::Edit>& edits) {
  ASSIGN_OR_RETURN(std::optional<domain::Plan> before, view.FindPlan(rollout, number));
  if (!before.has_value()) return absl::DataLossError("the approved plan is missing");
  const auto superseded = domain::AfterEvent(before->state, domain::PlanEvent::kSupersede);
  if (!superseded.has_value()) return absl::DataLossError("the approved plan is not APPROVED");
  before->state = *superseded;
  ASSIGN_OR_RETURN(
      const std::vector<domain::Placement> placements,
      view.ListPlacements(
          {.rollout = rollout, .team = "", .until = std::nullopt, .open_only = false}));
  std::map<std::string, int64_t> wave_of;
  for (const domain::Placement& placement : placements) {
    wave_of[placement.asset_tag] = placement.wave;
  }
  for (const store::Edit& edit : edits) {
    const auto* const placement = std::get_if<domain::Placement>(&edit);
    if (placement != nullptr) wave_of[placement->asset_tag] = placement->wave;
  }
  std::set<int64_t> used;
  for (const auto& [tag, wave] : wave_of) used.insert(wave);
  edits.emplace_back(*std::move(before));
  ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view.ListWaves(rollout));
  for (domain::Wave wave : waves) {
    if (wave.state != domain::WaveState::kPlanned) continue;
    const bool is_used = used.count(wave.number) != 0;
    if (is_used && wave.day > today) continue;
    const auto next = domain::AfterEvent(
        wave.state, is_used ? domain::WaveEvent::kStart : domain::WaveEvent::kCancel);
    if (!next.has_value()) continue;
    wave.state = *next;
    edits.emplace_back(std::move(wave));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<store::Edit>> ApprovePlanEdits(store::ReadView& view, domain::Plan plan,
                                                          const v1::PlanSolution& solution,
                                                          const WriteContext& context,
                                                          absl::CivilDay today,
                                                          const std::string& remark) {
  const std::string name = domain::PlanName(plan.rollout, plan.number);
  const auto approved = domain::AfterEvent(plan.state, domain::PlanEvent::kApprove);
  if (!approved.has_value()) {
    return domain::PlanRefuses(name, plan.state, domain::PlanEvent::kApprove);
  }
  ASSIGN_OR_RETURN(std::optional<domain::Rollout> rollout, view.FindRollout(plan.rollout));
  if (!rollout.has_value()) return domain::RolloutNotFound(plan.rollout);
  const auto state = domain::AfterEvent(rollout->state, domain::RolloutEvent::kApprovePlan);
  if (!state.has_value()) {
    return domain::RolloutRefuses(rollout->id, rollout->state,
                                  domain::Name(domain::Act::kApprovePlan));
  }
  if (rollout->approved_plan > plan.number) return domain::PlanStale(name);
  if (solution.placements().empty()) return domain::PlanPlacesNothing(name);
  std::vector<store::Edit> edits;
  ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view.ListWaves(plan.rollout));
  WaveStates states;
  for (const domain::Wave& wave : waves) states[wave.number] = wave.state;
  RETURN_IF_ERROR(AddWaves(view, plan, solution, states, today, edits));
  if (edits.empty()) return domain::PlanPlacesNothing(name);
  RETURN_IF_ERROR(DropOthers(view, plan, solution, states, today, edits));
  if (rollout->approved_plan != 0) {
    RETURN_IF_ERROR(Supersede(view, plan.rollout, rollout->approved_plan, today, edits));
  }
  rollout->state = *state;
  rollout->approved_plan = plan.number;
  edits.emplace_back(*std::move(rollout));
  plan.state = *approved;
  plan.approver = context.caller.actor;
  plan.remark = remark;
  plan.approve_time = context.now;
  edits.emplace_back(std::move(plan));
  return edits;
}

}  // namespace kirikae::app
