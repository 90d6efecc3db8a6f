// Resource names.
#include "service/domain/record_name.h"

#include <string>

#include "tests/fuzz/fuzz_target.h"

namespace kirikae::fuzz {
namespace {

std::string Made(const domain::RecordName& parts) {
  using domain::RecordKind;
  switch (parts.kind) {
    case RecordKind::kDevice:
      return domain::DeviceName(parts.id);
    case RecordKind::kStaff:
      return domain::StaffName(parts.id);
    case RecordKind::kRollout:
      return domain::RolloutName(parts.id);
    case RecordKind::kPlan:
      return domain::PlanName(parts.rollout, parts.number);
    case RecordKind::kWave:
      return domain::WaveName(parts.rollout, parts.number);
    case RecordKind::kPhase:
      return domain::PhaseName(parts.rollout, parts.id);
    case RecordKind::kPlacement:
      return domain::PlacementName(parts.rollout, parts.id);
    case RecordKind::kToken:
      return domain::TokenName(parts.number);
    case RecordKind::kImport:
      return domain::ImportName(parts.number);
    case RecordKind::kImportProfile:
      return domain::ImportProfileName(parts.id);
    case RecordKind::kCalendarDay:
      return "calendarDays/" + parts.id;
    case RecordKind::kChangeSet:
      return domain::ChangeSetName(parts.number);
    case RecordKind::kProposal:
      return domain::ProposalName(parts.rollout, parts.number);
  }
  return "";
}

}  // namespace
}  // namespace kirikae::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace domain = kirikae::domain;
  namespace fuzz = kirikae::fuzz;
  const std::string_view name = fuzz::Input(data, size);
  const auto parts = domain::ReadRecordName(name);
  if (!parts.has_value()) return 0;
  fuzz::Require(fuzz::Made(*parts) == name, "a record has exactly one name");
  const auto parsed = domain::ParseName(parts->kind, name);
  fuzz::Require(parsed.ok() && *parsed == *parts, "a name is of its kind");
  return 0;
}
