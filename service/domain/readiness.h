// Blockers: what prevents a device from being switched, and what removes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"

#include "service/domain/records.h"
#include "service/domain/sentence.h"

namespace kirikae::domain {

/// What a blocked device waits for. Other blockers end only when a person decides something.
enum class Awaited { kEnrolment = 1, kCamera, kOs };

/// A blocker of a switch.
struct Blocker {
  std::string code;  ///< NO_CAMERA, CAMERA_BROKEN, NO_USER, USER_NOT_ENROLLED, NOT_ACTIVE,
                     ///< CONSENT_WITHHELD, OS_TOO_OLD, DUE_DATE_UNREADABLE
  Sentence sentence;
  std::optional<absl::CivilDay> clears_on =
      std::nullopt;                              ///< by the records: gone from this day on
  std::optional<Awaited> awaits = std::nullopt;  ///< what would end it; absent: nothing comes
  std::string staff_number = {};                 ///< whom it is about; "" = the device itself
  std::string staff_name = {};                   ///< as the device's record has it
};

/// Every blocker of a switch of the device to `to`. A method with a biometric factor needs a
/// working camera and enrolled users. `minimum_os` is the rollout's, "" = any. The records say when
/// a blocker ends: the day of a person's appointment for the registration, the device's
/// `camera_due_on`, and its labels with a day such as 2025-06-01: `camera_due` (a camera is
/// delivered or repaired), `enrolment_due` (the last user is registered), `os_due` (the OS is
/// renewed). A field outweighs a label. A label that is no day is itself a blocker.
std::vector<Blocker> Blockers(const Device& device, AuthMethod to, std::string_view minimum_os);

/// A blocker's code in a few words, which the catalogue has in Japanese: NO_CAMERA is `no camera`.
std::string_view BlockerWord(std::string_view code);

/// Whether `os` is of `minimum`'s family and not older: the words before the first number are
/// equal, and the numbers after them are compared one by one, a missing number being the smallest.
/// `Windows 11 Pro 23H2` reaches `Windows 11` and `Windows 11 22H2`.
bool ReachesOs(std::string_view os, std::string_view minimum);

/// Whether a text has an OS name and a number, as a minimum must.
bool IsOsVersion(std::string_view text);

/// Whether the method has a biometric factor.
bool NeedsFace(AuthMethod method);

}  // namespace kirikae::domain
