#include "service/domain/advice.h"

namespace kirikae::domain {
namespace {

// A method's name for people, as a term of the catalogue: "IC card and password". "" for a value
// outside the set.
std::string MethodTerm(AuthMethod method) {
  switch (method) {
    case AuthMethod::kIcCardAndPassword:
      return "IC card and password";
    case AuthMethod::kFaceAndPassword:
      return "face and password";
    case AuthMethod::kFaceAndIcCard:
      return "face and IC card";
  }
  return "";
}

bool IsAhead(PlacementState state) {
  return state == PlacementState::kPlanned || state == PlacementState::kDue;
}

std::string Shown(absl::CivilDay day) { return absl::FormatCivilTime(day); }

// The day of the last mark in the ward; "" without one.
std::string MarkedOn(const Placement& placement, const absl::TimeZone& zone) {
  if (!placement.marked_time.has_value()) return "";
  return Shown(absl::ToCivilDay(*placement.marked_time, zone));
}

Sentence FailedSentence(const std::optional<FailureCause>& cause, const std::string& day) {
  switch (cause.value_or(FailureCause::kOther)) {
    case FailureCause::kNoCamera:
      return Sentence("The switch failed on $0: there is no camera.", {day});
    case FailureCause::kCameraFault:
      return Sentence("The switch failed on $0: the camera does not work.", {day});
    case FailureCause::kEnrolmentFailed:
      return Sentence("The switch failed on $0: the face could not be registered.", {day});
    case FailureCause::kUserAbsent:
      return Sentence("The switch failed on $0: the user was absent.", {day});
    case FailureCause::kSoftwareFault:
      return Sentence("The switch failed on $0: software did not work.", {day});
    case FailureCause::kHardwareFault:
      return Sentence("The switch failed on $0: hardware did not work.", {day});
    case FailureCause::kUserRefused:
      return Sentence("The switch failed on $0: the user refused.", {day});
    case FailureCause::kOther:
      break;
  }
  return Sentence("The switch failed on $0.", {day});
}

Sentence PlannedSentence(const LivePlacement& live, absl::CivilDay today) {
  const std::string day = live.placement.day.has_value() ? Shown(*live.placement.day) : "";
  if (IsOverdue(live, today)) return Sentence("Overdue: it was planned for $0.", {day});
  if (day.empty()) return Sentence("In the rollout, without a day.");
  return live.placement.state == PlacementState::kDue ? Sentence("Due on $0.", {day})
                                                      : Sentence("Planned for $0.", {day});
}

Sentence AdviceAhead(const LivePlacement& live, bool blocked, const std::string& method,
                     absl::CivilDay today) {
  const std::string next = MethodTerm(live.rollout.to_method);
  const Placement& placement = live.placement;
  if (placement.state == PlacementState::kDeferred && placement.until.has_value()) {
    return Sentence("Log on with $0. The change to $1 is put off; it does not come before $2.",
                    {method, next, Shown(*placement.until)});
  }
  if (live.rollout.state == RolloutState::kCompleted) {
    return Sentence("Log on with $0. No change is planned.", {method});
  }
  if (blocked) {
    return Sentence("Log on with $0. The change to $1 waits until its blockers are removed.",
                    {method, next});
  }
  if (live.rollout.state == RolloutState::kPaused) {
    return Sentence("Log on with $0. The change to $1 is paused.", {method, next});
  }
  if (!placement.day.has_value() || !IsAhead(placement.state)) {
    return Sentence("Log on with $0. The day of the change is not set.", {method});
  }
  if (IsOverdue(live, today)) {
    return Sentence("Log on with $0 until the change to $1 is done; it was planned for $2.",
                    {method, next, Shown(*placement.day)});
  }
  return Sentence("Log on with $0 until the change to $1 on $2.",
                  {method, next, Shown(*placement.day)});
}

Sentence AdviceInRollout(const Device& device, const LivePlacement& live, bool blocked,
                         const std::string& method, absl::CivilDay today) {
  switch (live.placement.state) {
    case PlacementState::kMigrated:
    case PlacementState::kVerified:
      if (device.auth_method != AuthMethod::kFaceAndPassword) {
        return Sentence("Log on with $0. No change is planned.", {method});
      }
      return Sentence("Log on with $0; the IC card no longer logs on here.", {method});
    case PlacementState::kFailed:
      return Sentence("The switch to $1 failed; log on with $0 as before.",
                      {method, MethodTerm(live.rollout.to_method)});
    case PlacementState::kRolledBack:
      return Sentence("The switch was taken back; log on with $0.", {method});
    case PlacementState::kExempt:
      return Sentence("This device is exempt; it stays with $0.", {method});
    default:
      return AdviceAhead(live, blocked, method, today);
  }
}

}  // namespace

bool IsOverdue(const LivePlacement& live, absl::CivilDay today) {
  return IsAhead(live.placement.state) && live.placement.day.has_value() &&
         *live.placement.day < today;
}

std::optional<Sentence> StateSentence(const Device& device,
                                      const std::optional<LivePlacement>& live,
                                      const absl::TimeZone& zone, absl::CivilDay today) {
  if (device.state == DeviceState::kRetired) {
    return Sentence("Retired: the device is out of use.");
  }
  if (!live.has_value()) {
    if (device.state != DeviceState::kSpare) return std::nullopt;
    return Sentence("Kept as a spare.");
  }
  const Placement& placement = live->placement;
  const std::string day = MarkedOn(placement, zone);
  switch (placement.state) {
    case PlacementState::kMigrated:
      return Sentence("Switched on $0.", {day});
    case PlacementState::kVerified:
      return Sentence("Switched on $0, and confirmed to work.", {day});
    case PlacementState::kFailed:
      return FailedSentence(placement.cause, day);
    case PlacementState::kRolledBack:
      return Sentence("Switched back on $0.", {day});
    case PlacementState::kDeferred:
      if (!placement.until.has_value()) return Sentence("Put off, without a day.");
      return Sentence("Put off until $0.", {Shown(*placement.until)});
    case PlacementState::kExempt:
      return Sentence("Exempt from the rollout.");
    case PlacementState::kUnplanned:
      return Sentence("In the rollout, without a day.");
    default:
      return PlannedSentence(*live, today);
  }
}

Sentence Advice(const Device& device, const std::optional<LivePlacement>& live, bool blocked,
                absl::Time now, const absl::TimeZone& zone) {
  const std::string method = MethodTerm(device.auth_method);
  if (device.state == DeviceState::kRetired) {
    return Sentence("This device is retired; nobody should log on with it.");
  }
  if (device.exception.has_value() && device.exception->HoldsAt(now)) {
    return Sentence("For a while, log on with $0 (until $1); then with $2 again.",
                    {MethodTerm(device.exception->method),
                     absl::FormatTime("%Y-%m-%d %H:%M", device.exception->until, zone), method});
  }
  if (!live.has_value()) return Sentence("Log on with $0. No change is planned.", {method});
  return AdviceInRollout(device, *live, blocked, method, absl::ToCivilDay(now, zone));
}

}  // namespace kirikae::domain
