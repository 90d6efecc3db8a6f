#include "service/store/history/record_fields.h"

#include "service/domain/record_name.h"

namespace kirikae::store {

std::string RecordName(const domain::Device& device) {
  return domain::DeviceName(device.asset_tag);
}
std::string RecordName(const domain::Staff& staff) { return domain::StaffName(staff.staff_number); }
std::string RecordName(const domain::Rollout& rollout) { return domain::RolloutName(rollout.id); }
std::string RecordName(const domain::Plan& plan) {
  return domain::PlanName(plan.rollout, plan.number);
}
std::string RecordName(const domain::Proposal& proposal) {
  return domain::ProposalName(proposal.rollout, proposal.number);
}
std::string RecordName(const domain::Wave& wave) {
  return domain::WaveName(wave.rollout, wave.number);
}
std::string RecordName(const domain::Placement& placement) {
  return domain::PlacementName(placement.rollout, placement.asset_tag);
}
std::string RecordName(const domain::PhaseStatus& phase) {
  return domain::PhaseName(phase.rollout, phase.id);
}
std::string RecordName(const domain::Token& token) { return domain::TokenName(token.id); }
std::string RecordName(const domain::ImportPreview& import) {
  return domain::ImportName(import.id);
}

std::string RecordName(const domain::CalendarDay& day) { return domain::CalendarDayName(day.day); }

std::string RecordName(const domain::ImportProfile& profile) {
  return domain::ImportProfileName(profile.name);
}

}  // namespace kirikae::store
