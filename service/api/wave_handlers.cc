// The handlers of RolloutService that are about waves.
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/call/page.h"
#include "service/api/rollout_service.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/phases.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/app/rollouts/settle.h"
#include "service/app/rollouts/waves.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/domain/tally.h"
#include "service/domain/wave_states.h"

namespace kirikae::api {
namespace {

using domain::WaveState;

void ToProto(const domain::Wave& wave, const domain::Tally& tally, v1::Wave* proto) {
  proto->set_name(domain::WaveName(wave.rollout, wave.number));
  proto->set_phase(wave.phase);
  proto->set_day(absl::FormatCivilTime(wave.day));
  proto->set_slot(wave.slot);
  proto->set_team(wave.team);
  proto->set_state(static_cast<v1::WaveState>(wave.state));
  proto->set_total(static_cast<int>(tally.Total()));
  proto->set_migrated(static_cast<int>(tally.Succeeded()));
  proto->set_failed(static_cast<int>(tally.Failures()));
  proto->set_open(static_cast<int>(tally.Open()));
  proto->set_make_up(wave.make_up);
}

// Counts of one wave, or of all for 0, by number.
absl::StatusOr<std::map<int64_t, domain::Tally>> TalliesOf(store::ReadView& view,
                                                           const std::string& rollout,
                                                           int64_t number) {
  ASSIGN_OR_RETURN(const auto counts, view.CountWaves(rollout, number));
  std::map<int64_t, domain::Tally> tallies;
  for (const store::PlacementCount& count : counts) {
    tallies[count.wave].Add(count.state, count.count);
  }
  return tallies;
}

absl::StatusOr<domain::Wave> RequireWave(store::ReadView& view, const std::string& name) {
  ASSIGN_OR_RETURN(const domain::RecordName parts,
                   domain::ParseName(domain::RecordKind::kWave, name));
  RETURN_IF_ERROR(app::RequireRollout(view, parts.rollout).status());
  ASSIGN_OR_RETURN(std::optional<domain::Wave> wave, view.FindWave(parts.rollout, parts.number));
  if (!wave.has_value()) return domain::WaveNotFound(parts.rollout, parts.number);
  return *std::move(wave);
}

// The wave as it will be after the draft.
absl::Status Answer(store::ReadView& view, const store::Draft& draft, domain::Wave wave,
                    v1::Wave& answer) {
  ASSIGN_OR_RETURN(const auto placements, app::PlacementsIn(view, wave));
  std::map<std::string, domain::PlacementState> states;
  for (const domain::Placement& placement : placements) {
    states[placement.asset_tag] = placement.state;
  }
  for (const store::Edit& edit : draft.edits) {
    if (const auto* const changed = std::get_if<domain::Wave>(&edit)) wave = *changed;
    if (const auto* const moved = std::get_if<domain::Placement>(&edit)) {
      if (moved->wave == wave.number) {
        states[moved->asset_tag] = moved->state;
      } else {
        states.erase(moved->asset_tag);
      }
    }
  }
  domain::Tally tally;
  for (const auto& [tag, state] : states) {
    tally.Add(state);
    answer.add_asset_tags(tag);
  }
  ToProto(wave, tally, &answer);
  return absl::OkStatus();
}

absl::StatusOr<store::Draft> Start(store::ReadView& view, const v1::StartWaveRequest& request,
                                   const app::WriteContext& context, v1::Wave& answer) {
  ASSIGN_OR_RETURN(const domain::Wave wave, RequireWave(view, request.name()));
  ASSIGN_OR_RETURN(const domain::Rollout rollout, app::RequireRollout(view, wave.rollout));
  if (!domain::AfterEvent(wave.state, domain::WaveEvent::kStart).has_value()) {
    return domain::WaveRefuses(request.name(), wave.state);
  }
  if (rollout.state == domain::RolloutState::kPaused) return domain::RolloutPaused(rollout.id);
  if (rollout.state != domain::RolloutState::kActive) {
    return domain::RolloutNotActive(rollout.id, rollout.state);
  }
  ASSIGN_OR_RETURN(const auto phase, view.FindPhase(wave.rollout, wave.phase));
  const auto state = phase.has_value() ? phase->state : domain::PhaseState::kWaiting;
  if (!domain::Runs(state)) {
    return domain::WavesPhaseDoesNotRun(request.name(), wave.phase, state);
  }
  store::Draft draft = context.NewDraft(domain::Act::kStartWave);
  RETURN_IF_ERROR(app::StartWaveEdits(view, wave, draft.edits));
  RETURN_IF_ERROR(Answer(view, draft, wave, answer));
  return draft;
}

absl::StatusOr<store::Draft> FinishIt(store::ReadView& view, const v1::FinishWaveRequest& request,
                                      const app::WriteContext& context, v1::Wave& answer) {
  ASSIGN_OR_RETURN(domain::Wave wave, RequireWave(view, request.name()));
  const auto next = domain::AfterEvent(wave.state, domain::WaveEvent::kFinish);
  if (!next.has_value() || wave.state == WaveState::kPlanned) {
    return domain::WaveRefuses(request.name(), wave.state);
  }
  store::Draft draft = context.NewDraft(domain::Act::kFinishWave);
  ASSIGN_OR_RETURN(const auto placements, app::PlacementsIn(view, wave));
  std::vector<std::string> open;
  for (const domain::Placement& placement : placements) {
    domain::Tally one;
    one.Add(placement.state);
    if (one.Open() == 0) continue;
    open.push_back(placement.asset_tag);
    if (request.return_open()) draft.edits.emplace_back(app::Dropped(placement));
  }
  if (!open.empty() && !request.return_open()) {
    return domain::WaveUnfinished(request.name(), open);
  }
  if (*next != wave.state) {
    domain::Wave finished = wave;
    finished.state = *next;
    draft.edits.emplace_back(std::move(finished));
  }
  RETURN_IF_ERROR(app::Settle(view, draft));
  RETURN_IF_ERROR(Answer(view, draft, std::move(wave), answer));
  return draft;
}

}  // namespace

grpc::ServerUnaryReactor* RolloutServiceImpl::ListWaves(grpc::CallbackServerContext* call,
                                                        const v1::ListWavesRequest* request,
                                                        v1::ListWavesResponse* response) {
  return Read(
      env_, call, Rpc("RolloutService/ListWaves"), [&](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
        const std::string query = "waves?" + request->parent();
        ASSIGN_OR_RETURN(const int64_t offset, ReadNumberToken(request->page_token(), query));
        ASSIGN_OR_RETURN(
            const domain::RecordName id_name,
            domain::ParseName(domain::RecordKind::kRollout, request->parent(), "parent"));
        const std::string& id = id_name.id;
        ASSIGN_OR_RETURN(const domain::Rollout rollout, app::RequireRollout(view, id));
        ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view.ListWaves(id));
        ASSIGN_OR_RETURN(auto tallies, TalliesOf(view, id, 0));
        int64_t position = 0;
        for (const domain::Wave& wave : waves) {
          // Of older plans only those in which something happened.
          const bool shown = wave.plan == rollout.approved_plan ||
                             wave.state == WaveState::kInProgress || wave.state == WaveState::kDone;
          if (!shown || position++ < offset) continue;
          if (response->waves_size() == limit) {
            response->set_next_page_token(MakePageToken(std::to_string(offset + limit), query));
            break;
          }
          ToProto(wave, tallies[wave.number], response->add_waves());
        }
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::GetWave(grpc::CallbackServerContext* call,
                                                      const v1::GetWaveRequest* request,
                                                      v1::Wave* response) {
  return Read(env_, call, Rpc("RolloutService/GetWave"),
              [&](store::ReadView& view) -> absl::Status {
                ASSIGN_OR_RETURN(const domain::Wave wave, RequireWave(view, request->name()));
                return Answer(view, store::Draft(), wave, *response);
              });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::StartWave(grpc::CallbackServerContext* call,
                                                        const v1::StartWaveRequest* request,
                                                        v1::Wave* response) {
  return Write(env_, call, Rpc("RolloutService/StartWave"), request, response,
               [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                         v1::Wave& answer) { return Start(view, *request, context, answer); });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::FinishWave(grpc::CallbackServerContext* call,
                                                         const v1::FinishWaveRequest* request,
                                                         v1::Wave* response) {
  return Write(env_, call, Rpc("RolloutService/FinishWave"), request, response,
               [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                         v1::Wave& answer) { return FinishIt(view, *request, context, answer); });
}

}  // namespace kirikae::api
