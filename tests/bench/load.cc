// A closed-loop load: some connections, some calls in flight on each, one body a call.
//   kirikae-bench-load mark|put|get --address A --tags FILE [--token-file F] [-c N] [-m N]
//     calls MarkDevices, etcd's KV/Put or GetDevice once for each tag; prints "rate p50 p99"
//   kirikae-bench-load mixed --address A --tags FILE --marks FILE --token-file F [-c N] [-m N]
//     calls GetDevice for each tag, and MarkDevices of the next mark for every ninth of them;
//     prints "rate p50 p99" of the look-ups
//   kirikae-bench-load call --method /S/M --bodies FILE --address A [--token-file F] [-c N] [-m N]
//     calls a method once for each line of the file, a request in base64; prints "rate p50 p99"
//   kirikae-bench-load write --address A --tags FILE --token-file F --body F --answer F
//     writes the framed GetDevice request of the first tag, for h2load, and its answer
// Every answer must be OK, or the program fails.
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "kirikae/v1/migration_service.pb.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Flags {
  std::string kind;
  std::string address;
  std::string tags;
  std::string marks;
  std::string method;
  std::string bodies;
  std::string token_file;
  std::string body;
  std::string answer;
  int connections = 4;
  int in_flight = 16;
};

// A field of a protocol buffer with a length: etcd's PutRequest has key = 1 and value = 2.
std::string Field(char tag, const std::string& value) {
  return std::string({tag, static_cast<char>(value.size())}) + value;
}

std::string Method(const std::string& kind) {
  if (kind == "mark") return "/kirikae.v1.MigrationService/MarkDevices";
  if (kind == "put") return "/etcdserverpb.KV/Put";
  return "/kirikae.v1.InventoryService/GetDevice";
}

std::string Body(const std::string& kind, const std::string& tag) {
  if (kind == "put") return Field(0x0A, tag) + Field(0x12, "FACE_AND_PASSWORD");
  if (kind == "mark") {
    kirikae::v1::MarkDevicesRequest request;
    request.add_asset_tags(tag);
    request.set_outcome(kirikae::v1::MARK_OUTCOME_MIGRATED);
    return request.SerializeAsString();
  }
  kirikae::v1::GetDeviceRequest request;
  request.set_name("devices/" + tag);
  return request.SerializeAsString();
}

std::vector<std::string> Lines(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// A call to be made; `counts` where its time is part of the figures.
struct Order {
  std::string method;
  std::string body;
  bool counts = true;
};

std::vector<Order> OrdersOf(const Flags& flags) {
  std::vector<Order> orders;
  if (flags.kind == "call") {
    for (const std::string& line : Lines(flags.bodies)) {
      Order& order = orders.emplace_back(Order{flags.method, ""});
      if (!absl::Base64Unescape(line, &order.body)) {
        throw std::runtime_error("a line of " + flags.bodies + " is not base64");
      }
    }
    return orders;
  }
  const bool mixed = flags.kind == "mixed";
  const std::string kind = mixed ? "get" : flags.kind;
  const std::vector<std::string> marks = mixed ? Lines(flags.marks) : std::vector<std::string>();
  size_t marked = 0;
  for (const std::string& tag : Lines(flags.tags)) {
    orders.push_back({Method(kind), Body(kind, tag)});
    if (!mixed || orders.size() % 10 != 9) continue;
    if (marked == marks.size()) throw std::runtime_error("too few tags in " + flags.marks);
    orders.push_back({Method("mark"), Body("mark", marks[marked++]), false});
  }
  return orders;
}

// Makes the calls and records the time of each.
class Load {
 public:
  Load(const Flags& flags, std::vector<Order> orders)
      : orders_(std::move(orders)), millis_(orders_.size()) {
    if (!flags.token_file.empty()) bearer_ = "Bearer " + Lines(flags.token_file).at(0);
    for (int i = 0; i < flags.connections; ++i) {
      grpc::ChannelArguments arguments;
      arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
      auto channel =
          grpc::CreateCustomChannel(flags.address, grpc::InsecureChannelCredentials(), arguments);
      if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(10)))
        throw std::runtime_error("no connection to " + flags.address);
      stubs_.push_back(std::make_unique<grpc::GenericStub>(channel));
    }
    loops_ = flags.connections * flags.in_flight;
  }

  void Run() {
    start_ = Clock::now();
    const int loops = loops_;
    for (int i = 0; i < loops; ++i) Next(*stubs_[static_cast<size_t>(i) % stubs_.size()]);
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return loops_ == 0; });
    seconds_ = std::chrono::duration<double>(Clock::now() - start_).count();
  }

  int Report() {
    if (failed_ > 0) {
      std::cerr << failed_ << " of " << orders_.size() << " calls failed: " << error_ << "\n";
      return 1;
    }
    std::vector<double> counted;
    for (size_t i = 0; i < orders_.size(); ++i) {
      if (orders_[i].counts) counted.push_back(millis_[i]);
    }
    std::sort(counted.begin(), counted.end());
    std::cout << static_cast<double>(counted.size()) / seconds_ << " "
              << counted[counted.size() / 2] << " " << counted[counted.size() * 99 / 100] << "\n";
    return 0;
  }

 private:
  struct Call {
    grpc::ClientContext context;
    grpc::ByteBuffer request;
    grpc::ByteBuffer response;
    Clock::time_point start;
    size_t index = 0;
  };

  void Next(grpc::GenericStub& stub) {
    auto call = std::make_shared<Call>();
    call->index = next_++;
    if (call->index >= orders_.size()) {
      const std::lock_guard lock(mutex_);
      if (--loops_ == 0) done_.notify_all();
      return;
    }
    const Order& order = orders_[call->index];
    const grpc::Slice slice(order.body);
    call->request = grpc::ByteBuffer(&slice, 1);
    if (!bearer_.empty()) call->context.AddMetadata("authorization", bearer_);
    call->start = Clock::now();
    stub.UnaryCall(
        &call->context, order.method, grpc::StubOptions(), &call->request, &call->response,
        [this, &stub, call](const grpc::Status& status) {
          millis_[call->index] =
              std::chrono::duration<double, std::milli>(Clock::now() - call->start).count();
          if (!status.ok()) {
            const std::lock_guard lock(mutex_);
            ++failed_;
            error_ = status.error_message();
          }
          Next(stub);
        });
  }

  const std::vector<Order> orders_;
  std::string bearer_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  std::vector<double> millis_;
  std::atomic<size_t> next_{0};
  Clock::time_point start_;
  double seconds_ = 0;
  std::mutex mutex_;
  std::condition_variable done_;
  int loops_ = 0;
  size_t failed_ = 0;
  std::string error_;
};

int WriteBody(const Flags& flags, const std::string& tag) {
  const std::string body = Body("get", tag);
  std::ofstream file(flags.body, std::ios::binary);
  file << std::string(4, '\0') << static_cast<char>(body.size()) << body;
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + Lines(flags.token_file).at(0));
  const auto stub = kirikae::v1::InventoryService::NewStub(
      grpc::CreateChannel(flags.address, grpc::InsecureChannelCredentials()));
  kirikae::v1::GetDeviceRequest request;
  request.set_name("devices/" + tag);
  kirikae::v1::Device device;
  const grpc::Status status = stub->GetDevice(&context, request, &device);
  if (!status.ok()) {
    std::cerr << status.error_message() << "\n";
    return 1;
  }
  std::ofstream answer(flags.answer, std::ios::binary);
  return device.SerializeToOstream(&answer) && file.flush() ? 0 : 1;
}

int Measure(int argc, char** argv) {
  Flags flags;
  CLI::App app("closed-loop load");
  app.add_option("kind", flags.kind)
      ->required()
      ->check(CLI::IsMember({"mark", "put", "get", "mixed", "call", "write"}));
  app.add_option("--address", flags.address)->required();
  app.add_option("--tags", flags.tags);
  app.add_option("--marks", flags.marks);
  app.add_option("--method", flags.method);
  app.add_option("--bodies", flags.bodies);
  app.add_option("--token-file", flags.token_file);
  app.add_option("--body", flags.body);
  app.add_option("--answer", flags.answer);
  app.add_option("-c", flags.connections);
  app.add_option("-m", flags.in_flight);
  CLI11_PARSE(app, argc, argv);
  if (flags.kind == "write") return WriteBody(flags, Lines(flags.tags).at(0));
  std::vector<Order> orders = OrdersOf(flags);
  if (orders.empty()) throw std::runtime_error("there is nothing to call");
  Load load(flags, std::move(orders));
  load.Run();
  return load.Report();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Measure(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
