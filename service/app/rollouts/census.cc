#include "service/app/rollouts/census.h"

#include <optional>
#include <utility>
#include <vector>

#include "service/domain/readiness.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;

void AddTo(ProgressRow& row, PlacementState state, bool blocked) {
  row.tally.Add(state);
  if (blocked) ++row.blocked;
}

void AddDays(const Ward& ward, const CountedDevice& counted, Census& census) {
  const bool done =
      counted.state == PlacementState::kMigrated || counted.state == PlacementState::kVerified;
  std::optional<absl::CivilDay> planned;
  if (counted.placement != nullptr) planned = counted.placement->day;
  if (done) {
    const absl::CivilDay day = ward.DayOf(counted.device.auth_method_since);
    ++census.done[day];
    // A device that was switched without a plan counts as planned for the day of its switch.
    if (!planned.has_value()) planned = day;
  }
  if (planned.has_value()) ++census.planned[*planned];
}

void Add(const Ward& ward, const domain::Rollout& rollout, const ParsedRollout& file,
         const CountedDevice& counted, Census& census) {
  const bool blocked =
      counted.state == PlacementState::kUnplanned &&
      !domain::Blockers(counted.device, rollout.to_method, rollout.minimum_os).empty();
  const std::string team = counted.placement == nullptr ? "" : counted.placement->team;
  AddTo(census.total, counted.state, blocked);
  AddTo(census.phases[counted.phase], counted.state, blocked);
  AddTo(census.departments[counted.device.department], counted.state, blocked);
  AddTo(census.sites[counted.device.site], counted.state, blocked);
  if (!team.empty()) AddTo(census.teams[team], counted.state, blocked);
  if (counted.state == PlacementState::kFailed && counted.placement != nullptr &&
      counted.placement->cause.has_value()) {
    ++census.causes[*counted.placement->cause];
  }
  AddDays(ward, counted, census);
  AddTo(census.gates[counted.phase], rollout, file, counted);
}

// The id of the newest change set; 0 when there is none.
absl::StatusOr<int64_t> HeadOf(store::ReadView& view) {
  store::ChangeSetQuery newest;
  newest.limit = 1;
  ASSIGN_OR_RETURN(const std::vector<domain::ChangeSet> sets, view.ListChangeSets(newest));
  return sets.empty() ? 0 : sets.front().id;
}

}  // namespace

absl::StatusOr<Census> TakeCensus(const Ward& ward, store::ReadView& view,
                                  const domain::Rollout& rollout, const ParsedRollout& file) {
  Census census;
  RETURN_IF_ERROR(ForEachDevice(view, rollout, file, [&](const CountedDevice& counted) {
    Add(ward, rollout, file, counted, census);
  }));
  return census;
}

std::shared_ptr<CensusKeeper::Kept> CensusKeeper::Of(const std::string& rollout) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<Kept>& kept = kept_[rollout];
  if (kept == nullptr) kept = std::make_shared<Kept>();
  return kept;
}

absl::StatusOr<std::shared_ptr<const Census>> CensusKeeper::At(const Ward& ward,
                                                               store::ReadView& view,
                                                               const domain::Rollout& rollout,
                                                               const ParsedRollout& file) {
  ASSIGN_OR_RETURN(const int64_t head, HeadOf(view));
  const std::shared_ptr<Kept> kept = Of(rollout.id);
  const std::lock_guard reading(kept->reading);
  if (kept->census != nullptr && kept->head >= head) return kept->census;
  ASSIGN_OR_RETURN(Census census, TakeCensus(ward, view, rollout, file));
  kept->census = std::make_shared<const Census>(std::move(census));
  kept->head = head;
  const std::lock_guard lock(mutex_);
  ++taken_;
  return kept->census;
}

int64_t CensusKeeper::taken() const {
  const std::lock_guard lock(mutex_);
  return taken_;
}

}  // namespace kirikae::app
