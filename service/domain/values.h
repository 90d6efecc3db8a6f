// The closed sets of the domain, each with its canonical UPPER_SNAKE name.
#pragma once

#include <optional>
#include <string_view>

namespace kirikae::domain {

/// Two factors of different kinds; a method with fewer factors can't be expressed.
enum class AuthMethod { kIcCardAndPassword = 1, kFaceAndPassword = 2, kFaceAndIcCard = 3 };
enum class DeviceKind { kManagerTerminal = 1, kStaffDevice, kSharedCounterTerminal, kSpare };
enum class Network { kLgwan = 1, kMyNumber, kInternet };
enum class Camera { kBuiltIn = 1, kExternal, kNone, kBroken, kUnknown };
enum class DeviceState { kActive = 1, kSpare, kRetired };
enum class StaffRole { kManager = 1, kPromotionOfficer, kStaff };
enum class EnrolmentState { kNone = 1, kEnrolled, kFailed };
enum class PlacementState {
  kUnplanned = 1,
  kPlanned,
  kDue,
  kMigrated,
  kVerified,
  kFailed,
  kRolledBack,
  kDeferred,
  kExempt
};
enum class FailureCause {
  kNoCamera = 1,
  kCameraFault,
  kEnrolmentFailed,
  kUserAbsent,
  kSoftwareFault,
  kHardwareFault,
  kUserRefused,
  kOther
};
enum class RolloutState { kDraft = 1, kActive, kPaused, kCompleted, kCancelled };
enum class PlanState { kDraft = 1, kSubmitted, kApproved, kSuperseded, kRejected };
enum class WaveState { kPlanned = 1, kInProgress, kDone, kCancelled };
enum class PhaseState { kWaiting = 1, kOpen, kSoaking, kGate, kPassed, kHeld };
/// What holds a phase: its success rate, its incidents, or a person.
enum class HoldRule { kSuccessRate = 1, kIncidents, kPerson };
/// What became of a proposed change of an active rollout's rules.
enum class ProposalState { kOpen = 1, kAccepted, kDeclined, kSuperseded };
/// The ward's own setting for a day; it overrides the week and the holidays.
enum class OfficeDay { kOpen = 1, kClosed };
/// What happened at a device, as a mark records it. The numbers are the public API's.
enum class Outcome { kMigrated = 1, kFailed, kVerified, kRolledBack, kDeferred, kExempt };
/// What a caller may do. The numbers are the public API's.
enum class Role { kViewer = 1, kOperator, kPlanner, kApprover, kAuditor, kAdmin };
/// What an import file holds.
enum class ImportKind { kDevices = 1, kStaff, kEnrolments };

/// The canonical UPPER_SNAKE name of a value, such as `FACE_AND_PASSWORD`; "" for one outside its
/// set.
template <typename Enum>
std::string_view Name(Enum value);

/// The value with this canonical name; absent for any other text.
template <typename Enum>
std::optional<Enum> FromName(std::string_view name);

}  // namespace kirikae::domain
