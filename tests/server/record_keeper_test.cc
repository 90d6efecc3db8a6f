// When checkpoints of the record are kept.
#include "service/server/record_keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "service/app/audit/record_notary.h"
#include "service/app/change_feed.h"
#include "service/proof/signed_note.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::server {
namespace {

using ::testing::ElementsAre;

class RecordKeeperTest : public app::WardFixture {
 protected:
  RecordKeeperTest() : notary_(NewKey()), minutes_(0) {
    const absl::Time begin = now_;
    ward_.now = [this, begin] { return begin + absl::Minutes(minutes_.load()); };
    store_->OnCommit([this] { feed_.Committed(); });
  }

  static proof::SigningKey NewKey() {
    EXPECT_GE(sodium_init(), 0);
    return proof::SigningKey::Make("kirikae.test");
  }

  // Makes a change set.
  void Change(const std::string& tag) {
    domain::Device device;
    device.asset_tag = tag;
    Store({store::DeviceEdit{device, {}}});
  }
  // Of the kept ones, the oldest first: minutes since the begin.
  std::vector<int64_t> Times() {
    std::vector<int64_t> times;
    const auto kept = (*store_->Read())->ListCheckpoints(0, 100);
    for (const store::KeptCheckpoint& checkpoint : *kept) {
      times.insert(times.begin(), absl::ToInt64Minutes(checkpoint.time - now_));
    }
    return times;
  }
  // Waits until so many are kept.
  std::vector<int64_t> Await(size_t count) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (Times().size() < count && std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
    }
    return Times();
  }

  app::ChangeFeed feed_;
  app::RecordNotary notary_;
  std::atomic<int> minutes_;
};

TEST_F(RecordKeeperTest, KeepsOneEveryQuarterOfAnHourWithChangesAndOneAtTheStop) {
  {
    RecordKeeper keeper(
        {.store = *store_, .notary = notary_, .feed = feed_, .ward = ward_, .folder = ""});
    Change("A-1");
    minutes_ = 14;
    Change("A-2");
    minutes_ = 15;
    Change("A-3");
    EXPECT_THAT(Await(1), ElementsAre(15)) << "none before";
    minutes_ = 29;
    Change("A-4");
    minutes_ = 30;
    Change("A-5");
    EXPECT_THAT(Await(2), ElementsAre(15, 30));
    minutes_ = 44;
    Change("A-6");
  }
  EXPECT_THAT(Times(), ElementsAre(15, 30, 44)) << "the last one at the stop";
  {
    RecordKeeper keeper(
        {.store = *store_, .notary = notary_, .feed = feed_, .ward = ward_, .folder = ""});
    minutes_ = 100;
  }
  EXPECT_THAT(Times(), ElementsAre(15, 30, 44)) << "nothing has changed";
}

}  // namespace
}  // namespace kirikae::server
