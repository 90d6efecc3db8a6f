// What may be done to a person's record.
#pragma once

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Whether a changed record holds together: INVALID_ARGUMENT with every fault, by field name, when
/// an enrolled person has no day of enrolment or one after `today`, another has one, or the name is
/// empty. FAILED_PRECONDITION when a person who withholds consent is enrolled.
absl::Status CheckStaff(const Staff& staff, absl::CivilDay today);

}  // namespace kirikae::domain
