#include "service/domain/values.h"

#include <array>
#include <cstddef>

namespace kirikae::domain {
namespace {

template <typename Enum>
struct Names;

#define KIRIKAE_NAMES(Enum, ...)                                                 \
  template <>                                                                    \
  struct Names<Enum> {                                                           \
    static constexpr auto kAll = std::to_array<std::string_view>({__VA_ARGS__}); \
  }

KIRIKAE_NAMES(AuthMethod, "IC_CARD_AND_PASSWORD", "FACE_AND_PASSWORD", "FACE_AND_IC_CARD");
KIRIKAE_NAMES(DeviceKind, "MANAGER_TERMINAL", "STAFF_DEVICE", "SHARED_COUNTER_TERMINAL", "SPARE");
KIRIKAE_NAMES(Network, "LGWAN", "MY_NUMBER", "INTERNET");
KIRIKAE_NAMES(Camera, "BUILT_IN", "EXTERNAL", "NONE", "BROKEN", "UNKNOWN");
KIRIKAE_NAMES(DeviceState, "ACTIVE", "SPARE", "RETIRED");
KIRIKAE_NAMES(StaffRole, "MANAGER", "PROMOTION_OFFICER", "STAFF");
KIRIKAE_NAMES(EnrolmentState, "NONE", "ENROLLED", "FAILED");
KIRIKAE_NAMES(PlacementState, "UNPLANNED", "PLANNED", "DUE", "MIGRATED", "VERIFIED", "FAILED",
              "ROLLED_BACK", "DEFERRED", "EXEMPT");
KIRIKAE_NAMES(FailureCause, "NO_CAMERA", "CAMERA_FAULT", "ENROLMENT_FAILED", "USER_ABSENT",
              "SOFTWARE_FAULT", "HARDWARE_FAULT", "USER_REFUSED", "OTHER");
KIRIKAE_NAMES(RolloutState, "DRAFT", "ACTIVE", "PAUSED", "COMPLETED", "CANCELLED");
KIRIKAE_NAMES(PlanState, "DRAFT", "SUBMITTED", "APPROVED", "SUPERSEDED", "REJECTED");
KIRIKAE_NAMES(WaveState, "PLANNED", "IN_PROGRESS", "DONE", "CANCELLED");
KIRIKAE_NAMES(PhaseState, "WAITING", "OPEN", "SOAKING", "GATE", "PASSED", "HELD");
KIRIKAE_NAMES(HoldRule, "SUCCESS_RATE", "INCIDENTS", "PERSON");
KIRIKAE_NAMES(OfficeDay, "OPEN", "CLOSED");
KIRIKAE_NAMES(Outcome, "MIGRATED", "FAILED", "VERIFIED", "ROLLED_BACK", "DEFERRED", "EXEMPT");
KIRIKAE_NAMES(Role, "VIEWER", "OPERATOR", "PLANNER", "APPROVER", "AUDITOR", "ADMIN");
KIRIKAE_NAMES(ImportKind, "DEVICES", "STAFF", "ENROLMENTS");
#undef KIRIKAE_NAMES

}  // namespace

template <typename Enum>
std::string_view Name(Enum value) {
  const auto index = static_cast<size_t>(value) - 1;
  return index < Names<Enum>::kAll.size() ? Names<Enum>::kAll[index] : std::string_view();
}

template <typename Enum>
std::optional<Enum> FromName(std::string_view name) {
  for (size_t i = 0; i < Names<Enum>::kAll.size(); ++i) {
    if (Names<Enum>::kAll[i] == name) return static_cast<Enum>(i + 1);
  }
  return std::nullopt;
}

#define KIRIKAE_INSTANTIATE(Enum)             \
  template std::string_view Name<Enum>(Enum); \
  template std::optional<Enum> FromName<Enum>(std::string_view)
KIRIKAE_INSTANTIATE(AuthMethod);
KIRIKAE_INSTANTIATE(DeviceKind);
KIRIKAE_INSTANTIATE(Network);
KIRIKAE_INSTANTIATE(Camera);
KIRIKAE_INSTANTIATE(DeviceState);
KIRIKAE_INSTANTIATE(StaffRole);
KIRIKAE_INSTANTIATE(EnrolmentState);
KIRIKAE_INSTANTIATE(PlacementState);
KIRIKAE_INSTANTIATE(FailureCause);
KIRIKAE_INSTANTIATE(RolloutState);
KIRIKAE_INSTANTIATE(PlanState);
KIRIKAE_INSTANTIATE(WaveState);
KIRIKAE_INSTANTIATE(PhaseState);
KIRIKAE_INSTANTIATE(HoldRule);
KIRIKAE_INSTANTIATE(OfficeDay);
KIRIKAE_INSTANTIATE(Outcome);
KIRIKAE_INSTANTIATE(Role);
KIRIKAE_INSTANTIATE(ImportKind);
#undef KIRIKAE_INSTANTIATE

}  // namespace kirikae::domain
