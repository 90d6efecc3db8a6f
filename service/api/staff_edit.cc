// The handler that changes a person.
#include "service/app/inventory/staff_edit.h"

#include <utility>

#include "service/api/convert/device_fields.h"
#include "service/api/inventory_edits.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {

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
