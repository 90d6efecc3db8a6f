// What no write may make, whoever makes it and by which way.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Finds a member of the staff by number.
using FindStaff =
    std::function<absl::StatusOr<std::optional<Staff>>(const std::string& staff_number)>;

/// FAILED_PRECONDITION, CONSENT_WITHHELD: the write registers the face of a person who withholds
/// consent. What was so before is not refused: such a person's other fields can still be changed.
/// `before` is null for a new record.
absl::Status CheckWrite(const Staff* before, const Staff& after);

/// FAILED_PRECONDITION, CONSENT_WITHHELD: the write gives the device, or an exception of it, a
/// method with a face although one of its users withholds consent. `find` is asked only then.
absl::Status CheckWrite(const Device* before, const Device& after, const FindStaff& find);

}  // namespace kirikae::domain
