// ListReadiness: what has to happen before devices can be switched.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/call/page.h"
#include "service/api/call/position_text.h"
#include "service/api/convert/need.h"
#include "service/api/rollout_handlers.h"
#include "service/app/rollouts/freed.h"
#include "service/app/rollouts/needs.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/plan_form/day_text.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

// A position of the list as text.
std::string TextOf(const app::NeedPosition& position) {
  const std::string parts[] = {position.department, plan_form::DayText(position.ready_by),
                               position.asset_tag, position.code, position.staff_number};
  return JoinPosition(parts);
}

absl::StatusOr<app::NeedPosition> NeedPositionOf(const std::string& text) {
  constexpr size_t kParts = 5;
  ASSIGN_OR_RETURN(std::vector<std::string> parts, SplitPosition(text, kParts));
  app::NeedPosition position;
  position.department = std::move(parts[0]);
  if (!parts[1].empty()) {
    absl::CivilDay day;
    if (!absl::ParseCivilTime(parts[1], &day)) return domain::BadPageToken();
    position.ready_by = day;
  }
  position.asset_tag = std::move(parts[2]);
  position.code = std::move(parts[3]);
  position.staff_number = std::move(parts[4]);
  return position;
}

}  // namespace

absl::Status ListReadiness(const Call& call, const v1::ListReadinessRequest& request,
                           v1::ListReadinessResponse* response) {
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kRollout, request.parent(), "parent"));
  app::NeedQuery query;
  query.department = request.department();
  ASSIGN_OR_RETURN(query.limit, PageSize(request.page_size()));
  const std::string list = "readiness?" + name.id + "\n" + request.department();
  ASSIGN_OR_RETURN(const std::string after, ReadPageToken(request.page_token(), list));
  if (!after.empty()) {
    ASSIGN_OR_RETURN(query.after, NeedPositionOf(after));
  }
  ASSIGN_OR_RETURN(const auto rollout, call.view.FindRollout(name.id));
  if (!rollout.has_value()) return domain::RolloutNotFound(name.id);
  ASSIGN_OR_RETURN(const auto file, app::FileOf(*rollout));
  ASSIGN_OR_RETURN(const app::NeedList needs,
                   app::ListNeeds(call.ward(), call.view, *rollout, *file, query));
  response->set_ready_before(file->file().policy.ReadyBefore());
  for (const app::Need& need : needs.needs) ToProto(need, response->add_needs());
  if (!query.after.has_value()) {
    ASSIGN_OR_RETURN(const auto places, app::FreedPlaces(call.ward(), call.view, *rollout, *file));
    for (const app::FreedPlace& place : places) ToProto(place, response->add_freed());
  }
  if (needs.more) {
    response->set_next_page_token(MakePageToken(TextOf(app::PositionOf(needs.needs.back())), list));
  }
  return absl::OkStatus();
}

}  // namespace kirikae::api
