// The baseline of a look-up: a callback server that answers GetDevice with bytes from a file and
// does nothing else.
// kirikae-bench-echo DEVICE-FILE PORT-FILE
#include <grpcpp/grpcpp.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "kirikae/v1/inventory_service.grpc.pb.h"

namespace {

class Echo final : public kirikae::v1::InventoryService::CallbackService {
 public:
  explicit Echo(kirikae::v1::Device device) : device_(std::move(device)) {}

  grpc::ServerUnaryReactor* GetDevice(grpc::CallbackServerContext* context,
                                      const kirikae::v1::GetDeviceRequest*,
                                      kirikae::v1::Device* response) override {
    *response = device_;
    auto* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const kirikae::v1::Device device_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: kirikae-bench-echo DEVICE-FILE PORT-FILE\n";
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  kirikae::v1::Device device;
  if (!device.ParseFromIstream(&file)) {
    std::cerr << "no device in " << argv[1] << "\n";
    return 1;
  }
  Echo echo(std::move(device));
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&echo);
  const auto server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::ofstream(argv[2]) << port << std::flush;
  server->Wait();
}
