#include "service/api/migration_service.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "service/api/call/page.h"
#include "service/api/convert/records.h"
#include "service/api/convert/request_text.h"
#include "service/app/rollouts/marks.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/phases.h"
#include "service/domain/errors.h"
#include "service/domain/readiness.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

// One page of the due list: leaves out what earlier pages had and stops when it is full.
class DuePage {
 public:
  DuePage(int64_t skip, int limit, std::string site, absl::Time now, v1::ListDueResponse* response)
      : skip_(skip), limit_(limit), site_(std::move(site)), now_(now), response_(response) {}

  /// A row for the device, or nullptr when it is not on this page.
  v1::DueDevice* Add(const domain::Device& device) {
    if (!site_.empty() && device.site != site_) return nullptr;
    if (skip_ > 0) {
      --skip_;
      return nullptr;
    }
    more_ = more_ || response_->devices_size() == limit_;
    if (more_) return nullptr;
    auto* const due = response_->add_devices();
    ToProto(device, due->mutable_device(), now_);
    return due;
  }
  /// Whether a device was left for the next page.
  bool more() const { return more_; }

 private:
  int64_t skip_;
  const int limit_;
  const std::string site_;
  const absl::Time now_;
  v1::ListDueResponse* const response_;
  bool more_ = false;
};

// The phases whose waves don't start, since they wait or are held.
absl::StatusOr<std::set<std::string>> StandingStill(store::ReadView& view,
                                                    const domain::Rollout& rollout) {
  ASSIGN_OR_RETURN(const auto file, app::FileOf(rollout));
  ASSIGN_OR_RETURN(const auto statuses, app::StatusesOf(view, rollout, *file));
  std::set<std::string> still;
  for (const domain::PhaseStatus& status : statuses) {
    if (!domain::Runs(status.state)) still.insert(status.id);
  }
  return still;
}

// Adds the due devices of one rollout. A wave that did not start is nobody's work, be its day today
// or past; what is planned for days to come is listed.
absl::Status AddDue(const Environment& env, store::ReadView& view, const domain::Rollout& rollout,
                    const std::string& team, absl::CivilDay day, DuePage& page) {
  ASSIGN_OR_RETURN(const std::set<std::string> still, StandingStill(view, rollout));
  ASSIGN_OR_RETURN(
      const std::vector<domain::Placement> placements,
      view.ListPlacements({.rollout = rollout.id, .team = team, .until = day, .open_only = true}));
  for (const domain::Placement& placement : placements) {
    if (placement.state == domain::PlacementState::kPlanned && placement.day <= env.ward.Today() &&
        still.contains(placement.phase)) {
      continue;
    }
    ASSIGN_OR_RETURN(const std::optional<domain::Device> device,
                     view.FindDevice(placement.asset_tag));
    if (!device.has_value()) return absl::DataLossError("a placement has no device");
    auto* const due = page.Add(*device);
    if (page.more()) return absl::OkStatus();
    if (due == nullptr) continue;
    due->set_rollout(domain::RolloutName(rollout.id));
    due->set_wave(domain::WaveName(rollout.id, placement.wave));
    due->set_slot(placement.slot);
    due->set_team(placement.team);
    due->set_state(static_cast<v1::PlacementState>(placement.state));
    if (placement.day.has_value()) {
      due->set_day(absl::FormatCivilTime(*placement.day));
      due->set_overdue(*placement.day < day);
    }
    for (const domain::Blocker& blocker :
         domain::Blockers(*device, rollout.to_method, rollout.minimum_os)) {
      ToProto(blocker, due->add_blockers());
    }
  }
  return absl::OkStatus();
}

// Adds the devices whose exception holds on `day` for the last time, or ends the day after.
absl::Status AddEndingExceptions(const Environment& env, store::ReadView& view, absl::CivilDay day,
                                 DuePage& page) {
  ASSIGN_OR_RETURN(const std::vector<std::string> tags, view.TagsWithException());
  for (const std::string& tag : tags) {
    ASSIGN_OR_RETURN(const std::optional<domain::Device> device, view.FindDevice(tag));
    if (!device.has_value()) return absl::DataLossError("a listed device is gone");
    const absl::CivilDay last = env.ward.DayOf(device->exception->until - absl::Seconds(1));
    if (last < day || last > day + 1) continue;
    auto* const due = page.Add(*device);
    if (page.more()) return absl::OkStatus();
    if (due == nullptr) continue;
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
      env_, call, Rpc("MigrationService/MarkDevices"), request, response,
      [this, request](store::ReadView& view, int64_t change_set, const app::WriteContext& context,
                      v1::MarkDevicesResponse& answer) -> absl::StatusOr<store::Draft> {
        RETURN_IF_ERROR(app::CheckMarkRequest(*request));
        return app::MarkAll(env_, *request, context, view, change_set, answer);
      });
}

grpc::ServerUnaryReactor* MigrationServiceImpl::ListDue(grpc::CallbackServerContext* call,
                                                        const v1::ListDueRequest* request,
                                                        v1::ListDueResponse* response) {
  return Read(
      env_, call, Rpc("MigrationService/ListDue"), [&](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
        const std::string query =
            "due?" + request->team() + "\n" + request->site() + "\n" + request->day();
        ASSIGN_OR_RETURN(const int64_t offset, ReadNumberToken(request->page_token(), query));
        absl::CivilDay day = env_.ward.Today();
        if (!request->day().empty()) {
          ASSIGN_OR_RETURN(day, ParseDay(request->day(), "day"));
        }
        ASSIGN_OR_RETURN(const std::vector<domain::Rollout> rollouts,
                         view.ListRollouts({.after = "", .limit = 1000}));
        DuePage page(offset, limit, request->site(), env_.ward.now(), response);
        for (const domain::Rollout& rollout : rollouts) {
          absl::CivilDay last = day;
          if (rollout.state == domain::RolloutState::kPaused &&
              rollout.waves_go_on_until.has_value()) {
            last = std::min(day, *rollout.waves_go_on_until);
          } else if (rollout.state != domain::RolloutState::kActive) {
            continue;
          }
          if (page.more()) continue;
          RETURN_IF_ERROR(AddDue(env_, view, rollout, request->team(), last, page));
        }
        // Exceptions are no team's work.
        if (request->team().empty() && !page.more()) {
          RETURN_IF_ERROR(AddEndingExceptions(env_, view, day, page));
        }
        if (page.more()) {
          response->set_next_page_token(MakePageToken(std::to_string(offset + limit), query));
        }
        return absl::OkStatus();
      });
}

}  // namespace kirikae::api
