// CalendarService: contracts in its proto.
#pragma once

#include "kirikae/v1/calendar_service.grpc.pb.h"
#include "service/api/call/legacy_call.h"

namespace kirikae::api {

/// Handlers of CalendarService. Thread-safe.
class CalendarServiceImpl final : public v1::CalendarService::CallbackService {
 public:
  explicit CalendarServiceImpl(Environment& env) : env_(env) {}

  grpc::ServerUnaryReactor* ImportHolidays(grpc::CallbackServerContext* call,
                                           const v1::ImportHolidaysRequest* request,
                                           v1::ImportHolidaysResponse* response) override;
  grpc::ServerUnaryReactor* ListDays(grpc::CallbackServerContext* call,
                                     const v1::ListDaysRequest* request,
                                     v1::ListDaysResponse* response) override;
  grpc::ServerUnaryReactor* SetDay(grpc::CallbackServerContext* call,
                                   const v1::SetDayRequest* request,
                                   v1::CalendarDay* response) override;

 private:
  Environment& env_;
};

}  // namespace kirikae::api
