#include "service/app/rollouts/progress.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/rollout_service.h"
#include "service/app/rollouts/count.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/phases.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/domain/readiness.h"
#include "service/domain/record_name.h"

namespace kirikae::app {
namespace {

using domain::PlacementState;

struct Group {
  domain::Tally tally;
  int64_t blocked = 0;
};
using Groups = std::map<std::string, Group>;

void AddRow(const std::string& id, const std::string& title, const Group& group,
            v1::ProgressRow* row) {
  const auto count = [&](PlacementState state) {
    return static_cast<int32_t>(group.tally.Count(state));
  };
  row->set_id(id);
  row->set_title(title);
  row->set_total(static_cast<int32_t>(group.tally.Total()));
  row->set_unplanned(count(PlacementState::kUnplanned));
  row->set_blocked(static_cast<int32_t>(group.blocked));
  row->set_planned(count(PlacementState::kPlanned));
  row->set_due(count(PlacementState::kDue));
  row->set_migrated(count(PlacementState::kMigrated));
  row->set_verified(count(PlacementState::kVerified));
  row->set_failed(count(PlacementState::kFailed));
  row->set_rolled_back(count(PlacementState::kRolledBack));
  row->set_deferred(count(PlacementState::kDeferred));
  row->set_exempt(count(PlacementState::kExempt));
  row->set_succeeded(static_cast<int32_t>(group.tally.Succeeded()));
  row->set_attempted(static_cast<int32_t>(group.tally.Attempted()));
}

void AddRows(const Groups& groups, google::protobuf::RepeatedPtrField<v1::ProgressRow>* rows) {
  for (const auto& [id, group] : groups) AddRow(id, "", group, rows->Add());
}

// Counts one device after the other.
class Counter {
 public:
  Counter(const api::Environment& env, const domain::Rollout& rollout)
      : env_(env), rollout_(rollout) {}

  void Add(const CountedDevice& counted) {
    const bool blocked =
        counted.state == PlacementState::kUnplanned &&
        !domain::Blockers(counted.device, rollout_.to_method, rollout_.minimum_os).empty();
    const std::string team = counted.placement == nullptr ? "" : counted.placement->team;
    AddTo(total_, counted.state, blocked);
    AddTo(phases_[counted.phase], counted.state, blocked);
    AddTo(departments_[counted.device.department], counted.state, blocked);
    AddTo(sites_[counted.device.site], counted.state, blocked);
    if (!team.empty()) AddTo(teams_[team], counted.state, blocked);
    if (counted.state == PlacementState::kFailed && counted.placement->cause.has_value()) {
      ++causes_[*counted.placement->cause];
    }
    AddDays(counted);
  }

  void Write(const ParsedRollout& file, v1::Progress* progress) const {
    AddRow("", "", total_, progress->mutable_total());
    Groups others = phases_;
    for (const PhaseSpec& spec : file.file().phases) {
      const auto found = phases_.find(spec.id);
      AddRow(spec.id, spec.title, found == phases_.end() ? Group() : found->second,
             progress->add_phases());
      others.erase(spec.id);
    }
    // Devices of phases that the file no longer has.
    AddRows(others, progress->mutable_phases());
    AddRows(departments_, progress->mutable_departments());
    AddRows(sites_, progress->mutable_sites());
    AddRows(teams_, progress->mutable_teams());
    for (const auto& [cause, count] : causes_) {
      auto* const row = progress->add_causes();
      row->set_cause(static_cast<v1::FailureCause>(cause));
      row->set_count(count);
    }
    WriteDays(progress);
  }

 private:
  static void AddTo(Group& group, PlacementState state, bool blocked) {
    group.tally.Add(state);
    if (blocked) ++group.blocked;
  }

  void AddDays(const CountedDevice& counted) {
    const bool done =
        counted.state == PlacementState::kMigrated || counted.state == PlacementState::kVerified;
    std::optional<absl::CivilDay> planned;
    if (counted.placement != nullptr) planned = counted.placement->day;
    if (done) {
      const absl::CivilDay day = env_.ward.DayOf(counted.device.auth_method_since);
      ++done_[day];
      if (!planned.has_value()) planned = day;
    }
    if (planned.has_value()) ++planned_[*planned];
  }

  void WriteDays(v1::Progress* progress) const {
    if (planned_.empty()) return;
    absl::CivilDay first = planned_.begin()->first;
    absl::CivilDay last = planned_.rbegin()->first;
    if (!done_.empty()) {
      first = std::min(first, done_.begin()->first);
      last = std::max(last, done_.rbegin()->first);
    }
    const absl::CivilDay today = env_.ward.Today();
    int planned = 0;
    int done = 0;
    for (absl::CivilDay day = first; day <= last; ++day) {
      if (const auto found = planned_.find(day); found != planned_.end()) planned += found->second;
      if (const auto found = done_.find(day); found != done_.end()) done += found->second;
      auto* const point = progress->add_burn_up();
      point->set_day(absl::FormatCivilTime(day));
      point->set_planned(planned);
      point->set_done(day <= today ? done : -1);
    }
  }

  const api::Environment& env_;
  const domain::Rollout& rollout_;
  Group total_;
  Groups phases_;
  Groups departments_;
  Groups sites_;
  Groups teams_;
  std::map<domain::FailureCause, int> causes_;
  std::map<absl::CivilDay, int> planned_;
  std::map<absl::CivilDay, int> done_;
};

}  // namespace

absl::Status CountProgress(const api::Environment& env, store::ReadView& view,
                           const domain::Rollout& rollout, v1::Progress* progress) {
  ASSIGN_OR_RETURN(const auto file, FileOf(rollout));
  progress->set_name(domain::RolloutName(rollout.id));
  progress->set_title(rollout.title);
  progress->set_state(static_cast<v1::RolloutState>(rollout.state));
  progress->set_time(absl::FormatTime(absl::RFC3339_sec, env.ward.now(), env.ward.zone));
  Counter counter(env, rollout);
  RETURN_IF_ERROR(ForEachDevice(view, rollout, *file,
                                [&](const CountedDevice& counted) { counter.Add(counted); }));
  counter.Write(*file, progress);
  ASSIGN_OR_RETURN(const std::vector<PhaseNow> phases, PhasesNow(env, view, rollout, *file));
  for (const PhaseNow& phase : phases) ToProto(phase, rollout.id, progress->add_gates());
  return absl::OkStatus();
}

}  // namespace kirikae::app
