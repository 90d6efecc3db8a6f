// How writes are made, answered and refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/conformance/conformance.h"

namespace kirikae::store {
namespace {

constexpr char kId[] = "0b7e3c9a-58b4-4a5e-9d2e-6f1f6f6f0001";

TEST_P(Conformance, AnAnsweredWriteIsThereAfterOpeningAgain) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  Open();
  ASSERT_TRUE(Find("A-1").has_value());
  EXPECT_EQ(Find("A-1")->host_name, "HOST-A-1");
}

TEST_P(Conformance, AnErrorOfTheMakerLeavesNothingAndTheOthersWhole) {
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

TEST_P(Conformance, AWriteThatFailsAfterItsFirstEditsLeavesNothingAndTheOthersWhole) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("OLD"), {}}})).ok());
  domain::Device stale = *Find("OLD");
  stale.version = 7;
  // The writer waits in the first write until all the others are in its queue.
  std::promise<void> queued;
  WriteRequest first = NewWrite({});
  first.make = [ready = queued.get_future().share()](ReadView&, int64_t) -> absl::StatusOr<Draft> {
    ready.wait();
    return Draft();
  };
  auto waiting = Submit(std::move(first));
  const auto is_bad = [](int i) { return i % 5 == 2; };
  std::vector<std::future<absl::StatusOr<std::string>>> answers;
  for (int i = 0; i < 20; ++i) {
    std::vector<Edit> edits = {DeviceEdit{NewDevice("A-" + std::to_string(i)), {}}};
    if (is_bad(i)) edits.emplace_back(DeviceEdit{stale, {}});
    WriteRequest write = NewWrite(std::move(edits));
    write.request_id = "id " + std::to_string(i);
    write.validate_only = i % 5 == 4;
    answers.push_back(Submit(std::move(write)));
  }
  queued.set_value();
  ASSERT_TRUE(waiting.get().ok());
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(answers[static_cast<size_t>(i)].get().ok(), !is_bad(i)) << i;
    EXPECT_EQ(Find("A-" + std::to_string(i)).has_value(), !is_bad(i) && i % 5 != 4) << i;
  }
  EXPECT_EQ(Read()->ListChangeSets({})->front().id, 13);
  EXPECT_EQ(Read()->VerifyChain()->first_bad, 0);
}

TEST_P(Conformance, SessionsStayUntilTheyEndAndAreNoChanges) {
  const absl::Time begin = absl::FromUnixSeconds(1'750'000'000);
  const auto session = [&](const std::string& hash, int hours) {
    return Session{.hash = hash,
                   .token = 7,
                   .create_time = begin + absl::Hours(hours),
                   .expire_time = begin + absl::Hours(hours + 12)};
  };
  const auto hashes = [&] {
    std::vector<std::string> all;
    const auto sessions = Read()->ListSessions();
    for (const Session& one : *sessions) all.push_back(one.hash);
    return all;
  };
  ASSERT_TRUE(Write(NewWrite({session("a", 0), session("b", 1)})).ok());
  Open();
  EXPECT_THAT(hashes(), ::testing::ElementsAre("a", "b"));
  EXPECT_EQ(Read()->ListSessions()->front().expire_time, begin + absl::Hours(12));
  ASSERT_TRUE(Write(NewWrite({SessionEnd{"b"}, SessionEnd{"unknown"}})).ok());
  EXPECT_THAT(hashes(), ::testing::ElementsAre("a"));
  EXPECT_TRUE(Read()->ListChangeSets({})->empty());
  // A new one takes the place of those that have expired, and of the oldest of too many.
  ASSERT_TRUE(Write(NewWrite({session("c", 13)})).ok());
  EXPECT_THAT(hashes(), ::testing::ElementsAre("c"));
  for (int i = 0; i < kMostSessions; ++i) {
    ASSERT_TRUE(Write(NewWrite({session("d" + std::to_string(i), 14)})).ok());
  }
  EXPECT_EQ(hashes().size(), static_cast<size_t>(kMostSessions));
  EXPECT_THAT(hashes(), ::testing::Not(::testing::Contains("c")));
}

TEST_P(Conformance, ValidateOnlyWritesNothing) {
  WriteRequest write = NewWrite({DeviceEdit{NewDevice("A-1"), {}}});
  write.validate_only = true;
  write.request_id = kId;
  EXPECT_EQ(*Write(std::move(write)), "done");
  EXPECT_FALSE(Find("A-1").has_value());
  EXPECT_TRUE(Read()->ListChangeSets({})->empty());
}

TEST_P(Conformance, AReplayGivesTheFirstAnswerAlsoAfterOpeningAgain) {
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

TEST_P(Conformance, TheSameRequestIdWithOtherContentIsRefused) {
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

TEST_P(Conformance, AnOldVersionIsAborted) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  domain::Device stale = *Find("A-1");
  domain::Device fresh = stale;
  fresh.note = "fresh";
  stale.note = "stale";
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{fresh, {}}})).ok());
  EXPECT_EQ(Write(NewWrite({DeviceEdit{stale, {}}})).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Find("A-1")->note, "fresh");
}

TEST_P(Conformance, AnEditThatChangesNothingLeavesNoChangeSet) {
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-1"), {}}})).ok());
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{*Find("A-1"), {}}})).ok());
  EXPECT_EQ(Read()->ListChangeSets({})->size(), 1U);
}

TEST_P(Conformance, ManyThreadsOnOneRecordEachSeeTheLast) {
  domain::Device counter = NewDevice("A-1");
  counter.note = "0";
  ASSERT_TRUE(Write(NewWrite({DeviceEdit{counter, {}}})).ok());
  constexpr int kThreads = 4;
  constexpr int kEach = 50;
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
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

TEST_P(Conformance, AfterDrainWritesAreRefusedAndQueuedOnesAnswered) {
  auto queued = Submit(NewWrite({DeviceEdit{NewDevice("A-1"), {}}}));
  store_->Drain();
  EXPECT_TRUE(queued.get().ok());
  EXPECT_EQ(Write(NewWrite({})).status().code(), absl::StatusCode::kUnavailable);
}

TEST_P(Conformance, WhatTheMakerReadMustBeWhatIsStored) {
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

TEST_P(Conformance, AStreamedActIsOneChangeSetAndAllOrNothing) {
  constexpr int kDevices = 500;
  EXPECT_EQ(Write(Streamed(kDevices, absl::AbortedError("late"))).status().message(), "late");
  EXPECT_TRUE(Read()->ListDevices({})->empty());
  EXPECT_TRUE(Read()->ListChangeSets({})->empty());
  ASSERT_TRUE(Write(Streamed(kDevices)).ok());
  EXPECT_EQ(Read()->ListDevices({.after = "", .limit = 1000})->size(),
            static_cast<size_t>(kDevices));
  ASSERT_EQ(Read()->ListChangeSets({})->size(), 1U);
  EXPECT_EQ(Read()->Search(1, {"A-", "A-~"}, 1000)->size(), static_cast<size_t>(kDevices));
  EXPECT_EQ(Read()->VerifyChain()->first_bad, 0);
}

TEST_P(Conformance, ALargeActStandsAmongOthersInTheirOrder) {
  std::vector<std::future<absl::StatusOr<std::string>>> answers;
  for (int i = 0; i < 10; ++i) {
    answers.push_back(Submit(NewWrite({DeviceEdit{NewDevice("B-" + std::to_string(i)), {}}})));
    if (i == 4) answers.push_back(Submit(Streamed(50)));
  }
  for (auto& answer : answers) EXPECT_TRUE(answer.get().ok());
  EXPECT_EQ(Read()->ListDevices({})->size(), 60U);
  EXPECT_EQ(Read()->FindChangeSet(6)->value().change_count,
            50 * (*Read()->FindChangeSet(1))->change_count);
}

TEST_P(Conformance, ADryRunOfALargeActWritesNothing) {
  WriteRequest write = Streamed(50);
  write.validate_only = true;
  ASSERT_TRUE(Write(std::move(write)).ok());
  EXPECT_TRUE(Read()->ListDevices({})->empty());
  ASSERT_TRUE(Write(Streamed(1)).ok());
}

}  // namespace
}  // namespace kirikae::store
