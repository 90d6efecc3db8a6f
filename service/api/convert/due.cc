#include "service/api/convert/due.h"

#include "service/api/convert/records.h"
#include "service/domain/record_name.h"

namespace kirikae::api {

void ToProto(const app::DueDevice& due, absl::Time now, v1::DueDevice* proto) {
  ToProto(due.device, proto->mutable_device(), now);
  if (due.day.has_value()) proto->set_day(absl::FormatCivilTime(*due.day));
  proto->set_overdue(due.overdue);
  for (const domain::Blocker& blocker : due.blockers) ToProto(blocker, proto->add_blockers());
  proto->set_exception_ends(!due.placement.has_value());
  if (!due.placement.has_value()) return;
  const domain::Placement& placement = *due.placement;
  proto->set_rollout(domain::RolloutName(placement.rollout));
  proto->set_wave(domain::WaveName(placement.rollout, placement.wave));
  proto->set_slot(placement.slot);
  proto->set_team(placement.team);
  proto->set_state(static_cast<v1::PlacementState>(placement.state));
}

}  // namespace kirikae::api
