// Messages that the transport hands over as bytes, so that large ones are parsed in a pool.
#pragma once

#include <google/protobuf/message_lite.h>
#include <grpcpp/support/byte_buffer.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kirikae::api {

/// The bytes of a message; the buffer is empty afterwards.
std::string TakeBytes(grpc::ByteBuffer& buffer);

/// A buffer with a copy of these bytes.
grpc::ByteBuffer ToBuffer(std::string_view bytes);

/// INVALID_ARGUMENT, BAD_MESSAGE where the bytes are no message of this kind.
absl::Status Parse(std::string_view bytes, google::protobuf::MessageLite& message);

}  // namespace kirikae::api
