// Kills the daemon again and again while clients write, and counts what was acknowledged and what
// of it is there after the next start. KIRIKAE_CRASH_ROUNDS sets the number of rounds (deploy/test
// --crash N).
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

constexpr size_t kWriters = 4;
constexpr int kCheckEvery = 25;

int Rounds() {
  const char* const rounds = std::getenv("KIRIKAE_CRASH_ROUNDS");
  return rounds == nullptr ? 20 : std::atoi(rounds);
}

std::string NameOf(size_t writer) { return "devices/A-0" + std::to_string(writer + 1); }

// Writes the numbers from `last` + 1 on into the note of a device of its own, until a call fails.
// Returns the last number that was acknowledged.
int64_t WriteOn(const Daemon& daemon, size_t writer, int64_t last, std::atomic<bool>& begun) {
  const auto stub = v1::InventoryService::NewStub(daemon.channel());
  while (true) {
    v1::UpdateDeviceRequest request;
    request.mutable_device()->set_name(NameOf(writer));
    request.mutable_device()->set_note(std::to_string(last + 1));
    request.mutable_update_mask()->add_paths("note");
    grpc::ClientContext context;
    daemon.Authorize(context);
    v1::Device answer;
    if (!stub->UpdateDevice(&context, request, &answer).ok()) return last;
    ++last;
    begun = true;
  }
}

int64_t Stored(const Daemon& daemon, size_t writer) {
  grpc::ClientContext context;
  daemon.Authorize(context);
  v1::GetDeviceRequest request;
  request.set_name(NameOf(writer));
  v1::Device device;
  const auto stub = v1::InventoryService::NewStub(daemon.channel());
  const grpc::Status status = stub->GetDevice(&context, request, &device);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return device.note().empty() ? 0 : std::stoll(device.note());
}

TEST(KillRounds, LoseNothingThatWasAcknowledged) {
  Daemon daemon;
  ImportDevices(daemon, {{.prefix = "A", .count = kWriters, .department = "総務部/総務課"}});
  std::mt19937 random(20250401);
  std::array<int64_t, kWriters> stored{};
  int64_t acknowledged = 0;
  int64_t lost = 0;
  for (int round = 0; round < Rounds(); ++round) {
    std::array<int64_t, kWriters> last = stored;
    std::atomic<bool> begun = false;
    std::vector<std::thread> writers;
    for (size_t i = 0; i < kWriters; ++i) {
      writers.emplace_back([&, i] { last[i] = WriteOn(daemon, i, stored[i], begun); });
    }
    while (!begun) std::this_thread::yield();
    // The moment of the kill: up to 20 ms after the first answer.
    const auto end =
        std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 20'000);
    while (std::chrono::steady_clock::now() < end) std::this_thread::yield();
    daemon.Kill();
    for (std::thread& writer : writers) writer.join();
    daemon.Start();
    for (size_t i = 0; i < kWriters; ++i) {
      const int64_t there = Stored(daemon, i);
      acknowledged += last[i] - stored[i];
      lost += std::max<int64_t>(0, last[i] - there);
      // The write that the kill interrupted is wholly there or not at all.
      EXPECT_LE(there, last[i] + 1) << "round " << round;
      EXPECT_GE(there, last[i]) << "round " << round;
      stored[i] = there;
    }
    if (round % kCheckEvery == 0) ExpectSound(daemon);
  }
  ExpectSound(daemon);
  std::printf("%d kill rounds, %lld acknowledged, %lld lost\n", Rounds(),
              static_cast<long long>(acknowledged), static_cast<long long>(lost));
  EXPECT_EQ(lost, 0);
  EXPECT_GE(acknowledged, Rounds());
}

}  // namespace
}  // namespace kirikae::testing
