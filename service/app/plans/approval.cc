#include "service/app/plans/approval.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "service/app/hash.h"
#include "service/app/plans/kept_plan.h"
#include "service/app/remark.h"
#include "service/app/rollouts/reconcile.h"
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

// Whether a wave that has begun keeps the placement's device.
bool Keeps(const domain::Placement& placement, const WaveStates& waves, absl::CivilDay today) {
  const auto wave = waves.find(placement.wave);
  return domain::HasBegun(placement,
                          wave == waves.end() ? domain::WaveState::kPlanned : wave->second, today);
}

// Whether the plan leaves the device in a wave that had already begun when the plan was made.
bool IsThereAlready(const domain::Placement& placement, const domain::Wave& wave,
                    absl::CivilDay today) {
  return domain::IsOpen(placement.state) && wave.day <= today && placement.day == wave.day &&
         placement.slot == wave.slot && placement.team == wave.team;
}

bool FailedBefore(const domain::Placement& placement) {
  return placement.failures + placement.absences > 0;
}

// The phase of each item of a problem.
using PhaseOfItem = std::unordered_map<std::string, std::string>;

PhaseOfItem PhasesOf(const planner::PlanProblem& problem) {
  PhaseOfItem phases;
  for (const planner::Item& item : problem.items) phases[item.id] = item.phase;
  return phases;
}

// The devices of each slot of a plan, with their phase. A slot has one phase, because phases don't
// overlap.
using PlannedSlots =
    std::map<std::tuple<absl::CivilDay, std::string, std::string>, std::vector<std::string>>;

PlannedSlots SlotsOf(const planner::PlanSolution& solution) {
  PlannedSlots slots;
  for (const planner::Placement& placement : solution.placements) {
    slots[{placement.day, placement.slot, placement.team}].push_back(placement.item);
  }
  return slots;
}

// Adds the placement of a device in a new wave. False when the device stays where it is: it is
// finished, or a wave that has begun keeps it.
absl::StatusOr<bool> AddPlacement(store::ReadView& view, const std::string& tag,
                                  const std::string& phase, const WaveStates& waves,
                                  absl::CivilDay today, domain::Wave& wave,
                                  std::vector<store::Edit>& edits) {
  ASSIGN_OR_RETURN(const auto old, view.FindPlacement(wave.rollout, tag));
  domain::Placement placement = old.value_or(domain::Placement());
  const auto next = domain::AfterEvent(placement.state, domain::PlacementEvent::kPlan);
  if (!next.has_value() || Keeps(placement, waves, today) ||
      IsThereAlready(placement, wave, today)) {
    return false;
  }
  wave.phase = phase;
  wave.make_up = wave.make_up && FailedBefore(placement);
  placement.rollout = wave.rollout;
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
  return true;
}

// Makes waves and placements in the order day, slot, team. A slot whose devices were all switched
// after the plan was made gets no wave.
absl::Status AddWaves(store::ReadView& view, const domain::Plan& plan, const SolvedPlan& solved,
                      const WaveStates& waves, absl::CivilDay today,
                      std::vector<store::Edit>& edits) {
  const PhaseOfItem phases = PhasesOf(solved.problem);
  int64_t number = waves.empty() ? 0 : waves.rbegin()->first;
  for (const auto& [slot, tags] : SlotsOf(solved.solution)) {
    domain::Wave wave;
    wave.rollout = plan.rollout;
    wave.number = number + 1;
    wave.plan = plan.number;
    std::tie(wave.day, wave.slot, wave.team) = slot;
    wave.make_up = true;
    bool used = false;
    for (const std::string& tag : tags) {
      const auto phase = phases.find(tag);
      if (phase == phases.end()) return absl::DataLossError("a plan places what it has no item of");
      ASSIGN_OR_RETURN(const bool added,
                       AddPlacement(view, tag, phase->second, waves, today, wave, edits));
      used = used || added;
    }
    if (!used) continue;
    ++number;
    edits.emplace_back(std::move(wave));
  }
  return absl::OkStatus();
}

// Drops the previous plan's open placements that the new plan does not have.
absl::Status DropOthers(store::ReadView& view, const domain::Plan& plan,
                        const planner::PlanSolution& solution, const WaveStates& waves,
                        absl::CivilDay today, std::vector<store::Edit>& edits) {
  ASSIGN_OR_RETURN(
      const std::vector<domain::Placement> open,
      view.ListPlacements(
          {.rollout = plan.rollout, .team = "", .until = std::nullopt, .open_only = true}));
  std::unordered_set<std::string> placed;
  for (const planner::Placement& placement : solution.placements) placed.insert(placement.item);
  for (domain::Placement placement : open) {
    if (placed.count(placement.asset_tag) != 0 || Keeps(placement, waves, today)) continue;
    edits.emplace_back(Dropped(std::move(placement)));
  }
  return absl::OkStatus();
}

// Supersedes the approved plan. `edits` has the new placements. An older wave without devices left
// is cancelled; an older wave in which a device was switched or failed stays as it is.
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

// `plan` after `event`. FAILED_PRECONDITION when its state does not allow the event.
absl::StatusOr<domain::Plan> After(domain::Plan plan, domain::PlanEvent event) {
  const auto next = domain::AfterEvent(plan.state, event);
  if (!next.has_value()) return domain::PlanRefuses(PlanName(plan), plan.state, event);
  plan.state = *next;
  return plan;
}

// The edits that put `plan` in force on the day `today`; the plan itself is the last.
absl::StatusOr<std::vector<store::Edit>> ApprovalEdits(store::ReadView& view, domain::Plan plan,
                                                       const std::string& remark,
                                                       const WriteContext& context,
                                                       absl::CivilDay today) {
  const std::string name = PlanName(plan);
  ASSIGN_OR_RETURN(plan, After(std::move(plan), domain::PlanEvent::kApprove));
  ASSIGN_OR_RETURN(const SolvedPlan solved, SolvedOf(plan));
  ASSIGN_OR_RETURN(std::optional<domain::Rollout> rollout, view.FindRollout(plan.rollout));
  if (!rollout.has_value()) return domain::RolloutNotFound(plan.rollout);
  const auto state = domain::AfterEvent(rollout->state, domain::RolloutEvent::kApprovePlan);
  if (!state.has_value()) {
    return domain::RolloutRefuses(rollout->id, rollout->state,
                                  domain::Name(domain::Act::kApprovePlan));
  }
  if (rollout->approved_plan > plan.number) return domain::PlanStale(name);
  if (plan.file_hash != HashHex(rollout->source)) return domain::PlanOfAnotherFile(name);
  if (solved.solution.placements.empty()) return domain::PlanPlacesNothing(name);
  std::vector<store::Edit> edits;
  ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view.ListWaves(plan.rollout));
  WaveStates states;
  for (const domain::Wave& wave : waves) states[wave.number] = wave.state;
  RETURN_IF_ERROR(AddWaves(view, plan, solved, states, today, edits));
  if (edits.empty()) return domain::PlanPlacesNothing(name);
  RETURN_IF_ERROR(DropOthers(view, plan, solved.solution, states, today, edits));
  if (rollout->approved_plan != 0) {
    RETURN_IF_ERROR(Supersede(view, plan.rollout, rollout->approved_plan, today, edits));
  }
  rollout->state = *state;
  rollout->approved_plan = plan.number;
  edits.emplace_back(*std::move(rollout));
  plan.approver = context.caller.actor;
  plan.remark = remark;
  plan.approve_time = context.now;
  edits.emplace_back(std::move(plan));
  return edits;
}

}  // namespace

absl::StatusOr<PlanAct> SubmitPlan(domain::Plan plan, const WriteContext& context) {
  PlanAct act{.plan = {}, .draft = context.NewDraft(domain::Act::kSubmitPlan)};
  ASSIGN_OR_RETURN(act.plan, After(std::move(plan), domain::PlanEvent::kSubmit));
  act.plan.submitter = context.caller.actor;
  act.draft.edits.emplace_back(act.plan);
  return act;
}

absl::StatusOr<PlanAct> RejectPlan(domain::Plan plan, const std::string& remark,
                                   const WriteContext& context) {
  if (remark.empty()) {
    return domain::InvalidField("remark",
                                domain::Sentence("Say why the plan is sent back, for the record."));
  }
  RETURN_IF_ERROR(CheckRemark(remark));
  PlanAct act{.plan = {}, .draft = context.NewDraft(domain::Act::kRejectPlan)};
  ASSIGN_OR_RETURN(act.plan, After(std::move(plan), domain::PlanEvent::kReject));
  act.plan.approver = context.caller.actor;
  act.plan.remark = remark;
  act.plan.approve_time = context.now;
  act.draft.edits.emplace_back(act.plan);
  return act;
}

absl::StatusOr<PlanAct> ApprovePlan(store::ReadView& view, domain::Plan plan,
                                    const std::string& remark, const Ward& ward,
                                    const WriteContext& context) {
  if (plan.state == domain::StateFor(domain::PlanEvent::kApprove) &&
      (plan.submitter == context.caller.actor || plan.creator == context.caller.actor) &&
      !ward.allow_self_approval) {
    return domain::SelfApproval();
  }
  RETURN_IF_ERROR(CheckRemark(remark));
  PlanAct act{.plan = {}, .draft = context.NewDraft(domain::Act::kApprovePlan)};
  ASSIGN_OR_RETURN(act.draft.edits,
                   ApprovalEdits(view, std::move(plan), remark, context, ward.DayOf(context.now)));
  act.plan = std::get<domain::Plan>(act.draft.edits.back());
  RETURN_IF_ERROR(ReconcileWavesAndPhases(view, act.draft));
  return act;
}

}  // namespace kirikae::app
