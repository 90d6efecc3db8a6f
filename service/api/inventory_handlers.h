// The handlers of InventoryService that write, and those of people.
#pragma once

#include "absl/status/statusor.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "service/api/call/call.h"
#include "service/app/inventory/bulk_update.h"
#include "service/store/store.h"

namespace kirikae::api {

absl::StatusOr<store::Draft> CreateDevice(const WriteCall& call,
                                          const v1::CreateDeviceRequest& request,
                                          v1::Device* answer);
absl::StatusOr<store::Draft> UpdateDevice(const WriteCall& call,
                                          const v1::UpdateDeviceRequest& request,
                                          v1::Device* answer);
absl::StatusOr<app::BulkMatches> MatchDevices(const Preparation& preparation,
                                              const v1::BatchUpdateDevicesRequest& request);
absl::StatusOr<store::Draft> BatchUpdateDevices(const WriteCall& call,
                                                const v1::BatchUpdateDevicesRequest& request,
                                                const app::BulkMatches& matches,
                                                v1::BatchUpdateDevicesResponse* answer);
absl::StatusOr<store::Draft> CorrectMethod(const WriteCall& call,
                                           const v1::CorrectMethodRequest& request,
                                           v1::CorrectMethodResponse* answer);
absl::StatusOr<store::Draft> RetireDevice(const WriteCall& call,
                                          const v1::RetireDeviceRequest& request,
                                          v1::Device* answer);
absl::StatusOr<store::Draft> RestoreDevice(const WriteCall& call,
                                           const v1::RestoreDeviceRequest& request,
                                           v1::Device* answer);
absl::StatusOr<store::Draft> GrantException(const WriteCall& call,
                                            const v1::GrantExceptionRequest& request,
                                            v1::Device* answer);
absl::StatusOr<store::Draft> EndException(const WriteCall& call,
                                          const v1::EndExceptionRequest& request,
                                          v1::Device* answer);
absl::Status GetStaff(const Call& call, const v1::GetStaffRequest& request, v1::Staff* response);
absl::Status ListStaff(const Call& call, const v1::ListStaffRequest& request,
                       v1::ListStaffResponse* response);
absl::StatusOr<store::Draft> UpdateStaff(const WriteCall& call,
                                         const v1::UpdateStaffRequest& request, v1::Staff* answer);

}  // namespace kirikae::api
