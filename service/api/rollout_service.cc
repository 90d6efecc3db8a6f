#include "service/api/rollout_service.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/resource_name.h"
#include "service/api/rollout_file.h"
#include "service/api/rollout_verbs.h"
#include "service/domain/errors.h"

namespace kirikae::api {
namespace {

using domain::PlacementState;

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

absl::Status ToProto(const domain::Rollout& rollout, v1::Rollout* proto) {
  ASSIGN_OR_RETURN(const RolloutFile file, ParseRolloutFile(rollout.source));
  proto->set_name("rollouts/" + rollout.id);
  proto->set_title(rollout.title);
  proto->set_from_method(static_cast<v1::AuthMethod>(rollout.from_method));
  proto->set_to_method(static_cast<v1::AuthMethod>(rollout.to_method));
  proto->set_scope(file.scope);
  for (const PhaseSpec& spec : file.phases) {
    auto* const phase = proto->add_phases();
    phase->set_id(spec.id);
    phase->set_title(spec.title);
    phase->set_selector(spec.select);
    phase->set_not_before(DayText(spec.not_before));
    phase->set_deadline(DayText(spec.deadline));
    phase->set_soak_days(spec.soak_days);
  }
  proto->set_state(static_cast<v1::RolloutState>(rollout.state));
  if (rollout.approved_plan != 0) {
    proto->set_approved_plan("rollouts/" + rollout.id + "/plans/" +
                             std::to_string(rollout.approved_plan));
  }
  proto->set_etag(std::to_string(rollout.version));
  proto->set_source(rollout.source);
  return absl::OkStatus();
}

absl::StatusOr<domain::Rollout> RequireRollout(store::ReadView& view, std::string_view id) {
  ASSIGN_OR_RETURN(std::optional<domain::Rollout> rollout, view.FindRollout(id));
  if (!rollout.has_value()) return domain::RolloutNotFound(id);
  return *std::move(rollout);
}

struct Tally {
  int total = 0;
  int migrated = 0;
  int failed = 0;
  int open = 0;
  std::vector<std::string> tags;
};

// What became of each wave's devices, by wave number.
absl::StatusOr<std::map<int64_t, Tally>> TallyWaves(store::ReadView& view,
                                                    const std::string& rollout) {
  ASSIGN_OR_RETURN(
      const std::vector<domain::Placement> placements,
      view.ListPlacements(
          {.rollout = rollout, .team = "", .until = std::nullopt, .open_only = false}));
  std::map<int64_t, Tally> tallies;
  for (const domain::Placement& placement : placements) {
    Tally& tally = tallies[placement.wave];
    ++tally.total;
    tally.tags.push_back(placement.asset_tag);
    switch (placement.state) {
      case PlacementState::kMigrated:
      case PlacementState::kVerified:
        ++tally.migrated;
        break;
      case PlacementState::kFailed:
      case PlacementState::kRolledBack:
        ++tally.failed;
        break;
      case PlacementState::kDeferred:
      case PlacementState::kExempt:
        break;
      default:
        ++tally.open;
    }
  }
  return tallies;
}

void ToProto(const domain::Wave& wave, const Tally& tally, absl::CivilDay today, v1::Wave* proto) {
  proto->set_name("rollouts/" + wave.rollout + "/waves/" + std::to_string(wave.number));
  proto->set_phase(wave.phase);
  proto->set_day(absl::FormatCivilTime(wave.day));
  proto->set_slot(wave.slot);
  proto->set_team(wave.team);
  domain::WaveState state = wave.state;
  if (state != domain::WaveState::kCancelled) {
    const bool begun = tally.open < tally.total || wave.day <= today;
    state = tally.open == 0 && tally.total > 0 ? domain::WaveState::kDone
            : begun                            ? domain::WaveState::kInProgress
                                               : domain::WaveState::kPlanned;
  }
  proto->set_state(static_cast<v1::WaveState>(state));
  proto->set_total(tally.total);
  proto->set_migrated(tally.migrated);
  proto->set_failed(tally.failed);
  proto->set_open(tally.open);
}

// A verb as a write.
template <typename Request>
grpc::ServerUnaryReactor* WriteVerb(Environment& env, grpc::CallbackServerContext* call,
                                    std::string_view rpc, const Request* request,
                                    v1::ChangeRolloutResponse* response, RolloutVerb verb) {
  return Write(env, call, rpc, request, response,
               [&env, request, verb = std::move(verb)](
                   store::ReadView& view, int64_t, const WriteContext& context,
                   v1::ChangeRolloutResponse& answer) -> absl::StatusOr<store::Draft> {
                 ASSIGN_OR_RETURN(const std::string id, ParseName(request->name(), "rollouts"));
                 if (verb.event == domain::RolloutEvent::kCancel && context.reason.empty()) {
                   return domain::InvalidField("options.reason",
                                               domain::Sentence("Say why, for the record."));
                 }
                 ASSIGN_OR_RETURN(domain::Rollout rollout, RequireRollout(view, id));
                 ASSIGN_OR_RETURN(RolloutEffect effect, ApplyVerb(view, std::move(rollout), verb,
                                                                  env.DayOf(context.now), answer));
                 RETURN_IF_ERROR(ToProto(effect.rollout, answer.mutable_rollout()));
                 answer.mutable_rollout()->set_etag(
                     std::to_string(effect.rollout.version + (answer.changed() ? 1 : 0)));
                 store::Draft draft = context.NewDraft(verb.act);
                 draft.edits = std::move(effect.edits);
                 return draft;
               });
}

}  // namespace

grpc::ServerUnaryReactor* RolloutServiceImpl::StartRollout(grpc::CallbackServerContext* call,
                                                           const v1::StartRolloutRequest* request,
                                                           v1::ChangeRolloutResponse* response) {
  return WriteVerb(env_, call, "RolloutService/StartRollout", request, response,
                   {.event = domain::RolloutEvent::kStart, .act = "START_ROLLOUT"});
}

grpc::ServerUnaryReactor* RolloutServiceImpl::PauseRollout(grpc::CallbackServerContext* call,
                                                           const v1::PauseRolloutRequest* request,
                                                           v1::ChangeRolloutResponse* response) {
  return WriteVerb(env_, call, "RolloutService/PauseRollout", request, response,
                   {.event = domain::RolloutEvent::kPause,
                    .act = "PAUSE_ROLLOUT",
                    .let_running_waves_finish = request->let_running_waves_finish()});
}

grpc::ServerUnaryReactor* RolloutServiceImpl::ResumeRollout(grpc::CallbackServerContext* call,
                                                            const v1::ResumeRolloutRequest* request,
                                                            v1::ChangeRolloutResponse* response) {
  return WriteVerb(env_, call, "RolloutService/ResumeRollout", request, response,
                   {.event = domain::RolloutEvent::kResume, .act = "RESUME_ROLLOUT"});
}

grpc::ServerUnaryReactor* RolloutServiceImpl::CancelRollout(grpc::CallbackServerContext* call,
                                                            const v1::CancelRolloutRequest* request,
                                                            v1::ChangeRolloutResponse* response) {
  return WriteVerb(env_, call, "RolloutService/CancelRollout", request, response,
                   {.event = domain::RolloutEvent::kCancel, .act = "CANCEL_ROLLOUT"});
}

grpc::ServerUnaryReactor* RolloutServiceImpl::ApplyRollout(grpc::CallbackServerContext* call,
                                                           const v1::ApplyRolloutRequest* request,
                                                           v1::ApplyRolloutResponse* response) {
  return Write(
      env_, call, "RolloutService/ApplyRollout", request, response,
      [request](store::ReadView& view, int64_t, const WriteContext& context,
                v1::ApplyRolloutResponse& answer) -> absl::StatusOr<store::Draft> {
        ASSIGN_OR_RETURN(const RolloutFile file, ParseRolloutFile(request->content()));
        ASSIGN_OR_RETURN(const std::optional<domain::Rollout> old, view.FindRollout(file.id));
        domain::Rollout rollout = old.value_or(domain::Rollout());
        const std::string etag = std::to_string(rollout.version);
        if (!request->etag().empty() && request->etag() != etag) {
          return domain::EtagMismatch("rollouts/" + file.id, etag);
        }
        rollout.id = file.id;
        rollout.title = file.title;
        rollout.from_method = file.from;
        rollout.to_method = file.to;
        for (std::string& field : DifferingFields(rollout.source, request->content())) {
          answer.add_differences(std::move(field));
        }
        rollout.source = request->content();
        answer.set_created(!old.has_value());
        RETURN_IF_ERROR(ToProto(rollout, answer.mutable_rollout()));
        // The store counts the version up when the record changes, which it does exactly
        // when its source does.
        const bool changed = !old.has_value() || old->source != rollout.source;
        answer.mutable_rollout()->set_etag(std::to_string(rollout.version + (changed ? 1 : 0)));
        store::Draft draft = context.NewDraft("APPLY_ROLLOUT");
        draft.edits.emplace_back(std::move(rollout));
        return draft;
      });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::GetRollout(grpc::CallbackServerContext* call,
                                                         const v1::GetRolloutRequest* request,
                                                         v1::Rollout* response) {
  return Read(env_, call, "RolloutService/GetRollout", [&](store::ReadView& view) -> absl::Status {
    ASSIGN_OR_RETURN(const std::string id, ParseName(request->name(), "rollouts"));
    ASSIGN_OR_RETURN(const domain::Rollout rollout, RequireRollout(view, id));
    return ToProto(rollout, response);
  });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::ListRollouts(grpc::CallbackServerContext* call,
                                                           const v1::ListRolloutsRequest* request,
                                                           v1::ListRolloutsResponse* response) {
  return Read(
      env_, call, "RolloutService/ListRollouts", [&](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
        ASSIGN_OR_RETURN(std::string after, ReadPageToken(request->page_token(), "rollouts"));
        ASSIGN_OR_RETURN(const std::vector<domain::Rollout> rollouts,
                         view.ListRollouts({.after = std::move(after), .limit = limit + 1}));
        for (const domain::Rollout& rollout : rollouts) {
          if (response->rollouts_size() == limit) {
            response->set_next_page_token(
                MakePageToken(rollouts[static_cast<size_t>(limit) - 1].id, "rollouts"));
            break;
          }
          RETURN_IF_ERROR(ToProto(rollout, response->add_rollouts()));
        }
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::ListWaves(grpc::CallbackServerContext* call,
                                                        const v1::ListWavesRequest* request,
                                                        v1::ListWavesResponse* response) {
  return Read(env_, call, "RolloutService/ListWaves", [&](store::ReadView& view) -> absl::Status {
    ASSIGN_OR_RETURN(const std::string id, ParseName(request->parent(), "rollouts"));
    ASSIGN_OR_RETURN(const domain::Rollout rollout, RequireRollout(view, id));
    ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
    const std::string query = "waves?" + id;
    ASSIGN_OR_RETURN(int64_t skip, ReadNumberToken(request->page_token(), query));
    const int64_t offset = skip;
    ASSIGN_OR_RETURN(const std::vector<domain::Wave> waves, view.ListWaves(id));
    ASSIGN_OR_RETURN(const auto tallies, TallyWaves(view, id));
    for (const domain::Wave& wave : waves) {
      // What an older plan began or finished stays in the list.
      const bool shown =
          wave.plan == rollout.approved_plan || wave.state != domain::WaveState::kCancelled;
      if (!shown || skip-- > 0) continue;
      if (response->waves_size() == limit) {
        response->set_next_page_token(MakePageToken(std::to_string(offset + limit), query));
        break;
      }
      const auto tally = tallies.find(wave.number);
      ToProto(wave, tally == tallies.end() ? Tally() : tally->second, env_.Today(),
              response->add_waves());
    }
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* RolloutServiceImpl::GetWave(grpc::CallbackServerContext* call,
                                                      const v1::GetWaveRequest* request,
                                                      v1::Wave* response) {
  return Read(env_, call, "RolloutService/GetWave", [&](store::ReadView& view) -> absl::Status {
    ASSIGN_OR_RETURN(const ChildName name, ParseChildName(request->name(), "waves"));
    RETURN_IF_ERROR(RequireRollout(view, name.rollout).status());
    ASSIGN_OR_RETURN(const auto wave, view.FindWave(name.rollout, name.number));
    if (!wave.has_value()) return domain::WaveNotFound(name.rollout, std::to_string(name.number));
    ASSIGN_OR_RETURN(const auto tallies, TallyWaves(view, name.rollout));
    const auto tally = tallies.find(name.number);
    ToProto(*wave, tally == tallies.end() ? Tally() : tally->second, env_.Today(), response);
    if (tally == tallies.end()) return absl::OkStatus();
    for (const std::string& tag : tally->second.tags) response->add_asset_tags(tag);
    return absl::OkStatus();
  });
}

}  // namespace kirikae::api
