// Handlers of RolloutService for waves.
#include <string>
#include <utility>

#include "service/api/call/page.h"
#include "service/api/convert/wave.h"
#include "service/api/rollout_handlers.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/app/rollouts/wave_acts.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

absl::StatusOr<domain::Wave> FindByName(store::ReadView& view, const std::string& name) {
  ASSIGN_OR_RETURN(const domain::RecordName parts,
                   domain::ParseName(domain::RecordKind::kWave, name));
  return app::RequireWave(view, parts.rollout, parts.number);
}

}  // namespace

absl::Status ListWaves(const Call& call, const v1::ListWavesRequest& request,
                       v1::ListWavesResponse* response) {
  ASSIGN_OR_RETURN(const int limit, PageSize(request.page_size()));
  const std::string query = "waves?" + request.parent();
  ASSIGN_OR_RETURN(const int64_t after, ReadNumberToken(request.page_token(), query));
  ASSIGN_OR_RETURN(const domain::RecordName parent,
                   domain::ParseName(domain::RecordKind::kRollout, request.parent(), "parent"));
  ASSIGN_OR_RETURN(const domain::Rollout rollout, app::RequireRollout(call.view, parent.id));
  ASSIGN_OR_RETURN(const app::WaveList list, app::ListWaves(call.view, rollout, after, limit));
  for (const app::WaveNow& wave : list.waves) ToProto(wave, response->add_waves());
  if (list.next_after != 0) {
    response->set_next_page_token(MakePageToken(std::to_string(list.next_after), query));
  }
  return absl::OkStatus();
}

absl::Status GetWave(const Call& call, const v1::GetWaveRequest& request, v1::Wave* response) {
  ASSIGN_OR_RETURN(const domain::Wave wave, FindByName(call.view, request.name()));
  ASSIGN_OR_RETURN(const app::WaveNow now, app::ReadWave(call.view, wave));
  ToProto(now, response);
  return absl::OkStatus();
}

absl::StatusOr<store::Draft> StartWave(const WriteCall& call, const v1::StartWaveRequest& request,
                                       v1::Wave* answer) {
  ASSIGN_OR_RETURN(const domain::Wave wave, FindByName(call.view, request.name()));
  ASSIGN_OR_RETURN(app::WaveChange change, app::StartWave(call.context, call.view, wave));
  ToProto(change.wave, answer);
  return std::move(change.draft);
}

absl::StatusOr<store::Draft> FinishWave(const WriteCall& call, const v1::FinishWaveRequest& request,
                                        v1::Wave* answer) {
  ASSIGN_OR_RETURN(const domain::Wave wave, FindByName(call.view, request.name()));
  ASSIGN_OR_RETURN(app::WaveChange change,
                   app::FinishWave(call.context, call.view, wave, request.return_open()));
  ToProto(change.wave, answer);
  return std::move(change.draft);
}

}  // namespace kirikae::api
