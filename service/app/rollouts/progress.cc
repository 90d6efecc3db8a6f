#include "service/app/rollouts/progress.h"

#include <algorithm>
#include <utility>

#include "service/app/rollouts/count.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/domain/readiness.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;
using Groups = std::map<std::string, ProgressRow>;

void AddTo(ProgressRow& row, PlacementState state, bool blocked) {
  row.tally.Add(state);
  if (blocked) ++row.blocked;
}

std::vector<ProgressRow> RowsOf(const Groups& groups) {
  std::vector<ProgressRow> rows;
  for (const auto& [id, group] : groups) {
    rows.push_back(group);
    rows.back().id = id;
  }
  return rows;
}

// Counts the devices one by one.
class Counter {
 public:
  Counter(const Ward& ward, const domain::Rollout& rollout)
      : ward_(ward), rollout_(rollout), today_(ward.Today()) {}

  void Add(const CountedDevice& counted) {
    const bool blocked =
        counted.state == PlacementState::kUnplanned &&
        !domain::Blockers(counted.device, rollout_.to_method, rollout_.minimum_os, today_).empty();
    const std::string team = counted.placement == nullptr ? "" : counted.placement->team;
    AddTo(total_, counted.state, blocked);
    AddTo(phases_[counted.phase], counted.state, blocked);
    AddTo(departments_[counted.device.department], counted.state, blocked);
    AddTo(sites_[counted.device.site], counted.state, blocked);
    if (!team.empty()) AddTo(teams_[team], counted.state, blocked);
    if (counted.state == PlacementState::kFailed && counted.placement != nullptr &&
        counted.placement->cause.has_value()) {
      ++causes_[*counted.placement->cause];
    }
    AddDays(counted);
  }

  void Write(const ParsedRollout& file, Progress& progress) const {
    progress.total = total_;
    Groups others = phases_;
    for (const PhaseSpec& spec : file.file().phases) {
      ProgressRow& row = progress.phases.emplace_back(others[spec.id]);
      row.id = spec.id;
      row.title = spec.title;
      others.erase(spec.id);
    }
    // Devices of phases that are no longer in the file.
    for (ProgressRow& row : RowsOf(others)) progress.phases.push_back(std::move(row));
    progress.departments = RowsOf(departments_);
    progress.sites = RowsOf(sites_);
    progress.teams = RowsOf(teams_);
    progress.causes = causes_;
    WriteDays(progress);
  }

 private:
  void AddDays(const CountedDevice& counted) {
    const bool done =
        counted.state == PlacementState::kMigrated || counted.state == PlacementState::kVerified;
    std::optional<absl::CivilDay> planned;
    if (counted.placement != nullptr) planned = counted.placement->day;
    if (done) {
      const absl::CivilDay day = ward_.DayOf(counted.device.auth_method_since);
      ++done_[day];
      // A device that was switched without a plan counts as planned for the day of its switch.
      if (!planned.has_value()) planned = day;
    }
    if (planned.has_value()) ++planned_[*planned];
  }

  void WriteDays(Progress& progress) const {
    if (planned_.empty()) return;
    absl::CivilDay first = planned_.begin()->first;
    absl::CivilDay last = planned_.rbegin()->first;
    if (!done_.empty()) {
      first = std::min(first, done_.begin()->first);
      last = std::max(last, done_.rbegin()->first);
    }
    const absl::CivilDay today = ward_.DayOf(progress.time);
    int64_t planned = 0;
    int64_t done = 0;
    for (absl::CivilDay day = first; day <= last; ++day) {
      if (const auto found = planned_.find(day); found != planned_.end()) planned += found->second;
      if (const auto found = done_.find(day); found != done_.end()) done += found->second;
      progress.burn_up.push_back({day, planned, day <= today ? std::optional(done) : std::nullopt});
    }
  }

  const Ward& ward_;
  const domain::Rollout& rollout_;
  const absl::CivilDay today_;
  ProgressRow total_;
  Groups phases_;
  Groups departments_;
  Groups sites_;
  Groups teams_;
  std::map<domain::FailureCause, int64_t> causes_;
  std::map<absl::CivilDay, int64_t> planned_;
  std::map<absl::CivilDay, int64_t> done_;
};

}  // namespace

absl::StatusOr<Progress> CountProgress(const Ward& ward, store::ReadView& view,
                                       const domain::Rollout& rollout) {
  ASSIGN_OR_RETURN(const auto file, FileOf(rollout));
  Progress progress;
  progress.rollout = rollout;
  progress.time = ward.now();
  progress.zone = ward.zone;
  Counter counter(ward, rollout);
  RETURN_IF_ERROR(ForEachDevice(view, rollout, *file,
                                [&](const CountedDevice& counted) { counter.Add(counted); }));
  counter.Write(*file, progress);
  ASSIGN_OR_RETURN(progress.gates, PhasesNow(ward, view, rollout, *file));
  return progress;
}

}  // namespace kirikae::app
