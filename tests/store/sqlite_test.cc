// The SQLite store: the conformance suite, and tests of its own.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/store/conformance/conformance.h"

namespace kirikae::store {
namespace {

absl::StatusOr<std::unique_ptr<Store>> OpenRunningTwice(const std::string& folder) {
  return OpenSqliteStore({.directory = folder, .run_writes_twice = true});
}

INSTANTIATE_TEST_SUITE_P(Sqlite, Conformance,
                         ::testing::Values(StoreKind{"Once", OpenSqlite},
                                           StoreKind{"Twice", OpenRunningTwice}),
                         NameOf);

using SqliteTest = StoreFixture;

TEST_F(SqliteTest, TheLogIsCheckpointedWhileSnapshotsAreKeptOpenAndDoesNotGrowForEver) {
  const std::string log = folder_ / "kirikae.db-wal";
  uintmax_t most = 0;
  for (int i = 0; i < 60; ++i) {
    domain::Device device = i == 0 ? NewDevice("A-1") : *Find("A-1");
    device.note = std::string(1, static_cast<char>('a' + i % 26));
    domain::Rollout rollout;
    rollout.id = "r" + std::to_string(i);
    rollout.source = std::string(1'000'000, device.note[0]);
    ASSERT_TRUE(Write(NewWrite({DeviceEdit{device, {}}, rollout})).ok());
    EXPECT_EQ(Find("A-1")->note, device.note);
    most = std::max(most, std::filesystem::file_size(log));
  }
  EXPECT_LT(most, uintmax_t{60'000'000}) << "sixty writes of over a million bytes each";
}

TEST(SqliteIdle, TheLogIsFoldedInAndCut) {
  const kirikae::testing::TemporaryFolder folder;
  auto opened = OpenSqliteStore({.directory = folder.path(), .idle = std::chrono::milliseconds(1)});
  ASSERT_TRUE(opened.ok()) << opened.status();
  std::promise<absl::Status> done;
  WriteRequest write;
  write.make = [](ReadView&, int64_t) -> absl::StatusOr<Draft> {
    Draft draft;
    draft.actor = "試験";
    draft.role = "ADMIN";
    draft.act = domain::Act::kCreateDevice;
    domain::Device device;
    device.asset_tag = "A-1";
    draft.edits.emplace_back(DeviceEdit{device, {}});
    return draft;
  };
  (*opened)->Write(std::move(write), [&](const auto& answer) { done.set_value(answer.status()); });
  ASSERT_TRUE(done.get_future().get().ok());
  while (std::filesystem::file_size(folder / "kirikae.db-wal") > 0) std::this_thread::yield();
  EXPECT_TRUE((*(*opened)->Read())->FindDevice("A-1")->has_value());
}

TEST(SqliteIdle, AFolderMayHaveAnyName) {
  const kirikae::testing::TemporaryFolder folder;
  for (const std::string name : {"a#b", "a?mode=ro", "a%20b", "a b", "端末", "a'b\"c"}) {
    const std::string path = folder / name;
    std::filesystem::create_directory(path);
    for (int times = 0; times < 2; ++times) {
      const auto opened = OpenSqliteStore({.directory = path});
      EXPECT_TRUE(opened.ok()) << name << opened.status();
    }
    EXPECT_TRUE(std::filesystem::exists(path + "/kirikae.db")) << name;
  }
}

class Resting : public StoreFixture {
 protected:
  Resting()
      : StoreFixture([](const std::string& folder) {
          return OpenSqliteStore({.directory = folder, .idle = std::chrono::milliseconds(1)});
        }) {}
};

TEST_F(Resting, AFileThatHadMuchInItGivesTheRoomBack) {
  domain::ImportPreview preview;
  preview.id = 1;
  preview.parts = std::make_shared<const std::vector<std::string>>(40, std::string(1'000'000, 'x'));
  ASSERT_TRUE(Write(NewWrite({preview})).ok());
  const std::string file = folder_ / "kirikae.db";
  while (std::filesystem::file_size(file) < 40'000'000) std::this_thread::yield();
  preview.parts = nullptr;
  preview.expired = true;
  ASSERT_TRUE(Write(NewWrite({preview})).ok());
  while (std::filesystem::file_size(file) > 8'000'000) std::this_thread::yield();
  EXPECT_TRUE(Read()->FindImport(1)->has_value());
}

class RunningTwice : public StoreFixture {
 protected:
  RunningTwice() : StoreFixture(OpenRunningTwice) {}
};

TEST_F(RunningTwice, KeepsTheSecondRunOnly) {
  int runs = 0;
  for (const bool large : {false, true}) {
    WriteRequest write;
    write.large = large;
    write.make = [&runs](ReadView&, int64_t change_set) -> absl::StatusOr<Draft> {
      Draft draft = NewDraft();
      draft.response = std::to_string(++runs);
      domain::Device device = NewDevice("A-" + std::to_string(change_set));
      device.note = draft.response;
      draft.edits.emplace_back(DeviceEdit{device, {}});
      draft.more = [device, &runs, given = false]() mutable -> absl::StatusOr<std::optional<Edit>> {
        if (std::exchange(given, true)) return std::nullopt;
        domain::Device again = device;
        again.floor = std::to_string(runs);
        return DeviceEdit{again, {}};
      };
      return draft;
    };
    EXPECT_EQ(*Write(std::move(write)), large ? "4" : "2");
  }
  EXPECT_EQ(Read()->ListChangeSets({})->size(), 2U);
  EXPECT_EQ(Find("A-1")->note, "2");
  EXPECT_EQ(Find("A-1")->floor, "2");
  EXPECT_EQ(Find("A-2")->note, "4");
  EXPECT_EQ(Find("A-2")->version, 2);
  EXPECT_EQ(Read()->VerifyChain()->first_bad, 0);
}

TEST_F(SqliteTest, ASecondStoreOnTheFolderIsRefused) {
  const auto second = OpenSqliteStore({.directory = folder_.path()});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition) << second.status();
}

TEST_F(SqliteTest, NothingIsKeptByTriggers) {
  store_.reset();
  SQLite::Database database(folder_ / "kirikae.db", SQLite::OPEN_READONLY);
  EXPECT_EQ(
      database.execAndGet("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").getInt(), 0);
}

}  // namespace
}  // namespace kirikae::store
