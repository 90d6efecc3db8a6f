// Calls an RPC of any kind by name.
#pragma once

#include <google/protobuf/descriptor.h>
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

/// Every RPC of Kirikae's own services that the server lists by reflection. Throws when the test
/// does not link a service's messages.
std::vector<const google::protobuf::MethodDescriptor*> ServedMethods(
    const std::shared_ptr<grpc::Channel>& channel);

}  // namespace kirikae::testing
