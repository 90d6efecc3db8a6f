// The handlers of people.
#include "service/app/inventory/staff_edit.h"

#include <string>
#include <utility>

#include "service/api/call/page.h"
#include "service/api/convert/device_fields.h"
#include "service/api/convert/records.h"
#include "service/api/inventory_handlers.h"
#include "service/app/inventory/staff_list.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {

absl::Status GetStaff(const Call& call, const v1::GetStaffRequest& request, v1::Staff* response) {
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kStaff, request.name()));
  ASSIGN_OR_RETURN(const domain::Staff staff, app::RequireStaff(call.view, name.id));
  ToProto(staff, response);
  return absl::OkStatus();
}

absl::Status ListStaff(const Call& call, const v1::ListStaffRequest& request,
                       v1::ListStaffResponse* response) {
  app::StaffQuery list{request.filter(), request.order_by(), 0};
  ASSIGN_OR_RETURN(list.limit, PageSize(request.page_size()));
  const std::string query = "staff?" + request.filter() + "\n" + request.order_by();
  ASSIGN_OR_RETURN(const std::string position, ReadPageToken(request.page_token(), query));
  ASSIGN_OR_RETURN(const app::StaffPage page, app::ListStaff(call.view, list, position));
  for (const domain::Staff& person : page.staff) ToProto(person, response->add_staff());
  if (!page.next.empty()) response->set_next_page_token(MakePageToken(page.next, query));
  return absl::OkStatus();
}

absl::StatusOr<store::Draft> UpdateStaff(const WriteCall& call,
                                         const v1::UpdateStaffRequest& request, v1::Staff* answer) {
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kStaff, request.staff().name()));
  ASSIGN_OR_RETURN(const domain::Staff before, app::RequireStaff(call.view, name.id));
  RETURN_IF_ERROR(app::CheckEtag(request.staff().etag(), domain::StaffName(before.staff_number),
                                 before.version));
  domain::Staff staff = before;
  RETURN_IF_ERROR(app::EditStaff(MaskedTexts(request.staff(), request.update_mask()),
                                 call.ward().DayOf(call.context.now), staff));
  AnswerWith(before, staff, answer);
  store::Draft draft = call.context.NewDraft(domain::Act::kUpdateStaff);
  draft.edits.emplace_back(std::move(staff));
  return draft;
}

}  // namespace kirikae::api
