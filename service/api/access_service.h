// AccessService: contracts in its proto.
#pragma once

#include "kirikae/v1/access_service.grpc.pb.h"
#include "service/api/call/call.h"

namespace kirikae::api {

/// Handlers of AccessService. Thread-safe.
class AccessServiceImpl final : public v1::AccessService::CallbackService {
 public:
  explicit AccessServiceImpl(Environment& env) : env_(env) {}

  grpc::ServerUnaryReactor* WhoAmI(grpc::CallbackServerContext* call,
                                   const v1::WhoAmIRequest* request,
                                   v1::WhoAmIResponse* response) override;
  grpc::ServerUnaryReactor* CreateToken(grpc::CallbackServerContext* call,
                                        const v1::CreateTokenRequest* request,
                                        v1::CreateTokenResponse* response) override;
  grpc::ServerUnaryReactor* ListTokens(grpc::CallbackServerContext* call,
                                       const v1::ListTokensRequest* request,
                                       v1::ListTokensResponse* response) override;
  grpc::ServerUnaryReactor* RevokeToken(grpc::CallbackServerContext* call,
                                        const v1::RevokeTokenRequest* request,
                                        v1::RevokeTokenResponse* response) override;

 private:
  Environment& env_;
};

}  // namespace kirikae::api
