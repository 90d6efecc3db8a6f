// The names of records, as their history shows them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/domain/records.h"

namespace kirikae::store {

using domain::Fields;

/// Resource name, `devices/TSM-00123`.
std::string RecordName(const domain::Device& device);
std::string RecordName(const domain::Staff& staff);
std::string RecordName(const domain::Rollout& rollout);
std::string RecordName(const domain::Plan& plan);
std::string RecordName(const domain::Proposal& proposal);
std::string RecordName(const domain::Wave& wave);
std::string RecordName(const domain::Placement& placement);
std::string RecordName(const domain::PhaseStatus& phase);
std::string RecordName(const domain::Token& token);
std::string RecordName(const domain::ImportPreview& import);
std::string RecordName(const domain::ImportProfile& profile);
std::string RecordName(const domain::CalendarDay& day);

/// The record under which a change is listed: the device of a placement; any other record itself.
template <typename Record>
std::string SubjectOf(const Record& record) {
  return RecordName(record);
}
inline std::string SubjectOf(const domain::Placement& placement) {
  return domain::DeviceName(placement.asset_tag);
}

}  // namespace kirikae::store
