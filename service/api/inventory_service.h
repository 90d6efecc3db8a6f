// InventoryService: devices, staff, and what was true of them.
#pragma once

#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "service/api/call.h"

namespace kirikae::api {

/// Handlers of InventoryService; contracts in its proto. Thread-safe.
class InventoryServiceImpl final : public v1::InventoryService::CallbackService {
 public:
  explicit InventoryServiceImpl(Environment& env) : env_(env) {}

  grpc::ServerUnaryReactor* GetDevice(grpc::CallbackServerContext* call,
                                      const v1::GetDeviceRequest* request,
                                      v1::Device* response) override;
  grpc::ServerUnaryReactor* ListDevices(grpc::CallbackServerContext* call,
                                        const v1::ListDevicesRequest* request,
                                        v1::ListDevicesResponse* response) override;
  grpc::ServerUnaryReactor* LookupDevices(grpc::CallbackServerContext* call,
                                          const v1::LookupDevicesRequest* request,
                                          v1::LookupDevicesResponse* response) override;
  grpc::ServerUnaryReactor* ListDeviceHistory(grpc::CallbackServerContext* call,
                                              const v1::ListDeviceHistoryRequest* request,
                                              v1::ListDeviceHistoryResponse* response) override;
  grpc::ServerUnaryReactor* GetStaff(grpc::CallbackServerContext* call,
                                     const v1::GetStaffRequest* request,
                                     v1::Staff* response) override;
  grpc::ServerUnaryReactor* ListStaff(grpc::CallbackServerContext* call,
                                      const v1::ListStaffRequest* request,
                                      v1::ListStaffResponse* response) override;

 private:
  Environment& env_;
};

}  // namespace kirikae::api
