#include "service/api/call/raw_message.h"

#include <grpcpp/support/slice.h>

#include <vector>

#include "service/domain/error_detail.h"

namespace kirikae::api {

std::string TakeBytes(grpc::ByteBuffer& buffer) {
  std::string bytes;
  bytes.reserve(buffer.Length());
  std::vector<grpc::Slice> slices;
  if (buffer.Dump(&slices).ok()) {
    for (const grpc::Slice& slice : slices) {
      bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
  }
  buffer.Clear();
  return bytes;
}

grpc::ByteBuffer ToBuffer(std::string_view bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  return {&slice, 1};
}

absl::Status Parse(std::string_view bytes, google::protobuf::MessageLite& message) {
  return message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))
             ? absl::OkStatus()
             : domain::MakeError(
                   absl::StatusCode::kInvalidArgument, "BAD_MESSAGE",
                   domain::Sentence("A message can't be read as what this call takes. The program "
                                    "that sent it was made for another version, or is faulty."));
}

}  // namespace kirikae::api
