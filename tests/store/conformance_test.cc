// What every store must do, written against store.h.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/store/store_fixture.h"

namespace kirikae::store {
namespace {

class Conformance : public StoreFixture {
 protected:
  // A large act that gives its edits one by one.
  static WriteRequest Streamed(int devices, absl::Status at_last = absl::OkStatus()) {
    WriteRequest write = NewWrite({});
    write.large = true;
    write.make = [devices, at_last](ReadView&, int64_t) -> absl::StatusOr<Draft> {
      Draft draft = NewDraft();
      draft.more = [devices, at_last, i = 0]() mutable -> absl::StatusOr<std::optional<Edit>> {
        if (i == devices) {
          if (!at_last.ok()) return at_last;
          return std::nullopt;
        }
        const std::string tag = "A-" + std::to_string(i++);
        return DeviceEdit{NewDevice(tag), {{{"asset_tag", 1, tag}}}, DeviceBefore{}};
      };
      return draft;
    };
    return write;
  }
};

constexpr char kId[] = "0b7e3c9a-58b4-4a5e-9d2e-6f1f6f6f0001";

TEST_F(Conformance, AnAnsweredWriteIsThereAfterOpeningAgain) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  Open();
  ASSERT_TRUE(Find("A-1").has_value());
  EXPECT_EQ(Find("A-1")->host_name, "HOST-A-1");
}

TEST_F(Conformance, ASnapshotSeesNothingThatCameAfterIt) {
  const auto before = Read();
  ASSERT_TRUE(before->CountDevices().ok());
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  EXPECT_EQ(*before->CountDevices(), 0);
  EXPECT_EQ(*Read()->CountDevices(), 1);
}

TEST_F(Conformance, AReadAfterAnAnswerSeesTheWriteThoughSnapshotsAreKeptOpen) {
  for (int i = 0; i < 50; ++i) {
    const std::string tag = "A-" + std::to_string(i);
    EXPECT_FALSE(Find(tag).has_value());
    ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice(tag), {}}})).ok());
    EXPECT_TRUE(Find(tag).has_value()) << tag;
  }
}

TEST_F(Conformance, AnErrorOfTheMakerLeavesNothingAndTheOthersWhole) {
  std::vector<std::future<absl::StatusOr<std::string>>> answers;
  for (int i = 0; i < 20; ++i) {
    WriteRequest write = NewWrite({DeviceEdit{NewDevice("A-" + std::to_string(i)), {}}});
    if (i % 3 == 0) {
      write.make = [](ReadView&, int64_t) -> absl::StatusOr<Draft> {
        return absl::FailedPreconditionError("no");
      };
    }
    answers.push_back(Submit(std::move(write)));
  }
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(answers[static_cast<size_t>(i)].get().ok(), i % 3 != 0) << i;
    EXPECT_EQ(Find("A-" + std::to_string(i)).has_value(), i % 3 != 0) << i;
  }
}

TEST_F(Conformance, ValidateOnlyWritesNothing) {
  WriteRequest write = NewWrite({DeviceEdit{NewDevice("A-1"), {}}});
  write.validate_only = true;
  write.request_id = kId;
  EXPECT_EQ(*Write(std::move(write)), "done");
  EXPECT_FALSE(Find("A-1").has_value());
  EXPECT_TRUE(Read()->ListChangeSets({})->empty());
}

TEST_F(Conformance, AReplayGivesTheFirstAnswerAlsoAfterOpeningAgain) {
  WriteRequest first = NewWrite({DeviceEdit{NewDevice("A-1"), {}}}, "first");
  first.request_id = kId;
  first.fingerprint = "same";
  WriteRequest again = NewWrite({DeviceEdit{NewDevice("A-2"), {}}}, "second");
  again.request_id = kId;
  again.fingerprint = "same";
  EXPECT_EQ(*Write(std::move(first)), "first");
  Open();
  EXPECT_EQ(*Write(std::move(again)), "first");
  EXPECT_FALSE(Find("A-2").has_value());
}

TEST_F(Conformance, TheSameRequestIdWithOtherContentIsRefused) {
  WriteRequest first = NewWrite({DeviceEdit{NewDevice("A-1"), {}}});
  first.request_id = kId;
  first.fingerprint = "one";
  WriteRequest other = NewWrite({DeviceEdit{NewDevice("A-2"), {}}});
  other.request_id = kId;
  other.fingerprint = "other";
  ASSERT_TRUE(Write(std::move(first)).ok());
  EXPECT_EQ(Write(std::move(other)).status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_FALSE(Find("A-2").has_value());
}

TEST_F(Conformance, AnOldVersionIsAborted) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  domain::Device stale = *Find("A-1");
  domain::Device fresh = stale;
  fresh.note = "fresh";
  stale.note = "stale";
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{fresh, {}}})).ok());
  EXPECT_EQ(Write(NewWrite({DeviceEdit{stale, {}}})).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Find("A-1")->note, "fresh");
}

TEST_F(Conformance, HistoryHasOneRowAFieldWithWhoAndWhen) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  domain::Device device = *Find("A-1");
  device.auth_method = domain::AuthMethod::kFaceAndPassword;
  device.note = "moved";
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{device, {}}})).ok());
  const auto history = *Read()->History("devices/A-1", 0, 100);
  std::vector<std::string> fields;
  for (const domain::HistoryEntry& entry : history) {
    if (entry.change_set.id == 2) fields.push_back(entry.change.field);
    EXPECT_EQ(entry.change_set.actor, "山田");
  }
  EXPECT_THAT(fields, ::testing::UnorderedElementsAre("auth_method", "note"));
}

TEST_F(Conformance, AnEditThatChangesNothingLeavesNoChangeSet) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{*Find("A-1"), {}}})).ok());
  EXPECT_EQ(Read()->ListChangeSets({})->size(), 1U);
}

TEST_F(Conformance, ManyThreadsOnOneRecordEachSeeTheLast) {
  domain::Device counter = NewDevice("A-1");
  counter.note = "0";
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{counter, {}}})).ok());
  constexpr int kThreads = 4;
  constexpr int kEach = 50;
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) {
        WriteRequest write = NewWrite({});
        write.make = [](ReadView& view, int64_t) -> absl::StatusOr<Draft> {
          auto device = view.FindDevice("A-1");
          if (!device.ok()) return device.status();
          (*device)->note = std::to_string(std::stoi((*device)->note) + 1);
          Draft draft = NewDraft();
          draft.edits.push_back(DeviceEdit{**device, {}});
          return draft;
        };
        if (!Write(std::move(write)).ok()) ++failed;
        if (!Find("A-1").has_value()) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(Find("A-1")->note, std::to_string(kThreads * kEach));
  EXPECT_EQ(Read()->VerifyChain()->first_bad, 0);
}

TEST_F(Conformance, TheLogIsFoldedInWhileSnapshotsAreKeptOpenAndDoesNotGrowForEver) {
  const std::string log = folder_ / "kirikae.db-wal";
  uintmax_t most = 0;
  for (int i = 0; i < 60; ++i) {
    domain::Device device = i == 0 ? NewDevice("A-1") : *Find("A-1");
    device.note = std::string(1'000'000, static_cast<char>('a' + i % 26));
    ASSERT_TRUE(Write(NewWrite({DeviceEdit{device, {}}})).ok());
    EXPECT_EQ(Find("A-1")->note[0], device.note[0]);
    most = std::max(most, std::filesystem::file_size(log));
  }
  EXPECT_LT(most, uintmax_t{60'000'000}) << "sixty writes of over a million bytes each";
}

TEST_F(Conformance, AfterDrainWritesAreRefusedAndQueuedOnesAnswered) {
  auto queued = Submit(NewWrite({DeviceEdit{NewDevice("A-1"), {}}}));
  store_->Drain();
  EXPECT_TRUE(queued.get().ok());
  EXPECT_EQ(Write(NewWrite({})).status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(Conformance, ASecondStoreOnTheFolderIsRefused) {
  const auto second = OpenSqliteStore({.directory = folder_.path()});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition) << second.status();
}

TEST_F(Conformance, SearchGivesTheKeysOfARangeInTheirOrder) {
  std::vector<SearchKey> keys = {{"name", 3, "たか"}};
  std::vector<SearchKey> longer = {{"name", 3, "たかはし"}};
  ASSERT_TRUE(
      Write(NewWrite({DeviceEdit{NewDevice("A-2"), keys}, DeviceEdit{NewDevice("A-1"), longer}}))
          .ok());
  const auto hits = *Read()->Search(3, {"たか", "たか\U0010FFFF"}, 10);
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].asset_tag, "A-2");
  EXPECT_EQ(hits[1].key, "たかはし");
}

TEST_F(Conformance, KeysOfADeviceAreReplacedAndGoWithIt) {
  const auto found = [&](const std::string& key) {
    return !Read()->Search(1, {key, key + '\0'}, 10)->empty();
  };
  ASSERT_TRUE(
      Write(NewWrite({DeviceEdit{NewDevice("A-1"), {{{"name", 1, "old"}, {"kana", 1, "both"}}}}}))
          .ok());
  EXPECT_TRUE(found("old"));
  ASSERT_TRUE(
      Write(NewWrite({DeviceEdit{*Find("A-1"), {{{"name", 1, "new"}, {"kana", 1, "both"}}}}}))
          .ok());
  EXPECT_FALSE(found("old"));
  EXPECT_TRUE(found("new"));
  EXPECT_TRUE(found("both"));
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{*Find("A-1"), {}}})).ok()) << "no keys: they stay";
  EXPECT_TRUE(found("new"));
  ASSERT_TRUE(Write(NewWrite({Removal{*Find("A-1")}})).ok());
  EXPECT_FALSE(found("new"));
  EXPECT_FALSE(found("both"));
}

TEST_F(Conformance, ADevicesKeysOfOneActAreThoseOfItsLastEdit) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {{{"name", 1, "first"}}}},
                              DeviceEdit{NewDevice("A-1"), {{{"name", 1, "second"}}}},
                              DeviceEdit{NewDevice("A-1"), {{{"name", 1, "first"}}}}}))
                  .ok());
  EXPECT_EQ(Read()->Search(1, {"first", "first~"}, 10)->size(), 1U);
  EXPECT_TRUE(Read()->Search(1, {"second", "second~"}, 10)->empty());
}

TEST_F(Conformance, AStreamedActIsOneChangeSetAndAllOrNothing) {
  constexpr int kDevices = 500;
  EXPECT_EQ(Write(Streamed(kDevices, absl::AbortedError("late"))).status().message(), "late");
  EXPECT_EQ(*Read()->CountDevices(), 0);
  EXPECT_TRUE(Read()->ListChangeSets({})->empty());
  ASSERT_TRUE(Write(Streamed(kDevices)).ok());
  EXPECT_EQ(*Read()->CountDevices(), kDevices);
  ASSERT_EQ(Read()->ListChangeSets({})->size(), 1U);
  EXPECT_EQ(Read()->Search(1, {"A-", "A-~"}, 1000)->size(), static_cast<size_t>(kDevices));
  EXPECT_EQ(Read()->VerifyChain()->first_bad, 0);
}

TEST_F(Conformance, ALargeActStandsAmongOthersInTheirOrder) {
  std::vector<std::future<absl::StatusOr<std::string>>> answers;
  for (int i = 0; i < 10; ++i) {
    answers.push_back(Submit(NewWrite({DeviceEdit{NewDevice("B-" + std::to_string(i)), {}}})));
    if (i == 4) answers.push_back(Submit(Streamed(50)));
  }
  for (auto& answer : answers) EXPECT_TRUE(answer.get().ok());
  EXPECT_EQ(*Read()->CountDevices(), 60);
  EXPECT_EQ(Read()->FindChangeSet(6)->value().change_count,
            50 * (*Read()->FindChangeSet(1))->change_count);
}

TEST_F(Conformance, ADryRunOfALargeActWritesNothing) {
  WriteRequest write = Streamed(50);
  write.validate_only = true;
  ASSERT_TRUE(Write(std::move(write)).ok());
  EXPECT_EQ(*Read()->CountDevices(), 0);
  ASSERT_TRUE(Write(Streamed(1)).ok());
}

TEST_F(Conformance, WhatTheMakerReadMustBeWhatIsStored) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  const domain::Device first = *Find("A-1");
  EXPECT_EQ(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}, DeviceBefore{}}})).status().code(),
            absl::StatusCode::kAborted)
      << "there is one already";
  domain::Device second = first;
  second.note = "second";
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{second, {}, DeviceBefore{first}}})).ok());
  domain::Device third = first;
  third.note = "third";
  EXPECT_EQ(Write(NewWrite({DeviceEdit{third, {}, DeviceBefore{first}}})).status().code(),
            absl::StatusCode::kAborted);
  EXPECT_EQ(Write(NewWrite({Removal{first}})).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Find("A-1")->note, "second");
  ASSERT_TRUE(Write(NewWrite({Removal{*Find("A-1")}})).ok());
  EXPECT_EQ(Write(NewWrite({Removal{first}})).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Read()->VerifyChain()->first_bad, 0);
}

TEST_F(Conformance, ChangesOfASetArePagedAcrossItsRecords) {
  std::vector<Edit> edits;
  for (int i = 0; i < 7; ++i) edits.push_back(DeviceEdit{NewDevice("A-" + std::to_string(i)), {}});
  ASSERT_TRUE(Write(NewWrite(edits)).ok());
  const auto whole = *Read()->ChangesOf(1, 0, 1000);
  ASSERT_GT(whole.size(), 20U);
  for (const int limit : {1, 3, 5, 100}) {
    std::vector<domain::Change> paged;
    while (true) {
      const auto page = *Read()->ChangesOf(1, static_cast<int64_t>(paged.size()), limit);
      paged.insert(paged.end(), page.begin(), page.end());
      if (page.size() < static_cast<size_t>(limit)) break;
    }
    ASSERT_EQ(paged.size(), whole.size()) << limit;
    for (size_t i = 0; i < paged.size(); ++i) {
      EXPECT_EQ(paged[i].record, whole[i].record);
      EXPECT_EQ(paged[i].field, whole[i].field);
      EXPECT_EQ(paged[i].new_value, whole[i].new_value);
    }
  }
  const auto history = *Read()->History("devices/A-3", 0, 100);
  const auto rest = *Read()->History("devices/A-3", 2, 100);
  ASSERT_EQ(rest.size() + 2, history.size());
  EXPECT_EQ(rest.front().change.field, history[2].change.field);
  EXPECT_EQ(Read()->History("devices/A-3", 1, 1)->front().change.field, history[1].change.field);
}

TEST_F(Conformance, ACalendarDayIsKeptWithItsHistoryAndMayGo) {
  domain::CalendarDay day{.day = absl::CivilDay(2025, 8, 12),
                          .holiday = "",
                          .office = domain::OfficeDay::kClosed,
                          .reason = "停電",
                          .version = 0};
  ASSERT_TRUE(Write(NewWrite({day})).ok());
  Open();
  const absl::CivilDay first(2025, 8, 1);
  const auto days = Read()->ListCalendarDays(first, first + 30);
  ASSERT_TRUE(days.ok());
  ASSERT_EQ(days->size(), 1U);
  EXPECT_EQ(days->front().office, domain::OfficeDay::kClosed);
  EXPECT_EQ(days->front().reason, "停電");
  EXPECT_EQ(days->front().version, 1);
  EXPECT_TRUE(Read()->ListCalendarDays(first, first + 10)->empty());
  EXPECT_FALSE(Read()->History("calendarDays/2025-08-12", 0, 10)->empty());
  ASSERT_TRUE(Write(NewWrite({Removal{days->front()}})).ok());
  EXPECT_FALSE(Read()->FindCalendarDay(day.day)->has_value());
}

}  // namespace
}  // namespace kirikae::store
