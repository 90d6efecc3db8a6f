#include "service/api/migration_service.h"

#include <string>
#include <utility>
#include <vector>

#include "kirikae/v1/migration_service.grpc.pb.h"
#include "service/api/call/page.h"
#include "service/api/call/position_text.h"
#include "service/api/call/rpc_status.h"
#include "service/api/call/run.h"
#include "service/api/convert/due.h"
#include "service/api/convert/mark_request.h"
#include "service/api/convert/request_text.h"
#include "service/app/rollouts/due.h"
#include "service/app/rollouts/marks.h"
#include "service/domain/errors.h"

namespace kirikae::api {
namespace {

// A position of the due list as text.
std::string TextOf(const app::DuePosition& position) {
  const std::string parts[] = {position.exception ? "exception" : "planned",
                               position.rollout,
                               position.day.has_value() ? absl::FormatCivilTime(*position.day) : "",
                               position.slot,
                               position.team,
                               position.asset_tag};
  return JoinPosition(parts);
}

absl::StatusOr<app::DuePosition> PositionOf(const std::string& text) {
  constexpr size_t kParts = 6;
  ASSIGN_OR_RETURN(std::vector<std::string> parts, SplitPosition(text, kParts));
  app::DuePosition position;
  position.exception = parts[0] == "exception";
  position.rollout = std::move(parts[1]);
  if (!parts[2].empty()) {
    absl::CivilDay day;
    if (!absl::ParseCivilTime(parts[2], &day)) return domain::BadPageToken();
    position.day = day;
  }
  position.slot = std::move(parts[3]);
  position.team = std::move(parts[4]);
  position.asset_tag = std::move(parts[5]);
  return position;
}

absl::StatusOr<store::Draft> MarkDevices(const WriteCall& call,
                                         const v1::MarkDevicesRequest& request,
                                         v1::MarkDevicesResponse* answer) {
  RETURN_IF_ERROR(CheckMarkRequest(request));
  app::MarkOrder order = OrderOf(request);
  if (!request.until().empty()) {
    ASSIGN_OR_RETURN(order.until,
                     ParseDay(request.until(), "until", call.ward().DayOf(call.context.now),
                              domain::Toward::kFuture));
  }
  ASSIGN_OR_RETURN(app::Marks marks, app::MarkAll(call.ward(), call.context, order, call.view));
  FillResponse(marks, call.change_set, answer);
  for (size_t i = 0; i < marks.results.size(); ++i) {
    if (marks.results[i].status.ok()) continue;
    *answer->mutable_results(static_cast<int>(i))->mutable_status() =
        ToRpcStatus(marks.results[i].status);
  }
  return std::move(marks.draft);
}

absl::Status ListDue(const Call& call, const v1::ListDueRequest& request,
                     v1::ListDueResponse* response) {
  app::DueQuery query;
  ASSIGN_OR_RETURN(query.limit, PageSize(request.page_size()));
  const std::string list = "due?" + request.team() + "\n" + request.site() + "\n" + request.day();
  ASSIGN_OR_RETURN(const std::string after, ReadPageToken(request.page_token(), list));
  if (!after.empty()) {
    ASSIGN_OR_RETURN(query.after, PositionOf(after));
  }
  query.team = request.team();
  query.site = request.site();
  query.day = call.ward().DayOf(call.now);
  if (!request.day().empty()) {
    ASSIGN_OR_RETURN(query.day, ParseDay(request.day(), "day", query.day));
  }
  ASSIGN_OR_RETURN(const app::DueList due, app::ListDue(call.ward(), call.view, query));
  for (const app::DueDevice& device : due.devices) {
    ToProto(device, call.now, response->add_devices());
  }
  if (due.more) {
    response->set_next_page_token(MakePageToken(TextOf(due.devices.back().position()), list));
  }
  return absl::OkStatus();
}

class MigrationServiceImpl final : public v1::MigrationService::CallbackService {
 public:
  explicit MigrationServiceImpl(Environment& env) : env_(env) {}

  KIRIKAE_UNARY(MigrationService, MarkDevices, Write)
  KIRIKAE_UNARY(MigrationService, ListDue, ReadAtLength)

 private:
  Environment& env_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewMigrationService(Environment& env) {
  return std::make_unique<MigrationServiceImpl>(env);
}

}  // namespace kirikae::api
