// Compares records and packs the differences for their history.
#pragma once

#include <cstdint>
#include <string>

#include "service/store/history/record_fields.h"

namespace kirikae::store {

/// Adds to `packed` each field that differs between the stored record `before` and the record to be
/// written `now`. Returns the number of changes. A null `before` means that the record is new: its
/// history then begins with the field `exists` becoming `true`. Both have the same fields in the
/// same order, as FieldsOf returns them.
int64_t PackDifferences(const Fields* before, const Fields& now, std::string& packed);

/// Adds to `packed` the end of a record: each field that is not empty becomes empty, then `exists`
/// becomes empty. Returns the number of changes.
int64_t PackEnd(const Fields& before, std::string& packed);

}  // namespace kirikae::store
