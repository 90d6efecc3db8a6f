#include "service/api/inventory_service.h"

#include <optional>
#include <string>
#include <vector>

#include "service/api/device_card.h"
#include "service/api/device_conversion.h"
#include "service/api/device_filter.h"
#include "service/api/lookup.h"
#include "service/api/near_tags.h"
#include "service/api/resource_name.h"
#include "service/domain/errors.h"
#include "service/text/fold.h"

namespace kirikae::api {
namespace {

constexpr int kLookupPage = 10;
constexpr int kLookupPageMost = 100;
// Rows fetched at a time while a filter looks for a page of matches.
constexpr int kFilterBatch = 500;

// Goes through the devices after `after` until `limit` match; `next` is where to go on, "" at the
// end.
absl::Status CollectDevices(store::ReadView& view, const DeviceFilter& filter, std::string after,
                            int limit, v1::ListDevicesResponse* response, std::string& next) {
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> batch,
                     view.ListDevices({.after = after, .limit = kFilterBatch}));
    for (const domain::Device& device : batch) {
      if (!filter.Matches(device)) continue;
      if (response->devices_size() == limit) {
        next = response->devices(limit - 1).asset_tag();
        return absl::OkStatus();
      }
      ToProto(device, response->add_devices());
    }
    if (batch.size() < static_cast<size_t>(kFilterBatch)) return absl::OkStatus();
    after = batch.back().asset_tag;
  }
}

}  // namespace

grpc::ServerUnaryReactor* InventoryServiceImpl::GetDevice(grpc::CallbackServerContext* call,
                                                          const v1::GetDeviceRequest* request,
                                                          v1::Device* response) {
  return Read(env_, call, "InventoryService/GetDevice", [&](store::ReadView& view) -> absl::Status {
    ASSIGN_OR_RETURN(const std::string tag, ParseName(request->name(), "devices"));
    ASSIGN_OR_RETURN(const domain::Device device, RequireDevice(view, tag));
    ToProto(device, response);
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::ListDevices(grpc::CallbackServerContext* call,
                                                            const v1::ListDevicesRequest* request,
                                                            v1::ListDevicesResponse* response) {
  return Read(
      env_, call, "InventoryService/ListDevices", [&](store::ReadView& view) -> absl::Status {
        ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
        ASSIGN_OR_RETURN(const DeviceFilter filter, ParseDeviceFilter(request->filter()));
        const std::string query = "devices?" + request->filter();
        ASSIGN_OR_RETURN(std::string after, ReadPageToken(request->page_token(), query));
        std::string next;
        RETURN_IF_ERROR(CollectDevices(view, filter, std::move(after), limit, response, next));
        if (!next.empty()) response->set_next_page_token(MakePageToken(next, query));
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::LookupDevices(
    grpc::CallbackServerContext* call, const v1::LookupDevicesRequest* request,
    v1::LookupDevicesResponse* response) {
  return Read(env_, call, "InventoryService/LookupDevices",
              [&](store::ReadView& view) -> absl::Status {
                if (request->page_size() < 0) return PageSize(request->page_size()).status();
                const int limit = request->page_size() == 0
                                      ? kLookupPage
                                      : std::min(request->page_size(), kLookupPageMost);
                ASSIGN_OR_RETURN(const LookupResult found, Lookup(view, request->query(), limit));
                for (const DeviceHit& hit : found.hits) {
                  auto* const match = response->add_matches();
                  for (const FieldHit& field : hit.fields) {
                    auto* const row = match->add_fields();
                    row->set_field(field.field);
                    row->set_kind(field.kind);
                    row->set_value(field.value);
                  }
                  RETURN_IF_ERROR(FillCard(view, hit.device, match->mutable_card()));
                }
                response->set_more(found.more);
                return absl::OkStatus();
              });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::ListDeviceHistory(
    grpc::CallbackServerContext* call, const v1::ListDeviceHistoryRequest* request,
    v1::ListDeviceHistoryResponse* response) {
  return Read(env_, call, "InventoryService/ListDeviceHistory",
              [&](store::ReadView& view) -> absl::Status {
                ASSIGN_OR_RETURN(const std::string tag, ParseName(request->parent(), "devices"));
                ASSIGN_OR_RETURN(const domain::Device device, RequireDevice(view, tag));
                ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
                const std::string record = "devices/" + device.asset_tag;
                ASSIGN_OR_RETURN(const int64_t offset,
                                 ReadNumberToken(request->page_token(), "history?" + record));
                ASSIGN_OR_RETURN(const std::vector<domain::HistoryEntry> entries,
                                 view.History(record, offset, limit));
                for (const domain::HistoryEntry& entry : entries)
                  ToProto(entry, response->add_entries());
                if (entries.size() == static_cast<size_t>(limit)) {
                  response->set_next_page_token(
                      MakePageToken(std::to_string(offset + limit), "history?" + record));
                }
                return absl::OkStatus();
              });
}

grpc::ServerUnaryReactor* InventoryServiceImpl::GetStaff(grpc::CallbackServerContext* call,
                                                         const v1::GetStaffRequest* request,
                                                         v1::Staff* response) {
  return Read(env_, call, "InventoryService/GetStaff", [&](store::ReadView& view) -> absl::Status {
    ASSIGN_OR_RETURN(const std::string given, ParseName(request->name(), "staff"));
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
  return Read(env_, call, "InventoryService/ListStaff", [&](store::ReadView& view) -> absl::Status {
    ASSIGN_OR_RETURN(const int limit, PageSize(request->page_size()));
    ASSIGN_OR_RETURN(std::string after, ReadPageToken(request->page_token(), "staff"));
    ASSIGN_OR_RETURN(const std::vector<domain::Staff> staff,
                     view.ListStaff({.after = std::move(after), .limit = limit + 1}));
    for (const domain::Staff& person : staff) {
      if (response->staff_size() == limit) {
        response->set_next_page_token(
            MakePageToken(response->staff(limit - 1).staff_number(), "staff"));
        break;
      }
      ToProto(person, response->add_staff());
    }
    return absl::OkStatus();
  });
}

}  // namespace kirikae::api
