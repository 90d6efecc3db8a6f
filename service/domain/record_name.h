// Resource names (AIP-122). They are made and parsed only here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace kirikae::domain {

/// The kinds of records that have resource names.
enum class RecordKind {
  kDevice = 1,
  kStaff,
  kRollout,
  kPlan,
  kWave,
  kPhase,
  kPlacement,
  kToken,
  kImport,
  kImportProfile,
  kCalendarDay,
  kChangeSet,
  kProposal,
};

/// The parts of a resource name.
struct RecordName {
  RecordKind kind = RecordKind::kDevice;
  std::string
      rollout;         ///< of a plan, wave, phase, placement or proposal: the rollout's id; else ""
  std::string id;      ///< the last part, as written
  int64_t number = 0;  ///< `id` as a number, where the kind is numbered; else 0

  bool operator==(const RecordName&) const = default;
};

std::string DeviceName(std::string_view asset_tag);         ///< `devices/TSM-00123`
std::string StaffName(std::string_view staff_number);       ///< `staff/0012345`
std::string RolloutName(std::string_view id);               ///< `rollouts/face2025`
std::string PlanName(std::string_view rollout, int64_t n);  ///< `rollouts/face2025/plans/1`
std::string WaveName(std::string_view rollout, int64_t n);  ///< `rollouts/face2025/waves/12`
/// `rollouts/face2025/proposals/1`
std::string ProposalName(std::string_view rollout, int64_t n);
std::string PhaseName(std::string_view rollout, std::string_view id);  ///< `rollouts/R/phases/P`
/// `rollouts/face2025/placements/TSM-00123`
std::string PlacementName(std::string_view rollout, std::string_view asset_tag);
std::string TokenName(int64_t id);                     ///< `tokens/3`
std::string ImportName(int64_t id);                    ///< `imports/5`
std::string ImportProfileName(std::string_view name);  ///< `importProfiles/asset-tool`
std::string CalendarDayName(absl::CivilDay day);       ///< `calendarDays/2025-08-12`
std::string ChangeSetName(int64_t id);                 ///< `changeSets/7`

/// The parts of a name of any kind; absent for a text that is no resource name. Numbers are decimal
/// without leading zeros, so that each record has exactly one name.
std::optional<RecordName> ReadRecordName(std::string_view name);

/// The parts of a name of this kind. INVALID_ARGUMENT names `field` and the form of such names.
absl::StatusOr<RecordName> ParseName(RecordKind kind, std::string_view name,
                                     std::string_view field = "name");

}  // namespace kirikae::domain
