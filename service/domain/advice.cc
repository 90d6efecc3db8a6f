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

Sentence AdviceInRollout(const LivePlacement& live, bool blocked, const std::string& method) {
  const std::string next = MethodTerm(live.rollout.to_method);
  switch (live.placement.state) {
    case PlacementState::kMigrated:
    case PlacementState::kVerified:
      return Sentence("Log on with $0; the IC card no longer logs on here.", {method});
    case PlacementState::kFailed:
      return Sentence("The switch to $1 failed; log on with $0 as before.", {method, next});
    case PlacementState::kRolledBack:
      return Sentence("The switch was taken back; log on with $0.", {method});
    case PlacementState::kExempt:
      return Sentence("This device is exempt; it stays with $0.", {method});
    default:
      break;
  }
  if (blocked) {
    return Sentence("Log on with $0. The change to $1 waits until its blockers are removed.",
                    {method, next});
  }
  if (!live.placement.day.has_value()) {
    return Sentence("Log on with $0. The day of the change is not set.", {method});
  }
  return Sentence("Log on with $0 until the change to $1 on $2.",
                  {method, next, absl::FormatCivilTime(*live.placement.day)});
}

}  // namespace

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
  return AdviceInRollout(*live, blocked, method);
}

}  // namespace kirikae::domain
