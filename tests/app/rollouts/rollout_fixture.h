// A ward with an approved rollout of two phases, and shortcuts for working on it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/app/rollouts/advance.h"
#include "service/app/rollouts/marks.h"
#include "service/domain/error_detail.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::app {

/// The reason of an error, such as `DEVICE_NOT_FOUND`.
inline std::string ReasonOf(const absl::Status& status) {
  const auto detail = domain::DetailOf(status);
  return detail.has_value() ? detail->reason : "no detail: " + status.ToString();
}

constexpr char kRolloutFile[] = R"(rollout: face
title: 顔認証への切替
from: IC_CARD_AND_PASSWORD
to: FACE_AND_PASSWORD
scope: 'state = ACTIVE'
phases:
  - id: pilot
    title: 試行
    select: 'department : "総務部"'
    soak_days: 1
    gate: { success_rate: 60%, minimum_sample: 2, incidents: 0 }
  - id: rest
teams: [ { id: red, minutes_per_slot: 100 } ]
calendar: { slots: [am, pm] }
)";

/// Five devices: A1 to A3 in phase pilot, wave 1 on Thursday 8 May in the morning; B1 and B2 in
/// phase rest, wave 2 on Monday 12 May in the afternoon. The time is Wednesday 7 May. The rollout
/// is active and no wave has begun.
class RolloutFixture : public WardFixture {
 protected:
  void SetUp() override {
    std::vector<store::Edit> edits;
    domain::Staff staff;
    staff.staff_number = "0001";
    staff.name = "鈴木";
    staff.enrolment = domain::EnrolmentState::kEnrolled;
    edits.emplace_back(staff);
    for (const std::string tag : {"A1", "A2", "A3"}) edits.push_back(DeviceOf(tag, "総務部"));
    for (const std::string tag : {"B1", "B2"}) edits.push_back(DeviceOf(tag, "税務部"));
    rollout_.id = "face";
    rollout_.title = "顔認証への切替";
    rollout_.source = kRolloutFile;
    rollout_.state = domain::RolloutState::kActive;
    rollout_.approved_plan = 1;
    edits.emplace_back(rollout_);
    edits.emplace_back(WaveOf(1, "pilot", "2025-05-08", "am"));
    edits.emplace_back(WaveOf(2, "rest", "2025-05-12", "pm"));
    for (const std::string tag : {"A1", "A2", "A3"}) {
      edits.emplace_back(PlacementOf(tag, WaveOf(1, "pilot", "2025-05-08", "am")));
    }
    for (const std::string tag : {"B1", "B2"}) {
      edits.emplace_back(PlacementOf(tag, WaveOf(2, "rest", "2025-05-12", "pm")));
    }
    Store(edits);
  }

  static store::DeviceEdit DeviceOf(const std::string& tag, const std::string& department) {
    domain::Device device;
    device.asset_tag = tag;
    device.department = department;
    device.site = "本庁";
    device.camera = domain::Camera::kBuiltIn;
    domain::DeviceUser& user = device.users.emplace_back();
    user.staff_number = "0001";
    user.name = "鈴木";
    device.auth_method_since = absl::FromCivil(absl::CivilDay(2024, 4, 1), absl::UTCTimeZone());
    return {std::move(device), std::nullopt};
  }
  static domain::Wave WaveOf(int64_t number, const std::string& phase, const std::string& day,
                             const std::string& slot) {
    domain::Wave wave;
    wave.rollout = "face";
    wave.number = number;
    wave.plan = 1;
    wave.phase = phase;
    wave.day = Day(day);
    wave.slot = slot;
    wave.team = "red";
    return wave;
  }
  static domain::Placement PlacementOf(const std::string& tag, const domain::Wave& wave) {
    domain::Placement placement;
    placement.rollout = wave.rollout;
    placement.asset_tag = tag;
    placement.wave = wave.number;
    placement.phase = wave.phase;
    placement.day = wave.day;
    placement.slot = wave.slot;
    placement.team = wave.team;
    placement.state = domain::PlacementState::kPlanned;
    return placement;
  }

  /// Sets the clock to nine in the morning of a day and does what is due by then.
  void GoTo(const std::string& day) {
    now_ = At(day + "T09:00:00+09:00");
    const absl::Status caught_up = CatchUp(ward_, *store_);
    ASSERT_TRUE(caught_up.ok()) << caught_up;
  }

  /// Marks as an administrator, now. Returns the results or the refusal.
  absl::StatusOr<std::vector<MarkResult>> Mark(const MarkOrder& order) {
    return Mark(order, Context());
  }
  absl::StatusOr<std::vector<MarkResult>> Mark(const MarkOrder& order,
                                               const WriteContext& context) {
    std::vector<MarkResult> results;
    const absl::Status status = Write(context,
                                      [&](store::ReadView& view, int64_t,
                                          const WriteContext& act) -> absl::StatusOr<store::Draft> {
                                        absl::StatusOr<Marks> marks =
                                            MarkAll(ward_, act, order, view);
                                        if (!marks.ok()) return marks.status();
                                        results = marks->results;
                                        return std::move(marks->draft);
                                      });
    if (!status.ok()) return status;
    return results;
  }
  static MarkOrder Order(domain::Outcome outcome, std::vector<std::string> tags) {
    MarkOrder order;
    order.outcome = outcome;
    order.asset_tags = std::move(tags);
    return order;
  }
  static MarkOrder Migrated(std::vector<std::string> tags) {
    return Order(domain::Outcome::kMigrated, std::move(tags));
  }
  static MarkOrder Failed(std::vector<std::string> tags) {
    MarkOrder order = Order(domain::Outcome::kFailed, std::move(tags));
    order.cause = domain::FailureCause::kCameraFault;
    return order;
  }

  domain::Rollout Rollout() { return *Read()->FindRollout("face").value(); }
  domain::PlacementState StateOf(const std::string& tag) {
    return Read()->FindPlacement("face", tag).value()->state;
  }
  domain::Wave Wave(int64_t number) { return *Read()->FindWave("face", number).value(); }
  domain::PhaseState PhaseOf(const std::string& id) {
    const auto phase = Read()->FindPhase("face", id).value();
    return phase.has_value() ? phase->state : domain::PhaseState::kWaiting;
  }
  /// The acts written so far, oldest first, without the first `skip`.
  std::vector<std::string> Acts(size_t skip = 1) {
    std::vector<std::string> acts;
    store::ChangeSetQuery all;
    all.limit = 1000;
    const auto sets = Read()->ListChangeSets(all).value();
    for (auto set = sets.rbegin(); set != sets.rend(); ++set) acts.push_back(set->act);
    acts.erase(acts.begin(), acts.begin() + static_cast<std::ptrdiff_t>(skip));
    return acts;
  }

  domain::Rollout rollout_;
};

}  // namespace kirikae::app
