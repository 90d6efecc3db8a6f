// Changes a person of the staff list.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/app/inventory/device_edit.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The person with this staff number (folded first). NOT_FOUND.
absl::StatusOr<domain::Staff> RequireStaff(store::ReadView& view, std::string_view staff_number);

/// Sets the fields of a person. INVALID_ARGUMENT with every fault: no field named, an unknown or
/// unchangeable field, a text that is too long or no value of its field; or a fault by
/// domain::CheckStaff for the ward's day `today`.
absl::Status EditStaff(const FieldTexts& texts, absl::CivilDay today, domain::Staff& staff);

}  // namespace kirikae::app
