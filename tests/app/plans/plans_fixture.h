// A ward with a few devices and a rollout.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/app/plans/approval.h"
#include "service/app/plans/kept_plan.h"
#include "service/app/plans/make.h"
#include "service/domain/error_detail.h"
#include "service/status_macros.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::app {

/// The reason code of an error; "" for OK and for an error without details.
inline std::string ReasonOf(const absl::Status& status) {
  const auto detail = domain::DetailOf(status);
  return detail.has_value() ? detail->reason : "";
}

/// The time is Wednesday 7 May 2025. The rollout `small` has the phases `first` (devices of 総務部)
/// and `rest`, and the team `a` of two devices a day.
class PlansFixture : public WardFixture {
 protected:
  PlansFixture() {
    domain::Staff user;
    user.staff_number = "0100001";
    user.name = "豊島　太郎";
    user.enrolment = domain::EnrolmentState::kEnrolled;
    Store({user});
    domain::Rollout rollout;
    rollout.id = "small";
    rollout.source = std::string(kSource);
    Store({rollout});
  }

  /// The rollout, with more lines at the end of its file.
  void AddToFile(const std::string& lines) {
    domain::Rollout rollout = **Read()->FindRollout("small");
    rollout.source = kSource + lines;
    Store({rollout});
  }

  /// A device that can be switched.
  static domain::Device Ready(const std::string& tag, const std::string& department) {
    domain::Device device;
    device.asset_tag = tag;
    device.host_name = "PC-" + tag;
    device.department = department;
    device.site = "本庁舎";
    device.floor = "3階";
    device.os = "Windows 11 Pro";
    device.camera = domain::Camera::kBuiltIn;
    domain::DeviceUser user;
    user.staff_number = "0100001";
    user.name = "豊島　太郎";
    device.users.push_back(user);
    return device;
  }
  void AddDevice(const domain::Device& device) { Store({store::DeviceEdit{device, {}}}); }
  void AddDevices(const std::string& department, const std::vector<std::string>& tags) {
    for (const std::string& tag : tags) AddDevice(Ready(tag, department));
  }

  /// Makes the rollout's next plan and returns it as it is stored.
  domain::Plan MakePlan() {
    const auto solved = SolveRollout(*store_, ward_, {"small"});
    EXPECT_TRUE(solved.ok()) << solved.status();
    if (!solved.ok()) return {};
    int64_t number = 0;
    const absl::Status written =
        Write([&](store::ReadView& view, int64_t,
                  const WriteContext& context) -> absl::StatusOr<store::Draft> {
          ASSIGN_OR_RETURN(domain::Plan plan, CreatePlan(view, *solved, context));
          number = plan.number;
          store::Draft draft = context.NewDraft(domain::Act::kCreatePlan);
          draft.edits.emplace_back(std::move(plan));
          return draft;
        });
    EXPECT_TRUE(written.ok()) << written;
    return Plan(number);
  }

  domain::Plan Plan(int64_t number) {
    const auto plan = Read()->FindPlan("small", number);
    EXPECT_TRUE(plan.ok() && plan->has_value());
    return plan.ok() && plan->has_value() ? **plan : domain::Plan();
  }

  /// The write context of the caller `actor`.
  WriteContext As(const std::string& actor) const {
    WriteContext context = Context();
    context.caller.actor = actor;
    return context;
  }

  absl::Status Submit(int64_t number, const std::string& actor = "計画者") {
    return Do(actor, [&](store::ReadView&, const WriteContext& context) {
      return SubmitPlan(Plan(number), context);
    });
  }
  absl::Status Approve(int64_t number, const std::string& actor = "承認者") {
    return Do(actor, [&](store::ReadView& view, const WriteContext& context) {
      return ApprovePlan(view, Plan(number), "案のとおり", ward_, context);
    });
  }
  absl::Status Reject(int64_t number, const std::string& remark) {
    return Do("承認者", [&](store::ReadView&, const WriteContext& context) {
      return RejectPlan(Plan(number), remark, context);
    });
  }

  std::map<std::string, domain::Placement> Placements() {
    const auto listed = Read()->ListPlacements(
        {.rollout = "small", .team = "", .until = std::nullopt, .open_only = false});
    EXPECT_TRUE(listed.ok()) << listed.status();
    std::map<std::string, domain::Placement> placements;
    for (const domain::Placement& placement : *listed) placements[placement.asset_tag] = placement;
    return placements;
  }
  std::vector<domain::Wave> Waves() {
    const auto waves = Read()->ListWaves("small");
    EXPECT_TRUE(waves.ok()) << waves.status();
    return *waves;
  }

  /// The codes of a plan's warnings.
  static std::set<std::string> WarningsOf(const domain::Plan& plan) {
    std::set<std::string> codes;
    const auto kept = KeptOf(plan);
    EXPECT_TRUE(kept.ok());
    for (const auto& warning : kept->warnings()) codes.insert(warning.code());
    return codes;
  }

  static constexpr char kSource[] =
      "rollout: small\n"
      "title: 小さな展開\n"
      "from: IC_CARD_AND_PASSWORD\n"
      "to: FACE_AND_PASSWORD\n"
      "scope: \"state = ACTIVE\"\n"
      "phases:\n"
      "  - { id: first, select: 'department : \"総務部\"', soak_days: 1 }\n"
      "  - { id: rest, select: \"\" }\n"
      "teams: [ { id: a, devices_per_slot: 2 } ]\n"
      "calendar: { last_day: 2025-06-30 }\n";

 private:
  template <typename Act>
  absl::Status Do(const std::string& actor, Act act) {
    return Write(As(actor),
                 [&](store::ReadView& view, int64_t,
                     const WriteContext& context) -> absl::StatusOr<store::Draft> {
                   ASSIGN_OR_RETURN(PlanAct done, act(view, context));
                   return std::move(done.draft);
                 });
  }
};

}  // namespace kirikae::app
