// A store in a temporary folder, and shortcuts for writing to it.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/store.h"
#include "tests/support/program.h"

namespace kirikae::store {

/// Opens a store on a new or existing folder.
using StoreFactory =
    std::function<absl::StatusOr<std::unique_ptr<Store>>(const std::string& folder)>;

inline absl::StatusOr<std::unique_ptr<Store>> OpenSqlite(const std::string& folder) {
  return OpenSqliteStore({.directory = folder});
}

class StoreFixture : public ::testing::Test {
 protected:
  explicit StoreFixture(StoreFactory open = OpenSqlite) : open_(std::move(open)) {}

  void SetUp() override { Open(); }

  /// Opens the store, after closing it if it is open.
  void Open() {
    store_.reset();
    auto opened = open_(folder_.path());
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
  }

  static domain::Device NewDevice(const std::string& tag) {
    domain::Device device;
    device.asset_tag = tag;
    device.host_name = "HOST-" + tag;
    device.department = "総務部/総務課";
    return device;
  }

  static Draft NewDraft(domain::Act act = domain::Act::kUpdateDevice) {
    Draft draft;
    draft.actor = "山田";
    draft.role = "OPERATOR";
    draft.act = act;
    draft.effective_time = absl::FromUnixSeconds(1'700'000'000);
    draft.recorded_time = absl::FromUnixSeconds(1'700'000'100);
    return draft;
  }

  static WriteRequest NewWrite(std::vector<Edit> edits, const std::string& response = "done") {
    WriteRequest write;
    write.now = absl::FromUnixSeconds(1'700'000'100);
    write.make = [edits = std::move(edits), response](ReadView&, int64_t) -> absl::StatusOr<Draft> {
      Draft draft = NewDraft();
      draft.edits = edits;
      draft.response = response;
      return draft;
    };
    return write;
  }

  std::future<absl::StatusOr<std::string>> Submit(WriteRequest write) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<std::string>>>();
    auto future = promise->get_future();
    store_->Write(std::move(write), [promise](absl::StatusOr<std::string> answer) {
      promise->set_value(std::move(answer));
    });
    return future;
  }

  absl::StatusOr<std::string> Write(WriteRequest write) { return Submit(std::move(write)).get(); }

  std::unique_ptr<ReadView> Read() {
    auto view = store_->Read();
    EXPECT_TRUE(view.ok()) << view.status();
    return *std::move(view);
  }

  std::optional<domain::Device> Find(const std::string& tag) {
    auto device = Read()->FindDevice(tag);
    EXPECT_TRUE(device.ok()) << device.status();
    return *device;
  }

  const StoreFactory open_;
  kirikae::testing::TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

}  // namespace kirikae::store
