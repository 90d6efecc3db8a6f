#include "service/api/inventory_handlers.h"

#include <string>
#include <utility>

#include "service/api/convert/device_fields.h"
#include "service/api/convert/records.h"
#include "service/api/convert/request_text.h"
#include "service/app/inventory/bulk_update.h"
#include "service/app/inventory/device_edit.h"
#include "service/app/inventory/exception_grant.h"
#include "service/app/inventory/method_correction.h"
#include "service/app/inventory/near_tags.h"
#include "service/domain/device_rules.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

// Stores one changed device and puts it in the answer.
store::Draft Store(store::Draft draft, const domain::Device& before, domain::Device device,
                   absl::Time now, v1::Device* answer) {
  AnswerWith(before, device, now, answer);
  draft.edits.emplace_back(app::ToEdit(std::move(device)));
  return draft;
}

// A write that changes one device: `change(Device&, Draft&)` -> absl::Status.
template <typename Change>
absl::StatusOr<store::Draft> WriteDevice(const WriteCall& call, domain::Act act,
                                         const std::string& name, const std::string& etag,
                                         v1::Device* answer, Change change) {
  ASSIGN_OR_RETURN(const domain::RecordName parts,
                   domain::ParseName(domain::RecordKind::kDevice, name));
  ASSIGN_OR_RETURN(const domain::Device before, app::RequireDevice(call.view, parts.id));
  RETURN_IF_ERROR(app::CheckEtag(etag, domain::DeviceName(before.asset_tag), before.version));
  domain::Device device = before;
  store::Draft draft = call.context.NewDraft(act);
  RETURN_IF_ERROR(change(device, draft));
  return Store(std::move(draft), before, std::move(device), call.context.now, answer);
}

app::BulkUpdate ToUpdate(const v1::BatchUpdateDevicesRequest& request) {
  return {.filter = request.filter(),
          .texts = MaskedTexts(request.device(), request.update_mask()),
          .expected_count = request.expected_count()};
}

domain::ExceptionRequest ToRequest(const v1::GrantExceptionRequest& request,
                                   const app::WriteContext& context, const app::Ward& ward) {
  domain::ExceptionRequest exception;
  exception.most_days = ward.exception_days;
  const auto method = static_cast<domain::AuthMethod>(request.method());
  if (request.method() != 0 && !domain::Name(method).empty()) exception.method = method;
  const absl::StatusOr<absl::CivilDay> last =
      ParseDay(request.last_day(), "last_day", ward.DayOf(context.now), domain::Toward::kFuture);
  if (last.ok()) exception.last_day = *last;
  exception.reason = context.reason;
  exception.granted_by = context.caller.actor;
  exception.from = context.effective;
  return exception;
}

}  // namespace

absl::StatusOr<store::Draft> CreateDevice(const WriteCall& call,
                                          const v1::CreateDeviceRequest& request,
                                          v1::Device* answer) {
  ASSIGN_OR_RETURN(domain::Device device,
                   app::NewDevice(request.device().asset_tag(), GivenTexts(request.device()),
                                  call.view, call.context));
  return Store(call.context.NewDraft(domain::Act::kCreateDevice), {}, std::move(device),
               call.context.now, answer);
}

absl::StatusOr<store::Draft> UpdateDevice(const WriteCall& call,
                                          const v1::UpdateDeviceRequest& request,
                                          v1::Device* answer) {
  return WriteDevice(call, domain::Act::kUpdateDevice, request.device().name(),
                     request.device().etag(), answer, [&](domain::Device& device, store::Draft&) {
                       return app::EditDevice(MaskedTexts(request.device(), request.update_mask()),
                                              call.view, device);
                     });
}

absl::StatusOr<app::BulkMatches> MatchDevices(const Preparation& preparation,
                                              const v1::BatchUpdateDevicesRequest& request) {
  ASSIGN_OR_RETURN(const auto view, preparation.env.store.Read(preparation.abandoned));
  return app::FindMatches(*view, ToUpdate(request));
}

absl::StatusOr<store::Draft> BatchUpdateDevices(const WriteCall& call,
                                                const v1::BatchUpdateDevicesRequest& request,
                                                const app::BulkMatches& matches,
                                                v1::BatchUpdateDevicesResponse* answer) {
  ASSIGN_OR_RETURN(app::BulkResult result,
                   app::UpdateAll(call.view, ToUpdate(request), matches, call.context));
  answer->set_matched(result.matched);
  answer->set_changed(result.changed);
  return std::move(result.draft);
}

absl::StatusOr<store::Draft> CorrectMethod(const WriteCall& call,
                                           const v1::CorrectMethodRequest& request,
                                           v1::CorrectMethodResponse* answer) {
  const auto method = static_cast<domain::AuthMethod>(request.method());
  if (domain::Name(method).empty()) {
    return domain::InvalidField("method", domain::Sentence("Say which method the devices have."));
  }
  ASSIGN_OR_RETURN(
      app::MethodCorrection correction,
      app::CorrectMethod(call.view, {request.asset_tags().begin(), request.asset_tags().end()},
                         method, call.context));
  for (const domain::Device& device : correction.devices) {
    ToProto(device, answer->add_devices(), call.context.now);
  }
  answer->set_changed(correction.changed);
  return std::move(correction.draft);
}

absl::StatusOr<store::Draft> RetireDevice(const WriteCall& call,
                                          const v1::RetireDeviceRequest& request,
                                          v1::Device* answer) {
  return WriteDevice(call, domain::Act::kRetireDevice, request.name(), request.etag(), answer,
                     [](domain::Device& device, store::Draft&) {
                       domain::Retire(device);
                       return absl::OkStatus();
                     });
}

absl::StatusOr<store::Draft> RestoreDevice(const WriteCall& call,
                                           const v1::RestoreDeviceRequest& request,
                                           v1::Device* answer) {
  return WriteDevice(call, domain::Act::kRestoreDevice, request.name(), request.etag(), answer,
                     [](domain::Device& device, store::Draft&) { return domain::Restore(device); });
}

absl::StatusOr<store::Draft> GrantException(const WriteCall& call,
                                            const v1::GrantExceptionRequest& request,
                                            v1::Device* answer) {
  const app::Ward& ward = call.ward();
  return WriteDevice(call, domain::Act::kGrantException, request.name(), "", answer,
                     [&](domain::Device& device, store::Draft&) {
                       return app::GrantException(call.view, ward, call.context,
                                                  ToRequest(request, call.context, ward), device);
                     });
}

absl::StatusOr<store::Draft> EndException(const WriteCall& call,
                                          const v1::EndExceptionRequest& request,
                                          v1::Device* answer) {
  return WriteDevice(call, domain::Act::kEndException, request.name(), "", answer,
                     [&](domain::Device& device, store::Draft&) {
                       return domain::EndException(device, call.context.now);
                     });
}

}  // namespace kirikae::api
