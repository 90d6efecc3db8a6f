// Rules for a person's record.
#pragma once

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Checks what became of a record that was `before`. INVALID_ARGUMENT with every fault by field
/// name: an enrolled person without a day of enrolment or with a new one after `today` (lists may
/// have brought such a day before); another person with a new one that is not after `today`, as
/// that is the day of an appointment; an empty name. FAILED_PRECONDITION when a person who
/// withholds consent is enrolled.
absl::Status CheckStaff(const Staff& before, const Staff& staff, absl::CivilDay today);

}  // namespace kirikae::domain
