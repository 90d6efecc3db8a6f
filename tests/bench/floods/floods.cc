#include "tests/bench/floods/floods.h"

#include <grpcpp/grpcpp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include "kirikae/v1/access_service.grpc.pb.h"
#include "kirikae/v1/import_service.grpc.pb.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "kirikae/v1/planning_service.grpc.pb.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"
#include "service/app/hash.h"
#include "tests/support/http2_frames.h"

namespace kirikae::bench {
namespace {

using std::chrono::milliseconds;

constexpr size_t kChunk = size_t{1} << 20U;

std::shared_ptr<grpc::Channel> NewChannel(const Target& target) {
  grpc::ChannelArguments own;
  own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(target.address, grpc::InsecureChannelCredentials(), own);
}

void Authorize(grpc::ClientContext& context, const std::string& token) {
  context.AddMetadata("authorization", "Bearer " + token);
}

void Rest(milliseconds time = milliseconds(5)) { std::this_thread::sleep_for(time); }

int Connect(const Target& target) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port =
      htons(static_cast<uint16_t>(std::stoi(target.address.substr(target.address.rfind(':') + 1))));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(file, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0) return file;
  close(file);
  return -1;
}

// Connections that say nothing; whoever is thrown out connects again.
void SilentConnections(const Target& target, const Running& running) {
  constexpr size_t kMost = 1100;
  std::vector<int> files;
  while (running()) {
    const int file = Connect(target);
    if (file >= 0) files.push_back(file);
    if (files.size() < kMost) continue;
    close(files.front());
    files.erase(files.begin());
    Rest();
  }
  for (const int file : files) close(file);
}

// Streams that were opened and never say anything, a hundred on each connection.
void IdleStreams(const Target& target, const Running& running) {
  struct Stream {
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReaderWriter<v1::SolvePlanRequest, v1::PlanSolution>> stream;
  };
  std::vector<std::unique_ptr<Stream>> streams;
  for (int c = 0; c < 20 && running(); ++c) {
    const auto stub = v1::PlanningService::NewStub(NewChannel(target));
    for (int i = 0; i < 100; ++i) {
      auto& open = *streams.emplace_back(std::make_unique<Stream>());
      Authorize(open.context, target.tokens.at(static_cast<size_t>(c) % target.tokens.size()));
      open.stream = stub->SolvePlanInParts(&open.context);
    }
  }
  while (running()) Rest();
  for (const auto& open : streams) open->context.TryCancel();
}

// Calls that are reset right behind their last byte, as fast as the daemon reads them: a client of
// gRPC would keep them to itself. Who is thrown out connects again.
void Resets(const Target& target, const Running& running, size_t worker) {
  v1::ListDevicesRequest request;
  request.set_page_size(1000);
  const std::string message = request.SerializeAsString();
  const std::string& token = target.tokens.at(worker % target.tokens.size());
  while (running()) {
    const int file = Connect(target);
    if (file < 0) {
      Rest();
      continue;
    }
    std::string bytes = testing::Opening();
    bool open = true;
    for (uint32_t stream = 1; open && running() && stream < 1'000'000; stream += 2) {
      bytes +=
          testing::CallAndReset("/kirikae.v1.InventoryService/ListDevices", token, message, stream);
      if (stream % 64 != 1) continue;
      open = send(file, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
             static_cast<ssize_t>(bytes.size());
      bytes.clear();
      std::array<char, 4096> answer{};
      while (recv(file, answer.data(), answer.size(), MSG_DONTWAIT) > 0) {
      }
    }
    close(file);
  }
}

// Frames that ask for nothing, without end.
void Frames(const Target& target, const Running& running, size_t worker) {
  using testing::Frame;
  const std::vector<std::string> kinds = {
      Frame(testing::kPriority, testing::kNone, 3, std::string("\0\0\0\0\x10", 5)),
      Frame(testing::kWindowUpdate, testing::kNone, 0, testing::Number(1, 4)),
      Frame(testing::kSettings, testing::kNone, 0),
      Frame(testing::kPing, testing::kNone, 0, std::string(8, 'p'))};
  std::string bytes;
  while (bytes.size() < 4096) bytes += kinds[worker % kinds.size()];
  while (running()) {
    const int file = Connect(target);
    if (file < 0) {
      Rest();
      continue;
    }
    std::string next = testing::Opening() + bytes;
    std::array<char, 4096> answer{};
    while (running() && send(file, next.data(), next.size(), MSG_NOSIGNAL) ==
                            static_cast<ssize_t>(next.size())) {
      next = bytes;
      while (recv(file, answer.data(), answer.size(), MSG_DONTWAIT) > 0) {
      }
    }
    close(file);
  }
}

// Sends a file for a preview; stops in the middle when the flood ends.
void SendFile(const Target& target, const Running& running, size_t worker, v1::ImportKind kind,
              const std::string& content) {
  const auto stub = v1::ImportService::NewStub(NewChannel(target));
  const std::string hash = app::Sha256Hex(content);
  while (running()) {
    grpc::ClientContext context;
    Authorize(context, target.tokens.at(worker % target.tokens.size()));
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    v1::Import preview;
    const auto writer = stub->PreviewImport(&context, &preview);
    v1::PreviewImportRequest part;
    part.mutable_header()->set_kind(kind);
    part.mutable_header()->set_file_size(static_cast<int64_t>(content.size()));
    part.mutable_header()->set_sha256(hash);
    bool open = writer->Write(part);
    for (size_t at = 0; open && at < content.size(); at += kChunk) {
      part.set_chunk(content.substr(at, kChunk));
      open = running() && writer->Write(part);
    }
    if (!running()) context.TryCancel();
    writer->WritesDone();
    if (!writer->Finish().ok()) Rest();
  }
}

// Files of 60 MiB of rows.
void Uploads(const Target& target, const Running& running, size_t worker) {
  std::string content = "資産管理番号,備考\n";
  while (content.size() < size_t{60} << 20U) {
    content += "Z-" + std::to_string(content.size()) + "," + std::string(900, 'x') + "\n";
  }
  SendFile(target, running, worker, v1::IMPORT_KIND_DEVICES, content);
}

// A single header cell of 60 MiB.
void HeaderCell(const Target& target, const Running& running, size_t worker) {
  SendFile(target, running, worker, v1::IMPORT_KIND_DEVICES,
           "資産管理番号," + std::string(size_t{60} << 20U, 'h') + "\nZ-1,x\n");
}

// A list of 16 MB with a fault in each cell.
void FaultyPreviews(const Target& target, const Running& running, size_t worker) {
  std::string content = "資産管理番号,カメラ,認証方式,ネットワーク\n";
  while (content.size() < size_t{16} << 20U) {
    content += "Y-" + std::to_string(content.size()) + ",望遠鏡,合言葉,糸電話\n";
  }
  SendFile(target, running, worker, v1::IMPORT_KIND_DEVICES, content);
}

// Problems that are sent up to their limit and then left open.
void PlanProblems(const Target& target, const Running& running, size_t worker) {
  const auto stub = v1::PlanningService::NewStub(NewChannel(target));
  v1::SolvePlanRequest part;
  for (int i = 0; i < 20'000; ++i) {
    auto* const item = part.mutable_problem()->add_items();
    item->set_id("item-" + std::to_string(i) + std::string(30, 'x'));
  }
  while (running()) {
    grpc::ClientContext context;
    Authorize(context, target.tokens.at(worker % target.tokens.size()));
    const auto stream = stub->SolvePlanInParts(&context);
    for (int i = 0; i < 60 && running() && stream->Write(part); ++i) {
    }
    for (int i = 0; i < 200 && running(); ++i) Rest();
    context.TryCancel();
    stream->Finish();
  }
}

// Exports of which nothing is read.
void StalledExports(const Target& target, const Running& running, size_t worker) {
  const auto stub = v1::ImportService::NewStub(NewChannel(target));
  v1::ExportDevicesRequest request;
  request.set_form(v1::EXPORT_FORM_XLSX);
  while (running()) {
    std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
    std::vector<std::unique_ptr<grpc::ClientReader<v1::ExportDevicesResponse>>> readers;
    for (int i = 0; i < 10; ++i) {
      auto& context = *contexts.emplace_back(std::make_unique<grpc::ClientContext>());
      Authorize(context, target.tokens.at(worker % target.tokens.size()));
      readers.push_back(stub->ExportDevices(&context, request));
    }
    for (int i = 0; i < 400 && running(); ++i) Rest();
    for (const auto& context : contexts) context->TryCancel();
  }
}

void Watches(const Target& target, const Running& running, size_t worker) {
  const auto stub = v1::RolloutService::NewStub(NewChannel(target));
  v1::WatchRolloutRequest request;
  request.set_name("rollouts/flood");
  while (running()) {
    std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
    std::vector<std::unique_ptr<grpc::ClientReader<v1::RolloutEvent>>> readers;
    for (int i = 0; i < 90; ++i) {
      auto& context = *contexts.emplace_back(std::make_unique<grpc::ClientContext>());
      Authorize(context, target.tokens.at(worker % target.tokens.size()));
      readers.push_back(stub->WatchRollout(&context, request));
    }
    for (int i = 0; i < 200 && running(); ++i) Rest();
    for (const auto& context : contexts) context->TryCancel();
  }
}

// The longest filter that is taken, over all devices, by eight callers at once.
void Filters(const Target& target, const Running& running, size_t worker) {
  const auto stub = v1::InventoryService::NewStub(NewChannel(target));
  v1::ListDevicesRequest request;
  std::string filter;
  for (int i = 0; i < 40; ++i)
    filter += (i == 0 ? "" : " OR ") + std::string("note : \"qqqqqqqq\"");
  request.set_filter(filter);
  request.set_page_size(1000);
  request.set_order_by("note desc");
  while (running()) {
    grpc::ClientContext context;
    Authorize(context, target.tokens.at(worker % target.tokens.size()));
    context.set_deadline(std::chrono::system_clock::now() + milliseconds(300));
    v1::ListDevicesResponse page;
    stub->ListDevices(&context, request, &page);
  }
}

// Rollout files of a megabyte, with 40,000 keys.
void Yaml(const Target& target, const Running& running, size_t) {
  const auto stub = v1::RolloutService::NewStub(NewChannel(target));
  std::string yaml = "rollout: yaml\nfrom: IC_CARD_AND_PASSWORD\nto: FACE_AND_PASSWORD\n";
  for (int i = 0; i < 40'000; ++i)
    yaml += "key" + std::to_string(i) + ": " + std::to_string(i) + "\n";
  while (running()) {
    grpc::ClientContext context;
    Authorize(context, target.planner);
    v1::ApplyRolloutRequest request;
    request.set_content(yaml);
    request.mutable_options()->set_validate_only(true);
    v1::ApplyRolloutResponse answer;
    stub->ApplyRollout(&context, request, &answer);
  }
}

// Solves that are given up by their callers after a tenth of a second.
void AbandonedSolves(const Target& target, const Running& running, size_t worker) {
  const auto stub = v1::PlanningService::NewStub(NewChannel(target));
  v1::SimulatePlanRequest request;
  request.set_name("rollouts/flood/plans/1");
  while (running()) {
    grpc::ClientContext context;
    Authorize(context, target.tokens.at(worker % target.tokens.size()));
    context.set_deadline(std::chrono::system_clock::now() + milliseconds(100));
    v1::PlanSimulation answer;
    stub->SimulatePlan(&context, request, &answer);
  }
}

void WrongTokens(const Target& target, const Running& running, size_t worker) {
  const auto stub = v1::AccessService::NewStub(NewChannel(target));
  while (running()) {
    grpc::ClientContext context;
    Authorize(context, "krk_wrong" + std::to_string(worker));
    context.set_deadline(std::chrono::system_clock::now() + milliseconds(50));
    v1::WhoAmIResponse answer;
    stub->WhoAmI(&context, {}, &answer);
  }
}

}  // namespace

const std::vector<Flood>& AllFloods() {
  static const std::vector<Flood> floods = {
      {"connections", 1,
       [](auto& target, auto& running, size_t) { SilentConnections(target, running); }},
      {"idle streams", 1,
       [](auto& target, auto& running, size_t) { IdleStreams(target, running); }},
      {"resets", 4, Resets},
      {"frames", 4, Frames},
      {"uploads", 8, Uploads},
      {"plan problems", 8, PlanProblems},
      {"stalled exports", 8, StalledExports},
      {"watches", 8, Watches},
      {"filters", 8, Filters},
      {"yaml", 4, Yaml},
      {"header cells", 8, HeaderCell},
      {"previews", 8, FaultyPreviews},
      {"abandoned solves", 8, AbandonedSolves},
      {"wrong tokens", 8, WrongTokens},
  };
  return floods;
}

}  // namespace kirikae::bench
