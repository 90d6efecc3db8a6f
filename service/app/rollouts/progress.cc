#include "service/app/rollouts/progress.h"

#include <algorithm>
#include <utility>

#include "service/app/rollouts/parsed_file.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

std::vector<ProgressRow> RowsOf(const Census::Groups& groups) {
  std::vector<ProgressRow> rows;
  for (const auto& [id, group] : groups) {
    rows.push_back(group);
    rows.back().id = id;
  }
  return rows;
}

std::vector<ProgressRow> PhaseRows(const Census& census, const ParsedRollout& file) {
  std::vector<ProgressRow> rows;
  Census::Groups others = census.phases;
  for (const PhaseSpec& spec : file.file().phases) {
    ProgressRow& row = rows.emplace_back(others[spec.id]);
    row.id = spec.id;
    row.title = spec.title;
    others.erase(spec.id);
  }
  // Devices of phases that are no longer in the file.
  for (ProgressRow& row : RowsOf(others)) rows.push_back(std::move(row));
  return rows;
}

std::vector<BurnUpPoint> BurnUp(const Census& census, absl::CivilDay today) {
  std::vector<BurnUpPoint> points;
  if (census.planned.empty()) return points;
  absl::CivilDay first = census.planned.begin()->first;
  absl::CivilDay last = census.planned.rbegin()->first;
  if (!census.done.empty()) {
    first = std::min(first, census.done.begin()->first);
    last = std::max(last, census.done.rbegin()->first);
  }
  const auto on = [](const std::map<absl::CivilDay, int64_t>& days, absl::CivilDay day) {
    const auto found = days.find(day);
    return found == days.end() ? 0 : found->second;
  };
  int64_t planned = 0;
  int64_t done = 0;
  for (absl::CivilDay day = first; day <= last; ++day) {
    planned += on(census.planned, day);
    done += on(census.done, day);
    points.push_back({day, planned, day <= today ? std::optional(done) : std::nullopt});
  }
  return points;
}

}  // namespace

absl::StatusOr<Progress> CountProgress(const Ward& ward, store::ReadView& view,
                                       const domain::Rollout& rollout, CensusKeeper& censuses) {
  ASSIGN_OR_RETURN(const auto file, FileOf(rollout));
  ASSIGN_OR_RETURN(const auto census, censuses.At(ward, view, rollout, *file));
  Progress progress;
  progress.rollout = rollout;
  progress.time = ward.now();
  progress.zone = ward.zone;
  progress.total = census->total;
  progress.phases = PhaseRows(*census, *file);
  progress.departments = RowsOf(census->departments);
  progress.sites = RowsOf(census->sites);
  progress.teams = RowsOf(census->teams);
  progress.causes = census->causes;
  progress.burn_up = BurnUp(*census, ward.DayOf(progress.time));
  ASSIGN_OR_RETURN(progress.gates, PhasesNow(ward, view, rollout, *file, census->gates));
  return progress;
}

}  // namespace kirikae::app
