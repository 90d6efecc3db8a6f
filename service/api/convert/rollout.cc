#include "service/api/convert/rollout.h"

#include <string>

#include "absl/time/civil_time.h"
#include "service/api/convert/phase.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

std::string TimeText(absl::Time time) {
  return absl::FormatTime(absl::RFC3339_full, time, absl::UTCTimeZone());
}

void AddCalendar(const app::CalendarSpec& calendar, v1::Rollout& proto) {
  for (const app::BlackoutSpec& blackout : calendar.blackouts) {
    v1::Blackout* const added = proto.add_blackouts();
    added->set_from(absl::FormatCivilTime(blackout.from));
    added->set_to(absl::FormatCivilTime(blackout.to));
    added->set_department(blackout.department);
    added->set_site(blackout.site);
    added->set_phase(blackout.phase);
    added->set_why(blackout.why);
  }
  for (const absl::CivilDay day : calendar.open_days) {
    proto.add_open_days(absl::FormatCivilTime(day));
  }
  for (const absl::CivilDay day : calendar.closed_days) {
    proto.add_closed_days(absl::FormatCivilTime(day));
  }
}

}  // namespace

absl::Status ToProto(const domain::Rollout& rollout, v1::Rollout* proto) {
  ASSIGN_OR_RETURN(const auto file, app::FileOf(rollout));
  proto->set_name(domain::RolloutName(rollout.id));
  proto->set_title(rollout.title);
  proto->set_from_method(static_cast<v1::AuthMethod>(rollout.from_method));
  proto->set_to_method(static_cast<v1::AuthMethod>(rollout.to_method));
  proto->set_scope(file->file().scope);
  for (const app::PhaseSpec& spec : file->file().phases) ToProto(spec, proto->add_phases());
  proto->set_state(static_cast<v1::RolloutState>(rollout.state));
  if (rollout.approved_plan != 0) {
    proto->set_approved_plan(domain::PlanName(rollout.id, rollout.approved_plan));
  }
  proto->set_etag(std::to_string(rollout.version));
  proto->set_source(rollout.source);
  AddCalendar(file->file().calendar, *proto);
  return absl::OkStatus();
}

absl::Status ToProto(const app::RolloutEffect& effect, v1::ChangeRolloutResponse* proto) {
  RETURN_IF_ERROR(ToProto(effect.rollout, proto->mutable_rollout()));
  proto->mutable_rollout()->set_etag(
      std::to_string(effect.rollout.version + (effect.changed ? 1 : 0)));
  proto->set_changed(effect.changed);
  proto->set_running_waves(effect.running_waves);
  proto->set_running_waves_go_on(effect.running_waves_go_on);
  proto->set_cancelled_waves(effect.cancelled_waves);
  proto->set_released_devices(effect.released_devices);
  return absl::OkStatus();
}

void ToProto(const app::RolloutEvent& event, v1::RolloutEvent* proto) {
  proto->set_record(event.record);
  proto->set_change_set(domain::ChangeSetName(event.set.id));
  proto->set_act(event.set.act);
  proto->set_actor(event.set.actor);
  proto->set_record_time(TimeText(event.set.recorded_time));
  proto->set_effective_time(TimeText(event.set.effective_time));
  proto->set_old_state(event.old_state);
  proto->set_new_state(event.new_state);
  if (event.set.undoes != 0) proto->set_undoes(domain::ChangeSetName(event.set.undoes));
}

}  // namespace kirikae::api
