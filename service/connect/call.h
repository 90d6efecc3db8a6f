// What calls of every kind begin with, and how their messages and errors are written.
#pragma once

#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/rpc/status.pb.h"
#include "service/connect/byte_room.h"
#include "service/connect/compression.h"
#include "service/connect/content_type.h"
#include "service/connect/envelope.h"
#include "service/connect/long_work.h"
#include "service/connect/metadata.h"
#include "service/connect/open_calls.h"
#include "service/http/exchange.h"

namespace kirikae::connect {

/// What all calls share. Thread-safe.
struct Shared {
  grpc::GenericStub stub;
  ByteRoom room;
  OpenCalls calls;
  LongWork work;
};

/// What the head of a request says about its call.
struct CallHead {
  std::string path;  ///< `/kirikae.v1.AccessService/WhoAmI`
  const google::protobuf::MethodDescriptor* method;
  Form form;
  Compression compression = Compression::kIdentity;  ///< of the request
  bool takes_gzip = false;                           ///< whether the answer may be compressed
  size_t message_limit = 0;                          ///< of a message, as sent and decompressed
  bool tells_faults = true;  ///< whether the caller is told what is wrong with its messages
};

/// A message without fields. It takes the place of a faulty one where the service does not know the
/// caller: who is not known learns nothing of a fault, and is refused by the service itself, which
/// counts wrong tokens and slows them down.
grpc::ByteBuffer EmptyMessage();

/// The serialised message for the call. Errors: those of Gunzip and FromJson.
absl::StatusOr<grpc::ByteBuffer> ReadMessage(const CallHead& head, bool compressed,
                                             std::string bytes, size_t limit);

/// A message of the answer in the form of the request.
absl::StatusOr<std::string> WriteMessage(const CallHead& head, const grpc::ByteBuffer& message);

/// Whether a message of the answer is to be compressed.
bool IsToBeCompressed(const CallHead& head, std::string_view message);

/// The last message of a stream.
std::string EndOfStream(const google::rpc::Status& status, const Metadata& trailers);

/// Answers a unary call with an error, always as JSON.
void AnswerError(http::Exchange& exchange, const google::rpc::Status& status,
                 http::Headers headers);

/// Answers with a refusal of the gateway (errors.h) in the form of the request.
void Refuse(http::Exchange& exchange, Form form, const absl::Status& refusal);

}  // namespace kirikae::connect
