#include "service/api/convert/need.h"

#include <optional>

#include "service/api/convert/records.h"
#include "service/domain/record_name.h"
#include "service/plan_form/day_text.h"

namespace kirikae::api {

using plan_form::DayText;

void ToProto(const app::Need& need, v1::ReadinessNeed* proto) {
  proto->set_department(need.department);
  proto->set_asset_tag(need.asset_tag);
  proto->set_phase(need.phase);
  proto->set_code(need.blocker.code);
  ToProto(need.blocker.sentence, proto->mutable_text());
  proto->set_staff_number(need.blocker.staff_number);
  proto->set_staff_name(need.blocker.staff_name);
  proto->set_due_on(DayText(need.blocker.clears_on));
  proto->set_planned_day(DayText(need.planned_day));
  proto->set_ready_by(DayText(need.ready_by));
  proto->set_late(need.late);
}

void ToProto(const app::FreedPlace& place, v1::FreedPlace* proto) {
  proto->set_wave(domain::WaveName(place.wave.rollout, place.wave.number));
  proto->set_day(DayText(place.wave.day));
  proto->set_slot(place.wave.slot);
  proto->set_team(place.wave.team);
  proto->set_devices(static_cast<int>(place.devices));
  proto->mutable_candidates()->Assign(place.candidates.begin(), place.candidates.end());
}

}  // namespace kirikae::api
