// Kills the daemon while it writes. Every answered write is there afterwards, and no write is there
// in part. KIRIKAE_CRASH_ROUNDS sets the number of rounds (deploy/test --crash N).
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "kirikae/v1/migration_service.grpc.pb.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

constexpr int kPair = 2;  // devices of one mark: both or none
constexpr int kWriters = 4;

int Rounds() {
  const char* const rounds = std::getenv("KIRIKAE_CRASH_ROUNDS");
  return rounds == nullptr ? 20 : std::atoi(rounds);
}

// Devices of the first waves without blockers.
std::vector<std::string> Ready(const Daemon& daemon) {
  const std::string out = daemon.Run({"due", "--day", "2025-12-26", "-o", "name"}).out;
  std::vector<std::string> tags;
  for (size_t start = 0; start < out.size();) {
    const size_t end = out.find('\n', start);
    tags.push_back(out.substr(start, end - start));
    start = end + 1;
  }
  return tags;
}

// Marks pairs of devices from several threads until the daemon dies. Returns the answered pairs.
class Marking {
 public:
  Marking(const Daemon& daemon, const std::vector<std::string>& tags, size_t from, int kill_after)
      : daemon_(daemon), tags_(tags), next_(from), left_(kill_after) {}

  void Run(const std::function<void()>& kill) {
    std::vector<std::thread> threads;
    threads.reserve(kWriters);
    for (int i = 0; i < kWriters; ++i) threads.emplace_back([this] { Mark(); });
    while (left_ > 0 && !exhausted_) std::this_thread::yield();
    kill();
    for (std::thread& thread : threads) thread.join();
  }

  const std::set<size_t>& answered() const { return answered_; }
  size_t next() const { return next_; }

 private:
  void Mark() {
    const auto stub = v1::MigrationService::NewStub(daemon_.channel());
    while (true) {
      const size_t at = next_.fetch_add(kPair);
      if (at + kPair > tags_.size()) {
        exhausted_ = true;
        return;
      }
      v1::MarkDevicesRequest request;
      request.set_outcome(v1::MARK_OUTCOME_MIGRATED);
      for (int i = 0; i < kPair; ++i) request.add_asset_tags(tags_[at + static_cast<size_t>(i)]);
      grpc::ClientContext context;
      daemon_.Authorize(context);
      v1::MarkDevicesResponse response;
      if (!stub->MarkDevices(&context, request, &response).ok()) {
        exhausted_ = true;
        return;
      }
      const std::lock_guard lock(mutex_);
      answered_.insert(at);
      --left_;
    }
  }

  const Daemon& daemon_;
  const std::vector<std::string>& tags_;
  std::atomic<size_t> next_;
  std::atomic<int> left_;
  std::atomic<bool> exhausted_{false};
  std::mutex mutex_;
  std::set<size_t> answered_;
};

bool IsFace(const Daemon& daemon, const std::string& tag) {
  grpc::ClientContext context;
  daemon.Authorize(context);
  v1::GetDeviceRequest request;
  request.set_name("devices/" + tag);
  v1::Device device;
  const auto stub = v1::InventoryService::NewStub(daemon.channel());
  const grpc::Status status = stub->GetDevice(&context, request, &device);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return device.auth_method() == v1::AUTH_METHOD_FACE_AND_PASSWORD;
}

// The findings of a check of the whole database; "" when there are none.
std::string Unsound(const Daemon& daemon) {
  const ProgramResult check =
      RunProgram({KIRIKAED, "check", "--state-dir", daemon.folder().path()});
  return check.exit_code == 0 ? "" : check.out + check.err;
}

TEST(Kill, LosesNoAnsweredMarkAndLeavesNoneHalfDone) {
  Daemon daemon;
  ImportSampleWard(daemon);
  ApproveSamplePlan(daemon);
  const std::vector<std::string> tags = Ready(daemon);
  ASSERT_GT(tags.size(), 400U);
  std::mt19937 random(20250401);
  size_t from = 0;
  size_t marked = 0;
  for (int round = 0; round < Rounds(); ++round) {
    if (from + 40 > tags.size()) break;
    Marking marking(daemon, tags, from, static_cast<int>(random() % 8) + 1);
    marking.Run([&] { daemon.Kill(); });
    daemon.Start();
    ASSERT_EQ(Unsound(daemon), "") << "round " << round;
    for (size_t at = from; at + kPair <= std::min(marking.next(), tags.size()); at += kPair) {
      const bool first = IsFace(daemon, tags[at]);
      EXPECT_EQ(first, IsFace(daemon, tags[at + 1])) << "half a mark in round " << round;
      if (marking.answered().count(at) > 0) {
        EXPECT_TRUE(first) << "a lost mark in round " << round;
        ++marked;
      }
    }
    from = marking.next();
  }
  EXPECT_GT(marked, 10U);
}

// The number of change sets of an act in the audit log.
std::ptrdiff_t CountActs(const Daemon& daemon, const std::string& act) {
  const std::string out = daemon.Run({"change", "list", "--act", act, "-o", "name"}).out;
  return std::count(out.begin(), out.end(), '\n');
}

// Each round kills the daemon at another moment of its start, while it catches up with waves and
// phases.
TEST(Kill, StartsNothingTwice) {
  Daemon daemon;
  ImportSampleWard(daemon);
  ApproveSamplePlan(daemon);
  daemon.Stop();
  const TemporaryFolder logs;
  const int rounds = std::min(Rounds(), 20);
  for (int round = 0; round < rounds; ++round) {
    Program starting({KIRIKAED, "--state-dir", daemon.folder().path(), "--listen", "127.0.0.1:0",
                      "--now", "2025-04-11T09:00:00+09:00"},
                     logs.path());
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(2 * round);
    while (std::chrono::steady_clock::now() < end && !starting.Ended()) std::this_thread::yield();
    starting.Signal(SIGKILL);
    starting.Wait();
    ASSERT_EQ(Unsound(daemon), "") << "round " << round;
  }
  daemon.Start({"--now", "2025-04-11T10:00:00+09:00"});
  EXPECT_EQ(Unsound(daemon), "");
  EXPECT_EQ(CountActs(daemon, "PHASE_OPEN"), 1);
  EXPECT_EQ(CountActs(daemon, "START_WAVE"), 4) << "the pilot's waves are on four days";
}

TEST(Kill, AnImportIsWholeOrNotThere) {
  const std::string devices =
      std::string(KIRIKAE_SOURCE_FOLDER) + "/deploy/samples/ward700/devices.csv";
  const int rounds = std::min(Rounds(), 10);
  for (int round = 0; round < rounds; ++round) {
    Daemon daemon;
    Program import({KIRIKAE, "--server", daemon.address(), "--token-file", daemon.token_file(),
                    "import", "devices", devices, "--apply", "--yes", "--timeout", "5"},
                   daemon.folder().path());
    // Each round kills the daemon at another moment: after the first answers, while it applies, or
    // when it is done.
    const auto pause = std::chrono::milliseconds(20 * round);
    const auto end = std::chrono::steady_clock::now() + pause;
    while (std::chrono::steady_clock::now() < end && !import.Ended()) std::this_thread::yield();
    daemon.Kill();
    import.Signal(SIGKILL);
    const bool answered = import.Wait().exit_code == 0;
    daemon.Start();
    const std::string out = daemon.Run({"device", "list", "-o", "name"}).out;
    const auto there = std::count(out.begin(), out.end(), '\n');
    EXPECT_TRUE(there == 0 || there == 700) << there;
    if (answered) {
      EXPECT_EQ(there, 700);
    }
    EXPECT_EQ(Unsound(daemon), "");
  }
}

}  // namespace
}  // namespace kirikae::testing
