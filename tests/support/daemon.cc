#include "tests/support/daemon.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace kirikae::testing {
namespace {

constexpr char kSample[] = KIRIKAE_SOURCE_FOLDER "/deploy/samples";

// `{"grpc": "ADDRESS", "http": "ADDRESS"}`
std::string AddressIn(const std::string& endpoints, const std::string& port) {
  const std::string key = "\"" + port + "\": \"";
  const size_t start = endpoints.find(key);
  if (start == std::string::npos) return "";
  const size_t end = endpoints.find('"', start + key.size());
  return end == std::string::npos ? ""
                                  : endpoints.substr(start + key.size(), end - start - key.size());
}

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

void Succeed(const Daemon& daemon, const std::vector<std::string>& args) {
  const ProgramResult result = daemon.Run(args);
  ASSERT_EQ(result.exit_code, 0) << args[0] << " " << args[1] << ": " << result.err;
}

}  // namespace

Daemon::Daemon(std::vector<std::string> flags) { Start(std::move(flags)); }

Daemon::~Daemon() = default;

void Daemon::Start(std::vector<std::string> flags) {
  if (!flags.empty()) flags_ = std::move(flags);
  const std::string endpoints = folder_ / "endpoints.json";
  std::filesystem::remove(endpoints);
  std::vector<std::string> args = {KIRIKAED, "--state-dir", folder_.path(), "--listen",
                                   "127.0.0.1:0"};
  args.insert(args.end(), flags_.begin(), flags_.end());
  program_ = std::make_unique<Program>(args, logs_.path());
  do {
    if (program_->Ended()) throw std::runtime_error("kirikaed ended: " + program_->Wait().err);
    std::this_thread::yield();
    address_ = AddressIn(ReadFile(endpoints), "grpc");
  } while (address_.empty());
  http_address_ = AddressIn(ReadFile(endpoints), "http");
  grpc::ChannelArguments own;
  own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel_ = grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(), own);
}

void Daemon::ExpectPeakMemoryBelow(int64_t bytes) const {
  if (KIRIKAE_SANITIZED) {
    std::cout << "[  NOTE    ] sanitized build: peak memory is not compared with " << bytes
              << " bytes\n";
    return;
  }
  const std::string status = ReadFile("/proc/" + std::to_string(program_->pid()) + "/status");
  const std::string key = "VmHWM:";
  const size_t at = status.find(key);
  if (at == std::string::npos) throw std::runtime_error("kirikaed's memory can't be read");
  EXPECT_LT(std::stoll(status.substr(at + key.size())) * 1024, bytes);
}

void Daemon::Kill() {
  program_->Signal(SIGKILL);
  program_->Wait();
}

ProgramResult Daemon::Stop() {
  // Nobody reads an idle channel, so the server would wait for it until its time is over.
  channel_.reset();
  program_->Signal(SIGTERM);
  return program_->Wait();
}

std::string Daemon::admin_token() const { return FirstLine(ReadFile(token_file())); }

void Daemon::Authorize(grpc::ClientContext& context, const std::string& token) const {
  context.AddMetadata("authorization", "Bearer " + (token.empty() ? admin_token() : token));
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
}

ProgramResult Daemon::Run(const std::vector<std::string>& args, const std::string& input) const {
  std::vector<std::string> all = {KIRIKAE, "--server", address_, "--token-file", token_file()};
  all.insert(all.end(), args.begin(), args.end());
  return RunProgram(all, {"LC_ALL=C.UTF-8", "TZ=Asia/Tokyo"}, input);
}

ProgramResult Daemon::RunAs(const std::string& token, const std::vector<std::string>& args) const {
  const TemporaryFolder folder;
  WriteFile(folder / "token", token + "\n");
  std::filesystem::permissions(folder / "token", std::filesystem::perms::owner_read);
  std::vector<std::string> all = {KIRIKAE, "--server", address_, "--token-file", folder / "token"};
  all.insert(all.end(), args.begin(), args.end());
  return RunProgram(all, {"LC_ALL=C.UTF-8", "TZ=Asia/Tokyo"});
}

std::string Daemon::NewToken(const std::string& role) const {
  static int made = 0;
  const ProgramResult result =
      Run({"token", "create", role + std::to_string(++made), "--role", role});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  return FirstLine(result.out);
}

void ImportSampleWard(const Daemon& daemon) {
  const std::string ward = std::string(kSample) + "/ward700/";
  Succeed(daemon, {"import", "staff", ward + "staff.tsv", "--apply", "--yes"});
  Succeed(daemon, {"import", "devices", ward + "devices.csv", "--apply", "--yes"});
  Succeed(daemon, {"import", "enrolments", ward + "enrolments.csv", "--apply", "--yes"});
}

void ApproveSamplePlan(const Daemon& daemon) {
  Succeed(daemon, {"rollout", "apply", "-f", std::string(kSample) + "/rollout.yaml"});
  Succeed(daemon, {"plan", "create", "face2025"});
  Succeed(daemon, {"plan", "submit", "face2025/1"});
  Succeed(daemon, {"plan", "approve", "face2025/1", "--remark", "案のとおり承認"});
}

}  // namespace kirikae::testing
