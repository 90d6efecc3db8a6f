// Calls an RPC of any kind by its name.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

namespace kirikae::testing {

struct AnyAnswer {
  grpc::Status status;
  std::vector<std::string> messages;  ///< serialised
};

/// Sends one serialised request to `method` (`/package.Service/Rpc`), unary or streaming, with
/// `authorization` as metadata unless "".
AnyAnswer CallAny(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                  const std::string& authorization, const std::string& request);

}  // namespace kirikae::testing
