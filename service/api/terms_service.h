// TermsService: contracts in its proto.
#pragma once

#include <memory>

#include "service/api/call/environment.h"

namespace grpc {
class Service;
}

namespace kirikae::api {

/// The service, for registration. Thread-safe. `env` outlives it.
std::unique_ptr<grpc::Service> NewTermsService(Environment& env);

}  // namespace kirikae::api
