// PlanningService: contracts in its proto.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>

#include "service/api/call/environment.h"

namespace kirikae::api {

/// Handlers of PlanningService, thread-safe. `env` outlives them.
std::unique_ptr<grpc::Service> NewPlanningService(Environment& env);

}  // namespace kirikae::api
