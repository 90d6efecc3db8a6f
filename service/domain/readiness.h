// What keeps a device from being switched, and what would clear it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"

#include "service/domain/records.h"
#include "service/domain/sentence.h"

namespace kirikae::domain {

/// Something that stands in the way of a switch.
struct Blocker {
  std::string code;  ///< NO_CAMERA, CAMERA_BROKEN, NO_USER, USER_NOT_ENROLLED, NOT_ACTIVE,
                     ///< CONSENT_WITHHELD, OS_TOO_OLD, DUE_DATE_UNREADABLE
  Sentence sentence;
  std::optional<absl::CivilDay> clears_on;  ///< from this day on it should be gone
};

/// Every blocker of a device for a move to `to`. A method with a biometric factor needs a working
/// camera and every user enrolled; `minimum_os` is the rollout's, "" = any. When a blocker should
/// be gone is a label of the device, a day like 2025-06-01: `camera_due` (a camera is delivered or
/// repaired), `enrolment_due` (the last of its users is registered), `os_due` (the OS is renewed).
/// A label that is no day is a blocker of its own.
std::vector<Blocker> Blockers(const Device& device, AuthMethod to, std::string_view minimum_os);

/// Whether `os` is of `minimum`'s family and not older: the words before the first number are the
/// same, and the numbers after are compared one by one, a missing one as the least. `Windows 11 Pro
/// 23H2` reaches `Windows 11` and `Windows 11 22H2`.
bool ReachesOs(std::string_view os, std::string_view minimum);

/// Whether a text names an OS and a number, as a minimum must.
bool IsOsVersion(std::string_view text);

/// Whether the method has a biometric factor.
bool NeedsFace(AuthMethod method);

}  // namespace kirikae::domain
