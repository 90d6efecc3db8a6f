#include "tests/support/any_call.h"

#include <grpcpp/generic/generic_stub.h>

#include <chrono>

namespace kirikae::testing {
namespace {

std::string Bytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace

AnyAnswer CallAny(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                  const std::string& authorization, const std::string& request) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  if (!authorization.empty()) context.AddMetadata("authorization", authorization);
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(&context, method, &queue);
  const auto wait = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return ok;
  };
  AnyAnswer answer;
  call->StartCall(nullptr);
  if (wait()) {
    const grpc::Slice slice(request);
    call->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), nullptr);
    wait();
    while (true) {
      grpc::ByteBuffer message;
      call->Read(&message, nullptr);
      if (!wait()) break;
      answer.messages.push_back(Bytes(message));
    }
  }
  call->Finish(&answer.status, nullptr);
  wait();
  return answer;
}

}  // namespace kirikae::testing
