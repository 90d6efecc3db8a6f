// InventoryService: devices, staff, and what was true of them.
#pragma once

#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "service/api/call/legacy_call.h"
#include "service/app/inventory/device_orders.h"

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
  grpc::ServerUnaryReactor* UpdateStaff(grpc::CallbackServerContext* call,
                                        const v1::UpdateStaffRequest* request,
                                        v1::Staff* response) override;
  grpc::ServerUnaryReactor* CreateDevice(grpc::CallbackServerContext* call,
                                         const v1::CreateDeviceRequest* request,
                                         v1::Device* response) override;
  grpc::ServerUnaryReactor* UpdateDevice(grpc::CallbackServerContext* call,
                                         const v1::UpdateDeviceRequest* request,
                                         v1::Device* response) override;
  grpc::ServerUnaryReactor* BatchUpdateDevices(grpc::CallbackServerContext* call,
                                               const v1::BatchUpdateDevicesRequest* request,
                                               v1::BatchUpdateDevicesResponse* response) override;
  grpc::ServerUnaryReactor* RetireDevice(grpc::CallbackServerContext* call,
                                         const v1::RetireDeviceRequest* request,
                                         v1::Device* response) override;
  grpc::ServerUnaryReactor* RestoreDevice(grpc::CallbackServerContext* call,
                                          const v1::RestoreDeviceRequest* request,
                                          v1::Device* response) override;
  grpc::ServerUnaryReactor* GrantException(grpc::CallbackServerContext* call,
                                           const v1::GrantExceptionRequest* request,
                                           v1::Device* response) override;
  grpc::ServerUnaryReactor* EndException(grpc::CallbackServerContext* call,
                                         const v1::EndExceptionRequest* request,
                                         v1::Device* response) override;

 private:
  Environment& env_;
  app::DeviceOrders orders_;
};

}  // namespace kirikae::api
