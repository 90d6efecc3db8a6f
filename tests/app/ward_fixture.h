// A ward for tests of use cases: a real store in a temporary folder, and a clock that only the test
// moves.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/app/act.h"
#include "service/app/ward.h"
#include "service/domain/act.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/store.h"
#include "tests/support/program.h"

namespace kirikae::app {

/// The time is Wednesday 7 May 2025, nine in the morning in Tokyo, until a test sets `now_`.
class WardFixture : public ::testing::Test {
 protected:
  /// Makes the draft of a write, as a handler does.
  using Make = std::function<absl::StatusOr<store::Draft>(store::ReadView& view, int64_t change_set,
                                                          const WriteContext& context)>;

  WardFixture() {
    EXPECT_TRUE(absl::LoadTimeZone("Asia/Tokyo", &ward_.zone));
    ward_.now = [this] { return now_; };
    now_ = At("2025-05-07T09:00:00+09:00");
    auto opened = store::OpenSqliteStore({.directory = folder_.path()});
    EXPECT_TRUE(opened.ok()) << opened.status();
    if (opened.ok()) store_ = *std::move(opened);
  }

  /// An instant, `2025-05-01T09:00:00+09:00`.
  static absl::Time At(const std::string& text) {
    absl::Time time;
    std::string fault;
    EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &fault)) << text << ": " << fault;
    return time;
  }
  static absl::CivilDay Day(const std::string& text) {
    absl::CivilDay day;
    EXPECT_TRUE(absl::ParseCivilTime(text, &day)) << text;
    return day;
  }

  /// The context of a write by an administrator about the present.
  WriteContext Context(const std::string& reason = "試験") const {
    return {.caller = {.actor = "山田", .role = domain::Role::kAdmin, .token = 1, .approves = true},
            .now = now_,
            .effective = now_,
            .reason = reason};
  }

  /// Writes and waits for the sync. `make` runs twice, as a store may do; only the second run is
  /// written.
  absl::Status Write(const WriteContext& context, Make make) {
    store::WriteRequest write;
    write.now = context.now;
    write.large = true;
    write.make = [&](store::ReadView& view, int64_t change_set) -> absl::StatusOr<store::Draft> {
      const absl::StatusOr<store::Draft> first = make(view, change_set, context);
      absl::StatusOr<store::Draft> second = make(view, change_set, context);
      EXPECT_EQ(first.status(), second.status());
      if (first.ok() && second.ok()) {
        EXPECT_EQ(first->edits.size(), second->edits.size());
      }
      return second;
    };
    std::promise<absl::Status> done;
    store_->Write(std::move(write), [&done](const absl::StatusOr<std::string>& answer) {
      done.set_value(answer.status());
    });
    return done.get_future().get();
  }
  absl::Status Write(Make make) { return Write(Context(), std::move(make)); }

  /// Stores records unchanged.
  void Store(const std::vector<store::Edit>& edits, const WriteContext& context) {
    const absl::Status stored =
        Write(context, [&](store::ReadView&, int64_t, const WriteContext& given) {
          store::Draft draft = given.NewDraft(domain::Act::kUpdateDevice);
          draft.edits = edits;
          return draft;
        });
    ASSERT_TRUE(stored.ok()) << stored;
  }
  void Store(const std::vector<store::Edit>& edits) { Store(edits, Context()); }

  /// A snapshot of what has been written.
  std::unique_ptr<store::ReadView> Read() {
    auto view = store_->Read();
    EXPECT_TRUE(view.ok()) << view.status();
    return *std::move(view);
  }

  const kirikae::testing::TemporaryFolder folder_;
  absl::Time now_;
  Ward ward_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace kirikae::app
