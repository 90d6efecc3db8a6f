// Clients that race on one record, and a check of what each was told against the record's history.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using Clock = std::chrono::steady_clock;

constexpr char kDevice[] = "devices/A-01";
constexpr int kWriters = 6;
constexpr int kReaders = 3;
constexpr int kWritesEach = 60;

// A write or a read, with the times between which it took effect.
struct Operation {
  std::string value{};
  Clock::time_point begin{};
  Clock::time_point end{};
  bool acknowledged = true;
};

// What the clients were told.
struct Told {
  std::mutex mutex;
  std::vector<Operation> writes;
  std::vector<Operation> reads;
};

void Write(const Daemon& daemon, int writer, Told& told) {
  const auto stub = v1::InventoryService::NewStub(daemon.channel());
  for (int i = 0; i < kWritesEach; ++i) {
    v1::UpdateDeviceRequest request;
    request.mutable_device()->set_name(kDevice);
    Operation write{.value = "w" + std::to_string(writer) + "-" + std::to_string(i)};
    request.mutable_device()->set_note(write.value);
    request.mutable_update_mask()->add_paths("note");
    grpc::ClientContext context;
    daemon.Authorize(context);
    v1::Device answer;
    write.begin = Clock::now();
    const grpc::Status status = stub->UpdateDevice(&context, request, &answer);
    write.end = Clock::now();
    write.acknowledged = status.ok();
    EXPECT_TRUE(!status.ok() || answer.note() == write.value) << answer.note();
    const std::lock_guard lock(told.mutex);
    told.writes.push_back(write);
  }
}

void Read(const Daemon& daemon, const std::atomic<bool>& stop, Told& told) {
  const auto stub = v1::InventoryService::NewStub(daemon.channel());
  while (!stop) {
    v1::GetDeviceRequest request;
    request.set_name(kDevice);
    grpc::ClientContext context;
    daemon.Authorize(context);
    v1::Device answer;
    Operation read;
    read.begin = Clock::now();
    const grpc::Status status = stub->GetDevice(&context, request, &answer);
    read.end = Clock::now();
    EXPECT_TRUE(status.ok()) << status.error_message();
    read.value = answer.note();
    const std::lock_guard lock(told.mutex);
    told.reads.push_back(read);
  }
}

// The values that the note had, in the order of the record; the first is the value before all.
std::vector<std::string> History(const Daemon& daemon) {
  const auto stub = v1::InventoryService::NewStub(daemon.channel());
  std::vector<std::string> values;
  v1::ListDeviceHistoryRequest request;
  request.set_parent(kDevice);
  request.set_page_size(1000);
  v1::ListDeviceHistoryResponse page;
  do {
    grpc::ClientContext context;
    daemon.Authorize(context);
    const grpc::Status status = stub->ListDeviceHistory(&context, request, &page);
    EXPECT_TRUE(status.ok()) << status.error_message();
    for (const v1::HistoryEntry& entry : page.entries()) {
      if (entry.field() == "note") values.push_back(entry.new_value());
    }
    request.set_page_token(page.next_page_token());
  } while (!page.next_page_token().empty());
  values.push_back("");
  return {values.rbegin(), values.rend()};
}

// A register that many write and read is linearizable when its history is an order of the writes in
// which every acknowledged write is there once, no write stands behind one that began after its
// end, and each read returns the newest write at some moment between its begin and its end. What is
// not so.
std::vector<std::string> FaultsOf(const std::vector<std::string>& history, const Told& told) {
  std::vector<std::string> faults;
  std::map<std::string, size_t> places;
  for (size_t i = 0; i < history.size(); ++i) {
    if (!places.emplace(history[i], i).second) faults.push_back("twice: " + history[i]);
  }
  std::vector<std::pair<const Operation*, size_t>> writes;
  for (const Operation& write : told.writes) {
    const auto place = places.find(write.value);
    if (place != places.end()) {
      writes.emplace_back(&write, place->second);
    } else if (write.acknowledged) {
      faults.push_back("lost: " + write.value);
    }
  }
  for (const auto& [first, first_place] : writes) {
    for (const auto& [second, second_place] : writes) {
      if (first->end < second->begin && first_place > second_place) {
        faults.push_back("order: " + first->value + " " + second->value);
      }
    }
  }
  for (const Operation& read : told.reads) {
    const auto place = places.find(read.value);
    if (place == places.end()) {
      faults.push_back("never written: " + read.value);
      continue;
    }
    for (const auto& [write, write_place] : writes) {
      const bool too_old = write->end < read.begin && place->second < write_place;
      const bool too_new = write->begin > read.end && place->second >= write_place;
      if (too_old || too_new) faults.push_back("read: " + read.value + " " + write->value);
    }
  }
  return faults;
}

TEST(Race, WhatEachClientWasToldIsOneOrderOfWritesAndReads) {
  const Daemon daemon;
  ImportDevices(daemon, {{.prefix = "A", .count = 1, .department = "総務部/総務課"}});
  Told told;
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  readers.reserve(kReaders);
  for (int i = 0; i < kReaders; ++i) {
    readers.emplace_back([&] { Read(daemon, stop, told); });
  }
  std::vector<std::thread> writers;
  writers.reserve(kWriters);
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&, i] { Write(daemon, i, told); });
  }
  for (std::thread& writer : writers) writer.join();
  stop = true;
  for (std::thread& reader : readers) reader.join();
  const std::vector<std::string> history = History(daemon);
  EXPECT_EQ(history.size(), static_cast<size_t>(kWriters * kWritesEach) + 1);
  EXPECT_GT(told.reads.size(), 50U);
  EXPECT_THAT(FaultsOf(history, told), IsEmpty());
  ExpectSound(daemon);
}

TEST(Race, TheCheckFindsWhatIsNotSo) {
  const Clock::time_point start = Clock::now();
  const auto operation = [&](const std::string& value, int from, int to) {
    return Operation{.value = value,
                     .begin = start + std::chrono::seconds(from),
                     .end = start + std::chrono::seconds(to)};
  };
  Told told;
  told.writes = {operation("a", 0, 1), operation("b", 2, 3)};
  told.reads = {operation("a", 1, 2), operation("b", 4, 5)};
  EXPECT_THAT(FaultsOf({"", "a", "b"}, told), IsEmpty());
  EXPECT_THAT(FaultsOf({"", "b", "a"}, told), Contains("order: a b"));
  EXPECT_THAT(FaultsOf({"", "a"}, told), Contains("lost: b"));
  EXPECT_THAT(FaultsOf({"", "a", "b", "a"}, told), Contains("twice: a"));
  told.reads = {operation("a", 4, 5)};
  EXPECT_THAT(FaultsOf({"", "a", "b"}, told), Contains("read: a b"));
  told.reads = {operation("b", 0, 1)};
  EXPECT_THAT(FaultsOf({"", "a", "b"}, told), Contains("read: b b"));
  told.reads = {operation("c", 0, 1)};
  EXPECT_THAT(FaultsOf({"", "a", "b"}, told), Contains("never written: c"));
}

}  // namespace
}  // namespace kirikae::testing
