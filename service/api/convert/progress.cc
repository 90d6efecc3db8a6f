#include "service/api/convert/progress.h"

#include <vector>

#include "service/api/convert/phase.h"
#include "service/domain/proportion.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

using domain::PlacementState;
using Rows = google::protobuf::RepeatedPtrField<v1::ProgressRow>;

void ToProto(const app::ProgressRow& row, v1::ProgressRow* proto) {
  const auto count = [&](PlacementState state) {
    return static_cast<int32_t>(row.tally.Count(state));
  };
  proto->set_id(row.id);
  proto->set_title(row.title);
  proto->set_total(static_cast<int32_t>(row.tally.Total()));
  proto->set_unplanned(count(PlacementState::kUnplanned));
  proto->set_blocked(static_cast<int32_t>(row.blocked));
  proto->set_planned(count(PlacementState::kPlanned));
  proto->set_due(count(PlacementState::kDue));
  proto->set_migrated(count(PlacementState::kMigrated));
  proto->set_verified(count(PlacementState::kVerified));
  proto->set_failed(count(PlacementState::kFailed));
  proto->set_rolled_back(count(PlacementState::kRolledBack));
  proto->set_deferred(count(PlacementState::kDeferred));
  proto->set_exempt(count(PlacementState::kExempt));
  proto->set_succeeded(static_cast<int32_t>(row.tally.Succeeded()));
  proto->set_attempted(static_cast<int32_t>(row.tally.Attempted()));
  if (row.tally.Attempted() == 0) return;
  proto->set_success_rate(static_cast<double>(row.tally.Succeeded()) /
                          static_cast<double>(row.tally.Attempted()));
  proto->set_proven_rate(
      domain::LowerBound(row.tally.Succeeded(), row.tally.Attempted(), domain::kShownConfidence));
}

void AddRows(const std::vector<app::ProgressRow>& rows, Rows* protos) {
  for (const app::ProgressRow& row : rows) ToProto(row, protos->Add());
}

}  // namespace

void ToProto(const app::Progress& progress, v1::Progress* proto) {
  proto->set_name(domain::RolloutName(progress.rollout.id));
  proto->set_title(progress.rollout.title);
  proto->set_state(static_cast<v1::RolloutState>(progress.rollout.state));
  proto->set_time(absl::FormatTime(absl::RFC3339_sec, progress.time, progress.zone));
  ToProto(progress.total, proto->mutable_total());
  AddRows(progress.phases, proto->mutable_phases());
  AddRows(progress.departments, proto->mutable_departments());
  AddRows(progress.sites, proto->mutable_sites());
  AddRows(progress.teams, proto->mutable_teams());
  for (const auto& [cause, count] : progress.causes) {
    auto* const row = proto->add_causes();
    row->set_cause(static_cast<v1::FailureCause>(cause));
    row->set_count(static_cast<int32_t>(count));
  }
  for (const app::BurnUpPoint& point : progress.burn_up) {
    auto* const row = proto->add_burn_up();
    row->set_day(absl::FormatCivilTime(point.day));
    row->set_planned(static_cast<int32_t>(point.planned));
    row->set_done(static_cast<int32_t>(point.done.value_or(-1)));
  }
  for (const app::PhaseNow& phase : progress.gates) {
    ToProto(phase, progress.zone, proto->add_gates());
  }
}

}  // namespace kirikae::api
