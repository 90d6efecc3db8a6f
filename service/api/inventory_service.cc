#include "service/api/inventory_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/call/page.h"
#include "service/api/convert/records.h"
#include "service/app/inventory/device_filter.h"
#include "service/app/inventory/device_source.h"
#include "service/app/inventory/near_tags.h"
#include "service/app/inventory/staff_list.h"
#include "service/app/lookup/device_card.h"
#include "service/app/lookup/lookup.h"
#include "service/domain/device_history.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/text/fold.h"

namespace kirikae::api {
namespace {

constexpr int kLookupPage = 10;
constexpr int kLookupPageMost = 100;

// Goes through the devices after `after` until `limit` match; `next` is where to go on, "" at the
// end.
absl::Status CollectDevices(store::ReadView& view, const app::ListQuery& query, std::string after,
                            v1::ListDevicesResponse* response, std::string& next) {
  app::DeviceSource source(view, std::move(after), query.when);
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> batch, source.Next());
    if (batch.empty()) return absl::OkStatus();
    for (const domain::Device& device : batch) {
      ASSIGN_OR_RETURN(const bool matches, app::Matches(view, query.filter, device));
      if (!matches) continue;
      if (response->devices_size() == query.limit) {
        next = response->devices(query.limit - 1).asset_tag();
        return absl::OkStatus();
      }
      ToProto(device, response->add_devices(), query.shown_at);
    }
  }
}

// Fills a page with a device's history before a place in the log.
absl::Status CollectHistory(store::ReadView& view, const std::string& record,
                            const std::optional<app::AsOf>& when,
                            std::optional<store::ChangePlace> before, int limit,
                            const std::string& query, v1::ListDeviceHistoryResponse* response) {
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::HistoryEntry> entries,
                     view.History(record, before, limit));
    for (const domain::HistoryEntry& entry : entries) {
      before = store::PlaceOf(entry);
      const domain::ChangeSet& set = entry.change_set;
      if (when.has_value() &&
          (set.effective_time > when->as_of || !domain::IsBelieved(set, when->known_at))) {
        continue;
      }
      ToProto(entry, response->add_entries());
      if (response->entries_size() == limit) break;
    }
    if (response->entries_size() == limit) {
      response->set_next_page_token(MakePlaceToken(*before, query));
      return absl::OkStatus();
    }
    if (entries.size() < static_cast<size_t>(limit)) return absl::OkStatus();
  }
}

}  // namespace

grpc::ServerUnaryReactor* InventoryServiceImpl::GetDevice(grpc::CallbackServerContext* call,
                                                          const v1::GetDeviceRequest* request,
                                                          v1::Device* response) {
  return Read(
      env_, call, Rpc("InventoryService/GetDevice"), [&](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const domain::RecordName tag_name,
                         domain::ParseName(domain::RecordKind::kDevice, request->name()));
        const std::string& tag = tag_name.id;
        ASSIGN_OR_RETURN(const std::optional<app::AsOf> when,
                         app::ParseAsOf(request->as_of(), request->known_at(), env_.ward.now()));
        if (!when.has_value()) {
          ASSIGN_OR_RETURN(const domain::Device device, app::RequireDevice(view, tag));
          ToProto(device, response, env_.ward.now());
          return absl::OkStatus();
        }
        const std::string key = text::FoldIdentifier(tag);
        ASSIGN_OR_RETURN(const std::optional<domain::Device> device,
                         app::FindAsOf(view, key, *when));
        if (!device.has_value()) return domain::DeviceDidNotExist(key, FormatInstant(when->as_of));
        ToProto(*device, response, when->as_of);
        response->clear_etag();
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::ListDevices(grpc::CallbackServerContext* call,
                                                            const v1::ListDevicesRequest* request,
                                                            v1::ListDevicesResponse* response) {
  constexpr Rpc kRpc = Rpc("InventoryService/ListDevices");
  const auto list = [this, request, response](store::ReadView& view) -> absl::Status {
    ASSIGN_OR_RETURN(app::DeviceFilter filter, app::ParseDeviceFilter(request->filter()));
    app::ListQuery list_query{std::move(filter), {}, 0, env_.ward.now()};
    ASSIGN_OR_RETURN(list_query.limit, PageSize(request->page_size()));
    ASSIGN_OR_RETURN(list_query.when,
                     app::ParseAsOf(request->as_of(), request->known_at(), env_.ward.now()));
    if (list_query.when.has_value()) list_query.shown_at = list_query.when->as_of;
    ASSIGN_OR_RETURN(const app::DeviceOrder order, app::ParseDeviceOrder(request->order_by()));
    const std::string query = "devices?" + request->filter() + "\n" + request->order_by() + "\n" +
                              request->as_of() + "\n" + request->known_at();
    ASSIGN_OR_RETURN(std::string after, ReadPageToken(request->page_token(), query));
    std::string next;
    RETURN_IF_ERROR(order.field.empty()
                        ? CollectDevices(view, list_query, std::move(after), response, next)
                        : orders_.Page(view, list_query, order, query, after, response, next));
    if (!next.empty()) response->set_next_page_token(MakePageToken(next, query));
    return absl::OkStatus();
  };
  // An order needs all of them before the first is known, and the past is replayed.
  const bool long_work =
      !request->order_by().empty() || !request->as_of().empty() || !request->known_at().empty();
  return long_work ? ReadAtLength(env_, call, kRpc, list) : Read(env_, call, kRpc, list);
}

grpc::ServerUnaryReactor* InventoryServiceImpl::LookupDevices(
    grpc::CallbackServerContext* call, const v1::LookupDevicesRequest* request,
    v1::LookupDevicesResponse* response) {
  return Read(
      env_, call, Rpc("InventoryService/LookupDevices"),
      [&](store::ReadView& view) -> absl::Status {
        if (request->page_size() < 0) return PageSize(request->page_size()).status();
        const int limit = request->page_size() == 0
                              ? kLookupPage
                              : std::min(request->page_size(), kLookupPageMost);
        ASSIGN_OR_RETURN(const app::LookupResult found, app::Lookup(view, request->query(), limit));
        for (const app::DeviceHit& hit : found.hits) {
          auto* const match = response->add_matches();
          for (const app::FieldHit& field : hit.fields) {
            auto* const row = match->add_fields();
            row->set_field(field.field);
            row->set_kind(field.kind);
            row->set_value(field.value);
          }
          RETURN_IF_ERROR(app::FillCard(view, hit.device, env_.ward.now(), match->mutable_card()));
        }
        response->set_more(found.more);
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::ListDeviceHistory(
    grpc::CallbackServerContext* call, const v1::ListDeviceHistoryRequest* request,
    v1::ListDeviceHistoryResponse* response) {
  return Read(env_, call, Rpc("InventoryService/ListDeviceHistory"),
              [&](store::ReadView& view) -> absl::Status {
                ASSIGN_OR_RETURN(
                    const domain::RecordName tag_name,
                    domain::ParseName(domain::RecordKind::kDevice, request->parent(), "parent"));
                const std::string& tag = tag_name.id;
                ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
                const std::string record = domain::DeviceName(text::FoldIdentifier(tag));
                // A device whose creation was undone has a history still.
                ASSIGN_OR_RETURN(const auto any, view.History(record, std::nullopt, 1));
                if (any.empty()) return app::RequireDevice(view, tag).status();
                ASSIGN_OR_RETURN(
                    const std::optional<app::AsOf> when,
                    app::ParseAsOf(request->as_of(), request->known_at(), env_.ward.now()));
                const std::string query =
                    "history?" + record + "\n" + request->as_of() + "\n" + request->known_at();
                ASSIGN_OR_RETURN(const std::optional<store::ChangePlace> before,
                                 ReadPlaceToken(request->page_token(), query));
                return CollectHistory(view, record, when, before, limit, query, response);
              });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::GetStaff(grpc::CallbackServerContext* call,
                                                         const v1::GetStaffRequest* request,
                                                         v1::Staff* response) {
  return Read(env_, call, Rpc("InventoryService/GetStaff"),
              [&](store::ReadView& view) -> absl::Status {
                ASSIGN_OR_RETURN(const domain::RecordName given_name,
                                 domain::ParseName(domain::RecordKind::kStaff, request->name()));
                const std::string& given = given_name.id;
                const std::string number = text::FoldIdentifier(given);
                ASSIGN_OR_RETURN(const std::optional<domain::Staff> staff, view.FindStaff(number));
                if (!staff.has_value()) return domain::StaffNotFound(number);
                ToProto(*staff, response);
                return absl::OkStatus();
              });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::ListStaff(grpc::CallbackServerContext* call,
                                                          const v1::ListStaffRequest* request,
                                                          v1::ListStaffResponse* response) {
  return Read(env_, call, Rpc("InventoryService/ListStaff"),
              [&](store::ReadView& view) { return app::ListStaffPage(view, *request, response); });
}

}  // namespace kirikae::api
