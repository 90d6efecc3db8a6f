#include "service/api/migration_service.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "service/api/device_conversion.h"
#include "service/api/mark_devices.h"
#include "service/api/resource_name.h"
#include "service/domain/errors.h"
#include "service/domain/readiness.h"

namespace kirikae::api {
namespace {

// Adds the due devices of one rollout; `skip` are those of earlier pages.
absl::Status AddDue(store::ReadView& view, const domain::Rollout& rollout,
                    const v1::ListDueRequest& request, absl::CivilDay day, absl::Time now,
                    int limit, int64_t& skip, bool& more, v1::ListDueResponse* response) {
  ASSIGN_OR_RETURN(
      const std::vector<domain::Placement> placements,
      view.ListPlacements(
          {.rollout = rollout.id, .team = request.team(), .until = day, .open_only = true}));
  for (const domain::Placement& placement : placements) {
    ASSIGN_OR_RETURN(const std::optional<domain::Device> device,
                     view.FindDevice(placement.asset_tag));
    if (!device.has_value()) return absl::DataLossError("a placement has no device");
    if (!request.site().empty() && device->site != request.site()) continue;
    if (skip > 0) {
      --skip;
      continue;
    }
    if (response->devices_size() == limit) {
      more = true;
      return absl::OkStatus();
    }
    auto* const due = response->add_devices();
    ToProto(*device, due->mutable_device(), now);
    due->set_rollout("rollouts/" + rollout.id);
    due->set_wave("rollouts/" + rollout.id + "/waves/" + std::to_string(placement.wave));
    due->set_slot(placement.slot);
    due->set_team(placement.team);
    due->set_state(static_cast<v1::PlacementState>(placement.state));
    if (placement.day.has_value()) {
      due->set_day(absl::FormatCivilTime(*placement.day));
      due->set_overdue(*placement.day < day);
    }
    for (const domain::Blocker& blocker : domain::Blockers(*device, rollout.to_method)) {
      ToProto(blocker, due->add_blockers());
    }
  }
  return absl::OkStatus();
}

// Adds the devices whose exception holds on `day` for the last time, or ends the day after.
absl::Status AddEndingExceptions(const Environment& env, store::ReadView& view,
                                 const v1::ListDueRequest& request, absl::CivilDay day, int limit,
                                 int64_t& skip, bool& more, v1::ListDueResponse* response) {
  if (!request.team().empty() || more) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<std::string> tags, view.TagsWithException());
  for (const std::string& tag : tags) {
    ASSIGN_OR_RETURN(const std::optional<domain::Device> device, view.FindDevice(tag));
    if (!device.has_value()) return absl::DataLossError("a listed device is gone");
    const absl::CivilDay last = env.DayOf(device->exception->until - absl::Seconds(1));
    if (last < day || last > day + 1) continue;
    if (!request.site().empty() && device->site != request.site()) continue;
    if (skip > 0) {
      --skip;
      continue;
    }
    if (response->devices_size() == limit) {
      more = true;
      return absl::OkStatus();
    }
    auto* const due = response->add_devices();
    ToProto(*device, due->mutable_device(), env.now());
    due->set_day(absl::FormatCivilTime(last));
    due->set_exception_ends(true);
  }
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* MigrationServiceImpl::MarkDevices(grpc::CallbackServerContext* call,
                                                            const v1::MarkDevicesRequest* request,
                                                            v1::MarkDevicesResponse* response) {
  return Write(
      env_, call, "MigrationService/MarkDevices", request, response,
      [this, request](store::ReadView& view, int64_t change_set, const WriteContext& context,
                      v1::MarkDevicesResponse& answer) -> absl::StatusOr<store::Draft> {
        RETURN_IF_ERROR(CheckMarkRequest(*request));
        return MarkAll(env_, *request, context, view, change_set, answer);
      });
}

grpc::ServerUnaryReactor* MigrationServiceImpl::ListDue(grpc::CallbackServerContext* call,
                                                        const v1::ListDueRequest* request,
                                                        v1::ListDueResponse* response) {
  return Read(env_, call, "MigrationService/ListDue", [&](store::ReadView& view) -> absl::Status {
    ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
    const std::string query =
        "due?" + request->team() + "\n" + request->site() + "\n" + request->day();
    ASSIGN_OR_RETURN(int64_t skip, ReadNumberToken(request->page_token(), query));
    const int64_t offset = skip;
    absl::CivilDay day = env_.Today();
    if (!request->day().empty()) {
      ASSIGN_OR_RETURN(day, ParseDay(request->day(), "day"));
    }
    ASSIGN_OR_RETURN(const std::vector<domain::Rollout> rollouts,
                     view.ListRollouts({.after = "", .limit = 1000}));
    bool more = false;
    for (const domain::Rollout& rollout : rollouts) {
      if (rollout.state != domain::RolloutState::kActive || more) continue;
      RETURN_IF_ERROR(
          AddDue(view, rollout, *request, day, env_.now(), limit, skip, more, response));
    }
    RETURN_IF_ERROR(AddEndingExceptions(env_, view, *request, day, limit, skip, more, response));
    if (more) {
      response->set_next_page_token(MakePageToken(std::to_string(offset + limit), query));
    }
    return absl::OkStatus();
  });
}

}  // namespace kirikae::api
