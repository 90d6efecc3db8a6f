// The writing handlers of InventoryService.
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/call/request_text.h"
#include "service/api/inventory_service.h"
#include "service/app/inventory/device_edit.h"
#include "service/app/inventory/device_filter.h"
#include "service/app/inventory/near_tags.h"
#include "service/domain/device_rules.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/text/fold.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr size_t kTagLimit = 40;
constexpr int kBatch = 500;

absl::StatusOr<domain::Device> DeviceOf(store::ReadView& view, const std::string& name,
                                        const std::string& etag) {
  ASSIGN_OR_RETURN(const domain::RecordName tag_name,
                   domain::ParseName(domain::RecordKind::kDevice, name));
  const std::string& tag = tag_name.id;
  ASSIGN_OR_RETURN(domain::Device device, app::RequireDevice(view, tag));
  RETURN_IF_ERROR(app::CheckEtag(etag, device));
  return device;
}

// Stores one changed device in the draft, and shows it in the answer.
store::Draft Store(store::Draft draft, const domain::Device& before, domain::Device device,
                   const app::WriteContext& context, v1::Device& answer) {
  app::AnswerWith(before, device, context.now, &answer);
  draft.edits.emplace_back(app::ToEdit(std::move(device)));
  return draft;
}

absl::StatusOr<std::string> CheckNewTag(const std::string& given) {
  const std::string tag = text::FoldIdentifier(given);
  const bool good =
      !tag.empty() && tag.size() <= kTagLimit &&
      tag.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == std::string::npos;
  if (good) return tag;
  return domain::InvalidField(
      "device.asset_tag",
      Sentence("An asset tag has 1 to 40 characters, of letters, digits and - only."));
}

// Every field that a new device may be given.
google::protobuf::FieldMask AllFields() {
  google::protobuf::FieldMask mask;
  for (const char* path :
       {"host_name", "serial", "model", "os", "kind", "network", "department", "site", "floor",
        "users", "camera", "auth_method", "labels", "note", "inventoried_on"}) {
    mask.add_paths(path);
  }
  return mask;
}

// Unset enumerations of a new device take their usual values.
v1::Device WithDefaults(v1::Device device) {
  if (device.kind() == v1::DEVICE_KIND_UNSPECIFIED) device.set_kind(v1::DEVICE_KIND_STAFF_DEVICE);
  if (device.network() == v1::NETWORK_UNSPECIFIED) device.set_network(v1::NETWORK_LGWAN);
  if (device.camera() == v1::CAMERA_UNSPECIFIED) device.set_camera(v1::CAMERA_UNKNOWN);
  if (device.auth_method() == v1::AUTH_METHOD_UNSPECIFIED) {
    device.set_auth_method(v1::AUTH_METHOD_IC_CARD_AND_PASSWORD);
  }
  return device;
}

// Makes the edits of one device; whether there are any.
absl::StatusOr<bool> UpdateOne(store::ReadView& view, const v1::BatchUpdateDevicesRequest& request,
                               const app::WriteContext& context, domain::Device device,
                               std::vector<store::Edit>& edits) {
  const domain::Device before = device;
  RETURN_IF_ERROR(
      app::ApplyMask(request.device(), request.update_mask(), view, context, device, edits));
  if (domain::FieldsOf(device) != domain::FieldsOf(before)) {
    store::DeviceEdit edit = app::ToEdit(std::move(device));
    edit.before = store::DeviceBefore{before};
    edits.emplace_back(std::move(edit));
  }
  return !edits.empty();
}

// Gives the edits of the devices with these tags, one by one.
class UpdateStream {
 public:
  UpdateStream(store::ReadView& view, const v1::BatchUpdateDevicesRequest& request,
               app::WriteContext context, std::vector<std::string> tags)
      : view_(view), request_(request), context_(std::move(context)), tags_(std::move(tags)) {}

  absl::StatusOr<std::optional<store::Edit>> Next() {
    while (given_ == edits_.size()) {
      if (at_ == tags_.size()) return std::nullopt;
      edits_.clear();
      given_ = 0;
      ASSIGN_OR_RETURN(domain::Device device, app::RequireDevice(view_, tags_[at_++]));
      RETURN_IF_ERROR(UpdateOne(view_, request_, context_, std::move(device), edits_).status());
    }
    return std::move(edits_[given_++]);
  }

 private:
  store::ReadView& view_;
  const v1::BatchUpdateDevicesRequest& request_;
  const app::WriteContext context_;
  const std::vector<std::string> tags_;
  size_t at_ = 0;
  std::vector<store::Edit> edits_;  // of one device
  size_t given_ = 0;
};

// Goes through all devices twice, first to count: the edits of all at once might not fit in memory.
absl::StatusOr<store::Draft> UpdateAll(store::ReadView& view,
                                       const v1::BatchUpdateDevicesRequest& request,
                                       const app::WriteContext& context,
                                       v1::BatchUpdateDevicesResponse& answer) {
  if (request.filter().empty()) {
    return domain::InvalidField("filter", Sentence("Say which devices, by a filter."));
  }
  ASSIGN_OR_RETURN(const app::DeviceFilter filter, app::ParseDeviceFilter(request.filter()));
  int matched = 0;
  std::vector<std::string> tags;
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> batch,
                     view.ListDevices({.after = after, .limit = kBatch}));
    const bool last = batch.size() < static_cast<size_t>(kBatch);
    if (!last) after = batch.back().asset_tag;
    for (const domain::Device& device : batch) {
      ASSIGN_OR_RETURN(const bool matches, app::Matches(view, filter, device));
      if (!matches) continue;
      ++matched;
      std::vector<store::Edit> edits;
      ASSIGN_OR_RETURN(const bool changes, UpdateOne(view, request, context, device, edits));
      if (changes) tags.push_back(device.asset_tag);
    }
    if (last) break;
  }
  if (request.expected_count() != 0 && request.expected_count() != matched) {
    return domain::CountDiffers(request.expected_count(), matched);
  }
  answer.set_matched(matched);
  answer.set_changed(static_cast<int>(tags.size()));
  store::Draft draft = context.NewDraft(domain::Act::kBatchUpdateDevices);
  auto stream = std::make_shared<UpdateStream>(view, request, context, std::move(tags));
  draft.more = [stream] { return stream->Next(); };
  return draft;
}

domain::ExceptionRequest ToRequest(const v1::GrantExceptionRequest& request,
                                   const app::WriteContext& context, int most_days) {
  domain::ExceptionRequest exception;
  exception.most_days = most_days;
  const auto method = static_cast<domain::AuthMethod>(request.method());
  if (request.method() != 0 && !domain::Name(method).empty()) exception.method = method;
  const absl::StatusOr<absl::CivilDay> last = ParseDay(request.last_day(), "last_day");
  if (last.ok()) exception.last_day = *last;
  exception.reason = context.reason;
  exception.granted_by = context.caller.actor;
  exception.from = context.effective;
  return exception;
}

// A write that changes one device: `change(Device&, ReadView&, WriteContext, Draft&)` ->
// absl::Status.
template <typename Request, typename Change>
grpc::ServerUnaryReactor* WriteDevice(Environment& env, grpc::CallbackServerContext* call, Rpc rpc,
                                      domain::Act act, const Request* request,
                                      const std::string& name, const std::string& etag,
                                      v1::Device* response, Change change) {
  return Write(
      env, call, rpc, request, response,
      [act, name, etag, change](store::ReadView& view, int64_t, const app::WriteContext& context,
                                v1::Device& answer) -> absl::StatusOr<store::Draft> {
        ASSIGN_OR_RETURN(const domain::Device before, DeviceOf(view, name, etag));
        domain::Device device = before;
        store::Draft draft = context.NewDraft(act);
        RETURN_IF_ERROR(change(device, view, context, draft));
        return Store(std::move(draft), before, std::move(device), context, answer);
      });
}

}  // namespace

grpc::ServerUnaryReactor* InventoryServiceImpl::CreateDevice(grpc::CallbackServerContext* call,
                                                             const v1::CreateDeviceRequest* request,
                                                             v1::Device* response) {
  return Write(env_, call, Rpc("InventoryService/CreateDevice"), request, response,
               [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                         v1::Device& answer) -> absl::StatusOr<store::Draft> {
                 domain::Device device;
                 ASSIGN_OR_RETURN(device.asset_tag, CheckNewTag(request->device().asset_tag()));
                 ASSIGN_OR_RETURN(const auto old, view.FindDevice(device.asset_tag));
                 if (old.has_value()) return domain::DeviceAlreadyExists(device.asset_tag);
                 store::Draft draft = context.NewDraft(domain::Act::kCreateDevice);
                 RETURN_IF_ERROR(app::ApplyMask(WithDefaults(request->device()), AllFields(), view,
                                                context, device, draft.edits));
                 device.auth_method_since = context.effective;
                 return Store(std::move(draft), {}, std::move(device), context, answer);
               });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::UpdateDevice(grpc::CallbackServerContext* call,
                                                             const v1::UpdateDeviceRequest* request,
                                                             v1::Device* response) {
  return WriteDevice(env_, call, Rpc("InventoryService/UpdateDevice"), domain::Act::kUpdateDevice,
                     request, request->device().name(), request->device().etag(), response,
                     [request](domain::Device& device, store::ReadView& view,
                               const app::WriteContext& context, store::Draft& draft) {
                       return app::ApplyMask(request->device(), request->update_mask(), view,
                                             context, device, draft.edits);
                     });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::BatchUpdateDevices(
    grpc::CallbackServerContext* call, const v1::BatchUpdateDevicesRequest* request,
    v1::BatchUpdateDevicesResponse* response) {
  return Write(
      env_, call, Rpc("InventoryService/BatchUpdateDevices"), request, response,
      [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                v1::BatchUpdateDevicesResponse& answer) {
        return UpdateAll(view, *request, context, answer);
      },
      nullptr, Size::kLarge);
}

grpc::ServerUnaryReactor* InventoryServiceImpl::RetireDevice(grpc::CallbackServerContext* call,
                                                             const v1::RetireDeviceRequest* request,
                                                             v1::Device* response) {
  return WriteDevice(
      env_, call, Rpc("InventoryService/RetireDevice"), domain::Act::kRetireDevice, request,
      request->name(), request->etag(), response,
      [](domain::Device& device, store::ReadView&, const app::WriteContext&, store::Draft&) {
        domain::Retire(device);
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::RestoreDevice(
    grpc::CallbackServerContext* call, const v1::RestoreDeviceRequest* request,
    v1::Device* response) {
  return WriteDevice(env_, call, Rpc("InventoryService/RestoreDevice"), domain::Act::kRestoreDevice,
                     request, request->name(), request->etag(), response,
                     [](domain::Device& device, store::ReadView&, const app::WriteContext&,
                        store::Draft&) { return domain::Restore(device); });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::GrantException(
    grpc::CallbackServerContext* call, const v1::GrantExceptionRequest* request,
    v1::Device* response) {
  return WriteDevice(env_, call, Rpc("InventoryService/GrantException"),
                     domain::Act::kGrantException, request, request->name(), "", response,
                     [this, request](domain::Device& device, store::ReadView&,
                                     const app::WriteContext& context, store::Draft&) {
                       return domain::GrantException(
                           device, ToRequest(*request, context, env_.ward.exception_days),
                           env_.ward.DayOf(context.now), env_.ward.zone);
                     });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::EndException(grpc::CallbackServerContext* call,
                                                             const v1::EndExceptionRequest* request,
                                                             v1::Device* response) {
  return WriteDevice(env_, call, Rpc("InventoryService/EndException"), domain::Act::kEndException,
                     request, request->name(), "", response,
                     [](domain::Device& device, store::ReadView&, const app::WriteContext& context,
                        store::Draft&) { return domain::EndException(device, context.now); });
}

}  // namespace kirikae::api
