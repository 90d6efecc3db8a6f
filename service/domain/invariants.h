// What no write may make, whoever makes it and by which way.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// Finds a member of the staff by number.
using FindStaff =
    std::function<absl::StatusOr<std::optional<Staff>>(const std::string& staff_number)>;

/// Longest text of a field of a device or a person, in bytes; lists of users and of labels may be
/// longer. An answer with a record always fits into a message of the transport.
inline constexpr size_t kMostTextBytes = 4'096;
inline constexpr size_t kMostListBytes = 65'536;

/// INVALID_ARGUMENT: a field gets a longer text.
template <typename Record>
absl::Status CheckLengths(const Record* before, const Record& after) {
  for (const Field<Record>& field : FieldTable<Record>()) {
    const bool is_list = field.kind == ValueKind::kUsers || field.kind == ValueKind::kLabels;
    const size_t most = is_list ? kMostListBytes : kMostTextBytes;
    const std::string text = field.get(after);
    if (text.size() <= most || (before != nullptr && field.get(*before) == text)) continue;
    return InvalidField(field.api_name,
                        Sentence("This is longer than $0 bytes.", {std::to_string(most)}));
  }
  return absl::OkStatus();
}

/// FAILED_PRECONDITION, CONSENT_WITHHELD: the write registers the face of a person who withholds
/// consent. What was so before is not refused: such a person's other fields can still be changed.
/// `before` is null for a new record.
absl::Status CheckWrite(const Staff* before, const Staff& after);

/// FAILED_PRECONDITION, CONSENT_WITHHELD: the write gives the device, or an exception of it, a
/// method with a face although one of its users withholds consent. `find` is asked only then.
absl::Status CheckWrite(const Device* before, const Device& after, const FindStaff& find);

}  // namespace kirikae::domain
