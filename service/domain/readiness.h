// What keeps a device from being switched, and what would clear it.
#pragma once

#include <string>
#include <vector>

#include "service/domain/records.h"
#include "service/domain/sentence.h"

namespace kirikae::domain {

/// Something that stands in the way of a switch.
struct Blocker {
  std::string code;  ///< NO_CAMERA, CAMERA_BROKEN, NO_USER, USER_NOT_ENROLLED, NOT_ACTIVE,
                     ///< CONSENT_WITHHELD
  Sentence sentence;
};

/// Every blocker of a device for a move to `to`. A method with a biometric factor needs a working
/// camera and every user enrolled.
std::vector<Blocker> Blockers(const Device& device, AuthMethod to);

/// Whether the method has a biometric factor.
bool NeedsFace(AuthMethod method);

}  // namespace kirikae::domain
