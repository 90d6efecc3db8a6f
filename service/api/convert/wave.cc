#include "service/api/convert/wave.h"

#include <string>

#include "service/domain/record_name.h"

namespace kirikae::api {

void ToProto(const app::WaveNow& now, v1::Wave* proto) {
  const domain::Wave& wave = now.wave;
  proto->set_name(domain::WaveName(wave.rollout, wave.number));
  proto->set_phase(wave.phase);
  proto->set_day(absl::FormatCivilTime(wave.day));
  proto->set_slot(wave.slot);
  proto->set_team(wave.team);
  proto->set_state(static_cast<v1::WaveState>(wave.state));
  proto->set_total(static_cast<int>(now.tally.Total()));
  proto->set_migrated(static_cast<int>(now.tally.Succeeded()));
  proto->set_failed(static_cast<int>(now.tally.Failures()));
  proto->set_open(static_cast<int>(now.tally.Open()));
  proto->set_make_up(wave.make_up);
  for (const std::string& tag : now.asset_tags) proto->add_asset_tags(tag);
}

}  // namespace kirikae::api
