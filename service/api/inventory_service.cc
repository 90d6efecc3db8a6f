#include "service/api/inventory_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "service/api/call/page.h"
#include "service/api/call/run.h"
#include "service/api/convert/as_of.h"
#include "service/api/convert/card.h"
#include "service/api/convert/records.h"
#include "service/api/inventory_handlers.h"
#include "service/app/inventory/device_history_list.h"
#include "service/app/inventory/device_list.h"
#include "service/app/inventory/device_orders.h"
#include "service/app/inventory/near_tags.h"
#include "service/app/lookup/device_card.h"
#include "service/app/lookup/directory.h"
#include "service/app/lookup/lookup.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/text/fold.h"

namespace kirikae::api {
namespace {

// The caller of what the service does for itself; no token has this id.
constexpr int64_t kOwnWork = 0;
constexpr int kLookupPage = 10;
constexpr int kLookupPageMost = 100;

absl::Status GetDevice(const Call& call, const v1::GetDeviceRequest& request,
                       v1::Device* response) {
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kDevice, request.name()));
  ASSIGN_OR_RETURN(const std::optional<app::AsOf> when,
                   ParseAsOf(request.as_of(), request.known_at(), call.now, call.ward().zone));
  if (!when.has_value()) {
    ASSIGN_OR_RETURN(const domain::Device device, app::RequireDevice(call.view, name.id));
    ToProto(device, response, call.now);
    return absl::OkStatus();
  }
  const std::string tag = text::FoldIdentifier(name.id);
  ASSIGN_OR_RETURN(const std::optional<domain::Device> device,
                   app::FindAsOf(call.view, tag, *when));
  if (!device.has_value()) return domain::DeviceDidNotExist(tag, FormatInstant(when->as_of));
  ToProto(*device, response, when->as_of);
  response->clear_etag();
  return absl::OkStatus();
}

absl::Status ListDevices(const Call& call, app::DeviceOrders& orders,
                         const v1::ListDevicesRequest& request, v1::ListDevicesResponse* response) {
  ASSIGN_OR_RETURN(app::DeviceFilter filter, app::ParseDeviceFilter(request.filter()));
  app::ListQuery list{std::move(filter), {}, 0};
  ASSIGN_OR_RETURN(list.limit, PageSize(request.page_size()));
  ASSIGN_OR_RETURN(list.when,
                   ParseAsOf(request.as_of(), request.known_at(), call.now, call.ward().zone));
  ASSIGN_OR_RETURN(const app::DeviceOrder order, app::ParseDeviceOrder(request.order_by()));
  const std::string query = "devices?" + request.filter() + "\n" + request.order_by() + "\n" +
                            request.as_of() + "\n" + request.known_at();
  ASSIGN_OR_RETURN(const std::string position, ReadPageToken(request.page_token(), query));
  ASSIGN_OR_RETURN(const app::DevicePage page,
                   order.field.empty() ? app::DevicesByTag(call.view, list, position)
                                       : orders.Page(call.view, list, order, query, position));
  const absl::Time shown_at = list.when.has_value() ? list.when->as_of : call.now;
  for (const domain::Device& device : page.devices) {
    ToProto(device, response->add_devices(), shown_at);
  }
  if (!page.next.empty()) response->set_next_page_token(MakePageToken(page.next, query));
  return absl::OkStatus();
}

absl::Status LookupDevices(const Call& call, app::Directory& directory,
                           const v1::LookupDevicesRequest& request,
                           v1::LookupDevicesResponse* response) {
  if (request.page_size() < 0) return PageSize(request.page_size()).status();
  const int limit =
      request.page_size() == 0 ? kLookupPage : std::min(request.page_size(), kLookupPageMost);
  ASSIGN_OR_RETURN(const app::LookupResult found,
                   app::Lookup(call.view, directory, request.query(), limit));
  for (const app::DeviceHit& hit : found.hits) {
    auto* const match = response->add_matches();
    for (const app::FieldHit& field : hit.fields) ToProto(field, match->add_fields());
    ASSIGN_OR_RETURN(const app::Card card,
                     app::CardOf(call.view, hit.device, call.ward(), call.now));
    ToProto(card, call.ward().zone, match->mutable_card());
  }
  response->set_more(found.more);
  for (const app::PersonHit& person : found.people) ToProto(person, response->add_people());
  response->set_people_count(static_cast<int>(found.people_count));
  for (const app::KnownDepartment& department : found.departments) {
    ToProto(department, response->add_departments());
  }
  return absl::OkStatus();
}

absl::Status ListDeviceHistory(const Call& call, const v1::ListDeviceHistoryRequest& request,
                               v1::ListDeviceHistoryResponse* response) {
  ASSIGN_OR_RETURN(const domain::RecordName device,
                   domain::ParseName(domain::RecordKind::kDevice, request.parent(), "parent"));
  ASSIGN_OR_RETURN(const int limit, PageSize(request.page_size()));
  ASSIGN_OR_RETURN(const std::optional<app::AsOf> when,
                   ParseAsOf(request.as_of(), request.known_at(), call.now, call.ward().zone));
  const std::string query = "history?" + text::FoldIdentifier(device.id) + "\n" + request.as_of() +
                            "\n" + request.known_at();
  ASSIGN_OR_RETURN(const std::optional<store::ChangePlace> before,
                   ReadPlaceToken(request.page_token(), query));
  ASSIGN_OR_RETURN(const app::HistoryPage page,
                   app::ListDeviceHistory(call.view, device.id, when, before, limit));
  for (const domain::HistoryEntry& entry : page.entries) ToProto(entry, response->add_entries());
  if (page.next.has_value()) response->set_next_page_token(MakePlaceToken(*page.next, query));
  return absl::OkStatus();
}

class InventoryServiceImpl final : public v1::InventoryService::CallbackService {
 public:
  explicit InventoryServiceImpl(Environment& env) : env_(env) {}

  KIRIKAE_UNARY(InventoryService, GetDevice, Read)
  KIRIKAE_UNARY(InventoryService, ListDeviceHistory, ReadAtLength)
  KIRIKAE_UNARY(InventoryService, GetStaff, Read)
  KIRIKAE_UNARY(InventoryService, ListStaff, ReadAtLength)
  KIRIKAE_UNARY(InventoryService, CreateDevice, Write)
  KIRIKAE_UNARY(InventoryService, UpdateDevice, Write)
  KIRIKAE_UNARY(InventoryService, CorrectMethod, Write)
  KIRIKAE_UNARY(InventoryService, RetireDevice, Write)
  KIRIKAE_UNARY(InventoryService, RestoreDevice, Write)
  KIRIKAE_UNARY(InventoryService, GrantException, Write)
  KIRIKAE_UNARY(InventoryService, EndException, Write)
  KIRIKAE_UNARY(InventoryService, UpdateStaff, Write)

  grpc::ServerUnaryReactor* BatchUpdateDevices(grpc::CallbackServerContext* context,
                                               const v1::BatchUpdateDevicesRequest* request,
                                               v1::BatchUpdateDevicesResponse* response) override {
    return WriteAtLength(env_, env_.work.reads, Rpc("InventoryService/BatchUpdateDevices"), context,
                         request, response, &MatchDevices, &api::BatchUpdateDevices, Size::kLarge);
  }

  grpc::ServerUnaryReactor* ListDevices(grpc::CallbackServerContext* context,
                                        const v1::ListDevicesRequest* request,
                                        v1::ListDevicesResponse* response) override {
    constexpr Rpc kRpc = Rpc("InventoryService/ListDevices");
    const auto list = [this](const Call& call, const v1::ListDevicesRequest& given,
                             v1::ListDevicesResponse* answer) {
      return api::ListDevices(call, orders_, given, answer);
    };
    return ReadAtLength(env_, kRpc, context, request, response, list);
  }

  grpc::ServerUnaryReactor* LookupDevices(grpc::CallbackServerContext* context,
                                          const v1::LookupDevicesRequest* request,
                                          v1::LookupDevicesResponse* response) override {
    constexpr Rpc kRpc = Rpc("InventoryService/LookupDevices");
    const auto look_up = [this](const Call& call, const v1::LookupDevicesRequest& given,
                                v1::LookupDevicesResponse* answer) {
      return api::LookupDevices(call, directory_, given, answer);
    };
    return Read(env_, kRpc, context, request, response, look_up);
  }

 private:
  Environment& env_;
  app::DeviceOrders orders_;
  // A large ward is read in a pool, so that no look-up waits for it.
  app::Directory directory_{[&env = env_](app::Directory::Take take) {
    const auto read = [&env, take = std::move(take)]() -> WorkPool::Rest {
      absl::StatusOr<std::shared_ptr<app::Directory::State>> all = nullptr;
      const auto view = env.store.Read([&env] { return env.work.stopping(); });
      if (view.ok()) all = app::Directory::Read(**view);
      take(all.ok() ? *std::move(all) : nullptr);
      return [] {};
    };
    return env.work.reads.Submit(kOwnWork, read).ok();
  }};
};

}  // namespace

std::unique_ptr<grpc::Service> NewInventoryService(Environment& env) {
  return std::make_unique<InventoryServiceImpl>(env);
}

}  // namespace kirikae::api
