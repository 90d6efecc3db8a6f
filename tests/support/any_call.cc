#include "tests/support/any_call.h"

#include <grpcpp/generic/generic_stub.h>

#include <chrono>
#include <regex>
#include <set>
#include <stdexcept>

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

std::vector<const google::protobuf::MethodDescriptor*> ServedMethods(
    const std::shared_ptr<grpc::Channel>& channel) {
  // ServerReflectionRequest.list_services is field 7.
  const AnyAnswer answer =
      CallAny(channel, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "",
              std::string{'\x3A', '\x01', '*'});
  if (answer.messages.empty()) throw std::runtime_error(answer.status.error_message());
  const std::regex name("kirikae\\.v1\\.[A-Za-z]+Service");
  std::set<std::string> services;
  for (std::sregex_iterator it(answer.messages[0].begin(), answer.messages[0].end(), name), end;
       it != end; ++it) {
    services.insert(it->str());
  }
  std::vector<const google::protobuf::MethodDescriptor*> methods;
  for (const std::string& service : services) {
    const auto* const found =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service);
    if (found == nullptr) throw std::runtime_error(service + " is not linked");
    for (int i = 0; i < found->method_count(); ++i) methods.push_back(found->method(i));
  }
  return methods;
}

}  // namespace kirikae::testing
