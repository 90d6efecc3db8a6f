// The writing handler of staff.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/convert/records.h"
#include "service/api/inventory_service.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/domain/staff_rules.h"
#include "service/text/fold.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr size_t kTextLimit = 500 * 4;

template <typename Enum>
std::string EnumText(int value) {
  const std::string_view name = value == 0 ? "" : domain::Name(static_cast<Enum>(value));
  return name.empty() ? "?" : std::string(name);
}

// The field's name in the history and its text in the request; nothing for an unknown path.
std::optional<std::pair<std::string, std::string>> TextOf(const v1::Staff& given,
                                                          const std::string& path) {
  if (path == "display_name") return std::pair("name", given.display_name());
  if (path == "kana") return std::pair(path, given.kana());
  if (path == "department") return std::pair(path, given.department());
  if (path == "title") return std::pair(path, given.title());
  if (path == "role") return std::pair(path, EnumText<domain::StaffRole>(given.role()));
  if (path == "enrolment") {
    return std::pair(path, EnumText<domain::EnrolmentState>(given.enrolment()));
  }
  if (path == "enrolled_on") return std::pair(path, given.enrolled_on());
  if (path == "consent_withheld") return std::pair(path, given.consent_withheld());
  return std::nullopt;
}

absl::Status ApplyMask(const v1::UpdateStaffRequest& request, domain::Staff& staff) {
  if (request.update_mask().paths().empty()) {
    return domain::InvalidField("update_mask", Sentence("Name the fields to change."));
  }
  std::vector<domain::Violation> faults;
  for (const std::string& path : request.update_mask().paths()) {
    const auto text = TextOf(request.staff(), path);
    if (!text.has_value()) {
      faults.push_back({path, Sentence("There is no field $0 that can be changed.", {path})});
    } else if (text->second.size() > kTextLimit) {
      faults.push_back({path, Sentence("This is too long; at most 500 characters.")});
    } else if (!domain::SetField(staff, text->first, text->second).ok()) {
      faults.push_back({path, Sentence("This is no value of $0.", {path})});
    }
  }
  return faults.empty() ? absl::OkStatus() : domain::InvalidRequest(std::move(faults));
}

absl::StatusOr<domain::Staff> RequireStaff(store::ReadView& view, const std::string& name,
                                           const std::string& etag) {
  ASSIGN_OR_RETURN(const domain::RecordName given_name,
                   domain::ParseName(domain::RecordKind::kStaff, name));
  const std::string& given = given_name.id;
  const std::string number = text::FoldIdentifier(given);
  ASSIGN_OR_RETURN(std::optional<domain::Staff> staff, view.FindStaff(number));
  if (!staff.has_value()) return domain::StaffNotFound(number);
  const std::string current = std::to_string(staff->version);
  if (!etag.empty() && etag != current)
    return domain::EtagMismatch(domain::StaffName(number), current);
  return *std::move(staff);
}

}  // namespace

grpc::ServerUnaryReactor* InventoryServiceImpl::UpdateStaff(grpc::CallbackServerContext* call,
                                                            const v1::UpdateStaffRequest* request,
                                                            v1::Staff* response) {
  return Write(env_, call, Rpc("InventoryService/UpdateStaff"), request, response,
               [this, request](store::ReadView& view, int64_t, const app::WriteContext& context,
                               v1::Staff& answer) -> absl::StatusOr<store::Draft> {
                 ASSIGN_OR_RETURN(
                     const domain::Staff before,
                     RequireStaff(view, request->staff().name(), request->staff().etag()));
                 domain::Staff staff = before;
                 RETURN_IF_ERROR(ApplyMask(*request, staff));
                 RETURN_IF_ERROR(domain::CheckStaff(staff, env_.ward.DayOf(context.now)));
                 ToProto(staff, &answer);
                 const bool changes = domain::FieldsOf(before) != domain::FieldsOf(staff);
                 answer.set_etag(std::to_string(staff.version + (changes ? 1 : 0)));
                 store::Draft draft = context.NewDraft(domain::Act::kUpdateStaff);
                 draft.edits.emplace_back(std::move(staff));
                 return draft;
               });
}

}  // namespace kirikae::api
